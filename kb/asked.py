"""What a question wants to know of a limit or of words to say, read off its search form."""

import re
from dataclasses import dataclass

from kb.outline import padded
from kb.patterns import matching
from kb.qualifiers import qualifiers
from kb.records import Comparator

LENGTHS = ("second", "minute", "hour", "day", "week", "month", "quarter", "year")
CALENDAR = ("clock", "weekday", "day_of_month")

_MANY = r"(?:几多?|多少|哪)(?:个)?"
_HOW_MANY = r"(?:how many (?:(?!than)\w+ ){0,2}?|(?:几多?|多少)个?[ ]?)"
_UNITS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (matching(pattern), units)
    for pattern, units in (
        (rf"{_MANY}[声响下铃]|第几[声响]|{_HOW_MANY}rings?\b|[铃响].{{0,6}}几", ("ring",)),
        (rf"{_MANY}秒|{_HOW_MANY}seconds?\b", ("second",)),
        (rf"{_MANY}(?:分钟|分)|{_HOW_MANY}min(?:ute)?s?\b", ("minute",)),
        (rf"{_MANY}(?:小时|钟头)|{_HOW_MANY}hours?\b", ("hour",)),
        (
            rf"{_MANY}(?:工作|自然|营业)?(?:天|日)|天数|{_HOW_MANY}days?\b"
            r"|(?<!which )\bdays\b",
            ("day", "week"),
        ),
        (rf"{_MANY}(?:星期|周|礼拜)|{_HOW_MANY}weeks?\b", ("week", "day")),
        (rf"{_MANY}月|{_HOW_MANY}months?\b", ("month", "year")),
        (rf"{_MANY}年|{_HOW_MANY}years?\b", ("year", "month")),
        (
            rf"{_MANY}[次遍回]|次数|{_HOW_MANY}times\b"
            r"|\bhow many (?:\w+ ){1,6}(?:each|every|per|an?) (?:day|week|month|shift|year|hour)\b",
            ("time",),
        ),
        (
            r"几点|营业时间|\bhow late\b|\bcut-?off time|\bwhat (?:time|hours)\b"
            r"|\b(?:business|opening|office) hours\b",
            ("clock",),
        ),
        (
            r"几时|什么时[候间]|何时"
            r"|\bwhen(?= (?:do|does|did|is|are|will|would|must|should|can|may|to)\b|[?]?$)"
            r"|\b(?:by|until|till|since|before) when\b",
            (*LENGTHS, *CALENDAR),
        ),
        (r"星期几|周几|礼拜几|哪[几]?天|which days?\b|what days?\b", ("weekday", "day_of_month")),
        (r"几[号日]|\bwhich days?\b|\bby which day\b|day of the month", ("day_of_month",)),
        (r"[多几]快|\bhow (?:soon|quickly|fast)\b", (*LENGTHS, "ring")),
        (
            r"多久|多长时间|多[长早晚]|几耐|时限|[期年]限|时效|限时|\bhow long\b"
            r"|\btime ?(?:limit|frame)\b|\bdeadline\b|\bretention\b",
            LENGTHS,
        ),
    )
)
_PICKING_UP = matching(
    r"接(?:听|起|通|电话|来电)|(?:电话|来电|铃).{0,6}接"
    r"|\b(?:answer|pick|take)(?:s|ed|ing)? (?:\w+ ){0,3}?(?:phones?|calls?)\b"
    r"|\bpick(?:s|ed|ing)? up\b"
)
"""How soon a call is to be taken is told in rings as well as in seconds."""

