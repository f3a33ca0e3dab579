"""Is what was picked out of the first passage right: the sentence, the limit, the words to say?

Judged where the question tells: a gold quote may carry the limit that it states (`deadline`), and
the words to say and never to say in its place (`say`, `never_say`). Of a deadline question
without such a limit the key fact (`must_have`) is read; of a script question without such words
those to say must be the gold words, or part of them. A question whose first passage holds no gold
words is wrong in all of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from eval.judge import holds, strip
from eval.normalized import Wanted, binds
from eval.questions import Gold, Limit, Question
from kb.records import Deadline, Hit

ALIKE = 0.6
"""Share of the shorter text's trigrams from which a sentence and gold words are the same place."""

_UNITS = {
    "秒": "second",
    "分钟": "minute",
    "小时": "hour",
    "工作日": "business_day",
    "天": "day",
    "日": "day",
    "周": "week",
    "个月": "month",
    "年": "year",
    "声": "ring",
    "铃": "ring",
    "次": "time",
}
_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九十")} | {"两": 2}
_AMOUNT = re.compile(
    rf"(?:\d+[-–])?(?P<value>\d+|半|[{''.join(_DIGITS)}]{{1,3}})[ ]?个?(?P<unit>{'|'.join(_UNITS)})"
)
_MONTH_DAY = re.compile(
    r"(?:每月|季度)\D{0,3}(?P<value>\d{1,2})[日号]|^(?P<before>\d{1,2})[日号]前"
)
_CLOCK = re.compile(r"(?<!\d)(?P<hours>\d{1,2}):(?P<minutes>\d\d)")
_DAY = re.compile(r"当[日天]")


@dataclass(frozen=True, slots=True)
class Picked:
    """The judgement of one question's first passage; None where it does not apply.

    `sentence`: it is, or overlaps, the gold words. `deadline`: the first limit has the right
    value, unit and comparator. `say`: the right words are among those to say and nothing else
    is forbidden. `forbidden`: words never to say were put among those to say.
    """

    sentence: bool | None
    deadline: bool | None
    say: bool | None
    forbidden: bool


def judge_answer(question: Question, hits: Sequence[Hit]) -> Picked:
    """Judge what was picked out of the first of `hits` for a question."""
    if not question.answerable:
        return Picked(None, None, None, forbidden=False)
    first = hits[0] if hits else None
    answer = first.answer if first else None
    held = [gold for gold in question.gold if first and holds(first.text, gold.words)]
    words = answer.sentence.span.of(first.text) if first and answer else ""
    said = [each.span.of(first.text) for each in answer.say] if first and answer else []
    banned = [each.span.of(first.text) for each in answer.never_say] if first and answer else []
    forbidden = any(holds(line, never) for line in said for g in held for never in g.never_say)
    return Picked(
        sentence=any(_alike(words, gold.words) for gold in held),
        deadline=_deadline(question, held, answer.deadlines if answer else ()),
        say=_say(question, held, said, banned, forbidden=forbidden),
        forbidden=forbidden,
    )


def _deadline(question: Question, held: Sequence[Gold], found: Sequence[Deadline]) -> bool | None:
    if question.type != "deadline":
        return None
    told = any(gold.deadline for gold in question.gold)
    fact = () if told else read_fact(question.must_have)
    if not told and not fact:
        return None
    wanted = [*(_wanted(gold.deadline) for gold in held if gold.deadline), *(fact if held else ())]
    return bool(found) and any(binds(each, found[0]) for each in wanted)


def _wanted(limit: Limit) -> Wanted:
    return Wanted(limit.value, limit.unit, limit.business_days, frozenset(limit.comparators))


def _say(
    question: Question,
    held: Sequence[Gold],
    said: Sequence[str],
    banned: Sequence[str],
    *,
    forbidden: bool,
) -> bool | None:
    told = any(gold.say or gold.never_say for gold in question.gold)
    if question.type != "script":
        return None
    if not told:
        return any(_alike(line, gold.words) for line in said for gold in held)
    right = any(_same(line, words) for gold in held for words in gold.say for line in said)
    asked = any(
        all(any(_same(line, words) for line in banned) for words in gold.never_say)
        for gold in held
        if gold.never_say and not gold.say
    )
    return (right or asked) and not forbidden


def read_fact(fact: str) -> tuple[Wanted, ...]:
    """Return the amounts that a key fact names ("5个工作日", "22:00", "2声/3声"); how they bind
    is not told, so any comparator fits."""
    clocks = [
        Wanted(int(m["hours"]) + int(m["minutes"]) / 60, "clock") for m in _CLOCK.finditer(fact)
    ]
    dates = [
        Wanted(float(m["value"] or m["before"]), "day_of_month") for m in _MONTH_DAY.finditer(fact)
    ]
    amounts = [] if dates else [_amount(m) for m in _AMOUNT.finditer(fact)]
    days = [Wanted(1.0, "day")] if _DAY.search(fact) and not amounts else []
    return (*clocks, *dates, *amounts, *days)


def _amount(match: re.Match[str]) -> Wanted:
    unit = _UNITS[match["unit"]]
    business = unit == "business_day"
    return Wanted(_number(match["value"]), "day" if business else unit, business_days=business)


def _number(words: str) -> float:
    if words.isdigit():
        return float(words)
    if words == "半":
        return 0.5
    tens, ten, ones = words.rpartition("十")
    return float((_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0))


def _same(line: str, words: str) -> bool:
    return holds(line, words) or holds(words, line)


def _alike(words: str, gold: str) -> bool:
    """Whether a sentence and gold words are the same place: one holds most of the other."""
    short, long = sorted((strip(words), strip(gold)), key=len)
    if len(short) < 3:
        return bool(short) and short in long
    trigrams = [short[i : i + 3] for i in range(len(short) - 2)]
    return sum(trigram in long for trigram in trigrams) >= ALIKE * len(trigrams)
