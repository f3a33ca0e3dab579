"""The command line, each command a process of its own."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from api import settings
from api.cli import _log_config
from kb.errors import InvalidSetting

KB = Path(sys.executable).with_name("kb")


def kb(home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run `kb` as a user would."""
    environment = {**os.environ, "KB_HOME": str(home), "COLUMNS": "120"}
    return subprocess.run(
        [str(KB), *arguments], capture_output=True, text=True, env=environment, check=False
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one library, ingested by the command."""
    folder = tmp_path_factory.mktemp("cli")
    manual = folder / "hotel.txt"
    manual.write_text(
        "前台手册\n\n电话铃响三声之内必须接听。\n\n退房时间为中午十二点以前。\n", "utf8"
    )
    done = kb(folder / "home", "ingest", str(manual))
    assert done.returncode == 0, done.stderr
    assert "1 of 1 documents" in done.stderr
    return folder / "home"


def test_search_prints_the_passage_and_its_source(home: Path) -> None:
    """For people, and as JSON with the fields of the API."""
    assert "hotel.txt, characters" in kb(home, "search", "電話響幾聲接聽").stdout
    found = json.loads(kb(home, "search", "電話響幾聲接聽", "--json").stdout)
    assert "三声" in found["results"][0]["text"]
    assert found["results"][0]["citation"]["quote"]


def test_status_shows_the_library(home: Path) -> None:
    """Its documents and the encoder it was built with."""
    told = json.loads(kb(home, "status", "--json").stdout)
    assert told["manifest"]["encoder"]["dim"] == 384
    assert [d["source"]["path"] for d in told["documents"]] == ["hotel.txt"]


def test_a_file_that_cannot_be_read_is_exit_code_3(home: Path, tmp_path: Path) -> None:
    """It is named with its reason."""
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "fine.txt").write_text("客服手册\n\n投诉须在两个工作日内答复。\n", "utf8")
    done = kb(home, "--library", "other", "ingest", str(tmp_path))
    assert done.returncode == 3
    assert "empty.txt" in done.stdout
    assert "EmptySource" in done.stdout


def test_a_missing_library_is_exit_code_1_and_one_line(tmp_path: Path) -> None:
    """The line says which command makes it."""
    done = kb(tmp_path, "search", "退货")
    assert done.returncode == 1
    assert "ingest PATH" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_is_named(home: Path) -> None:
    """Its name, its value, and what is expected."""
    environment = {**os.environ, "KB_HOME": str(home), "KB_PRECISION": "int4"}
    done = subprocess.run(
        [str(KB), "search", "退货"], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 1
    assert "KB_PRECISION is 'int4': expected 'int8' or 'float32'" in done.stderr


@pytest.mark.parametrize("value", ["1.5", "-0.1", "high", "nan"])
def test_a_threshold_is_a_number_from_0_to_1(home: Path, value: str) -> None:
    """Anything else is named with what is expected."""
    with pytest.raises(InvalidSetting, match=r"KB_THRESHOLD is .*: expected a number from 0 to 1"):
        settings.read(home, "default", {"KB_THRESHOLD": value})
    assert settings.read(home, "default", {"KB_THRESHOLD": "0.5"}).threshold == 0.5


def test_a_command_typed_wrongly_is_exit_code_2(home: Path) -> None:
    """As every command line does."""
    assert kb(home, "serach", "x").returncode == 2


def test_a_log_in_json_is_json_whatever_is_logged() -> None:
    """Quotation marks and line breaks in a message do not break the line."""
    config = _log_config(as_json=True)
    formatter = config["formatters"]["line"]["()"]()
    record = logging.makeLogRecord({"levelname": "INFO", "msg": 'said "喂"\nand hung up'})
    line = formatter.format(record)
    assert "\n" not in line
    assert json.loads(line)["message"] == 'said "喂"\nand hung up'
