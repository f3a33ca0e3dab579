"""The sample handbooks and the judged questions over them fit each other."""

from collections import Counter
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import docx
import pypdf
import pytest

from eval.judge import holds
from eval.make_handbooks import SOURCES, flat_xml, parse
from eval.questions import load_questions
from kb.records import KINDS

EVAL = Path(__file__).resolve().parents[2] / "eval"
HANDBOOKS = EVAL / "handbooks"
QUESTIONS = load_questions(EVAL / "questions.jsonl")
ENCODINGS = {"property_management.txt": "gb18030", "telecom_service.txt": "big5"}
PLAIN = {".txt", ".md", ".html"}


class _Words(HTMLParser):
    """Collects what stands between the tags."""

    def __init__(self):
        super().__init__()
        self.words = []

    def handle_data(self, data):
        self.words.append(data)


def _squeeze(text):
    return "".join(text.split())


@cache
def _text(name):
    path = HANDBOOKS / name
    if path.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    if path.suffix == ".docx":
        document = docx.Document(str(path))
        rows = [row for table in document.tables for row in table.rows]
        cells = [cell.text for row in rows for cell in row.cells]
        return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    text = path.read_bytes().decode(ENCODINGS.get(name, "utf-8"))
    if path.suffix == ".html":
        parser = _Words()
        parser.feed(text)
        return "".join(parser.words)
    return text


GOLD = sorted({(gold.file, gold.quote) for question in QUESTIONS for gold in question.gold})


@pytest.mark.parametrize("name", sorted({file for file, _ in GOLD}))
def test_every_gold_quote_occurs_in_its_handbook(name):
    """Every gold quote occurs in its handbook."""
    text, quotes = _text(name), [quote for file, quote in GOLD if file == name]
    if Path(name).suffix in PLAIN:
        assert [quote for quote in quotes if quote not in text] == []
    else:
        assert [quote for quote in quotes if _squeeze(quote) not in _squeeze(text)] == []


def test_gold_quotes_are_short():
    """Gold quotes are short: the key words, no more."""
    longest = {True: 60, False: 30}
    assert [q for _, q in GOLD if not 5 <= len(q) <= longest[q.isascii()]] == []


def test_gold_quotes_hold_themselves_when_judged():
    """Gold quotes hold themselves when judged."""
    assert [quote for _, quote in GOLD if not holds(quote, quote)] == []


def test_every_handbook_is_asked_about_and_none_is_unknown():
    """Every handbook is asked about, and none is unknown."""
    assert {file for file, _ in GOLD} == {path.name for path in HANDBOOKS.iterdir()}
    assert len({file for file, _ in GOLD}) >= 12


def test_a_third_of_at_least_250_questions_cannot_be_answered():
    """A third of at least 250 questions cannot be answered."""
    share = sum(not question.answerable for question in QUESTIONS) / len(QUESTIONS)
    assert len(QUESTIONS) >= 250
    assert 0.3 <= share <= 0.35


def test_what_cannot_be_answered_is_asked_for_in_every_way():
    """Else the way of asking alone would tell that there is an answer."""
    asked = Counter(question.type for question in QUESTIONS if not question.answerable)
    assert min(asked[kind] for kind in ("rule", "procedure", "deadline", "script")) >= 10


def test_languages_styles_and_kinds_are_the_known_ones_and_each_is_well_represented():
    """Languages, styles and kinds are the known ones, and each is well represented."""
    languages = Counter(question.lang for question in QUESTIONS)
    styles = Counter(question.style for question in QUESTIONS)
    assert set(languages) == {"zh-Hans", "zh-Hant", "en", "mixed"}
    assert set(styles) == {"natural", "keyword", "colloquial", "typo"}
    assert {question.type for question in QUESTIONS} == set(KINDS)
    assert min(languages.values()) >= 25
    assert min(styles.values()) >= 25


def test_no_question_is_asked_twice():
    """No question is asked twice."""
    assert max(Counter(question.query for question in QUESTIONS).values()) == 1


def test_an_unanswerable_question_says_why_and_an_answerable_one_has_its_key_fact():
    """An unanswerable question says why, and an answerable one has its key fact."""
    for question in QUESTIONS:
        if question.answerable:
            assert question.must_have
        else:
            assert question.note.split(":")[0] in {"far", "near-miss", "near-boilerplate"}


@pytest.mark.parametrize("path", sorted(HANDBOOKS.iterdir()), ids=lambda path: path.name)
def test_a_handbook_is_small_and_long_enough_to_be_one(path):
    """A handbook is small, and long enough to be one."""
    assert path.stat().st_size < 300_000
    assert len(_squeeze(_text(path.name))) >= 1_900


@pytest.mark.parametrize("path", sorted(SOURCES.glob("*.txt")), ids=lambda path: path.name)
def test_a_rendered_handbook_is_that_of_its_source(path):
    """A rendered handbook is that of its source."""
    source = parse(path.read_text("utf-8"))
    text = _squeeze(_text(f"{path.stem}.{source.makes}"))
    cells = [cell for line in source.lines for cell in line.lstrip("=#+ ").split("|")]
    # A clause may go on below the next page's header: its first words are enough.
    assert [cell for cell in cells if _squeeze(cell)[:20] not in text] == []


def test_a_source_with_marks_of_xml_renders_to_escaped_text():
    """A source with the marks of XML renders to escaped text."""
    head = "title: A\nheader: B\nfooter: # of\nlanguage: en-GB\nfont: F\nnumbered: no\nmakes: pdf"
    flat = flat_xml(parse(head + "\n---\n# Fish & <chips>\n| a | b |\n"))
    assert "Fish &amp; &lt;chips&gt;" in flat
    assert "<text:page-number/> of" in flat
    assert flat.count("<table:table-cell ") == 2
