"""What of a passage answers a question: the sentence, and the limit or the words in it.

    question ─► Sought ─┐
    passage ─sentences─►┴─ each scored by closeness, words, and the kind asked for ─► Found

A sentence is close as a passage is: by late interaction (`kb.late`), here with the token vectors
of the sentence alone. Its limits and its words to say were annotated when the manual came in. A
word that stands in every sentence of a passage tells none of them apart: words count by how few
sentences hold them. What each part is worth stands in `kb/README.md`.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kb.asked import CALENDAR, Asked, keeps
from kb.glossary import Expansion
from kb.outline import NONE, Outline, begins_in, piece
from kb.qualifiers import agreement
from kb.records import Deadline, Passage, Query, Quote, Script, Span

CLOSE, WORD, LIMIT, SAID, LEAD = 20.0, 0.5, 1.0, 2.0, 0.5
"""What counts for a sentence: closeness, a word of the question or another one for it, a limit
that fits, words to say, and the share that those get of the sentence that leads to them."""

OWN_LEAD = 0.5
"""What of the lead before is left to words that have one in their own sentence."""

HEADING = 5.0
"""What a sentence loses that only repeats the heading above it."""

AGREES, CONTRARY, MARKED = 1.0, 2.0, 0.5
"""What a sentence, or a limit's clause, gains for each qualifier of the question that it names, and
loses for one that excludes it, or that is never meant unless it is told (`kb.qualifiers`)."""

OF_CLAUSE = 0.3
"""The share of that gain that a limit has: the case may stand in the clause before it."""

NO_LIMIT, LOST = -4.0, -6.0
"""How well no limit, and one whose number the source has lost, fit a question for one."""

AFTERWARDS = 1.0
"""What a limit loses that says after when, where it is asked by when."""

KEPT = 2.5
"""What a limit gains that says how long something is kept, where that is asked, and loses else."""

OFTEN = 1.0
"""What a limit loses that says how often, where it is asked how long."""

QUOTED = 2.0
"""What a limit inside words to say or never to say loses: the rule stands beside them."""

ADJOINING, NARROWER = 4, 0.1
"""Characters between a day and a clock time on it, and what that gains over the day alone."""

LETTER = 0.2
"""What a limit gains for each Chinese character of the question that stands in its clause."""

# fmt: off
_STOP = frozenset((
    "the", "a", "an", "of", "to", "in", "on", "for", "is", "are", "do", "doe", "i", "my", "we",
    "what", "how", "when", "who", "which", "多久", "几天", "多少", "什么", "怎么", "如何", "可以",
))
# fmt: on

_PRICE = re.compile(
    r"[\d一二三四五六七八九十百千万两半][ ]?(?:元|圆|块|蚊|美元|港[币元]|人民币|万|折|倍|%|分(?!钟)"
    r"|成(?![功为交员熟长年]))"
    r"|百分之|[$¥€£][ ]?\d|(?:hk|nt|us|rmb|mop|gbp|usd|eur|hkd|twd|cny|sgd|rm)[$ ]{0,2}\d"
    r"|\d[ ]?(?:dollars?|yuan|rmb|usd|hkd|gbp|eur|pounds?|euros?|per ?cent|p\b)"
    r"|免[费收]|免(?:手续|运|年|服务)|不(?:另|再)?收|不[扣罚赔]|全[额数]?(?:退|赔)|[月年]租?金|半个月"
    r"|\bfree\b|no (?:charge|fee)|waive|in full"
    r"|\b(?:half|quarter|third)s?(?: of)? (?:the|a|one|back)\b"
)
"""What something costs, or that it costs nothing, in the search form."""

Word = tuple[tuple[str, ...], ...]
"""Alternatives for a word, each the pieces that must all stand in a padded search form."""


@dataclass(frozen=True, slots=True, eq=False)
class Sought:
    """What is looked for, in the indexes and inside the passages that they find.

    `terms` are those of the query (`kb.terms`), repeats included; `expansions` are other words by
    the glossary, `translations` by the dictionary. `pooled` (dim,) is the query's
    vector, `tokens` (n, dim) are those of its tokens, the language taken off, and `weights` (n,)
    what each token counts. `topic` says that it is no question but a topic (`kb.topics`).
    """

    query: Query
    asked: Asked
    terms: tuple[str, ...]
    expansions: tuple[Expansion, ...]
    translations: tuple[Expansion, ...]
    words: tuple[Word, ...]
    chinese: bool
    pooled: NDArray[np.float32]
    tokens: NDArray[np.float32]
    weights: NDArray[np.float32]
    topic: bool = False


class Limit(NamedTuple):
    """A limit, the sentence that it begins in, and how well it fits what is asked: higher is
    better, unbounded."""

    sentence: int
    fit: float
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class Found:
    """What answers in a passage; spans count in the document, as in the passage itself.

    `score` says how well its best sentence answers, unbounded, higher is better.
    """

    sentence: Span
    score: float
    deadlines: tuple[Deadline, ...] = ()
    situation: str = ""
    say: tuple[Quote, ...] = ()
    never_say: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """A passage that was read for what answers in it: nothing does where it has no sentence.

    `parts` (1 + sentences, n) are the best cosines of each of n query tokens; its context is first.
    """

    passage: Passage
    outline: Outline
    parts: NDArray[np.float32]
    found: Found | None

    @property
    def score(self) -> float | None:
        """How well it answers, None where nothing can; as in `Found`."""
        return self.found.score if self.found else None


def words_of(terms: Sequence[str], expansions: Sequence[Expansion]) -> tuple[Word, ...]:
    """Return the words of a question that tell sentences apart, and its meanings' other words."""
    own = [((piece(word),),) for word in dict.fromkeys(terms) if word not in _STOP]
    others = [
        tuple(tuple(map(piece, other)) for other in expansion.others) for expansion in expansions
    ]
    return (*own, *others)


