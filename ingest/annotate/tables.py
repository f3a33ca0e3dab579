"""Words to say and never to say in tables, also in those that lost their lines.

A row's cells stand under the heads 应说 and 不应说 (say, do not say …). Where only blanks are left
between the cells, no cell's end is certain: then only two quotes side by side, or a quote right
after a ban, are told apart, by the order of the heads.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.annotate.quotes import Quoted, find_quotes
from ingest.annotate.speech import brusque, spoken, told
from ingest.annotate.verdicts import Verdict
from kb.patterns import matching
from kb.records import Span

_CELLS = re.compile(r"[ ]?\|[ ]?|\t")
_FORBIDDING = matching(
    r"不[应该能可准许得宜要当妥良雅对]|(?:^|绝对|千万|请)不[说讲用](?:什么|法|词)?$|不(?:规范|文明|礼貌|标准|正确|恰当|专业|推荐|建议)"
    r"|唔(?:好|准|可)|慎|禁|忌|避免|错误|反例|\bng\b|never|not\b|n't|avoid|wrong|bad\b"
    r"|instead of|×|✗|❌"
)
_DEMANDING = matching(
    r"应|该|宜|[说讲答]|正确|规范|标准|建议|推荐|可以|话术|用语|回复|答复|say|should|\bdo\b|right|good"
    r"|(?:改|替?换)[为成]|try\b|better|recommend|reply|"
    r"script|response|instead|✓|√|✅"
)
_SITUATION = re.compile(
    r"(?:客户|顾客|客人|对方|用户|业主|市民|患者|来电者?)[^应]{0,3}[说讲问]"
    r"|customers? (?:says?|asks?)"
    r"|情[况形境]|场[景合]|时机|遇到|情景|问题|事项|项目|situation|scenario|case|when|question|topic"
)
_SPEECH = re.compile(
    r"(?:应该?|该|可|可以|要|怎么|如何|先|[客顾][^|]{1,8}时)?[说讲答](?:什么|法|辞|词|句)?"
    r"|(?:标准|参考|推荐|建议|坐席|客服|专员|应答|回[答复应覆]|答[复覆])?"
    r"(?:话术|用语|口径|说法|说辞|讲法|应[答对]|回应|回[答复覆]|答[复覆])"
    r"|(?:开口|开场|接起|报出)?(?:的?第一句话?)|(?:开场|欢迎|问候|结束)[白语辞词]|英[文语](?:说法|用语|表达)?|english"
    r"|say|what (?:to|you) say|(?:standard |suggested |your )?(?:scripts?|wording|words|phrases?)"
)
"""The head of a column that holds words to say and has none beside it for words not to."""
_INSTRUCTS = re.compile(r"[ ]*(?:不|禁|严禁|避免|应|须|必须|要|do not|don't|never|-|/|无)")
_BANNED_INSTRUCTS = re.compile(
    r"[ ]*(?:不[得能可要应许准宜允必用]|禁|严禁|避免|应|须|必须|要|do not|don't|never|-|/|无)"
)
_BAN = re.compile(r"不(?:可以?|能|要|得|应该?|许|准)[^“”。!?\n]{0,20}[ ]+$")


@dataclass(frozen=True, slots=True)
class Row:
    """One situation of a table with the places of the words on either side."""

    situation: Span
    say: tuple[Span, ...]
    never: tuple[Span, ...]


def heads(folded: str) -> list[Verdict | str]:
    """What each column head stands for: "say", "never", "situation" or "" for anything else.

    Empty where the words are no heads of a table that tells what to say, with or without what not
    to say.
    """
    cells = _CELLS.split(folded) if _CELLS.search(folded) else folded.split()
    kinds = [_head(cell) for cell in cells]
    if kinds.count("never") == 1 and kinds.count("say") == 1:
        return kinds
    speech = [bool(_SPEECH.fullmatch(cell.strip())) for cell in cells]
    if "never" in kinds or speech.count(True) != 1 or "|" not in folded or find_quotes(folded):
        return []
    return ["say" if told else "" for told in speech]


def _head(padded: str) -> Verdict | str:
    cell = padded.strip()
    if len(cell) > 24 or find_quotes(cell):
        return ""
    if _FORBIDDING.search(cell):
        return "never"
    if _SITUATION.search(cell):
        return "situation"
    return "say" if _DEMANDING.search(cell) else ""


def ruled_rows(
    folded: str, kinds: Sequence[str], quotes: Sequence[Quoted]
) -> Iterator[tuple[Span, Row | None]]:
    """Yield each line that has as many cells as there are heads, with what it says.

    None stands for the line of the heads themselves, or one whose cells do not fit the heads.
    """
    for line in re.finditer(r"[^\n]+", folded):
        if not _CELLS.search(line[0]):
            continue
        cells = _cells(line)
        fits = len(cells) == len(kinds) and heads(line[0]) == []
        yield Span(*line.span()), _row(folded, cells, kinds, quotes) if fits else None


def _cells(line: re.Match[str]) -> list[Span]:
    borders = [match.span() for match in _CELLS.finditer(line[0])]
    starts = [0, *(end for _, end in borders)]
    ends = [*(start for start, _ in borders), len(line[0])]
    return [
        Span(line.start() + start, line.start() + end)
        for start, end in zip(starts, ends, strict=True)
    ]


def _row(folded: str, cells: Sequence[Span], kinds: Sequence[str], quotes: Sequence[Quoted]) -> Row:
    by_kind = dict(zip(kinds, cells, strict=True))
    situation = by_kind.get("situation") or next(
        (cell for cell, kind in zip(cells, kinds, strict=True) if not kind), Span(0, 0)
    )
    return Row(
        situation,
        tuple(_spoken_in(folded, by_kind["say"], quotes, marked="never" not in by_kind)),
        tuple(_spoken_in(folded, by_kind["never"], quotes, banned=True))
        if "never" in by_kind
        else (),
    )


def _spoken_in(
    folded: str,
    cell: Span,
    quotes: Sequence[Quoted],
    *,
    marked: bool = False,
    banned: bool = False,
) -> Iterator[Span]:
    """The quotes in a cell; the whole cell where it has none and instructs not.

    Where words to say are `marked` by quotation marks in no table that has a column of words not to
    say, only what is told to somebody is said. What is `banned` often begins with 不 (不知道),
    without being an instruction.
    """
    inside = [q.span for q in quotes if cell.start <= q.whole.start and q.whole.end <= cell.end]
    words = cell.of(folded)
    instruction = (_BANNED_INSTRUCTS if banned else _INSTRUCTS).match(words)
    to_somebody = told(words) and spoken(words) and not brusque(words)
    if inside or (marked and not to_somebody):
        yield from inside
    elif words.strip() and not instruction:
        left = len(words) - len(words.lstrip())
        yield Span(cell.start + left, cell.start + left + len(words.strip()))


def flat_verdicts(
    folded: str, masked: str, kinds: Sequence[str], quotes: Sequence[Quoted]
) -> dict[Quoted, Verdict]:
    """What can be told of the quotes of a table that lost its lines; the others are left out."""
    say_first = kinds.index("say") < kinds.index("never")
    order: tuple[Verdict, Verdict] = ("say", "never") if say_first else ("never", "say")
    told: dict[Quoted, Verdict] = {}
    for i, quote in enumerate(quotes):
        before = quotes[i - 1] if i else None
        gap = masked[before.whole.end : quote.whole.start] if before else ""
        paired = before is not None and before not in told and gap != "" and not gap.strip()
        if paired and before and before.closed and quote.closed:
            pair = {before: order[0], quote: order[1]}
            if all(v == "never" or _may_be_said(folded, q) for q, v in pair.items()):
                told |= pair
        elif not say_first and _BAN.search(
            masked, max(0, quote.whole.start - 30), quote.whole.start
        ):
            told |= {quote: "say"} if _may_be_said(folded, quote) else {}
    return told


def _may_be_said(folded: str, quote: Quoted) -> bool:
    words = quote.span.of(folded)
    return spoken(words) and not brusque(words)
