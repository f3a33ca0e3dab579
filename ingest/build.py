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
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from ingest.annotate import annotate
from ingest.discover import Discovery, discover
from ingest.isolate import ReaderProcess, require_size
from ingest.kept import forget
from ingest.repair import repair
from ingest.section import section
from ingest.split import split
from kb.centring import measure
from kb.embedding_cache import Embedding, EmbeddingCache, embed
from kb.encoder import Encoder
from kb.errors import (
    GenerationCorrupt,
    LibraryMissing,
    NothingReadable,
    SourceError,
    SourceTooLarge,
)
from kb.generation import Generation, GenerationWriter, encoder_text
from kb.library import Library
from kb.manifest import Manifest
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


def prepare(
    path: Path,
    source: SourceFile,
    reader: ReaderProcess,
    watch: Stopwatch,
    progress: Progress = lambda step, done, total: None,
) -> Prepared:
    """Read, clean, cut and annotate one file. Raises SourceError."""
    with watch.step("read"):
        extract = reader.read(path, source, partial(progress, "pages"))
    with watch.step("clean"):
        document = repair(
            source, extract, document_id=document_id(source.path), version=source.sha256[:12]
        )
        sections = section(document)
        passages = tuple(annotate(document, passage) for passage in split(document, sections))
        forget()
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
    with library.writing():
        building = _Build(library, encoder, progress)
        with building.watch.step("discover"), TemporaryDirectory() as workshop:
            found = discover(paths, Path(workshop))
            kept = building.keep(found)
        sources = building.merge(kept, replace=replace)
        return building.run(sources, found.duplicates)


