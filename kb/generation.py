"""A generation: one immutable state of a library, written once and then only read.

    store.sqlite   the records           row i of every part is the same passage
    dense.faiss    pooled vectors
    tokens.*       token vectors
    sketches.u8    the same in few numbers
    centres.npz    the languages' means, taken off all of them
    lexical.npz, vocabulary.json         postings
    manifest.json  what it is, and the sha256 of every file

`GenerationWriter` takes documents one after the other; `Generation` is an open one.
"""

import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb import centring, dense, glossary, late, lexical, manifest, store
from kb.centring import LanguageMeans
from kb.edits import Edited
from kb.embedding_cache import Embedding
from kb.encoder import EncoderSpec
from kb.errors import EncoderMismatch, GenerationCorrupt, UnknownDocument, UnknownPassage
from kb.fold import fold
from kb.glossary import Agreement, Glossary
from kb.language import is_chinese
from kb.manifest import SCHEMA, Manifest
from kb.outline import Outline, outline
from kb.records import KINDS, Citation, Document, Kind, Passage, Section, Span
from kb.sentences import sentences
from kb.store import DocumentSummary
from kb.stretches import Stretched, stretched
from kb.terms import terms

FILES = (*store.FILES, *dense.FILES, *late.FILES, *lexical.FILES, *centring.FILES)

PRELOADED = 16_384
"""Passages of the largest library that is read as a whole before it is asked."""

DOCUMENTS, PASSAGES = 1024, PRELOADED
"""How many of each are kept in memory once they were read; all others stay on the disk."""


def context(passage: Passage) -> str:
    """What a passage means beyond its own words: its manual, the headings above it, its columns."""
    return " ".join(filter(None, (passage.title, *passage.heading_path, passage.columns)))


def encoder_text(passage: Passage, words: str) -> Stretched:
    """The text that stands for a passage in the indexes, in its search form."""
    above = context(passage)
    return stretched(fold(f"{above}\n") if above else "", fold(words))


def _parts(folded: str, ends: NDArray[np.int32]) -> NDArray[np.int64]:
    """The sentence, from 1, that each token of a passage ends in, 0 for one before its words."""
    starts = [span.start for span in sentences(folded)]
    parts: NDArray[np.int64] = np.searchsorted(starts, ends - 1, side="right")
    return parts


class GenerationWriter:
    """Writes a generation into an empty folder; nothing of it is published by that.

    Use it in a `with`, so that its files are released whatever happens.
    """

    def __init__(
        self, folder: Path, spec: EncoderSpec, means: LanguageMeans, *, recipe: str
    ) -> None:
        self._folder = folder
        self._spec = spec
        self._means = means
        self._recipe = recipe
        self._store = store.StoreWriter(folder)
        self._late = late.LateWriter(folder)
        self._pooled: list[NDArray[np.float32]] = []
        self._lexical = lexical.LexicalWriter()
        self._documents = 0

    def __enter__(self) -> "GenerationWriter":
        return self

    def __exit__(self, *error: object) -> None:
        self._store.close()

    def add(
        self,
        document: Document,
        sections: Sequence[Section],
        passages: Sequence[Passage],
        embeddings: Sequence[Embedding],
    ) -> None:
        """Append a document; `embeddings` are those of its passages, in order."""
        self._store.add(document, sections, passages)
        self._documents += 1
        for passage, embedding in zip(passages, embeddings, strict=True):
            words = passage.span.of(document.text)
            text = encoder_text(passage, words)
            parts = _parts(text.words, embedding.ends - len(text.context))
            self._embed(embedding, parts, chinese=is_chinese(words))
            self._lexical.add(terms(text.whole))

    def _embed(self, embedding: Embedding, parts: NDArray[np.int64], *, chinese: bool) -> None:
        centres = self._means.passage
        self._pooled.append(centres.centre_pooled(embedding.pooled, chinese=chinese))
        tokens = centres.centre_tokens(embedding.tokens.decoded(), chinese=chinese)
        self._late.add(tokens, embedding.ids, parts, chinese=chinese)

    def finish(self) -> Manifest:
        """Write the indexes and the manifest, and make sure that they are on the disk."""
        self._store.finish()
        tokens = self._late.finish()
        vectors = np.stack(self._pooled) if self._pooled else np.zeros((0, self._spec.dim))
        dense.build(vectors.astype(np.float32)).save(self._folder)
        self._lexical.finish().save(self._folder)
        self._means.save(self._folder)
        return seal(
            self._folder,
            self._spec,
            recipe=self._recipe,
            documents=self._documents,
            passages=len(self._pooled),
            tokens=tokens,
        )


