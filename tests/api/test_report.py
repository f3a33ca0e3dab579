"""The cleaning report as JSON, as a page and on the command line."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.cli import app
from api.report_page import embedded_styles, report_page, tongue
from api.schemas import Annotations, CleaningReport
from kb.library import Library
from kb.report import cleaning_report
from tests.api import manuals


def kb(home: Path, *arguments: str) -> str:
    """What a command prints."""
    done = CliRunner().invoke(app, ["--home", str(home), "--library", "default", *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_report_tells_every_change_and_its_place(client: TestClient, ids: dict[str, str]) -> None:
    """The words before it, what became of them, and where they stand in the source."""
    found = client.get(f"/v1/documents/{ids['shop.txt']}/report").json()
    report = CleaningReport.model_validate(found)
    pinyin = [change for change in report.changes if change.rule == "bracketed_pinyin"]
    assert report.quality.edits["bracketed_pinyin"] == len(pinyin) == 5
    assert (pinyin[0].before, pinyin[0].after, pinyin[0].place.lead) == (
        "(xùn)",
        "",
        "網店客服培訓",
    )
    for change in report.changes:
        assert manuals.SHOP[slice(*change.place.source_span)] == change.before


def test_a_lost_number_is_told_as_damage(client: TestClient, ids: dict[str, str]) -> None:
    """With the line around it."""
    report = client.get(f"/v1/documents/{ids['hotel.txt']}/report").json()
    (damage,) = report["damages"]
    assert damage["kind"] == "value_missing"
    assert "保存期" in damage["place"]["lead"] + damage["words"]


def test_the_page_marks_the_differences(client: TestClient, ids: dict[str, str]) -> None:
    """Without any script or style of its own, under the usual policy."""
    response = client.get(f"/documents/{ids['shop.txt']}/report")
    assert "培訓<del>(xùn)</del>守則" in response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "<script" not in response.text
    assert "style=" not in response.text
    assert client.get("/static/report.css").status_code == 200


def test_the_page_speaks_the_readers_language(client: TestClient, ids: dict[str, str]) -> None:
    """As the browser asks for it."""
    address = f"/documents/{ids['hotel.txt']}/report"
    page = client.get(address, headers={"accept-language": "zh-TW,zh;q=0.9,en;q=0.8"}).text
    assert 'lang="zh-Hant"' in page
    assert "損壞而保留原樣 (1)" in page
    assert "缺了數字" in page


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("", "en"), ("fr,zh", "en"), ("zh", "zh-Hans"), ("zh-Hant-HK;q=1", "zh-Hant")],
)
def test_a_language_is_chosen(accepted: str, language: str) -> None:
    """The first that is asked for."""
    assert tongue(accepted) == language


def test_markup_of_a_manual_is_shown_and_not_run(client: TestClient, ids: dict[str, str]) -> None:
    """What a saved page brings along is text here as well."""
    page = client.get(f"/documents/{ids['courier.html']}/report").text
    assert "onclick" not in page
    assert "<b>express" not in page


def test_an_unknown_document_has_no_report(client: TestClient) -> None:
    """In the one shape of errors."""
    for path in ("/v1/documents/none/report", "/documents/none/report"):
        response = client.get(path)
        assert response.status_code == 404
        assert response.json()["error"]["type"] == "UnknownDocument"


def test_one_page_can_hold_all_documents(home: Path) -> None:
    """A table over them leads to each; it needs nothing beside it."""
    generation = Library(home, "default").open()
    ids = [summary.id for summary in generation.documents()]
    page = report_page([cleaning_report(generation, each) for each in ids], embedded_styles())
    generation.close()
    assert all(f'<a href="#{each}">' in page and f'<section id="{each}">' in page for each in ids)
    assert "--ground" in page
    assert "/static/" not in page


def test_the_command_shows_the_damaged_first(home: Path) -> None:
    """All documents, for sorting; JSON as the API has it."""
    reports = json.loads(kb(home, "report", "--json"))
    marked = [each["quality"]["marked"] for each in reports]
    assert marked == sorted(marked, reverse=True)
    assert reports[0]["path"] == "hotel.txt"
    assert CleaningReport.model_validate(reports[0])
    assert "hotel.txt" in kb(home, "report")


def test_the_command_shows_one_document_and_writes_a_page(home: Path, tmp_path: Path) -> None:
    """Named by its file."""
    assert "培訓(xùn)守則" in kb(home, "report", "shop.txt")
    kb(home, "report", "shop.txt", "--html", str(tmp_path / "report.html"))
    assert "<del>(xùn)</del>" in (tmp_path / "report.html").read_text("utf8")


def test_the_command_lists_annotations(home: Path) -> None:
    """For people, and as the API has them."""
    shown = kb(home, "annotations", "hotel.txt")
    assert "within 3 business day" in shown
    assert "[lost] year" in shown
    assert "never say: 您等着吧。" in shown
    found = Annotations.model_validate_json(kb(home, "annotations", "hotel.txt", "--json"))
    assert len(found.deadlines) == 3


def test_cleaning_and_annotation_are_judged_by_one_command(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows over the library, and damage of our own making over the sample handbooks."""
    monkeypatch.setattr("eval.damage_benchmark.INJECTED", 2_000)
    row = {"file": "shop", "quote": "培訓(xùn)守則", "clean": "培訓守則"}
    (tmp_path / "keep.jsonl").write_text(json.dumps(row, ensure_ascii=False), "utf8")
    told = json.loads(kb(home, "eval", "--ingestion", str(tmp_path), "--json"))
    kept = told["rows"][0]["checks"][1]
    assert (kept["name"], kept["passed"]) == ("what must stay is there", 1)
    assert told["damage"]["classes"][0]["restorable"]["worse"] == 0
    assert [edit for edit in told["damage"]["edits"] if edit["verdict"] == "wrong"] == []