def read_passage(
    sought: Sought, passage: Passage, outline: Outline, parts: NDArray[np.float32]
) -> Read:
    """Look for what answers in a passage, whose `parts` match the query so well."""
    found = find_answer(sought, passage, outline, parts) if outline.sentences else None
    return Read(passage, outline, parts, found)


def find_answer(
    sought: Sought, passage: Passage, outline: Outline, matches: NDArray[np.float32]
) -> Found:
    """Return what answers in a passage that has at least one sentence.

    `matches` (1 + sentences, n) are the best cosines of each token of the query in the passage's
    context and in each sentence.
    """
    # Unlike `@`, this does not report flags that a kernel left behind from numbers beside its own.
    scores = (CLOSE * np.dot(matches[1:], sought.weights)).tolist()
    words = []
    for weight, word, holding in _standing(sought.words, outline):
        words.append((weight, word))
        for number in holding:
            scores[number] += weight
    for number, heading in enumerate(outline.headings):
        scores[number] -= HEADING * heading
    for number, told in enumerate(outline.qualifiers if sought.query.intent == "deadline" else ()):
        scores[number] += _agrees(sought.asked, told)
    limits = _limits(sought.asked, passage, outline, words)
    if sought.query.intent == "deadline":
        _favour_limits(scores, limits)
    score = max(scores)
    if sought.query.intent == "script":
        # Not part of the score: any passage with words to say would seem to answer.
        _favour_said(scores, outline, banned=sought.asked.banned)
    first = scores.index(max(scores))
    first += outline.asking[first]  # what asks the same as the question does not answer it
    return _found(sought, passage, outline, first, limits, score)


def _stands(word: Word, text: str) -> bool:
    for pieces in word:  # mostly one of one piece, where a generator would take longer than it
        if pieces[0] in text and (len(pieces) == 1 or all(piece in text for piece in pieces)):
            return True
    return False


def _standing(
    words: Sequence[Word], outline: Outline
) -> Iterator[tuple[float, Word, Collection[int]]]:
    """The words that stand in the passage, what each counts, and the sentences that hold it.

    A word counts the more the fewer they are.
    """
    for word in words:
        found: set[int] = set()
        for pieces in word:
            if pieces[0] in outline.words:
                holding = [_holding(piece, outline) for piece in pieces]
                found.update(holding[0].intersection(*holding[1:]))
        if found:
            yield WORD * math.log1p(len(outline.sentences) / len(found)), word, found


