"""What came back for every question of a task, kept by all that decides it.

A ranking is asked for once: as long as the peer's script and pins, the encoder, the files and
the questions stay, it is read from the cache. Of our own search all of `kb` and `ingest` counts.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby, product
from pathlib import Path

from eval.peers.contestants import Contestant, Model, digest, state
from eval.peers.process import PeerProcess
from eval.peers.serve import Found
from eval.peers.tasks import PeerTask

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The hits of each question, in the order of the task's questions.

    `passages` were made of the corpus; `unreadable` are the names of files left out.
    """

    passages: int
    unreadable: tuple[str, ...]
    hits: tuple[tuple[Found, ...], ...]


def known(
    contestant: Contestant, mode: str, model: Model, task: PeerTask, cache: Path
) -> Ranking | None:
    """Return a ranking from the cache, None where it has to be asked for."""
    path = _place(contestant, mode, model, task, cache)
    if not path.is_file():
        return None
    fields = json.loads(path.read_text("utf-8"))
    hits = tuple(tuple(Found(**hit) for hit in each) for each in fields["hits"])
    return Ranking(fields["passages"], tuple(fields["unreadable"]), hits)


def rank(
    contestant: Contestant, model: Model, tasks: Sequence[PeerTask], cache: Path, progress: Progress
) -> None:
    """Ask a contestant for what the cache has not, and keep it. Raises HandbookError."""
    missing = [
        (task, mode)
        for task, mode in product(tasks, contestant.modes)
        if known(contestant, mode, model, task, cache) is None
    ]
    if not missing:
        return
    told = f"{contestant.title}, {model.title} encoder"
    with PeerProcess(contestant, model, cache) as peer:
        for _, group in groupby(missing, key=lambda each: each[0].corpus.digest()):
            asked = list(group)
            progress(f"{told}: {asked[0][0].title}")
            for (task, mode), ranking in _ask(peer, asked):
                path = _place(contestant, mode, model, task, cache)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(json.dumps(asdict(ranking), ensure_ascii=False), "utf-8")


def ingest(peer: PeerProcess, task: PeerTask) -> tuple[int, tuple[str, ...]]:
    """Give a peer the corpus of a task; return its passages and the names left out."""
    if task.corpus.texts is None:
        return peer.files(task.corpus.files)
    return peer.texts(task.corpus.texts), ()


def _ask(
    peer: PeerProcess, asked: Sequence[tuple[PeerTask, str]]
) -> Iterator[tuple[tuple[PeerTask, str], Ranking]]:
    """Ask all tasks over one corpus, in all ways."""
    passages, unreadable = ingest(peer, asked[0][0])
    for task, mode in asked:
        hits = tuple(peer.ask(mode, question.query)[0] for question in task.questions)
        yield (task, mode), Ranking(passages, unreadable, hits)


def _place(contestant: Contestant, mode: str, model: Model, task: PeerTask, cache: Path) -> Path:
    decides = (contestant.name, state(contestant), mode, model.identity, task.digest())
    name = digest(part.encode() for part in decides)
    return cache / "peers" / "rankings" / f"{contestant.name}-{task.name}-{mode}-{name}.json"
