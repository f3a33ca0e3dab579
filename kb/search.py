"""From a question to passages with their citations.

    question ─spelling, fold, language, intent─► dense + lexical candidates ─► sketches ─►
      ─► late interaction ─► fuse ─► what in the best answers ─► tell the same thing once ─►
      ─► enough? ─► Hit

Every step is a function; `ranking.py` holds the weights, `confidence.py` the decision.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kb.answer import Found, Read, Sought, read_passage, words_of
from kb.asked import asked
from kb.confidence import JUDGED, THRESHOLD, confidence, features, level
from kb.dictionary import in_chinese, in_english
from kb.edits import apply
from kb.encoder import Encoder, Encoding
from kb.errors import InvalidQuery
from kb.fold import fold
from kb.generation import Generation
from kb.glossary import Expansion, levelled
from kb.highlights import highlights
from kb.intent import intent
from kb.intent_model import refined
from kb.language import is_chinese, language
from kb.ranking import (
    GLANCED,
    NEAREST,
    PROMISING,
    READ,
    TOPIC,
    WARNS,
    WORDIEST,
    Candidates,
    Evidence,
    highest,
    lifted,
    promising,
    weakest_quarter,
    weigh,
)
from kb.records import Answer, Excerpt, Hit, Kind, Passage, Query, SearchResult, Span
from kb.sameness import Wording, same
from kb.spelling import Spelling, spelling
from kb.terms import terms
from kb.topics import is_topic, weighed
from kb.verifier import verifier_for

MAX_QUERY = 2_000
"""Code points of the longest question that is searched."""

MAX_TOP_K = 50

_UNUSABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """The candidates in their order, and what was read in the best of them.

    `strengths` (n,) float32; `order` (n,) int64 are numbers of candidates, the strongest first, and
    so are the keys of `read`.
    """

    strengths: NDArray[np.float32]
    order: NDArray[np.int64]
    read: dict[int, Read]


def checked(text: str) -> str:
    """Return a question without the white space around it. Raises InvalidQuery."""
    words = text.strip()
    if not words:
        raise InvalidQuery("query '': it is empty; expected a question of 1 to 2,000 characters")
    if len(words) > MAX_QUERY:
        raise InvalidQuery(
            f"query of {len(words)} characters: expected at most {MAX_QUERY}; shorten the question"
        )
    if _UNUSABLE.search(words):
        raise InvalidQuery(f"query {words[:40]!r}: it holds a NUL or half a surrogate pair")
    return words


def understand(text: str, speller: Spelling | None = None) -> Query:
    """Check a question and find out what it asks for. Raises InvalidQuery.

    With a library's `speller` the search form is that of what was meant.
    """
    words = checked(text)
    corrections = speller.correct(words) if speller else ()
    meant = apply(corrections, words)
    folded = fold(meant)
    return Query(words, folded, language(meant), intent(folded), corrections)


def check_top_k(top_k: int) -> None:
    """Raise InvalidQuery unless so many hits can be asked for."""
    if not 1 <= top_k <= MAX_TOP_K:
        raise InvalidQuery(f"top_k {top_k}: expected a whole number from 1 to {MAX_TOP_K}")


def search(
    generation: Generation,
    encoder: Encoder,
    text: str,
    *,
    top_k: int = 5,
    kinds: Sequence[Kind] = (),
    documents: Sequence[str] = (),
    exact: bool = False,
    threshold: float = THRESHOLD,
) -> SearchResult:
    """Find the passages that answer a question, the best first.

    `kinds` and `documents` (ids) leave out all others; empty means all. `exact` takes the question
    as it was typed, mistakes and all. Below the confidence `threshold` (0–1) the handbook is said
    not to tell: the hits are then only the nearest passages. Raises InvalidQuery for an unusable
    question or `top_k` outside 1–50.
    """
    check_top_k(top_k)
    query = understand(text, None if exact else spelling(generation))
    sought = look_for(generation, encoder.encode_query(query.folded), query)
    count = max(PROMISING, 2 * top_k)
    evidence = gather(generation, sought, kinds, documents, count=count)
    return conclude(generation, sought, evidence, top_k=top_k, threshold=threshold)


def look_for(generation: Generation, encoding: Encoding, query: Query) -> Sought:
    """What is looked for in a generation, once a question was understood and encoded."""
    chinese = is_chinese(query.folded)
    means = generation.means.query
    topic = query.intent is None and is_topic(query.folded)
    wanted = query.intent
    if not topic:
        wanted = refined(query.intent, encoding.pooled, generation.manifest.encoder.name)
    wants = asked(query.folded)
    words = tuple(terms(query.folded))
    expansions = generation.glossary.expand(query.folded)
    translations = _translated(generation, query, words, expansions, chinese=chinese)
    return Sought(
        replace(query, intent="script" if wants.banned else wanted),
        wants,
        words,
        expansions,
        translations,
        words_of(words, (*expansions, *translations)),
        chinese,
        means.centre_pooled(encoding.pooled, chinese=chinese),
        means.centre_tokens(encoding.tokens, chinese=chinese),
        generation.late.weights(encoding.ids, generation.means.usual[int(chinese)]),
        topic,
    )


def _translated(
    generation: Generation,
    query: Query,
    words: tuple[str, ...],
    expansions: Sequence[Expansion],
    *,
    chinese: bool,
) -> tuple[Expansion, ...]:
    """What the dictionary adds to the glossary, where passages are in the other language."""
    if not (generation.late.chinese != chinese).any():
        return ()
    return in_english(query.folded, expansions) if chinese else in_chinese(words, expansions)


def gather(
    generation: Generation,
    sought: Sought,
    kinds: Sequence[Kind] = (),
    documents: Sequence[str] = (),
    *,
    count: int = PROMISING,
) -> Evidence:
    """What dense, lexical and late interaction say of the `count` most promising candidates."""
    found = promising(_candidates(generation, sought, kinds, documents), max(GLANCED, count))
    if len(found.rows) > count:
        sketched = generation.late.sketched(sought.tokens, sought.weights, found.rows)
        found = promising(found, count, sketched)
    matches = generation.late.match(sought.tokens, found.rows)
    best = matches.best()
    return Evidence(
        **vars(found),
        matches=matches,
        # A product by BLAS may report flags that its kernel left from numbers beside its own.
        late=(best * sought.weights).sum(axis=1),
        weakest=weakest_quarter(best),
        least=best.min(axis=1, initial=1),
    )


def _candidates(
    generation: Generation, sought: Sought, kinds: Sequence[Kind], documents: Sequence[str]
) -> Candidates:
    allowed = generation.allowed(kinds, documents)
    lexical, ceiling = generation.lexical.score(sought.terms)
    if allowed is not None:
        lexical = np.where(allowed, lexical, np.float32(0))
    nearest, cosines = generation.dense.nearest(sought.pooled, NEAREST, allowed)
    near = np.zeros(len(lexical), np.bool_)
    near[nearest] = True
    wordiest = highest(lexical, WORDIEST)
    wordiest = wordiest[~near[wordiest]]
    rows = np.concatenate([nearest, wordiest])
    same_language = generation.late.chinese[rows] == sought.chinese
    synonyms = generation.agreement.of(sought.expansions)[rows]
    if sought.translations:
        synonyms += generation.agreement.of(sought.translations, by_rarity=True)[rows]
    return Candidates(
        rows=rows,
        dense=np.concatenate([cosines, generation.dense.score(sought.pooled, wordiest)]),
        lexical=lexical[rows] / np.float32(max(ceiling, 1e-9)),
        synonyms=levelled(synonyms, same_language),
        same_language=same_language,
        right_kind=generation.of_kind(rows, sought.query.intent),
    )


def conclude(
    generation: Generation,
    sought: Sought,
    evidence: Evidence,
    *,
    top_k: int,
    threshold: float = THRESHOLD,
) -> SearchResult:
    """From what speaks for each candidate to the best of them and what in them answers."""
    ranking = rank(generation, sought, evidence)
    alike = _told_once(generation, evidence.rows, ranking.order, top_k)
    unread = np.array([number for number in alike if number not in ranking.read], np.int64)
    found = ranking.read | read(generation, sought, evidence, unread)
    sure = 0.0
    if alike:
        told = signs(generation, sought, evidence, ranking)
        sure = confidence(told, len(ranking.order))
        if sought.topic:
            sure = _on_topic(sure, sought, ranking.read[int(ranking.order[0])])
    scores = _scores(sure, ranking.strengths)
    hits = tuple(
        _hit(generation, sought, found[number], float(scores[number]), others)
        for number, others in alike.items()
    )
    return SearchResult(sought.query, level(sure, threshold), sure, hits, generation.name)


def _on_topic(sure: float, sought: Sought, best: Read) -> float:
    """The confidence in the best passage for a topic, by whether it names that."""
    headings = best.passage.heading_path or (best.passage.title,)
    others = (*sought.expansions, *sought.translations)
    return weighed(sure, sought.query.folded, others, best.outline, fold(headings[-1]))


def rank(generation: Generation, sought: Sought, evidence: Evidence) -> Ranking:
    """Weigh the candidates, and put the best in order by what answers in them as well."""
    strengths = weigh(evidence)
    if sought.topic:
        strengths += TOPIC * evidence.words
    if sought.asked.banned:
        strengths += WARNS * _warning(generation, evidence.rows)
    best = np.argsort(-strengths, kind="stable")[:READ]
    found = read(generation, sought, evidence, best)
    strengths = lifted(strengths, best, [each.score for each in found.values()])
    return Ranking(strengths, np.argsort(-strengths, kind="stable"), found)


def _warning(generation: Generation, rows: NDArray[np.int64]) -> NDArray[np.float32]:
    """1 for each passage that has words never to say, 0 for the others: (rows,)."""
    passages = map(generation.row, rows.tolist())
    told = [any(script.never_say for script in passage.scripts) for passage in passages]
    return np.array(told, np.float32)


def signs(
    generation: Generation, sought: Sought, evidence: Evidence, ranking: Ranking
) -> dict[str, float]:
    """What tells whether the best of the candidates answers: there is at least one."""
    best = ranking.read[int(ranking.order[0])]
    verdicts = verify(generation, sought, evidence, ranking.order)
    return features(sought, evidence, ranking.strengths, ranking.order, verdicts, best)


def verify(
    generation: Generation, sought: Sought, evidence: Evidence, order: NDArray[np.int64]
) -> NDArray[np.float32]:
    """The verifier's verdicts on the best of the candidates; none for an encoder without one."""
    verifier = verifier_for(generation.manifest.encoder.name)
    if verifier is None:
        return np.zeros(0, np.float32)
    return verifier.verdicts(sought.tokens, sought.weights, evidence.matches, order[:JUDGED])


