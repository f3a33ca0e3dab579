"""Words to say and words never to say: from quotes, labelled lines, dialogues and tables.

A sentence that the text forbids is never listed under `say`. What is not clearly one or the other
(a caller's words, a name, a saying) is left out.
"""

import re
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.annotate.bans import condemns, exemplary, heads_bans, replaced
from ingest.annotate.lines import find_lines
from ingest.annotate.quotes import Quoted, find_quotes
from ingest.annotate.speech import asks, brusque, offers, preferred_after, spoken
from ingest.annotate.tables import flat_verdicts, heads, ruled_rows
from ingest.annotate.titles import of_title
from ingest.annotate.unmarked import find_unmarked
from ingest.annotate.unmarked_bans import find_banned
from ingest.annotate.verdicts import Verdict, joined, of_quote
from kb.fold import fold
from kb.patterns import matching
from kb.records import Quote, Script, Span

# A line that ends with a ban or a duty goes on: what is forbidden must not lose it.
_BANNING_END = (
    r"(?<![不勿未别应必须])(?<!不[得要能可该应许准宜])(?<!禁止|严禁|避免)(?<!never|avoid)"
    r"(?<!not|n't)"
)
_SENTENCE_END = matching(rf"[。;!]|{_BANNING_END}\n|\?(?=[ \n]|$)|\.(?= |$)")
_QUOTED_END = re.compile(r'[.!?]["”](?= [A-Z])')
"""The end of an English sentence whose last words are quoted."""
_BORDER = re.compile(r"[ ]*(?:→|\|)[ ]*$")
"""A cell's, or an arrow: what stands before it says when, as before a colon."""
_COMPLETE = re.compile(r"语[ ]?:[ ]*\w|[说讲用][ ]?:[ ]*\w")
_ENDED = re.compile(r"[。;!?]|\.(?= )")
_SPEECH_ENDS = tuple(f"{end}{mark}" for end in "。！？!?" for mark in '”」』"')
_MARKER = re.compile(
    r"^[ ]*(?:\d{1,2}(?:\.\d{1,2}){1,3}(?=[\u4e00-\u9fff])"
    r"|[(]?\d{1,2}(?:\.\d{1,2}){0,3}(?:[.、)]+|[ ])"
    r"|[一二三四五六七八九十]{1,2}、|[-•*·])[ ]*"
)
_TELLS = re.compile(
    r"[,，、 ]*(?:(?:千万|一定|绝对?|而是|而|则|[并並]|应当|應當|应该|應該|应|應|必须"
    r"|必須|可以|须|須|要|请|請)*"
    r"(?:不要|不能|不得|不可以?|不应该?|不應該?|不许|不准|禁止|切勿|请勿|勿|别|別"
    r"|唔(?:好|得|准|可以?|要|应该?|應該?))?"
    r"(?:(?:告[诉訴知]|安[抚撫])(?:[他她]们?|客[户戶人]|对方|對方)?|[说說讲講]一?[声聲句]|说|說|讲"
    r"|講|回答|答复|答覆|回复|回覆|使用|用|问|問|答|(?<![电電对對会會通废廢说說讲講句的])[话話]"
    r"|[ ]?(?:say|reply|answer))(?:[:：]|$)"
    r"|(?:(?:you |we |agents? |staff )?(?:(?:must|should|do) (?:not |never )?|never |don't )"
    r"?(?:say|reply|answer)(?: instead)?)|(?:^|[ ,，。])[切禁]?[忌禁])[:： ]*$",
    re.IGNORECASE,
)
"""What at the end of a situation only says that words follow, or must not."""
_BULLET = re.compile(r"[-•*·][ ]+")
_LABEL_OF_LIST = re.compile(r"(?P<label>[^:：\n]{1,24})[:：][^\n]{1,200}[、；;/,，]$")
_LEAD_IN = re.compile(r"[^\n。;!?]+:[ ]*\n\s*$")
_HEADING = re.compile(
    r"(?:^|\n)[ ]*(?P<head>(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}、"
    r"|\d{1,2}(?:[-.]\d{1,2}){0,2}[.、)]?)"
    r"[ ]*[^\n。;!?,:_“”「」\"]{2,16})\n\s*$"
    r"|(?:^|\n)[ ]*(?P<run_in>[(]?[\da-z]{1,2}(?:\.\d{1,2}){0,2}[.)]? [a-z][^\n.:;_“”\"]{2,40})\.$"
)
"""A numbered line that names the situation of the quote below it."""
_MARKER_CHARS = " 0123456789.、()-•*·:,"
_CORRECTS = matching(
    r"应该?说|改说|(?<!不)要[说讲答]|统一[说讲答]|而应|instead|should say"
    r"|[”」\"] ?[–—-]{1,2} ?(?:say|try|改?[说用])\b"
)
_RUNS_ON = matching(
    r"(?<![随及同平准按临小到届])时(?![间候刻常])|必须|务必|应当|应该|不得|禁止|严禁|切勿|"
    r"客户|顾客|客人|用户|业主|员工|服务员|微笑|\b(?:must|shall|never|agents?|staff|guests?"
    r"|customers?|callers?)\b"
)
_CLAUSE_END = re.compile("[,。;!?、]")
_REACH, _LONGEST_SITUATION, _CLOSE = 160, 60, 12


