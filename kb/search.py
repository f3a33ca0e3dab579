"""From a question to passages with their citations.

    question ─spelling, fold, language, intent─► dense + lexical candidates ─► late interaction ─►
      ─► fuse ─► tell the same thing once ─► enough? ─► what in it answers ─► Hit

Every step is a function; `ranking.py` holds the weights, `confidence.py` the decision.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kb.answer import Sought, find_answer, words_of
from kb.asked import asked
from kb.confidence import JUDGED, THRESHOLD, confidence, features, level
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
from kb.records import Answer, Excerpt, Hit, Kind, Query, SearchResult, Span
from kb.sameness import same
from kb.spelling import Spelling, spelling
from kb.terms import terms
from kb.verifier import verifier_for

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
    corrections = speller.correct(words) if speller else ()
    meant = apply(corrections, words)
    folded = fold(meant)
    return Query(words, folded, language(meant), intent(folded), corrections)


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
    if not 1 <= top_k <= MAX_TOP_K:
        raise InvalidQuery(f"top_k {top_k}: expected a whole number from 1 to {MAX_TOP_K}")
    query = understand(text, None if exact else spelling(generation))
    encoding = encoder.encode_query(query.folded)
    evidence = gather(generation, encoding, query, kinds, documents)
    return conclude(generation, encoding, query, evidence, top_k=top_k, threshold=threshold)


def conclude(
    generation: Generation,
    encoding: Encoding,
    query: Query,
    evidence: Evidence,
    *,
    top_k: int,
    threshold: float = THRESHOLD,
) -> SearchResult:
    """From what speaks for each candidate to the best of them and what in them answers."""
    strengths = weigh(evidence)
    order = np.argsort(-strengths, kind="stable")
    rows = evidence.rows[order]
    sought = look_for(generation, encoding, query)
    verdicts = verify(generation, sought, rows)
    sure = confidence(features(query, evidence, strengths, order, verdicts), len(order))
    hits = _hits(generation, sought, rows, _scores(sure, strengths[order]), top_k)
    return SearchResult(query, level(sure, threshold), sure, tuple(hits), generation.name)


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


def look_for(generation: Generation, encoding: Encoding, query: Query) -> Sought:
    """What is looked for inside the passages that were found."""
    chinese = is_chinese(query.folded)
    return Sought(
        query,
        asked(query.folded),
        words_of(query.folded, generation.glossary.expand(query.folded)),
        generation.means.query.centre_tokens(encoding.tokens, chinese=chinese),
        generation.late.weights(encoding.ids),
    )


def verify(generation: Generation, sought: Sought, rows: NDArray[np.int64]) -> NDArray[np.float32]:
    """The verifier's verdicts on the best of the candidates; none for an encoder without one."""
    verifier = verifier_for(generation.manifest.encoder.name)
    if verifier is None:
        return np.zeros(0, np.float32)
    passages = [generation.late.of(row)[0].decoded() for row in rows[:JUDGED].tolist()]
    return verifier.verdicts(sought.tokens, sought.weights, passages)


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
    sought: Sought,
    rows: NDArray[np.int64],
    scores: NDArray[np.float64],
    top_k: int,
) -> list[Hit]:
    """The best `top_k` hits; passages that say the same come as one, with `also_in`."""
    groups: list[list[int]] = []
    best: list[float] = []
    for row, score in zip(rows.tolist(), scores.tolist(), strict=True):
        words = generation.text(generation.row(row))
        for group in groups:
            if same(words, generation.text(generation.row(group[0]))):
                group.append(row)
                break
        else:
            if len(groups) == top_k:
                break
            groups.append([row])
            best.append(score)
    return [
        _hit(generation, sought, group, score) for group, score in zip(groups, best, strict=True)
    ]


def _hit(generation: Generation, sought: Sought, rows: Sequence[int], score: float) -> Hit:
    """The hit of a passage; further rows are those that say the same."""
    passage, *twins = map(generation.row, rows)
    return Hit(
        passage=passage,
        text=generation.text(passage),
        score=score,
        highlights=highlights(sought.query.folded, generation.outline(rows[0]).folded),
        citation=generation.cite(passage),
        also_in=tuple(generation.cite(twin) for twin in twins),
        answer=_answer(generation, sought, rows[0]),
    )


def _answer(generation: Generation, sought: Sought, row: int) -> Answer | None:
    """What answers in the passage of a row."""
    passage, outline = generation.row(row), generation.outline(row)
    if not outline.sentences:
        return None
    matches = generation.late.match_parts(sought.tokens, row, len(outline.sentences) + 1)
    found = find_answer(sought, passage, outline, matches)
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
