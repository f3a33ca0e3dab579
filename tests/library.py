"""Small libraries for tests of what holds them: real files on disk, vectors drawn at random."""

from pathlib import Path

import numpy as np

from kb.centring import Centres, LanguageMeans
from kb.edits import Edited
from kb.embedding_cache import Embedding
from kb.encoder import EncoderSpec
from kb.generation import GenerationWriter
from kb.late import quantise
from kb.library import Library
from kb.records import Document, Edit, Passage, Section, SourceFile, Span

SPEC = EncoderSpec("random", 8, "float32", "query: ", "passage: ")

NO_MEAN = Centres(np.zeros((2, SPEC.dim), np.float32), np.zeros((2, SPEC.dim), np.float32))
MEANS = LanguageMeans(NO_MEAN, NO_MEAN, np.zeros((2, 1), np.uint8))


def embedding(seed: int) -> Embedding:
    """A pooled vector and three token vectors, the same for the same seed."""
    vectors = np.random.default_rng(seed).normal(size=(4, SPEC.dim)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    numbers = np.arange(3, dtype=np.int32)
    return Embedding(vectors[0], quantise(vectors[1:]), numbers, numbers + 1)


def document(name: str, raw: str) -> tuple[Document, list[Section], list[Passage]]:
    """A document whose lines are passages, and whose exclamation marks became full stops."""
    edits = tuple(
        Edit(Span(i, i + 1), "。", "calm", 1.0) for i, char in enumerate(raw) if char == "!"
    )
    text = Edited(raw, edits).text
    source = SourceFile(f"{name}.txt", "text/plain", "0" * 64, len(raw))
    made = Document(name, source, name, "v1", raw, text, edits, (), (), (), "utf-8", 1.0, ())
    passages, start = [], 0
    for number, line in enumerate(text.split("\n")):
        span = Span(start, start + len(line))
        passages.append(Passage(f"{name}-{number}", name, name, ("首章",), span, kinds=("rule",)))
        start = span.end + 1
    return made, [Section(name, ("首章",), Span(0, len(text)))], passages


def publish(library: Library, **texts: str) -> str:
    """Publish a generation of documents given by name and raw text."""
    with library.writing(), library.building() as folder:
        with GenerationWriter(folder, SPEC, MEANS, recipe="test") as writer:
            for number, (name, raw) in enumerate(texts.items()):
                made, sections, passages = document(name, raw)
                vectors = [embedding(100 * number + i) for i in range(len(passages))]
                writer.add(made, sections, passages, vectors)
            writer.finish()
        return library.publish(folder)


def flip_a_byte(path: Path) -> None:
    """Damage a file in its middle."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
