"""Bad input and other errors as responses: one shape, the right status, never a traceback."""

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api import errors as responses
from api import settings as service
from api.app import MAX_BODY, create_app
from api.schemas import ErrorResponse
from kb import errors
from kb.encoder import Encoder


def problem(response: Any, status: int) -> dict[str, Any]:
    """The error of a response that must have this status."""
    assert response.status_code == status, response.text
    ErrorResponse.model_validate(response.json())
    return response.json()["error"]


BAD: list[tuple[str, str, object]] = [
    ('{"query": ""}', "query", ""),
    ('{"query": " \\n\\u3000"}', "query", " \n\u3000"),
    ('{"query": "\\u0000?"}', "query", "\0?"),
    ('{"query": "\\ud800"}', "query", "\\ud800"),
    ('{"query": "\\udc00\\ud800"}', "query", "\\udc00\\ud800"),
    ('{"query": null}', "query", None),
    ('{"query": 7}', "query", 7),
    ("{}", "query", None),
    ('{"query": "a", "top_k": 0}', "top_k", 0),
    ('{"query": "a", "top_k": 1000000}', "top_k", 1_000_000),
    ('{"query": "a", "top_k": 5.5}', "top_k", 5.5),
    ('{"query": "a", "top_k": true}', "top_k", True),
    ('{"query": "a", "top_k": "5"}', "top_k", "5"),
    ('{"query": "a", "top_k": NaN}', "top_k", "nan"),
    ('{"query": "a", "top_k": 1e999}', "top_k", "inf"),
    ('{"query": "a", "kinds": ["rules"]}', "kinds[0]", "rules"),
    ('{"query": "a", "kinds": ["rule", "\\ud800"]}', "kinds[1]", "\\ud800"),
    ('{"query": "a", "kinds": "rule"}', "kinds", "rule"),
    ('{"query": "a", "documents": ["none"]}', "documents[0]", "none"),
    ('{"query": "a", "documents": ["\\ud800"]}', "documents[0]", "\\ud800"),
    ('{"query": "a", "script": "latin"}', "script", "latin"),
    ('{"query": "a", "limit": 3}', "limit", 3),
    ('{"query": "a", "\\ud800": 3}', "body", "\\ud800"),
    ("[]", "body", "[]"),
    ("null", "body", None),
    ("", "body", None),
    ('{"query": ', "body", None),
    ("query=a", "body", None),
]


@pytest.mark.parametrize(("body", "field", "value"), BAD)
def test_bad_input_is_refused_with_field_value_and_what_is_expected(
    client: TestClient, body: str, field: str, value: object
) -> None:
    """422, whatever is wrong with it."""
    response = client.post("/v1/search", content=body, headers={"content-type": "application/json"})
    error = problem(response, 422)
    assert (error["type"], error["field"], error["value"]) == ("InvalidRequest", field, value)
    assert error["expected"]
    assert error["message"].startswith(field)
    assert error["message"].endswith(error["expected"])


@pytest.mark.parametrize(("letter", "length"), [("a", 10_000), ("a", 2_001), ("😀", 2_001)])
def test_a_question_is_at_most_2000_characters_long(
    client: TestClient, letter: str, length: int
) -> None:
    """A refused one is not sent back whole."""
    error = problem(client.post("/v1/search", json={"query": letter * length}), 422)
    assert len(error["message"]) < 300
    assert f"{length} characters" in error["value"]


@pytest.mark.parametrize("query", ["😀" * 2_000, "  " + "退" * 2_000 + "\n", "?", "\u200b"])
def test_the_longest_and_the_strangest_questions_are_searched(
    client: TestClient, query: str
) -> None:
    """Blanks around a question do not count."""
    assert client.post("/v1/search", json={"query": query}).status_code == 200


def test_a_whole_number_may_be_written_with_a_point(client: TestClient) -> None:
    """As JSON Schema has it."""
    response = client.post("/v1/search", json={"query": "客人", "top_k": 1.0})
    assert len(response.json()["results"]) == 1


