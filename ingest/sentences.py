"""Cuts what is too long: at sentences as long as there are any, and only then at clauses."""

from collections.abc import Iterator

from langchain_text_splitters import RecursiveCharacterTextSplitter

from ingest.sizes import Sizes
from kb.records import Span

# Not inside a quotation: behind the end of a sentence no quote closes that did not open there.
_NOT_QUOTED = r"(?![^“「『\n]{0,200}[”」』])"
_SENTENCES = [
    r"\n\s*\n",
    r"\n",
    rf"[。！？!?]+[”’」』）)】\]\"']*{_NOT_QUOTED}",
    r"(?<=[\w)\"'’”])\.[)\"'’”]*\s+(?=[\"'“‘(A-Z0-9])",
    rf"[；;…]+{_NOT_QUOTED}",
]
_CLAUSES = [r"[。！？!?；;]+[”’」』]*", r"[，,、：:]+(?!\d)", r"\s+", ""]


def split_long(text: str, span: Span, sizes: Sizes) -> Iterator[Span]:
    """Yield the parts of a span of `text`, in order, each without blanks at its ends.

    A part is some whole sentences of about `sizes.target` code points; what is longer than
    `sizes.room` without an end of a sentence is cut between clauses, or words.
    """
    for sentences in _cut(span.of(text), span.start, _SENTENCES, sizes.target):
        if sentences.end - sentences.start <= sizes.room:
            yield sentences
        else:
            yield from _cut(sentences.of(text), sentences.start, _CLAUSES, sizes.room)


def _cut(words: str, offset: int, separators: list[str], size: int) -> Iterator[Span]:
    splitter = RecursiveCharacterTextSplitter(
        separators,
        keep_separator="end",
        is_separator_regex=True,
        chunk_size=size,
        chunk_overlap=0,
        add_start_index=True,
    )
    for found in splitter.create_documents([words]):
        start = offset + found.metadata["start_index"]
        yield Span(start, start + len(found.page_content))
