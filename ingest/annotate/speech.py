"""What sounds like speech, and the words that say that speech follows."""

import re

from ingest.annotate.callers import CALLERS
from kb.patterns import matching

SAY = (
    r"(?:说声?|说明|讲|答|问|回答|应答|作答|回应|回复|回覆|答复|答覆|问候|询问|告知|致歉|道歉|致谢"
    r"|解释|打招呼"
    r"|(?<![电对废说谎通会讲个句])话(?=[:]?[ ]*$)"
    r"|使用|采用|用|say|reply|answer|respond|ask|greet|tell|use)"
)
_DEMANDS = matching(
    rf"(?<![不没勿需])(?:应该?|应当|必须|须|需要?|要|可以?|则|改|宜)(?:主动|礼貌地?|先|首先|再"
    rf"|委婉地?|微笑着?|热情地?|"
    rf"这样|立即|马上|及时|改|统一)?{SAY}|\b(?:instead|rather),? (?:please )?{SAY}"
    rf"|\bshould {SAY}|\bmust {SAY}|(?<![不得])[只仅](?:能|可以?|得|需|须|许|准){SAY}"
    rf"|(?<!勿)请(?:直接|改|先)?{SAY}"
)
_ONLY = matching(rf"[只仅]{SAY}|\b{SAY} only\b")
"""Demands as well where nothing is banned in the same clause: 不得只说 bans."""
_SPEAKS = matching(
    rf"(?:{SAY}|[✓✔√✅]|^改|(?<!阅)[读念]出?(?=:)|照[念读]|[须必][^,“”]{{0,4}}[念读]出?|说道|声"
    rf"|一句|一声|一下|用语|话术|语|开场白|结束语|口径|标准语|示范|示例|范例"
    rf"|模板|补充|加上|加|改为|改成|"
    r"换成|喊|报|表示|招呼有|saying|says|replying|asking|greeting|script|phrase|wording|template"
    rf"|(?:告诉|告知|询问|提醒|问候|回[复覆]|答[复覆]|请教|安抚|感谢|向|对|跟|与|tell|ask|greet"
    rf"|inform|remind|reassure)[ ]?(?:the )?"
    rf"(?:{CALLERS}|[他她]们?|them|him|her)[^,“”]{{0,6}}"
    rf"|(?:告诉|告知|tell)[ ]?(?:the )?{CALLERS}[^“”。]{{1,80}}:)"
    rf"(?:[①-⑨\d一二三]|[^,“”:a-z\d_\u3400-\u9fff]|参考|建议"
    rf"|to (?:the )?{CALLERS}){{0,3}}"
    r"(?:(?<=[a-z]) (?:only|just|slowly|clearly|calmly|again|first|something like))?[:,]?[ ]*$"
)
_BEGINS = matching(
    r"(?:打断|插话|读[出给]?|念[出给]?|宣读|播[放报]?|重复|复述|提示|提醒|警告|劝[说导]?|致电|去电"
    r"|接起|开口"
    r"|开头|首句|道别|收尾|作结|送出|发[送出]?|传[送讯]?|留言|广播|加注|通知|[附贴补]上|语音|接着"
    r"|然后|[说问答讲回]"
    r"|(?:首|第一)句话?(?:就|则|必须|应该?|应当|要|一律|统一|固定)?[是为]|nudge[^“”]{0,40}(?=:)"
    r"|[打拨][^,:“”]{0,4}电话[给俾畀予][^,“”:]{1,12}(?=:)"
    r"|\b(?:then|try|as in|begins?|starts?|opens?|ends?|finish(?:es)?|close|reads?|emails?|texts?"
    r"|pastes?|sends?|writes?|posts?|add|repeat|warning"
    r"|(?:close|end|finish|open|begin|start)[^,“”]{0,30}? with)"
    r"|\b(?:line|words?|answer|reply|sentence|greeting)(?: [^,“”]{0,30})? (?:is|are)"
    r"(?: always)?"
    r"|\b(?:is|are) (?:asked|told)|\bgets?|\b(?:should hear|hears?(?=:))"
    r"|\b(?:answer|reply|respond)s? with)"
    r"(?:(?<=[a-z]) (?:with|with an? \w+|something like|by saying|out|aloud|once|twice"
    r"|again|only|directly)"
    r"|(?:一|两|二|三|再|第[一二三])[次遍声句回通])?[,:]?[ ]*$"
)
"""May begin speech or a name; the words themselves tell which."""
_HINTS = re.compile(
    r"(?:(?:如|例如|比如|譬如|像|即|为|以|或|先|such as|like|e\.g\.|for example|with|as)[:,]?[ ]*"
    r"|:[ ]*)$"
)
_SPEECH_WORD = re.compile(
    r"[说讲问答称喊语话词回句写]|告[诉知]|用|表示|脱口|示[范例]|不是|而非|[×✗✘❌]|错误|反例|instead"
    r"|rather|wrong|bad|出现|表达"
    r"|(?:say|tell|use|using|ask|repl|answer|phrase|word|respon|greet|speak|inform)"
)
_SPOKEN = matching(
    r"您|请|你好|帮[到你]|谢|感谢|对不起|抱歉|不好意思|再见|欢迎|麻烦|稍等|吗|呢|我们?|亲|恭喜|祝"
    r"|[吧哦哟呀啦咯嘛噢](?=[,。!?~…]|$)"
    r"|\b(?:i|we|you|your|please|thank|thanks|sorry|welcome|hello|good (?:morning|afternoon"
    r"|evening)"
    r"|may|goodbye|my|our|let me)\b"
)
_TOLD = matching(
    r"您|阁下|我们?(?!方|司)|你|[早晚]上好|早[安晨]|欢迎光临|谢谢|感谢|抱歉|对不起|不好意思|对唔住"
    r"|请(?:问|稍|放心)|敬请|麻烦"
    r"|再见|愉快|(?:^|[。!? ])亲[,爱~!]|各位"
    r"|\b(?:i|we|you|your|my|our|please|let['’]s|good (?:morning|afternoon|evening)|thank|thanks"
    r"|sorry)\b"
    r"|\bthis is \["
)
_DEMANDED_AFTER = matching(
    r"[ ]*(?:must|should|is to|are to) (?:always )?be (?:said|read|used|given|sent)\b"
    r"|[ ]*(?:is|are) (?:always )?(?:the|a|our) (?:right|correct|good|standard|best|approved)\b"
    r"|(?:这句话?)?(?:必须|一定要|务必|要)(?:说|讲|念|读)|可以?用[来于]"
)
_PREFERRED_AFTER = matching(
    r"[ ]*(?:更|较|比较)?(?:合适|妥当|恰当|得体|礼貌|(?<=[更较])[好妥])|才(?:对|合适)|[ ]*(?:is|are"
    r"|sounds|works)"
    r" (?:much )?better\b"
)
_OFFERS = matching(
    r"[帮给为替陪跟同](?:一下)?[您阁]|[帮替同跟畀]你(?![们哋])|节哀|请您(?:谅解|理解|见谅|体谅|放心"
    r"|稍[等候])|(?:理解|感谢|谢谢|多谢)您|多谢你|您的(?:心情|感受)|让您|抱歉|对不起|对唔住"
    r"|[不唔]好意思"
    r"|\b(?:let me|i(?:'m| am)(?: so| very| really)? sorry|thank(?:s| you) for|would you like"
    r"|i understand|(?:may|shall|can) i|you can|we(?:'ll| will| can)"
    r"|i(?:'ll| will| can) (?:arrange|ask|book|call|change|check|close|connect|do|explain|file|find"
    r"|get|have|help|look|make|move|note|offer|only|open|pass|put|raise|register|ring|send|sort"
    r"|start|stay|take|transfer|withdraw))\b"
)
_ASKS = matching(r"请|麻烦[您你]|放心|\bplease\b")
_BRUSQUE = re.compile(
    r"喂(?![,!]?[您你]好)|不知道|不清楚|不归我管|不关我|没办法|自己看|你找谁|你是谁|什么事"
)


