"""Damage as the world does it to manuals: clean text in, damaged text and the truth out.

One function for each class of damage. Each takes a text and a random number generator and does
what was once done by careless software, so that the truth about every damaged place is known.
`score` then says how well a repair does: restored exactly, left alone, or made worse.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random
from unicodedata import normalize

from pypinyin.pinyin_dict import pinyin_dict

from kb.edits import Edited, apply
from kb.fold import fold
from kb.records import Edit, Span

_HAN = re.compile("[\u4e00-\u9fff]")
_SENTENCE_ENDS = "。！？!?；;：:…”）)"
_FULL_WIDTH = "！？，；：（）"


@dataclass(frozen=True, slots=True)
class Wound:
    """A damaged place: its span in the damaged text, and what stood there.

    `lost` says that a part of it is gone without a trace, so that nobody can know what it was.
    """

    span: Span
    original: str
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged text with its wounds, in the order of the text."""

    text: str
    wounds: tuple[Wound, ...]


Injector = Callable[[str, Random], Damaged]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a repair did on the wounds of one class.

    `partly` are those restored but for a question mark that goes on standing for what was lost.
    """

    restored: int = 0
    left: int = 0
    worse: int = 0
    partly: int = 0

    @property
    def share(self) -> float:
        """Wounds restored exactly, of all; 1 where there were none."""
        total = self.restored + self.left + self.worse + self.partly
        return self.restored / total if total else 1.0

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(
            self.restored + other.restored,
            self.left + other.left,
            self.worse + other.worse,
            self.partly + other.partly,
        )


def _wounded(text: str, changes: Iterable[Edit]) -> Damaged:
    """Make `changes`, sorted and apart from one another, and note each as a wound."""
    edits, wounds, shift = list(changes), [], 0
    for edit in edits:
        start = edit.span.start + shift
        end = start + len(edit.replacement)
        wounds.append(Wound(Span(start, end), edit.span.of(text)))
        shift = end - edit.span.end
    return Damaged(apply(edits, text), tuple(wounds))


def _change(start: int, end: int, replacement: str) -> Edit:
    return Edit(Span(start, end), replacement, "damage", 1.0)


def bracketed_pinyin(text: str, rng: Random) -> Damaged:
    """A reading in brackets behind one Chinese character in ten."""
    return _wounded(
        text,
        [
            _change(at, at + 1, f"{char}({pinyin_dict[ord(char)].split(',')[0]})")
            for at, char in enumerate(text)
            if _HAN.match(char) and ord(char) in pinyin_dict and rng.random() < 0.1
        ],
    )


def shifted_bytes(text: str, rng: Random) -> Damaged:
    """Replacements over the GBK bytes of a text, made without a look at character borders.

    The full-width marks become ASCII, and a pinyin bracket is put behind the codes of a few
    characters that happen to lie across the border of two others. Then the bytes are read again.
    """
    clean = "".join(char for char in text if _encodable(char))
    straddling = sorted({middle for at in range(len(clean)) if (middle := _middle(clean, at))})
    chosen = rng.sample(straddling, min(len(straddling), 1 + len(clean) // 200))
    codes = {middle: _annotated(middle) for middle in chosen}
    codes |= {mark.encode("gbk"): chr(ord(mark) - 0xFEE0).encode() for mark in _FULL_WIDTH}
    return _reread(clean, codes)


def _encodable(char: str) -> bool:
    return bool(char.encode("gbk", "ignore"))


def _middle(clean: str, at: int) -> bytes | None:
    """The inner bytes of two characters where they are the code of a Traditional character."""
    encoded = clean[at : at + 2].encode("gbk")
    char = encoded[1:3].decode("gbk", "ignore") if len(encoded) == 4 else ""
    traditional = len(char) == 1 and _HAN.match(char) and fold(char) != char
    return encoded[1:3] if traditional and ord(char) in pinyin_dict else None


def _annotated(code: bytes) -> bytes:
    reading = pinyin_dict[ord(code.decode("gbk"))].split(",")[0]
    return code + f"({reading})".encode("gbk", "ignore")


@dataclass(frozen=True, slots=True)
class Part:
    """A character as read from the bytes, where in the clean bytes it began, what it cost."""

    char: str
    at: int
    lost: bool


def _reread(clean: str, codes: dict[bytes, bytes]) -> Damaged:
    """Replace `codes` in the bytes of `clean`, read them again, and compare."""
    data, borders = _positions(clean)
    parts: list[Part] = []
    raw: list[tuple[int, int]] = []
    at = 0
    while at < len(data):
        code = data[at : at + 2]
        if code in codes:
            raw += [(byte, at + min(i, 2)) for i, byte in enumerate(codes[code])]
            at += 2
        else:
            raw.append((data[at], at))
            at += 1
    index = 0
    while index < len(raw):
        char, taken, lost = _decoded([byte for byte, _ in raw[index : index + 3]])
        parts.append(Part(char, raw[index][1], lost))
        index += taken
    return _compared(clean, borders, parts)


def _positions(clean: str) -> tuple[bytes, list[int]]:
    borders = [0]
    for char in clean:
        borders.append(borders[-1] + len(char.encode("gbk")))
    return clean.encode("gbk"), borders


def _decoded(data: Sequence[int]) -> tuple[str, int, bool]:
    """The first character of these bytes, how many bytes it took, and whether any went lost.

    A lead byte before an ASCII byte becomes "?", and may take that byte along; a bracket that
    is taken along is that of a pinyin, which tells what the lost byte was. A pair without a
    character is dropped.
    """
    if data[0] < 0x80:
        return chr(data[0]), 1, False
    pair = data[:2]
    if len(pair) < 2 or pair[1] < 0x40:
        eaten = "".join(map(chr, pair[1:]))
        pinyin = eaten == "(" and not chr((*data, 0)[2]).isupper()
        return "?", 2 if eaten in ("(", " ") else 1, not pinyin
    char = bytes(pair).decode("gbk", "ignore")
    found = char if len(char) == 1 and pair[1] != 0x7F else ""
    return found, 2, not found


def _compared(clean: str, borders: list[int], parts: Sequence[Part]) -> Damaged:
    """Find the stretches where the new text and `clean` are out of step."""
    text, wounds, start, clean_start, lost = "", [], -1, 0, False
    for part in parts:
        position = bisect_right(borders, part.at) - 1
        aligned = borders[position] == part.at
        same = aligned and position < len(clean) and _same(part.char, clean[position])
        if start >= 0 and same:
            wounds.append(Wound(Span(start, len(text)), _half(clean[clean_start:position]), lost))
            start = -1
        elif start < 0 and not same:
            start, clean_start, lost = len(text), position + (not aligned), False
        lost = lost or (part.lost and start < len(text))
        text += part.char
    if start >= 0:
        wounds.append(Wound(Span(start, len(text)), _half(clean[clean_start:]), lost))
    return Damaged(text, tuple(wounds))


def _same(char: str, original: str) -> bool:
    return char == original or char == _half(original) != original


def _half(text: str) -> str:
    return "".join(chr(ord(c) - 0xFEE0) if c in _FULL_WIDTH else c for c in text)


def mojibake(text: str, rng: Random) -> Damaged:
    """One line in three was UTF-8 and has been read as Latin-1."""
    changes = [
        _change(*match.span(), match.group().encode().decode("latin-1"))
        for match in re.finditer(r"[^\n]+", text)
        if rng.random() < 0.34 and not match.group().isascii()
    ]
    return _wounded(text, changes)


def radicals(text: str, rng: Random) -> Damaged:
    """Every second character that has a look-alike among the radicals of Kangxi is one."""
    lookalikes = {normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)}
    changes = [
        _change(at, at + 1, lookalikes[char])
        for at, char in enumerate(text)
        if char in lookalikes and rng.random() < 0.5
    ]
    return _wounded(text, changes)


def hard_wraps(text: str, rng: Random) -> Damaged:
    """Each paragraph broken at a fixed width, with or without a blank line between all lines."""
    width, line_end = rng.choice((30, 38, 46)), rng.choice(("\n", "\n\n"))
    text = text.replace("\n", line_end)
    return _wounded(text, [_change(at, at, line_end) for at in _breaks(text, width)])


def wrap_blanks(text: str, rng: Random) -> Damaged:
    """The same, but the line ends have become blanks since."""
    return _wounded(text, [_change(at, at, " ") for at in _breaks(text, rng.choice((34, 40)))])


def _breaks(text: str, width: int) -> list[int]:
    """Positions about every `width` characters of a line, in a sentence, before a character."""
    found = []
    for line in re.finditer(r"[^\n]+", text):
        columns = 0.0
        for at in range(line.start(), line.end() - 1):
            columns += 1.0 if ord(text[at]) > 0x2E7F else 0.5
            breakable = _HAN.match(text[at + 1]) and text[at] not in _SENTENCE_ENDS + " "
            if columns >= width and breakable:
                found.append(at + 1)
                columns = 0.0
    return found


def digit_spaces(text: str, rng: Random) -> Damaged:
    """Every number in running text set off by blanks, as typesetters and converters do.

    The number that begins a line may be a clause's own: a blank behind that one is right.
    """
    borders = re.finditer(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff])", text)
    numbers = {match.end() for match in _FIRST_NUMBER.finditer(text)}
    places = [at.start() for at in borders if at.start() not in numbers]
    return _wounded(text, [_change(at, at, " ") for at in places])


_FIRST_NUMBER = re.compile(r"^[\s#>*•(（-]*\d+(?:[.．]\d+)*", re.MULTILINE)


def lost_punctuation(text: str, rng: Random) -> Damaged:
    """Colons of times and brackets of clause numbers turned into question marks."""
    found = [match.span("colon") for match in _CLOCK.finditer(text)]
    for number in _NUMBERING.finditer(text):
        found += [(number.start(), number.start() + 1), (number.end() - 1, number.end())]
    return _wounded(text, [_change(*span, "?") for span in sorted(found)])


_CLOCK = re.compile(r"(?<![\d:：–-])(?:[01]?\d|2[0-3])(?P<colon>:)[0-5]\d(?![\d:])")
_NUMBERING = re.compile(r"\(\d{1,2}\)(?=[\u4e00-\u9fff])")


def html_remnants(text: str, rng: Random) -> Damaged:
    """A paragraph's end tag left at the end of every other line, sometimes without its bracket."""
    ends = [match.end() for match in re.finditer(r"[^\n]+", text) if rng.random() < 0.5]
    return _wounded(text, [_change(at, at, rng.choice(("</p>", "/p>", "<br/>"))) for at in ends])


