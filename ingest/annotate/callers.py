"""Who speaks in the words before a quote: a caller, another department, somebody in a story.

Only what is told to the agent to say is the agent's; what is reported, cited or named is not.
"""

import re

from kb.patterns import matching

_NAMES = (
    r"客户|顾客|客人|对方|用户|买家|业主|住户|租户|租客|来电[者人]|旅客|乘客|患者|病[人患]|家属|家长|会员|访客|来宾"
    r"|游客|观众|学员|长者|老人|民众|住客|房客|学生|宾客"
    r"|玩家|市民|居民|车主|司机|储户|申请人|"
    r"(?<![a-z])(?:customers?|callers?|guests?|clients?|buyers?|visitors?|passengers?|patients?"
    r"|tenants?|residents?|riders?|drivers?|players?|members?|applicants?|parents?|relatives?"
    r")(?![a-z])"
)
NAMED_CALLERS = rf"(?:{_NAMES})"
CALLERS = rf"(?:{_NAMES}|(?<![a-z])(?:they|he|she)(?![a-z]))"
"""Callers by any name, and by a pronoun, which speech has of others as well."""
_CALLER_LABEL = matching(
    rf"{CALLERS}(?:(?![^:]*[不没未了过咗])[^:“”代服线]{{0,4}}"
    r"|[^:“”代服]{0,2}[对向跟][^:“”]{1,6}):[ ]*$"
)
"""Who speaks; what a caller does not, or has done, is a situation."""
_THREATENS = re.compile(r"(?:要|想|扬言|威胁)[^,:]{0,10}投诉[^,:]{0,4}:[ ]*$")
_TOLD = matching(
    r"(?:告诉|告知|通知|提醒|回[复覆应答]|答[复覆]|询问|问候|问|安抚|安慰|感谢|请教?|提示|向|对|跟|与|给"
    r"|\b(?:tell|ask|inform|greet|remind|advise|reassure|assure|answer|thank|to|for)"
    r"(?: the| an?| any)?(?: \w+)?)"
    r"[ ]?(?:所有|全部|每位|该|本)?$|(?:致电|去电)[^,:“”]{0,4}$"
    r"|[打拨][^,:“”]{0,4}电话[给俾畀予][^,:“”]{0,6}$"
)
"""What makes the caller named behind it the one who is spoken to."""
_CALLER_SPEAKS = matching(
    rf"(?<![向对给跟与和让诉知问])(?:(?<=对)对方|{CALLERS})(?!代表|服务|经理)[^,;:“”改应须则要]{{0,8}}?"
    r"(?:说|问|讲|话|提出|回答|表示|抱怨|质疑|反映|认为|喊|骂|asks?|asking|says?|said|saying|complains?|wants?"
    r"|mentions?)"
    r"[^,“”a-z\d_\u3400-\u9fff]{0,3}[:,]?[ ]*$"
    rf"|(?<![向对给跟与和让]){CALLERS}在[^,:“”]{{1,8}}(?:发来?|输入|打出|留言)[:,]?[ ]*$"
    r"|遇[^,“”应得须要可先则]{1,12}(?:询问|问|说|称|要求|抱怨)[:,]?[ ]*$"
    r"|(?:通常|常常?|往往|经常|有时|可能|多半|总)只?会?(?:[说讲问称]|抱怨|回[答复覆报])[:,]?[ ]*$"
    r"|\btend to [^,“”]{0,40}$"
    r"|\b(?:often|usually|sometimes|typically) (?:open|start|begin|say|ask|reply)s?"
    r"(?: with)?[ ]*$"
    r"|(?:(?<!客服)(?<!服务)部|部门|仓库|那边|厂[家商])[^,“”要应须]{0,5}"
    r"(?:[说喊]|回[复覆])[:,]?[ ]*$"
    r"|(?:打来[^,“”时后]{0,4}(?:[喊说问称]|表示)|来电(?:询问|[问称]|表示|抱怨))[:,]?[ ]*$"
    rf"|{CALLERS}(?: who)? (?:\w+ ){{0,2}}(?:opens?|begins?|starts?) with[ ]*$"
    rf"|{CALLERS} (?:may|might) (?:say|ask)[ ]*$"
    r"|\b(?:warehouse|it|engineering|depot|lab|kitchen|supplier|courier)s? (?:will |may |can )?"
    r"(?:usually |often |always |sometimes )?(?:reply|say|ask|answer)s?[ ]*$"
    r"|\b(?:you|agents?|staff)(?:'ll| will| may| might)?(?: often)? (?:be asked|hears?)[ ]*$"
    r"|\bwho hears?[ ]*$"
    r"|(?:系统|录音)(?:会|将|已|自动)*(?:播[放报出]?|显示|弹出)[:,]?[ ]*$"
)
_CITED = re.compile(
    r"(?:异议|疑问|疑虑|抱怨|投诉|借口|常见问题"
    r"|objections?|complaints?|questions?)[^,“”时后]{0,4}:[ ]*$"
)
_NAMED = re.compile(
    r"(?:曾经?说过?|(?:[说讲提]|答应|承诺)过|名言"
    r"|俗[话语]说|常言[道说]|标有|印有|写有|写着|所谓|称为|叫做?)[:,]?[ ]*$"
    r"|(?:状态|类型|选项|标签|字段|等级|一?栏)[^,“”]{0,4}(?:改[为成]|[选填标记][为成]?)[ ]*$"
    r"|(?:理念|宗旨|口号|标语|精神|原则|目标|文化|愿景)[为是:]?[ ]*$"
)
_ANECDOTE = matching(
    r"^[ ]*(?:过去|以前|从前)|\b(?:used to|formerly|previously)\b"
    r"|上个?(?:月|周|星期|季度|年)|去年|前几?天|昨[天日]|那[天次]|有一?次|当时|曾|后悔|别学"
    r"|(?<![没如])有(?:个|位|名|些)?(?:坐席|同[仁事]|员工|客服|新人)"
    r"|发现[^,“”]{0,3}(?:坐席|座席|客服|员工|同[事仁]|专员)"
    r"|小[^区时孩朋姐程票费额件组店心编事,“”][^,“”]{0,10}(?:[说讲问骂]|回了|接了)"
    r"|\b(?:last|this) (?:week|month|year|spring|summer|autumn|winter)\b"
    r"|\b(?:(?<!is )(?<!are )(?<!be )(?<!if )(?<!when )(?:told|asked)"
    r"(?! (?:for|about|to|why|how|whether|if)\b[^:]*:)|said|replied|answered)\b"
    r"|\b(?:greeted|snapped|rang|ended up)\b"
)
"""What was said once, and is told for a warning."""


def speaker(clause: str) -> re.Match[str] | None:
    """Where words before a quote say that a caller speaks; a caller who is told does not."""
    label = _CALLER_LABEL.search(clause)
    if label and _TOLD.search(clause[: label.start()]):
        return None
    return label or _CALLER_SPEAKS.search(clause)


def cited(clause: str) -> bool:
    """Whether words are a caller's objection, complaint or question, by the label before them."""
    return bool(_CITED.search(clause) and not _THREATENS.search(clause))


def told_of(clause: str) -> bool:
    """Whether words are a name, a saying or a status, or were said in a story."""
    return bool(_NAMED.search(clause) or _ANECDOTE.search(clause))
