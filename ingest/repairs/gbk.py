"""The double-byte codes of GBK, as two tables."""

from functools import cache

Pair = tuple[int, int]


@cache
def characters() -> dict[Pair, str]:
    """Lead and trail byte to the character, for every assigned double-byte code."""
    table: dict[Pair, str] = {}
    for lead in range(0x81, 0xFF):
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            char = bytes((lead, trail)).decode("gbk", "replace")
            if len(char) == 1 and char != "\ufffd":
                table[lead, trail] = char
    return table


@cache
def codes() -> dict[str, Pair]:
    """A character to its lead and trail byte; also those of the private use area of GB 18030."""
    table = {char: pair for pair, char in characters().items()}
    for code in range(0xE000, 0xE766):
        encoded = chr(code).encode("gb18030")
        if len(encoded) == 2:
            table[chr(code)] = (encoded[0], encoded[1])
    return table


@cache
def unassigned() -> frozenset[Pair]:
    """Double-byte codes that a converter may have dropped, because they have no character."""
    pairs = ((lead, trail) for lead in range(0xA1, 0xFF) for trail in range(0x40, 0xFF))
    return frozenset(pair for pair in pairs if pair[1] != 0x7F and pair not in characters())
