"""Speech that stands without quotation marks behind the words that lead to it.

`先问候:您好,请问…`, `Answer with: Thank you for calling.`, `Never ask Who is it?`
Where it begins shows in the lead. Where it ends, in what it says: it goes on as long as it is told
to somebody and instructs nobody.
"""

import re
from collections.abc import Iterator

from ingest.annotate.bans import bans, condemns
from ingest.annotate.callers import NAMED_CALLERS
from ingest.annotate.quotes import Quoted
from ingest.annotate.speech import begins_speech, offers, speaks, told
from kb.patterns import matching
from kb.records import Span

_COLON = re.compile(r":[ ]*(?:\n[ ]*)?(?=[^\s_:“”「」『』\"'‘’|:])")
_ABBREVIATED = r"(?<!\bmr)(?<!\bms)(?<!\bdr)(?<!\bmrs)(?<!\bno)(?<!\bst)"
_SENTENCE_END = matching(rf"[。!?]+|(?=[\n|]|—{{2}})|{_ABBREVIATED}\.(?= |$)")
_LABEL = re.compile(r"[ ]*[^,。;!?:\n]{1,40}:(?!\d)")
"""Another label, and so no more of the speech before it."""
_LINE_END = re.compile(r"[。!?\n|]|\.(?= |$)")
_SITUATED = re.compile(
    r"(?:(?::|→|\||(?<=\S) [–—-](?= )|—{1,2})[ ]*)(?=[^\s_:“”「」『』\"'‘’|→—–])"
)
"""What may stand between a situation, in a label or a cell, and what is said in it."""
_STOP = re.compile(r"[。;!?\n:]|\.(?= |$)")
CLAUSE = re.compile(r"[^,。;!?\n|.]*(?:\.(?! |\n|$)[^,。;!?\n|.]*)*(?:[,。;!?.]+|(?=[\n|])|$)")
_NAMED = re.compile(
    r"\[[^\]\n]{1,20}\]|(?:尊敬的|各位|亲爱的)\w{1,6}|(?<![a-z])dear \w+"
    rf"|为了?(?:保护|保障|维护|确保){NAMED_CALLERS}\w{{0,8}}(?=,)|[请由需]{NAMED_CALLERS}?本人"
)
"""A name that is to be filled in, who is greeted, for whose sake: no instruction speaks of them."""
_COPULA = matching(r"(?:如下|统一为?|固定为?|[为是即])[ ]*$|\b(?:is|are|reads?)[ ]*$")
"""What may stand between the name of some words and the words: 开场白为, the greeting is."""
_NAMES_WORDS = matching(
    r"(?:话术|用语|口径|范本|模[板版]|[答回][复覆]|回应|应[答对]|说辞|说法|首句|第一句话?|答案|改说"
    r"|[可应要作]写|写作|写成|内容|样本|短[信讯]|简讯|公告|接[线听待起通]|表述|字[句眼]"
    r"|[开结][头尾]|报家门|提问|查问|覆述)[ ]*$"
    r"|问[^,。;:]{0,4}$"
    r"|\b(?:wording|greeting|script|phrase|reply|response|line|answer|opener|sign-off|voicemail"
    r"|message|sms|text|notice|announcement|template|reminder|approved"
    r"|recommended)s?\b[^,.;:]{0,40}$"
)
"""Names of words that are said or written to somebody."""
_TO_CALLER = re.compile(
    r"(?:i['’](?:m|ll|d|ve) |i (?:am|can|can['’]t|cannot|see|understand|will|appreciate|know (?:how"
    r"|this|that|it)"
    r"|haven['’]t been|couldn['’]t|apologi[sz]e|have (?:noted|passed|put|sent|checked|booked)) "
    r"|we['’]re sorry|we are sorry|my apologies|thank|sorry|could you|would you|may i"
    r"|can i|shall i|let me|hello[,!. ]|hi[ ,]|good (?:morning|afternoon|evening)|dear \["
    r"|is there anything|are you still"
    r"|this (?:call|is \[)|welcome to|please (?:hold the line|bear with|accept))"
)
"""How an English agent begins, and no instruction does."""
_TO_HER = re.compile(
    r"(?!.*(?:[帮给替]我(?!们)|我(?:要(?![跟为帮和]您)|很满|想(?![把跟为帮和请]|确认))|[你您]们"
    r"|我的))(?=.*(?:您|\[昵称\]|同你|帮你))"
    r"(?=.*(?:我(?!司|方|行|院|部|店规)|[为帮替跟]您|[吗呢]|好不好)|.{0,8}(?:您好|这里是|请问|没关系|不客气|抱歉|对不起"
    r"|不好意思|谢谢|感谢|麻烦))"
)
"""What a Chinese agent says to a caller, and no rule does."""
_ASKED_FOR = re.compile(r"[帮替]我(?![们方司])|给我(?![们方司]|一[个次]机会)")
"""What a caller asks for, and no agent."""
_TELLS_HOW = re.compile(r"(?<!×)×(?![×先女号小])|[✗✘❌ד“”‘’「」]|——|[说讲]$|连说|[话语][要气]|解释")
"""What is told of the words, and not by them; or a mark that was lost."""
_NO_SITUATION = matching(
    r"(?:注意|备注|说明|提示|须知|规定|(?<![人户客方家者])要求|原则|目的|定义|适用|条件|材料|流程"
    r"|步骤|时间|地址|范围|职责|释义|解读|点评|反思|总结"
    r"|案例|故事|理由|原因|依据|好处|意义|[问答]|问题|答案|前言|导语|寄语|致辞|读者|作者|评论|来信"
    r"|表扬信?|感谢信|评价|反馈|原文|内容|留言|来电|心得|体会|感想|签名|考勤|会议|开会"
    r"|登[录陆]|政策|承诺|文化|小[\u4e00-\u9fff])[^:]{0,4}$"
    r"|\b(?:notes?|policy|rules?|why|because|example|case|purpose|scope|terms|question|answer|q|a"
    r"|faq"
    r"|foreword|story|comments?|from|reviews?|letters?|tickets?|feedback|cases?|e-?mails? from"
    r"|text)[^:]{0,6}$"
)
"""Labels of what explains, demands or tells of something."""
_QUESTION = re.compile(r"问[“「『\"]_+[”」』\"]时?[ ]*$")
"""What somebody asks, before a colon and the answer."""
_ASKED_BY_STAFF = re.compile(
    r"[ \d.、()【\[]*(?:提?[问答]题?|客|甲|乙|[a-cq]|question|answer)[】\]\d]*[ ]*"
)
"""The labels of what the staff ask themselves and are told, and of unnamed speakers."""
_IMPERATIVE = matching(
    r"[ ]*(?:[应须则又]|(?:先(?!生)|并且?|再(?![见会])|且)(?![^,。]*[您你])|也不(?![会想])"
    r"|让(?![您你我])|然后|随后|念完|说完"
    r"|如(?!需|有|您|果您)|若(?!您|有|需)|待|等(?!一下|您)|按照?|根据|标题"
    r"|(?:say|ask|tell|give|state|offer|read|use|greet|introduce|confirm|explain|apologi[sz]e"
    r"|always"
    r"|never|if(?! (?:you|that changes|anything|we)\b)|when(?! (?:we|i)\b)|make|do not|don't|keep"
    r"|check|see|then|only|(?:after|before)(?! (?:we|i)\b)"
    r"|(?:and|or|but) (?:let|then|do|never|wait|ask|tell|note|log|put|keep|move|record|pass|end"
    r"|close|transfer|dispatch)|leave|repeat|wait|note|record|log"
    r"|avoid|in that order|running)\b)"
)
_INSTRUCTS = matching(
    rf"{NAMED_CALLERS}|(?<!要)不要(?!着急|担心|客气|紧张|介意|害怕|生气|挂)|不得|不可(?!思)|禁止|严禁"
    rf"|必须|应当|务必|切[勿莫忌]"
    r"|[前后](?:确认|核实|检查|登记|记录)|坐席|座席|客服(?:人员|代表)|随即|同时|以便"
    r"|\bmust not\b|\b(?:is|are) (?:false|wrong|forbidden|banned)\b"
    r"|\b(?:agents?|staff|colleagues?|you) (?:must|should|shall|may not|need to|are to|have to)\b"
)
"""What tells the agent what to do, and is not said to a caller."""
ENGLISH_SPEECH = matching(
    r"(?:(?:i|we|you|they|it|he|she|this|that|there|who|what|nobody|let)['’](?:s|m|re|ve|ll|d|t)\b"
    r"|(?:i|we) (?:am|are|was|were|will|can|cannot|must|have|had|should|would|need|do|did|know"
    r"|never|just|always|guess|think)\b|you (?:must|have to|should|need|ought|never|always|can't"
    r"|cannot|will)\b|our \w+ (?:is|are|says?|clearly|states?)\b|(?:it|that|this|they|he|she)"
    r" (?:\w+n['’]t|sounds)\b|(?:who|what|why|where) (?:are|do|did)"
    r" you\b|calm down|(?:can|could|will|would|did|do|are|have) (?:you|i|we)\b"
    r"|not (?:our|my) |no idea|sorry\b)"
)
"""How a clause begins that somebody says, and nothing that is done, named or told of."""
_SPEAKS_ENGLISH = matching(
    r"(?i:\b(?:say|ask|answer|reply|write|begin|saying|never))[ ]+(?=[A-Z])"
    r"|(?i:\b(?:answer|reply|begin|start|open|end|close|finish)(?: [^,.:;]{1,30})? with)[ ]+"
    r"(?=[A-Z])"
)
_CAPITAL = matching(
    r"(?:I['’ ]|You\b|We\b|Our |My |May |Can |Could |Would |Do |Did |Is |Are |Good |Hello\b|Hi\b"
    r"|Thank|Please |Wh[oy] |Where |What|Let |Sorry\b|This is|That['’]s|Have |How |Welcome|It['’ ]"
    r"|There['’ ]|The |Your |No |To |For )"
)
"""How English speech begins that nothing marks but its capital."""
_ITEM = re.compile(r"[、;/]")
_SHORTEST, _LONGEST_ITEM, LONGEST = 4, 40, 300


