"""The description of the API: complete, and true."""

import inspect
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api import schemas

MODELS = [
    model
    for _, model in inspect.getmembers(schemas, inspect.isclass)
    if issubclass(model, schemas.Wire) and model is not schemas.Wire
]


@pytest.fixture(scope="session")
def description(client: TestClient) -> dict[str, Any]:
    """The OpenAPI document."""
    return client.get("/openapi.json").json()


def example(model: type[schemas.Wire]) -> dict[str, Any]:
    """A model's example, put together from those of its fields."""
    made = {}
    for name, field in model.model_fields.items():
        inner = [each for each in MODELS if each.__name__ in str(field.annotation)]
        if field.examples:
            made[name] = field.examples[0]
        else:
            assert inner, f"{model.__name__}.{name} has no example"
            nested = example(inner[-1])
            made[name] = [nested] if str(field.annotation).startswith("list") else nested
    return made


@pytest.mark.parametrize("model", MODELS)
def test_the_examples_are_valid(model: type[schemas.Wire]) -> None:
    """Each field has one, and a whole example is accepted."""
    assert model.model_validate(example(model))


@pytest.mark.parametrize("model", MODELS)
def test_every_field_is_described(model: type[schemas.Wire]) -> None:
    """In words that end."""
    for name, field in model.model_fields.items():
        assert (field.description or "").endswith("."), name


def test_every_operation_is_named_tagged_and_has_its_errors(description: dict[str, Any]) -> None:
    """Its id is short, its errors are in the one shape."""
    operations = [each for path in description["paths"].values() for each in path.values()]
    assert len(operations) == 11
    assert len({each["operationId"] for each in operations}) == 11
    for each in operations:
        assert each["tags"]
        assert each["summary"]
        for code, response in each["responses"].items():
            schema = response.get("content", {}).get("application/json", {}).get("schema", {})
            if code.startswith(("4", "5")) and code != "413":
                assert schema["$ref"].endswith("/ErrorResponse")
    assert "HTTPValidationError" not in description["components"]["schemas"]


def test_the_pages_bring_nothing_from_outside(client: TestClient) -> None:
    """Own scripts and styles only, no inline code, no other host."""
    for path in ("/", "/docs"):
        response = client.get(path)
        policy = response.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in response.text.replace("http-equiv", "")
