"""The records of a generation, in one SQLite file. The only place that knows SQL for them.

A passage's row number is its row in the vectors and in the lexical index. The file is written
once, by `StoreWriter`, and then only read.
"""

import json
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import cattrs

from kb.records import Document, Passage, Section, SourceFile

FILES = ("store.sqlite",)

_SCHEMA = """
CREATE TABLE document (
    number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL,
    summary TEXT NOT NULL, record TEXT NOT NULL, sections TEXT NOT NULL
);
CREATE TABLE passage (
    number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, document INTEGER NOT NULL,
    kinds TEXT NOT NULL, record TEXT NOT NULL
);
"""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document without its text."""

    id: str
    title: str
    version: str
    source: SourceFile
    characters: int
    passages: int


class StoreWriter:
    """Writes documents one after the other, so that memory holds only one."""

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / FILES[0])
        self._db.executescript(_SCHEMA)
        self._documents = 0
        self._passages = 0

    def add(
        self, document: Document, sections: Sequence[Section], passages: Sequence[Passage]
    ) -> None:
        """Append a document with its sections and passages."""
        summary = DocumentSummary(
            document.id,
            document.title,
            document.version,
            document.source,
            len(document.text),
            len(passages),
        )
        self._db.execute(
            "INSERT INTO document VALUES (?, ?, ?, ?, ?)",
            (
                self._documents,
                document.id,
                _to_json(summary),
                _to_json(document),
                _to_json(list(sections)),
            ),
        )
        self._db.executemany(
            "INSERT INTO passage VALUES (?, ?, ?, ?, ?)",
            [
                (self._passages + i, p.id, self._documents, " ".join(p.kinds), _to_json(p))
                for i, p in enumerate(passages)
            ],
        )
        self._documents += 1
        self._passages += len(passages)

    def finish(self) -> None:
        """Write everything out and release the file."""
        self._db.commit()
        self._db.close()

    def close(self) -> None:
        """Release the file, finished or not."""
        self._db.close()


class Store:
    """An open store, safe to read from several threads."""

    def __init__(self, folder: Path) -> None:
        uri = f"{(folder / FILES[0]).resolve().as_uri()}?mode=ro&immutable=1"
        self._db = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._lock = threading.Lock()

    def documents(self) -> tuple[DocumentSummary, ...]:
        """All documents, in the order in which they were added."""
        rows = self._all("SELECT summary FROM document ORDER BY number")
        return tuple(_from_json(row[0], DocumentSummary) for row in rows)

    def document(self, document_id: str) -> Document | None:
        """A document with its text, or None."""
        return self._record("SELECT record FROM document WHERE id = ?", document_id, Document)

    def sections(self, document_id: str) -> tuple[Section, ...]:
        """A document's sections in the order of the text."""
        found = self._record(
            "SELECT sections FROM document WHERE id = ?", document_id, list[Section]
        )
        return tuple(found or ())

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """A document's passages in the order of the text."""
        rows = self._all(
            "SELECT passage.record FROM passage JOIN document ON document = document.number "
            "WHERE document.id = ? ORDER BY passage.number",
            document_id,
        )
        return tuple(_from_json(row[0], Passage) for row in rows)

    def passage(self, passage_id: str) -> Passage | None:
        """A passage by its id, or None."""
        return self._record("SELECT record FROM passage WHERE id = ?", passage_id, Passage)

    def rows(self, numbers: Iterable[int]) -> list[Passage]:
        """The passages of these rows of the indexes, in the order given."""
        query = "SELECT record FROM passage WHERE number = ?"
        return [_from_json(self._all(query, int(n))[0][0], Passage) for n in numbers]

    def facets(self) -> list[tuple[str, tuple[str, ...]]]:
        """Of every passage, by row: its document's id and its kinds."""
        rows = self._all(
            "SELECT document.id, kinds FROM passage JOIN document ON document = document.number "
            "ORDER BY passage.number"
        )
        return [(document, tuple(kinds.split())) for document, kinds in rows]

    def close(self) -> None:
        """Release the file."""
        self._db.close()

    def _all(self, query: str, *values: str | int) -> list[Any]:
        with self._lock:
            return self._db.execute(query, values).fetchall()

    def _record(self, query: str, key: str, kind: type[T]) -> T | None:
        rows = self._all(query, key)
        return _from_json(rows[0][0], kind) if rows else None


@cache
def _converter() -> cattrs.Converter:
    return cattrs.Converter(omit_if_default=True, detailed_validation=False)


def _to_json(record: object) -> str:
    return json.dumps(_converter().unstructure(record), ensure_ascii=True)


def _from_json(text: str, kind: type[T]) -> T:
    return _converter().structure(json.loads(text), kind)
