"""Words to say that stand without quotation marks: labelled lines, lists under a label, dialogues.

`应答:您好…`, `错误：不知道。`, `客服：请稍等。`, the lines below 服务忌语, and lines that greet or
thank somebody.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from ingest.annotate.bans import bans, condemns
from ingest.annotate.callers import CALLERS, speaker
from ingest.annotate.speech import brusque, spoken
from ingest.annotate.titles import of_title
from ingest.annotate.unmarked import instructs, until_instructed
from ingest.annotate.verdicts import Verdict
from kb.patterns import matching
from kb.records import Span

Line = tuple[Span, Verdict, str]

_SPEAKER = r"(?:买家|卖家|客户|顾客|客人|客服|坐席|店主|店家|customer|agent|caller|staff)"
_PIECE = matching(
    r"(?<=[ 。;,!?*])(?=[a-h]\))|"
    r"\n|(?=\(\d{1,2}\))|(?<=[^\d\n])(?=\d{1,2}\.[^\d\n])"
    rf"|(?<=[。!?)~”. ])(?={_SPEAKER}[ ]?:)"
    r"|(?<=[。!?~”])(?=[客服]:)|(?<=[。!?~. ])(?=[✓✔√✅✗✘❌])"
    r"|(?<=[.!?”\"] )(?=(?:right|good|better|do|but|correct|wrong|bad|not|don't): )"
    r"|(?<=[。;!?~”])(?=(?:正确|错误|规范|不当)(?:示[范例]|说法|回答|回复)?[ ]?:)"
    r"|(?<=[。;!?)~”」 ])(?=(?:千万|绝对)?(?:不[得要能许准]|别|莫|勿)[说讲][ ]?:)"
    r"|(?<=[.!?”\"] )(?=(?:never|don't|do not|not to be) (?:say|ask|said|write): )"
    r"|(?<=[。;!?~” ])(?=[宜忌][ ]?:)"
    r"|(?<= / )(?=[a-z]{3,14}: )|(?<=/)(?=[ ]?(?:客|服|客服|客户|坐席|民众|话务)[ ]?:)"
    r"|(?<=: )(?=say: )|(?=(?:总结|备注|注意|点评|提示|说明)[ ]?:)"
)
_MARKER = re.compile(
    r"[ ]*(?:\((?P<a>\d{1,2})\)[ ]?[.、]?|(?P<b>\d{1,2})[.、)]+|[①-⑩]|[a-h]\)"
    r"|[一二三四五六七八九十]{1,2}、|[-•*·])[ ]*"
)
_FORBIDDING = re.compile(
    r"(?:[×✗✘❌][ ]?:?|(?:千万|绝对)?(?:别|莫)[说讲][ ]?:"
    r"|(?:不要|不应该?|不能|不可以?|不得|不许|不准|禁止|严禁|切忌|切勿|请勿|勿)"
    r"(?:说|讲|使用)?[ ]?:"
    r"|[禁忌][说讲用]?语?[ ]?:"
    r"|(?:错误|反面|不当|不正确)(?:示范|示例|说法|回答|回复|用语|话术|例子)?[ ]?:"
    r"|(?:(?:never|not to be) (?:say|ask|said|write)|don't(?: say)?|do not(?: say)?"
    r"|should not(?: say)?|wrong|bad"
    r"|avoid(?: saying)?|not)[ ]?:)[ ]*"
)
_DEMANDING = re.compile(
    r"(?:[✓✔√✅][ ]?:?|(?:[^ :。,]{0,8}(?:用语|话术|问候语|欢迎语|致[歉谦谢]语|祝[贺福]语|辞别语"
    r"|告别语|见面语|祈请语|"
    r"结束语|开场白|应答语?|标准语|口径|模板|文案))[^:。,→—]{0,4}(?::|[ ]?(?:→|—{1,2}))"
    r"|(?:应该?|可以|要|必须|推荐|建议)(?:说|讲|回答"
    r"|回复)[ ]?:"
    r"|宜[ ]?:|(?:正确|规范|标准|推荐)(?:示范|示例|说法|回答|回复|例子)?[ ]?:"
    r"|(?:say|do say|should say|right|good|instead|script|reply|response|greeting"
    r"|closing)[ ]?:)[ ]*"
)
_AGENT = re.compile(
    r"(?:客服|坐席|座席|客户代表|客服代表|话务员|接线员|服务员|店员|营业员|卖家|店家|掌柜"
    r"|前台(?:接待)?|职员|服(?=:)|工作人员|老师|顾问|班主任|助教|专员|话务|管家|导诊|总机|值班员?|"
    r"agent|staff|rep|representative|csr|operator|clerk|receptionist)[ ]?\d?:[ ]*"
)
_CALLER = re.compile(
    r"(?:客户|顾客|客人|客(?=:)|用户|买家|业主|住户|住客|旅客|患者|来电[者人]|对方|家长|学员|学生"
    r"|市民|民众|访客"
    r"|customer|caller|guest|client"
    r"|buyer|patient|tenant)"
    r"[ ]?\d?:[ ]*(?P<words>[^\n]*)"
)
_GREETS = re.compile(
    r"(?:亲亲?[,!爱~]|您好[,!。]|你好[,!]|尊敬的[^\n,]{1,10}[,!:]|(?:真的|实在|非常|十分)?很?抱歉"
    r"|对不起[,!]|不好意思(?=[,!让打麻耽])|感谢您|谢谢您|"
    r"欢迎光临|请问您|请您稍|(?:hello|hi|good (?:morning|afternoon|evening))[,! ]|thank you for"
    r"|i'm (?:so |very )?sorry"
    r"|i am sorry|we apologi[sz]e|welcome to)"
)
_INSTRUCTS = matching(
    r"(?<!要)(?<!请)(?<!请先)不要(?!着急|担心|客气|紧张|介意|害怕|生气)|不得|禁止|严禁|必须|应当"
    r"|应(?!该[^说]{0,4}您)|务必|切勿|客服人员|\b(?:agents?"
    r"|staff|you) (?:must|should|shall)\b"
)
_WHEN = re.compile(r"[ ]*【(?P<when>[^】\n]{2,40})】[ ]*")
_REPORTED = re.compile(
    r"(?:告诉|告知|答复|回答|回复|安抚|(?:向|对|跟)(?=[^,。]{1,6}(?:说|解释|承诺)))"
    r"(?:客户|顾客|客人|对方|用户|业主|住户|买家|旅客|患者)(?:(?:只能?|统一|一律|应|要|可以?)?(?:说"
    r"|解释|承诺))?[,:]"
    r"(?P<words>[^。;!?\n_]{4,120})"
)
_TOLD = re.compile(
    r"(?:^|(?<=[,:\n]))[ ]*(?:则|就|应该?|要|可以?|先|请|马上|立即|直接|统一|一律)?"
    r"(?:说|讲|回答|回复|应答):"
    r"(?P<words>[^。;!?\n_]{4,120})",
    re.MULTILINE,
)
_ASKED = matching(
    rf"{CALLERS}[^,。:_]{{0,8}}[问说讲][:,]?[“「\"]_+[”」\"]时?[,]?(?:答|回)?:[ ]*—*[ ]*"
    r"(?P<words>[^\n_]{4,160})"
)
"""What is answered to what a caller asks in quotes, itself without any."""
_ENGLISH = re.compile(r"(?=.*\b(?:you|your|please|thank|i|we)\b)[\x20-\x7e’]+$", re.IGNORECASE)
_LABELLED = re.compile(r"(?P<label>[^:。,!?_\n]{2,24}):[ ]*")
_ABOUT_CALLERS = matching(
    r"客户|顾客|客人|用户|业主|住户|语气|口气|态度|\b(?:customer|caller|guest|client)s?\b"
)
_ARROW = re.compile(r"[ ]*(?:→|⇒|->|=>)[ ]*")
_NAME = re.compile(r"(?<=在|点)[“「]_{2,8}[”」]")
"""What is named inside words to say: 在“我的订单”里点“确认”."""
_BETWEEN = re.compile(r"(?:[ ]\d{1,2})?[、;/]")
_CLAUSAL = matching(r"[ ]*(?:[把将对向在给用让和或]|\b(?:and|or)\b)")
"""What begins no words of a list: 把客户的姓名、电话告诉别人."""
_LONGEST_LABEL, _LONGEST_NEVER, _LONGEST_ITEM, _SHORT = 24, 60, 40, 8


def find_lines(
    text: str, masked: str, above: Verdict | None, lead: Verdict | None
) -> Iterator[Line]:
    """Yield the words of each such line with the verdict and the situation ("" if not told).

    `masked` is the search form with quotes blotted out: lines with quotes are judged elsewhere.
    `above` is the verdict of the headings, `lead` that of the line that leads in the whole text.
    """
    label: Verdict | Literal["unclear"] | None = lead or above
    number, asked = 0, ""
    for start, end in _pieces(masked):
        piece = masked[start:end]
        marker = _MARKER.match(piece)
        count = int(marker["a"] or marker["b"] or 0) if marker else 0
        if marker and count and count <= number and number:
            label = above
        number = count or number
        indent = len(piece) - len(piece.lstrip(" "))
        body = Span(start + (marker.end() if marker else indent), end)
        caller = _CALLER.match(masked, *body)
        if caller:
            asked = text[slice(*caller.span("words"))].strip()
            continue
        if not marker and _is_label(piece):
            label, number = of_title(piece) or ("unclear" if condemns(piece) else None), 0
            continue
        if _condemns_below(piece):
            label = "unclear"
        when = _WHEN.match(masked, *body)
        titled = when and of_title(when["when"])
        if when and titled:
            found = _words(masked, Span(when.end(), end), titled)
            if found:
                yield _trimmed(text, found[0]), found[1], asked
            continue
        if when:
            body, asked = Span(when.end(), end), text[slice(*when.span("when"))].strip()
        arrow = _ARROW.search(masked, *body)
        if arrow and "never" in (label, above):
            yield from _replaced(text, masked, body, Span(*arrow.span()))
            continue
        found = _judge(masked, body, label, listed=bool(marker), banned=above == "never")
        if found:
            yield from ((_trimmed(text, each), found[1], asked) for each in _items(masked, *found))
        elif label != "never" and label != "unclear" and above != "never":
            yield from _reported(text, masked, body)
        asked = ""


def _items(masked: str, span: Span, verdict: Verdict) -> Iterator[Span]:
    """Each of some words never to say that are listed (没空、下班了); others as a whole."""
    borders = [match.span() for match in _BETWEEN.finditer(masked, *span)]
    starts, ends = [span.start, *(b for _, b in borders)], [*(a for a, _ in borders), span.end]
    items = list(map(Span, starts, ends))
    words = [item.of(masked) for item in items]
    if verdict == "say" or max(map(len, words)) > _LONGEST_ITEM or any(map(_CLAUSAL.match, words)):
        yield span
    else:
        yield from (item for item, each in zip(items, words, strict=True) if each.strip())


def _replaced(text: str, masked: str, body: Span, arrow: Span) -> Iterator[Line]:
    """Of a list of words never to say, a line that has the words in their place behind an arrow."""
    pair = _words(masked, Span(body.start, arrow.start), "never")
    instead = _words(masked, Span(arrow.end, body.end), "say")
    for found in (pair, instead):
        if found:
            yield _trimmed(text, found[0]), found[1], ""


def _reported(text: str, masked: str, body: Span) -> Iterator[Line]:
    """What a line tells to answer without quoting it: 告诉顾客,您的…我会…."""
    asked = _ASKED.match(masked, *body)
    if asked and spoken(asked["words"]) and not _INSTRUCTS.search(asked["words"]):
        lead = text[body.start : asked.start("words")]
        yield _trimmed(text, Span(*asked.span("words"))), "say", lead.rstrip(" :：—")
    for match in (*_REPORTED.finditer(masked, *body), *_TOLD.finditer(masked, *body)):
        sentence = re.split(r"[。;!?\n]", masked[body.start : match.start()])[-1]
        clause = sentence.split(",")[-1]
        words = match["words"]
        told = ("您" in words and "我" in words) or _ENGLISH.match(words)
        if not bans(sentence) and told and not _INSTRUCTS.search(words):
            lead = text[match.start() - len(clause) : match.start("words")]
            yield (
                _trimmed(text, Span(*match.span("words"))),
                "say",
                re.sub(r"[\s,，:：]+$", "", lead),
            )


def _pieces(masked: str) -> Iterator[tuple[int, int]]:
    borders = [0, *(match.end() for match in _PIECE.finditer(masked)), len(masked)]
    for start, end in pairwise(borders):
        words = masked[start:end]
        if words.strip():
            yield start, start + len(words.rstrip())


def _is_label(piece: str) -> bool:
    """Whether a line only says what the next ones are."""
    words = piece.strip()
    if len(words) > _LONGEST_LABEL or words.endswith((":", "的")):
        return len(words) <= _LONGEST_LABEL
    return of_title(words) is not None and words[-1] not in "。!?," and ":" not in words


def _condemns_below(piece: str) -> bool:
    """Whether a line that is too long for a label says in its end that what follows it is bad."""
    if not piece.endswith(":") or len(piece) > _LONGEST_NEVER:
        return False
    return condemns(re.split(r"[。;!?]|\.(?= )", piece)[-1])


def _judge(
    masked: str,
    body: Span,
    label: Verdict | Literal["unclear"] | None,
    *,
    listed: bool,
    banned: bool,
) -> tuple[Span, Verdict] | None:
    """The words of one line and the verdict on them; None where it is neither."""
    forbidding = _FORBIDDING.match(masked, *body)
    if forbidding:
        return _words(masked, Span(forbidding.end(), body.end), "never")
    demanding = _DEMANDING.match(masked, *body) or _AGENT.match(masked, *body)
    if label == "unclear":
        return None
    if demanding:
        unfit = "never" in (label, of_title(demanding[0])) or banned
        told = Span(demanding.end(), body.end)
        if not unfit and instructs(told.of(masked)):
            return None
        return _words(masked, told, "never" if unfit else "say")
    about = _ABOUT_CALLERS.search(masked, *body)
    if listed and label == "never" and not about:
        words = body.of(masked)
        direct = spoken(words) or brusque(words) or len(words) <= _SHORT
        return _words(masked, body, "never") if direct else None
    labelled = _LABELLED.match(masked, *body)
    if labelled and not (bans(labelled["label"]) or speaker(labelled.group())):
        body = Span(labelled.end(), body.end) if _GREETS.match(masked, labelled.end()) else body
    greets = label != "never" and _GREETS.match(masked, *body)
    return (
        _words(masked, body, "say") if greets or (listed and label == "say" and not about) else None
    )


def _words(masked: str, span: Span, verdict: Verdict) -> tuple[Span, Verdict] | None:
    span = until_instructed(masked, span) if verdict == "say" else span
    words = span.of(masked)
    named = _NAME.sub("", words) if verdict == "say" else words
    if not any(char.isalnum() and char != "_" for char in words) or "__" in named:
        return None
    if verdict == "say":
        clear = spoken(words) and not brusque(words) and not _INSTRUCTS.search(words)
        return (span, verdict) if clear else None
    stop = re.search(r"[。\n]", words)
    span = Span(span.start, span.start + stop.end()) if stop else span
    instruction = re.match(
        r"[ ]*(?:不[要能可得应许准宜]|禁|严禁|避免|切勿|do not|don't|never)", words
    )
    longest = _LONGEST_NEVER * (1 + span.of(masked).isascii())
    return (span, verdict) if span.end - span.start <= longest and not instruction else None


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    left = len(words) - len(words.lstrip())
    return Span(span.start + left, span.start + len(words.rstrip(" \n;；|/")))
