from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from kb.errors import CorruptSource
from kb.records import Extract
from tests.ingest.readers.reading import FILES, extract, lines

NAMESPACES = (
    nsdecls("w")
    + ' xmlns:v="urn:schemas-microsoft-com:vml"'
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def saved(document: Document, folder: Path) -> Extract:
    """What the document is read as once it is saved."""
    path = folder / "a.docx"
    document.save(path)
    return extract(path)


def paragraph(inner: str, properties: str = "") -> str:
    """The XML of a paragraph."""
    return f"<w:p {NAMESPACES}><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def run(text: str, properties: str = "") -> str:
    """The XML of a run of text."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def document_of(*xml: str) -> Document:
    """A document that holds these elements."""
    document = docx.Document()
    for element in xml:
        document.element.body.insert(-1, parse_xml(element))
    return document


def test_a_document_of_libreoffice_is_read_with_numbers_and_tables():
    """Numbers computed, merged cells once, headings by style, in reading order."""
    found = extract(FILES / "hans_libreoffice.docx")
    assert (found.title, found.encoding) == ("云栖物业服务手册", "docx")
    assert lines(found) == [
        ("heading1", "云栖物业服务手册"),
        ("heading1", "第一章 报修"),
        ("list_item", "一.1 业主报修后，客服应当在 15 分钟内派单。"),
        ("list_item", "一.2 紧急报修（水管爆裂、停电、电梯困人）立即派单："),
        ("list_item", "(a) 先问清楚楼号和房号；"),
        ("list_item", "(b) 再通知当班工程人员。"),
        ("heading1", "第二章 投诉"),
        ("list_item", "二.1 投诉应当在 3 个工作日内答复。"),
        ("paragraph", "答复的方式见下表"),
        ("table_row*", "类别 | 答复方式 | 时限"),
        ("table_row", "一般投诉 | 电话答复 | 3 个工作日"),
        ("table_row", " | 书面答复 | 5 个工作日"),
        ("table_row", "重大投诉 | 经理上门，并且书面答复 | 24 小时"),
        ("paragraph", "投诉记录保存两年。"),
        ("list_item", "• 先安抚业主"),
        ("list_item", "• 再记录经过"),
    ]


def test_headings_are_told_by_outline_level_and_by_the_names_of_styles(tmp_path):
    """A paragraph's own level goes before its style's; 10 is body text."""
    document = docx.Document()
    for name in ("一级条标题", "章标题", "标题 3", "正文"):
        document.styles.add_style(name, 1)
        document.add_paragraph(name, style=name)
    document.add_paragraph("自定")._p.get_or_add_pPr().append(
        parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="1"/>')
    )
    heading = document.add_heading("不是", 1)
    heading._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="9"/>'))
    assert [kind for kind, _ in lines(saved(document, tmp_path))] == [
        "heading2",
        "heading1",
        "heading3",
        "paragraph",
        "heading2",
        "paragraph",
    ]


def test_deleted_and_hidden_words_are_left_out_and_inserted_ones_are_not(tmp_path):
    """As Word shows the document when its changes are taken on."""
    document = document_of(
        paragraph(
            run("三声")
            + f"<w:ins>{run('之内')}</w:ins><w:del><w:r><w:delText>四声</w:delText></w:r></w:del>"
            + run("密", "<w:vanish/>")
            + f"<w:smartTag>{run('接听')}</w:smartTag>"
            + "<w:r><w:noBreakHyphen/><w:tab/><w:instrText>PAGE</w:instrText></w:r>"
            + "<w:ruby><w:rt><w:r><w:t>kè</w:t></w:r></w:rt>"
            + f"<w:rubyBase>{run('客')}</w:rubyBase></w:ruby>"
        )
    )
    assert saved(document, tmp_path).raw == "三声之内接听- 客\n"


def test_a_soft_line_break_ends_the_line(tmp_path):
    """One block a line."""
    document = document_of(paragraph(run("甲") + "<w:r><w:br/></w:r>" + run("乙")))
    assert lines(saved(document, tmp_path)) == [("paragraph", "甲"), ("paragraph", "乙")]


def test_a_text_box_follows_the_paragraph_it_hangs_on_once(tmp_path):
    """Word writes it twice, for new and for old programs."""
    box = f"<w:txbxContent>{paragraph(run('框中'))}</w:txbxContent>"
    document = document_of(
        paragraph(
            run("前")
            + f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
            + f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
            + "</mc:AlternateContent></w:r>"
        ),
        paragraph(run("后")),
    )
    assert saved(document, tmp_path).raw == "前\n框中\n后\n"


def test_a_footnote_follows_its_paragraph(tmp_path):
    """Where its section is, and not at the end."""
    document = document_of(
        paragraph(run("七天") + '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        paragraph(run("后")),
    )
    part = docx.opc.part.Part(
        docx.opc.packuri.PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        f'<w:footnotes {NAMESPACES}><w:footnote w:id="2">{paragraph(run("自签收起"))}'
        "</w:footnote></w:footnotes>".encode(),
        document.part.package,
    )
    document.part.relate_to(part, docx.opc.constants.RELATIONSHIP_TYPE.FOOTNOTES)
    assert saved(document, tmp_path).raw == "七天\n自签收起\n后\n"


def test_a_table_of_contents_is_furniture(tmp_path):
    """It says every heading a second time."""
    document = document_of(
        f"<w:sdt {NAMESPACES}><w:sdtPr><w:docPartObj><w:docPartGallery "
        'w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>'
        f"{paragraph(run('退货 3'))}</w:sdtContent></w:sdt>",
        paragraph(run("退货")),
    )
    found = saved(document, tmp_path)
    assert [span.of(found.raw) for span in found.furniture] == ["退货 3"]
    assert lines(found) == [("paragraph", "退货")]


def test_a_frame_of_one_cell_is_no_table(tmp_path):
    """Its paragraphs are those of the text."""
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "注意：先安抚客人。"
    assert lines(saved(document, tmp_path)) == [("paragraph", "注意：先安抚客人。")]


def test_a_broken_document_is_refused(tmp_path):
    """An archive with a part missing, or whose XML is cut."""
    path = tmp_path / "a.docx"
    path.write_bytes((FILES / "hans_libreoffice.docx").read_bytes()[:9000])
    with pytest.raises(CorruptSource, match=r"^a\.docx: "):
        extract(path)
