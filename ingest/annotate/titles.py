"""What a heading, a label or a column head says of the words under it."""

import re

from ingest.annotate.bans import UNFIT, condemns
from ingest.annotate.verdicts import Verdict
from kb.patterns import matching

_FORBIDDING_TITLE = matching(
    rf"(?!违规){UNFIT}(?!言[行语]|来电|[客顾]|要求)|(?:严禁|禁止|不得|不可以?|不能|不要|请勿)(?:使用|出现|说|讲|用)|错误$|反面|反例|负面"
    r"|雷区|红线|慎[用说]|"
    r"(?:不[应该能可准许得宜要]{1,2}|禁[止用忌]?|切?忌|避免|错误|违规|严禁|反面)[^|。]{0,6}?(?:说|语|话"
    r"|示范|示例|案例|回答|应答|回复|表达|用词)"
    r"|不(?:希望|想|愿意?|喜欢|爱)听|忌语|禁语|禁忌|不[应该能可要]{1,2}$"
)
_ENGLISH_FORBIDDING_TITLE = matching(
    r"(?:\b(?:never|not|avoid|wrong|bad|forbidden|banned|prohibited|do not|don'?ts?)|n't)\b"
)
_SPEECH_TITLE = matching(
    r"\b(?:say|said|saying|use|words?|wording|phrases?|language|answers?|repl(?:y|ies)|responses?"
    r"|examples?)\b"
)
"""Of what an English title must speak to forbid any; "Wrong deductions" and "Do not" differ."""
_DEMANDING_TITLE = matching(
    r"用语|话术|(?<![户客人]的)说法|标准语|应答语|礼貌语|开场白|结束语|问候语|口径|常用语|短语|句式|(?:应该?|必须|要|可以"
    r"|推荐)说"
    r"|^应该?$|规范表达|phrases|scripts?\b|what to say|wording|\bsay\b|greetings?\b|sample repl"
    r"|responses"
)


def of_title(folded: str) -> Verdict | None:
    """What a heading, a label or a column head says of the words under it; None if nothing."""
    left, forbidding = _FORBIDDING_TITLE.subn(" ", folded)
    if _SPEECH_TITLE.search(folded) or _ENGLISH_FORBIDDING_TITLE.fullmatch(folded.strip(" :")):
        left, english = _ENGLISH_FORBIDDING_TITLE.subn(" ", left)
        forbidding += english
    demanding = _DEMANDING_TITLE.search(left)
    if forbidding:
        return None if demanding and re.search(r"[与和及/|]|and|vs", folded) else "never"
    return "say" if demanding and not condemns(left) else None
