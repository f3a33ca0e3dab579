"""Who must act: the role named before a deadline in its sentence, or right after it.

A compact grammar: a noun that ends like a role (员, 人员, 部, 主管, 客服 …; agent, staff …),
reached back to the word that opens it. A role that is only spoken to or about (向客户, 告知业主)
does not act. Nor does a customer in the case that a rule is for (客户投诉的，两小时内回电): the
staff do, unless the rule goes on with what the customer must or may (客户有异议的，应在十日内提出).
"""

import re

from kb.patterns import matching

_CUSTOMERS = (
    "客户|顾客|客人|住户|业主|租户|用户|买家|卖家|商家|旅客|乘客|患者|病人|家属|学员|会员|投保人"
)
_ROLE = (
    r"(?:人员|职员|专员|接待员|服务员|员工|店员|成员|代表|坐席|座席|话务员|接线员|值班员|客服|"
    rf"{_CUSTOMERS}|"
    r"主管|经理|总监|主任|部长|组长|班长|科长|处长|店长|院长|行长|领班|督导|负责人|责任人|经办人"
    r"|管理员|"
    r"司机|骑手|快递员|快递公司|医生|护士|律师|专家|助理|秘书|大使|顾问|管家|保安|部门|中心"
    r"|服务台|前台|总台|"
    r"公司|银行|网点|支行|门店|店铺|单位|机构|科室|工程部|客服部|财务部"
    r"|(?![一全内外本局各两])[\u4e00-\u9fff]部|班组|小组|团队|员)"
)
_INNER = "(?:服务|关系|管理|接待|投诉|巡查|维修|值班|运营)?"
_CHINESE = matching(rf"{_ROLE}(?:{_INNER}{_ROLE})*" r"(?![长内门属位分署件委外])")
_OPENERS = set(
    "求由请让令使向给对将把并且及如若当应须的后前内于是为和与或在从到过等经各被了要需会能可未"
)
_KEPT = (
    "前台",
    "后勤",
    "内勤",
    "当班",
    "当值",
    "当事",
    "应急",
    "在场",
    "在岗",
    "后台",
    "经理",
    "经办",
)
_PASSIVE = re.compile(
    r"(?:向|给|对|为|帮|替|与|和|跟|告诉|告知|通知|联系|答复|回复|征得|提醒|询问|感谢|通报|转呈"
    r"|转交|"
    r"上报|报告|汇报|邀请|陪同|回访|的|按照|根据|移交|转接|送达|发送到|交|报|至|到)$"
)
_NO_NOUN = re.compile(
    r"告诉|告知|联系|联络|答复|回复|询问|感谢|呈|(?<!接)报(?![修案名警关税])|接通|致电|拨打|送"
    r"|转(?![运账])|交(?![通易警管班接])|退回|返回|移至|放入|征得|引导(?!员)|打扰|建议|遵守|不得"
    r"|[您我你他她这那]"
)
_ARTICLE = "the|an?|each|every|all|our|my|your|any|no|another|this|that"
_ASIDE = (
    "if|when|whenever|once|unless|until|before|after|since|where|while|provided|by|for|to|from|with"
    "|than|no"
)
_SMALL = f"(?:{_ARTICLE}|{_ASIDE}|and|but|or|nor|of|as|is)"
_ENGLISH = matching(
    rf"\b((?:(?!{_SMALL} )[a-z][a-z-]{{1,14}} ){{0,2}}?"
    r"(?:agents?|staff|employees?|representatives?|reps?|operators?|managers?|supervisors?|leaders?"
    r"|officers?|clerks?|receptionists?|cashiers?|teams?|departments?|desk|centre|center|company"
    r"|customers?|guests?|callers?|tenants?|residents?|owners?|passengers?|patients?|merchants?"
    r"|couriers?|drivers?|engineers?|technicians?|nurses?|doctors?|housekeep(?:er|ing)|concierge))"
    r"(?= (?:on [a-z]+ )?(?:must|should|shall|will|may|can|is|are|has|have|needs?|calls?|answers?"
    r"|replies|repl(?:y|ies)|responds?|ha[sd])\b)"
)
_NOT_BOUND = matching(rf"\b(?:{_ASIDE})(?: (?:{_ARTICLE}))?[ ]$")
"""Before a role of which the limit says nothing: if a caller, to the desk, no agent."""

_ENGLISH_BY = matching(
    r"\bby (?:the |an? )?((?:[a-z-]{2,14} ){0,2}(?:agent|manager|team|staff|desk|supervisor"
    r"|department))\b"
)
_CUSTOMER = re.compile(f"(?:{_CUSTOMERS})$")
_CASE = re.compile(r"[^,;。!?\n]{1,30}的(?P<noun>[\u4e00-\u9fff]{0,4}),(?P<rest>[^;。!?\n]*)$")
_MAY = re.compile(r"(?:应当?|必?须|需要?|可以?)(?:[自于在从][^,]{0,14})?")
_LONGEST = 14


def actor(before: str, after: str) -> tuple[int, int] | None:
    """Place of the actor's name: offsets into `before`, or past its end into `after`.

    `before` and `after` are the folded rest of the sentence on both sides of a deadline.
    """
    places = [
        place
        for match in _CHINESE.finditer(before)
        if not _in_case(before, match) and (place := _noun(before, match))
    ]
    english = [
        match.span(1)
        for match in _ENGLISH.finditer(before)
        if not _NOT_BOUND.search(before, max(0, match.start(1) - 20), match.start(1))
    ]
    if english:
        return english[-1]
    if places:
        return places[-1]
    return _after(after, len(before))


def _in_case(before: str, match: re.Match[str]) -> bool:
    """Whether a role is a customer's in the case that a rule is for, and the rule is not theirs."""
    case = _CASE.match(before, match.end()) if _CUSTOMER.search(match.group()) else None
    return case is not None and bool(case["noun"] or not _MAY.fullmatch(case["rest"]))


def _after(after: str, shift: int) -> tuple[int, int] | None:
    by = _ENGLISH_BY.search(after)
    if by:
        return by.start(1) + shift, by.end(1) + shift
    clause = re.split(r"[,。;!?\n]", after[:40])[0]
    match = _CHINESE.search(clause)
    place = match and _noun(clause, match)
    if place and (place == (0, min(place[1], 6)) or clause[place[0] - 1] in "由让请"):
        return place[0] + shift, place[1] + shift
    return None


def _noun(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    """The whole noun that ends with the role; None where it does not act."""
    start = match.start()
    while start > max(0, match.end() - _LONGEST) and _joins(text, start):
        start -= 1
    noun = text[start : match.end()]
    for verb in ("通知", "安排", "责成", "督促"):
        if noun.startswith(verb):
            start += len(verb)
    if start >= match.end() or _NO_NOUN.search(text, start, match.end()):
        return None
    if _PASSIVE.search(text[max(0, start - 4) : start]):
        return None
    return start, match.end()


def _joins(text: str, start: int) -> bool:
    """Whether the character before `start` still belongs to the noun."""
    char = text[start - 1]
    if text.startswith(_KEPT, start - 1):
        return True
    if start >= 2 and text.startswith(_KEPT, start - 2):
        return True
    return "\u4e00" <= char <= "\u9fff" and char not in _OPENERS
