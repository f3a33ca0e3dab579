"""Groups pieces that only make sense together: a question and its answer, a lead-in and its list.

What may never be separated is decided here: the words to say from the line that says when to
say them. Where the words never to say are told by a column head or a lead-in further up, those
go along as `columns`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.pieces import Piece, bars, folded, width
from ingest.sentences import split_long
from ingest.sizes import Sizes
from kb.records import Span

_ANSWER = re.compile(
    r"(?:答案?|回[复答]|应对|话术|示范|建议|(?:标准|参考|规范|推荐)(?:用语|话术|回[复答])|客服|坐席|卖家|话务|服(?=:)|"
    r"a|answer|reply|agent|response)(?:[^\s:,。]{0,8}| \d+):"
)
_ASK = re.compile(
    r"(?:问题?|提问|买家|客[户人]|客(?=:)|顾客|用户|业主|住户|民众|旅客|患者|家长|市民|q|question|customer|caller|guest)"
    r"(?:[^\s:,。]{0,8}| \d+):"
)
_VERDICT = re.compile(
    r"[×✗✘❌√✓✔✅]|(?:正确|错误|应该?说?|不应该?说?|不要说|禁[用忌]语?|忌[用语]|推荐|不推荐|"
    r"do not say|don't say|never say|don't|do|say|wrong|right|avoid|instead)[^\s:,。]{0,6}:"
)
_LEAD_IN = re.compile(r":$|(?:如下|以下几[点种类条])$|(?:as follows|the following)$")
_FORBIDS = (
    r"(?:不[应该能可准许得宜要]|禁[止用忌]|忌[用语讳]|错误|should not|do not|don't|never|avoid)"
)
_ALLOWS = r"(?:应该?|必须|正确|规范|标准|可以|建议|推荐|should|say|do\b|instead|right)"
_JUDGES = re.compile(
    rf"{_FORBIDS}|(?:必须|应该?|要|可以|推荐|标准|规范|正确的?)(?:说|讲|用语|说法|话术|做法)"
    "|(?:should|always) (?:say|do)"
)
_CELL = r"[^\s。，,:；;“”\"!?|]{0,6}"
_HEAD = re.compile(
    r"(?:(?<=\s)|^)"
    r"(?P<case>[^\s。，,:；;“”\"!?]{0,16}(?:情[况形]|场[景合]|时机|问题|项目|situation)[ \t|]+)?"
    rf"(?:{_CELL}{_FORBIDS}{_CELL}[ \t|]+{_CELL}{_ALLOWS}{_CELL}"
    rf"|{_CELL}{_ALLOWS}{_CELL}[ \t|]+{_CELL}{_FORBIDS}{_CELL})(?=\s|$)"
)
_ROW = re.compile(
    r"(?:(?<=[。!?”\"」)])|(?<=[。!?”\"」)][ \t])|(?<=\n)|^)"
    r"(?=(?:遇|当|如|若|想要|需|因|无法|通话|向|与|提供|客户|用户|顾客)[^“”\"。!?\n]{2,45}[ \t\n])"
)
_OPENING = '“"「『‘'
_CLOSING = "”」』’）)】》，。、；：！？,;:!?"
_TERMINAL = "。．.！!？?；;：:…”’」』）)】》〉]\"'~"
_COLUMNS = 2
_SHORT = 22  # width of a line that may be the situation of a script, or that was broken off


@dataclass(frozen=True, slots=True)
class Thought:
    """Words that stay together. `columns` tells what they mean, where their own words do not.

    `row` says that they are a table's row, which is a thought for itself; `opens`, that
    something new begins here, which does not go with what is before it.
    """

    span: Span
    columns: str = ""
    row: bool = False
    opens: bool = False

    def __len__(self) -> int:
        return self.span.end - self.span.start


def joined(one: Thought, after: Thought) -> Thought:
    """Two neighbours as one thought."""
    span = Span(one.span.start, after.span.end)
    return replace(one, span=span, columns=one.columns or after.columns)


@dataclass(frozen=True, slots=True)
class _Above:
    """Column heads, or a lead-in, that the words below it need to be understood.

    `flat`: the table lost its lines; `bars`: it is drawn in the text, with so many. `lists`
    counts the numbered lists below, `last` is the number seen last: two columns that were read
    one after the other are two lists.
    """

    words: str = ""
    rows: bool = False
    flat: bool = False
    bars: int = 0
    lists: int = 0
    last: int = 0


def thoughts(
    text: str, pieces: Sequence[Piece], sizes: Sizes, *, heading_lines: int
) -> list[Thought]:
    """Return the thoughts of one section, in order. Its first lines are tied to what follows."""
    parts = [
        part
        for piece, above in _with_columns(text, pieces, heading_lines)
        for part in _short_enough(text, piece, above, sizes)
    ]
    found: list[Thought] = []
    before, clause = None, False
    for i, (piece, thought) in enumerate(parts):
        tied = before is not None and (i <= heading_lines or _belongs(before, piece))
        clause = not thought.row and (piece.marker is not None or (clause and not piece.block))
        goes_on = before is not None and clause and piece.marker is None
        if found and (i <= heading_lines or not thought.opens or len(found[-1]) <= _SHORT):
            one = joined(found[-1], thought)
            same = thought.columns == found[-1].columns
            if len(one) <= sizes.room if tied else goes_on and same and len(one) <= sizes.target:
                thought = one
                found.pop()
        found.append(thought)
        before = piece
    return found


def _short_enough(
    text: str, piece: Piece, above: _Above, sizes: Sizes
) -> Iterator[tuple[Piece, Thought]]:
    opens = _HEAD.search(folded(piece.words)) is not None
    if piece.span.end - piece.span.start <= sizes.room:
        yield piece, Thought(piece.span, above.words, above.rows, opens)
        return
    for i, span in enumerate(split_long(text, piece.span, sizes)):
        part = Piece(span, span.of(text), piece.marker if i == 0 else None, piece.block, i == 0)
        yield part, Thought(span, above.words, above.rows, opens and i == 0)


def _belongs(piece: Piece, after: Piece) -> bool:
    """Whether one of two neighbours cannot be understood without the other."""
    if piece.block and piece.block.kind == "table_row":
        return piece.block.header
    if bars(piece):
        return False
    said, reply = folded(piece.words), folded(after.words)
    if after.words[0] in _CLOSING or (after.marker is None and _ANSWER.match(reply)):
        return True
    if _VERDICT.match(reply) and _VERDICT.match(said):
        return True
    if _ASK.match(said) and not _ASK.match(reply) and not after.marker:
        return True
    if _LEAD_IN.search(said) or _judges(said):
        return True
    if piece.words[-1] not in _TERMINAL and not after.marker and not after.block:
        return after.words[0] in _OPENING or width(piece.words) > _SHORT
    return False


def _with_columns(
    text: str, pieces: Sequence[Piece], heading_lines: int
) -> Iterator[tuple[Piece, _Above]]:
    """Each piece, cut at the rows of a table that lost its lines, with what it stands under."""
    above = _Above()
    yield from ((piece, above) for piece in pieces[:heading_lines])
    heads = dict(_drawn_heads(pieces))
    for number, piece in enumerate(pieces[heading_lines:], heading_lines):
        if piece.block and piece.block.kind == "table_row":
            if piece.block.header:
                above = _Above(" ".join(piece.words.split()), rows=True)
            yield piece, replace(above, rows=True)
            continue
        if (above.rows and not above.flat) or (above.bars and not bars(piece)):
            above = _Above()
        if number in heads or above.bars:
            above = heads.get(number, above)
            yield piece, above
            continue
        for part in _rows(text, piece, above):
            above = _above(part, above)
            yield part, above


def _drawn_heads(pieces: Sequence[Piece]) -> Iterator[tuple[int, _Above]]:
    """The first line of each table that is drawn in the text, with what its rows stand under."""
    drawn = [0, *map(bars, pieces), 0]
    for number, piece in enumerate(pieces):
        before, own, after = drawn[number : number + 3]
        if own and before == 0 and after == own:
            yield number, _Above(" ".join(piece.words.split()), bars=own)


def _above(piece: Piece, current: _Above) -> _Above:
    """What `piece` and the pieces behind it stand under."""
    said = folded(piece.words)
    if head := _HEAD.search(said):
        return _Above(piece.words[slice(*head.span())].strip(), rows=bool(head["case"]), flat=True)
    if current.rows or (piece.marker and not piece.marker.number) or said[0] in _OPENING:
        return current
    if piece.marker is not None:
        number = piece.marker.number[-1]
        lists = current.lists + (number <= current.last or not current.lists)
        ended = lists > (_COLUMNS if current.flat else 1)
        return _Above() if ended else replace(current, lists=lists, last=number)
    return _Above(piece.words.strip(":：")) if _judges(said) else _Above()


def _judges(said: str) -> bool:
    """Whether a line says of the list below it that it is to be said or done, or never to be."""
    leads_in = width(said) <= _SHORT and (_LEAD_IN.search(said) or said[-1] in "的语")
    return bool(leads_in and _JUDGES.search(said))


def _rows(text: str, piece: Piece, above: _Above) -> Iterator[Piece]:
    """A piece, cut before the head of a flattened table and, below one, before each row."""
    said = folded(piece.words)
    head = _HEAD.search(said)
    starts = {0} | ({head.start()} if head else set())
    if above.rows or (head and head["case"]):
        starts |= {m.start() for m in _ROW.finditer(said, head.end() if head else 0)}
    borders = [*sorted(starts), len(said)]
    for i, (start, end) in enumerate(pairwise(borders)):
        words = piece.words[start:end]
        begin = piece.span.start + start + len(words) - len(words.lstrip())
        if words := words.strip():
            span = Span(begin, begin + len(words))
            marker, leads = (piece.marker, piece.leads) if i == 0 else (None, False)
            yield Piece(span, words, marker, piece.block, leads)