class _Build:
    """One run of the recipe: what the library held before, and what was found on the way."""

    def __init__(self, library: Library, encoder: Encoder, progress: Progress) -> None:
        self.watch = Stopwatch()
        self._library = library
        self._encoder = encoder
        self._progress = progress
        self._before = _open_before(library)
        summaries = self._before.documents() if self._before else ()
        self._known = {summary.source.path: summary for summary in summaries}
        self._read: list[Read] = []
        self._failures: list[Failure] = []
        self._embedded = 0

    def keep(self, found: Discovery) -> list[SourceFile]:
        """Copy the files into the library; those that cannot be opened or read are failures."""
        for name, error in found.failures:
            self.fail(name, error)
        kept = []
        for path, source in found.files:
            try:
                require_size(source.path, source.size)
                self._library.keep_source(path, source.sha256)
            except SourceTooLarge as error:
                self.fail(source.path, error)
            except FileNotFoundError:
                self.fail(source.path, SourceError(f"{source.path}: has vanished; try again"))
            else:
                kept.append(source)
        return kept

    def fail(self, path: str, error: SourceError) -> None:
        """Report a file that could not be read."""
        self._failures.append(Failure(path, type(error).__name__, str(error)))

    def merge(self, found: Sequence[SourceFile], *, replace: bool) -> tuple[SourceFile, ...]:
        """The files that the next generation is made from, in the order of their paths.

        A file whose content the library has under another path already is left out. Nothing is
        lost by a path that could not be opened: what the library has of it stays.
        """
        known = [summary.source for summary in self._known.values()]
        kept = [source for source in known if self._has_failed(source.path)] if replace else known
        by_path = {source.path: source for source in kept}
        contents = {source.sha256 for source in kept}
        for source in found:
            if source.path in by_path or source.sha256 not in contents:
                by_path[source.path] = source
        return tuple(by_path[path] for path in sorted(by_path))

    def _has_failed(self, path: str) -> bool:
        """Whether the file, or a folder or archive that it lay in, could not be opened."""
        places = {path, *map(str, PurePosixPath(path).parents)}
        return any(failure.path in places for failure in self._failures)

    def run(self, sources: Sequence[SourceFile], duplicates: tuple[str, ...]) -> BuildReport:
        """Make and publish the generation, unless it is the live one already."""
        if self._before is not None and self._is_current(self._before, sources):
            self._read = [_describe(prepared) for prepared in map(self._older, sources) if prepared]
            return self._report(self._before.name, len(self._before), duplicates, changed=False)
        with self._library.building() as folder:
            manifest = self._write(folder, sources)
            with self.watch.step("publish"):
                name = self._library.publish(folder)
        return self._report(name, manifest.passages, duplicates, changed=True)

    def _is_current(self, before: Generation, sources: Sequence[SourceFile]) -> bool:
        manifest = before.manifest
        return (
            manifest.recipe == recipe()
            and manifest.encoder == self._encoder.spec
            and [summary.source for summary in self._known.values()] == list(sources)
        )

    def _write(self, folder: Path, sources: Sequence[SourceFile]) -> Manifest:
        """Read, clean, embed and write one document after the other."""
        with (
            closing(EmbeddingCache(self._library.embeddings, self._encoder.spec)) as known,
            ReaderProcess() as reader,
            self._writer(folder) as writer,
        ):
            for done, source in enumerate(sources):
                self._progress("documents", done, len(sources))
                prepared = self._prepare(source, reader)
                if prepared is not None:
                    embeddings = self._embed(prepared, known)
                    with self.watch.step("write"):
                        writer.add(
                            prepared.document, prepared.sections, prepared.passages, embeddings
                        )
                    self._read.append(_describe(prepared))
            self._progress("documents", len(sources), len(sources))
            self._require_something()
            with self.watch.step("write"):
                return writer.finish()

    def _writer(self, folder: Path) -> GenerationWriter:
        with self.watch.step("embed"):
            means = measure(self._encoder)
        return GenerationWriter(folder, self._encoder.spec, means, recipe=recipe())

    def _prepare(self, source: SourceFile, reader: ReaderProcess) -> Prepared | None:
        """The document cut and annotated; the older version, or None, where it cannot be read."""
        older = self._older(source)
        if older is not None and older.document.source == source and self._same_recipe():
            return older
        try:
            path = self._library.sources / source.sha256
            return prepare(path, source, reader, self.watch, self._progress)
        except SourceError as error:
            self.fail(source.path, error)
            return older

    def _same_recipe(self) -> bool:
        return self._before is not None and self._before.manifest.recipe == recipe()

    def _older(self, source: SourceFile) -> Prepared | None:
        """The document of the same path in the generation before, whatever its version."""
        summary = self._known.get(source.path)
        if summary is None or self._before is None:
            return None
        return Prepared(
            self._before.document(summary.id),
            self._before.sections(summary.id),
            self._before.passages(summary.id),
            taken_over=True,
        )

    def _embed(self, prepared: Prepared, known: EmbeddingCache) -> list[Embedding]:
        """The embeddings of a document's passages; only those of new texts are worked out."""
        with self.watch.step("embed"):
            text = prepared.document.text
            embeddings, new = embed(
                [encoder_text(passage, passage.span.of(text)) for passage in prepared.passages],
                self._encoder,
                known,
                lambda done, total: self._progress("passages", done, total),
            )
            self._embedded += new
            return embeddings

    def _require_something(self) -> None:
        if not self._read:
            reasons = "; ".join(f"{f.path}: {f.message}" for f in self._failures)
            raise NothingReadable(
                f"nothing could be read, so nothing was published: {reasons or 'no files given'}"
            )

    def _report(
        self, generation: str, passages: int, duplicates: tuple[str, ...], *, changed: bool
    ) -> BuildReport:
        return BuildReport(
            generation,
            changed,
            tuple(self._read),
            tuple(self._failures),
            duplicates,
            passages,
            self._embedded,
            dict(self.watch.seconds),
        )


def _open_before(library: Library) -> Generation | None:
    """The generation to build upon, None where the library has no sound one."""
    try:
        return library.open_sound()
    except (LibraryMissing, GenerationCorrupt):
        return None


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