def find_unmarked(text: str, masked: str) -> Iterator[Quoted]:
    """Yield what is spoken, or never to be, where nothing but the words before it says so.

    `masked` is the search form of `text`, with what is quoted blotted out.
    """
    for colon in _COLON.finditer(masked):
        lead = _lead(masked, colon.start())
        if _leads(lead):
            yield from _listed(masked, colon.end(), banned=bans(lead)) or _spoken(
                text, masked, colon.end(), led=True
            )
    for border in _SITUATED.finditer(masked):
        lead, opening = _lead(masked, border.start()), _opening(masked, border.end())
        if _is_to_caller(opening) and _is_situation(lead):
            yield from _spoken(text, masked, border.end())
    for verb in _SPEAKS_ENGLISH.finditer(text):
        if _CAPITAL.match(text, verb.end()):
            yield from _spoken(text, masked, verb.end())


def instructs(words: str) -> bool:
    """Whether words begin by telling the agent what to do."""
    return bool(_IMPERATIVE.match(words))


def until_instructed(masked: str, span: Span) -> Span:
    """Words without the sentences behind them that are told to nobody and say what to do."""
    last = end = _sentence_end(masked, span.start, span.end)
    instructed = False
    while end < span.end:
        following = max(_sentence_end(masked, end, span.end), end + 1)
        words = masked[end:following]
        if told(words) or _asks_on(words):
            last, instructed = following, False
        else:
            instructed = instructed or words.startswith("—") or _tells_agent(words)
        end = following
    return Span(span.start, last) if instructed else span


