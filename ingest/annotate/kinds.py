"""The kinds of a passage: rule, deadline, script, procedure, definition. Several may hold."""

from collections.abc import Sequence

from ingest.annotate.quotes import find_quotes
from kb.fold import fold
from kb.patterns import matching
from kb.records import KINDS, Deadline, Kind, Script

_RULE = matching(
    r"应(?![用答急对聘付收酬邀变])|应[该当]|必须|务必|须(?!知)|不得|不准|不许|不可|不能|不允许"
    r"|不应|不要|禁止|严禁|切勿|请勿|切忌|"
    r"可以|允许|有权|无权|只能|一律|均需|需要?(?=[^求])|"
    r"\b(?:must|shall|should|may|may not|required|mandatory|prohibited|forbidden|never"
    r"|not allowed|allowed|"
    r"do not|don't|has to|have to|needs? to|only)\b"
)
_DEFINITION = matching(
    r"是指|指的是|即指|系指|所谓|定义[为是:]|的定义|称[为之]作?|简称|[^\n。,]{2,12}:指|"
    r"\b(?:means|refers to|(?:is|are) defined as|definition of|stands for|is the term for"
    r"|is short for)\b"
)
_NAMED_PROCEDURE = matching(
    r"流程|步骤|程序|操作规程|办法|如何|怎样|how to|\bprocedures?\b|\bprocess\b|workflow|\bsteps\b"
)
_STEP = matching(
    r"第[一二三四五六七八九十\d]{1,2}步|步骤[一二三四五六七八九十\d]{1,2}|\bstep \d|(?:^"
    r"|\n)[ ]*(?:\(?\d{1,2}[.、)]|[①-⑩]|[a-h][.)])"
    r"|[(]\d{1,2}[)]"
)
_NUMBERED_STEP = matching(
    r"第[一二三四五六七八九十\d]{1,2}步|步骤[一二三四五六七八九十\d]{1,2}|\bstep \d"
)
_FIRST = matching(r"首先|第一步|先(?![生前])|\bfirst(?:ly)?\b")
_NEXT = matching(
    r"然后|其次|接着|之后再|随后|再(?![次见三])|最后|\b(?:then|next|after that|finally|lastly)\b"
)


def kinds_of(
    text: str, titles: Sequence[str], deadlines: Sequence[Deadline], scripts: Sequence[Script]
) -> tuple[Kind, ...]:
    """Return the kinds that hold, in the order of `KINDS`. What is quoted makes no rule."""
    folded = _outside_quotes(text)
    above = fold(" ".join(titles[-2:]))
    holds: dict[Kind, bool] = {
        "rule": bool(_RULE.search(folded)),
        "deadline": bool(deadlines),
        "script": bool(scripts),
        "procedure": _is_procedure(folded, above),
        "definition": bool(_DEFINITION.search(folded)),
    }
    return tuple(kind for kind in KINDS if holds[kind])


def _is_procedure(folded: str, above: str) -> bool:
    """Steps in an order: numbered as such, listed under a name that says so, or first … then."""
    steps = sum(1 for _ in _STEP.finditer(folded))
    if _NUMBERED_STEP.search(folded) or (steps >= 2 and _NAMED_PROCEDURE.search(above + folded)):
        return True
    first = _FIRST.search(folded)
    return bool(first and _NEXT.search(folded, first.end()))


def _outside_quotes(text: str) -> str:
    folded = fold(text)
    parts, cursor = [], 0
    for quote in find_quotes(text):
        parts.append(folded[cursor : quote.span.start])
        cursor = quote.span.end
    return " ".join([*parts, folded[cursor:]])
