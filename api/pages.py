"""The pages for people: search, and a document at the cited place.

They are static files that speak to the API like any other client.
"""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse

from api.errors import status
from api.service import Shared
from kb.errors import HandbookError

STATIC = Path(__file__).parent / "static"

router = APIRouter(include_in_schema=False)


@router.get("/")
def search_page() -> FileResponse:
    """The search page."""
    return FileResponse(STATIC / "index.html")


@router.get("/documents/{document_id}")
def document_page(document_id: str, service: Shared) -> FileResponse:
    """The viewer. Where the document cannot be shown, the page says why under the right status."""
    code = 200
    try:
        service.live.generation().document(document_id)
    except HandbookError as error:
        code = status(error)
    return FileResponse(STATIC / "document.html", status_code=code)


@router.get("/docs")
def docs_page() -> FileResponse:
    """The API's reference, drawn from /openapi.json."""
    return FileResponse(STATIC / "docs.html")
