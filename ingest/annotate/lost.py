"""Places where a unit and its bound are left without a number: 在 分钟内, 保存期 年, by   pm.

The number is lost, or is a blank to fill in (X天之内). It is never filled: such an amount has
no value. Without a blank or a placeholder in its place the words often mean something else
(年内, within hours), so then only units that mean nothing alone count.
"""

import re
from collections.abc import Iterator, Sequence

from ingest.annotate.amounts import Amount
from ingest.annotate.clocks import DAY_PART
from kb.patterns import matching
from kb.records import Span

_UNITS = {
    "秒钟": "second",
    "秒": "second",
    "分钟": "minute",
    "小时": "hour",
    "钟头": "hour",
    "工作日": "day",
    "天": "day",
    "日": "day",
    "周": "week",
    "星期": "week",
    "月": "month",
    "季度": "quarter",
    "年": "year",
    "声": "ring",
    "次": "time",
    "点": "clock",
    "时": "clock",
    "second": "second",
    "minute": "minute",
    "hour": "hour",
    "day": "day",
    "week": "week",
    "month": "month",
    "year": "year",
    "ring": "ring",
    "time": "time",
    "am": "clock",
    "pm": "clock",
}
_HAN = "|".join(u for u in _UNITS if not u.isascii() and _UNITS[u] != "clock")
_LATIN = "|".join(u for u in _UNITS if u.isascii() and _UNITS[u] != "clock")
_BLANK = (
    r"(?:[ ]{0,3}(?<![a-z])(?:x{1,3}|n|[×□○〇]{1,4}|_{1,12}|…{1,4}|\.{3,8}|\*{1,4}"
    r"|\[[^\[\]\n]{0,8}\])[ ]{0,3}|[ \u3000]{1,4})"
)
_ENGLISH_BLANK = (
    r"(?:[ ](?:x{1,3}|n|_{1,12}|…{1,2}|\.{3,8}|\*{1,4}|\[[^\[\]\n]{0,8}\])[ ]|[ ]{2,4})"
)
_LIMIT = (
    r"(?:之|以)?内(?!容|部|心|外)|(?:及)?以上|(?:之|以)前|前(?![台提面方厅])|(?:之|以)后"
    r"|后(?![台勤续面方])|左右"
)
_LEADS = (
    r"(?:在|于|提前|提早|超过|超出|不超过|至少|不少于|最多|最迟|最晚|每隔?|约|大约|过|后的?|稍停"
    r"|等候|限时?)"
)
_POINT_FOLLOWS = r"(?:之前|以前|前|之后|以后|后|至|到|半|开始|上班|下班)"
_KEEP = (
    r"(?:保存|保管|保留|留存|存档|存放|储存|归档|保质|保修)(?:保管|保存)?(?:期限|期|时间)?(?:为"
    r"|是|:)?"
)

_PATTERNS = (
    # a blank or placeholder between what leads to a number and the unit
    matching(rf"{_LEADS}(?P<core>{_BLANK}个?(?P<unit>{_HAN}))"),
    re.compile(rf"(?<![\w)])(?P<core>{_BLANK}个?(?P<unit>{_HAN}))(?={_LIMIT})"),
    matching(
        r"(?P<core>(?:(?<![a-z])x{1,3}|[×□○]{1,4}|_{2,12}|…{1,4}|\.{3,8})[ ]?"
        rf"个?(?P<unit>{_HAN}))(?={_LIMIT})"
    ),
    matching(rf"{_KEEP}(?P<core>{_BLANK}个?(?P<unit>年|月|天|日|周))"),
    matching(rf"{_KEEP}(?P<core>个?(?P<unit>年|个月|天))(?=[。,;.、)?!\n]|$)"),
    # units that mean nothing without a number
    matching(
        rf"(?:在|于|提前|超过|每隔)(?P<core>个?(?P<unit>分钟|秒钟|秒|小时|工作日|声))(?={_LIMIT})"
    ),
    re.compile(r"(?:提前|每隔)(?P<core>(?P<unit>分钟|小时))"),
    matching(rf"(?P<core>{DAY_PART}(?:{_BLANK})?(?P<unit>点)(?:钟)?)(?={_POINT_FOLLOWS})"),
    matching(
        r"(?<![a-z0-9:])(?P<core>(?:x{1,3}|[×□○]{1,2}|_{1,8})[ ]?(?P<unit>点)(?:钟)?)"
        rf"(?={_POINT_FOLLOWS})"
    ),
    matching(rf"(?P<core>每(?:个)?(?:月|年|季度?){_BLANK}(?P<unit>日))"),
    matching(
        r"\b(?:within|in|after|for|at least|at most|up to|every|by|no (?:later|more|longer) than"
        rf"|exceed|under)(?P<core>{_ENGLISH_BLANK}"
        rf"(?P<unit>(?:(?:business|working|calendar) )?(?:{_LATIN})s?))\b"
    ),
    matching(
        r"\b(?:by|before|after|at|until|than|from)"
        rf"(?P<core>{_ENGLISH_BLANK}(?P<unit>[ap]\.?m))\b"
    ),
)
_MARKED = matching(rf"(?P<core>[ ]{{0,3}}个?(?P<unit>{_HAN}|点|(?:{_LATIN})s?\b))")
_AFTER_MARK = matching(rf"(?P<core>[ ]{{0,3}}个?(?P<unit>{_HAN}|点))(?={_LIMIT})")


def find_lost(folded: str, marks: Sequence[Span] = ()) -> Iterator[Amount]:
    """Yield every amount that has lost its number; `marks` are the places known to have."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            yield _lost(match)
    for mark in marks:
        unit = _MARKED.search(folded, *mark) or _AFTER_MARK.match(folded, mark.end)
        if unit:
            yield _lost(unit)


def _lost(match: re.Match[str]) -> Amount:
    words = match["unit"]
    bare = words.removeprefix("个").split(" ")[-1].replace(".", "")
    unit = _UNITS.get(bare) or _UNITS[bare.removesuffix("s")]
    business = "工作" in words or "business" in words or "working" in words
    return Amount(Span(*match.span("core")), unit, None, None, business=business)
