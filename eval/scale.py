"""Large libraries for the bench, made of a real one: the first half of a passage and the second of
another, with their words, annotations and token vectors.

Nothing is encoded anew. Each vector is that of the words beside it, as they stood in their own
passage, moved by random noise, so that no two passages are equal; the weights of a query's tokens,
which cost the same whatever they are, are uniform. Words are as frequent as in the real library,
which makes the postings of rare ones longer than they would be among so many manuals.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from kb import dense, late, lexical, store
from kb.fold import fold
from kb.generation import Generation, context, seal
from kb.library import Library
from kb.records import Deadline, Document, Passage, Quote, Script, Section, Span
from kb.sentences import sentences
from kb.terms import terms

A_DOCUMENT = 50
"""Passages of a made document."""

NOISE = 0.3
"""Length of the noise on a vector of length 1."""

SEED = 20_261_122
NEAREST = 40

Vectors = NDArray[np.float32]
T = TypeVar("T", Deadline, Quote)


@dataclass(frozen=True, slots=True, eq=False)
class Half:
    """One side of a real passage: its words, their terms, and the annotations inside them.

    Annotations count from the first character of `text`. `vectors` (n, dim) are its token
    vectors, and `pairs` (p, 2) says which of its sentences, from 1, holds which; 0 is the context.
    """

    text: str
    terms: tuple[str, ...]
    sentences: int
    deadlines: tuple[Deadline, ...]
    scripts: tuple[Script, ...]
    vectors: Vectors
    pairs: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A real passage: both halves, its pooled vector, its record, and its language."""

    passage: Passage
    halves: tuple[Half, Half]
    pooled: Vectors
    chinese: bool


@dataclass(frozen=True, slots=True)
class Written:
    """What was written. `recall` is the share of the nearest passages, by the exact vectors, that
    the dense index finds as well; None where it keeps them exact.
    """

    generation: str
    recall: float | None


def write_scaled(source: Library, target: Library, size: int, queries: Vectors) -> Written:
    """Publish a library of `size` passages made of another one, by a process of its own.

    A process of its own leaves this one's memory as it was. `queries` (n, dim), pooled vectors,
    are those by which the dense index is compared with exact vectors.
    """
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(_write, source, target, size, queries).result()


def _write(source: Library, target: Library, size: int, queries: Vectors) -> Written:
    generation = source.open()
    try:
        with target.writing(), target.building() as folder:
            vectors = _fill(generation, folder, size)
            name = target.publish(folder)
    finally:
        generation.close()
    return Written(name, _recall(target, vectors, queries))


def _fill(generation: Generation, folder: Path, size: int) -> Vectors:
    """Write all parts of a generation, and return the pooled vectors of its passages."""
    random = np.random.default_rng(SEED)
    sources = [_source(generation, row) for row in range(len(generation))]
    stored, written = store.StoreWriter(folder), late.LateWriter(folder)
    dim = generation.manifest.encoder.dim
    noise = random.normal(scale=NOISE / np.sqrt(dim), size=(4096, dim)).astype(np.float32)
    template = generation.document(sources[0].passage.document_id)
    words, pooled, documents = [], [], 0
    pairs = _pairs(random, sources, size)
    for start in range(0, size, A_DOCUMENT):
        made = [next(pairs) for _ in range(min(A_DOCUMENT, size - start))]
        stored.add(*_document(template, documents, made))
        documents += 1
        for first, second in made:
            one, other = first.halves[0], second.halves[1]
            words.append([*terms(fold(context(first.passage))), *one.terms, *other.terms])
            pooled.append(first.pooled + second.pooled)
            vectors, parts = _joined(one, other)
            at = int(random.integers(len(noise) - len(vectors)))
            moved = _unit(vectors + noise[at : at + len(vectors)])
            ids = np.zeros(0, np.int32)
            written.append(late.quantise(moved), ids, parts, chinese=first.chinese)
    stored.finish()
    tokens = written.finish()
    rows = _unit(_unit(np.stack(pooled)) + noise[np.arange(size) % len(noise)])
    dense.build(rows).save(folder)
    lexical.build(words).save(folder)
    generation.means.save(folder)
    spec = generation.manifest.encoder
    seal(folder, spec, recipe="scale", documents=documents, passages=size, tokens=tokens)
    return rows


def _recall(target: Library, vectors: Vectors, queries: Vectors) -> float | None:
    if len(vectors) < dense.LARGE:
        return None
    generation = target.open()
    try:
        found = [set(generation.dense.nearest(query, NEAREST)[0].tolist()) for query in queries]
    finally:
        generation.close()
    exact = [np.argpartition(-(vectors @ query), NEAREST)[:NEAREST] for query in queries]
    return float(np.mean([len(a & set(b)) / NEAREST for a, b in zip(found, exact, strict=True)]))


