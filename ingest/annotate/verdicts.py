"""Whether quoted words are to be said, never to be said, or neither, told by the words around them.

The rule is one-sided: a forbidden sentence must never be taken for one to say. So every sign of a
prohibition is looked for first, and what has no clear sign is neither. `bans`, `callers` and
`speech` know the words; here is what follows from them.
"""

import re
from typing import Literal

from ingest.annotate.bans import (
    banned_after,
    bans_next,
    blamed_after,
    gives_examples,
    goes_on,
    last_ban,
    replaced,
)
from ingest.annotate.callers import CALLERS, cited, speaker, told_of
from ingest.annotate.speech import (
    SAY,
    allows_only,
    asks,
    brusque,
    demanded_after,
    demands,
    may_begin_speech,
    offers,
    preferred_after,
    speaks,
    spoken,
)
from kb.patterns import matching

Verdict = Literal["say", "never"]

_AGENT_LABEL = re.compile(
    r"(?<![对向跟与问给])(?:客服|坐席|座席|客户代表|客服代表|话务员|接线员|服务员|店员|营业员|卖家"
    r"|店家|掌柜|前台"
    r"|员工|工作人员|"
    r"agent|staff|rep|representative|operator|clerk|receptionist)[^:“”]{0,6}:[ ]*$"
)
_TO_CALLER = matching(
    rf"(?:{CALLERS}[^:“”]*?[时后](?:先|则|即|可)?|[对向跟给]+[^,;:“”]{{1,12}}{CALLERS})"
    rf"(?:[说讲答]|回[复应答覆]|答[复覆]|[ ]?(?:say|reply|answer)\b)[:,]?[ ]*$"
    rf"|{CALLERS}[^:“”]*?[时后]:[ ]*$"
    rf"|的{CALLERS},?[先则要][说讲话][:,]?[ ]*$"
)
_SAID = matching(
    rf"(?:{CALLERS}[^:“”]{{0,8}}[说问讲称喊]|(?:^|[ ,来])问)[:,]?[ ]*"
    r"[“「『\"]_+[”」』\"][时后]?:[ ]*$"
)
"""What a caller says, and a colon before the answer."""
_DEMANDED = matching(
    rf"{CALLERS}[^:“”]*?[时后](?:[只仅](?:能|可|得)?|则|要|可以?|应该?|必须|一律"
    rf"|统一)[ ]?{SAY}[:,]?[ ]*$"
)
_UNDER_CALLER = matching(rf"{CALLERS}[^:“”]*?(?:[时后]:?|[^:“”对向跟与和]{{2}}:)[ ]*$|:[ ]*$")
"""After what a caller does, or under a label; words right behind a caller are the caller's."""
_SITUATION = matching(
    rf"{CALLERS}[^:“”,。]{{2,20}}"
    r"(?<![说问讲称喊道话语答题])(?<!抱怨)(?<!反映|表示|提出|质疑|要求):[ ]*$"
)
"""What a caller does or is, and not that one speaks."""
_CALLERS_OWN = re.compile(
    r"[你您]们|你哋|我[要想]|[帮给]我|为什么|怎么|凭什么|能不能|可不可以|[吗呢?]"
)
_YOU_ALL = re.compile(r"[你您]们|你哋")
"""Callers say it to a firm; no agent says it to a caller."""
_DESCRIBED = matching(
    r"\b(?:did|does|has|have|had|was|were)(?: not|n['’]t)\b[^:]*:[ ]*$"
    rf"|^[ \d.、()]*{CALLERS}[^:]{{0,6}}"
    r"(?:拒绝|拒不|不(?:愿|肯|想|同意|配合|满|接受|认可|相信|方便))[^:]{0,8}:[ ]*$"
    r"|不能(?:[延退换改送接转取开修用进停订等来赔补寄收发到]|办理?)[^:说讲用答提问]{0,4}:[ ]*$"
)
"""What is not so in the situation that a label names: it bans nothing."""
_IDEA_AFTER = re.compile(
    r"[ ]?的?(?:心理|技巧|方法|策略|原则|法则?|方式|态度|服务|理念|精神|制度|模式|系统|标志|标识"
    r"|字样|感觉|之感|规则|营销|关系|活动|表格?|栏)"
    r"|[ ](?:refers?|stands|applies|describes|counts) "
)
_SUPPOSED = matching(
    r"(?:如果|若|假如|要是|有的|有些|有人|别人|(?<![应适相正])当|\b(?:if|when"
    r"|some))(?!.*[时后,])[^,]*$"
)
_IMPERATIVE = matching(
    r"\b(?:if|when) (?!.*\b(?:staff|agents?|employees?|colleagues?)\b)\w+ .*\w"
    r" (?:say|ask|answer|reply)[ ]*$"
)
"""A condition and what to do then, without a comma between; not what somebody may say."""
_THEN_SAY = re.compile(r"[,–—-][ ]?(?:say|reply|answer|write)[: ]*$")
"""What to do then, behind a mark of its own."""
_CONDITION = matching(r"\b(?:if|when|where|once)\b[^,;:]*,|[^,;:。]*[的者],")
_RESUMES = matching(
    r"[ ,;.]*(?:please |and )?(?:say|try|reply|answer|ask|use|right|good|better|strong|after)\b"
    r"|[ ,;。]*(?:而要?|不如|改|多|应该?|统一|一律|请|先|再|新版?|建议句?"
    r"|(?:修改|改善|更正|调整|优化)后|[对✓✔√✅]|(?:正确|规范)(?:示[范例]|做法)?)?"
    r"(?:[说讲写用回答]|[:：]|[ ]*$)"
)
"""What stands between a banned quote and one that is right."""
_IN_PLACE_OF = re.compile(r"(?:^|[^\w])[将把][ ]*$")
"""Before words that others are put in the place of: 将“做不到”改为“我为您查”."""
_BARE = re.compile(r"[ ]*(?:[说讲答]|回答|回复|say)[:, ]*")
_THAN = matching(r"(?:比|与|和|跟|同|不如|\bthan|\band|\bor)[ :,]*$")
"""Between two quotes of which what follows calls the first one better."""
_GERUND = re.compile("[ ]*saying[ ]*")
_BORDER = matching(
    r"[,。;!?\n]|:(?=[ ]?(?:say|reply|answer|ask|tell)\b|[先应改]说)"
    r"|(?<=[”」』\"])[ ]+|(?<=[”」』\"])(?=\(?\d{1,2}[.)、]|正确|规范|推荐|标准|建议|应"
    r"|而?改|[√✓✔✅])"
)
_BROKEN = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
"""Where a line broke inside Chinese words."""
_DASH = re.compile(r"[ ]*(?:–|—+|―+|(?<= )-|\()[ ]*$|(?<=\S)(?:[ ]{2,}|\t)$")
_CLAUSE = re.compile("[,;:。]")
_QUOTE_END = re.compile('[”」』"]')
_JOINS = re.compile(r"[ ]*(?:[、,;/和或与及]|或者|以及|或是|and|or|,? ?(?:and|or)|等|)[ ]*")


