"""Question marks that stand for another mark which a converter could not write.

Certain only where the neighbours leave no choice: a time (13?30), a clause's number (?1?) and
an ordinal in brackets behind a title (《派工单》?第二聯?). Elsewhere the question mark stays.
"""

import re
from collections.abc import Iterator

from ingest.repairs.characters import HAN
from ingest.repairs.draft import Draft
from kb.records import Edit, Span

_TIME = re.compile(r"(?<![\d?.:])(?:[01]?\d|2[0-3])(?P<mark>\?)[0-5]\d(?![\d?])")
_NUMBERING = re.compile(rf"(?P<open>\?)\d{{1,2}}(?P<close>\?)\s?(?=[{HAN}“《])")
_ORDINAL = re.compile(
    rf"(?<=[》{HAN}])(?P<open>\?)(?:第[一二三四五六七八九十百\d、]+|一式[一二三四五六两兩]|"
    rf"[一二三四五六七八九十]式)"
    r"[联聯份条條章节節页頁类類级級项項款](?P<close>\?)"
)


def repair(draft: Draft) -> Iterator[Edit]:
    """Put back the colons of times and the brackets of numbers."""
    for match in _TIME.finditer(draft.text):
        yield Edit(Span(*match.span("mark")), ":", "lost_punctuation", 0.95)
    for pattern, certainty in ((_NUMBERING, 0.9), (_ORDINAL, 0.85)):
        for match in pattern.finditer(draft.text):
            yield Edit(Span(*match.span("open")), "(", "lost_punctuation", certainty)
            yield Edit(Span(*match.span("close")), ")", "lost_punctuation", certainty)
