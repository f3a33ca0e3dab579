"""The comparison as Markdown, and its place in a document."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from eval.peers.contestants import CONTESTANTS, MODELS, OURS
from eval.peers.results import ALL, Cell, Pace, Recall, Results
from eval.peers.tasks import PUBLIC
from kb.errors import HandbookError

BEGIN, END = "<!-- peers: written by python -m eval.peers -->", "<!-- /peers -->"
LANGUAGES = {"en": "English", "zh-Hans": "Simplified", "zh-Hant": "Traditional", "mixed": "mixed"}
TITLES = {contestant.name: contestant.title for contestant in CONTESTANTS}

_Column = tuple[str, Callable[[Sequence[Cell], Pace | None], str]]


def summary(results: Results) -> str:
    """Return the one table that the project's front page shows."""
    columns = [_recall("handbooks", ALL, results), _recall("handbooks", "en", results)]
    columns += [_recall("manuals", ALL, results), _recall("manuals", "en", results)]
    columns += [_hit(name, results) for name in PUBLIC]
    columns += [_characters("handbooks"), ("time, × encoder", _ratio)]
    columns += [("time, × ours", lambda cells, pace: _beside_ours(results, pace))]
    return _table(results, columns)


def details(results: Results) -> str:
    """Return all tables: by language for each judged set, the public tasks, and time."""
    parts = [_versions(results)]
    for name in ("handbooks", "manuals"):
        if name in results.titles:
            columns = [_recall(name, ALL, results, title="all")]
            columns += [_recall(name, lang, results, title=LANGUAGES[lang]) for lang in LANGUAGES]
            columns += [_passages(name), _characters(name), _unreadable(name)]
            parts += [f"**{results.titles[name].capitalize()}**, recall@1 / @5"]
            parts += [_table(results, columns)]
    parts += ["**Public tasks**, hit@1 / @5"]
    parts += [_table(results, [_recall(name, ALL, results) for name in PUBLIC])]
    parts += ["**Time a question**, ms, with the untrained encoder"]
    parts += [_time_table(results)]
    return "\n\n".join(parts)


def put(document: Path, table: str) -> None:
    """Write a table between the markers of a document. Raises HandbookError without them."""
    text = document.read_text("utf-8")
    before, between, after = _parts(text, document)
    if between != table:
        document.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{after}", "utf-8")


def shown(document: Path) -> str:
    """Return the table that stands in a document. Raises HandbookError without markers."""
    return _parts(document.read_text("utf-8"), document)[1]


def _parts(text: str, document: Path) -> tuple[str, str, str]:
    found = re.fullmatch(f"(.*){re.escape(BEGIN)}(.*){re.escape(END)}(.*)", text, re.DOTALL)
    if not found:
        raise HandbookError(
            f"{document}: it has no lines {BEGIN!r} and {END!r}; expected both, around the table"
        )
    return found[1], found[2].strip(), found[3]


def _table(results: Results, columns: Sequence[_Column]) -> str:
    heads = ["", "encoder", *(title for title, _ in columns)]
    return _markdown([heads, *_rows(results, columns)])


def _rows(results: Results, columns: Sequence[_Column]) -> Iterator[list[str]]:
    for model in MODELS:
        for contestant in CONTESTANTS:
            for mode in contestant.modes:
                cells = [
                    cell
                    for cell in results.cells
                    if (cell.contestant, cell.mode, cell.encoder)
                    == (contestant.name, mode, model.title)
                ]
                if cells:
                    pace = _pace(results, contestant.name, mode)
                    told = [column(cells, pace) for _, column in columns]
                    yield _emphasised([_name(contestant.name, mode), model.title, *told])


def _name(contestant: str, mode: str) -> str:
    title = TITLES[contestant]
    return title if contestant == OURS else f"{title}, {mode}"


def _emphasised(row: list[str]) -> list[str]:
    return [f"**{text}**" for text in row] if row[0] == TITLES[OURS] else row


def _recall(task: str, name: str, results: Results, *, title: str = "") -> _Column:
    told = results.titles.get(task, task)
    head = title or (f"{told}, {LANGUAGES[name]}" if name != ALL else told)
    return head, lambda cells, pace: _of(
        cells, task, name, lambda r: f"{_two(r.at_1)} / {_two(r.at_5)}"
    )


def _hit(task: str, results: Results) -> _Column:
    head = results.titles.get(task, PUBLIC[task])
    return head, lambda cells, pace: _of(cells, task, ALL, lambda r: _three(r.at_1))


def _of(cells: Sequence[Cell], task: str, name: str, tell: Callable[[Recall], str]) -> str:
    found = (cell.recalls[name] for cell in cells if cell.task == task and name in cell.recalls)
    return next((tell(recall) for recall in found), "–")


def _characters(task: str) -> _Column:
    return "characters in five", lambda cells, pace: _tell(
        cells, task, lambda c: f"{c.characters:.0f}"
    )


def _passages(task: str) -> _Column:
    return "passages", lambda cells, pace: _tell(cells, task, lambda c: str(c.passages))


def _unreadable(task: str) -> _Column:
    return "not read", lambda cells, pace: _tell(
        cells, task, lambda c: ", ".join(c.unreadable) or "–"
    )


def _tell(cells: Sequence[Cell], task: str, tell: Callable[[Cell], str]) -> str:
    return next((tell(cell) for cell in cells if cell.task == task), "–")


def _ratio(cells: Sequence[Cell], pace: Pace | None) -> str:
    return f"{pace.search / pace.encoder:.2f}" if pace else "–"


def _beside_ours(results: Results, pace: Pace | None) -> str:
    ours = _pace(results, OURS, "search")
    return f"{pace.search / ours.search:.1f}" if pace and ours else "–"


def _pace(results: Results, contestant: str, mode: str) -> Pace | None:
    found = (pace for pace in results.paces if (pace.contestant, pace.mode) == (contestant, mode))
    return next(found, None)


def _time_table(results: Results) -> str:
    heads = ["", "encoder alone", "search, median", "95th percentile", "search / encoder", "× ours"]
    rows = [
        [
            _name(pace.contestant, pace.mode),
            *(f"{each:.1f}" for each in (pace.encoder, pace.search, pace.p95)),
            _ratio((), pace),
            _beside_ours(results, pace),
        ]
        for pace in results.paces
    ]
    return _markdown([heads, *map(_emphasised, rows)])


def _versions(results: Results) -> str:
    return ", ".join(f"{name} {version}" for name, version in results.versions.items()) + "."


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def _two(share: float) -> str:
    return f"{share:.2f}".lstrip("0") if share < 1 else "1"


def _three(share: float) -> str:
    return f"{share:.3f}".lstrip("0") if share < 1 else "1"