def _scores(sure: float, strengths: NDArray[np.float32]) -> NDArray[np.float64]:
    """Scores in 0–1 of the candidates: the strongest has the confidence, the others less."""
    best = strengths.max(initial=-np.inf)
    odds = sure / (1 - sure) * np.exp(strengths.astype(np.float64) - best)
    scores: NDArray[np.float64] = odds / (1 + odds)
    return scores


def _told_once(
    generation: Generation, rows: NDArray[np.int64], order: NDArray[np.int64], top_k: int
) -> dict[int, list[Passage]]:
    """The numbers of the best `top_k` candidates, each with the passages that say the same."""
    alike: dict[int, list[Passage]] = {}
    told: dict[int, Wording] = {}
    for number, row in zip(order.tolist(), rows[order].tolist(), strict=True):
        wording = generation.outline(row).wording
        first = next((first for first, other in told.items() if same(wording, other)), None)
        if first is not None:
            alike[first].append(generation.row(row))
        elif len(alike) == top_k:
            break
        else:
            alike[number], told[number] = [], wording
    return alike


def read(
    generation: Generation, sought: Sought, evidence: Evidence, numbers: NDArray[np.int64]
) -> dict[int, Read]:
    """Look for what answers in some of the candidates, each by itself, by their numbers."""
    if not len(numbers):
        return {}
    rows = evidence.rows[numbers].tolist()
    outlines = list(map(generation.outline, rows))
    counts = np.array([len(outline.sentences) + 1 for outline in outlines], np.int64)
    parts = generation.late.match_parts(evidence.matches, numbers, counts)
    return {
        number: read_passage(sought, generation.row(row), outline, matches)
        for number, row, outline, matches in zip(
            numbers.tolist(), rows, outlines, parts, strict=True
        )
    }


def _hit(
    generation: Generation,
    sought: Sought,
    found: Read,
    score: float,
    others: Sequence[Passage],
) -> Hit:
    """A passage as it is told, with where it and the others that say the same stand."""
    passage = found.passage
    return Hit(
        passage,
        generation.text(passage),
        score,
        highlights(sought.terms, found.outline.folded),
        generation.cite(passage),
        tuple(map(generation.cite, others)),
        _answer(generation, passage, found.found) if found.found else None,
    )


def _answer(generation: Generation, passage: Passage, found: Found) -> Answer:
    """What answers in a passage, in words of the hit and of the source."""
    shift = passage.span.start

    def excerpt(span: Span) -> Excerpt:
        """Words of the document as words of the hit."""
        source_span, quote = generation.quote(passage, span)
        return Excerpt(Span(span.start - shift, span.end - shift), source_span, quote)

    return Answer(
        sentence=excerpt(found.sentence),
        deadlines=found.deadlines,
        situation=found.situation,
        say=tuple(excerpt(each.span) for each in found.say),
        never_say=tuple(excerpt(each.span) for each in found.never_say),
    )
