"""What tells a case from its neighbour: by day or night, ordinary or VIP, online or in the shop.

Handbooks put such cases side by side, one sentence each, alike but for one word and the number. A
question names the one it is about, in other words or in another language, and the sentence of the
other case comes as near to it by all else. Here are the words of the usual cases, as sides that
exclude each other; what neither names is not touched.
"""

from collections.abc import Iterable
from functools import lru_cache

_AXES: tuple[dict[str, str], ...] = (
    {
        "day": "白天|日间|白班|早班|daytime|day time|day shift|during the day",
        "night": "夜间|夜班|夜里|夜晚|晚上|晚班|晚间|深夜|凌晨|半夜|night|evening|overnight",
    },
    {
        "workday": "平日|平时|周一至|星期一至|weekday",
        "free_day": "周末|周六|周日|周天|星期六|星期日|星期天|礼拜六|礼拜日|礼拜天|双休|假日|假期"
        "|国庆"
        "|春节|过年|weekend|saturday|sunday|holiday",
    },
    {
        "busy": "旺季|大促|活动期|高峰|双十一|peak|high season|busy|sale period|sales period",
        "quiet": "淡季|非高峰|平日|平时|off peak|low season",
    },
    {
        "ordinary": "普通|一般|ordinary|standard|regular|normal",
        "valued": "vip|贵宾|金卡|银卡|黑卡|白金|铂金|钻石|尊享|platinum|gold |silver|key account"
        "|priority",
        "serious": "重大|严重|紧急|急修|升级|serious|urgent|emergenc|escalated|critical",
    },
    {
        "gold": "金卡|黄金|gold ",
        "platinum": "白金|铂金|platinum",
        "silver": "银卡|silver",
        "black": "黑卡|black card",
        "diamond": "钻石|diamond",
    },
    {
        "online": "网店|网上|网购|网络|网路|线上|电商|online|web shop|web store|website|web order",
        "shop": "门店|到店|实体店|线下|柜台|柜面|in the shop|in the store|in store|in shop|counter"
        "|branch",
    },
    {
        "chat": "在线客服|聊天|对话|即时|微信|chat|whatsapp",
        "mail": "邮件|电邮|email|e mail|mails",
        "letter": "信函|信件|来信|书面|letter|on paper|in writing|written",
        "voicemail": "留言|语音信箱|voicemail|voice mail",
    },
    {
        "individual": "个人|散客|individual",
        "company": "企业|公司客户|公司件|团体|团队|协议|商用|corporate|company|companies|group",
    },
    {
        "inside": "内线|分机|internal|colleague|extension|inside",
        "outside": "外线|external|outside line|outside call",
    },
    {
        "town": "城区|市区|市内|urban|city ",
        "country": "乡镇|郊区|农村|山区|偏远|离岛|外岛|海岛|rural|remote|island",
    },
    {
        "home": "国内|境内|本地|domestic",
        "abroad": "国际|海外|境外|国外|overseas|international|abroad",
    },
    {
        "taken": "首次|首响|初次|受理|签收|确认收到|acknowledg|first contact|first reply"
        "|first response"
        "|first call",
        "closed": "办结|办完|结案|结清|处理完|完成|完整|闭环|解决|close|closing|resol|complete"
        "|in full|final",
    },
    {
        "credit_card": "信用卡|credit card",
        "transfer": "转账|汇款|bank transfer|wire transfer",
        "cash": "现金|cash",
    },
    {
        "newcomer": "新人|新手|新员工|新进|试用期|new hire|new starter|new staff|new agent"
        "|new joiner"
        "|trainee",
        "settled": "正式|老员工|experienced|tenured",
    },
    {
        "damaged": "破损|损坏|摔坏|damage|broken|cracked",
        "wrong": "错发|发错|wrong item|wrong size|wrong product|wrong colo",
        "missing": "少发|漏发|少送|漏送|缺件|missing|shortage",
        "lost": "丢失|遗失|丢件|lost ",
    },
)
"""The words of each side in the search form; an English one begins a word."""

_WORDS = tuple(
    tuple(f" {word}" if word.isascii() else word for word in words.split("|"))
    for axis in _AXES
    for words in axis.values()
)
_BITS = {name: 1 << n for n, name in enumerate(name for axis in _AXES for name in axis)}
_MASKS = tuple(sum(map(_BITS.__getitem__, axis)) for axis in _AXES)
_MARKED = sum(map(_BITS.__getitem__, ("night", "free_day", "busy", "valued", "serious")))
"""Sides that are told where they are meant: a question that names neither means the other."""


def qualifiers(padded: str) -> int:
    """Return the sides that words name, a bit for each; blanks stand around and between them."""
    return each_qualifiers([padded], padded)[0]


def each_qualifiers(parts: Iterable[str], whole: str) -> tuple[int, ...]:
    """Return the `qualifiers` of each part of a text; most words do not stand in the `whole`."""
    present = [
        (bit, word)
        for bit, words in zip(_BITS.values(), _WORDS, strict=True)
        for word in words
        if word in whole
    ]
    return tuple(_joined(bit for bit, word in present if word in part) for part in parts)


def agreement(asked: int, told: int) -> tuple[int, int, int]:
    """Count the axes on which a question's sides and a sentence's agree, and exclude each other.

    The third is those on which the sentence alone names a side that is told where it is meant.
    """
    if not told & (_axes_of(asked) | _MARKED):
        return 0, 0, 0
    agreeing = contrary = marked = 0
    for mask in _MASKS:
        wanted, named = asked & mask, told & mask
        if wanted & named:
            agreeing += 1
        elif wanted and named:
            contrary += 1
        elif named & _MARKED and not named & ~_MARKED:
            marked += 1
    return agreeing, contrary, marked


@lru_cache(maxsize=1024)
def _axes_of(asked: int) -> int:
    """All sides of the axes that a question names one of."""
    return _joined(mask for mask in _MASKS if asked & mask)


def _joined(bits: Iterable[int]) -> int:
    sides = 0
    for bit in bits:
        sides |= bit
    return sides
