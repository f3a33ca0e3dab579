"""What a web site put around a manual, or into it: notices, buttons, teasers, preambles.

It is known by what sites say (`site_phrases`), sentence by sentence, so that content beside a
notice on the same line survives and a notice in the middle takes nothing behind it away. What is
certain then decides about its neighbours: a numbered list that is mostly notices is one notice,
a telephone number right after a notice is the site's, a short caption among captions is one too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.kept import kept
from ingest.repairs.draft import Draft
from ingest.repairs.site_phrases import (
    CODE,
    CONTACT,
    FILE_SUFFIX,
    HINT,
    LEFTOVER,
    NOTICE,
    NOTICE_LINE,
    PREAMBLE,
    RELATED,
    WIDGET,
)
from kb.fold import fold
from kb.records import Edit, Span

_ENDS = "。！？!?；;"
_NUMBERED = re.compile(r"\s*(?:\(?\d{1,2}\)?\s*[.、:)]\s*)+")
_TEASER = re.compile(r"\s*[•·●■◆▪*>»-]|.*(?:\.\.\.|…)\s*$")
_SENTENCE_END = re.compile(r"[。！？!?；;.]['\"”’)]*\s*$")
_MAX_LEAD = 40
"""Characters before the telling clause of a sentence that are dropped along with it."""
_HEAD_LINES = 5
_BRIDGE = 15


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty: its span without the line end, and its folded, stripped text."""

    span: Span
    folded: str


def given(draft: Draft) -> Iterator[Edit]:
    """Drop what the format itself says is not the manual."""
    for raw_span in draft.extract.furniture:
        if (span := draft.edited.to_text(raw_span)).start < span.end:
            yield Edit(span, "", "site_furniture", 0.95)


def notices(draft: Draft) -> Iterator[Edit]:
    """Drop the notices, buttons, captions and teasers of sites, with the lines they empty."""
    folded = fold(draft.text)
    lines = _lines(folded)
    whole = _whole_lines(folded, lines)
    for index, line in enumerate(lines):
        if whole[index]:
            end = line.span.end + (draft.text[line.span.end : line.span.end + 1] == "\n")
            yield Edit(Span(line.span.start, end), "", "site_furniture", 0.9)
            continue
        for span in merged(
            [*_sentences_said_by_sites(folded, line), *_additions(folded, index, line)]
        ):
            yield Edit(span, "", "site_furniture", 0.85)


def _lines(folded: str) -> list[Line]:
    return [
        Line(Span(*match.span()), match.group().strip())
        for match in re.finditer(r"[^\n]+", folded)
        if match.group().strip()
    ]


def _whole_lines(folded: str, lines: Sequence[Line]) -> list[bool]:
    """For each line, whether all of it is furniture."""
    whole = [_is_notice_line(line.span.of(folded)) for line in lines]
    _spread_over_numbered(lines, whole)
    _spread_over_contacts(lines, whole)
    _drop_related(lines, whole)
    _spread_over_captions(lines, whole)
    return whole


@kept
def _is_notice_line(line: str) -> bool:
    if NOTICE_LINE.fullmatch(words := line.strip()):
        return True
    said = sum(span.end - span.start for span in _said_by_sites(line))
    return said >= 0.8 * len(words)


def _spread_over_numbered(lines: Sequence[Line], whole: list[bool]) -> None:
    """A run of numbered lines that are mostly notices is a notice altogether."""
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _NUMBERED.match(lines[end].folded):
            end += 1
        run = range(start, end)
        said = [i for i in run if whole[i] or _notice_start(lines[i].folded) is not None]
        if len(said) >= 2 and len(said) >= 0.5 * (said[-1] - said[0] + 1):
            first, last = said[0], said[-1]
            while last + 1 < end and _belongs(lines[last + 1].folded):
                last += 1
            whole[first : last + 1] = [True] * (last - first + 1)
        start = end + 1


def _spread_over_contacts(lines: Sequence[Line], whole: list[bool]) -> None:
    """A short line with a telephone number or hours right behind a notice belongs to it."""
    for index in range(1, len(lines)):
        notice_before = whole[index - 1] and len(lines[index - 1].folded) > 2 * _BRIDGE
        if (
            notice_before
            and len(lines[index].folded) <= _MAX_LEAD
            and CONTACT.search(lines[index].folded)
        ):
            whole[index] = True


def _drop_related(lines: Sequence[Line], whole: list[bool]) -> None:
    """A heading over related documents, and the teasers or bare titles below it."""
    for index, line in enumerate(lines):
        if not RELATED.fullmatch(line.folded):
            continue
        end = index + 1
        while end < len(lines) and (whole[end] or _is_teaser(lines[end].folded)):
            end += 1
        teasers = [other.folded for other in lines[index + 1 : end]]
        if end == len(lines) or any(_TEASER.match(teaser) for teaser in teasers):
            whole[index:end] = [True] * (end - index)
        elif not lines[index + 1].folded.startswith("《"):
            whole[index] = True


