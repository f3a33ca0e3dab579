"""A file that holds several manuals gives each its own title."""

from ingest.section import section
from tests.ingest.documents import document

BODY = (
    "一、收件\n收件时当面核对单号和姓名,缺一不可。\n二、退件\n退件须在两天内登记,并通知寄件人。\n"
)


def titles(text: str, title: str = "") -> list[str]:
    """The titles of the manuals in `text`, in order."""
    return list(dict.fromkeys(one.title for one in section(document(text, title=title))))


def test_numbered_parts_with_names_are_manuals():
    """第一篇 and 第二篇 name a manual each."""
    text = f"第一篇:快递手册\n快递手册\n{BODY}第二篇:仓库手册\n仓库手册\n{BODY}"
    assert titles(text) == ["快递手册", "仓库手册"]


def test_parts_whose_chapters_are_counted_through_are_one_book():
    """Chapter 2 in the second part: it is one manual."""
    text = "第一篇 总论\n第一章 收件\n当面核对。\n第二篇 细则\n第二章 退件\n两天内登记。\n"
    assert titles(text, "快递手册") == ["快递手册"]


def test_titles_that_stand_twice_begin_manuals():
    """As sharing sites print them."""
    text = f"范文合集\n\n快递规范\n\n快递规范\n{BODY}\n仓库规范\n\n仓库规范\n{BODY}"
    assert titles(text) == ["范文合集", "快递规范", "仓库规范"]


def test_the_first_line_of_a_compilation_begins_a_manual_when_it_comes_again():
    """The last manual has the collection's own name."""
    doubled = f"快递规范\n快递规范\n{BODY}仓库规范\n仓库规范\n{BODY}"
    text = f"服务规范\n{doubled}服务规范\n一、门店\n门店每日九点开门,节日除外。\n"
    sections = section(document(text))
    assert sections[-1].title == "服务规范"
    assert sections[-1].heading_path == ("一、门店",)


def test_copies_of_a_template_are_manuals():
    """范本(一) and 范本(二) are told apart by their numbers."""
    text = f"值班制度范本(一)\n{BODY}值班制度范本(二)\n{BODY}"
    assert titles(text) == ["值班制度范本(一)", "值班制度范本(二)"]


def test_a_single_manual_has_the_documents_title():
    """Nothing in the text says otherwise."""
    assert titles(BODY, "快递手册") == ["快递手册"]


def test_without_any_title_the_file_name_is_taken():
    """A sentence is no title."""
    assert titles("请先核对单号,再核对姓名。") == ["manual"]
