"""What all tests share."""

import os

# Before anything imports numpy, torch or faiss: spinning threads on a busy machine are slow.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

from hypothesis import settings

# No test is timed: machines are shared. CI draws the same examples every time.
settings.register_profile("project", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.register_profile("fuzz", deadline=None, max_examples=2000)
settings.load_profile("project")

from pathlib import Path

import pytest

from api import settings as service
from kb.encoder import Encoder, load_encoder


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The bundled encoder as the product runs it, unpacked once into the user's cache."""
    return load_encoder(cache=service.read().cache)


@pytest.fixture
def manuals(tmp_path: Path) -> Path:
    """A folder with two small manuals, one in each script."""
    folder = tmp_path / "manuals"
    folder.mkdir()
    (folder / "hotel.txt").write_text(
        "前台服务手册\n\n第一章 电话\n\n1.1 电话铃响三声之内必须接听。\n"
        "1.2 通话结束后，等客人先挂机。\n\n第二章 退房\n\n2.1 退房时间为中午十二点以前。\n",
        "utf8",
    )
    (folder / "shop.txt").write_text(
        "網店客服守則\n\n一、退貨\n\n顧客簽收後七天內可以無條件退貨，郵費由顧客承擔。\n\n"
        "二、投訴\n\n接到投訴後，須於兩個工作天內答覆顧客。\n",
        "big5hkscs",
    )
    return folder
