"""Regular expressions over search forms, in which scripts meet without a blank."""

import re


def matching(expression: str) -> re.Pattern[str]:
    r"""Compile an expression whose `\b`, `\w` and `\d` know of ASCII alone.

    So `\b` stands between an English word and a Chinese one, as in 退款how long到账, where
    otherwise both are letters of one word.
    """
    return re.compile(expression, re.ASCII)
