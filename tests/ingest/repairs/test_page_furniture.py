"""What comes back on every page goes; what comes back in the text stays."""

from ingest.repairs.page_furniture import headers_and_footers, running_header, running_headers
from kb.records import Block, Span
from tests.ingest.repairs.drafts import draft, repaired

TITLES = [
    "投诉处理",
    "接待礼仪",
    "回访制度",
    "值班管理",
    "钥匙管理",
    "装修管理",
    "巡查要求",
    "交接程序",
]


def paged(pages: list[str]) -> tuple[str, tuple[Span, ...]]:
    spans, at = [], 0
    for page in pages:
        spans.append(Span(at, at + len(page)))
        at += len(page) + 1
    return "\n".join(pages), tuple(spans)


def test_headers_footers_and_page_numbers_are_dropped():
    pages = [
        f"海湾酒店客服手册\n{t}的第一条。\n{t}的第二条。\n第 {n} 页 共 8 页"
        for n, t in enumerate(TITLES, 1)
    ]
    text, spans = paged(pages)
    start = draft(text, pages=spans)
    clean = start.revise(headers_and_footers(start)).text
    assert "海湾酒店" not in clean
    assert "页" not in clean
    assert all(f"{title}的第一条。\n{title}的第二条。" in clean for title in TITLES)


def test_the_header_row_of_every_sheet_stays():
    pages = [f"问题\t答案\n怎样退货\t{n}天内\n怎样换货\t联系客服" for n in range(1, 5)]
    text, spans = paged(pages)
    rows = tuple(Block("table_row", 0, Span(s.start, s.start + 5), header=True) for s in spans)
    start = draft(text, pages=spans, blocks=rows)
    assert start.revise(headers_and_footers(start)).text.count("问题\t答案") == 4


def test_a_running_header_glued_into_the_text_leaves_a_break():
    text = "".join(f"{n} 用心服务每一天{title}要及时。" for n, title in enumerate(TITLES, start=7))
    clean = repaired(running_headers, "手册\n" + text)
    assert clean == "手册\n" + "\n".join(f"{title}要及时。" for title in TITLES)


def test_a_page_number_that_lost_its_header_goes_too():
    lines = [f"{n} 用心服务每一天{title}要及时。" for n, title in enumerate(TITLES, start=7)]
    lines[3] = "用心服务每一天值班管理要及时,按《值班10 规定》办理。"
    assert "《值班规定》" in repaired(running_headers, "\n".join(lines))


def test_a_phrase_that_many_lines_begin_with_is_no_header():
    text = "\n".join(f"客服人员应当做好{title}的工作。" for title in TITLES)
    assert running_header(text) is None
    numbered = "\n".join(f"{n}.客服人员应当做好{title}。" for n, title in enumerate(TITLES, 1))
    assert repaired(running_headers, numbered) == numbered
