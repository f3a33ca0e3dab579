"""What every request shares: the encoder, and the library as it is now."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from api.settings import Settings
from kb.encoder import Encoder, load_encoder
from kb.generation import Generation
from kb.library import Library, LiveLibrary
from kb.search import search


@dataclass(frozen=True, slots=True)
class Service:
    """The parts that stay open as long as the server runs."""

    encoder: Encoder
    live: LiveLibrary

    def warm_up(self) -> None:
        """Answer a question, so that the first real one does not wait for what loads on first use.

        Raises LibraryError where there is no library to answer from.
        """
        search(self.live.generation(), self.encoder, "客户投诉 complaint")


def open_service(settings: Settings, encoder: Encoder | None = None) -> Service:
    """Load the encoder, unless it is given, and follow the library. Raises EncoderError."""
    encoder = encoder or load_encoder(
        settings.encoder,
        precision=settings.precision,
        cache=settings.cache,
        threads=settings.threads,
    )
    library = Library(settings.home, settings.library)
    spec = encoder.spec
    return Service(encoder, LiveLibrary(library, lambda generation: generation.require(spec)))


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
