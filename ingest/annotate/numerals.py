"""Numbers as manuals write them, in the search form: 30, 2.5, 十五, 廿, 两三, 半, twenty-five.

`NUMBER` is the source of a pattern that finds one; `read` gives its lowest and highest value,
which differ only for pairs such as 两三 (two or three).
"""

HAN = "零〇一二三四五六七八九十百千两俩仨廿卅半壹贰叁肆伍陆柒捌玖拾"
"""俩 and 仨 count people too (夫妻俩), so a number may follow them as it may no other of these."""

_DIGITS = dict(
    zip("零〇一二三四五六七八九两俩仨壹贰叁肆伍陆柒捌玖", "00123456789223123456789", strict=True)
)
_SCALES = {"十": 10, "拾": 10, "百": 100, "千": 1000}
_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen"]
_TEENS += ["sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = (
    {word: float(value) for value, word in enumerate(_ONES + _TEENS, start=1)}
    | {word: 10.0 * value for value, word in enumerate(_TENS, start=2)}
    | {"a": 1.0, "an": 1.0, "half": 0.5, "half a": 0.5, "half an": 0.5}
)

_ENGLISH = (
    rf"\b(?:half(?: an?)?|(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES)}))?"
    rf"|{'|'.join(sorted(_TEENS + _ONES, key=len, reverse=True))}|an?)(?: and a half)?\b"
)
NUMBER = rf"(?:\d{{1,6}}(?:\.\d{{1,2}})?(?: and a half)?|[{HAN}]{{1,7}}|{_ENGLISH})"


def read(words: str) -> tuple[float, float] | None:
    """Return the lowest and highest value of a match of `NUMBER`; None where it is no number."""
    if words.endswith(" and a half"):
        whole = read(words.removesuffix(" and a half"))
        return whole and (whole[0] + 0.5, whole[1] + 0.5)
    if words[0].isascii():
        value = float(words) if words[0].isdigit() else _english(words)
        return value, value
    return _han(words)


def _english(words: str) -> float:
    if words in _WORDS:
        return _WORDS[words]
    return sum(_WORDS[word] for word in words.replace("-", " ").split())


def _han(words: str) -> tuple[float, float] | None:
    if words == "半":
        return 0.5, 0.5
    if len(words) == 2 and all(char in _DIGITS for char in words):
        low, high = (float(_DIGITS[char]) for char in words)
        return (low, high) if 0 < low < high else None
    total, digit = 0, -1
    for char in words.replace("廿", "二十").replace("卅", "三十"):
        if char in _DIGITS and digit <= 0:
            digit = int(_DIGITS[char])
        elif char in _SCALES:
            total, digit = total + (1 if digit < 0 else digit) * _SCALES[char], -1
        else:
            return None
    return float(total + max(digit, 0)), float(total + max(digit, 0))
