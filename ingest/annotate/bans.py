"""Signs that words are not to be said: bans, blame, better words in their place.

They are looked for before, inside and behind; where one may be meant, words are left out.
"""

import re

from ingest.annotate.callers import CALLERS
from ingest.annotate.speech import is_about_speech
from kb.patterns import matching

UNFIT = (
    r"(?:不(?:规范|文明|礼貌|标准|正确|恰当|专业|合适|妥|良|当|雅|对|友好|推荐|提倡|鼓励)"
    r"|粗鲁|失礼|无礼|违规|反感|激怒|得罪|惹怒)"
)
_FORBIDS = matching(
    r"不[ ]?(?:要|能|可|得|应|该|许|准|宜|允许|建议|说|用|讲|适合|再说|是|使用"
    r"|出现|采用|发|写)|唔(?:好|准|可|得|应)|与其|勿|切莫"
    r"|(?:^|[ ,。;(】])(?:错|原[句文话]|(?:修改|改善|更正|调整|优化)前|before|weak|poor"
    r"|old(?: \w+)?):|旧[版话]|扣分|(?:停用|弃用|删除)[ ]*$"
    r"|要命|要不得|致命|雷区|红线|毛病|通病|误区|陋习|常犯|随口|(?<![须可应])[插抢]一?句|后悔"
    r"|\b(?:habit to break|bad habits?)\b"
    r"|(?<![特区级性分个识类鉴辨道告离])别(?![的人处名致家样墅称国])"
    rf"|{UNFIT}|[忌禁慎戒×✗✘❌]|避免|杜绝|防止|拒绝|而非|错误|反例|反面|负面|少说|少用"
    r"|(?<![a-z])(?:never|not|avoid(?:ing)?|refrain|instead of|rather than|steer clear|without"
    r"|wrong|bad|rude"
    r"|incorrect|impolite|worst|unacceptable|inappropriate|unprofessional|offensive|mistake"
    r"|forbidden|prohibited|banned)(?![a-z])|n['’]t(?![a-z])|cannot"
)
_NO_BAN = matching(
    r"别(?:客气|着急|急|担心|紧张|怕|介意|见怪)|"
    r"(?:不要|不能|不可|不得|别|切勿|切莫|勿|never|not|n't)[ ]?(?:忘|漏|省|少|缺|略|forget|fail"
    r"|omit)|不(?:能|得|可)不|不(?:仅|但|只|妨)|([能可要应该会用得许是])不\1|违禁|禁[带烟区]|谨慎"
    r"|慎重"
    r"|(?:拒绝|谢绝|推辞)(?=[^:]{0,4}:|[^:。]{0,12}[时后])|[被遭][^,。:]{0,8}拒|不是本人"
    r"|赔[^,。]{0,2}不是|(?<=[拿说吃算])不准"
    r"|\bwrong (?:number|person|department|item|address|parcel|order|room)\b"
    r"|\bbad (?:line|connection|reception|signal|weather|debt|review)\b"
    r"|\bnot(?: yet)? (?:(?:been )?(?:received|delivered|shipped|arrived|ready|working|available"
    r"|covered|found"
    r"|home|reached|paid|satisfied|able|happy|sure|listed|known|accepted|possible|due)\b|yet\b)"
    r"|\bwithout (?:an? )?(?:answer|reply|response|sound|word)\b"
    r"|(?:\b(?:not|never|no|nobody|no one|cannot)|n't)\b[^.;:!?]{0,60}?\bwithout\b"
)
_BANS_NEXT = matching(
    r"(?:不[得可要能许准]|切勿|勿|别|禁止|严禁|避免)(?:再|随意|擅自|轻易)?"
    rf"(?:以|用|拿|回|答|承诺|许诺|保证|虚构|编造|(?:建议|叫|让|劝|要求){CALLERS})[ ,:]*$"
    r"|\b(?:never|(?<!if )not|no|nor|avoid)(?: just| only| ever| simply| with)?[ ,]*$"
    r"|(?:停用|弃用|删除)[ ]*$|(?:诸如|例如|比如|譬如|\b(?:such as|like|including))[ :,]*$"
    r"|(?:^|[ ,])[切禁大]?[忌禁]:?[ ]*$|(?:禁止|严禁|禁用|不准|不许|[忌禁]):[ ]*$"
    r"|\b(?:not (?:allowed|permitted|acceptable|ok)|forbidden|banned|prohibited|off limits):[ ]*$"
    r"|\b(?:never|not|n['’]t)(?: \w+)? (?:promise|offer|suggest|claim|write|put|(?:open|start|begin"
    r"|end|close|finish|reply|answer|respond|greet)(?: \w+){0,2} (?:with|by))[ ,]*$"
)
"""A ban right before a quote is one of it, also where no verb of saying stands between."""
_BANNED_AFTER = matching(
    r"(?:等|之类|这类|这样|此类|一类|这种)?的?[^,。;!?\n“”]{0,8}?(?:负面|禁用|禁忌|不礼貌|不文明"
    r"|不当|不妥"
    r"|错误|不恰当|不专业|(?:不能|不可以?|不得|不应该?|不要|不允许|禁止|严禁)(?:说|讲|用|使用"
    r"|出现|回答|回复)"
    r"|\b(?:is|are) (?:forbidden|wrong|unacceptable|prohibited|banned))"
    # a ban that leads to the next quote is of that one: “A”不得说:“B”
    r"(?!(?:说|讲|用|使用|答|回答)?[ ]*:?[ ]*[“「『\"])"
    r"|[^,。;!?\n“”「」\"]{0,16}?[忌禁]语(?![ ]*[:“「])"
    r"|(?:这[种样类]|之类|那种|一类)[^。;!?\n“”「」\"]{0,20}"
    r"(?:(?:不[许得能可准]|禁)[^,。]{0,4}(?:[说讲用]|出[口现])|违规|停用)"
    r"|[都均全]?算?[^,。]{0,2}违规|(?:则|就)?绝对?不(?:要|能|可以?|得|许)(?:[说讲用]|出口)"
    r"|[^,.;!?\n“”「」\"]{0,40}?\b(?:(?:must|should|may|can) (?:not|never)"
    r" (?:be (?:used|said|heard|written)|appear)|(?:is|are) (?:both |all )?breach(?:es)?\b"
    r"|(?:is|are) (?:not|never) (?:acceptable|ours|yours|allowed"
    r"|permitted|to be|appropriate|good enough|enough|how|an? )|(?:is|are) not[ ]*(?=$|[.,;]))"
)
_BLAMED_AFTER = matching(
    r"[^。\n“”]{0,16}(?:错误|不对|违规|不妥|不当|激怒|惹|生气|反感|不满|扣分|处罚|失礼|粗鲁|不礼貌"
    r"|引起|导致|伤害"
    r"|卸责|推[责诿脱卸托]|搪塞|敷衍|为借口|显得|还不如|只会|火上|[不别]要?这样|等于没|有误|不合格"
    r"|不允许|被[客投]|投诉|赔|太过|太随意|过于|也不(?:行|许|准|可以)"
    r"|rude|wrong|upset|annoy|offend|unacceptable|complain|means nothing|excuse)"
    r"|就(?:把|挂|转|走|算|完)"
    r"|[^。\n“”]{0,60}(?:[被会]扣|扣[一二三四五六七八九十\d]|警告信|记过|开除|查实|违者|引以为戒"
    r"|[戒改]掉|犯的错"
    r"|缺失|失误|停用|下架"
    r"|废止|作废|火了|最多的原因|伤口|重蹈"
    r"|unlearn|retired|withdrawn|removed|dropped|deleted|no longer|off limits|\bfail|sounds? like)"
)
_OF_IT = re.compile(
    r"[ ]*(?:等|之类|这|那|此|是|属|被|都|均|一律|的|也|会|以|来|:|—|(?:is|are|counts?|to excuse) "
    r"|(?:不[得能可要]|禁止|严禁)[^,。;]{1,4}(?:[,。;]|$))"
)
"""How a sentence goes on that has words with an end of their own in it."""
_REPLACED_AFTER = re.compile(
    r"[ ]*(?:,?[从自][^,。“”]{1,8}起)?(?:应|要|须|请|一律|统一)*"
    r"(?:改(?:[成为说用]|(?=[“「『\"]))|换[成为]|替换[成为])|[ ]*(?:→|->|=>)"
)
_BAD_EXAMPLES = matching(
    r"错误|错:|反[例面]|不良|扣分|负面|雷区|忌|[×✗✘❌]|\b(?:bad|wrong|worst|don'ts?|banned|these"
    r"|following)\b"
)
_HEADS_BANS = re.compile(r"(?:扣分项?|错误|反例|不当|禁[止用忌语]+)[^;。“”]{0,6}:")
_EXAMPLES = re.compile(r"[ ]*(?:诸如|例如|比如|譬如|如|such as|like|including|for example)[ :,]*")
_GOES_ON = matching(
    r"如|像|以下|下列|这[样种类]|敷衍|应付|冷淡|冷漠|推[诿脱托卸]|搪塞|打发|机械|不解释|不理|不耐烦"
    r"|一味|随口|张口|开口就"
    r"|\b(?:such|like|e\.g\.|follow(?:s|ing)|these|dismiss|brush|blunt|rude|short with)"
)
"""What a ban is of that is followed by examples of it: its clause does not end it."""