@dataclass(frozen=True, slots=True)
class Finding:
    """Words with the verdict on them, and the words that tell when."""

    span: Span
    verdict: Verdict
    situation: str


def find_scripts(text: str, titles: Sequence[str] = (), columns: str = "") -> tuple[Script, ...]:
    """Return the scripts of `text`, one a situation; their spans count its code points.

    `titles` are the headings above the text, outermost first; `columns` the heads of the table
    that its rows belong to, or the line that leads in what it says.
    """
    folded, quotes = fold(text), find_quotes(text)
    masked = _masked(folded, quotes)
    kinds = heads(fold(columns)) or _heads_inside(masked)
    ruled = list(ruled_rows(folded, kinds, quotes)) if kinds else []
    kinds = kinds if "never" in kinds else []  # beside the rows of others all is as usual
    above = None if kinds else _above(titles)
    free = [
        q for q in quotes if not any(line.start <= q.span.start < line.end for line, _ in ruled)
    ]
    findings = [
        *(f for _, row in ruled if row for f in _of_row(text, row.situation, row.say, row.never)),
        *_of_quotes(text, folded, masked, free, kinds, above or of_title(fold(columns))),
    ]
    if not kinds:
        findings += [
            Finding(span, verdict, situation or _title(titles))
            for span, verdict, situation in find_lines(text, masked, above, of_title(fold(columns)))
        ]
        taken = [*(line for line, _ in ruled), *(finding.span for finding in findings)]
        findings += _of_unmarked(text, folded, masked, taken, above)
    findings = [each for each in findings if not _repeats(titles, each.span.of(folded))]
    return tuple(_scripts(text, folded, _safe(folded, findings), _title(titles)))


def _above(titles: Sequence[str]) -> Verdict | None:
    """What the nearest heading that tells anything says of the words below it.

    One that has the words itself (禁语:没空) says nothing of those below.
    """
    named = [title for title in map(fold, reversed(titles)) if not _COMPLETE.search(title)]
    return next((verdict for title in named if (verdict := of_title(title))), None)


def _repeats(titles: Sequence[str], words: str) -> bool:
    """Whether words are a heading above, which stands in the text as well."""
    return any(_bare(fold(title)).lstrip(string.digits) == _bare(words) for title in titles)


def _title(titles: Sequence[str]) -> str:
    return titles[-1] if titles else ""


def _masked(folded: str, quotes: Sequence[Quoted]) -> str:
    """The text with what is inside quotes blotted out, so that only the words around them count."""
    parts, cursor = [], 0
    for quote in quotes:
        parts += [folded[cursor : quote.span.start], "_" * (quote.span.end - quote.span.start)]
        cursor = quote.span.end
    return "".join(parts) + folded[cursor:]


