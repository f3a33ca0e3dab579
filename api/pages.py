"""The pages for people: search, a document at the cited place, and its cleaning report.

They are static files that speak to the API like any other client; only the report is made here.
"""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.responses import FileResponse, HTMLResponse

from api.errors import status
from api.report_page import linked_styles, report_page, tongue
from api.service import Live, Shared
from kb.errors import HandbookError
from kb.report import cleaning_report

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


@router.get("/documents/{document_id}/report")
def cleaning_page(
    document_id: str, generation: Live, accept_language: Annotated[str, Header()] = ""
) -> HTMLResponse:
    """The cleaning report, in the reader's language."""
    report = cleaning_report(generation, document_id)
    language = tongue(accept_language)
    page = report_page([report], linked_styles(), language, back=f"/documents/{report.document_id}")
    return HTMLResponse(page.encode("utf8", "replace"))


@router.get("/docs")
def docs_page() -> FileResponse:
    """The API's reference, drawn from /openapi.json."""
    return FileResponse(STATIC / "docs.html")
