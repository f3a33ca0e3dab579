"""The web service: routes, errors, headers and pages put together."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from api import errors, pages, routes, suggest
from api.headers import SafeHeaders
from api.service import open_service
from api.settings import Settings
from kb.encoder import Encoder
from kb.errors import LibraryError

MAX_BODY = 256 * 1024
"""Bytes of the longest request body that is read."""

_log = logging.getLogger(__name__)


def create_app(settings: Settings, encoder: Encoder | None = None) -> FastAPI:
    """The service over the library that `settings` name.

    The encoder is loaded once, when the server starts, unless one is given. A library that is
    missing or cannot be opened does not stop the start: search answers 503 until there is one.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.service = open_service(settings, encoder)
        try:
            app.state.service.live.generation()
        except LibraryError as error:
            _log.warning("%s", error)
        yield

    app = FastAPI(
        title="handbook-kb",
        summary="Finds the rule, the deadline or the words to say, and cites the place.",
        version="1",
        openapi_tags=routes.TAGS,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        max_body_size=MAX_BODY,
    )
    app.add_middleware(SafeHeaders)
    errors.register(app)
    app.include_router(routes.router)
    app.include_router(suggest.router)
    app.include_router(pages.router)
    app.mount("/static", StaticFiles(directory=pages.STATIC))
    return app
