"""Limits that name a day instead of counting: 当日, 次日, the same day, the next business day.

They are a limit only beside a duty (必须当日记录, 当天内回复); 当天的工作 is none. Each counts as
one day.
"""

import re
from collections.abc import Iterator

from ingest.annotate.amounts import Amount
from kb.records import Span

_DUTY = r"(?:应|应该|应当|必须|须|务必|要|需|尽量|尽可能|争取|将|会)"
_DAY = r"(?:当天|当日|同日|次日|翌日|隔天|隔日|第二天|次一?个?工作日|下一?个?工作日)"
_CHINESE = re.compile(
    rf"{_DUTY}(?:在|于)?(?P<after>{_DAY})(?!的|工作|发生|事|情况)"
    rf"|(?P<bound>{_DAY})(?=之?内|以内|之前|以前|前(?!台)|{_DUTY})"
)
_ENGLISH = re.compile(
    r"\b(?P<after>(?:on |by |within )?(?:the )?(?:end of )?(?:the )?"
    r"(?:same|next|following) (?:(?:business|working|calendar) )?day)\b"
)
_BUSINESS = re.compile(r"工作日|business|working")


def find_same_day(folded: str) -> Iterator[Amount]:
    """Yield days named as a limit, as one day."""
    for pattern in (_CHINESE, _ENGLISH):
        for match in pattern.finditer(folded):
            group = "after" if match["after"] else "bound"
            yield Amount(
                Span(*match.span(group)),
                "day",
                1.0,
                1.0,
                business=bool(_BUSINESS.search(match[group])),
                within=True,
            )
