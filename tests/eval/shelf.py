"""A real search, very small: passages of a list, ranked by the letters they share with a query."""

from collections.abc import Callable, Sequence

from eval.questions import Gold, Question
from kb.confidence import level
from kb.records import Citation, Hit, Passage, Query, SearchResult, Span

SHELF = (
    "电话响铃三声内接听,超过三声应先致歉。",
    "房客退房前须将钥匙交回前台。",
    "Refunds are paid out within five working days.",
    "投訴須在二十四小時內回覆。",
)


def shelf(passages: Sequence[str] = SHELF) -> Callable[[str, int], SearchResult]:
    """Return a search over `passages`; it answers where at least half of the query is found."""

    def search(text: str, top_k: int) -> SearchResult:
        scores = [sum(letter in words for letter in text) / len(text) for words in passages]
        order = sorted(range(len(passages)), key=lambda row: -scores[row])[:top_k]
        hits = tuple(_hit(passages[row], row, scores[row]) for row in order if scores[row])
        best = max(scores, default=0.0)
        query = Query(text, text.lower(), "zh-Hans", None)
        return SearchResult(query, level(best, 0.5), best, hits, "shelf-1")

    return search


def _hit(text: str, row: int, score: float) -> Hit:
    span = Span(0, len(text))
    passage = Passage(f"p{row}", f"d{row}", "", (), span)
    citation = Citation(
        f"p{row}", f"d{row}", f"{row}.txt", "Shelf", "1", ("One",), None, span, span, text
    )
    return Hit(passage, text, score, (), citation)


def question(
    number: int, query: str, *gold: str, lang: str = "zh-Hans", note: str = ""
) -> Question:
    """Return a judged question; it is answerable if it has gold."""
    quotes = tuple(Gold("shelf", words) for words in gold)
    return Question(f"q{number}", query, lang, "natural", "rule", bool(gold), quotes, "", note)


QUESTIONS = (
    question(1, "电话响几声接听", "三声内接听"),
    question(2, "钥匙交给谁", "钥匙交回前台"),
    question(3, "When are refunds paid", "within five working days", lang="en"),
    question(4, "迟到扣多少工资", "没有这样的话,谁也找不到"),
    question(5, "宠物能进店吗", note="near-miss: only people are named"),
)