def _pairs(
    random: np.random.Generator, sources: Sequence[Source], size: int
) -> Iterator[tuple[Source, Source]]:
    """Two passages of one language each, drawn by chance."""
    groups = [[each for each in sources if each.chinese == chinese] for chinese in (True, False)]
    firsts = random.integers(len(sources), size=size)
    for first, draw in zip(firsts.tolist(), random.random(size).tolist(), strict=True):
        group = groups[0] if sources[first].chinese else groups[1]
        yield sources[first], group[int(draw * len(group))]


def _source(generation: Generation, row: int) -> Source:
    passage = generation.row(row)
    words = generation.text(passage)
    spans = sentences(fold(words))
    middle = (len(spans) + 1) // 2
    tokens, pairs = generation.late.of(row)
    vectors, numbered = tokens.decoded(), pairs.astype(np.int64)
    border = spans[middle].start if middle < len(spans) else len(words)
    first = _half(passage, words, Span(0, border), (0, middle), vectors, numbered)
    second = _half(
        passage, words, Span(border, len(words)), (middle, len(spans)), vectors, numbered
    )
    whole = first if not second.text else second
    pooled = generation.dense.vectors(np.array([row]))[0]
    return Source(passage, (first, whole), pooled, bool(generation.late.chinese[row]))


def _half(
    passage: Passage,
    words: str,
    span: Span,
    numbers: tuple[int, int],
    vectors: Vectors,
    pairs: NDArray[np.int64],
) -> Half:
    """The sentences `numbers` (from, to) of a passage, which stand at `span` of its words."""
    below, upto = numbers
    wanted = (
        pairs[(pairs[:, 0] > below) & (pairs[:, 0] <= upto)]
        if below
        else pairs[pairs[:, 0] <= upto]
    )
    kept, places = np.unique(wanted[:, 1], return_inverse=True)
    start, end = passage.span.start + span.start, passage.span.start + span.end

    def inside(found: Sequence[T]) -> tuple[T, ...]:
        """Those that stand in the half, counted from its first character."""
        return tuple(
            replace(each, span=Span(each.span.start - start, each.span.end - start))
            for each in found
            if start <= each.span.start and each.span.end <= end
        )

    scripts = tuple(
        replace(s, say=inside(s.say), never_say=inside(s.never_say)) for s in passage.scripts
    )
    text = span.of(words)
    return Half(
        text=text,
        terms=tuple(terms(fold(text))),
        sentences=upto - below,
        deadlines=inside(passage.deadlines),
        scripts=tuple(each for each in scripts if each.say or each.never_say),
        vectors=vectors[kept],
        pairs=np.stack([np.maximum(wanted[:, 0] - below, 0), places], axis=1),
    )


def _joined(one: Half, other: Half) -> tuple[Vectors, NDArray[np.int64]]:
    """The vectors of two halves, one after the other, and their pairs."""
    behind = other.pairs[other.pairs[:, 0] > 0] + (one.sentences, len(one.vectors))
    return np.concatenate([one.vectors, other.vectors]), np.concatenate([one.pairs, behind])


def _document(
    template: Document, number: int, made: Sequence[tuple[Source, Source]]
) -> tuple[Document, list[Section], list[Passage]]:
    """A document of made passages, one a line or more, with no edits."""
    passages, parts, start = [], [], 0
    for place, (first, second) in zip(count(number * A_DOCUMENT), made, strict=False):
        one, other = first.halves[0], second.halves[1]
        end = start + len(one.text) + len(other.text)
        behind = start + len(one.text)
        passages.append(
            replace(
                first.passage,
                id=f"p{place}",
                document_id=f"d{number}",
                span=Span(start, end),
                deadlines=(*_moved(one.deadlines, start), *_moved(other.deadlines, behind)),
                scripts=(*_scripts(one.scripts, start), *_scripts(other.scripts, behind)),
            )
        )
        parts.append(one.text + other.text)
        start = end + 1
    text = "\n".join(parts)
    plain = replace(template, id=f"d{number}", raw=text, text=text)
    document = replace(plain, edits=(), pages=(), blocks=(), marks=(), notes=())
    return document, [Section(document.title, (), Span(0, len(text)))], passages


def _moved(found: Sequence[T], by: int) -> tuple[T, ...]:
    return tuple(
        replace(each, span=Span(each.span.start + by, each.span.end + by)) for each in found
    )


def _scripts(found: Sequence[Script], by: int) -> tuple[Script, ...]:
    return tuple(
        replace(each, say=_moved(each.say, by), never_say=_moved(each.never_say, by))
        for each in found
    )


def _unit(rows: Vectors) -> Vectors:
    unit: Vectors = rows / np.linalg.norm(rows, axis=-1, keepdims=True)
    return unit.astype(np.float32)
