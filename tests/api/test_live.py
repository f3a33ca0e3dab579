"""A running server and a library that changes under it."""

import threading
import time
from pathlib import Path

import httpx2 as httpx

from ingest.build import build
from kb.encoder import Encoder
from kb.library import Library
from tests.api import manuals as handbook
from tests.api.server import serving

PATIENCE = 120.0
"""Seconds until the test gives up; it is over as soon as it has seen what it waits for."""


class Asker(threading.Thread):
    """Asks one question over and over, and keeps what came back."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.answers: list[tuple[int, str, str]] = []
        self.enough = threading.Event()
        self._address = address

    def run(self) -> None:
        """Ask until it is enough."""
        with httpx.Client(base_url=self._address, timeout=PATIENCE) as client:
            while not self.enough.is_set():
                response = client.post("/v1/search", json={"query": "发票几天内寄出", "top_k": 1})
                found = response.json()
                text = found["results"][0]["text"] if response.status_code == 200 else ""
                self.answers.append((response.status_code, found.get("generation", ""), text))


def wait_for(asker: Asker, generation: str) -> None:
    """Return once an answer came from `generation`."""
    end = time.monotonic() + PATIENCE
    while not any(seen == generation for _, seen, _ in asker.answers):
        assert time.monotonic() < end, f"no answer from {generation}: {asker.answers[-3:]}"
        assert asker.is_alive()
        time.sleep(0.05)


def test_a_new_generation_is_picked_up_without_a_failed_request(
    encoder: Encoder, tmp_path: Path
) -> None:
    """Every request is answered, from the old generation or from the new one."""
    library = Library(tmp_path / "home", "default")
    first = build(library, [handbook.write(tmp_path / "manuals")], encoder).generation
    added = tmp_path / "invoices.txt"
    added.write_text("发票规定\n\n一、寄送\n\n发票在订单完成后五天内寄出。\n", "utf8")
    with serving(tmp_path / "home") as address:
        asker = Asker(address)
        asker.start()
        try:
            wait_for(asker, first)
            second = build(library, [added], encoder).generation
            wait_for(asker, second)
        finally:
            asker.enough.set()
            asker.join(PATIENCE)
    statuses, generations, texts = zip(*asker.answers, strict=True)
    assert set(statuses) == {200}
    assert list(dict.fromkeys(generations)) == [first, second]
    assert "五天内寄出" in texts[-1]
