"""GET /v1/suggest, and the passages that it finds while a question is typed."""

import pytest
from fastapi.testclient import TestClient

from api.suggest import Suggestions


def suggested(client: TestClient, **asked: str | int) -> Suggestions:
    response = client.get("/v1/suggest", params=asked)
    assert response.status_code == 200, response.text
    return Suggestions.model_validate(response.json())


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("挂失", "持卡人来电挂失"),
        ("電話鈴響", "电话铃响三声"),
        ("遗失物", "遗失物品登记"),
        ("lost par", "lost parcel is refunded"),
        ("dengji", "遗失物品登记"),
    ],
)
def test_the_words_typed_so_far_find_their_passage(
    client: TestClient, typed: str, found: str
) -> None:
    """In either script, half typed, and as pinyin."""
    first = suggested(client, query=typed).results[0]
    assert found in first.text
    assert first.highlights
    assert first.url.startswith("/documents/")


def test_english_finds_chinese_by_the_glossary(client: TestClient) -> None:
    """The word that stands there instead is what is marked."""
    results = suggested(client, query="return policy", top_k=10).results
    first = next(each for each in results if "退貨" in each.text)
    assert "退貨" in {first.text[start:end] for start, end in first.highlights}


def test_text_comes_in_the_script_asked_for(client: TestClient) -> None:
    """Highlights hold in it."""
    first = suggested(client, query="挂失", script="hant", top_k=1).results[0]
    assert any(first.text[start:end] == "掛失" for start, end in first.highlights)


def test_what_no_manual_has_finds_nothing(client: TestClient) -> None:
    """That is no error."""
    assert suggested(client, query="zzzqqq").results == []


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({}, "query"),
        ({"query": ""}, "query"),
        ({"query": " \t"}, "query"),
        ({"query": "a\0b"}, "query"),
        ({"query": "字" * 2001}, "query"),
        ({"query": "退款", "top_k": 0}, "top_k"),
        ({"query": "退款", "top_k": "many"}, "top_k"),
        ({"query": "退款", "script": "latin"}, "script"),
    ],
)
def test_a_wrong_parameter_is_named(
    client: TestClient, asked: dict[str, str | int], field: str
) -> None:
    """With what was expected, as on the other routes."""
    response = client.get("/v1/suggest", params=asked)
    assert response.status_code == 422
    error = response.json()["error"]
    assert error["field"] == field
    assert error["expected"]