def _heads_inside(masked: str) -> list[str]:
    """The kinds of the columns whose heads stand in the text, in a line or run together."""
    for line in masked.split("\n"):
        if "|" in line and (kinds := heads(line)):
            return list(kinds)
    run = re.search(
        r"(?:^|[ \n])[^ \n。,]{0,16}(?:情况|场景|情形|situation)?[ ]+(?P<heads>"
        r"不(?:应该?|该|能|可以?|要)(?:说|用)?[ ]+(?:应该?|可以|要)(?:说|用)?"
        r"|(?:应该?|可以|要)(?:说|用)?[ ]+不(?:应该?|该|能|可以?|要)(?:说|用)?)(?=[ \n])",
        masked,
    )
    return list(heads(run["heads"])) if run else []


def _of_row(
    text: str, situation: Span, say: Sequence[Span], never: Sequence[Span]
) -> Iterator[Finding]:
    words = situation.of(text).strip()
    yield from (Finding(span, "say", words) for span in say)
    yield from (Finding(span, "never", words) for span in never)


def _of_quotes(
    text: str,
    folded: str,
    masked: str,
    quotes: Sequence[Quoted],
    kinds: Sequence[str],
    above: Verdict | None,
) -> Iterator[Finding]:
    told = flat_verdicts(folded, masked, kinds, quotes) if kinds else {}
    last: Quoted | None = None
    verdict: Verdict | None = None
    situation = ""
    behind = _behind(masked, quotes)
    for quote in quotes:
        between = masked[last.whole.end : quote.whole.start] if last else "|"
        before, after = _around(text, masked, quote)[0], behind[quote]
        if quote in told:
            paired = last in told and not between.strip()
            verdict = told[quote]
            situation = situation if paired else _situation(text, masked, quote)
        elif (
            not last
            or preferred_after(after)
            or not (joined(between) or _listed(verdict, between, quote.span.of(folded)))
        ):
            verdict = of_quote(before, quote.span.of(folded), after, tabled=bool(kinds))
            verdict = _under(above, verdict, before, quote.span.of(folded))
            goes_on = last is not None and "\n" not in between and len(between) <= _CLOSE
            situation = _situation(text, masked, quote) or (situation if goes_on else "")
        elif replaced(after) or of_quote("", "", after) == "never":
            verdict = None if replaced(after) else "never"
        if verdict == "never" or (verdict and _ends_with_speech(quote, folded)):
            yield Finding(quote.span, verdict, situation)
        last = quote


def _behind(masked: str, quotes: Sequence[Quoted]) -> dict[Quoted, str]:
    """The rest of each quote's sentence; of quotes that stand together, what follows the last."""
    found: dict[Quoted, str] = {}
    following: Quoted | None = None
    for quote in reversed(quotes):
        gap = masked[quote.whole.end : following.whole.start] if following else "|"
        after = _sentence(masked[quote.whole.end : quote.whole.end + 40])
        found[quote] = found[following] if following and not gap.strip("、 ") else after
        following = quote
    return found


def _of_unmarked(
    text: str, folded: str, masked: str, taken: Sequence[Span], above: Verdict | None
) -> Iterator[Finding]:
    """What is told of speech without quotation marks, apart from what was found before."""
    for speech in (*find_unmarked(text, masked), *find_banned(masked)):
        if any(span.start < speech.span.end and speech.span.start < span.end for span in taken):
            continue
        before, after = _around(text, masked, speech)
        start = max(0, speech.span.start - 2 * _REACH)
        ended = max(text.rfind(end, start, speech.span.start) for end in _SPEECH_ENDS) + 2
        before = (
            before[max(0, ended - (speech.span.start - len(before))) :] if ended > 1 else before
        )
        before = _BORDER.sub(":", _ENDED.split(before)[-1])
        words = speech.span.of(folded)
        verdict = _under(above, of_quote(before, words, after), before, words)
        if verdict == "never" or (verdict and not _under_ban(masked, speech.span.start)):
            bullet = _BULLET.match(masked, *speech.span)
            span = Span(bullet.end(), speech.span.end) if bullet else speech.span
            yield Finding(span, verdict, _situation(text, masked, speech))


def _under_ban(masked: str, start: int) -> bool:
    """Whether the nearest label above a line bans what stands below it: 错误对话:, Bad examples."""
    for line in reversed(masked[max(0, start - 2 * _REACH) : start].split("\n")[:-1]):
        labels, told = line.rstrip().endswith(":"), of_title(line)
        if len(line) <= _LONGEST_SITUATION and (told == "never" or (labels and condemns(line))):
            return True
        if told or labels:
            return False
    return False


