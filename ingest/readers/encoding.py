"""Which encoding a text is in, decided over all of its bytes.

A byte order mark and strict UTF-8 speak for themselves. Anything else is decoded tolerantly in
each encoding that Chinese or English manuals come in, and the likeliest text wins: a naive Bayes
over classes of character, whose sizes and shares of ordinary text are in `_CLASSES`. All candidates
explain the same bytes, so their likelihoods compare, and a damaged byte costs each of them about
the same: it cannot change the decision.
"""

import codecs
import math
import unicodedata
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from kb.errors import CorruptSource

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    ("\ufeff".encode("gb18030"), "gb18030"),
)
CANDIDATES = ("utf-8", "gb18030", "big5hkscs", "cp1252", "utf-16-le", "utf-16-be")

_DECLARED_BONUS = 20.0  # nats: a declaration outweighs about three characters of evidence
_MARK_MISSED = 10.0  # nats: UTF-16 nearly always begins with its mark
_ALIGNED = 65536  # bytes of damaged lines
_JUNK_SHARE = 0.1  # of characters that no text has: beyond it the bytes are not text

# The commonest characters of Chinese text and of service manuals, in both scripts.
_COMMON = frozenset(
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家"
    "学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见"
    "经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话"
    "儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真"
    "听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目报立命"
    "张活难神数件安表原车白应路期死常提感金何更反合放做系计或司利受光王果及今京务制解各任至清"
    "物台象记边共风战干接它许八特觉望直服林建南度统色字请交爱让认算论百吃义科怎元社术结六功指"
    "思非流每管夫连远资队跟带花快条院变联言权往展该领传近留治决周保达办运武半候七必城强步完革"
    "深区即求品士转量甚众技轻程告语英基派满式息写令德收脸钱党倒未持取设始双历越史商千片容研像"
    "找友孩站广改议形委早房火际则首单据导影失拿网香似专若兵谁校读志观争究包组落视济喜离坏客户"
    "退货换订投诉复营销售规范须待礼貌顾款额价质检查验费送签登填确核存毁档案紧急故障维修租押证"
    "份卡账号密码切禁止违罚培训考岗职责班值酒店装钥匙停洁卫消防险银贷挂航空票旅李延误赔偿补预"
    "约医患诊递裹仓库促优惠券积套餐宽欠协附备注适耐微倾沟绪致歉抱谢您稍铃响秒钟季例假节绝承诺"
    "推荐介绍型颜尺寸破损缺漏错伪税率融续章篇录"
    "這來國個說們爲時會過學對裏後麼沒於還發當無開見經頭從動兩長樣現將與進實點種聲話兒問機給幾"
    "業間電門東聽氣關並內卻軍產萬體別處總場師書員報張難數車應計務臺記邊風戰幹許覺統請愛讓認論"
    "喫義術結連遠資隊帶條變聯權該領傳決達辦運強區轉衆輕語滿寫臉錢黨設雙歷廣議際則單據導網專誰"
    "讀觀爭組視濟離壞戶貨換訂訴復營銷規範須禮顧額價質檢驗費籤確毀檔緊維證賬號碼違罰訓崗職責裝"
    "鑰潔衛險銀貸掛誤賠償補預約醫診遞倉庫優積寬協備註適傾溝緒謝鈴響鐘節絕諾薦紹顏損錯僞稅續錄"
    "説為眾衞偽著裡沖衝録檯枱嗎嘛呢吧"
)
_PUNCTUATION = frozenset(
    "\u3000、。〈〉《》「」『』【】〔〕·—–…‘’“”•～〜①②③④⑤⑥⑦⑧⑨⑩■□●○◆◇★☆▲△※→←↑↓√×÷°℃‰"
    + "".join(map(chr, range(0xFF01, 0xFF5F)))
)

# Natural logarithm of the chance of one character of each class: the class's share of ordinary
# text, divided among its characters.
_CLASSES = {
    "ascii": math.log(0.20 / 98),
    "common": math.log(0.52 / 830),
    "punctuation": math.log(0.12 / 150),
    "ordinary": math.log(0.14 / 8000),
    "latin": math.log(0.01 / 150),
    "rare": math.log(0.01 / 40000),
    "junk": math.log(1e-9),
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text. `certainty` is in 0–1; `notes` say what is out of the ordinary."""

    text: str
    encoding: str
    certainty: float
    notes: tuple[str, ...] = ()


def decode(
    data: bytes, *, name: str, declared: str = "", candidates: Sequence[str] = CANDIDATES
) -> Decoded:
    """Decode `data`, the content of the file `name`; bytes that are damaged become U+FFFD.

    `declared` is what the file says of itself, "" where it says nothing: evidence, not proof.
    `candidates` are the encodings that it may be in where it is not UTF-8.
    Raises CorruptSource where no encoding makes text of the bytes.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(encoding, "replace"), encoding, 1.0, name)
    if b"\0" not in data:
        with suppress(UnicodeDecodeError):  # the likeliest encoding is looked for below
            return _checked(data.decode("utf-8"), "utf-8", 1.0, name)
    return _likeliest(data, name, declared, candidates)


