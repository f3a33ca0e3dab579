from pathlib import Path

import pytest

from kb.errors import CorruptSource
from kb.records import Extract
from tests.ingest.readers.reading import FILES, extract, lines


def read(folder: Path, body: str, head: str = "") -> Extract:
    """What a page with this body is read as."""
    path = folder / "a.html"
    path.write_text(f"<html><head>{head}</head><body>{body}</body></html>", encoding="utf-8")
    return extract(path)


def dropped(found: Extract) -> str:
    """The furniture's words."""
    return "\n".join(span.of(found.raw) for span in found.furniture)


def test_a_saved_page_is_read_without_what_the_site_put_around():
    """A page as a browser saved it, in Big5: blocks are the article's, all else is furniture."""
    found = extract(FILES / "hant_saved.html")
    assert (found.encoding, found.title) == ("big5hkscs", "退貨與退款規則")
    assert lines(found) == [
        ("heading1", "退貨與退款規則"),
        ("paragraph", "顧客收到商品後七天內可以申請退貨，商品須保持完整，附件與發票齊全。"),
        ("heading2", "申請步驟"),
        ("list_item", "1. 登入後打開訂單頁面。"),
        ("list_item", "2. 選擇退貨原因，上傳照片。"),
        ("heading2", "退款時限"),
        ("table_row*", "付款方式 | 退款時限"),
        ("table_row", "信用卡 | 五個工作日內"),
        ("table_row", "轉帳"),
        ("table_row", "貨到付款 | 十個工作日內"),
    ]
    for words in (
        "熱門問題",
        "我的訂單",
        "說明中心 >",
        "相關文章",
        "優惠券",
        "很有幫助",
        "版權所有",
    ):
        assert words in dropped(found)
    assert "看不見" not in found.raw


def test_a_page_of_libreoffice_has_its_margins_as_furniture():
    """Header and footer of the document it was exported from."""
    found = extract(FILES / "hant_libreoffice.html")
    assert dropped(found) == "晴川物業 內部文件\n第 1 頁"
    assert ("heading1", "第二章 停車") in lines(found)


def test_words_flow_as_in_a_browser(tmp_path):
    """A line break is a blank, or nothing between Chinese characters; br ends a line."""
    found = read(tmp_path, "<p>三声\n  之内 <b>接</b>听\nplease\ncall<br>第二行&nbsp; x</p>尾")
    assert found.raw == "三声之内 接听 please call\n第二行 x\n尾\n"


def test_preformatted_lines_stay_and_are_no_paragraphs(tmp_path):
    """They may be wrapped: nobody knows."""
    found = read(tmp_path, "<pre>第一章\n  三声之内接\n听。</pre>")
    assert found.raw == "第一章\n  三声之内接\n听。\n"
    assert found.blocks == ()


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>x</p>",
        "<p style='color:red; display : none'>x</p>",
        "<p aria-hidden=true>x</p>",
        "<script>x</script>",
        "<style>x</style>",
        "<template>x</template>",
        "<noscript>x</noscript>",
        "<ruby>字<rp>(</rp><rt>x</rt><rp>)</rp></ruby>",
        "<!-- x -->",
    ],
)
def test_what_nobody_sees_is_not_read(tmp_path, hidden):
    """Hidden places are left out, the words after them are not."""
    found = read(tmp_path, f"<p>前</p>{hidden}后")
    assert "x" not in found.raw
    assert found.raw.endswith("后\n")


def test_list_items_keep_the_numbers_that_a_browser_shows(tmp_path):
    """But one that brings its own number gets no second one."""
    found = read(tmp_path, "<ol start=3><li>甲<ul><li>乙</ul><li><p>丙</p>丁<li>5. 戊</ol>")
    assert lines(found) == [
        ("list_item", "3. 甲"),
        ("list_item", "乙"),
        ("list_item", "4. 丙"),
        ("paragraph", "丁"),
        ("list_item", "5. 戊"),
    ]


