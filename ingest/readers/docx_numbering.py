"""The automatic numbers of a Word document, which stand nowhere in its text.

Word counts them anew each time it shows the document; so do we, from `numbering.xml`: a counter
for each level of each abstract list, a format for each level, restarts and overrides.
(ECMA-376, part 1, section 17.9.)
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml import etree

from ingest.readers.docx_xml import is_on, value

_DIGITS = "〇一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_LEGAL_SIMPLIFIED = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_LEGAL_TRADITIONAL = str.maketrans("〇一二三四五六七八九十百千", "零壹貳參肆伍陸柒捌玖拾佰仟")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_PLACE = re.compile(r"%([1-9])")
BULLET = "•"


def chinese(number: int) -> str:
    """A number below 10,000 in words: 12 is 十二, 105 is 一百零五."""
    if not 0 < number < 10000:
        return _digital(number)
    digits = [int(digit) for digit in str(number)]
    said = ""
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit:
            said += _DIGITS[digit] + _UNITS[place]
        elif not said.endswith("零"):
            said += "零"
    said = said.rstrip("零")
    return said.removeprefix("一") if said.startswith("一十") else said


def _digital(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _roman(number: int) -> str:
    said = ""
    for worth, letters in _ROMAN:
        said += letters * (number // worth)
        number %= worth
    return said


def _letters(number: int) -> str:
    """a to z, then aa, bb and so on, as Word does."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _row(first: str, last: int) -> Callable[[int], str]:
    """Characters that follow one another in Unicode, up to number `last`; digits beyond."""
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= last else str(number)


def _cycle(characters: str) -> Callable[[int], str]:
    return lambda number: characters[(number - 1) % len(characters)]


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate(
        {code: code + 0xFEE0 for code in range(0x30, 0x3A)}
    ),
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "taiwaneseDigital": _digital,
    "chineseLegalSimplified": lambda number: chinese(number).translate(_LEGAL_SIMPLIFIED),
    "ideographLegalTraditional": lambda number: chinese(number).translate(_LEGAL_TRADITIONAL),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "decimalEnclosedCircle": _row("①", 20),
    "decimalEnclosedCircleChinese": _row("①", 20),
    "decimalEnclosedParen": _row("⑴", 20),
    "decimalEnclosedFullstop": _row("⒈", 20),
    "ideographEnclosedCircle": _row("㊀", 10),
    "none": lambda number: "",
}


@dataclass(frozen=True, slots=True)
class _Level:
    """How the numbers of one level look; `text` holds %1 for the number of the first level.

    `restart` is the level (from 1) whose next number sets this one back: 0 is none of them.
    """

    style: str = ""
    format: str = "decimal"
    text: str = ""
    start: int = 1
    gap: str = " "
    legal: bool = False
    restart: int = 9


@dataclass(frozen=True, slots=True)
class _List:
    """A list as paragraphs name it: the levels, and the counters, which it shares with others."""

    counters: str
    levels: Mapping[int, _Level]
    starts: Mapping[int, int]  # numbers to begin with at the first paragraph of this list


class Numbering:
    """Counts the numbers of a document's paragraphs, which must be asked for in their order."""

    def __init__(self, root: etree._Element | None) -> None:
        """`root` is the element of `numbering.xml`, None where the document has none."""
        self._lists = {} if root is None else dict(_lists(root))
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()

    def level(self, number: str, style: str) -> int:
        """The level that list `number` ties to a paragraph style; the first where it does not."""
        levels = self._lists[number].levels.items() if number in self._lists else ()
        return next((level for level, how in levels if style and how.style == style), 0)

    def next(self, number: str, level: int) -> str:
        """Count a paragraph of list `number`, at `level` from 0; what Word shows before it."""
        numbered = self._lists.get(number)
        if numbered is None or level not in numbered.levels:
            return ""
        counts = self._counts[numbered.counters]
        counts[level] = self._count(number, level, numbered, counts)
        for deeper in [deeper for deeper in counts if deeper > level]:
            if level < numbered.levels.get(deeper, _Level()).restart:
                del counts[deeper]
        return _shown(numbered.levels, level, counts)

    def _count(self, number: str, level: int, numbered: _List, counts: Mapping[int, int]) -> int:
        first = (number, level) not in self._begun
        self._begun.add((number, level))
        if first and level in numbered.starts:
            return numbered.starts[level]
        return counts[level] + 1 if level in counts else numbered.levels[level].start


def _shown(levels: Mapping[int, _Level], level: int, counts: Mapping[int, int]) -> str:
    how = levels[level]
    if how.format == "bullet":
        mark = how.text.strip()
        plain = len(mark) == 1 and unicodedata.category(mark) in ("So", "Po", "Pd", "Sm")
        return (mark if plain else BULLET) + how.gap

    def place(match: re.Match[str]) -> str:
        other = int(match[1]) - 1
        look = levels.get(other, _Level())
        form = "decimal" if how.legal else look.format
        return _FORMATS.get(form, str)(counts.get(other, look.start))

    shown = _PLACE.sub(place, how.text)
    return shown + how.gap if shown.strip() else ""


def _lists(root: etree._Element) -> Iterator[tuple[str, _List]]:
    """Every list of the document by its number."""
    abstract = {
        found.get(qn("w:abstractNumId"), ""): found for found in root.iter(qn("w:abstractNum"))
    }
    styled = {value(found, "w:styleLink"): key for key, found in abstract.items()}
    for number in root.iter(qn("w:num")):
        key = value(number, "w:abstractNumId") or ""
        if key in abstract and (link := value(abstract[key], "w:numStyleLink")):
            key = styled.get(link, key)
        if key not in abstract:
            continue
        levels = {_index(level): _level(level) for level in abstract[key].iter(qn("w:lvl"))}
        starts = {}
        for override in number.iter(qn("w:lvlOverride")):
            if (level := override.find(qn("w:lvl"))) is not None:
                levels[_index(level)] = _level(level)
            if (start := value(override, "w:startOverride")) is not None:
                starts[_index(override)] = _integer(start, 1)
        yield number.get(qn("w:numId"), ""), _List(key, levels, starts)


def _index(element: etree._Element) -> int:
    return _integer(element.get(qn("w:ilvl")), 0)


def _level(element: etree._Element) -> _Level:
    return _Level(
        style=value(element, "w:pStyle") or "",
        format=value(element, "w:numFmt") or "decimal",
        text=value(element, "w:lvlText") or "",
        start=_integer(value(element, "w:start"), 1),
        gap="" if value(element, "w:suff") == "nothing" else " ",
        legal=is_on(element, "w:isLgl"),
        restart=_integer(value(element, "w:lvlRestart"), 9),
    )


def _integer(text: str | None, default: int) -> int:
    """The number that an attribute states; `default` where it states none that can be."""
    return int(text) if text and text.isdecimal() and len(text) < 6 else default
