"""A peer's side: JSON lines in, JSON lines out. Runs in the peer's environment.

It imports nothing but the standard library, and a peer's script imports nothing of this project
but this. Arguments are the encoder's folder, the cache, and where vectors are kept, which may be
empty. Requests and replies are objects of one line each:

    {"do": "files", "paths": [...]}               {"passages": 120, "unreadable": ["a.pdf"]}
    {"do": "texts", "texts": {"id": "..."}}       {"passages": 240, "unreadable": []}
    {"do": "ask", "mode": "dense", "query": "…"}  {"hits": [{"source", "text"}, …], "seconds": 0.02}
    {"do": "encode", "query": "…"}                {"seconds": 0.01}
    {"do": "forget"}                              {}     (from now on every text is encoded anew)
"""

import contextlib
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TextIO

TOP_K = 10
"""Passages that a peer is asked for."""

LENGTH, OVERLAP = 500, 50
"""Characters of a passage, and those it shares with the next, where a peer lets one choose."""

QUERY_PROMPT, PASSAGE_PROMPT = "query: ", "passage: "
"""What the E5 models want before a text."""

SENTENCE_ENDS = ("。", "！", "？", "；")

WORD = r"(?u)[a-z0-9]+|[^\W_a-z0-9]"
"""A lower-case Latin word, a number, or one letter of another script: for BM25 of Chinese."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that came back: its text, and the path or the id that it was ingested under."""

    source: str
    text: str


class Peer(Protocol):
    """What a peer's script provides. It is made with the folder of an encoder."""

    def files(self, paths: Sequence[str]) -> tuple[int, list[str]]:
        """Hold these files only; return the number of passages and the unreadable paths."""

    def texts(self, texts: Mapping[str, str]) -> int:
        """Hold these texts only, each as one passage under its id; return their number."""

    def ask(self, mode: str, query: str) -> list[Found]:
        """Return the best TOP_K passages, the best first; `mode` is "dense" or "hybrid"."""

    def encode(self, query: str) -> object:
        """Encode a question as `ask` does, and do no more."""


def serve(make: Callable[[Path], Peer]) -> None:
    """Answer requests on the standard input until it ends; anything printed goes to stderr."""
    replies, (encoder, _, vectors) = sys.stdout, map(Path, sys.argv[1:])
    with contextlib.redirect_stdout(sys.stderr):
        if vectors.name:
            from eval.peers.vectors import remember

            remember(vectors)
        peer = make(encoder)
        _reply(replies, {"ready": True})
        for line in sys.stdin:
            _reply(replies, _answer(peer, json.loads(line)))


def readable(paths: Sequence[str], read: Callable[[str], list[Any]]) -> tuple[list[Any], list[str]]:
    """Return what `read` makes of the files, and the paths of those that it cannot read."""
    made, unreadable = [], []
    for path in paths:
        try:
            made += read(path)
        except Exception as error:  # noqa: BLE001 – each peer raises its own; the path is told
            sys.stderr.write(f"{path}: {type(error).__name__}: {error}\n")
            unreadable.append(path)
    return made, unreadable


def _answer(peer: Peer, request: dict[str, Any]) -> dict[str, Any]:
    start = time.perf_counter()
    reply = _ACTIONS[request["do"]](peer, request)
    return {"seconds": time.perf_counter() - start, **reply}


def _files(peer: Peer, request: dict[str, Any]) -> dict[str, Any]:
    passages, unreadable = peer.files(request["paths"])
    return {"passages": passages, "unreadable": unreadable}


def _texts(peer: Peer, request: dict[str, Any]) -> dict[str, Any]:
    return {"passages": peer.texts(request["texts"]), "unreadable": []}


def _ask(peer: Peer, request: dict[str, Any]) -> dict[str, Any]:
    hits = peer.ask(request["mode"], request["query"])[:TOP_K]
    return {"hits": [{"source": hit.source, "text": hit.text} for hit in hits]}


def _encode(peer: Peer, request: dict[str, Any]) -> dict[str, Any]:
    peer.encode(request["query"])
    return {}


def _forget(peer: Peer, request: dict[str, Any]) -> dict[str, Any]:
    from eval.peers.vectors import forget

    forget()
    return {}


_ACTIONS = {
    "files": _files,
    "texts": _texts,
    "ask": _ask,
    "encode": _encode,
    "forget": _forget,
}


def _reply(stream: TextIO, reply: dict[str, Any]) -> None:
    stream.write(json.dumps(reply, ensure_ascii=False) + "\n")
    stream.flush()