def running_header(text: str, rng: Random) -> Damaged:
    """A slide's header with its growing number, glued to the beginning of every line."""
    name = "".join(rng.sample("优质服务从心开始卓越客户至上共创和谐家园", 8))
    lines = list(re.finditer(r"[^\n]+", text))
    return _wounded(
        text,
        [_change(m.start(), m.start(), f"{page} {name}") for page, m in enumerate(lines, start=3)],
    )


INJECTORS: dict[str, Injector] = {
    "bracketed_pinyin": bracketed_pinyin,
    "shifted_bytes": shifted_bytes,
    "mojibake": mojibake,
    "radicals": radicals,
    "hard_wraps": hard_wraps,
    "wrap_blanks": wrap_blanks,
    "digit_spaces": digit_spaces,
    "lost_punctuation": lost_punctuation,
    "html_remnants": html_remnants,
    "running_header": running_header,
}
"""Every class of damage by its name."""


def interleaved_columns(text: str, rng: Random) -> Damaged:
    """A page of Chinese text in two columns, read across: both in one line, or in turn.

    Nobody can undo this. A repair has to leave it as it is, and to say so.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    size, turns = rng.choice((14, 18, 22)), rng.random() < 0.5
    left, right = (_column(half, size) for half in (lines[::2], lines[1::2]))
    rows = list(zip(left, right, strict=False))[:_MOST_ROWS]
    gap = "\n" if turns else "    "
    read = "\n".join(f"{a if turns else _padded(a, size)}{gap}{b}" for a, b in rows)
    if len(rows) < _FEWEST_ROWS or 2 * len(_HAN.findall(text)) < len(text):
        return Damaged(text, ())
    return Damaged(read, (Wound(Span(0, len(read)), text, lost=True),))


_FEWEST_ROWS, _MOST_ROWS = 5, 30


def _column(lines: Iterable[str], size: int) -> list[str]:
    return [line[at : at + size].strip() for line in lines for at in range(0, len(line), size)]


def _padded(words: str, size: int) -> str:
    """`words` with blanks up to the width of `size` Chinese characters."""
    return words + " " * (2 * size - sum(1 + (ord(char) > 0x2E7F) for char in words))


_CONTEXT = 6


def score(damaged: Damaged, repaired: Edited, *, lost: bool = False) -> Outcome:
    """Compare a repaired text with the truth, wound by wound: those with a loss, or the others.

    A wound counts as restored only if a few characters on either side are also as they were.
    """
    outcome = Outcome()
    for index, wound in enumerate(damaged.wounds):
        if wound.lost != lost:
            continue
        before = damaged.wounds[index - 1].span.end if index else 0
        after = (*damaged.wounds[index + 1 :], None)[0]
        start = max(before, wound.span.start - _CONTEXT)
        end = min(after.span.start if after else len(damaged.text), wound.span.end + _CONTEXT)
        truth = damaged.text[start : wound.span.start] + wound.original
        truth += damaged.text[wound.span.end : end]
        outcome += _outcome(damaged, repaired, Span(start, end), truth)
    return outcome


def _outcome(damaged: Damaged, repaired: Edited, span: Span, truth: str) -> Outcome:
    now = repaired.to_text(span).of(repaired.text)
    if now == truth:
        return Outcome(restored=1)
    if now == span.of(damaged.text):
        return Outcome(left=1)
    return Outcome(partly=1) if _but_for_what_was_lost(now, truth) else Outcome(worse=1)


def _but_for_what_was_lost(now: str, truth: str) -> bool:
    """Whether `now` says the truth, with a question mark for a character or two."""
    known = (re.escape(words) for words in now.split("?"))
    return "?" in now and re.fullmatch(".{0,2}".join(known), truth, re.DOTALL) is not None