def seal(
    folder: Path, spec: EncoderSpec, *, recipe: str, documents: int, passages: int, tokens: int
) -> Manifest:
    """Write the manifest of a folder that has all its parts, and wait until it is on the disk."""
    written = Manifest(
        schema=SCHEMA,
        generation=folder.name,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        recipe=recipe,
        encoder=spec,
        documents=documents,
        passages=passages,
        tokens=tokens,
        files={name: manifest.sha256(folder / name) for name in FILES},
    )
    written.save(folder)
    for path in (*folder.iterdir(), folder):
        sync(path)
    return written


def _bits(kinds: Iterable[str]) -> int:
    """Kinds as a set of bits, in the order of `KINDS`."""
    return sum(1 << KINDS.index(kind) for kind in set(kinds))


def sync(path: Path) -> None:
    """Wait until a file or a folder's list of names is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Generation:
    """An open generation. Safe to use from several threads.

    `sources` is the folder that holds the files as they came in, by their sha256.
    Raises GenerationCorrupt where a file is not the one that the manifest lists.
    """

    def __init__(self, folder: Path, sources: Path) -> None:
        self.manifest = manifest.load(folder)
        manifest.check(self.manifest, folder)
        self.name = self.manifest.generation
        self._sources = sources
        self._store = store.Store(folder)
        try:
            self.dense = dense.load(folder)
            self.late = late.load(folder, self.manifest.encoder.dim)
            self.lexical = lexical.load(folder)
            self.means = centring.load(folder)
            facets = self._store.facets()
        except (KeyError, ValueError, RuntimeError) as error:
            raise GenerationCorrupt(
                f"{folder}: written in another form than this version reads ({error}): "
                "run `kb ingest` again to rebuild it"
            ) from error
        sizes = {len(facets), len(self.dense), self.lexical.size, len(self.late.bounds) - 1}
        if sizes != {self.manifest.passages}:
            raise GenerationCorrupt(
                f"{folder}: its parts hold {sorted(sizes)} passages, the manifest says "
                f"{self.manifest.passages}: roll back or run `kb ingest` again"
            )
        self._numbers = {place: number for number, place in enumerate(dict(facets))}
        self._places = np.array([self._numbers[place] for place, _ in facets], np.int32)
        self._kinds = np.array([_bits(kinds) for _, kinds in facets], np.uint8)
        self._document = lru_cache(DOCUMENTS)(self._load_document)
        self._passages = lru_cache(PASSAGES)(lambda row: self._store.rows([row])[0])
        self._outlines = lru_cache(PASSAGES)(self._load_outline)

    @cached_property
    def glossary(self) -> Glossary:
        """The default glossary with the library's own lines. Raises InvalidSetting."""
        return glossary.load(self._sources.parent)

    @cached_property
    def agreement(self) -> Agreement:
        """How far the passages use synonyms of a question's words."""
        return Agreement(self.lexical)

    def __len__(self) -> int:
        return self.manifest.passages

    def require(self, spec: EncoderSpec) -> None:
        """Raise EncoderMismatch unless this generation was built with that encoder."""
        if spec != self.manifest.encoder:
            raise EncoderMismatch(
                f"generation {self.name} was built with {self.manifest.encoder}, "
                f"the encoder in use is {spec}: set the encoder back, or run "
                "`kb ingest PATH` once more, which embeds the whole library with the new one"
            )

    def documents(self) -> tuple[DocumentSummary, ...]:
        """All documents, without their text."""
        return self._store.documents()

    def document(self, document_id: str) -> Document:
        """A document with its text. Raises UnknownDocument."""
        return self._document(document_id)[0]

    def sections(self, document_id: str) -> tuple[Section, ...]:
        """A document's sections in the order of the text. Raises UnknownDocument."""
        self.document(document_id)
        return self._store.sections(document_id)

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """A document's passages in the order of the text. Raises UnknownDocument."""
        self.document(document_id)
        return self._store.passages(document_id)

    def passage(self, passage_id: str) -> Passage:
        """A passage by its id. Raises UnknownPassage."""
        found = self._store.passage(passage_id)
        if found is None:
            raise UnknownPassage(
                f"passage {passage_id!r} is not in generation {self.name}: "
                "search again for a current id"
            )
        return found

    def row(self, row: int) -> Passage:
        """The passage of a row of the indexes."""
        return self._passages(row)

    def outline(self, row: int) -> Outline:
        """The sentences of the passage of a row, and what else each question asks of it."""
        return self._outlines(row)

    def preload(self) -> None:
        """Load all passages of a library of up to `PRELOADED`, at about 2,400 a second.

        Else each question waits a tenth of its time for those that no other has found before. Of
        10,000 passages, they take 54 MiB.
        """
        for row in range(len(self) if len(self) <= PRELOADED else 0):
            self.outline(row)

    def _load_outline(self, row: int) -> Outline:
        passage = self.row(row)
        return outline(passage, self.text(passage))

    def text(self, passage: Passage) -> str:
        """A passage's words, as cleaned."""
        return passage.span.of(self.document(passage.document_id).text)

    def cite(self, passage: Passage) -> Citation:
        """Where a passage comes from, with the words as the source has them."""
        document, edited = self._document(passage.document_id)
        source_span = edited.to_raw(passage.span)
        return Citation(
            passage_id=passage.id,
            document_id=document.id,
            path=document.source.path,
            title=passage.title,
            version=document.version,
            heading_path=passage.heading_path,
            page=passage.pages[0] if passage.pages else None,
            span=passage.span,
            source_span=source_span,
            quote=source_span.of(document.raw),
        )

    def quote(self, passage: Passage, span: Span) -> tuple[Span, str]:
        """Where words of a passage's document stand in the source, and how they stand there."""
        document, edited = self._document(passage.document_id)
        source_span = edited.to_raw(span)
        return source_span, source_span.of(document.raw)

    def source(self, document_id: str) -> Path:
        """The file that a document was read from. Raises UnknownDocument."""
        return self._sources / self.document(document_id).source.sha256

    def allowed(self, kinds: Sequence[Kind], documents: Sequence[str]) -> NDArray[np.bool_] | None:
        """Which rows hold a passage of one of `kinds` in one of `documents`; None for all."""
        if not kinds and not documents:
            return None
        allowed = np.ones(len(self), np.bool_)
        if kinds:
            allowed &= (self._kinds & _bits(kinds)) > 0
        if documents:
            allowed &= np.isin(self._places, [self._numbers.get(each, -1) for each in documents])
        return allowed

    def of_kind(self, rows: NDArray[np.int64], kind: Kind | None) -> NDArray[np.bool_]:
        """Whether the passage of each row is of `kind`: (rows,); False for no kind."""
        found: NDArray[np.bool_] = (self._kinds[rows] & _bits([kind] if kind else [])) > 0
        return found

    def close(self) -> None:
        """Release the files."""
        self._store.close()

    def _load_document(self, document_id: str) -> tuple[Document, Edited]:
        document = self._store.document(document_id)
        if document is None:
            raise UnknownDocument(
                f"document {document_id!r} is not in generation {self.name}: "
                "GET /v1/documents lists those that are"
            )
        return document, Edited(document.raw, document.edits)
