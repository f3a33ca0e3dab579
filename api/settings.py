"""Settings of the service. The one place that reads the environment.

| variable     | default                  | meaning                                               |
|--------------|--------------------------|-------------------------------------------------------|
| KB_HOME      | indexes                  | folder of the libraries                               |
| KB_LIBRARY   | default                  | name of the library                                   |
| KB_ENCODER   | handbook-e5-small        | a bundled encoder, a hub name or a model folder       |
| KB_PRECISION | int8                     | int8 (ONNX Runtime) or float32                        |
| KB_CACHE     | ~/.cache/handbook-kb     | where the bundled encoder is unpacked                 |
| KB_THREADS   | 1                        | threads that one encoding may use                     |
| KB_THRESHOLD | 0.5                      | confidence from which the handbook is said to tell    |
"""

from collections.abc import Mapping
from dataclasses import dataclass
from os import environ
from pathlib import Path
from typing import Literal, cast

from kb.confidence import THRESHOLD
from kb.encoder import BUNDLED
from kb.errors import InvalidSetting
from kb.library import libraries

Precision = Literal["int8", "float32"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment, or the command line above it, asks for."""

    home: Path
    library: str
    encoder: str
    precision: Precision
    cache: Path
    threads: int
    threshold: float = THRESHOLD


def read(
    home: Path | None = None, library: str | None = None, env: Mapping[str, str] = environ
) -> Settings:
    """Settings from the environment; `home` and `library` given on the command line come first.

    Where no library is named it is "default" or, as long as there is no such library, the only
    one that there is. Raises InvalidSetting.
    """
    home = home or Path(env.get("KB_HOME") or "indexes")
    return Settings(
        home=home,
        library=library or env.get("KB_LIBRARY") or _usual(home),
        encoder=env.get("KB_ENCODER") or BUNDLED,
        precision=_precision(env.get("KB_PRECISION") or "int8"),
        cache=Path(env.get("KB_CACHE") or Path.home() / ".cache" / "handbook-kb"),
        threads=_threads(env.get("KB_THREADS") or "1"),
        threshold=_threshold(env.get("KB_THRESHOLD") or str(THRESHOLD)),
    )


def _usual(home: Path) -> str:
    there = libraries(home)
    return there[0] if len(there) == 1 else "default"


def _precision(value: str) -> Precision:
    if value not in ("int8", "float32"):
        raise InvalidSetting(f"KB_PRECISION is {value!r}: expected 'int8' or 'float32'")
    return cast("Precision", value)


def _threads(value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 256:
        raise InvalidSetting(f"KB_THREADS is {value!r}: expected a whole number from 1 to 256")
    return int(value)


def _threshold(value: str) -> float:
    try:
        threshold = float(value)
    except ValueError:
        threshold = -1.0
    if not 0 <= threshold <= 1:
        raise InvalidSetting(f"KB_THRESHOLD is {value!r}: expected a number from 0 to 1")
    return threshold
