"""The words by which the lexical index knows a text.

Chinese runs give the words that rjieba's search mode finds, and every pair of neighbouring
characters, so that a word the dictionary lacks is still found; a lone character stands for
itself. Latin runs give their English stems, digits themselves.
"""

import re
from functools import cache, lru_cache

import rjieba
import snowballstemmer

_HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f"
_RUN = re.compile(rf"[{_HAN}]+|[0-9]+(?:[.:][0-9]+)*|[^\W\d_{_HAN}]+")


@cache
def _jieba() -> rjieba.Jieba:
    return rjieba.Jieba()


@lru_cache(100_000)
def _stem(word: str) -> str:
    return str(snowballstemmer.stemmer("english").stemWord(word))


def terms(folded: str) -> list[str]:
    """Return the terms of a text in its search form (see `kb.fold`), repeats included."""
    found: list[str] = []
    for run in _RUN.findall(folded):
        if run[0] < "\u3400":
            found.append(_stem(run) if run.isascii() and run.isalpha() else run)
        else:
            found += _han(run)
    return found


def words(folded: str) -> list[str]:
    """Return the words of a Chinese text in its search form, none of which share a character."""
    return list(_jieba().cut(folded))


def _han(run: str) -> list[str]:
    if len(run) == 1:
        return [run]
    pairs = [run[i : i + 2] for i in range(len(run) - 1)]
    return pairs + [word for word in _jieba().cut_for_search(run) if len(word) > 2]
