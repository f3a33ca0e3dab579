"""The routes below /v1/documents, over a real library."""

from fastapi.testclient import TestClient

from api.schemas import Annotations, Document, Text
from kb.edits import apply
from kb.records import Edit, Span
from tests.api import manuals


def test_all_documents_are_listed(client: TestClient, ids: dict[str, str]) -> None:
    """Each manual is one document with an id of its own."""
    assert set(ids) == {"hotel.txt", "shop.txt", "bank.txt", "courier.html"}
    assert len(set(ids.values())) == 4


def test_a_document_says_how_it_was_read(client: TestClient, ids: dict[str, str]) -> None:
    """Its encoding, its sections, what was repaired and what is damaged."""
    bank = Document.model_validate(client.get(f"/v1/documents/{ids['bank.txt']}").json())
    hotel = Document.model_validate(client.get(f"/v1/documents/{ids['hotel.txt']}").json())
    shop = Document.model_validate(client.get(f"/v1/documents/{ids['shop.txt']}").json())
    assert bank.encoding == "gb18030"
    assert ["第二章 投诉"] in [section.heading_path for section in hotel.sections]
    assert hotel.marks == {"value_missing": 1}
    assert sum(shop.edits.values()) == 5


def test_the_edits_lead_from_the_raw_text_to_the_cleaned_one(
    client: TestClient, ids: dict[str, str]
) -> None:
    """Both of an edit's places hold what it says."""
    text = Text.model_validate(client.get(f"/v1/documents/{ids['shop.txt']}/text").json())
    edits = [Edit(Span(*e.source_span), e.after, e.rule, e.certainty) for e in text.edits]
    assert text.raw == manuals.SHOP
    assert apply(edits, text.raw) == text.text
    for edit in text.edits:
        assert text.raw[slice(*edit.source_span)] == edit.before
        assert text.text[slice(*edit.span)] == edit.after


def test_a_text_can_be_had_in_either_script(client: TestClient, ids: dict[str, str]) -> None:
    """The cleaned text follows; the raw text is the source's."""
    path = f"/v1/documents/{ids['bank.txt']}/text"
    shown = client.get(path, params={"script": "hant"}).json()
    assert "信用卡熱線手冊" in shown["text"]
    assert shown["raw"] == manuals.BANK


def test_annotations_are_quotes_of_the_text(client: TestClient, ids: dict[str, str]) -> None:
    """Every deadline and every line of a script stands at its span."""
    path = f"/v1/documents/{ids['hotel.txt']}"
    text = client.get(f"{path}/text").json()["text"]
    found = Annotations.model_validate(client.get(f"{path}/annotations").json())
    said = [quote for script in found.scripts for quote in (*script.say, *script.never_say)]
    assert len(said) == 2
    assert len(found.deadlines) == 3
    for each in (*found.deadlines, *said):
        assert text[slice(*each.span)] == each.quote


def test_a_lost_number_stays_lost(client: TestClient, ids: dict[str, str]) -> None:
    """The deadline is there, without a value."""
    found = client.get(f"/v1/documents/{ids['hotel.txt']}/annotations").json()["deadlines"]
    (lost,) = (deadline for deadline in found if deadline["value_missing"])
    assert (lost["value"], lost["iso8601"]) == (None, None)


def test_the_source_comes_back_byte_for_byte(client: TestClient, ids: dict[str, str]) -> None:
    """A text is shown in the encoding that it was read in."""
    response = client.get(f"/v1/documents/{ids['bank.txt']}/source")
    assert response.content == manuals.BANK.encode("gb18030")
    assert response.headers["content-type"] == "text/plain; charset=gb18030"
    assert response.headers["content-disposition"] == 'inline; filename="bank.txt"'


def test_a_web_page_among_the_manuals_cannot_run_here(
    client: TestClient, ids: dict[str, str]
) -> None:
    """It is downloaded, sandboxed, and taken for nothing but what it is."""
    headers = client.get(f"/v1/documents/{ids['courier.html']}/source").headers
    assert headers["content-type"].startswith("text/html")
    assert headers["content-disposition"].startswith("attachment")
    assert "sandbox" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