_CONDEMNS = re.compile(
    r"(?<=\S)不行(?!业|为)|行不通|使不得|不[可足]取|不[合及]格|不合(?:规|适|宜|要求)|不[受讨]"
    r"|不(?:ok|再|通过)|未通过|禁"
    r"|黑名单|踩[雷坑线]|地雷|爆雷|失败|败[笔因]|[减丢失扣罚][了]?\d?分|零容忍"
    r"|[伤气惹激触][走恼怒人心到哭火]|火大|生气|发火|反感"
    r"|冷(?:冰冰|漠|淡|场|脸)|敷衍|以[前往]|过[去时]|[旧老]版?(?:的|话|说|句)|差错|有误|讳|劣|糟"
    r"|吓跑|赶走|流失|得罪"
    r"|(?<![a-z])(?:ng|no-?nos?|no more|taboos?|black-?list\w*|los(?:e|es|ing)|no longer|how not"
    r"|out of bounds|off[- ]limits|off the list|poor(?:ly)?|weak(?:er)?|red flags?|unhelpful"
    r"|written up"
    r"|stop"
    r"|retired|old|outdated|former(?:ly)?|fail\w*|rejected|careless|cold|rude|curt|complaints about"
    r"|drive\w*|irritat\w+|annoy\w+|upset\w*|offend\w*|worse|penal\w+|breach\w*|violat\w+|risky"
    r"|unfit|unsuitable|harmful|hurtful|mistakes?|errors?|deleted|dropped|withdrawn"
    r"|before:)(?![a-z])"
)
"""What a label says of the words below it that are not to be said, beside a ban."""


