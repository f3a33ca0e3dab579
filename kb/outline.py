"""What of a passage is looked at for every question that finds it, worked out once.

Everything is kept in a padded search form: words apart by single blanks, one at either end, so
that an English stem is found where a word begins.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from kb.cells import head_above
from kb.fold import fold
from kb.qualifiers import each_qualifiers
from kb.records import Deadline, Passage, Span
from kb.sameness import Wording, wording
from kb.sentences import sentences

_CLAUSE_END = re.compile(r"[,、;。!?/|\n]|\.(?= )|\)(?=[ ]?\()")
_BRACKET = re.compile(r"[ ]?\([^()\n]{1,16}\)")
_LISTED = re.compile(r"[ ]?(?:[、/和及与或]|and|or)[ ]?")
_LABEL = re.compile(r"[^:]{1,24}?:(?!\d)")
_ASKS = re.compile(
    r"[\d()._、一二三四五六七八九十 ]{0,6}(?:提?问题?|q(?:uestion)?)[ ]?\d{0,3}[ ]?[:.][^:]*\?"
    r"|[^:]*(?:吗|呢|怎么办|怎样办|咋办|如何是好|是谁|谁先)\?"
    r"|(?:what|when|where|who|which|why|how|can|may|must|should|do|does|is|are)\b[^:]*\?"
)
"""A question, as its label or its words tell: a mark may stand for lost ones, 10分钟内送到?.

One behind another label may be what to say: 先问：您贵姓？
"""

_TELLING = re.compile(
    r"\d|[一二三四五六七八九十](?=[、.])|话术|用语|可以?|应该?|要|先|再|则|请|[说讲答回问]"
    r"|回[答复应]|^(?:服|客服|坐席|agent)"
    r"|\b(?:say|reply|answer|instead|then|use|do|not|never|don't)\b"
)
"""What before words only says that they are said, not when."""
_SHORTEST_LABEL = 2
_NAMES_LIMIT = re.compile(
    r"[ ]?(?:(?:保[存管留]|有效|保修|质保)?(?:期限?|时限|时效|限期|时间)(?:为|是|:)?|保[存管留])"
    r"[ ]?"
    r"(?:[年月日天个]|(?=[\d一二两三四五六七八九十半]))"
)
"""All that a clause has before its limit where what it is one of stands in the clause before:
由财务部保存,保存期3年."""
_LEADS = re.compile(r"[在于]")
"""Begins a limit behind which stands what is due: 在3分钟内填单在5分钟内通知."""

NONE = -1
"""In place of a sentence's number."""

_OTHER = re.compile(r"[^a-z0-9\u3400-\u9fff]+")
_APART = re.compile(
    r"(?<=[a-z])(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])(?=[a-z])|[^a-z0-9\u3400-\u9fff]+"
)


@dataclass(frozen=True, slots=True)
class Outline:
    """A passage's search form, its sentences, and what was annotated in them.

    `sentences` are spans of the document; `words` their padded words, one after the other, that of
    sentence i from `starts[i]` to `starts[i + 1]`; `headings` says which only repeat the title or a
    heading above the passage, `asking` which are a question that the next one answers. Words to say
    begin in the sentences `saying`, words never to say in those `banning`; of either, `labelled`
    have words before them that tell when. `qualifiers` are those of each sentence. In the order of
    the passage's deadlines: `clauses`, padded; the sentence that each begins in, `limiting`, -1 for
    none; which are `quoted`, inside words to say or never to say; and `cases`, the qualifiers of
    each clause. By its `wording` a passage is told from others that say the same.
    """

    folded: str
    sentences: tuple[Span, ...]
    words: str
    starts: tuple[int, ...]
    headings: tuple[bool, ...]
    asking: tuple[bool, ...]
    saying: frozenset[int]
    banning: frozenset[int]
    labelled: frozenset[int]
    clauses: tuple[str, ...]
    limiting: tuple[int, ...]
    quoted: tuple[bool, ...]
    cases: tuple[int, ...]
    qualifiers: tuple[int, ...]
    wording: Wording


def outline(passage: Passage, words: str) -> Outline:
    """Return the outline of a passage with these words."""
    folded, shift = fold(words), passage.span.start
    spans = sentences(folded)
    texts = tuple(padded(span.of(folded)) for span in spans)
    above = {padded(fold(heading)) for heading in (passage.title, *passage.heading_path)}
    told = tuple(Span(span.start + shift, span.end + shift) for span in spans)
    say = [quote.span for each in passage.scripts for quote in each.say]
    never_say = [quote.span for each in passage.scripts for quote in each.never_say]
    limits = [limit.span for limit in passage.deadlines]
    whole = "".join(texts)
    columns = fold(passage.columns)
    clauses = tuple(_clauses(folded, spans, passage.deadlines, shift, columns))
    return Outline(
        folded,
        told,
        whole,
        tuple(accumulate(map(len, texts), initial=0)),
        tuple(text in above for text in texts),
        tuple(_asking(passage, folded, spans)),
        frozenset(_begun(say, told)) - {NONE},
        frozenset(_begun(never_say, told)) - {NONE},
        frozenset(_labelled(folded, spans, (*say, *never_say), shift)),
        clauses,
        tuple(_begun(limits, told)),
        tuple(any(begins_in(limit, quote) for quote in (*say, *never_say)) for limit in limits),
        each_qualifiers(clauses, "".join(clauses)),
        each_qualifiers(texts, whole),
        wording(folded),
    )