def _lead(masked: str, end: int) -> str:
    """What of a sentence stands before a place in it."""
    start = max((stop.end() for stop in _STOP.finditer(masked, max(0, end - 80), end)), default=0)
    return masked[max(start, end - 80) : end]


def _leads(lead: str) -> bool:
    """Whether words before a colon say that speech follows."""
    bare = _COPULA.sub("", lead.rstrip())
    if _ASKED_BY_STAFF.fullmatch(bare):
        return False
    if _QUESTION.search(lead):
        return True
    return speaks(f"{bare}:") or begins_speech(bare) or bool(_NAMES_WORDS.search(bare))


def _is_situation(lead: str) -> bool:
    """Whether words before a border name when something is said; bans and explanations do not."""
    label = lead.split("|")[-1].strip()
    named = _NO_SITUATION.search(label) or _ASKED_BY_STAFF.fullmatch(label)
    return bool(label) and not named and not condemns(label)


def _opening(masked: str, start: int) -> str:
    """The first sentence from a place on, and the second behind a short one."""
    limit = min(len(masked), start + LONGEST)
    end = _sentence_end(masked, start, limit)
    return masked[start : _sentence_end(masked, end, limit) if end - start < 8 else end]


def _is_to_caller(words: str) -> bool:
    """Whether words are surely what an agent says to a caller, and no rule or explanation."""
    first = CLAUSE.match(words)
    if len(words) < _SHORTEST or not first or _TELLS_HOW.search(words) or instructs(first[0]):
        return False
    return bool(_TO_CALLER.match(words) or _TO_HER.match(words))