def condemns(label: str) -> bool:
    """Whether a label bans what it stands for, or calls it bad."""
    return bans(label) or bool(_CONDEMNS.search(label))


def last_ban(clause: str) -> int:
    """Where the last prohibition of `clause` ends; -1 without one."""
    allowed = [match.span() for match in _NO_BAN.finditer(clause)]
    ends = [
        match.end()
        for match in _FORBIDS.finditer(clause)
        if not any(start <= match.start() < end for start, end in allowed)
    ]
    return ends[-1] if ends else -1


def bans(folded: str) -> bool:
    """Whether words hold any sign of a prohibition."""
    return last_ban(folded) >= 0


def bans_next(clause: str) -> bool:
    """Whether a clause that holds a ban bans the words behind it."""
    return is_about_speech(clause) or bool(_BANS_NEXT.search(clause))


def gives_examples(clause: str) -> bool:
    """Whether a clause only says that examples follow."""
    return bool(_EXAMPLES.fullmatch(clause))


def goes_on(before: str) -> bool:
    """Whether what is banned is shown by examples, so that its clause does not end the ban."""
    return bool(_GOES_ON.search(before))


def banned_after(words: str, after: str) -> bool:
    """Whether the rest of the sentence bans words."""
    return _is_of(words, after) and bool(_BANNED_AFTER.match(after))


def blamed_after(words: str, after: str) -> bool:
    """Whether the rest of the sentence says what is wrong with words."""
    return _is_of(words, after) and bool(_BLAMED_AFTER.match(after))


def _is_of(words: str, after: str) -> bool:
    """Whether what follows words is of their sentence; words may have an end of their own."""
    return words[-1:] not in ".。!?" or bool(_OF_IT.match(after))


def replaced(after: str) -> bool:
    """Whether what follows a quote puts other words in its place: neither to say nor banned."""
    return bool(_REPLACED_AFTER.match(after))


def exemplary(masked: str) -> bool:
    """Whether words announce bad examples, which may go on for sentences."""
    return bool(_BAD_EXAMPLES.search(masked))


def heads_bans(masked: str) -> bool:
    """Whether words head a list of what is banned, apart by semicolons."""
    return bool(_HEADS_BANS.search(masked))
