"""Text decoded with the wrong encoding somewhere on its way: Ã© for é, å®¢æˆ· for 客户.

Found and undone by ftfy (Speer 2019), line by line, with its changes to quotes and widths off:
those are not damage in Chinese text.
"""

from collections.abc import Iterator
from difflib import SequenceMatcher

from ftfy import TextFixerConfig, fix_text
from ftfy.badness import is_bad

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


def repair(draft: Draft) -> Iterator[Edit]:
    """Replace, in each line that looks wrongly decoded, what ftfy would change."""
    start = 0
    for line in draft.text.split("\n"):
        if not line.isascii() and is_bad(line) and (fixed := fix_text(line, _CONFIG)) != line:
            matcher = SequenceMatcher(None, line, fixed, autojunk=False)
            for tag, a, b, c, d in matcher.get_opcodes():
                if tag != "equal":
                    yield Edit(Span(start + a, start + b), fixed[c:d], "mojibake", 0.9)
        start += len(line) + 1