def begins_in(inner: Span, outer: Span) -> bool:
    """Whether words begin inside others."""
    return outer.start <= inner.start < outer.end


def _begun(spans: Iterable[Span], sentences: Sequence[Span]) -> Iterator[int]:
    """The number of the sentence that each of some spans begins in, `NONE` for none."""
    starts = [sentence.start for sentence in sentences]
    for span in spans:
        number = bisect_right(starts, span.start) - 1
        yield number if number >= 0 and begins_in(span, sentences[number]) else NONE


def _labelled(
    folded: str, sentences: Sequence[Span], quotes: Iterable[Span], shift: int
) -> Iterator[int]:
    """The sentences that have words of their own before the first quote that begins in them."""
    firsts = sorted(quote.start - shift for quote in quotes)
    for number, sentence in enumerate(sentences):
        place = bisect_left(firsts, sentence.start)
        if place < len(firsts) and firsts[place] < sentence.end:
            before = folded[sentence.start : firsts[place]]
            if len(_OTHER.sub("", _TELLING.sub("", before))) >= _SHORTEST_LABEL:
                yield number


def padded(folded: str) -> str:
    """Return the words of a text in its search form apart by single blanks, one at either end."""
    return f" {_APART.sub(' ', folded).strip()} "


def piece(term: str) -> str:
    """A term as it is looked for in padded words: an English stem begins one, a last y may be i."""
    return f" {term.removesuffix('i')}" if term.isascii() else term


def _asking(passage: Passage, folded: str, spans: Sequence[Span]) -> Iterator[bool]:
    """Whether each sentence asks what the next one tells, and is not to be said, or never to."""
    shift = passage.span.start
    said = [q.span for each in passage.scripts for q in (*each.say, *each.never_say)]
    asks = [_ASKS.fullmatch(span.of(folded)) is not None for span in spans]
    for span, asking, going_on in zip(spans, asks, [*asks[1:], True], strict=True):
        last = span.end + shift - 1
        yield asking and not going_on and not any(q.start <= last < q.end for q in said)


def _clauses(
    folded: str,
    sentences: Sequence[Span],
    deadlines: Sequence[Deadline],
    shift: int,
    columns: str,
) -> Iterator[str]:
    """The words that tell what a limit is one of: its clause, from the limit before it on.

    So does the head of its column. A label before a colon is one of all limits that its sentence
    tells behind it; limits that are listed side by side are of the same.
    """
    alone = [Span(d.span.start - shift, d.span.end - shift) for d in deadlines]
    spans = _lists(folded, alone)
    led = {span.end for span in spans if _LEADS.match(folded, span.start)}
    for span in spans:
        left = max((o.end for o in spans if o.end <= span.start), default=0)
        right = min((o.start for o in spans if o.start >= span.end), default=len(folded))
        borders = [match.end() for match in _CLAUSE_END.finditer(folded, left, span.start)]
        stop = _CLAUSE_END.search(folded, span.end, right)
        bracket = _BRACKET.match(folded, span.end, right)
        end = right if right == len(folded) or span.end in led else span.end
        end = bracket.end() if bracket else stop.start() if stop else end
        start = max([left, *borders])
        if start in led and span.end in led:
            start = span.start
        around = next((s for s in sentences if s.start <= span.start < s.end), Span(start, end))
        if _NAMES_LIMIT.match(folded, start, span.end):
            floor = max(left, around.start)
            ahead = (place for place in (floor, *borders[:-1]) if floor <= place < start)
            start = max(ahead, default=start)
        label = _LABEL.match(folded, around.start, start)
        head = head_above(folded, span, columns)
        yield padded(f"{head} {label.group() if label else ''}{folded[start:end]}")


def _lists(folded: str, spans: Sequence[Span]) -> list[Span]:
    """Each of the spans, in order; one that is listed with its neighbours as the whole list."""
    lists: list[Span] = []
    for span in sorted(set(spans)):
        if lists and _LISTED.fullmatch(folded, lists[-1].end, span.start):
            lists[-1] = Span(lists[-1].start, span.end)
        else:
            lists.append(span)
    return [
        next(whole for whole in lists if whole.start <= span.start and span.end <= whole.end)
        for span in spans
    ]
