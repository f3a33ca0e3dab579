"""Renders the sample handbooks that are PDF or Word files from their plain sources.

    python -m eval.make_handbooks        (needs LibreOffice's `soffice` and the Noto CJK fonts)

A source in `handbook_sources/` starts with `key: value` lines up to `---`. Below, `= ` is the
title, `# ` a heading, `+ ` a clause that the word processor numbers itself, `| a | b |` a table
row (the first of a table holds the column heads), and any other line a paragraph.
"""

import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "handbook_sources"
HANDBOOKS = HERE / "handbooks"

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
        ("meta", "meta"),
    )
)
_FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document {namespaces} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"
  office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:title>{title}</dc:title></office:meta>
<office:font-face-decls><style:font-face style:name="F" svg:font-family="'{font}'"/>
</office:font-face-decls>
<office:styles>
<style:default-style style:family="paragraph"><style:text-properties style:font-name="F"
  style:font-name-asian="F" fo:font-size="10.5pt" style:font-size-asian="10.5pt"
  fo:language="{language}" fo:country="{country}" style:language-asian="{language}"
  style:country-asian="{country}"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph">
  <style:paragraph-properties fo:margin-bottom="0.15cm" fo:line-height="140%"/></style:style>
<style:style style:name="Title" style:family="paragraph" style:parent-style-name="Standard">
  <style:paragraph-properties fo:text-align="center"/>
  <style:text-properties fo:font-size="18pt" style:font-size-asian="18pt"/></style:style>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
  style:parent-style-name="Standard" style:default-outline-level="1">
  <style:paragraph-properties fo:margin-top="0.4cm" fo:keep-with-next="always"/>
  <style:text-properties fo:font-size="14pt" style:font-size-asian="14pt"
  fo:font-weight="bold" style:font-weight-asian="bold"/></style:style>
<text:list-style style:name="Clauses">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2"/>
</text:list-style>
</office:styles>
<office:automatic-styles>
<style:style style:name="Cell" style:family="table-cell">
  <style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="0.08cm"/></style:style>
<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="21cm"
  fo:page-height="29.7cm" fo:margin="2.2cm"/>
<style:header-style><style:header-footer-properties fo:min-height="1cm" fo:margin-bottom="0.4cm"/>
</style:header-style><style:footer-style>
<style:header-footer-properties fo:min-height="1cm" fo:margin-top="0.4cm"/></style:footer-style>
</style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page">
<style:header><text:p>{header}</text:p></style:header>
<style:footer><text:p>{footer}</text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text>{body}</office:text></office:body></office:document>
"""


@dataclass(frozen=True, slots=True)
class HandbookSource:
    """One source: what its head says and the lines below it. `makes` is "pdf" or "docx"."""

    title: str
    header: str
    footer: str
    language: str
    font: str
    numbered: bool
    makes: str
    lines: tuple[str, ...]


def parse(text: str) -> HandbookSource:
    """Read a source; a head line that is missing raises KeyError with its key."""
    head, _, body = text.partition("\n---\n")
    said = {
        key: value.strip() for key, _, value in (row.partition(":") for row in head.split("\n"))
    }
    return HandbookSource(
        title=said["title"],
        header=said["header"],
        footer=said["footer"],
        language=said["language"],
        font=said["font"],
        numbered=said["numbered"] == "yes",
        makes=said["makes"],
        lines=tuple(line for line in body.split("\n") if line.strip()),
    )


def flat_xml(source: HandbookSource) -> str:
    """Return the source as one flat OpenDocument file."""
    language, _, country = source.language.partition("-")
    return _FLAT.format(
        namespaces=_NAMESPACES,
        title=escape(source.title),
        font=source.font,
        language=language,
        country=country,
        header=escape(source.header),
        footer=escape(source.footer).replace("#", "<text:page-number/>"),
        body="\n".join(_body(source)),
    )


def render(path: Path, folder: Path) -> Path:
    """Render one source into `folder` and return the file; raises CalledProcessError."""
    source = parse(path.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as scratch:
        flat = Path(scratch, path.stem + ".fodt")
        flat.write_text(flat_xml(source), "utf-8")
        profile = f"-env:UserInstallation=file://{scratch}/profile"
        convert = ["--headless", "--convert-to", source.makes, "--outdir", str(folder), str(flat)]
        subprocess.run(["soffice", profile, *convert], check=True, capture_output=True)
    return folder / f"{path.stem}.{source.makes}"


def _body(source: HandbookSource) -> Iterator[str]:
    for is_table, lines in groupby(source.lines, lambda line: line.startswith("|")):
        if is_table:
            yield _table([_cells(line) for line in lines])
        else:
            yield from (_paragraph(line, source.numbered) for line in lines)


def _paragraph(line: str, numbered: bool) -> str:
    mark, _, words = line.partition(" ")
    match mark:
        case "=":
            return f'<text:p text:style-name="Title">{escape(words)}</text:p>'
        case "#":
            heading = (
                '<text:h text:style-name="Heading_20_1" text:outline-level="1">'
                f"{escape(words)}</text:h>"
            )
            return _numbered(heading, 1) if numbered else heading
        case "+":
            return _numbered(f'<text:p text:style-name="Standard">{escape(words)}</text:p>', 2)
        case _:
            return f'<text:p text:style-name="Standard">{escape(line)}</text:p>'


def _numbered(paragraph: str, level: int) -> str:
    opening, closing = "<text:list><text:list-item>", "</text:list-item></text:list>"
    inner = opening * (level - 1) + paragraph + closing * (level - 1)
    first = '<text:list text:style-name="Clauses" text:continue-numbering="true"><text:list-item>'
    return first + inner + closing


def _table(rows: Sequence[Sequence[str]]) -> str:
    columns = f'<table:table-column table:number-columns-repeated="{len(rows[0])}"/>'
    heads = f"<table:table-header-rows>{_row(rows[0])}</table:table-header-rows>"
    return f"<table:table>{columns}{heads}{''.join(map(_row, rows[1:]))}</table:table>"


def _row(cells: Sequence[str]) -> str:
    return f"<table:table-row>{''.join(map(_cell, cells))}</table:table-row>"


def _cell(words: str) -> str:
    return (
        '<table:table-cell table:style-name="Cell"><text:p text:style-name="Standard">'
        f"{escape(words)}</text:p></table:table-cell>"
    )


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


if __name__ == "__main__":
    for handbook in sorted(SOURCES.glob("*.txt")):
        render(handbook, HANDBOOKS)
