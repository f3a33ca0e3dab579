"""The kind of answer that a question wants, read off its own words. It ranks, it never hides."""

import re

from kb.patterns import matching
from kb.records import Kind

_TIME = (
    r"(?:秒钟?|分钟|小时|钟头|天|日|号|工作日|周|个?星期|个?礼拜|个?月|季度|年|声|响|铃|次|遍"
    r"|回(?![复答电访拨应])|点)"
)
_TIME_EN = r"(?:rings?|seconds?|minutes?|mins?|hours?|days?|weeks?|months?|years?|times?)\b"
_HANDBOOK = "".join(
    f"(?<!{name}{place})"
    for name in ("手册", "规定", "制度", "规范", "文件", "条款")
    for place in ("", "上", "里", "中", "是")
)
_HOW = rf"(?:{_HANDBOOK}(?:怎么|怎样|如何|咋)|(?<![几早晚整\d一二三四五六七八九十半])点)"
"""How to say something: not how the handbook says it, nor, in Cantonese 点, at what hour."""
_ASKS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "definition",
        matching(
            r"什么(?:是|叫|意思|含义)|是(?:什么|啥)意思|(?:的|有何)(?:定义|含义)|定义|何谓|何为"
            r"|指(?:的是)?(?:什么|啥)|"
            r"\bwhat (?:does|do) .{1,60}\b(?:mean|stand for)\b|\bwhat(?:'s| is) meant by\b"
            r"|\bwhat(?:'s| is) an? [^,.;?]{2,40}\?*$|\bdefin(?:e|ition)\b|\bmeaning of\b"
        ),
    ),
    (
        "script",
        matching(
            rf"哪[句些][^,。?]{{0,3}}话|(?:说|讲|回|念)哪[句段][?]?$"
            rf"|{_HOW}(?:[跟向对和同给][^,。?]{{1,6}})?(?:说|讲"
            r"|答|回(?:答|复|应|话)?|接话?)(?:他|她|佢|人家|客人|对方)?(?:好|呢|啊)?[?]?$"
        ),
    ),
    (
        "deadline",
        matching(
            rf"响[^,。?]{{0,4}}几下|(?:几|多少)个?{_TIME}|(?:几多?|多少)个?[ ]?{_TIME_EN}|多久|几耐"
            rf"|[天时]数|时长|多长时间|什么时[候间]|何时|几时|啥时候?|哪天|时限"
            rf"|[期年]限|时效|限时|多快|频率|"
            r"周期|间隔|几点|截止|最[迟晚]|保[存管留](?:期|几|多)|第几[声响铃]|上限.{0,4}[秒分天]|"
            r"\bhow (?:long|soon|often|quickly|fast|late|early|frequently)\b"
            r"|\bhow many (?:\w+ )?(?:rings?|seconds?|minutes?|hours?|days?|weeks?|months?|years?"
            r"|times)\b"
            r"|\bhow many (?:\w+ ){1,6}(?:each|every|per|an?) (?:day|week|month|shift|year|hour)\b"
            r"|\bby (?:when|what (?:time|date|day)|which (?:day|date))\b|\bwithin how\b"
            r"|\bwhat time\b"
            r"|^when\b|\bwhen (?:must|should|do|does|is|are|will|can)\b|\bdeadline\b"
            r"|\btime ?(?:limit|frame)\b|\bturnaround\b|\bcut-?off\b|\bdue (?:time|date)\b"
            r"|\b(?:time|claims?|returns?|refund|booking|cancellation|grace|notice)"
            r" (?:window|period)\b|\bwhat(?:'s| is) the (?:latest|earliest)\b"
            r"|\b(?:latest|earliest) (?:time|date|he|she|they|i|we|you|an?|the)\b"
            r"|\bretention\b|\bhow many times\b|\b(?:longest|shortest|on which day|which days?"
            r"|maximum (?:time|wait))\b|\bbusiness hours\b|\bopening hours\b|\bdelivery time\b"
        ),
    ),
    (
        "script",
        matching(
            rf"{_HOW}(?:说|讲|接话|回(?:答|复|应|话|绝)?|答|问|挡"
            r"|[ ]?(?:reply|say|answer|respond)\b|称呼|喊|开口|解释|道歉|措辞"
            r"|打发|打断|婉拒|拒绝|安慰|劝"
            r"|跟[^,。?]{1,8}(?:说|讲|解释|交代)|安抚)|"
            r"(?:说|讲|回|答|交代|\b(?:say|tell|reply|answer) ?)(?:些|点)?(?:什么|啥|哪句|乜|咩)"
            r"|什么话|话术|台词|用语|应答语"
            r"|开场[白句]|问候语|结束语|措辞|一句(?:什么|啥)|"
            r"哪(?:句|些)话|(?:回复|答复|短信|留言|通知|帖子?|评论)(?:要|该|应该)?(?:怎么|如何"
            r"|怎样)写"
            rf"|{_HOW}(?:给|向|和|对|与|同|替|跟)[^,。?]{{1,8}}(?:说|讲|解释|交代|道歉)"
            r"|不能说|不该说|禁语|忌语|"
            r"\bwhat (?:should|do|can|shall|must|may|might|not to|to|could) (?:i |we |you |agents? "
            r"|staff )?(?:not )?"
            r"(?:say|tell|reply|answer)\b|\bhow (?:should|do|can|to|shall) (?:i |we "
            r"|you )?(?:\w+ )?"
            r"(?:say|answer|reply|respond|greet|apologi[sz]e|phrase|word|tell|pitch)\b"
            r"|\bwords? to (?:say|use)\b"
            r"|\bscripts?\b|\bphras\w+\b|\bwording\b|\bwhat not to say\b|\bnever say\b"
            r"|\bways? to (?:say|put)\b"
            r"|\bto say\b|\bline\b(?=.{0,20}\bsay\b|(?: for (?:that|this|it))?[?]?$)"
            r"|\bright (?:line|words?)\b"
        ),
    ),
    (
        "procedure",
        matching(
            r"怎么(?:办|做|处理|操作|弄|走|收尾|申请|办理)|咋[办弄]|如何|怎样|怎么|流程|步骤|程序"
            r"|手续|先[^,。?]{0,8}(?:再|后)|"
            r"要做(?:什么|哪些)|先[^,。?]{0,8}(?:什么|啥|哪些)|"
            r"\bhow (?:do|does|should|can|to|is|are|would)\b|\bsteps?\b|\bprocedure\b|\bprocess\b"
            r"|\bworkflow\b"
            r"|\bwhat (?:should|do|must) (?:i|we|you|agents?|staff) do\b|\bwhat happens\b"
        ),
    ),
    (
        "rule",
        matching(
            r"可(?:不可)?以.{0,24}(?:吗|(?<![什怎这那])么)|可以不|能不能|可不可以|可否|能否"
            r"|能.{0,24}吗|(?:允许|准许|让|准).{0,24}吗|(?:要|应该?|需要?|必须|得).{0,24}吗|"
            r"要不要|该不该|需不需要|是否|行不行|许不许|准不准|规定|要求|禁止|"
            r"^(?:may|must|can|should|could|is|are|am|do|does|shall|need|have)\b"
            r"|\b(?:may|must|can|should) (?:i|we|you|an?|the|agents?|staff|employees?)\b"
            r"|\ballowed\b|\bpermitted\b"
            r"|\brules?\b|\bpolicy\b|\brequired\b|\bforbidden\b|\bprohibited\b"
        ),
    ),
)


def intent(folded_query: str) -> Kind | None:
    """Return the kind of answer that a question in its search form asks for; None if not told.

    Where several are told, the narrowest wins: definition, deadline, script, procedure, rule; but
    what words must or must not be said is asked for words, whatever they are about.
    """
    return next((kind for kind, asks in _ASKS if asks.search(folded_query)), None)
