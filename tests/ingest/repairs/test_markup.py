"""Markup of Markdown sources, line ends and invisible characters."""

from ingest.repairs import markup
from tests.ingest.repairs.drafts import draft, repaired

SOURCE = """# 退货规定 #

**七天**内可退,详见[说明](https://example.com/a)与`订单号`。

| 项目 | 时限 |
|------|:----:|
| 退货 | 7天 |

> 请说*抱歉*,2 * 3 * 4 不变,snake_case_name 不变。
"""

CLEAN = """退货规定

七天内可退,详见说明与订单号。

项目 | 时限
退货 | 7天

请说抱歉,2 * 3 * 4 不变,snake_case_name 不变。
"""


def test_a_markdown_source_loses_its_markup():
    assert markup.markdown(draft(SOURCE, media_type="text/markdown")).text == CLEAN


def test_another_source_keeps_such_characters():
    assert markup.markdown(draft(SOURCE)).text == SOURCE


def test_line_ends_and_invisible_characters():
    assert repaired(markup.line_ends, "一\r\n二\r三\f四") == "一\n二\n三\n四"
    assert repaired(markup.invisible, "客\u200b服\x00\u00a0台\ufeff") == "客服 台"
