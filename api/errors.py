"""Errors as responses: one table of statuses, one shape of body, never a traceback."""

import json
import logging
import secrets
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.headers import SAFE
from api.schemas import EXPECTED, ErrorResponse, Problem, SearchRequest, Shown
from kb.errors import (
    HandbookError,
    InvalidQuery,
    LibraryError,
    UnknownDocument,
    UnknownPassage,
)

STATUS: dict[type[HandbookError], int] = {
    InvalidQuery: 422,
    UnknownDocument: 404,
    UnknownPassage: 404,
    LibraryError: 503,
    HandbookError: 500,
}
"""An error has the status of its nearest class here."""

BODY = "a JSON object in UTF-8, sent as application/json"

LONGEST = 80
"""Characters of a refused value that are shown."""

LARGEST = 2**53
"""Numbers from here on are shown as text: not every client can read them."""

_log = logging.getLogger(__name__)


def status(error: HandbookError) -> int:
    """The HTTP status of an error."""
    return next(STATUS[kind] for kind in type(error).mro() if kind in STATUS)


def register(app: FastAPI) -> None:
    """Make `app` answer every error in the one shape."""
    app.exception_handler(HandbookError)(_handbook_error)
    app.exception_handler(RequestValidationError)(_invalid_request)
    app.exception_handler(HTTPException)(_http_error)
    app.exception_handler(Exception)(_unexpected)


def _handbook_error(request: Request, error: HandbookError) -> JSONResponse:
    if status(error) == 500:
        return _unexpected(request, error)
    return _response(status(error), Problem(type=type(error).__name__, message=str(error)))


def _invalid_request(_: Request, error: RequestValidationError) -> JSONResponse:
    return _response(422, *(_problem(each) for each in error.errors()))


def _http_error(_: Request, error: HTTPException) -> JSONResponse:
    """What the framework refuses by itself: an unknown path or method, a body in no encoding."""
    if error.status_code == 400:
        return _response(400, _refused("body", "cannot be read", None, BODY))
    kind = HTTPStatus(error.status_code).phrase
    response = _response(error.status_code, Problem(type=kind.replace(" ", ""), message=kind))
    response.headers.update(error.headers or {})
    return response


def _unexpected(_: Request, error: Exception) -> JSONResponse:
    """Nothing of the error goes out but an id, under which the log has the rest."""
    request_id = secrets.token_hex(8)
    _log.error("request %s failed", request_id, exc_info=error)
    message = f"the service failed; its log has the reason under request {request_id}"
    response = _response(500, Problem(type="InternalError", message=message))
    response.headers.update(SAFE)
    return response


def _response(code: int, problem: Problem, *also: Problem) -> JSONResponse:
    body = ErrorResponse(error=problem, also=list(also))
    return JSONResponse(body.model_dump(mode="json"), code)


def _problem(error: Mapping[str, Any]) -> Problem:
    """What is wrong with one field of a request, from pydantic's account of it."""
    place: tuple[str | int, ...] = error["loc"][1:]
    if error["type"] == "json_invalid":
        wrong = f"is not JSON: {error['ctx']['error']} at character {error['loc'][-1]}"
        return _refused("body", wrong, None, BODY)
    if error["type"] == "missing":
        return _refused(_field(place), "is missing", None, _expected(error, place))
    value = _shown(error["input"])
    told = f"is {json.dumps(value, ensure_ascii=False)}"
    return _refused(_field(place), told, value, _expected(error, place))


def _refused(field: str, told: str, value: Shown, expected: str) -> Problem:
    return Problem(
        type="InvalidRequest",
        message=f"{field} {told}; expected {expected}",
        field=field,
        value=value,
        expected=expected,
    )


def _field(place: tuple[str | int, ...]) -> str:
    """A field's name as a client would write it: `documents[2]`."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in place]
    return _printable("".join(parts).lstrip(".")) or "body"


def _expected(error: Mapping[str, Any], place: tuple[str | int, ...]) -> str:
    if not place:
        return BODY
    if error["type"] == "extra_forbidden":
        return f"no field but {', '.join(SearchRequest.model_fields)}"
    return EXPECTED.get(str(place[0]), str(error["msg"]))


def _shown(value: object) -> Shown:
    """A refused value, short and safe to send back."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float) and abs(value) < LARGEST:
        return value
    text = _printable(value if isinstance(value, str) else repr(value))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text)} characters)"


def _printable(text: str) -> str:
    """Text that can be written as UTF-8: half a surrogate pair becomes its escape."""
    return text.encode("utf8", "backslashreplace").decode("utf8")