_OFTEN = matching(
    r"多久.{0,8}(?:一次|次|一遍|一趟|一回)|[每一](?:天|日|周|月|年|班|季度)[^,。?]{0,8}几[次遍回]"
    r"|频率|周期|每隔|隔多久|间隔"
    r"|\binterval\b|\bhow (?:often|frequently)\b"
    r"|\bhow many (?:\w+ ){1,6}(?:each|every|per|an?) (?:day|week|month|shift|year|hour)\b"
)
_END = matching(
    r"到几[点时]|(?:几[点时]|什么时[候间]|何时).{0,4}(?:结束|下班|收工|收班|打烊|关|截止|为止|停)"
    r"|(?:结束|下班|打烊|关门|截止|停止).{0,6}(?:几[点时]|什么时[候间]|何时)"
    r"|最[晚迟].{0,12}几[点时]|几[点时].{0,6}前|\buntil (?:when|what)\b|\bhow late\b"
    r"|\blatest (?:time|hour)\b"
    r"|\b(?:when|what time)\b.{0,40}"
    r"\b(?:close[sd]?|closing|ends?|finish(?:es)?|stops?|shuts?|over)\b"
)
_BOTH_ENDS = matching(
    r"几[点时].{0,6}到几[点时]|\b(?:open|start|begin)(?:s|ing)?\b.{0,20}\b(?:clos|end|finish)"
)
_BUSINESS = matching(r"工作[日天]|营业日|\b(?:business|working) days?\b")
_KEEPS = matching(
    r"保[存管留]|留存|存[档放]|归档|留多久|留几|存[几多]"
    r"|\b(?:kept|keep(?:s|ing)?|stor(?:e[ds]?|ing|age)|retain\w*|retention|archiv\w+)\b"
)
_BOUNDS: tuple[tuple[re.Pattern[str], frozenset[Comparator]], ...] = (
    (
        matching(r"提前|提早|早[几多到]|先多少|事先|in advance|ahead|beforehand|\bnotice\b"),
        frozenset({"before", "at_least"}),
    ),
    (
        matching(r"至少|最少|最短|起码|最早|\bat least\b|minimum|earliest"),
        frozenset({"at_least"}),
    ),
    (
        matching(
            r"超过几|超过多|满几|满多|之后多久|\bafter (?:how|what time)\b|过了?多久"
            r"|几[点时](?:.{0,3}后|起)|过了?几[点时]"
        ),
        frozenset({"after", "at_least"}),
    ),
    (
        matching(r"保[存管留]|留多久|留几|存[几多]|\b(?:kept|keep|stored?|retention)\b"),
        frozenset({"at_least"}),
    ),
    (
        matching(
            r"之?内|几[点时号].{0,4}前|多久[之以]前|\bcut-?off\b|最[迟晚多长久]|上限|不超过|多快"
            r"|\b(?:within|by|latest|limit|most|maximum|longest"
            r"|until|soon|quickly|fast)\b"
        ),
        frozenset({"within", "before"}),
    ),
)
_BANNED = matching(
    r"(?:(?<!能)不能|(?<!该)不该|不得|(?<!可)不可以?|(?<!要)不要|(?<!准)不准|(?<!许)不许"
    r"|(?<!应)不应该?|(?<![道告])别|禁止?|忌|勿)"
    r"(?:说|讲|用|语|提(?![前出供交醒示高取货])|回(?![来访电拨家退收])|出口)"
    r"|哪[句些][^,。?]{0,8}不(?:能|该|得|可|要|准|许|应)"
    r"|(?:什么|啥|哪[句些种])[^,。?]{0,3}话[^,。?]{0,4}不(?:能|该|得|可|要|准|许|应)"
    r"|(?:字眼|字句|字词|词语?)[^,。?]{0,4}(?:碰不得|不[能可得许准该要])|碰不得"
    r"|话[^,。?]{0,4}(?:扣分|零分|违规|被罚)"
    r"|[说讲](?:不|唔)得|[不唔][说讲]得|黑名单(?:句|词|用语|的?话)"
    r"|(?<!可)(?<!得)(?<!好)唔(?:可以?|得|好|应该?)[说讲话]|(?:不能|不该|不可以?"
    r"|不要)怎么?[说讲回答]"
    r"|(?:\bnot|\bnever|n't) (?:i|we|you|one)(?: ever)? (?:say|tell|use|answer|reply|greet)\b"
    r"|\b(?:should|must|may)n't(?: ever)? (?:say|tell|use)\b"
    r"|\b(?:not|never|n't) (?:(?:allowed|supposed|permitted|meant) )?(?:to )?"
    r"(?:say|tell|use|hear)\b"
    r"|(?:别|(?<![可能该要得好应准许使])[不唔](?:要|能|准|该|好|应该?|可以?)?)[ ]?(?:say|tell"
    r"|use)\b|^(?=.*\b(?:phrase|wording|word|line|saying|sentence|expression"
    r"|remark|opening|question|language)s?\b)"
    r".*\b(?:banned|forbidden|avoid|not allowed|off[ -]limits|taboo)\b"
)

