"""The double-byte codes of GBK, as two tables."""

from functools import cache

Pair = tuple[int, int]


@cache
def characters() -> dict[Pair, str]:
    """Lead and trail byte to the character, for every assigned double-byte code."""
    trails = (*range(0x40, 0x7F), *range(0x80, 0xFF))
    pairs = [(lead, trail) for lead in range(0x81, 0xFF) for trail in trails]
    # In one go, a line each: one by one takes as long as cleaning a manual.
    lines = b"\n".join(map(bytes, pairs)).decode("gbk", "replace").split("\n")
    decoded = zip(pairs, lines, strict=True)
    return {pair: char for pair, char in decoded if len(char) == 1 and char != "\ufffd"}


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
def unassigned() -> tuple[frozenset[int], ...]:
    """For each byte those that it makes no character with: a converter may drop such a pair."""
    trails = [trail for trail in range(0x40, 0xFF) if trail != 0x7F]
    return tuple(
        frozenset(trail for trail in trails if lead >= 0xA1 and (lead, trail) not in characters())
        for lead in range(0xFF)
    )
