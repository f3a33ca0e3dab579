"""The recipe: from files to a published generation.

    discover ─► keep the files ─► read ─► repair ─► section ─► split ─► annotate ─► embed ─► publish

A document whose file and recipe did not change is taken over from the generation before. What
cannot be read is reported with its reason and the rest goes on; where the library already has
an older version of such a file, that version stays.
"""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ingest.annotate import annotate
from ingest.discover import discover
from ingest.isolate import ReaderProcess
from ingest.repair import repair
from ingest.section import section
from ingest.split import split
from kb.centring import measure
from kb.embedding_cache import Embedding, EmbeddingCache
from kb.encoder import Encoder
from kb.errors import GenerationCorrupt, LibraryMissing, NothingReadable, SourceError
from kb.generation import Generation, GenerationWriter, encoder_text
from kb.late import quantise
from kb.library import Library
from kb.records import Document, Passage, Section, SourceFile

Progress = Callable[[str, int, int], None]
"""Called with the name of a step, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read: the error's class and its message."""

    path: str
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Read:
    """A document of the new generation, as the report tells it."""

    id: str
    path: str
    title: str
    encoding: str
    certainty: float
    characters: int
    passages: int
    taken_over: bool
    edits: dict[str, int]
    marks: dict[str, int]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What an ingest did. `generation` is the live one afterwards; `changed` says if it is new.

    `duplicates` are paths whose content came in under another path as well. `embedded` counts
    the passages that the encoder had to work out. `seconds` is the time each step took.
    """

    generation: str
    changed: bool
    documents: tuple[Read, ...]
    failures: tuple[Failure, ...]
    duplicates: tuple[str, ...]
    passages: int
    embedded: int
    seconds: dict[str, float]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document, cut and annotated, before its passages are embedded."""

    document: Document
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    taken_over: bool


@dataclass(slots=True)
class Stopwatch:
    """Adds up the seconds of each step."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Count the time spent inside as that of step `name`."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start


@cache
def recipe() -> str:
    """Identifies the code that turns files into passages: it changes when that code does."""
    folder = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted([*folder.rglob("*.py"), *folder.parent.glob("kb/*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def document_id(path: str) -> str:
    """A document's id: that of its path, so that it survives new versions of the file."""
    return "d" + hashlib.blake2b(path.encode("utf8", "surrogateescape"), digest_size=8).hexdigest()


def prepare(path: Path, source: SourceFile, reader: ReaderProcess, watch: Stopwatch) -> Prepared:
    """Read, clean, cut and annotate one file. Raises SourceError."""
    with watch.step("read"):
        extract = reader.read(path, source)
    with watch.step("clean"):
        document = repair(
            source, extract, document_id=document_id(source.path), version=source.sha256[:12]
        )
        sections = section(document)
        passages = tuple(annotate(document, passage) for passage in split(document, sections))
    return Prepared(document, sections, passages, taken_over=False)


def build(
    library: Library,
    paths: Sequence[Path],
    encoder: Encoder,
    *,
    replace: bool = False,
    progress: Progress = lambda step, done, total: None,
) -> BuildReport:
    """Bring files and folders into a library and publish the result as its next generation.

    What the library holds already stays, a file of the same relative path being a new version
    of it; with `replace` the library holds the given files only. Where nothing changed, nothing
    is published. Raises NothingReadable (the library stays as it was), LibraryLocked, and
    SourceError for a path that does not exist.
    """
    watch = Stopwatch()
    with library.writing():
        before = _open_before(library)
        with watch.step("discover"):
            found = discover(paths)
            for path, source in found.files:
                library.keep_source(path, source.sha256)
        sources = _merge(before, [source for _, source in found.files], replace=replace)
        if before is not None and _is_current(before, sources, encoder):
            return _unchanged(before, found.duplicates, watch)
        return _publish(library, before, sources, found.duplicates, encoder, watch, progress)


def _open_before(library: Library) -> Generation | None:
    """The generation to build upon, None where the library has no sound one."""
    try:
        return library.open_sound()
    except (LibraryMissing, GenerationCorrupt):
        return None


def _merge(
    before: Generation | None, found: Sequence[SourceFile], *, replace: bool
) -> tuple[SourceFile, ...]:
    """The files that the next generation is made from, in the order of their paths.

    A file whose content the library has under another path already is left out.
    """
    kept = [] if before is None or replace else [d.source for d in before.documents()]
    by_path = {source.path: source for source in kept}
    contents = {source.sha256 for source in kept}
    for source in found:
        if source.path in by_path or source.sha256 not in contents:
            by_path[source.path] = source
    return tuple(by_path[path] for path in sorted(by_path))


