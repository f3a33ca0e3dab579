"""What every request shares: the encoder, the library as it is now, the answers given before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated

from fastapi import Depends, Request

from api.answer_cache import AnswerCache, Asked
from api.settings import Settings
from kb.confidence import THRESHOLD
from kb.encoder import Encoder, load_encoder
from kb.generation import Generation
from kb.library import Library, LiveLibrary
from kb.records import Kind, SearchResult
from kb.search import search
from kb.suggest import suggest


@dataclass(frozen=True, slots=True)
class Service:
    """The parts that stay open as long as the server runs."""

    encoder: Encoder
    live: LiveLibrary
    threshold: float = THRESHOLD
    answers: AnswerCache = field(default_factory=AnswerCache)

    def search(
        self,
        generation: Generation,
        text: str,
        *,
        top_k: int = 5,
        kinds: Sequence[Kind] = (),
        documents: Sequence[str] = (),
        exact: bool = False,
    ) -> SearchResult:
        """Answer a question as `kb.search.search` does, from the cache if it was asked before."""

        def find() -> SearchResult:
            return search(
                generation,
                self.encoder,
                text,
                top_k=top_k,
                kinds=kinds,
                documents=documents,
                exact=exact,
                threshold=self.threshold,
            )

        asked = Asked(text.strip(), top_k, frozenset(kinds), frozenset(documents), exact)
        return self.answers.answer(generation.name, asked, find)


def open_service(settings: Settings, encoder: Encoder | None = None) -> Service:
    """Load the encoder, unless it is given, and follow the library. Raises EncoderError."""
    encoder = encoder or load_encoder(
        settings.encoder,
        precision=settings.precision,
        cache=settings.cache,
        threads=settings.threads,
    )
    library = Library(settings.home, settings.library)
    live = LiveLibrary(library, partial(_make_ready, encoder))
    return Service(encoder, live, settings.threshold)


def _make_ready(encoder: Encoder, generation: Generation) -> None:
    """Load it, and ask it mistyped questions, so that nobody waits for what loads on first use.

    Raises EncoderMismatch where the generation is of another encoder.
    """
    generation.require(encoder.spec)
    generation.preload()
    for question in ("顾客退宽怎么办", "tuikuan complant", "is there a steam engine?"):
        search(generation, encoder, question)
    suggest(generation, "客户tou")


def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


def _generation(service: "Shared") -> Generation:
    """One generation for the whole request, whatever is published meanwhile.

    Raises LibraryError where there is none to answer from.
    """
    return service.live.generation()


Shared = Annotated[Service, Depends(_service)]
Live = Annotated[Generation, Depends(_generation)]
