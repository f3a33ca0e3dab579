"""What is never to be said, and stands without quotation marks behind the ban of saying it.

`不能讲这不归我管`, `不得出现稳赚、零风险等字句`, `Never tell a guest it's not our fault.`
It needs no courtesy: how somebody says it is enough, since it is shown for a warning only.
"""

import re
from collections.abc import Iterator

from ingest.annotate.quotes import Quoted
from ingest.annotate.speech import brusque, told
from ingest.annotate.unmarked import CLAUSE, ENGLISH_SPEECH, LONGEST, clauses, trimmed
from kb.patterns import matching
from kb.records import Span

_BAN = r"(?:切[勿莫]|切不可|[不唔](?:要|得|能|可以?|准|许|好|应该?)|禁止|严禁|别|勿)"
_BANNED = matching(
    rf"{_BAN}(?:直接|随意|轻易|张口就|开口就|敷衍|只|先|再|[对跟向][^,。:说讲]{{1,6}})?"
    r"(?:说|讲|话|嚷着?|[丢扔]下?一句|来一句|回(?![复覆访拨电避答应到头家来去]))"
    r"(?![ ]*[:,“”「」『』\"_]|[明出服话和与跟及过完太的错漏串反重多少]|清[楚晰]?|[得到])"
)
_BANNED_LIST = matching(
    rf"{_BAN}(?:使用|出现|宣称|说|讲|用)(?P<words>[^,。;:!?\n“”「」_|]{{2,60}}?)"
    r"等?(?:字[句眼样]|词句|表述|措辞)"
)
"""Words that are banned as such, whatever they sound like: 不得出现稳赚、零风险等字句."""
_CURT = re.compile(
    r"(?:这|那|就|马上|肯定|绝对|大概|可能|应该|没|不(?!该|应|当|利|实|负|礼|文)|再|规定|哪|谁|什么"
    r"|怎么|妳)"
    r"|.*[吗呢吧啦了呀㖞嘛](?=[,?!]|$)"
)
"""How what is never to be said to a caller begins or ends, though it names nobody."""
_AFTER_WORDS = re.compile(
    r"就(?=[挂把按转])|之类|这[样类种](?=的|话|一|句|$)|等(?=[^,。]{0,4}[话语])|[一二两三四]个字"
    r"|,(?:可(?!是)|应|要(?!不|是)|须|违者|一经|否则|以免|改|而)|也不[得能可要]|都(?:不|算)|的话$"
    r"|来(?:敷衍|搪塞|打发)"
)
"""What goes on behind words never to be said, in the same clause."""
_BANS_ENGLISH = matching(
    r"\b(?:(?:never|do not|don['’]t|must not|may not|should not|not to)(?: ever| just| simply"
    r"| only)?"
    r"|avoid|refrain from|steer clear of|stop|instead of|rather than)"
    r" (?:(?:say|reply|writ|post|add|promis|volunteer)(?:e|ing)? |(?:tell|ask)(?:ing)?"
    r" (?!who|what|why|where|how)(?:the |an? |any )?\w+ |(?:open|start|begin|close|end|answer"
    r"|reply)(?:ing)?(?: \w+){0,2}"
    r" (?:with|from|by saying) |(?<=avoid )|(?<=clear of )|(?<=instead of )|(?<=rather than ))"
)
_BANNED_ITEM = re.compile("[、/或]")
_CONDITIONAL = matching(r"\b(?:unless|until|before|without|if)\b")
_ITEM_END = matching(
    r"[!?]+|(?=[,;.\n|_“”\"]| (?:or|and|nor) | to (?:an?|any|some\w+|callers?|customers?"
    r"|guests?)\b)"
)
_NEXT_ITEM = re.compile(r"[,;]? *(?:(?:or|and|nor) )?")


def find_banned(masked: str) -> Iterator[Quoted]:
    """Yield what a ban of saying anything has right behind it; `masked` as for `find_unmarked`."""
    done = 0
    for ban in _BANNED.finditer(masked):
        if ban.start() < done:
            continue  # inside the words of another ban
        words = _banned_clause(masked, ban.end())
        done = words.end
        start, items = words.start, _BANNED_ITEM.split(words.of(masked))
        if all(map(_is_banned, items)):
            for item in items:
                yield from trimmed(masked, Span(start, start + len(item)))
                start += len(item) + 1
        elif _is_banned(words.of(masked)):
            yield from trimmed(masked, words)
    for ban in _BANNED_LIST.finditer(masked):
        start = ban.start("words")
        for item in re.finditer("[^、]+", ban["words"]):
            yield from trimmed(masked, Span(start + item.start(), start + item.end()))
    done = 0
    for ban in _BANS_ENGLISH.finditer(masked):
        if ban.start() >= done:
            for item in _english_items(masked, ban.end()):
                yield item
                done = item.span.end


def _is_banned(words: str) -> bool:
    """Whether words that may be banned are ones that somebody says."""
    return told(words) or brusque(words) or bool(_CURT.match(words))


def _banned_clause(masked: str, start: int) -> Span:
    """What a ban is of: the clause behind it, and more that is told, without what is told of it."""
    told_on, clause = clauses(masked, start), CLAUSE.match(masked, start, start + LONGEST)
    end = told_on.end if told_on else clause.end() if clause else start
    words = masked[start:end].rstrip(",。;. ")
    after = _AFTER_WORDS.search(words)
    return Span(start, start + (after.start() if after else len(words)))


def _english_items(masked: str, start: int) -> Iterator[Quoted]:
    """Each of the things somebody says that English words list, as long as they do."""
    while ENGLISH_SPEECH.match(masked, start):
        stop = _ITEM_END.search(masked, start, start + LONGEST)
        end = stop.end() if stop else min(len(masked), start + LONGEST)
        if _CONDITIONAL.search(masked, start, end):
            return
        yield from trimmed(masked, Span(start, end))
        following = _NEXT_ITEM.match(masked, end)
        start = following.end() if following else end