def _is_current(before: Generation, sources: Sequence[SourceFile], encoder: Encoder) -> bool:
    manifest = before.manifest
    return (
        manifest.recipe == recipe()
        and manifest.encoder == encoder.spec
        and [d.source for d in before.documents()] == list(sources)
    )


def _unchanged(before: Generation, duplicates: tuple[str, ...], watch: Stopwatch) -> BuildReport:
    read = []
    for summary in before.documents():
        passages = before.passages(summary.id)
        whole = Prepared(before.document(summary.id), (), passages, taken_over=True)
        read.append(_describe(whole))
    return BuildReport(
        before.name, False, tuple(read), (), duplicates, len(before), 0, dict(watch.seconds)
    )


def _publish(
    library: Library,
    before: Generation | None,
    sources: Sequence[SourceFile],
    duplicates: tuple[str, ...],
    encoder: Encoder,
    watch: Stopwatch,
    progress: Progress,
) -> BuildReport:
    read: list[Read] = []
    failures: list[Failure] = []
    embedded = 0
    with (
        library.building() as folder,
        _cache_of(library, encoder) as cache_,
        ReaderProcess() as reader,
    ):
        with watch.step("embed"):
            means = measure(encoder)
        writer = GenerationWriter(folder, encoder.spec, means, recipe=recipe())
        for done, source in enumerate(sources):
            progress("documents", done, len(sources))
            try:
                prepared = _take_over(before, source) or prepare(
                    library.sources / source.sha256, source, reader, watch
                )
            except SourceError as error:
                failures.append(Failure(source.path, type(error).__name__, str(error)))
                older = _older(before, source)
                if older is None:
                    continue
                prepared = older
            with watch.step("embed"):
                embeddings, new = _embed(prepared, encoder, cache_, progress)
            with watch.step("write"):
                writer.add(prepared.document, prepared.sections, prepared.passages, embeddings)
            embedded += new
            read.append(_describe(prepared))
        progress("documents", len(sources), len(sources))
        if not read:
            reasons = "; ".join(f"{f.path}: {f.message}" for f in failures) or "no files given"
            raise NothingReadable(f"nothing could be read, so nothing was published: {reasons}")
        with watch.step("write"):
            manifest = writer.close()
        with watch.step("publish"):
            name = library.publish(folder)
    return BuildReport(
        name,
        True,
        tuple(read),
        tuple(failures),
        duplicates,
        manifest.passages,
        embedded,
        dict(watch.seconds),
    )


@contextmanager
def _cache_of(library: Library, encoder: Encoder) -> Iterator[EmbeddingCache]:
    cache_ = EmbeddingCache(library.embeddings, encoder.spec)
    try:
        yield cache_
    finally:
        cache_.close()


def _take_over(before: Generation | None, source: SourceFile) -> Prepared | None:
    """The document as the generation before has it, where file and recipe are the same."""
    if before is None or before.manifest.recipe != recipe():
        return None
    older = _older(before, source)
    return older if older is not None and older.document.source == source else None


def _older(before: Generation | None, source: SourceFile) -> Prepared | None:
    """The document of the same path in the generation before, whatever its version."""
    if before is None:
        return None
    for summary in before.documents():
        if summary.source.path == source.path:
            return Prepared(
                before.document(summary.id),
                before.sections(summary.id),
                before.passages(summary.id),
                taken_over=True,
            )
    return None


def _embed(
    prepared: Prepared, encoder: Encoder, cache_: EmbeddingCache, progress: Progress
) -> tuple[list[Embedding], int]:
    """The embeddings of a document's passages, and how many of them are new."""
    text = prepared.document.text
    texts = [encoder_text(passage, passage.span.of(text)) for passage in prepared.passages]
    known = cache_.get(texts)
    missing = list(dict.fromkeys(t for t, e in zip(texts, known, strict=True) if e is None))
    encodings = encoder.encode_passages(
        missing, progress=lambda done: progress("passages", done, len(missing))
    )
    fresh = {
        text: Embedding(encoding.pooled, quantise(encoding.tokens, encoding.ids))
        for text, encoding in zip(missing, encodings, strict=True)
    }
    cache_.put(fresh.items())
    cache_.touch(texts)
    embeddings = [e or fresh[t] for t, e in zip(texts, known, strict=True)]
    return embeddings, len(missing)


def _describe(prepared: Prepared) -> Read:
    document = prepared.document
    rules = Counter(rule for edit in document.edits for rule in edit.rule.split("+"))
    return Read(
        id=document.id,
        path=document.source.path,
        title=document.title,
        encoding=document.encoding,
        certainty=document.certainty,
        characters=len(document.text),
        passages=len(prepared.passages),
        taken_over=prepared.taken_over,
        edits=dict(rules.most_common()),
        marks=dict(Counter(mark.kind for mark in document.marks).most_common()),
        notes=document.notes,
    )
