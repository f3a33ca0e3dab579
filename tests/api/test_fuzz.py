"""What schemathesis draws from the OpenAPI description is answered as described."""

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, assume, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.schemas import OpenApiSchema

OPERATIONS = {
    ("/v1/search", "POST"),
    ("/v1/suggest", "GET"),
    ("/v1/passages/{passage_id}", "GET"),
    ("/v1/documents", "GET"),
    ("/v1/documents/{document_id}", "GET"),
    ("/v1/documents/{document_id}/text", "GET"),
    ("/v1/documents/{document_id}/annotations", "GET"),
    ("/v1/documents/{document_id}/source", "GET"),
    ("/v1/documents/{document_id}/report", "GET"),
    ("/healthz", "GET"),
    ("/readyz", "GET"),
}
REFUSING = {
    ("/v1/search", "POST"),
    ("/v1/suggest", "GET"),
    ("/v1/passages/{passage_id}", "GET"),
    ("/v1/documents/{document_id}/text", "GET"),
}
"""Operations with something in their request that can be wrong."""


@pytest.fixture(scope="session")
def api(client: TestClient) -> OpenApiSchema:
    """The API as it describes itself; requests go to the running application."""
    return schemathesis.openapi.from_asgi("/openapi.json", client.app)


def draw_and_check(api: OpenApiSchema, operation: tuple[str, str], mode: GenerationMode) -> None:
    """Send 25 requests and compare the answers with the description."""
    path, method = operation

    @settings(max_examples=25, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(api[path][method].as_strategy(generation_mode=mode))
    def check(case: Case) -> None:
        # That the ids of documents have to be known is beyond a schema.
        assume(not (isinstance(case.body, dict) and case.body.get("documents")))
        case.call_and_validate()

    check()


def test_all_operations_are_tried(api: OpenApiSchema) -> None:
    """The list above is complete."""
    found = [result.ok() for result in api.get_all_operations()]
    assert {(each.path, each.method.upper()) for each in found} == OPERATIONS


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_a_right_request_is_answered_as_described(
    api: OpenApiSchema, operation: tuple[str, str]
) -> None:
    """No undocumented status, no body of another shape, never a 500."""
    draw_and_check(api, operation, GenerationMode.POSITIVE)


@pytest.mark.parametrize("operation", sorted(REFUSING))
def test_a_wrong_request_is_refused_as_described(
    api: OpenApiSchema, operation: tuple[str, str]
) -> None:
    """Nothing wrong is accepted."""
    draw_and_check(api, operation, GenerationMode.NEGATIVE)
