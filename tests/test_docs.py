"""Commands, routes, settings and figures are documented; the documents' commands exist."""

import re
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from typer.main import get_command

from api import pages, settings, suggest
from api import routes as routes_module
from api.cli import app as command_line

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf8")
COMMANDS = get_command(command_line).commands  # type: ignore[attr-defined]
FOLDERS = ("kb", "ingest", "api", "eval", "tests", "indexes")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme_and_shows_an_example(name: str) -> None:
    """Its help ends with a command line to copy, and it can print JSON."""
    command = COMMANDS[name]
    assert f"`kb {name}" in README
    assert f"Example: `kb {name}" in (command.help or "")
    assert any("--json" in option.opts for option in command.params)


def test_every_setting_is_in_the_readme() -> None:
    """The variables that the settings module reads are those that the README lists."""
    source = Path(settings.__file__).read_text("utf8")
    read = set(re.findall(r'env\.get\("(\w+)"', source))
    assert read == set(re.findall(r"^\| `(KB_\w+)`", README, re.MULTILINE))


def test_every_route_is_in_the_api_readme() -> None:
    """Method and path, as the route is registered."""
    text = (ROOT / "api" / "README.md").read_text("utf8")
    routes = [
        route
        for router in (routes_module.router, suggest.router, pages.router)
        for route in router.routes
        if isinstance(route, APIRoute)
    ]
    assert len(routes) > 9
    missing = [f"{m} {r.path}" for r in routes for m in r.methods if f"{m} {r.path}" not in text]
    assert missing == []


def test_the_make_targets_of_the_documents_exist() -> None:
    """`make x` in a document is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf8"), re.MULTILINE))
    texts = [README, *(path.read_text("utf8") for path in ROOT.glob("*/README.md"))]
    named = {name for text in texts for name in re.findall(r"`make ([a-z]+)", text)}
    assert named <= targets


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_top_folder_says_why_it_is_as_it_is(folder: str) -> None:
    """Each has a README of its own."""
    assert len((ROOT / folder / "README.md").read_text("utf8")) > 300