def _is_teaser(folded: str) -> bool:
    if folded.startswith("《"):
        return False
    return bool(_TEASER.match(folded)) or (len(folded) <= 40 and not _SENTENCE_END.search(folded))


def _spread_over_captions(lines: Sequence[Line], whole: list[bool]) -> None:
    """A short caption between captions, or a name between one and the end of the text."""
    for index, line in enumerate(lines):
        if whole[index] or len(line.folded) > 2 * _BRIDGE or not any(whole):
            continue
        before = index > 0 and whole[index - 1]
        after = index + 1 == len(lines) or whole[index + 1]
        if WIDGET.fullmatch(line.folded) and (before or (after and index + 1 < len(lines))):
            whole[index] = True
        elif before and after and index > 0.5 * len(lines) and len(line.folded) <= _BRIDGE:
            whole[index] = not _SENTENCE_END.search(line.folded)


@kept
def _said_by_sites(line: str) -> tuple[Span, ...]:
    """The sentences of `line` that are notices, with the contacts that belong to them.

    Kept, because it is asked about each line more than once, and again in the next round.
    """
    said: list[Span] = []
    question: Span | None = None
    for sentence in sentences(line, Span(0, len(line))):
        words = sentence.of(line)
        if (at := _notice_start(words.strip())) is not None:
            offset = len(words) - len(words.lstrip())
            start = _telling_start(line, sentence, sentence.start + offset + at)
            if question is not None and start == sentence.start:
                said.append(question)
            said.append(Span(start, sentence.end))
        elif said and said[-1].end == sentence.start and _belongs(words):
            said.append(sentence)
        question = sentence if PREAMBLE.search(words) else None
    return tuple(_bridged(said))


@kept
def _notice_start(sentence: str) -> int | None:
    """Where a sentence becomes a notice; kept, because most sentences never change."""
    match = NOTICE.search(sentence)
    return match.start() if match else None


def _sentences_said_by_sites(folded: str, line: Line) -> Iterator[Span]:
    """The same, counted in the whole text."""
    for start, end in _said_by_sites(line.span.of(folded)):
        yield Span(line.span.start + start, line.span.start + end)


def _belongs(words: str) -> bool:
    """Whether a sentence right behind a notice goes on with it."""
    return bool(CONTACT.search(words) or (HINT.search(words) and len(words) <= 2 * _MAX_LEAD))


def _telling_start(folded: str, sentence: Span, at: int) -> int:
    """Where the furniture of a sentence starts: a long lead before its clause is content."""
    clause = folded.rfind(",", sentence.start, at + 1) + 1
    lead = clause - sentence.start
    return clause if clause and lead > _MAX_LEAD else sentence.start


def _bridged(said: Sequence[Span]) -> list[Span]:
    """`said`, with the few words between two of them, such as "thank you!"."""
    spans: list[Span] = []
    for span in said:
        if spans and span.start - spans[-1].end <= _BRIDGE:
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return spans


def sentences(folded: str, line: Span) -> Iterator[Span]:
    """The sentences of a line, marks at their ends included; none ends inside brackets."""
    start, depth = line.start, 0
    for at in range(line.start, line.end):
        char = folded[at]
        if char in "([{<【《":
            depth += 1
        elif char in ")]}>】》":
            depth = max(0, depth - 1)
        following = folded[at + 1 : at + 2]
        ends = char in _ENDS or (char == "." and following in (" ", "") and at - start > _BRIDGE)
        if (ends and not depth and following not in tuple(_ENDS + '”’"')) or (
            char in '”’"' and folded[at - 1] in _ENDS and at > start and not depth
        ):
            yield Span(start, at + 1)
            start = at + 1
    if start < line.end:
        yield Span(start, line.end)


def _additions(folded: str, index: int, line: Line) -> Iterator[Span]:
    """What sites add inside a line: a template's number, a file name's ending in a title."""
    words = line.span.of(folded)
    for start, end in _leftovers(words):
        yield Span(line.span.start + start, line.span.start + end)
    if index >= _HEAD_LINES or len(line.folded) > 2 * _MAX_LEAD:
        return
    if suffix := FILE_SUFFIX.search(words):
        yield Span(line.span.start + suffix.start(), line.span.start + suffix.end())


@kept
def _leftovers(words: str) -> tuple[Span, ...]:
    matches = (match for pattern in (CODE, LEFTOVER) for match in pattern.finditer(words))
    return tuple(Span(*match.span()) for match in matches)


def merged(spans: Sequence[Span]) -> list[Span]:
    """`spans` in order, those that touch as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found
