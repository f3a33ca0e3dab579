"""The real manuals and judged questions, where they lie beside the project.

A user's clone does not have them: tests over them are then skipped, saying so. In CI they must
be there, so their absence is a failure.
"""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir() and os.environ.get("CI") != "true",
    reason=f"the real manuals are not beside the project: no folder {SHARED}",
)