def test_merged_cells_stand_once_and_columns_stay_in_line(tmp_path):
    """Empty places are kept for the cells that a merged one covers."""
    found = read(
        tmp_path,
        "<table><caption>时限</caption><tr><th>类<th>事<th>限</tr>"
        "<tr><td rowspan=2>急<td>停电<td>一<br>小时</tr><tr><td>漏水<td>两小时</tr>"
        "<tr><td colspan=2>其他<td>一日</tr></table>",
    )
    assert lines(found) == [
        ("paragraph", "时限"),
        ("table_row*", "类 | 事 | 限"),
        ("table_row", "急 | 停电 | 一 小时"),
        ("table_row", " | 漏水 | 两小时"),
        ("table_row", "其他 |  | 一日"),
    ]


def test_a_table_for_the_layout_is_no_table(tmp_path):
    """Its cells are read as ordinary parts of the page."""
    found = read(tmp_path, "<table><tr><td><h2>退货</h2><p>七天。</p><td>栏外</table>")
    assert lines(found) == [("heading2", "退货"), ("paragraph", "七天。"), ("paragraph", "栏外")]


def test_an_absurd_span_of_columns_is_bounded(tmp_path):
    """A hostile page does not make a row of a billion cells."""
    found = read(tmp_path, "<table><tr><td colspan=999999999>a<td rowspan=0>b</table>")
    assert len(found.raw) < 500


def test_the_site_is_cut_off_the_title_where_a_heading_agrees(tmp_path):
    """A hyphen within the title itself stays."""
    body = "<h1>退货规则</h1>"
    assert read(tmp_path, body, "<title>退货规则_某某网</title>").title == "退货规则"
    assert read(tmp_path, body, "<title>内部 - 手册</title>").title == "内部 - 手册"
    assert read(tmp_path, body).title == "退货规则"


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav>x</nav>",
        "<aside>x</aside>",
        "<div role=navigation>x</div>",
        "<div class='page-footer'>x</div>",
        "<div id=relatedPosts>x</div>",
        "<div class='mod_pinglun'>x</div>",
        "<div class=相关推荐>x</div>",
        "<div class='cookie-notice'>x</div>",
        "<form><input><button>x</button></form>",
        "<ul><li><a href=/1>x怎样换货</a> 03-01<li><a href=/2>维修</a><li><a href=/3>丙</a></ul>",
    ],
)
def test_furniture_is_told_by_tag_role_name_and_links(tmp_path, furniture):
    """It stays in the raw text, without a block."""
    found = read(tmp_path, f"<h1>手册</h1><p>三声之内接听电话。</p>{furniture}")
    assert "x" in dropped(found)
    assert all("x" not in words for _, words in lines(found))


@pytest.mark.parametrize(
    "content",
    [
        "<div class='main-with-sidebar'><h1>手册</h1><p>x</p></div>",
        "<div class=content-footer-wrap><p>三声之内接听电话，x，先报部门名称。</p></div><p>完</p>",
        "<article><header>x</header><p>正文</p></article>",
        "<ul><li><a href=#1>x</a><li><a href=#2>乙</a><li><a href=#3>丙</a></ul>",
        "<p>按<a href=/1>甲</a>、<a href=/2>乙</a>、<a href=/3>丙</a>办理，客人在 x 日内申请退款。"
        "逾期不办，由值班经理报告总部，并且书面答复客人，不得再次拖延，也不得收费。</p>",
        "<div class=shareholder-address>x</div>",
    ],
)
def test_content_is_not_taken_for_furniture(tmp_path, content):
    """A name or a few links do not drop what the page is about."""
    assert "x" not in dropped(read(tmp_path, content))


def test_a_page_nested_beyond_reason_is_refused(tmp_path):
    """The parser would have lost what is inside without a word."""
    with pytest.raises(CorruptSource, match="cannot be read to its end"):
        read(tmp_path, "<div>" * 5000 + "x")


def test_no_file_that_a_page_names_is_opened(tmp_path):
    """An external entity stays what it is: nothing."""
    secret = tmp_path / "secret"
    secret.write_text("geheim")
    path = tmp_path / "a.xhtml"
    path.write_text(
        f'<!DOCTYPE html [<!ENTITY e SYSTEM "file://{secret}">]><html><body>甲&e;</body></html>'
    )
    assert extract(path).raw.strip() == "甲&e;"
