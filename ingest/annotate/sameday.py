"""Limits that name a day instead of counting: 当日, 次日, the same day, the next business day.

They are a limit only beside a duty (必须当日记录, 当天内回复); 当天的工作 is none. Each counts as
one day.
"""

import re
from collections.abc import Iterator

from ingest.annotate.amounts import Amount
from kb.patterns import matching
from kb.records import Span

_DUTY = r"(?:应|应该|应当|必须|须|务必|要|需|尽量|尽可能|争取|将|会)"
_DAY = r"(?:当天|当日|同日|次日|翌日|隔天|隔日|第二天|次一?个?工作日|下一?个?工作日)"
_DONE = (
    r"(?:到[账帐]|入[账帐]|回[复覆电访]|答[复覆]|办[结理妥完]|完成|处理|反馈|联[系络]|送[达到]|发货|寄[出送]|上报|登[记录]"
    r"|生效|提交|交[回还]|录入|归档|恢复|更新|通知|退[回还款]|下班前|收工前|营业结束前|打烊前|交班前)"
)
"""What is to be done on a day named right before it; 当日完成的工单 only describes."""
_CHINESE = matching(
    rf"{_DUTY}(?:在|于)?(?P<after>{_DAY})(?!的|工作|发生|事|情况)"
    rf"|(?P<bound>{_DAY})(?=之?内|以内|之前|以前|前(?!台)|{_DUTY}|{_DONE}(?![^,。;!?\n]{{0,6}}的))"
)
_ENGLISH = matching(
    r"\b(?P<after>(?:on |by |within )?(?:the )?(?:end of )?(?:the )?"
    r"(?:same|next|following) (?:(?:business|working|calendar) )?day"
    r"|(?:by|before) (?:the )?(?:close of (?:business|play)|cob|eod"
    r"|end of (?:(?:the|their|your) )?(?:(?:(?:business|working) )?day|shift)))\b(?! (?:of|on)\b)"
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
