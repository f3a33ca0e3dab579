"""Columns read line by line are marked, and left as they are; prose and tables are not."""

import pytest

from ingest.repairs.interleaved_columns import find
from tests.ingest.repairs.drafts import cleaned

LEFT = (
    "客房清洁工作由当班的服",
    "务员负责每天上午打扫房",
    "间并且更换床单如果客人",
    "要求加床请与值班经理联",
)
RIGHT = (
    "餐厅早餐供应的时间是早",
    "晨六点半到九点半客人需",
    "要出示房卡才能够进入餐",
    "厅用餐外来的客人可以购",
)
HALVES = "\n".join(f"{a}    {b}" for a, b in zip(LEFT, RIGHT, strict=True))
CELLS = (
    "库房盘点每周五仓储管理组月末汇总每月28日采购部仓储管理组"
    "库存报表每月28日采购部经理财务室单据归档每季度末"
)
DOUBLED = (
    "送货流程图下单下单确认仓库打包门市部门市部主任核价签字出库单据配送组装车路线客户签收回单归档"
)


def test_lines_in_two_running_halves_are_marked_and_not_joined():
    (mark,) = find(HALVES)
    assert (mark.kind, mark.span.of(HALVES)) == ("columns", HALVES)
    assert cleaned(HALVES) == HALVES


def test_lines_of_two_columns_in_turn_are_marked_and_not_joined():
    turns = "\n".join(line for row in zip(LEFT, RIGHT, strict=True) for line in row)
    (mark,) = find(turns)
    assert (mark.kind, mark.span.of(turns)) == ("columns", turns)
    assert cleaned(turns) == turns


def test_a_sentence_that_numbered_lines_interrupt_is_marked():
    left = ("1.1 来电须在三声之内接听并先", "报出姓名，不得让客人久等。", "1.2 记录姓名。")
    right = ("2.1 退房时请客人核对账单。", "结账后请客人当面点清押金，", "并且在收据上签字。")
    turns = "\n".join(line for row in zip(left, right, strict=True) for line in row)
    assert [mark.span.of(turns) for mark in find(turns)] == [turns]
    assert cleaned(turns) == turns


@pytest.mark.parametrize("cells", [CELLS, DOUBLED])
def test_a_run_of_cells_is_marked(cells):
    text = f"库房制度\n{cells}\n盘点时请锁门。"
    assert [mark.span.of(text) for mark in find(text)] == [cells]


@pytest.mark.parametrize(
    "text",
    [
        "".join(LEFT) + "".join(RIGHT),
        "\n".join(LEFT + RIGHT),
        "1.1 来电三声之内接听\n1.2 先说您好，再问要求\n1.3 记录姓名。\n1.4 复述要求\n1.5 致谢。\n"
        "1.6 等客人先挂断。\n1.7 填写登记表。",
        "前台    负责登记\n客房    负责打扫\n餐厅    负责早餐\n保安    负责巡逻",
        "岗位职责说明    每日接听来电并记录\n岗位考核说明    每月抽查录音十条\n"
        "岗位培训说明    新人培训为期一周\n岗位轮换说明    每季度轮换一次",
        "1998年1999年2000年2001年2002年2003年2004年2005年2006年2007年2008年",
    ],
)
def test_prose_tables_and_lists_of_years_are_not_marked(text):
    assert not list(find(text))