def of_quote(before: str, words: str, after: str, *, tabled: bool = False) -> Verdict | None:
    """What is told of `words` by `before` and `after` them, the sentence's rest on both sides.

    All are folded; other quotes in them are masked. In a table that lost its lines (`tabled`) the
    words before may be those of another cell, so only a verb of saying counts.
    """
    # 1. What is behind the words, and the clause that leads to them.
    if banned_after(words, after):
        return "never"
    before = _BROKEN.sub("", before)
    bracketed = before.rstrip().endswith("(")
    before = _DASH.sub(":", before)
    kept = before.rstrip(" ,:")
    apart = kept.endswith(("”", "」", "』", '"')) and before != kept
    said = _SAID.search(before)
    clause = "" if apart else _BORDER.split(kept)[-1] + before[len(kept) :]
    clause = said[0] if said else clause
    # 2. Are they somebody else's, a name, or a ban's?
    ban = last_ban(clause)
    caller = speaker(clause)
    preferred = preferred_after(after) and not _THAN.search(before)
    demanded = preferred or (demanded_after(after) and last_ban(before) < 0)
    if demanded and spoken(words):
        return "say"
    poor = spoken(words) and not (offers(words) or asks(words) or "您" in words)
    if poor and replaced(after) and _IN_PLACE_OF.search(clause):
        return "never"
    if after.startswith((":", "时:")) and clause.rstrip().endswith("问"):
        return None  # the question, before the answer to it
    named = _IDEA_AFTER.match(after) or told_of(clause) or _GERUND.fullmatch(before)
    if named or replaced(after) or (after.startswith("的") and _BARE.fullmatch(clause)):
        return None
    answered = _answered(clause, words)
    other = cited(clause) or (caller and not 0 <= ban <= caller.start())
    if other and not answered:
        return None
    kind = offers(words) or _addressed(words)
    described = kind and not speaks(clause) and _DESCRIBED.search(clause)
    if ban >= 0 and not described:
        if demands(clause, ban) and not caller:
            return "say"
        return "never" if bans_next(clause) or bracketed else None
    if _AGENT_LABEL.search(clause):
        return "say" if last_ban(before) < 0 else None
    # 3. Does anything say that they are speech; and does anything speak against them?
    begun = not tabled and spoken(words) and (may_begin_speech(clause) or _of_those(clause, words))
    if not (speaks(clause) or begun or answered):
        return None
    own = _QUOTE_END.split(clause)[-1]
    blamed = blamed_after(words, after)
    if demands(own) or (allows_only(own) and not (goes_on(before) or blamed)):
        return "say"
    if gives_examples(clause) and last_ban(_QUOTE_END.split(before)[-1]) >= 0:
        return "never"
    supposed = not answered and _supposed(clause, words)
    banned = not described and last_ban(before) >= 0 and not _turned(before, clause, words)
    return None if brusque(words) or banned or supposed or blamed else "say"