_PRICE = matching(
    r"(?!.*(?:吗|可不可以|能不能|能否|可否|怎么[回说讲推答])"
    r"|.*\b(?:may|can) (?:i|we) (?:say|tell|quote)\b|(?:may|can|should|is|are|do|does) )"
    r".*?(?:(?:多少|几多?)(?:个)?(?:钱|元|块|圆|蚊|费用?)|多少[^,。?]{0,4}(?:费|罚金|押金|利息"
    r"|赔偿)"
    r"|(?:费|价格?|金额|租金?|押金|订金|违约金|罚|扣|赔|收|付|补|交|奖|抵|值)[^,。?]{0,6}(?:多少"
    r"|几多)"
    r"(?![次遍天日人个件张号分年])"
    r"|\bhow much(?! (?:\w+ )?(?:time|notice|longer|earlier|later|sooner|advance|warning|space)\b)"
    r"|\bwhat (?:\w+ )?(?:fees?|charge|price|fine|deposit|penalty|amount|cost)\b"
    r"|\bwhat (?:does|do|will|would) .{2,50}\bcost\b)"
)
"""A question for a price, and none for whether one may be told."""
_ANYWHERE = frozenset(
    "的了是在有人来我你他她它这那个不就也都还要会能可以吗呢啊吧什么多久几问请被把给和与跟对从为说做打"
    "之内前后上下得过到去最晚迟早长间时候天日小分钟秒点"
)
"""Characters of questions that stand beside any limit, and tell none from another."""

_TO_SAY = matching(
    r"(?:怎[么样]|如何|咋样?|点样?)[^,。?不别]{0,8}(?:[说讲答问回覆话应]|安抚|开口|交代|解释"
    r"|回[应复覆答])"
    r"|(?:[说讲答回]|\b(?:say|tell|reply|answer) ?)(?:什么|啥|乜|咩|哪)|该[说讲答]|(?<!不)(?:该|能"
    r"|可以?)[说讲]|(?:什么|啥"
    r"|哪[句些])[^,。?不别]{0,4}(?:可以|该|能|要)[说讲]"
    r"|(?<!不)(?:可以|该)怎|(?<!什么)(?<!哪些)话术|开场白?"
    r"|\b(?:how|what) (?:do|should|can|could|must|would|to|shall)(?: i| we| you| one)? (?:say|tell"
    r"|answer|reply"
    r"|respond|put|word|phrase|greet|open|start|explain|calm|handle|sound)\b|\bopening line\b"
    r"|\bwhat (?:is|'s) the (?:wording|line|script|phrase|answer)\b|\bwhat(?: do i"
    r"| should i)? say\b"
)
"""What to say, beside what not, in one question: words to say answer it, with the others beside."""


_EITHER = matching(
    r"(?<!不)(?:该|能|可以?)[说讲][^,。?]{0,3}[,和与跟]?不(?:该|能|可以?)[说讲]"
    r"|(?<!不能)怎么[说讲]不能怎么[说讲]"
)
"""Both in one breath."""
_PART = matching(r"[,.;?!。 ]+and |[,.;?!。] *")


@dataclass(frozen=True, slots=True)
class Asked:
    """The kinds of amounts and bounds that a question names; empty where it names none.

    `length` says that it asks for a stretch of time, `often` for how often something comes back,
    `end` for when something is over and not for when it begins, `business` that it names working
    days, `kept` that it asks how long something is kept, `banned` what must not be said, `price`
    what something costs. `letters` are its Chinese characters, but for those that stand in any
    clause; `qualifiers` the cases that it names (`kb.qualifiers`).
    """

    units: frozenset[str]
    comparators: frozenset[Comparator]
    length: bool
    often: bool
    end: bool
    business: bool
    kept: bool
    banned: bool
    price: bool
    qualifiers: int
    letters: frozenset[str]

    @property
    def when(self) -> bool:
        """Whether it asks when, which a date answers as well as a length of time."""
        return self.units.issuperset(CALENDAR)


def asked(folded: str) -> Asked:
    """Return what a question in its search form wants to know; of bounds the first told wins."""
    units = next((units for pattern, units in _UNITS if pattern.search(folded)), ())
    length = not set(units).isdisjoint(LENGTHS)
    if length and _PICKING_UP.search(folded):
        units = (*units, "ring")
    return Asked(
        frozenset(units),
        next((fits for pattern, fits in _BOUNDS if pattern.search(folded)), frozenset()),
        length,
        bool(_OFTEN.search(folded)),
        bool(_END.search(folded) and not _BOTH_ENDS.search(folded)),
        bool(_BUSINESS.search(folded)),
        keeps(folded) and not set(units).issuperset(CALENDAR),
        _asks_for_banned(folded),
        bool(_PRICE.match(folded)),
        qualifiers(padded(folded)),
        frozenset(char for char in folded if char >= "\u3400") - _ANYWHERE,
    )


def keeps(folded: str) -> bool:
    """Whether a question, or a clause, in its search form is about keeping something."""
    return _KEEPS.search(folded) is not None


def _asks_for_banned(folded: str) -> bool:
    """Whether a question asks for what must not be said, and not for what to say beside it."""
    if not _BANNED.search(folded):
        return False
    parts = _PART.split(folded)
    to_say = any(_TO_SAY.search(part) and not _BANNED.search(part) for part in parts)
    return not (to_say or _EITHER.search(folded))
