"""From a question to passages with their citations.

    question ─spelling, fold, language, intent─► dense + lexical candidates ─► late interaction ─►
      ─► fuse ─► tell the same thing once ─► enough? ─► Hit

Every step is a function; `ranking.py` holds the weights, `confidence.py` the decision.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from kb.confidence import THRESHOLD, confidence, features
from kb.edits import apply
from kb.encoder import Encoder, Encoding
from kb.errors import InvalidQuery
from kb.fold import fold
from kb.generation import Generation
from kb.glossary import agreement, levelled
from kb.highlights import highlights
from kb.intent import intent
from kb.language import is_chinese, language
from kb.ranking import NEAREST, WORDIEST, Evidence, weakest_quarter, weigh
from kb.records import Hit, Kind, Passage, Query, SearchResult
from kb.sameness import same
from kb.spelling import Spelling, spelling
from kb.terms import terms

MAX_QUERY = 2_000
"""Code points of the longest question that is searched."""

MAX_TOP_K = 50


def understand(text: str, speller: Spelling | None = None) -> Query:
    """Check a question and find out what it asks for. Raises InvalidQuery.

    With a library's `speller` the search form is that of what was meant.
    """
    words = text.strip()
    if not words:
        raise InvalidQuery("query '': it is empty; expected a question of 1 to 2,000 characters")
    if len(words) > MAX_QUERY:
        raise InvalidQuery(
            f"query of {len(words)} characters: expected at most {MAX_QUERY}; shorten the question"
        )
    if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in words):
        raise InvalidQuery(f"query {words[:40]!r}: it holds a NUL or half a surrogate pair")
    meant = apply(speller.correct(words), words) if speller else words
    folded = fold(meant)
    return Query(words, folded, language(meant), intent(folded))


def search(
    generation: Generation,
    encoder: Encoder,
    text: str,
    *,
    top_k: int = 5,
    kinds: Sequence[Kind] = (),
    documents: Sequence[str] = (),
) -> SearchResult:
    """Find the passages that answer a question, the best first.

    `kinds` and `documents` (ids) leave out all others; empty means all. `answered` is False
    where the evidence is too thin: the hits are then only the nearest passages. Raises
    InvalidQuery for an unusable question or `top_k` outside 1–50.
    """
    if not 1 <= top_k <= MAX_TOP_K:
        raise InvalidQuery(f"top_k {top_k}: expected a whole number from 1 to {MAX_TOP_K}")
    query = understand(text, spelling(generation))
    evidence = gather(generation, encoder.encode_query(query.folded), query, kinds, documents)
    strengths = weigh(evidence)
    order = np.argsort(-strengths, kind="stable")
    sure = confidence(features(query, evidence, strengths, order))
    scores = _scores(sure, strengths[order])
    hits = _hits(generation, query, evidence.rows[order], scores, top_k)
    return SearchResult(query, sure >= THRESHOLD, sure, tuple(hits), generation.name)


def gather(
    generation: Generation,
    encoding: Encoding,
    query: Query,
    kinds: Sequence[Kind],
    documents: Sequence[str],
) -> Evidence:
    """What dense, lexical and late interaction say of the candidates."""
    chinese = is_chinese(query.folded)
    pooled = generation.means.query.centre_pooled(encoding.pooled, chinese=chinese)
    tokens = generation.means.query.centre_tokens(encoding.tokens, chinese=chinese)
    allowed = generation.allowed(kinds, documents)
    lexical, ceiling = generation.lexical.score(terms(query.folded))
    if allowed is not None:
        lexical = np.where(allowed, lexical, np.float32(0))
    rows = np.union1d(generation.dense.nearest(pooled, NEAREST, allowed), _best(lexical, WORDIEST))
    matches = generation.late.match(tokens, rows)
    same_language = generation.late.chinese[rows] == chinese
    synonyms = agreement(generation.lexical, generation.glossary.expand(query.folded))[rows]
    return Evidence(
        rows=rows,
        late=matches @ generation.late.weights(encoding.ids),
        weakest=weakest_quarter(matches),
        dense=generation.dense.score(pooled, rows),
        lexical=lexical[rows] / np.float32(max(ceiling, 1e-9)),
        synonyms=levelled(synonyms, same_language),
        same_language=same_language,
        right_kind=generation.of_kind(rows, query.intent),
    )


def _scores(sure: float, strengths: NDArray[np.float32]) -> NDArray[np.float64]:
    """Scores in 0–1 of candidates in order: the first has the confidence, the others less."""
    if not len(strengths):
        return np.zeros(0)
    odds = sure / (1 - sure) * np.exp(strengths.astype(np.float64) - strengths[0])
    scores: NDArray[np.float64] = odds / (1 + odds)
    return scores


def _best(scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """Rows of the `k` best scores above 0, in no order."""
    found = np.flatnonzero(scores)
    if len(found) > k:
        found = found[np.argpartition(scores[found], -k)[-k:]]
    return found


def _hits(
    generation: Generation,
    query: Query,
    rows: NDArray[np.int64],
    scores: NDArray[np.float64],
    top_k: int,
) -> list[Hit]:
    """The best `top_k` hits; passages that say the same come as one, with `also_in`."""
    groups: list[list[Passage]] = []
    best: list[float] = []
    for row, score in zip(rows.tolist(), scores.tolist(), strict=True):
        passage = generation.row(row)
        words = generation.text(passage)
        for group in groups:
            if same(words, generation.text(group[0])):
                group.append(passage)
                break
        else:
            if len(groups) == top_k:
                break
            groups.append([passage])
            best.append(score)
    return [
        _hit(generation, query, group[0], group[1:], score)
        for group, score in zip(groups, best, strict=True)
    ]


def _hit(
    generation: Generation, query: Query, passage: Passage, twins: Iterable[Passage], score: float
) -> Hit:
    words = generation.text(passage)
    return Hit(
        passage=passage,
        text=words,
        score=score,
        highlights=highlights(query.folded, fold(words)),
        citation=generation.cite(passage),
        also_in=tuple(generation.cite(twin) for twin in twins),
    )
