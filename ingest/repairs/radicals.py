"""Look-alikes of ordinary characters: radicals, compatibility ideographs, symbol fonts (⼿ for 手).

PDF fonts map the glyph of a character to the code point of its radical. The radicals of Kangxi
and the compatibility ideographs have a decomposition in Unicode (NFKC, UAX #15); the supplement
block has the property Equivalent_Unified_Ideograph instead (UAX #44), of which `_SUPPLEMENT`
holds this block's part as pairs. Symbol fonts put their bullets into the private use area.
"""

import re
import unicodedata
from collections.abc import Iterator

from ingest.repairs.draft import Draft
from kb.records import Edit, Span

_SUPPLEMENT = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑尣⺒巳⺓幺⺔彑⺕彐⺖忄⺗㣺⺘扌⺙"
    "攵⺛旡⺜日⺝月"
    "⺞歺⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫罒⺬示⺭礻⺯糹⺰纟⺱罓⺲罒⺳㓁⺶羊⺹耂⺺"
    "肀⺻聿⺼肉"
    "⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗"
    "雨⻘青⻙韦⻚页"
    "⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀"
)
_SYMBOL_FONTS = "\uf0b7•\uf06c•\uf06e•\uf075•\uf0a7•\uf0d8•\uf076•\uf0fc✓\uf0e0→\uf0f0→\ue5e5 "

_UNIFIED = {
    **dict(zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)),
    **dict(zip(_SYMBOL_FONTS[::2], _SYMBOL_FONTS[1::2], strict=True)),
}
_LOOKALIKE = re.compile("[\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f\ue5e5\uf06c-\uf0fc]")


def repair(draft: Draft) -> Iterator[Edit]:
    """Replace each look-alike by the character that it stands for."""
    for match in _LOOKALIKE.finditer(draft.text):
        char = match.group()
        unified = _UNIFIED.get(char, unicodedata.normalize("NFKC", char))
        if unified != char:
            yield Edit(Span(*match.span()), unified, "radical", 0.99)
