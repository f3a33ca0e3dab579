"""A real little library, built once from files, and a client of the service over it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api import settings as service
from api.app import create_app
from api.settings import Settings
from ingest.build import build
from kb.encoder import Encoder
from kb.library import Library
from tests.api import manuals as handbook


@pytest.fixture(scope="session")
def home(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library with four manuals."""
    home = tmp_path_factory.mktemp("home")
    files = handbook.write(tmp_path_factory.mktemp("files") / "manuals")
    report = build(Library(home, "default"), [files], encoder)
    assert report.failures == ()
    return home


@pytest.fixture(scope="session")
def settings(home: Path) -> Settings:
    """Settings of a service over that library."""
    return service.read(home, "default", {})


@pytest.fixture(scope="session")
def client(settings: Settings, encoder: Encoder) -> Iterator[TestClient]:
    """A client that sees what a browser would see, errors included."""
    with TestClient(create_app(settings, encoder), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def ids(client: TestClient) -> dict[str, str]:
    """Ids of the documents by the name of their file."""
    documents = client.get("/v1/documents").json()["documents"]
    return {document["path"]: document["id"] for document in documents}