def test_several_mistakes_are_all_told(client: TestClient) -> None:
    """The first one as the error, the rest beside it."""
    body = {"query": "", "top_k": 99, "kinds": ["x"]}
    response = client.post("/v1/search", json=body).json()
    assert response["error"]["field"] == "query"
    assert [each["field"] for each in response["also"]] == ["top_k", "kinds[0]"]


@pytest.mark.parametrize(
    "body", [b'{"query": "\xff"}', b"\xff\xfe{", b"[" * 100_000, b'{"top_k": ' + b"9" * 5_000]
)
def test_a_body_that_cannot_be_read_is_refused(client: TestClient, body: bytes) -> None:
    """No UTF-8, or nested beyond reason: 400 as documented, or 422."""
    response = client.post("/v1/search", content=body, headers={"content-type": "application/json"})
    assert response.status_code in (400, 422)
    assert problem(response, response.status_code)["field"] == "body"


def test_a_body_of_another_type_is_refused(client: TestClient) -> None:
    """A page elsewhere cannot post a form here."""
    response = client.post("/v1/search", content="{}", headers={"content-type": "text/plain"})
    assert problem(response, 422)["field"] == "body"


def test_a_body_beyond_the_limit_is_not_read(client: TestClient) -> None:
    """413."""
    assert client.post("/v1/search", content=b" " * (MAX_BODY + 1)).status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        "/v1/passages/none",
        "/v1/passages/%00",
        "/v1/passages/%ED%A0%80",
        "/v1/documents/none",
        "/v1/documents/none/text",
        "/v1/documents/none/source",
        "/v1/documents/none/annotations",
        "/v1/documents/..%2f..%2fCURRENT/source",
        "/static/..%2fapp.py",
        "/none",
    ],
)
def test_what_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    """404 in the same shape."""
    assert problem(client.get(path), 404)["message"]


def test_a_wrong_method_says_which_is_right(client: TestClient) -> None:
    """405 with Allow."""
    response = client.get("/v1/search")
    assert problem(response, 405)["type"] == "MethodNotAllowed"
    assert response.headers["allow"] == "POST"


def test_an_unknown_document_has_a_page_that_says_so(client: TestClient) -> None:
    """The page's status is that of the error."""
    response = client.get("/documents/none")
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")


def test_without_a_library_the_service_lives_and_says_what_to_run(
    tmp_path: Path, encoder: Encoder
) -> None:
    """503 on search and readyz; healthz is fine."""
    with TestClient(create_app(service.read(tmp_path, "none", {}), encoder)) as client:
        error = problem(client.post("/v1/search", json={"query": "退货"}), 503)
        assert error["type"] == "LibraryMissing"
        assert "kb --library none ingest" in error["message"]
        assert problem(client.get("/readyz"), 503)["type"] == "LibraryMissing"
        assert client.get("/documents/any").status_code == 503
        assert client.get("/healthz").json() == {"status": "ok"}


def test_a_failure_of_the_service_tells_nothing_but_an_id() -> None:
    """The log has the rest under that id."""
    app = FastAPI()
    responses.register(app)
    app.get("/fail")(lambda: json.loads("secret"))
    app.get("/own")(lambda: responses.status(errors.HandbookError("secret")) / 0)
    client = TestClient(app, raise_server_exceptions=False)
    for path in ("/fail", "/own"):
        response = client.get(path)
        error = problem(response, 500)
        assert error["type"] == "InternalError"
        assert "secret" not in response.text
        assert response.headers["x-content-type-options"] == "nosniff"


def tree(kind: type[errors.HandbookError]) -> list[type[errors.HandbookError]]:
    """An error class and all below it."""
    return [kind, *(below for each in kind.__subclasses__() for below in tree(each))]


@pytest.mark.parametrize("kind", tree(errors.HandbookError))
def test_every_error_has_a_status(kind: type[errors.HandbookError]) -> None:
    """Those that a request cannot cause are the service's own failure."""
    expected = {"InvalidQuery": 422, "UnknownDocument": 404, "UnknownPassage": 404}
    usual = 503 if issubclass(kind, errors.LibraryError) else 500
    assert responses.status(kind("why")) == expected.get(kind.__name__, usual)
