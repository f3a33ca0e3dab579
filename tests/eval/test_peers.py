"""The comparison with other libraries: the protocol, the judgement, the tables that are shown."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from api import settings
from eval.peers.contestants import CONTESTANTS, HERE, MODELS, OURS, ROOT
from eval.peers.environment import interpreter, pinned_torch
from eval.peers.process import PeerProcess
from eval.peers.rankings import Ranking, known, rank
from eval.peers.results import ALL, judge, load, save
from eval.peers.serve import WORD, Found, readable
from eval.peers.table import BEGIN, END, details, put, shown, summary
from eval.peers.tasks import Asked, Corpus, PeerTask, load_tasks
from eval.questions import Gold
from kb.errors import HandbookError

PEERS = [contestant for contestant in CONTESTANTS if contestant.name != OURS]
(US,) = (contestant for contestant in CONTESTANTS if contestant.name == OURS)
SHIPPED = MODELS[-1]
RESULTS = HERE / "results.json"
PARAGRAPHS = {"keys": "客人的钥匙交给前台保管。", "rings": "电话铃响三声之内必须接听。"}


def asked(query: str, answer: str) -> Asked:
    """A question that one of the paragraphs answers."""
    return Asked(query, "zh-Hans", paragraphs={answer: PARAGRAPHS[answer]})


TASK = PeerTask(
    "shelf",
    "a shelf",
    Corpus(texts=PARAGRAPHS),
    (asked("几声内接电话", "rings"), asked("钥匙给谁", "keys")),
)


@pytest.fixture(scope="module")
def cache() -> Path:
    """Where the encoder is unpacked already."""
    return settings.read().cache


@pytest.fixture(scope="module")
def ours(cache: Path) -> Iterator[PeerProcess]:
    """Our own search in a process of its own, with the paragraphs ingested."""
    with PeerProcess(US, SHIPPED, cache) as peer:
        assert peer.texts(PARAGRAPHS) == len(PARAGRAPHS)
        yield peer


def test_a_peer_that_cannot_start_says_where_to_read_why(tmp_path: Path) -> None:
    """Also where nothing was kept before, as on a fresh machine."""
    with pytest.raises(HandbookError, match="ended without a reply") as told:
        PeerProcess(US, replace(SHIPPED, name="no-such-model"), tmp_path / "cache")
    log = Path(str(told.value).rpartition("read ")[2])
    assert "no-such-model" in log.read_text("utf-8")


def ranking(*answers: str) -> Ranking:
    """A ranking with one hit for each question of the task."""
    return Ranking(2, ("a.pdf",), tuple((Found(key, PARAGRAPHS[key]),) for key in answers))


@pytest.mark.parametrize(
    ("path", "made"), [(ROOT / "README.md", summary), (HERE / "README.md", details)]
)
def test_the_table_shown_is_the_one_that_the_results_make(path: Path, made: object) -> None:
    """Nobody edits a figure by hand."""
    assert callable(made)
    assert shown(path) == made(load(RESULTS))


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_every_package_of_a_peer_is_pinned_and_comes_by_name(peer: object) -> None:
    """Torch is there for the first step, and no line names a place to fetch from."""
    lines = peer.requirements.read_text("utf-8").splitlines()  # type: ignore[attr-defined]
    pins = [line for line in lines if not line.startswith("#")]
    assert pinned_torch(peer.requirements) == "torch==2.13.0"  # type: ignore[attr-defined]
    assert [pin for pin in pins if not re.fullmatch(r"[\w.-]+==[\w.]+", pin)] == []


def test_every_peer_is_asked_with_and_without_words() -> None:
    """Dense and hybrid for each, and each says the version that it is pinned to."""
    assert {peer.modes for peer in PEERS} == {("dense", "hybrid")}
    assert set(load(RESULTS).versions) == {peer.title for peer in PEERS}


def test_our_own_search_runs_where_the_project_does(cache: Path) -> None:
    """It needs no environment of its own."""
    assert interpreter(US, cache).is_file()
    assert not US.requirements.exists()


def test_a_process_answers_requests_until_it_is_left(ours: PeerProcess) -> None:
    """Hits are texts with their source, the best first, and take time."""
    hits, seconds = ours.ask("search", "几声内接电话")
    assert [hit.source for hit in hits] == ["rings", "keys"]
    assert hits[0].text == PARAGRAPHS["rings"]
    assert seconds > 0
    assert ours.encode("几声内接电话") > 0


def test_files_come_in_as_everybody_brings_them_in(ours: PeerProcess, tmp_path: Path) -> None:
    """What cannot be read is told by name and the rest is searched."""
    (tmp_path / "desk.txt").write_text("第一章 电话\n\n电话铃响三声之内必须接听。\n", "utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    passages, unreadable = ours.files(sorted(tmp_path.iterdir()))
    assert passages > 0
    assert unreadable == ("broken.pdf",)
    assert "三声" in ours.ask("search", "几声内接电话")[0][0].text
    ours.texts(PARAGRAPHS)


def test_what_was_asked_once_is_not_asked_again(
    ours: PeerProcess, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second time no process is started; another question is another task."""
    (tmp_path / "peers").mkdir()
    monkeypatch.setattr("eval.peers.rankings.PeerProcess", lambda *given: ours)
    monkeypatch.setattr(PeerProcess, "__exit__", lambda *given: None)
    assert known(US, "search", SHIPPED, TASK, tmp_path) is None
    rank(US, SHIPPED, [TASK], tmp_path, lambda line: None)
    monkeypatch.delattr("eval.peers.rankings.PeerProcess")
    rank(US, SHIPPED, [TASK], tmp_path, lambda line: None)
    found = known(US, "search", SHIPPED, TASK, tmp_path)
    assert found is not None
    assert [hits[0].source for hits in found.hits] == ["rings", "keys"]
    fewer = replace(TASK, questions=TASK.questions[:1])
    assert known(US, "search", SHIPPED, fewer, tmp_path) is None


