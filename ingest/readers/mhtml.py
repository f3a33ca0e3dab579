"""Web pages saved as one file (MHTML): the page in it, read as HTML."""

import email
import email.policy
from pathlib import Path

from ingest.readers import html
from kb.errors import CorruptSource
from kb.records import Extract, SourceFile


def read(path: Path, source: SourceFile) -> Extract:
    """Return the first page in the file; raises CorruptSource where there is none."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                # Chromium states none here: then what the page itself says counts.
                declared = part.get_content_charset() or ""
                return html.read_page(page, source.path, declared=declared)
    raise CorruptSource(f"{source.path}: there is no web page in it; save the page as HTML again")
