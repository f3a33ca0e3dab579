"""The command line: `kb ingest`, `kb search`, `kb serve`, `kb status`, `kb report`,
`kb annotations`, `kb eval`, `kb bench`, `kb rollback`.

Exit codes: 0 done; 1 failed, nothing was changed; 2 the command was typed wrongly; 3 done, but
some files could not be read.
"""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.logging import RichHandler
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table
from rich.text import Text

from api import settings
from api.deadline_words import in_words
from api.settings import Settings
from kb.edits import apply
from kb.errors import HandbookError
from kb.library import Library, libraries
from kb.records import Answer, Hit, SearchResult

if TYPE_CHECKING:
    from api.schemas import Annotations
    from eval.questions import Question
    from ingest.build import BuildReport
    from kb.edits import Edited
    from kb.encoder import Encoder
    from kb.generation import Generation
    from kb.report import CleaningReport, Place

app = typer.Typer(
    name="kb",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Find the rule, the deadline or the words to say in customer-service handbooks.",
    pretty_exceptions_enable=False,
)
out = Console(soft_wrap=True)
err = Console(stderr=True, soft_wrap=True)

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


@app.callback()
def _settings(
    context: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option(help="Folder of the libraries.  [KB_HOME; default: indexes]"),
    ] = None,
    library: Annotated[
        str | None,
        typer.Option(help="Name of the library.  [KB_LIBRARY; default: default, or the only one]"),
    ] = None,
) -> None:
    logging.basicConfig(
        level=logging.WARNING,
        format="%(message)s",
        handlers=[RichHandler(console=err, show_path=False)],
    )
    context.obj = settings.read(home, library)


@app.command()
def ingest(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Manuals, or folders of them.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="The library holds these files only, afterwards.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Bring manuals into the library and publish it.

    Files that the library has already stay; one of the same relative path is a new version.

    Example: `kb ingest handbooks/ returns-2026.pdf`
    """
    from ingest.build import build

    asked: Settings = context.obj
    encoder = _encoder(asked)
    with _progress(quiet=as_json) as progress:
        report = build(
            Library(asked.home, asked.library), paths, encoder, replace=replace, progress=progress
        )
    _print_json(asdict(report)) if as_json else _print_report(report)
    if report.failures:
        raise typer.Exit(3)


@app.command()
def search(
    context: typer.Context,
    questions: Annotated[list[str], typer.Argument(help="One question or several, each quoted.")],
    top_k: Annotated[int, typer.Option(help="How many passages to show.", min=1, max=50)] = 3,
    exact: Annotated[
        bool, typer.Option("--exact", help="Take the words as typed; correct no mistakes.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show the passages that answer a question, with their sources.

    Example: `kb search "客人投诉后几天内要答复"`
    """
    from kb.search import search as find

    asked: Settings = context.obj
    generation = Library(asked.home, asked.library).open_sound()
    encoder = _encoder(asked)
    generation.require(encoder.spec)
    results = [
        find(generation, encoder, question, top_k=top_k, exact=exact, threshold=asked.threshold)
        for question in questions
    ]
    if as_json:
        from api.schemas import SearchResponse

        wire = [SearchResponse.from_record(result).model_dump(mode="json") for result in results]
        _print_json(wire if len(wire) > 1 else wire[0])
        return
    for result in results:
        _print_result(result)


@app.command()
def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=0, max=65535)] = 8000,
    as_json: Annotated[bool, typer.Option("--json", help="Write the log as JSON lines.")] = False,
) -> None:
    """Serve the API and the search page.

    Example: `kb serve --port 8080`
    """
    import uvicorn

    from api.app import create_app

    asked: Settings = context.obj
    err.print(f"Loading the encoder; then open http://{host}:{port}/ (API: /docs)")
    uvicorn.run(create_app(asked), host=host, port=port, log_config=_log_config(as_json))


