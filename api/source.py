"""A source file as a response that cannot do harm.

A manual comes from anywhere: a saved web page may hold scripts. What a browser would run is only
downloaded, in a sandbox of its own, and is never taken for another type than it says.
"""

import codecs
from pathlib import Path, PurePosixPath

from fastapi.responses import FileResponse

from kb.errors import GenerationCorrupt
from kb.records import Document

INLINE = frozenset({"application/pdf", "text/plain"})
"""Media types that a browser may show: it runs nothing of ours or of theirs for them."""

SANDBOX = "default-src 'none'; sandbox"


def source_response(path: Path, document: Document) -> FileResponse:
    """The file at `path`, which `document` was read from. Raises GenerationCorrupt without it."""
    if not path.is_file():
        raise GenerationCorrupt(
            f"{path}: the file of document {document.id!r} is gone: run `kb ingest` with it again"
        )
    media_type = document.source.media_type
    headers = {"content-type": _content_type(media_type, document.encoding)}
    if media_type != "application/pdf":  # a browser's own PDF viewer does not work in a sandbox
        headers["content-security-policy"] = SANDBOX
    return FileResponse(
        path,
        headers=headers,
        filename=_name(document.source.path),
        content_disposition_type="inline" if media_type in INLINE else "attachment",
    )


def _content_type(media_type: str, encoding: str) -> str:
    """The media type, with the encoding that was found where it is that of a text."""
    if not media_type.startswith("text/"):
        return media_type
    try:
        return f"{media_type}; charset={codecs.lookup(encoding).name}"
    except LookupError:
        return media_type


def _name(path: str) -> str:
    """A file's own name, as far as it is Unicode."""
    return PurePosixPath(path).name.encode("utf8", "replace").decode("utf8")
