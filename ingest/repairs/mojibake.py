"""Text decoded with the wrong encoding somewhere on its way: Ã© for é, å®¢æˆ· or 瀹㈡埛 for 客户.

What went through a Western encoding is found and undone by ftfy (Speer 2019), line by line, with
its changes to quotes and widths off: those are not damage in Chinese text. A cross before a
quotation mark, ×“, is not a Hebrew letter, as which it could have been read: what would bring
another alphabet into a line is left. What was UTF-8 and was read as GBK is known by its bytes,
which are valid UTF-8 and mean Chinese.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from ftfy import TextFixerConfig, fix_text
from ftfy.badness import is_bad

from ingest.kept import kept
from ingest.repairs.characters import MARKS, is_han
from ingest.repairs.draft import Draft
from kb.records import Edit, Span

_CONFIG = TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    remove_control_chars=False,
    normalization=None,
)

_ALPHABETS = re.compile(r"[\u0370-\u1cff]")
"""Letters from Greek on, which neither Chinese nor English has."""


def repair(draft: Draft) -> Iterator[Edit]:
    """Replace, in each line that looks wrongly decoded, what has to change."""
    start = 0
    for line in draft.text.split("\n"):
        yield from _read_as_gbk(line, start)
        if not line.isascii() and _is_bad(line) and (fixed := fix_text(line, _CONFIG)) != line:
            matcher = SequenceMatcher(None, line, fixed, autojunk=False)
            for tag, a, b, c, d in matcher.get_opcodes():
                if tag != "equal" and not _ALPHABETS.search(fixed, c, d):
                    yield Edit(Span(start + a, start + b), fixed[c:d], "mojibake", 0.9)
        start += len(line) + 1


@kept
def _is_bad(line: str) -> bool:
    """Whether a line looks wrongly decoded; kept, because most lines never change."""
    return is_bad(line)


def _utf8_starts() -> str:
    """What the first two bytes of a Chinese character or mark in UTF-8 are, read as GBK."""
    firsts = {mark.encode()[:2] for mark in MARKS}
    leads, seconds = range(0xE3, 0xF1), range(0x80, 0xC0)
    firsts |= {bytes((lead, second)) for lead in leads for second in seconds}
    return "".join(sorted(pair.decode("gb18030", "ignore") for pair in firsts))


_FOREIGN = re.compile(rf"(?<![^\x00-\x7f])[{_utf8_starts()}][^\x00-\x7f]{{2,}}")
"""Only what can begin such a run is tried, and hardly a run of sound text begins so."""


def _read_as_gbk(line: str, start: int) -> Iterator[Edit]:
    """Undo GBK readings of UTF-8: a run of characters whose bytes are UTF-8 for Chinese ones."""
    for match in _FOREIGN.finditer(line):
        meant = _as_utf8(match.group())
        if meant and len(meant) >= 2 and all(map(_is_chinese, meant)):
            yield Edit(Span(start + match.start(), start + match.end()), meant, "mojibake", 0.95)


def _as_utf8(run: str) -> str:
    try:
        return run.encode("gb18030").decode("utf-8")
    except UnicodeError:
        return ""


def _is_chinese(char: str) -> bool:
    return is_han(char) or char in MARKS