def _likeliest(data: bytes, name: str, declared: str, candidates: Sequence[str]) -> Decoded:
    """The decoding under which the bytes are the most ordinary text."""
    said = _canonical(declared)
    texts = {encoding: _tolerant(data, encoding) for encoding in candidates}
    scores = {
        encoding: _likelihood(text)
        + _DECLARED_BONUS * (encoding == said)
        - _MARK_MISSED * encoding.startswith("utf-16")
        for encoding, text in texts.items()
    }
    best = max(scores, key=scores.__getitem__)
    others = (scores[each] for each, text in texts.items() if text != texts[best])
    certainty = 1 / (1 + sum(math.exp(score - scores[best]) for score in others))
    decoded = _checked(texts[best], best, certainty, name)
    if said in ("", best):
        return decoded
    note = f"declared as {declared}, but its bytes are {best}"
    return replace(decoded, notes=(*decoded.notes, note))


def _checked(text: str, encoding: str, certainty: float, name: str) -> Decoded:
    """The decoded text with a note on what is damaged; CorruptSource where it is no text."""
    junk = sum(count for char, count in Counter(text).items() if _class(char) == "junk")
    if junk > max(_JUNK_SHARE * len(text), 4):
        raise CorruptSource(
            f"{name}: {junk} of {len(text)} characters are control codes or broken, even read as "
            f"{encoding}: expected text; open it with the program that made it and save it as text"
        )
    lost = text.count("\ufffd")
    notes = (f"{lost} damaged places could not be read as {encoding}",) if lost else ()
    return Decoded(text, encoding, certainty, notes)


def _tolerant(data: bytes, encoding: str) -> str:
    """Decode all of `data`; a damaged line of two-byte characters is aligned anew.

    A plain codec stays one byte off from a damaged byte to the next ASCII character. No more
    than `_ALIGNED` bytes are aligned, so that a wrong candidate costs no more than a second.
    """
    if encoding not in ("gb18030", "big5hkscs"):
        return data.decode(encoding, "replace")
    parts, budget = [], _ALIGNED
    for line in data.splitlines(keepends=True):
        text = line.decode(encoding, "replace")
        if len(line) <= budget and any(_class(char) == "junk" for char in text):
            text, budget = _align(line, encoding), budget - len(line)
        parts.append(text)
    return "".join(parts)


def _align(line: bytes, encoding: str) -> str:
    """The likeliest division of `line` into characters of one, two or four bytes (Viterbi)."""
    best: list[tuple[float, int, str]] = [(0.0, 0, "")]
    for end in range(1, len(line) + 1):
        best.append(
            max(
                (best[end - width][0] + score, width, text)
                for width in (1, 2, 4)
                if width <= end
                for text, score in (_character(line[end - width : end], encoding),)
            )
        )
    parts, end = [], len(line)
    while end:
        _, width, text = best[end]
        parts.append(text)
        end -= width
    return "".join(reversed(parts))


@lru_cache(maxsize=65536)
def _character(code: bytes, encoding: str) -> tuple[str, float]:
    """The one character that `code` stands for and its log-likelihood; U+FFFD for a lone byte."""
    text = code.decode(encoding, "replace")
    if len(code) > 1 and (len(text) > 1 or text == "\ufffd"):
        return text, -math.inf
    return text, _likelihood(text)


def _canonical(declared: str) -> str:
    """Our name for a declared encoding: the widest one of its family, "" where it is unknown."""
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return ""
    families = {
        "gb2312": "gb18030",
        "gbk": "gb18030",
        "hz": "gb18030",
        "big5": "big5hkscs",
        "cp950": "big5hkscs",
        "ascii": "cp1252",
        "iso8859-1": "cp1252",
    }
    return families.get(name, name)


def is_strange(char: str) -> bool:
    """Whether a character is rare in Chinese and in English text."""
    return _class(char) in ("latin", "rare", "junk")


def _likelihood(text: str) -> float:
    """Log-likelihood (nats) of `text` as a manual."""
    return sum(count * _CLASSES[_class(char)] for char, count in Counter(text).items())


@cache
def _class(char: str) -> str:
    """The class of one character, a key of `_CLASSES`."""
    code = ord(char)
    if code < 0x80:
        return "ascii" if 0x20 <= code < 0x7F or char in "\t\n\r\f" else "junk"
    if char in _COMMON:
        return "common"
    if char in _PUNCTUATION:
        return "punctuation"
    if char in _ordinary():
        return "ordinary"
    if char == "\ufffd" or unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs"):
        return "junk"
    return "latin" if code < 0x100 else "rare"


@cache
def _ordinary() -> frozenset[str]:
    """The first levels of GB 2312 and of Big5: the characters their authors held to be common."""
    rows = {"gb2312": range(0xB0, 0xD8), "big5": range(0xA4, 0xC7)}
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    return frozenset(
        char
        for encoding, leads in rows.items()
        for char in bytes(
            byte for lead in leads for trail in trails for byte in (lead, trail)
        ).decode(encoding, "ignore")
        if ord(char) > 0x7F
    )