def _of_those(clause: str, words: str) -> bool:
    """Whether a helpful agent's words are told for those of a sort: 没有位子的,“抱歉,…”."""
    return offers(words) and clause.rstrip().endswith(("的,", "者,", "的:", "者:"))


def _answered(clause: str, words: str) -> bool:
    """Whether words answer the caller whom the clause before them is about."""
    return bool(
        _DEMANDED.search(clause)
        or (_SAID.search(clause) and spoken(words) and not _YOU_ALL.search(words))
        or (offers(words) and _UNDER_CALLER.search(clause))
        or (_addressed(words) and _SITUATION.search(clause))
        or (_TO_CALLER.search(clause) and spoken(words) and not _YOU_ALL.search(words))
    )


def _addressed(words: str) -> bool:
    """Whether words are told to a caller, by somebody who asks for nothing."""
    return "您" in words and not _CALLERS_OWN.search(words)


def _supposed(clause: str, words: str) -> bool:
    """Whether somebody may say the words, which does not make them right."""
    instructed = offers(words) and (clause.endswith(":") or _IMPERATIVE.search(clause))
    instructed = instructed or _THEN_SAY.search(clause)
    return bool(_SUPPOSED.search(clause.rstrip(" :,"))) and not instructed


def _turned(before: str, clause: str, words: str) -> bool:
    """Whether the ban before some words is not one of them.

    It has had its quote, and what follows that one demands and bans nothing; it is part of a
    condition; or it stands in a clause of its own that gives no examples, and the words are those
    of a helpful agent.
    """
    _, *others = _QUOTE_END.split(before)
    if others:
        before = others[-1]
        demanded = demands(before) or (before.strip() and _RESUMES.match(before))
        if last_ban(before) < 0:
            apart = _CLAUSE.search(before) and not goes_on(before)
            return bool(demanded or (apart and offers(words)))
    if last_ban(_CONDITION.sub("", before)) < 0:
        return True
    polite = offers(words) or (asks(words) and not _BARE.fullmatch(clause))
    return bool(polite) and not goes_on(before)


def joined(between: str) -> bool:
    """Whether two quotes are of one list, so that what is told of the first holds for the next."""
    return bool(_JOINS.fullmatch(between)) and (between == "" or bool(between.strip()))