def spoken(folded: str) -> bool:
    """Whether words sound like something said to somebody."""
    return bool(_SPOKEN.search(folded))


def brusque(folded: str) -> bool:
    """Whether words are of the kind that handbooks forbid; only ever a reason to leave out."""
    return bool(_BRUSQUE.match(folded)) or bool(
        len(folded) <= 12
        and _BRUSQUE.search(folded)
        and not re.search(r"对不起|抱歉|请|sorry", folded)
    )


def offers(folded: str) -> bool:
    """Whether words are those of a helpful agent rather than of a caller."""
    return bool(_OFFERS.search(folded))


def asks(folded: str) -> bool:
    """Whether words ask for something politely, as an agent or a caller may."""
    return bool(_ASKS.search(folded))


def demands(clause: str, start: int = 0) -> bool:
    """Whether words before a quote, from `start` on, say that it must be said."""
    return bool(_DEMANDS.search(clause, start))


def demanded_after(after: str) -> bool:
    """Whether the rest of the sentence behind a quote says that it must be said."""
    return bool(_DEMANDED_AFTER.match(after))


def preferred_after(after: str) -> bool:
    """Whether the rest of the sentence behind a quote says that it is better than another."""
    return bool(_PREFERRED_AFTER.match(after))


def allows_only(clause: str) -> bool:
    """Whether words before a quote say that nothing else is to be said; behind a ban they ban."""
    return bool(_ONLY.search(clause))


def speaks(clause: str) -> bool:
    """Whether words before a quote say that it is said."""
    return bool(_SPEAKS.search(clause))


def may_begin_speech(clause: str) -> bool:
    """Whether a quote behind these words is speech, if it sounds like some; or else a name."""
    return bool(_HINTS.search(clause)) or begins_speech(clause)


def begins_speech(clause: str) -> bool:
    """Whether these words begin speech or a name, and are not only a colon or an example's."""
    return bool(_BEGINS.search(clause))


def told(folded: str) -> bool:
    """Whether words are told to somebody, and do not tell of somebody."""
    return bool(_TOLD.search(folded))


def is_about_speech(clause: str) -> bool:
    """Whether words name speaking at all."""
    return bool(_SPEECH_WORD.search(clause))
