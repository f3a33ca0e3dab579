"""Whether quoted words are to be said, never to be said, or neither, told by the words around them.

The rule is one-sided: a forbidden sentence must never be taken for one to say. So every sign of a
prohibition is looked for first, and what has no clear sign is neither.
"""

import re
from typing import Literal

Verdict = Literal["say", "never"]

_CALLERS = (
    r"(?:客户|顾客|客人|对方|用户|买家|业主|住户|租户|租客|来电[者人]|旅客|乘客|患者|病[人患]|家属|家长|会员|访客|来宾"
    r"|游客|观众|学员|长者|老人|民众|住客|房客|学生|宾客"
    r"|玩家|市民|居民|车主|司机|储户|申请人|"
    r"(?<![a-z])(?:customers?|callers?|guests?|clients?|buyers?|visitors?|passengers?|patients?"
    r"|tenants?|residents?|riders?|drivers?|players?|members?|applicants?|parents?|relatives?"
    r"|they|he|she)(?![a-z]))"
)
_SAY = (
    r"(?:说声?|说明|讲|答|问|回答|应答|作答|回应|回复|回覆|答复|答覆|问候|询问|告知|致歉|道歉|致谢|解释|打招呼"
    r"|(?<![电对废说谎通会讲个句])话(?=[:]?[ ]*$)"
    r"|使用|采用|用|say|reply|answer|respond|ask|greet|tell|use)"
)
_UNFIT = (
    r"(?:不(?:规范|文明|礼貌|标准|正确|恰当|专业|合适|妥|良|当|雅|对|友好|推荐|提倡|鼓励)"
    r"|粗鲁|失礼|无礼|违规|反感|激怒|得罪|惹怒)"
)
_FORBIDS = re.compile(
    r"不[ ]?(?:要|能|可|得|应|该|许|准|宜|允许|建议|说|用|讲|适合|再说|是|使用"
    r"|出现|采用|发|写)|唔(?:好|准|可|得|应)|与其|勿|切莫"
    r"|(?:^|[ ,。;(】])(?:错|原[句文话]|(?:修改|改善|更正|调整|优化)前|before|weak|poor"
    r"|old(?: \w+)?):|旧[版话]|扣分|(?:停用|弃用|删除)[ ]*$"
    r"|毛病|通病|误区|陋习|常犯|随口|(?<![须可应])[插抢]一?句|后悔"
    r"|\b(?:habit to break|bad habits?)\b"
    r"|(?<![特区级性分个识类鉴辨道告离])别(?![的人处名致家样墅称国])"
    rf"|{_UNFIT}|[忌禁慎戒×✗✘❌]|避免|杜绝|防止|拒绝|而非|错误|反例|反面|负面|少说|少用"
    r"|(?<![a-z])(?:never|not|avoid(?:ing)?|refrain|instead of|rather than|steer clear|without"
    r"|wrong|bad|rude"
    r"|incorrect|impolite|worst|unacceptable|inappropriate|unprofessional|offensive|mistake"
    r"|forbidden|prohibited|banned)(?![a-z])|n['’]t(?![a-z])|cannot"
)
_NO_BAN = re.compile(
    r"(?:不要|不能|不可|不得|别|切勿|切莫|勿|never|not|n't)[ ]?(?:忘|漏|省|少|缺|略|forget|fail"
    r"|omit)|不(?:能|得|可)不|不(?:仅|但|只|妨)|违禁|禁[带烟区]|谨慎|慎重"
    r"|(?:\b(?:not|never|no|nobody|no one|cannot)|n't)\b[^.;:!?]{0,60}?\bwithout\b"
)
_DEMANDS = re.compile(
    rf"(?<![不没勿需])(?:应该?|应当|必须|须|需要?|要|可以?|则|改|宜)(?:主动|礼貌地?|先|首先|再"
    rf"|委婉地?|微笑着?|热情地?|"
    rf"这样|立即|马上|及时|改|统一)?{_SAY}|\b(?:instead|rather),? (?:please )?{_SAY}"
    rf"|\bshould {_SAY}|\bmust {_SAY}|(?<![不得])[只仅](?:能|可以?|得|需|须|许|准){_SAY}"
    rf"|(?<!勿)请(?:直接|改|先)?{_SAY}"
)
_ONLY = re.compile(rf"[只仅]{_SAY}|\b{_SAY} only\b")
"""Demands as well where nothing is banned in the same clause: 不得只说 bans."""
_SPEAKS = re.compile(
    rf"(?:{_SAY}|[✓✔√✅]|(?<!阅)[读念]出?(?=:)|照[念读]|[须必][^,“”]{{0,4}}[念读]出?|说道|声|一句|一声|一下|用语|话术|语|开场白|结束语|口径|标准语|示范|示例|范例"
    rf"|模板|补充|加上|加|改为|改成|"
    r"换成|喊|报|表示|招呼有|saying|says|replying|asking|greeting|script|phrase|wording|template"
    rf"|(?:告诉|告知|询问|提醒|问候|回[复覆]|答[复覆]|请教|安抚|感谢|向|对|跟|与|tell|ask|greet"
    rf"|inform|remind|reassure)[ ]?(?:the )?"
    rf"(?:{_CALLERS}|[他她]们?|them|him|her)[^,“”]{{0,6}}"
    rf"|(?:告诉|告知|tell)[ ]?(?:the )?{_CALLERS}[^“”。]{{1,80}}:)"
    rf"(?:[①-⑨\d一二三]|[^,“”:\w]|参考|建议"
    rf"|to (?:the )?{_CALLERS}){{0,3}}"
    r"(?:(?<=[a-z]) (?:only|just|slowly|clearly|calmly|again|first|something like))?[:,]?[ ]*$"
)
_BEGINS = re.compile(
    r"(?:打断|插话|读[出给]?|念[出给]?|宣读|播[放报]?|重复|复述|提示|提醒|警告|劝[说导]?|致电|去电|接起|开口"
    r"|开头|首句|道别|收尾|作结|送出|发[送出]?|传[送讯]?|留言|广播|加注|通知|[附贴补]上|语音|接着|然后|[说问答讲回]"
    r"|(?:首|第一)句话?(?:就|则)?是"
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
_AGENT_LABEL = re.compile(
    r"(?<![对向跟与问给])(?:客服|坐席|座席|客户代表|客服代表|话务员|接线员|服务员|店员|营业员|卖家|店家|掌柜|前台"
    r"|员工|工作人员|"
    r"agent|staff|rep|representative|operator|clerk|receptionist)[^:“”]{0,6}:[ ]*$"
)
_CALLER_LABEL = re.compile(
    rf"{_CALLERS}(?:[^:“”代服]{{0,4}}|[^:“”代服]{{0,2}}[对向跟][^:“”]{{1,6}}):[ ]*$"
)
_TOLD = re.compile(
    r"(?:告诉|告知|通知|提醒|回[复覆应答]|答[复覆]|询问|问候|问|安抚|安慰|感谢|请教?|提示|向|对|跟|与|给"
    r"|\b(?:tell|ask|inform|greet|remind|advise|reassure|assure|answer|thank|to)(?: the| a| any)?)"
    r"[ ]?(?:所有|全部|每位|该|本)?$|(?:致电|去电)[^,:“”]{0,4}$"
)
"""What makes the caller named behind it the one who is spoken to."""
_CALLER_SPEAKS = re.compile(
    rf"(?<![向对给跟与和让诉知问])(?:(?<=对)对方|{_CALLERS})(?!代表|服务|经理)[^,;:“”改应须则要]{{0,8}}?"
    r"(?:说|问|讲|话|提出|回答|表示|抱怨|质疑|反映|认为|喊|骂|asks?|says?|said|complains?|wants?"
    r"|mentions?)"
    r"[^,“”\w]{0,3}[:,]?[ ]*$"
    r"|遇[^,“”应得须要可先则]{1,12}(?:询问|问|说|称|要求|抱怨)[:,]?[ ]*$"
    r"|(?:通常|常常?|往往|经常|有时|可能|多半|总)只?会?(?:[说讲问称]|抱怨|回[答复覆报])[:,]?[ ]*$"
    r"|\btend to [^,“”]{0,40}$"
    r"|\b(?:often|usually|sometimes|typically) (?:open|start|begin|say|ask|reply)s?"
    r"(?: with)?[ ]*$"
    r"|(?:(?<!客服)(?<!服务)部|部门|仓库|那边|厂[家商])[^,“”要应须]{0,5}"
    r"(?:[说喊]|回[复覆])[:,]?[ ]*$"
    r"|(?:打来[^,“”时后]{0,4}(?:[喊说问称]|表示)|来电(?:询问|[问称]|表示|抱怨))[:,]?[ ]*$"
    rf"|{_CALLERS}(?: who)? (?:\w+ ){{0,2}}(?:opens?|begins?|starts?) with[ ]*$"
    rf"|{_CALLERS} (?:may|might) (?:say|ask)[ ]*$"
    r"|\b(?:warehouse|it|engineering|depot|lab|kitchen|supplier|courier)s? (?:will |may |can )?"
    r"(?:usually |often |always |sometimes )?(?:reply|say|ask|answer)s?[ ]*$"
    r"|\b(?:you|agents?|staff)(?:'ll| will| may| might)?(?: often)? (?:be asked|hears?)[ ]*$"
    r"|\bwho hears?[ ]*$"
)
_CITED = re.compile(
    r"(?:异议|疑问|疑虑|抱怨|投诉|借口|常见问题"
    r"|objections?|complaints?|questions?)[^,“”时后]{0,4}:[ ]*$"
)
_NAMED = re.compile(
    r"(?:曾经?说过?|(?:[说讲提]|答应|承诺)过|名言"
    r"|俗话说|常言道|标有|印有|写有|写着|所谓|称为|叫做?)[:,]?[ ]*$"
    r"|(?:状态|类型|选项|标签|字段|[等级]级|一?栏)[^,“”]{0,4}(?:改[为成]|[选填标记][为成]?)[ ]*$"
    r"|(?:理念|宗旨|口号|标语|精神|原则|目标|文化|愿景)[为是:]?[ ]*$"
)
_ANECDOTE = re.compile(
    r"^[ ]*(?:过去|以前|从前)|\b(?:used to|formerly|previously)\b"
    r"|上个?(?:月|周|星期|季度|年)|去年|前几?天|昨[天日]|那[天次]|有一?次|当时|曾|后悔|别学"
    r"|(?<![没如])有(?:个|位|名|些)?(?:坐席|同[仁事]|员工|客服|新人)"
    r"|发现[^,“”]{0,3}(?:坐席|座席|客服|员工|同[事仁]|专员)"
    r"|小[^区时孩朋姐程票费额件组店心编事,“”][^,“”]{0,10}(?:[说讲问骂]|回了|接了)"
    r"|\b(?:last|this) (?:week|month|year|spring|summer|autumn|winter)\b"
    r"|\b(?:(?<!is )(?<!are )(?<!be )(?<!if )(?<!when )(?:told|asked)|said|replied|answered)\b"
    r"|\b(?:greeted|snapped|rang|ended up)\b"
)
"""What was said once, and is told for a warning."""
_BANNED_AFTER = re.compile(
    r"(?:等|之类|这类|这样|此类|一类|这种)?的?[^,。;!?\n“”]{0,8}?(?:负面|禁用|禁忌|不礼貌|不文明|不当|不妥"
    r"|错误|不恰当|不专业|(?:不能|不可以?|不得|不应该?|不要|不允许|禁止|严禁)(?:说|讲|用|使用"
    r"|出现|回答|回复)"
    r"|\b(?:is|are) (?:forbidden|wrong|unacceptable|prohibited|banned))"
    # a ban that leads to the next quote is of that one: “A”不得说:“B”
    r"(?!(?:说|讲|用|使用|答|回答)?[ ]*:?[ ]*[“「『\"])"
    r"|[^,。;!?\n“”「」\"]{0,16}?[忌禁]语(?![ ]*[:“「])"
    r"|(?:这[种样类]|之类|那种|一类)[^。;!?\n“”「」\"]{0,20}"
    r"(?:(?:不[许得能可准]|禁)[^,。]{0,4}(?:[说讲用]|出[口现])|违规|停用)"
    r"|[^,.;!?\n“”「」\"]{0,40}?\b(?:(?:must|should|may|can) (?:not|never)"
    r" (?:be (?:used|said|heard|written)|appear)|(?:is|are) (?:not|never) (?:acceptable|allowed"
    r"|permitted|to be|appropriate|good enough|enough|how|an? )|(?:is|are) not[ ]*(?=$|[.,;]))"
)
_BAD_EXAMPLES = re.compile(
    r"错误|错:|反[例面]|不良|扣分|负面|雷区|忌|[×✗✘❌]|\b(?:bad|wrong|worst|don'ts?|banned|these|following)\b"
)
_HEADS_BANS = re.compile(r"(?:扣分项?|错误|反例|不当|禁[止用忌语]+)[^;。“”]{0,6}:")
_REPLACED_AFTER = re.compile(
    r"[ ]*(?:,?[从自][^,。“”]{1,8}起)?(?:应|要|须|请|一律|统一)*"
    r"(?:改[成为说用]|换[成为]|替换[成为])|[ ]*(?:→|->|=>)"
)
_BLAMED_AFTER = re.compile(
    r"[^。\n“”]{0,16}(?:错误|不对|违规|不妥|不当|激怒|惹|生气|反感|不满|扣分|处罚|失礼|粗鲁|不礼貌|引起|导致|伤害"
    r"|卸责|推[责诿脱卸托]|搪塞|敷衍|为借口|显得|还不如|只会|火上|[不别]要?这样|等于没|有误|不合格|不允许|被[客投]|投诉|赔|太随意|过于|也不(?:行|许|准|可以)"
    r"|rude|wrong|upset|annoy|offend|unacceptable|complain|means nothing|excuse)"
    r"|就(?:把|挂|转|走|算|完)"
    r"|[^。\n“”]{0,60}(?:[被会]扣|扣[一二三四五六七八九十\d]|警告信|记过|开除|查实|违者|引以为戒|[戒改]掉|犯的错"
    r"|缺失|失误|停用|下架"
    r"|废止|作废|火了|最多的原因|伤口|重蹈"
    r"|unlearn|retired|withdrawn|removed|dropped|deleted|no longer|off limits|\bfail|sounds? like)"
)
_OF_IT = re.compile(
    r"[ ]*(?:等|之类|这|那|此|是|属|被|都|均|一律|的|也|会|以|来|:|—|(?:is|are|counts?|to excuse) "
    r"|(?:不[得能可要]|禁止|严禁)[^,。;]{1,4}(?:[,。;]|$))"
)
"""How a sentence goes on that has words with an end of their own in it."""
_SUPPOSED = re.compile(
    r"(?:如果|若|假如|要是|有的|有些|有人|别人|(?<![应适相正])当|\b(?:if|when|some))(?!.*[时后,])[^,]*$"
)
_IDEA_AFTER = re.compile(
    r"[ ]?的?(?:心理|技巧|方法|策略|原则|法则?|方式|态度|服务|理念|精神|制度|模式|系统|标志|标识"
    r"|字样|感觉|之感|规则|营销|关系|活动|表格?|栏)"
    r"|[ ](?:refers?|stands|applies|describes|counts) "
)
_SPEECH_WORD = re.compile(
    r"[说讲问答称喊语话词回句写]|告[诉知]|用|表示|脱口|示[范例]|不是|而非|[×✗✘❌]|错误|反例|instead|rather|wrong|bad|出现|表达"
    r"|(?:say|tell|use|using|ask|repl|answer|phrase|word|respon|greet|speak|inform)"
)
_BANS_NEXT = re.compile(
    r"(?:不[得可要能许准]|切勿|勿|别|禁止|严禁|避免)(?:再|随意|擅自|轻易)?"
    rf"(?:以|用|拿|回|答|承诺|许诺|保证|虚构|编造|(?:建议|叫|让|劝|要求){_CALLERS})[ ,:]*$"
    r"|\b(?:never|(?<!if )not|no|nor|avoid)(?: just| only| ever| simply| with)?[ ,]*$"
    r"|(?:停用|弃用|删除)[ ]*$|(?:诸如|例如|比如|譬如|\b(?:such as|like|including))[ :,]*$"
)
"""A ban right before a quote is one of it, also where no verb of saying stands between."""
_BORDER = re.compile(
    r"[,。;!?\n]|:(?=[ ]?(?:say|reply|answer|ask|tell)\b|[先应改]说)"
    r"|(?<=[”」』\"])[ ]+|(?<=[”」』\"])(?=\(?\d{1,2}[.)、]|正确|规范|推荐|标准|建议|应"
    r"|而?改|[√✓✔✅])"
)
_BROKEN = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
"""Where a line broke inside Chinese words."""
_GERUND = re.compile("[ ]*saying[ ]*")
_CLAUSE = re.compile("[,;:。]")
_DASH = re.compile(r"[ ]*(?:–|—+|―+|(?<= )-|\()[ ]*$")
_QUOTE_END = re.compile('[”」』"]')
_SPOKEN = re.compile(
    r"您|请|你好|帮[到你]|谢|感谢|对不起|抱歉|不好意思|再见|欢迎|麻烦|稍等|吗|呢|我们?|亲|恭喜|祝"
    r"|[吧哦哟呀啦咯嘛噢](?=[,。!?~…]|$)"
    r"|\b(?:i|we|you|your|please|thank|thanks|sorry|welcome|hello|good (?:morning|afternoon"
    r"|evening)"
    r"|may|goodbye|my|our|let me)\b"
)
# What tells an agent's words from a caller's, and from a name.
_OFFERS = re.compile(
    r"[帮给为替陪跟同](?:一下)?[您阁]|(?:理解|感谢|谢谢|多谢)您|您的(?:心情|感受)|让您|抱歉|对不起|对唔住|[不唔]好意思"
    r"|\b(?:let me|i(?:'m| am)(?: so| very| really)? sorry|thank(?:s| you) for|would you like"
    r"|i understand|(?:may|shall|can) i|you can|we(?:'ll| will| can)"
    r"|i(?:'ll| will| can) (?:ask|book|call|change|check|do|find|get|have|help|look|make|move|note"
    r"|offer|only|pass|put|ring|send|stay|take))\b"
)
_YOU_ALL = re.compile(r"[你您]们|你哋")
"""Callers say it to a firm; no agent says it to a caller."""
_ASKS = re.compile(r"请|麻烦[您你]|放心|\bplease\b")
_BARE = re.compile(r"[ ]*(?:[说讲答]|回答|回复|say)[:, ]*")
_IMPERATIVE = re.compile(
    r"\b(?:if|when) (?!.*\b(?:staff|agents?|employees?|colleagues?)\b)\w+ .*\w"
    r" (?:say|ask|answer|reply)[ ]*$"
)
"""A condition and what to do then, without a comma between; not what somebody may say."""
_TO_CALLER = re.compile(
    rf"(?:{_CALLERS}[^:“”]*?[时后](?:先|则|即|可)?|[对向跟给]+[^,;:“”]{{1,12}}{_CALLERS})"
    rf"(?:[说讲答]|回[复应答覆]|答[复覆])[:,]?[ ]*$|{_CALLERS}[^:“”]*?[时后]:[ ]*$"
)
_DEMANDED = re.compile(
    rf"{_CALLERS}[^:“”]*?[时后](?:[只仅](?:能|可|得)?|则|应该?|必须|一律|统一){_SAY}[:,]?[ ]*$"
)
_UNDER_CALLER = re.compile(rf"{_CALLERS}[^:“”]*?(?:[时后]:?|[^:“”对向跟与和]{{2}}:)[ ]*$|:[ ]*$")
"""After what a caller does, or under a label; words right behind a caller are the caller's."""
_CONDITION = re.compile(r"\b(?:if|when|where|once)\b[^,;:]*,|[^,;:。]*[的者],")
_RESUMES = re.compile(
    r"[ ,;.]*(?:please |and )?(?:say|try|reply|answer|ask|use|right|good|better|strong|after)\b"
    r"|[ ,;。]*(?:而要?|不如|改|多|应该?|统一|一律|请|先|再|新版?|建议句?"
    r"|(?:修改|改善|更正|调整|优化)后|[对✓✔√✅]|(?:正确|规范)(?:示[范例]|做法)?)?"
    r"(?:[说讲写用回答]|[:：]|[ ]*$)"
)
"""What stands between a banned quote and one that is right."""
_EXAMPLES = re.compile(r"[ ]*(?:诸如|例如|比如|譬如|如|such as|like|including|for example)[ :,]*")
_GOES_ON = re.compile(
    r"如|像|以下|下列|这[样种类]|敷衍|应付|冷淡|冷漠|推[诿脱托卸]|搪塞|打发|机械|不解释|不理|不耐烦|一味|随口|张口|开口就"
    r"|\b(?:such|like|e\.g\.|follow(?:s|ing)|these|dismiss|brush|blunt|rude|short with)"
)
"""What a ban is of that is followed by examples of it: its clause does not end it."""
_JOINS = re.compile(r"[ ]*(?:[、,/和或与及]|或者|以及|或是|and|or|,? ?(?:and|or)|等|)[ ]*")
_BRUSQUE = re.compile(
    r"喂(?![,!]?[您你]好)|不知道|不清楚|不归我管|不关我|没办法|自己看|你找谁|你是谁|什么事"
)

_FORBIDDING_TITLE = re.compile(
    rf"(?!违规){_UNFIT}(?!言[行语]|来电|[客顾]|要求)|(?:严禁|禁止|不得|不可以?|不能|不要|请勿)(?:使用|出现|说|讲|用)|错误$|反面|反例|负面"
    r"|雷区|红线|慎[用说]|"
    r"(?:不[应该能可准许得宜要]{1,2}|禁[止用忌]?|切?忌|避免|错误|违规|严禁|反面)[^|。]{0,6}(?:说|语|话"
    r"|示范|示例|案例|回答|应答|回复|表达|用词)"
    r"|忌语|禁语|禁忌|不[应该能可要]{1,2}$"
)
_ENGLISH_FORBIDDING_TITLE = re.compile(
    r"(?:\b(?:never|not|avoid|wrong|bad|forbidden|banned|prohibited|do not|don'?ts?)|n't)\b"
)
_SPEECH_TITLE = re.compile(
    r"\b(?:say|said|saying|use|words?|wording|phrases?|language|answers?|repl(?:y|ies)|responses?"
    r"|examples?)\b"
)
"""Of what an English title must speak to forbid any; "Wrong deductions" and "Do not" differ."""
_DEMANDING_TITLE = re.compile(
    r"用语|话术|(?<![户客人]的)说法|标准语|应答语|礼貌语|开场白|结束语|问候语|口径|常用语|句式|(?:应该?|必须|要|可以"
    r"|推荐)说"
    r"|^应该?$|规范表达|phrases|scripts?\b|what to say|wording|\bsay\b|greetings?\b|sample repl"
    r"|responses"
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


def of_title(folded: str) -> Verdict | None:
    """What a heading, a label or a column head says of the words under it; None if nothing."""
    left, forbidding = _FORBIDDING_TITLE.subn(" ", folded)
    if _SPEECH_TITLE.search(folded) or _ENGLISH_FORBIDDING_TITLE.fullmatch(folded.strip(" :")):
        left, english = _ENGLISH_FORBIDDING_TITLE.subn(" ", left)
        forbidding += english
    demanding = _DEMANDING_TITLE.search(left)
    if forbidding:
        return None if demanding and re.search(r"[与和及/|]|and|vs", folded) else "never"
    return "say" if demanding and not bans(left) else None


def bans(folded: str) -> bool:
    """Whether words hold any sign of a prohibition."""
    return _last_ban(folded) >= 0


def of_quote(before: str, words: str, after: str, *, tabled: bool = False) -> Verdict | None:
    """What is told of `words` by `before` and `after` them, the sentence's rest on both sides.

    All are folded; other quotes in them are masked. In a table that lost its lines (`tabled`) the
    words before may be those of another cell, so only a verb of saying counts.
    """
    of_it = words[-1:] not in ".。!?" or _OF_IT.match(after)
    if of_it and _BANNED_AFTER.match(after):
        return "never"
    before = _DASH.sub(":", _BROKEN.sub("", before))
    kept = before.rstrip(" ,:")
    apart = kept.endswith(("”", "」", "』", '"')) and before != kept
    clause = "" if apart else _BORDER.split(kept)[-1] + before[len(kept) :]
    ban = _last_ban(clause)
    speaker = _caller(clause)
    named = _IDEA_AFTER.match(after) or _NAMED.search(clause) or _ANECDOTE.search(clause)
    named = named or _GERUND.fullmatch(before)
    if named or replaced(after) or (after.startswith("的") and _BARE.fullmatch(clause)):
        return None
    answered = _answered(clause, words)
    cited = _CITED.search(clause) or (speaker and not 0 <= ban <= speaker.start())
    if cited and not answered:
        return None
    if ban >= 0:
        if _DEMANDS.search(clause, ban) and not speaker:
            return "say"
        told = _SPEECH_WORD.search(clause) or _BANS_NEXT.search(clause)
        return "never" if told else None
    if _AGENT_LABEL.search(clause):
        return "say" if _last_ban(before) < 0 else None
    begun = not tabled and (_HINTS.search(clause) or _BEGINS.search(clause)) and spoken(words)
    if not (_SPEAKS.search(clause) or begun or answered):
        return None
    own = _QUOTE_END.split(clause)[-1]
    blamed = of_it and _BLAMED_AFTER.match(after)
    only = _ONLY.search(own) and not (_GOES_ON.search(before) or blamed)
    if _DEMANDS.search(own) or only:
        return "say"
    if _last_ban(before) >= 0 and _EXAMPLES.fullmatch(clause) and not _QUOTE_END.search(before):
        return "never"
    supposed = not answered and _supposed(clause, words)
    banned = _last_ban(before) >= 0 and not _turned(before, clause, words)
    return None if brusque(words) or banned or supposed or blamed else "say"


def _answered(clause: str, words: str) -> bool:
    """Whether words answer the caller whom the clause before them is about."""
    return bool(
        _DEMANDED.search(clause)
        or (_OFFERS.search(words) and _UNDER_CALLER.search(clause))
        or (_TO_CALLER.search(clause) and spoken(words) and not _YOU_ALL.search(words))
    )


def _supposed(clause: str, words: str) -> bool:
    """Whether somebody may say the words, which does not make them right."""
    instructed = _OFFERS.search(words) and _IMPERATIVE.search(clause)
    return bool(_SUPPOSED.search(clause.rstrip(" :,"))) and not instructed


def replaced(after: str) -> bool:
    """Whether what follows a quote puts other words in its place: neither to say nor banned."""
    return bool(_REPLACED_AFTER.match(after))


def exemplary(masked: str) -> bool:
    """Whether words announce bad examples, which may go on for sentences."""
    return bool(_BAD_EXAMPLES.search(masked))


def heads_bans(masked: str) -> bool:
    """Whether words head a list of what is banned, apart by semicolons."""
    return bool(_HEADS_BANS.search(masked))


def _caller(clause: str) -> re.Match[str] | None:
    """Where words before a quote say that a caller speaks; a caller who is told does not."""
    label = _CALLER_LABEL.search(clause)
    if label and _TOLD.search(clause[: label.start()]):
        return None
    return label or _CALLER_SPEAKS.search(clause)


def _turned(before: str, clause: str, words: str) -> bool:
    """Whether the ban before some words is not one of them.

    It has had its quote, and what follows that one demands and bans nothing; it is part of a
    condition; or it stands in a clause of its own that gives no examples, and the words are those
    of a helpful agent.
    """
    _, *others = _QUOTE_END.split(before)
    if others:
        before = others[-1]
        demanded = _DEMANDS.search(before) or (before.strip() and _RESUMES.match(before))
        if _last_ban(before) < 0:
            apart = _CLAUSE.search(before) and not _GOES_ON.search(before)
            return bool(demanded or (apart and _OFFERS.search(words)))
    if _last_ban(_CONDITION.sub("", before)) < 0:
        return True
    polite = _OFFERS.search(words) or (_ASKS.search(words) and not _BARE.fullmatch(clause))
    return bool(polite) and not _GOES_ON.search(before)


def joined(between: str) -> bool:
    """Whether two quotes are of one list, so that what is told of the first holds for the next."""
    return bool(_JOINS.fullmatch(between)) and (between == "" or bool(between.strip()))


def _last_ban(clause: str) -> int:
    """Where the last prohibition of `clause` ends; -1 without one."""
    allowed = [match.span() for match in _NO_BAN.finditer(clause)]
    ends = [
        match.end()
        for match in _FORBIDS.finditer(clause)
        if not any(start <= match.start() < end for start, end in allowed)
    ]
    return ends[-1] if ends else -1