def test_a_peer_may_hold_the_words_as_the_source_has_them() -> None:
    """Who cleans nothing is not punished for it, and who repairs is not either."""
    gold = (Gold("a", "三声（shēng）内接听电话", "三声内接听电话"), Gold("a", "三聲內接廳電話"))
    question = Asked("几声", "zh-Hans", gold)
    assert question.rank([Found("a", "别的"), Found("a", "请在三声内接听电话")]) == 2
    assert question.rank([Found("a", "請在三聲內接廳電話")]) == 1
    assert question.rank([]) is None


def test_a_paragraph_is_right_by_its_id_or_by_its_words() -> None:
    """A paragraph that comes twice in a task is right both times."""
    question = TASK.questions[0]
    assert question.rank([Found("keys", "…"), Found("rings", "…")]) == 2
    assert question.rank([Found("twin", PARAGRAPHS["rings"])]) == 1


def test_every_question_counts() -> None:
    """One without a right passage counts 0, in its language and in all."""
    cell = judge(US, "search", SHIPPED, TASK, ranking("rings", "rings"))
    assert cell.recalls[ALL].at_1 == cell.recalls["zh-Hans"].at_5 == 0.5
    assert cell.recalls[ALL].questions == 2
    assert cell.characters == len(PARAGRAPHS["rings"])


def test_results_are_kept_as_they_are(tmp_path: Path) -> None:
    """A saved comparison is read back; another file is refused with what to do."""
    results = load(RESULTS)
    save(results, tmp_path / "results.json")
    assert load(tmp_path / "results.json") == results
    (tmp_path / "other.json").write_text("{}", "utf-8")
    with pytest.raises(HandbookError, match="run the comparison again"):
        load(tmp_path / "other.json")


def test_a_table_stays_between_its_markers(tmp_path: Path) -> None:
    """What stands around it is not touched; a document without markers is refused."""
    document = tmp_path / "README.md"
    document.write_text(f"before\n\n{BEGIN}\n{END}\n\nafter\n", "utf-8")
    put(document, "| a |")
    put(document, "| b |")
    assert shown(document) == "| b |"
    assert document.read_text("utf-8") == f"before\n\n{BEGIN}\n\n| b |\n\n{END}\n\nafter\n"
    document.write_text("no place", "utf-8")
    with pytest.raises(HandbookError, match="expected both"):
        put(document, "| a |")


def test_the_tasks_hold_their_answers() -> None:
    """Each question has gold, and the sample handbooks are always there."""
    tasks = load_tasks(ROOT)
    assert tasks[0].name == "handbooks"
    assert all(q.words or q.paragraphs for task in tasks for q in task.questions)
    assert len({task.digest() for task in tasks}) == len(tasks)


def test_an_unreadable_file_is_left_out_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever a peer's loader raises."""

    def read(path: str) -> list[str]:
        if path == "b":
            raise RuntimeError("damaged")
        return [path.upper()]

    assert readable(["a", "b", "c"], read) == (["A", "C"], ["b"])
    assert "b: RuntimeError: damaged" in capsys.readouterr().err


def test_chinese_is_cut_into_characters_where_a_pattern_is_asked_for() -> None:
    """Latin words and numbers stay whole."""
    assert re.findall(WORD, "vip客户30天_内") == ["vip", "客", "户", "30", "天", "内"]
