"""The double-byte codes of GBK, as two tables."""

from collections.abc import Iterable
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

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
def code_table() -> NDArray[np.uint8]:
    """The lead and the trail byte of each code point up to U+FFFF, (65536, 2); 0 without any."""
    table = np.zeros((0x10000, 2), np.uint8)
    table[np.fromiter(map(ord, codes()), np.int64)] = _rows(codes().values())
    return table


@cache
def unassigned() -> NDArray[np.bool_]:
    """Whether two bytes make no character, (256, 256): a converter may drop such a pair."""
    table = np.zeros((256, 256), np.bool_)
    table[0xA1:0xFF, 0x40:0xFF] = True
    table[:, 0x7F] = False
    leads, trails = _rows(characters()).T
    table[leads, trails] = False
    return table


def _rows(pairs: Iterable[Pair]) -> NDArray[np.uint8]:
    """Pairs of bytes as rows: (pairs, 2)."""
    return np.frombuffer(bytes(chain.from_iterable(pairs)), np.uint8).reshape(-1, 2)