@app.command()
def status(context: typer.Context, as_json: Json = False) -> None:
    """Show what the library holds, and check its files.

    Example: `kb status --json`
    """
    asked: Settings = context.obj
    library = Library(asked.home, asked.library)
    generation = library.open()
    manifest = generation.manifest
    documents = generation.documents()
    if as_json:
        _print_json(
            {
                "home": str(asked.home),
                "library": asked.library,
                "libraries": libraries(asked.home),
                "generations": library.generations(),
                "manifest": asdict(manifest),
                "documents": [asdict(document) for document in documents],
            }
        )
        return
    out.print(f"library     {asked.library}  ({library.folder})")
    out.print(f"generation  {generation.name}, made {manifest.created}, all files sound")
    out.print(f"before it   {', '.join(library.generations()[1:]) or 'none'}")
    encoder = manifest.encoder
    out.print(f"encoder     {encoder.name}, {encoder.dim} dimensions, {encoder.precision}")
    table = Table("document", "title", "file", "characters", "passages")
    for each in documents:
        numbers = (f"{each.characters:,}", f"{each.passages:,}")
        table.add_row(each.id, Text(each.title), Text(each.source.path), *numbers)
    out.print(table)


@app.command()
def report(
    context: typer.Context,
    document: Annotated[
        str | None, typer.Argument(help="Id or file of a document; default: all, worst first.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option(help="Write a page with all differences marked to this file.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Show what cleaning changed, dropped, and left because it is damaged.

    Example: `kb report returns-2026.pdf --html report.html`
    """
    from kb.report import cleaning_report

    generation = _generation(context.obj)
    ids = [_document_id(generation, document)] if document else _document_ids(generation)
    reports = [cleaning_report(generation, each) for each in ids]
    reports.sort(key=lambda each: (each.quality.marked, each.quality.changed), reverse=True)
    if html:
        from api.report_page import embedded_styles, report_page

        html.write_bytes(report_page(reports, embedded_styles()).encode("utf8", "replace"))
    if as_json:
        from api.schemas import CleaningReport

        wire = [CleaningReport.from_record(each).model_dump(mode="json") for each in reports]
        _print_json(wire[0] if document else wire)
    elif not html:
        _print_quality(reports)
        if document:
            _print_cleaning(reports[0])


@app.command()
def annotations(
    context: typer.Context,
    document: Annotated[str, typer.Argument(help="Id or file of a document.")],
    as_json: Json = False,
) -> None:
    """List a document's time limits, and its words to say and never to say.

    Example: `kb annotations returns-2026.pdf`
    """
    from api.schemas import Annotations

    generation = _generation(context.obj)
    found = Annotations.from_records(generation.passages(_document_id(generation, document)))
    _print_json(found.model_dump(mode="json")) if as_json else _print_annotations(found)


@app.command("eval")
def evaluate(
    context: typer.Context,
    questions: Annotated[
        list[Path],
        typer.Argument(help="Judged questions (JSON lines), or folders of retrieval tasks."),
    ],
    ingestion: Annotated[
        bool,
        typer.Option(
            "--ingestion", help="Judge cleaning and annotation instead, by folders of judged rows."
        ),
    ] = False,
    typos: Annotated[
        bool, typer.Option("--typos", help="Measure what typing mistakes cost instead.")
    ] = False,
    ablation: Annotated[
        bool, typer.Option("--ablation", help="Measure what each part of the ranking is worth.")
    ] = False,
    save: Annotated[Path | None, typer.Option(help="Keep the run as JSON in this file.")] = None,
    against: Annotated[Path | None, typer.Option(help="Compare with a kept run.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write an HTML report to this file.")] = None,
    as_json: Json = False,
) -> None:
    """Measure the answers to judged questions over the library, or retrieval tasks.

    Example: `kb eval eval/questions.jsonl --report report.html`
    """
    asked: Settings = context.obj
    if ingestion:
        _evaluate_ingestion(questions, asked, as_json=as_json)
        return
    encoder = _encoder(asked)
    tasks = [path for path in questions if path.is_dir()]
    files = [path for path in questions if not path.is_dir()]
    if tasks:
        _evaluate_tasks(tasks, encoder, asked, as_json=as_json)
    if typos and files:
        _evaluate_typos(files, encoder, asked, as_json=as_json)
    elif ablation and files:
        _evaluate_ablation(files, encoder, asked, as_json=as_json)
    elif files:
        _evaluate_questions(files, encoder, asked, Outputs(save, against, report, as_json))


@app.command()
def bench(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="Manuals to bring in and ask.")],
    questions: Annotated[Path, typer.Option(help="Judged questions to ask them.")],
    as_json: Json = False,
) -> None:
    """Measure speed, memory and disk in one run: ratios to the encoder's own time.

    Example: `kb bench eval/handbooks --questions eval/questions.jsonl`
    """
    from eval import bench as measures
    from eval.questions import load_questions
    from ingest.build import build

    asked: Settings = context.obj
    queries = [question.query for question in load_questions(questions)]
    with TemporaryDirectory() as folder:
        home = Path(folder)
        library = Library(home, "bench")
        again = ("-c", "from api.cli import main; main()", "--home", folder, "search", queries[0])
        done = measures.bench(
            library,
            lambda encoder: build(library, [path], encoder),
            _encoder(asked),
            queries,
            (sys.executable, *again),
        )
    _print_json(asdict(done)) if as_json else out.print(Text(measures.bench_table(done)))


@app.command()
def rollback(
    context: typer.Context,
    generation: Annotated[
        str | None, typer.Argument(help="The one to go back to; default: the one before.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Make an earlier generation the live one again.

    Example: `kb rollback`
    """
    asked: Settings = context.obj
    library = Library(asked.home, asked.library)
    name = library.roll_back(generation)
    _print_json({"generation": name}) if as_json else out.print(f"generation {name} is live")


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where the results of an evaluation go."""

    save: Path | None
    against: Path | None
    report: Path | None
    as_json: bool


def _evaluate_questions(
    files: list[Path], encoder: "Encoder", asked: Settings, outputs: Outputs
) -> None:
    from eval import page, report, run
    from eval.compare import compare
    from kb.search import search as find

    rows, generation = _questions(files), _sound_generation(asked, encoder)
    with _progress(quiet=outputs.as_json) as progress:
        made = run.evaluate(
            lambda text, top_k: find(
                generation, encoder, text, top_k=top_k, threshold=asked.threshold
            ),
            rows,
            lambda done: progress("questions", done, len(rows)),
        )
    comparison = compare(run.load(outputs.against), made) if outputs.against else None
    if outputs.save:
        run.save(made, outputs.save)
    if outputs.report:
        outputs.report.write_text(page.page(made, comparison), "utf8")
    if outputs.as_json:
        _print_json(asdict(made))
        return
    out.print(Text(report.table(made)))
    if comparison:
        out.print(Text(report.comparison_table(comparison)))


def _questions(files: list[Path]) -> list["Question"]:
    from eval.questions import load_questions

    return [question for file in files for question in load_questions(file)]


def _sound_generation(asked: Settings, encoder: "Encoder") -> "Generation":
    generation = Library(asked.home, asked.library).open_sound()
    generation.require(encoder.spec)
    return generation


def _evaluate_typos(
    files: list[Path], encoder: "Encoder", asked: Settings, *, as_json: bool
) -> None:
    from eval.typos import evaluate_typos, typo_table
    from kb.search import search as find

    rows, generation = _questions(files), _sound_generation(asked, encoder)
    total = len([each for each in rows if each.answerable and each.style != "typo"])
    with _progress(quiet=as_json) as progress:
        losses = evaluate_typos(
            lambda text, top_k: find(generation, encoder, text, top_k=top_k),
            rows,
            progress=lambda done: progress("questions", done, total),
        )
    _print_json([asdict(each) for each in losses]) if as_json else out.print(
        Text(typo_table(losses))
    )


def _evaluate_ablation(
    files: list[Path], encoder: "Encoder", asked: Settings, *, as_json: bool
) -> None:
    from eval.ablation import ablate, ablation_table

    rows, generation = _questions(files), _sound_generation(asked, encoder)
    with _progress(quiet=as_json) as progress:
        made = ablate(generation, encoder, rows, lambda done, total: progress("parts", done, total))
    _print_json([asdict(each) for each in made]) if as_json else out.print(
        Text(ablation_table(made))
    )


def _evaluate_tasks(
    folders: list[Path], encoder: "Encoder", asked: Settings, *, as_json: bool
) -> None:
    from eval.benchmarks import benchmark_table, load_task, run_task

    asked.home.mkdir(parents=True, exist_ok=True)
    with _progress(quiet=as_json) as progress:
        results = [
            run_task(load_task(folder), encoder, asked.home / "benchmarks.sqlite", progress)
            for folder in folders
        ]
    if as_json:
        _print_json([asdict(result) for result in results])
    else:
        out.print(Text(benchmark_table(results)))


def _evaluate_ingestion(folders: list[Path], asked: Settings, *, as_json: bool) -> None:
    """Judge the library by the rows of each folder, and the repairs by damage of our own making."""
    from eval.damage_benchmark import damage_benchmark, damage_table, paragraphs
    from eval.ingestion import evaluate_ingestion, ingestion_table
    from eval.ingestion_rows import load_rows
    from ingest.repair import marks

    generation = _generation(asked)
    judged = [evaluate_ingestion(generation, load_rows(folder)) for folder in folders]
    texts = [*_sample_handbooks(), *paragraphs(folders[0].resolve().parent / "benchmarks")]
    with _progress(quiet=as_json) as progress:
        damage = damage_benchmark(texts, _repaired, progress, find=marks)
    if as_json:
        _print_json({"rows": [asdict(each) for each in judged], "damage": asdict(damage)})
        return
    for each in judged:
        out.print(Text(ingestion_table(each) + "\n"))
    out.print(Text(damage_table(damage)))


def _sample_handbooks() -> list[str]:
    """The cleaned text of the handbooks that were written for this project."""
    import eval as package
    from ingest.discover import discover
    from ingest.readers import read
    from ingest.repair import repair

    folder = Path(package.__path__[0]) / "handbooks"
    with TemporaryDirectory() as workshop:
        found = discover([folder], Path(workshop)).files
        return [
            repair(source, read(path, source), document_id="", version="").text
            for path, source in found
        ]


def _repaired(text: str) -> "Edited":
    """A text as the recipe cleans it, with its edits."""
    from ingest.repair import clean
    from ingest.repairs.draft import Draft
    from kb.edits import Edited
    from kb.records import Extract, SourceFile

    source = SourceFile("text.txt", "text/plain", "", len(text))
    return clean(Draft(source, Extract(text), Edited(text))).edited


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Any]:
    """A progress bar on a terminal, a line for every document in a log."""
    if quiet:
        yield lambda step, done, total: None
    elif err.is_terminal:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, TimeElapsedColumn(), console=err, transient=True) as bar:
            tasks: dict[str, TaskID] = {}

            def show(step: str, done: int, total: int) -> None:
                if step not in tasks:
                    tasks[step] = bar.add_task(step)
                bar.update(tasks[step], completed=done, total=total)

            yield show
    else:
        yield _log_line


def _log_line(step: str, done: int, total: int) -> None:
    if step == "documents" or (done == total and step != "passages"):
        err.print(f"{done} of {total} {step}")


def _encoder(asked: Settings) -> "Encoder":
    from kb.encoder import load_encoder

    return load_encoder(
        asked.encoder, precision=asked.precision, cache=asked.cache, threads=asked.threads
    )


def _generation(asked: Settings) -> "Generation":
    return Library(asked.home, asked.library).open_sound()


def _document_ids(generation: "Generation") -> list[str]:
    return [summary.id for summary in generation.documents()]


def _document_id(generation: "Generation", named: str) -> str:
    """The id of the document with this id or file. Raises UnknownDocument."""
    for summary in generation.documents():
        if named in (summary.id, summary.source.path):
            return summary.id
    return generation.document(named).id


def _print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def _print_report(report: "BuildReport") -> None:
    table = Table("file", "title", "read as", "characters", "passages", "repaired", "marked")
    for each in report.documents:
        edits = ", ".join(f"{rule} {count}" for rule, count in each.edits.items())
        marks = ", ".join(f"{kind} {count}" for kind, count in each.marks.items())
        numbers = (f"{each.characters:,}", f"{each.passages:,}")
        table.add_row(Text(each.path), Text(each.title), each.encoding, *numbers, edits, marks)
    out.print(table)
    for path in report.duplicates:
        out.print(Text(f"{path}: the same content as another file, kept once"))
    for failure in report.failures:
        out.print(Text(f"not read: {failure.message}  [{failure.reason}]", style="red"))
    news = "is live" if report.changed else "stays live: nothing changed"
    out.print(
        f"generation {report.generation} {news}; {len(report.documents)} documents, "
        f"{report.passages} passages, {report.embedded} of them newly embedded"
    )


def _print_result(result: SearchResult) -> None:
    out.print(Text(result.query.text, style="bold"))
    if result.query.corrections:
        meant = apply(result.query.corrections, result.query.text)
        out.print(Text(f"  searched for: {meant}  (--exact takes the words as typed)", "yellow"))
    if told := _TOLD[result.level]:
        out.print(Text(f"  {told}", "yellow"))
    for rank, hit in enumerate(result.hits, 1):
        _print_hit(rank, hit, result)
    out.print()


_TOLD = {
    "found": "",
    "perhaps": "perhaps; read the passage before you rely on it:",
    "not_in_handbook": "not in the handbook, as far as can be told; the nearest passages:",
}


def _print_answer(answer: Answer, text: str) -> None:
    for deadline in answer.deadlines:
        out.print(Text(f"     {in_words(deadline)}", "yellow"))
    for each in answer.say:
        out.print(Text(f"     say: {each.span.of(text)}", "green"))
    for each in answer.never_say:
        out.print(Text(f"     never say: {each.span.of(text)}", "red"))


def _print_hit(rank: int, hit: Hit, result: SearchResult) -> None:
    text = Text(hit.text)
    answer = hit.answer if result.answered else None
    limits = hit.answer.deadlines if hit.answer and result.query.intent == "deadline" else ()
    if answer:
        text.stylize("green", *answer.sentence.span)
    for start, end in hit.highlights:
        text.stylize("bold underline", start, end)
    place = hit.citation
    page = f", page {place.page}" if place.page else ""
    span = f"{place.source_span.start}–{place.source_span.end}"
    path = " › ".join((place.title, *place.heading_path))
    out.print(Text(f"  {rank}. {path}", style="cyan"))
    if answer:
        _print_answer(answer, hit.text)
    elif limits and limits[0].value_missing:
        out.print(Text(f"     {in_words(limits[0])}", "yellow"))
    for line in text.split("\n"):
        out.print(Text("     ").append_text(line))
    also = f"; also in {len(hit.also_in)} more" if hit.also_in else ""
    out.print(Text(f"     {place.path}{page}, characters {span}{also}", style="dim"))


def _print_quality(reports: list["CleaningReport"]) -> None:
    for each in reports:
        figures = each.quality
        read = f"{each.document_id}, {each.encoding}, sure to {each.certainty:.0%}"
        out.print(Text(each.source.path, "bold").append(f"  ({read})", "not bold dim"))
        out.print(
            f"  changed {figures.changed:.1%}, dropped {figures.dropped:.1%}, "
            f"damaged and left {figures.marked:.2%}; {figures.doubtful} edits to look at; "
            f"{figures.sections} sections, {figures.passages} passages, "
            f"{figures.deadlines} deadlines, {figures.scripts} scripts"
            f"{'; cut off' if figures.cut_off else ''}"
        )


def _print_cleaning(report: "CleaningReport") -> None:
    for note in report.notes:
        out.print(Text(note))
    for damage in report.damages:
        _print_place(damage.kind, damage.place, Text(damage.words, "reverse"))
    for change in (*report.dropped, *report.changes):
        words = Text(repr(change.before)[1:-1], "red strike").append(
            repr(change.after)[1:-1], "not strike green"
        )
        _print_place(change.rule, change.place, words)


def _print_place(name: str, place: "Place", words: Text) -> None:
    pages = "".join(f"page {number}, " for number in place.pages)
    where = f"{name}, {pages}characters {place.source_span.start}–{place.source_span.end}: "
    out.print(Text(where, "dim").append(place.lead, "not dim") + words + Text(place.tail))


def _print_annotations(found: "Annotations") -> None:
    table = Table("deadline", "means", "who", "from")
    for each in found.deadlines:
        means = in_words(each).split(";")[0]
        table.add_row(
            Text(each.quote), Text(means), Text(each.actor or ""), Text(each.trigger or "")
        )
    out.print(table)
    for script in found.scripts:
        out.print(Text(script.situation or "–", "cyan"))
        for quote in script.say:
            out.print(Text(f"  say: {quote.quote}", "green"))
        for quote in script.never_say:
            out.print(Text(f"  never say: {quote.quote}", "red"))


class _JsonLine(logging.Formatter):
    """A log record as one line of JSON, whatever its message holds."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; a traceback is part of the message."""
        fields = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "message": super().format(record),
        }
        return json.dumps(fields, ensure_ascii=False)


def _log_config(as_json: bool) -> dict[str, Any]:
    plain = {"format": "%(asctime)s %(levelname)s %(message)s"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": _JsonLine} if as_json else plain},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
    }


def _fail(error: HandbookError) -> NoReturn:
    err.print(Text(f"error: {error}", style="red"))
    sys.exit(1)


def main() -> None:
    """Run the command line; an error of ours is one line on stderr and exit code 1."""
    try:
        app()
    except HandbookError as error:
        _fail(error)