def _listed(verdict: Verdict | None, between: str, words: str) -> bool:
    """Whether a quote is the next of banned ones; a polite one may be what is right instead."""
    return verdict == "never" and not (between.strip(" ") or offers(words) or asks(words))


def _ends_with_speech(quote: Quoted, folded: str) -> bool:
    """Whether a quote without its closing mark is speech to its end, and no rule follows in it."""
    words = quote.span.of(folded)
    clauses = [clause for clause in _CLAUSE_END.split(words) if clause.strip()]
    return quote.closed or (spoken(clauses[-1]) and not _RUNS_ON.search(words))


def _under(above: Verdict | None, own: Verdict | None, before: str, words: str) -> Verdict | None:
    """The verdict of the words around a quote, corrected by that of the heading above it."""
    if above == "never" and own == "say":
        return "say" if _CORRECTS.search(before) else None
    if above is None or own or before.strip(_MARKER_CHARS):
        return own
    return None if above == "say" and brusque(words) else above


def _around(text: str, masked: str, quote: Quoted) -> tuple[str, str]:
    """The sentence on both sides of a quote, or the line that leads in the one it begins."""
    start = max(0, quote.whole.start - _REACH)
    for match in _SENTENCE_END.finditer(masked, start, quote.whole.start):
        listed = match[0] == ";" and heads_bans(masked[start : match.start()])
        start = start if listed else match.end()
    for match in _QUOTED_END.finditer(text, start, quote.whole.start):
        start = start if exemplary(masked[start : match.end()]) else match.end()
    heading = None
    if not masked[start : quote.whole.start].strip():
        lead = _LEAD_IN.search(masked, max(0, start - _REACH), start)
        start = lead.start() if lead else start
        heading = _HEADING.search(masked, max(0, start - _REACH), start)
        start = heading.start(heading.lastgroup or 0) if heading else start
    before = masked[start : quote.whole.start].replace("\n", ":" if heading else " ")
    before = f"{before[:-2]}: " if heading and heading["run_in"] else before
    return before, _sentence(masked[quote.whole.end : quote.whole.end + 40])


def _sentence(rest: str) -> str:
    """What is left of a sentence."""
    stop = _SENTENCE_END.search(rest)
    return rest[: stop.start()] if stop else rest


def _situation(text: str, masked: str, quote: Quoted) -> str:
    """The words of the sentence that lead to the quote, "" where there are none."""
    before, _ = _around(text, masked, quote)
    lead = text[quote.whole.start - len(before) : quote.whole.start]
    lead = _MARKER.sub("", re.split(r"[”」』\"]", lead)[-1].strip())
    label = _LABEL_OF_LIST.match(lead)
    if label:  # 禁语:没空、下班了: what is listed before tells nothing of when
        lead = label["label"]
    lead = _TELLS.sub("", lead.strip(' :：,，。“"「'))
    return lead.strip(' :：,，。“"「').strip()[-_LONGEST_SITUATION:]


def _safe(folded: str, findings: Sequence[Finding]) -> list[Finding]:
    """The findings without any to say that is, or overlaps, or repeats, one never to say."""
    never = [finding for finding in findings if finding.verdict == "never"]
    banned = {_bare(finding.span.of(folded)) for finding in never}
    return [
        finding
        for finding in findings
        if finding.verdict == "never"
        or not (
            _bare(finding.span.of(folded)) in banned
            or any(
                f.span.start < finding.span.end and finding.span.start < f.span.end for f in never
            )
        )
    ]


def _bare(words: str) -> str:
    return "".join(char for char in words if char.isalnum())


def _scripts(text: str, folded: str, findings: Sequence[Finding], title: str) -> Iterator[Script]:
    """One script for each situation, in the order of the text."""
    groups: dict[str, list[Finding]] = {}
    for finding in sorted(set(findings), key=lambda f: f.span):
        groups.setdefault(finding.situation or title, []).append(finding)
    for situation, group in groups.items():
        yield Script(
            situation,
            tuple(Quote(f.span.of(text), f.span) for f in group if f.verdict == "say"),
            tuple(Quote(f.span.of(text), f.span) for f in group if f.verdict == "never"),
        )
