"""POST /v1/search and GET /v1/passages/{id} over a real library."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.schemas import Passage, SearchResponse
from kb.rendering import render


def ask(client: TestClient, query: str, **options: object) -> dict[str, Any]:
    """The body of a search that must succeed."""
    response = client.post("/v1/search", json={"query": query, **options})
    assert response.status_code == 200, response.text
    SearchResponse.model_validate(response.json())
    return response.json()


@pytest.mark.parametrize(
    ("question", "words", "language"),
    [
        ("客人投诉后几天内要答复", "3个工作日内答复", "zh-Hans"),
        ("客人投訴後幾天內要答覆", "3个工作日内答复", "zh-Hant"),
        ("顾客几天内可以退货", "七天內可以無條件退貨", "zh-Hans"),
        ("how long until a lost parcel is refunded", "within ten days", "en"),
    ],
)
def test_a_question_in_any_script_finds_the_passage(
    client: TestClient, question: str, words: str, language: str
) -> None:
    """The language of the question is not that of the manual."""
    answer = ask(client, question)
    assert words in answer["results"][0]["text"]
    assert answer["query"]["language"] == language
    assert answer["took_ms"] > 0


def test_a_question_in_the_words_of_a_manual_is_answered(client: TestClient) -> None:
    """Nothing stands between the two."""
    answer = ask(client, "A lost parcel is refunded within how many days to the card?")
    assert answer["answered"]


def test_a_question_that_no_manual_answers_is_not_answered(client: TestClient) -> None:
    """The nearest passages come all the same."""
    answer = ask(client, "怎麼種番茄")
    assert not answer["answered"]
    assert answer["results"]


def test_every_quote_is_in_the_raw_text_at_its_place(client: TestClient) -> None:
    """raw[source_span] == quote, for the passage and for the places that say the same."""
    for result in ask(client, "退貨 投诉 refund", top_k=50)["results"]:
        for citation in (result["citation"], *result["also_in"]):
            text = client.get(f"/v1/documents/{citation['document_id']}/text").json()
            start, end = citation["source_span"]
            assert text["raw"][start:end] == citation["quote"]


@pytest.mark.parametrize("script", ["hans", "hant"])
def test_the_script_changes_the_text_and_neither_quote_nor_highlights(
    client: TestClient, script: Any
) -> None:
    """Rendering keeps every length."""
    question = "顾客几天内可以退货"
    (plain, *_), (shown, *_) = (
        ask(client, question, script=each)["results"] for each in ("original", script)
    )
    assert shown["text"] == render(plain["text"], script)
    assert shown["citation"] == plain["citation"]
    assert shown["highlights"] == plain["highlights"] != []


def test_only_the_kinds_and_documents_asked_for_come_back(
    client: TestClient, ids: dict[str, str]
) -> None:
    """Both limits hold at once."""
    hotel = ids["hotel.txt"]
    results = ask(client, "客人", kinds=["script"], documents=[hotel], top_k=50)["results"]
    assert results
    assert all("script" in result["kinds"] for result in results)
    assert {result["citation"]["document_id"] for result in results} == {hotel}


def test_top_k_limits_the_results(client: TestClient) -> None:
    """One, where one is asked for."""
    assert len(ask(client, "客人", top_k=1)["results"]) == 1


def test_words_to_say_and_never_to_say_are_told_apart(client: TestClient) -> None:
    """The forbidden sentence is in one list only."""
    (result, *_) = ask(client, "客人等太久该怎么说")["results"]
    say = [quote["quote"] for script in result["scripts"] for quote in script["say"]]
    never = [quote["quote"] for script in result["scripts"] for quote in script["never_say"]]
    assert any("非常抱歉让您久等了" in words for words in say)
    assert any("您等着吧" in words for words in never)
    assert not any("您等着吧" in words for words in say)


def test_a_passage_can_be_fetched_by_its_id(client: TestClient) -> None:
    """It is the same as in the search, without what belongs to the question."""
    (found, *_) = ask(client, "信用卡丢了怎么办", script="hant")["results"]
    fetched = client.get(f"/v1/passages/{found['passage_id']}", params={"script": "hant"})
    assert fetched.json() == {name: found[name] for name in Passage.model_fields}


def test_the_url_of_a_citation_is_a_page(client: TestClient) -> None:
    """A path without a host, which the viewer answers."""
    (result, *_) = ask(client, "信用卡丢了怎么办")["results"]
    url = result["citation"]["url"]
    assert url.startswith("/documents/")
    assert client.get(url).status_code == 200


def test_the_answer_of_a_result_is_traceable(client: TestClient) -> None:
    """The sentence is part of the text, and its quote stands in the source at its place."""
    result = ask(client, "客人投诉后几天内要答复")["results"][0]
    answer = result["answer"]
    text = client.get(f"/v1/documents/{result['citation']['document_id']}/text").json()
    start, end = answer["source_span"]
    assert text["raw"][start:end] == answer["quote"] == result["text"][slice(*answer["span"])]
    assert "3个工作日内答复" in answer["quote"]
    limit = answer["deadlines"][0]
    assert (limit["value"], limit["unit"], limit["comparator"]) == (3, "day", "within")
    assert limit["business_days"]
    assert limit["actor"] == "值班经理"


def test_words_to_say_come_apart_from_those_never_to_say(client: TestClient) -> None:
    """Each with its own place in the text and in the source."""
    result = ask(client, "客人等太久该怎么说")["results"][0]
    answer = result["answer"]
    assert [each["quote"] for each in answer["say"]] == ["非常抱歉让您久等了，我马上为您查询。"]
    assert [each["quote"] for each in answer["never_say"]] == ["您等着吧。"]
    for each in (*answer["say"], *answer["never_say"]):
        assert result["text"][slice(*each["span"])] == each["quote"]


def test_a_lost_value_is_said_to_be_missing(client: TestClient) -> None:
    """Nobody fills it in."""
    answers = [
        result["answer"] for result in ask(client, "遗失物品保存期是几年", top_k=3)["results"]
    ]
    lost = [each for answer in answers for each in answer["deadlines"] if each["value_missing"]]
    assert lost
    assert lost[0]["value"] is None


@pytest.mark.parametrize(
    "question", ["客人投诉后几天内要答复", "客人等太久该怎么说", "顾客几天内可以退货"]
)
@pytest.mark.parametrize("script", ["hans", "hant"])
def test_answers_keep_their_places_in_every_script(
    client: TestClient, question: str, script: str
) -> None:
    """Spans hold in the rendered text, quotes stay as the source has them."""
    plain = ask(client, question)["results"]
    shown = ask(client, question, script=script)["results"]
    for before, after in zip(plain, shown, strict=True):
        assert before["answer"]["quote"] == after["answer"]["quote"]
        assert before["highlights"] == after["highlights"]
        pairs = [(before["answer"], after["answer"])]
        for field in ("say", "never_say"):
            pairs += zip(before["answer"][field], after["answer"][field], strict=True)
        for one, other in pairs:
            assert one["span"] == other["span"]
        whole = render(before["text"], script)  # type: ignore[arg-type]
        assert after["text"] == whole
        assert len(whole) == len(before["text"])


def test_a_correction_is_told_and_can_be_refused(client: TestClient) -> None:
    """`exact` takes the words as they are."""
    told = ask(client, "kehu投诉后几天内要答复")["query"]["corrections"]
    assert told == [{"span": [0, 4], "words": "kehu", "meant": "客户"}]
    assert ask(client, "kehu投诉后几天内要答复", exact=True)["query"]["corrections"] == []


def test_the_level_says_the_same_as_answered(client: TestClient) -> None:
    """In words that an agent can grasp."""
    for question in ("怎麼種番茄", "A lost parcel is refunded within how many days to the card?"):
        answer = ask(client, question)
        assert answer["answered"] == (answer["level"] != "not_in_handbook")