def _listed(masked: str, start: int, *, banned: bool) -> list[Quoted]:
    """The short items that a line lists behind the name of what is said, or never is."""
    stop = _LINE_END.search(f"{masked}\n", start)
    words = masked[start : stop.start() if stop else None]
    items = _ITEM.split(words)
    if banned and len(items) == 1 and all(map(ENGLISH_SPEECH.match, words.split(", "))):
        items = [f"{' ' * (number > 0)}{item}" for number, item in enumerate(words.split(", "))]
    if len(items) == 1 or max(map(len, items)) > _LONGEST_ITEM or "—" in items[-1]:
        return []
    if not (banned or all(map(told, items))):
        return []
    found: list[Quoted] = []
    for item in items:
        found += trimmed(masked, Span(start, start + len(item)))
        start += len(item) + 1
    return found


def _spoken(text: str, masked: str, start: int, *, led: bool = False) -> Iterator[Quoted]:
    """What is told to somebody from a place on, in whole clauses, if there is anything.

    Words that are `led` by what says that they are spoken may begin with a question of anybody.
    """
    if text[start : start + 1].isascii() and text[start : start + 1].islower():
        return  # English speech begins with a capital, an instruction does not
    end = start
    while sentence := clauses(masked, end):
        if end > start and _LABEL.match(masked, end):
            break
        words = sentence.of(masked)
        goes_on = told(words) or ((led or end > start) and _asks_on(words))
        asked_for = _ASKED_FOR.search(words) and not offers(words)
        if not goes_on or asked_for or sentence.end - start > LONGEST:
            break
        end = sentence.end
        if masked[end - 1] in ",;":
            break
    yield from trimmed(masked, Span(start, end))


def _tells_agent(words: str) -> bool:
    """Whether words tell the agent what to do, in their beginning or by whom they speak of."""
    return instructs(words) or bool(_INSTRUCTS.search(words))


def _asks_on(words: str) -> bool:
    """Whether a sentence behind speech asks something, and so is of it."""
    return words.rstrip().endswith("?") and not _INSTRUCTS.search(words)


def clauses(masked: str, start: int) -> Span | None:
    """A sentence from a place on, or what of it is told before the agent is told what to do."""
    limit = _sentence_end(masked, start, min(len(masked), start + 2 * LONGEST))
    end, waiting = start, False
    for clause in CLAUSE.finditer(masked, start, limit):
        words = _NAMED.sub("", clause[0])
        if not clause[0].strip() or "__" in words or (end > start and _LABEL.match(words)):
            break
        waiting = waiting or _tells_agent(words)
        if not waiting:
            end = clause.end()
        elif end > start and told(words) and not instructs(words):
            end, waiting = clause.end(), False
    return Span(start, end) if end > start else None


def _sentence_end(masked: str, start: int, limit: int) -> int:
    end = _SENTENCE_END.search(masked, start, limit)
    return end.end() if end else limit


def trimmed(masked: str, span: Span) -> Iterator[Quoted]:
    """Words without the blanks and commas at their ends; an English word or two are none."""
    words = span.of(masked)
    start = span.start + len(words) - len(words.lstrip())
    end = span.start + len(words.rstrip(" ,;\n"))
    if end - start >= (2 if masked[start:end] >= "\u4e00" else _SHORTEST):
        yield Quoted(Span(start, end), Span(start, end))