def _holding(piece: str, outline: Outline) -> set[int]:
    """The sentences that hold a piece; as they are padded, none stands across two of them."""
    found = set()
    place = outline.words.find(piece)
    while place >= 0:
        number = bisect_right(outline.starts, place) - 1
        found.add(number)
        place = outline.words.find(piece, outline.starts[number + 1])
    return found


def _limits(
    asked: Asked,
    passage: Passage,
    outline: Outline,
    words: Sequence[tuple[float, Word]],
) -> list[Limit]:
    """The passage's limits, each with how well it fits what is asked."""
    found: list[Limit] = []
    annotated = zip(
        passage.deadlines,
        outline.clauses,
        outline.limiting,
        outline.quoted,
        outline.cases,
        strict=True,
    )
    for deadline, clause, number, quoted, case in annotated:
        told = _fit(asked, deadline) + LETTER * len(asked.letters.intersection(clause))
        for weight, word in words:
            if _stands(word, clause):
                told += weight
        told -= QUOTED * quoted
        told += _kept(asked, deadline, clause)
        told += _agrees(asked, case, OF_CLAUSE)
        if found and _on_that_day(found[-1].deadline, deadline):
            told = max(told, found[-1].fit + NARROWER)
        found.append(Limit(number, told, deadline))
    return found


def _kept(asked: Asked, deadline: Deadline, clause: str) -> float:
    """What it counts whether a limit says how long something is kept, and whether that is asked."""
    if deadline.comparator == "every":
        return -KEPT * asked.kept
    if deadline.comparator == "at_least" and keeps(clause):
        return KEPT if asked.kept else -KEPT
    return 0.0


def _on_that_day(day: Deadline, clock: Deadline) -> bool:
    """Whether a clock time says when on the day before it: 前一天十二点前, same day by 17:30."""
    near = 0 <= clock.span.start - day.span.end <= ADJOINING
    return near and clock.unit == "clock" and day.unit == "day" and day.value == 1


def fit(sought: Sought, answer: Found | None) -> float:
    """How well the limit that was found fits a question for one; 0 for any other question."""
    if sought.query.intent != "deadline":
        return 0.0
    if answer is None or not answer.deadlines:
        return NO_LIMIT
    return LOST if answer.deadlines[0].value_missing else _fit(sought.asked, answer.deadlines[0])


def priced(sought: Sought, best: Read) -> float:
    """Whether a price stands beside what answers a question for one: 1 or -1; 0 for any other."""
    if not sought.asked.price or sought.query.intent == "script":
        return 0.0
    if best.found is None:
        return -1.0
    shift, spans = best.passage.span.start, best.outline.sentences
    number = spans.index(best.found.sentence)
    first, last = spans[max(number - 1, 0)], spans[min(number + 1, len(spans) - 1)]
    told = _PRICE.search(best.outline.folded, first.start - shift, last.end - shift)
    return 1.0 if told else -1.0


def spoken(sought: Sought, answer: Found | None) -> float:
    """Whether words were found for a question for some: 1 or -1; 0 for any other question."""
    if sought.query.intent != "script":
        return 0.0
    found = answer and (answer.never_say if sought.asked.banned else answer.say)
    return 1.0 if found else -1.0


def _fit(asked: Asked, deadline: Deadline) -> float:
    """How well a limit fits what is asked: its unit, how it binds, whether it comes back."""
    recurs = deadline.recurrence is not None or deadline.comparator == "every"
    length = deadline.iso8601 is not None and deadline.unit not in CALENDAR
    fit = 1.0
    if deadline.unit in asked.units:
        fit += 2.0
    elif asked.units and not (asked.length and length):
        fit -= 1.0
    ahead = deadline.comparator == "before" and length and "at_least" not in asked.comparators
    fit += 1.2 * (deadline.comparator in asked.comparators and not ahead)
    fit -= AFTERWARDS * (deadline.comparator == "after" and "within" in asked.comparators)
    fit += (2.0 if recurs else -1.5) * asked.often
    fit -= OFTEN * (deadline.comparator == "every" and not asked.often and not asked.when)
    return fit + 0.5 * (asked.business and deadline.business_days)


def _agrees(asked: Asked, told: int, share: float = 1.0) -> float:
    """What the qualifiers told count for what is asked; `share` of the gain, as in `OF_CLAUSE`."""
    agreeing, contrary, marked = agreement(asked.qualifiers, told)
    return share * AGREES * agreeing - CONTRARY * contrary - MARKED * marked


def _favour_limits(scores: list[float], limits: Sequence[Limit]) -> None:
    """Lift each sentence by the limit in it that fits best."""
    best: dict[int, float] = {}
    for number, told, _ in limits:
        best[number] = max(told, best.get(number, told))
    best.pop(NONE, None)
    for number, told in best.items():
        scores[number] += LIMIT * told


def _favour_said(scores: list[float], outline: Outline, *, banned: bool) -> None:
    """Lift sentences with words to say (or never to say), more so after a close one.

    One that has only those of the other sort is lowered.
    """
    said, unsaid = outline.saying, outline.banning
    if banned:
        said, unsaid = unsaid, said
    lowest = min(scores)
    leads = [0.0, *(score - lowest for score in scores)]
    for number in said & outline.labelled:
        leads[number] *= OWN_LEAD
    for number in said:
        scores[number] += SAID + LEAD * leads[number]
    for number in unsaid - said:
        scores[number] -= SAID


def _found(
    sought: Sought,
    passage: Passage,
    outline: Outline,
    first: int,
    limits: Sequence[Limit],
    score: float,
) -> Found:
    """What the first sentence holds; where it lacks what is asked for, what the next ones do."""
    spans, intent = outline.sentences, sought.query.intent
    beside = [n for n in (first, first + 1, first - 1) if 0 <= n < len(spans)]
    at_limits = first
    if intent == "deadline":
        at_limits = next((n for n in beside if n in outline.limiting), first)
    deadlines = () if intent == "script" else _inside(at_limits, limits)
    if sought.asked.end:
        latest = "before" in sought.asked.comparators
        deadlines = tuple(_end(deadline, latest=latest) for deadline in deadlines)
    if not passage.scripts:
        return Found(spans[first], score, deadlines)
    ahead = range(first, min(first + 4, len(spans)))
    near = [*ahead, *beside] if intent == "script" else ahead[:2]
    said = outline.saying | outline.banning
    at_words = next((n for n in near if n in said), first)
    spoken = spans[at_words if intent in ("script", "procedure", "rule") else first]
    scripts = [each for each in passage.scripts if _speaks(each, spoken)]
    say = tuple(q for each in scripts for q in each.say if begins_in(q.span, spoken))
    if intent == "deadline" and deadlines and not say:
        return Found(spans[first], score, deadlines)
    around = Span(spans[max(at_words - 1, 0)].start, spans[min(at_words + 1, len(spans) - 1)].end)
    return Found(
        spans[first],
        score,
        deadlines,
        next((each.situation for each in scripts), ""),
        say,
        tuple(q for each in scripts for q in _warnings(each, around, passage)),
    )


def _warnings(script: Script, around: Span, passage: Passage) -> Iterator[Quote]:
    """What must not be said in a situation; where only the heading tells it, what stands near."""
    general = script.situation in (passage.title, *passage.heading_path)
    return (q for q in script.never_say if not general or begins_in(q.span, around))


def _inside(number: int, limits: Sequence[Limit]) -> tuple[Deadline, ...]:
    """The limits in a sentence, the best first."""
    inside = [limit for limit in limits if limit.sentence == number]
    return tuple(limit.deadline for limit in sorted(inside, key=lambda limit: -limit.fit))


def _end(limit: Deadline, *, latest: bool) -> Deadline:
    """A range of clock times as its end, before it where the `latest` is wanted.

    Any other limit as it is.
    """
    _, range_sign, end = (limit.iso8601 or "").partition("/T")
    if limit.unit != "clock" or not range_sign:
        return limit
    hours, _, minutes = end.partition(":")
    value, comparator = int(hours) + int(minutes) / 60, "before" if latest else limit.comparator
    return replace(limit, value=value, comparator=comparator, iso8601=f"T{end}")


def _speaks(script: Script, span: Span) -> bool:
    return any(begins_in(quote.span, span) for quote in (*script.say, *script.never_say))
