"""Words to say and never to say, from prose, lists, dialogues and tables."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.annotate.scripts import find_scripts


def words(text, titles=(), columns=""):
    """What is to be said in `text` and what is not, without the situations."""
    scripts = find_scripts(text, titles, columns)
    say = [quote.quote for script in scripts for quote in script.say]
    never = [quote.quote for script in scripts for quote in script.never_say]
    return say, never


SAID = [
    ("找的人外出时,应说“他外出了,请问要留言吗”。", ["他外出了,请问要留言吗"], []),
    ("迟到要先道歉:“抱歉来晚了”", ["抱歉来晚了"], []),
    ("應答用語：「早安,大川旅店您好」", ["早安,大川旅店您好"], []),
    ("送客时说一声“慢走”“再会”", ["慢走", "再会"], []),
    ("不要说“这不归我管”。", [], ["这不归我管"]),
    ("忌用“随便”、“不行”,“没空”等词", [], ["随便", "不行", "没空"]),
    ("不能说“没货”,而应说“我帮您查查”", ["我帮您查查"], ["没货"]),
    ("“自己看公告”等不礼貌用语不得出现", [], ["自己看公告"]),
    (
        "不要张口就说“谁呀”,来迟了应该道歉,并说声“抱歉,来迟了”",
        ["抱歉,来迟了"],
        ["谁呀"],
    ),
    ("客人angry時say「我明白你」,不要say「冷靜點」。", ["我明白你"], ["冷靜點"]),
    ("客人upset时可say「我帮您跟进」", ["我帮您跟进"], []),
    ("客人問price時answer「以官網為準」", ["以官網為準"], []),
    ("不要讲「沒空」,先應致歉,不可再說「隨便您」", [], ["沒空", "隨便您"]),
    ("不要忘记说“谢谢您的等候”", ["谢谢您的等候"], []),
    ("切勿在客人面前讲「吵死了」", [], ["吵死了"]),
    ("客户说“你们太慢了”时,应回答“让您久等了”", ["让您久等了"], []),
    ("客户:“在吗?”客服:“在的,请讲。”", ["在的,请讲。"], []),
    ("实行“一站式”的服务,在“禁止入内”牌旁等候", [], []),
    ("某名人说过:“微笑不花钱”", [], []),
    ("不得要求客户说“我很满意”", [], ["我很满意"]),
    ('Say "Good morning, front desk".', ["Good morning, front desk"], []),
    ('Never say "That is not my job".', [], ["That is not my job"]),
    ('Don\'t use "calm down"; you should say "I understand".', ["I understand"], ["calm down"]),
    ('When a guest says "It is cold", reply "I will send a heater".', ["I will send a heater"], []),
    ("遇到询价时 “不贵啊” “谢谢您关注,我为您介绍”", [], []),
    ("应说“您好,请讲", ["您好,请讲"], []),
    (
        "可以这样留客:\n“今天有现货。您现在下单,晚上就能到。?\n客人再犹豫也不得催促。",
        ["今天有现货。您现在下单,晚上就能到。"],
        [],
    ),
    ("催单技巧:\n“快付款吧,车马上就开。?", ["快付款吧,车马上就开。"], []),
    ("主管應告知客戶:「我們會盡快處理」", ["我們會盡快處理"], []),
    ("必须向客户说明:“本次通话将被录音。”", ["本次通话将被录音。"], []),
    ("並安撫住戶:「請您放心」,再記錄", ["請您放心"], []),
    ("回覆客人「已經登記,請放心。」", ["已經登記,請放心。"], []),
    ('Tell the caller: "Help is on its way."', ["Help is on its way."], []),
    ('Never tell the caller: "Please wait."', [], ["Please wait."]),
    ("不要告诉客户:“您再等等吧。”", [], ["您再等等吧。"]),
    ("客户对客服:“请你快一点”", [], []),
    ("住户向前台:“请问几点关门?”", [], []),
    ("家长问“会不会涨价”,答:“今年不会,请放心。”", ["今年不会,请放心。"], []),
    ("客户追问时说:“判断要看检测结果。我帮您登记。”", ["判断要看检测结果。我帮您登记。"], []),
    ("旅客哭诉:“我先帮您看看下一班。”", ["我先帮您看看下一班。"], []),
    ("客户生气时说:“你们就是骗子”", [], []),
    ("对催件的学员说:“我查到了,今天就给您寄。”", ["我查到了,今天就给您寄。"], []),
    ("批准以前不得透露金额,只能说“申请已经递交”", ["申请已经递交"], []),
    ("不得只说“好,就这样”", [], ["好,就这样"]),
    ("当班人员不得挂断,先说:“您别怕,请离门远一点。”", ["您别怕,请离门远一点。"], []),
    ("不得推诿,说:“请找别的部门”", [], []),
    ("不得有下列情形,如先说:“请您等着吧”", [], []),
    ("发现违禁品,说“这件东西不能带,请您寄存”", ["这件东西不能带,请您寄存"], []),
    ("三分钟没有回复,发“请问您还在吗?”", ["请问您还在吗?"], []),
    ("在系统里发“红单”", [], []),
    ("送客时说“您慢走“,并微笑。", ["您慢走"], []),
    ("话术:【亲,点“确认”就好,谢谢您】再等回复", ["亲,点“确认”就好,谢谢您"], []),
    ("短信模板:【云杉银行】您的卡已激活,请妥善保管", ["【云杉银行】您的卡已激活,请妥善保管"], []),
    ("开场白→您好,这里是客服,请讲。", ["您好,这里是客服,请讲。"], []),
    ("统一口径:退款原路退回,请您留意账户。", ["退款原路退回,请您留意账户。"], []),
    ("口径:按自然日计算。", [], []),
    (
        "到店先说:您好,请坐。客人坐下后再递菜单。",
        ["您好,请坐。"],
        [],
    ),
    ("最后要说:感谢致电,祝您愉快,随即挂断。", ["感谢致电,祝您愉快"], []),
    ("服务禁语:没空、你去问别人、下班了。", [], ["没空", "你去问别人", "下班了"]),
    ("切勿说我们也没有办法,更不得挂断。", [], ["我们也没有办法"]),
    ("不要说服您的客人", [], []),
    ("婉拒还价:这个价我做不了主,我帮您问问主管。", ["这个价我做不了主,我帮您问问主管。"], []),
    (
        "Declining: I can't change the price, but I can add delivery for you. Then wait.",
        ["I can't change the price, but I can add delivery for you."],
        [],
    ),
    ("来电内容:我的快递没到,请您帮我查", [], []),
    ("考勤:迟到请您提前告知主管。", [], []),
    (
        "Do not quote the table. Say first:\nI am sorry to hear that.\nThen: pass it on",
        ["I am sorry to hear that."],
        [],
    ),
    ("客:我要停机。服:好的,我先跟您核对姓名。", ["好的,我先跟您核对姓名。"], []),
    ("来问“会不会痛”:会有一点酸,我请医师跟您说明。", ["会有一点酸,我请医师跟您说明。"], []),
    ("问:我该怎么办?\n答:你先登记。", [], []),
    (
        "Answer with Good morning, how may I help? and then wait. Never ask Who are you?",
        ["Good morning, how may I help?"],
        ["Who are you?"],
    ),
    ("Reply: you must check the ticket first.", [], []),
    ("“赔钱给你”“马上到账”之类的话一律不准出口。", [], ["赔钱给你", "马上到账"]),
    ("将“我们做不了”改为“我为您想办法”", ["我为您想办法"], ["我们做不了"]),
    ("用户在对话框里发“请问有人吗”时不必道歉。", [], []),
    ('"We value your call" must be read out.', ["We value your call"], []),
    ("【推荐说法】请您稍等。\n【错误说法】自己查。", ["请您稍等。"], ["自己查。"]),
    (
        "温馨提醒:【近日有人冒充我们,请您不要相信。以免受骗。?\n下一条",
        ["近日有人冒充我们,请您不要相信。以免受骗。"],
        [],
    ),
    ("类型:【退货】按下【提交】", [], []),
    ("说“请按【确认】键”", ["请按【确认】键"], []),
    ("可以说“请稍等“或者说“请您稍候”", ["请稍等", "请您稍候"], []),
    ("骂人的,警告一次:“请您文明用语。”", ["请您文明用语。"], []),
    ("不得以“快下班了”推脱,不得建议客户“明天再打”", [], ["快下班了", "明天再打"]),
    (
        'Twice, then say "I can\'t hear you, please ring again."',
        ["I can't hear you, please ring again."],
        [],
    ),
    (
        'Tell them: "We keep your file open, please wait."',
        ["We keep your file open, please wait."],
        [],
    ),
    ('If you cannot help, say "Please hold on."', ["Please hold on."], []),
    ('When refusing: "I can change the date for you."', ["I can change the date for you."], []),
    (
        'Names the fault: "I am sorry it broke", not "It happens".',
        ["I am sorry it broke"],
        ["It happens"],
    ),
    ('If not: "When suits you?"', [], []),
    ("来电者自称老客户时:“请问您贵姓?”", ["请问您贵姓?"], []),
    ("把工单状态改为“请您验收”再回访", [], []),
    ("家长说“我家孩子不舒服”的记病假,说“我家有事”的记事假", [], []),
    ("服务理念为「請您滿意」", [], []),
    ("住户话「楼上滴水,麻烦你」的,先看冷气机", [], []),
    ('The warehouse will usually reply "please wait" within the hour.', [], []),
    ("错误示范:“我们没办法。”正确示范:“我马上为您登记。”", ["我马上为您登记。"], ["我们没办法。"]),
    (
        "退款未批之前不可以话「一定退到」,只可以话「已经帮您递交申请」",
        ["已经帮您递交申请"],
        ["一定退到"],
    ),
    ('Ask permission ("May I put you on hold?") and wait.', ["May I put you on hold?"], []),
    ("先请用户看光猫:“麻烦您看一下,灯亮吗?”", ["麻烦您看一下,灯亮吗?"], []),
    ("客户主动报出的,应\n当打断:“请您不要说出密码。”", ["请您不要说出密码。"], []),
    ("技术部说“已经恢复,请放心”不等于可用", [], []),
    ("误拨的人通常会说“不好意思,打错了”", [], []),
    ("遇学生询问“请问几点开门”,照表回答", [], []),
    ('A caller who opens with "I am sorry to bother you" is told the price.', [], []),
    ('The phrase "cooling-off, please" refers to fourteen days.', [], []),
    ("挂线前别讲“拜拜”,讲“多谢来电,再见”", ["多谢来电,再见"], ["拜拜"]),
    ('Instead of "No idea," say "Let me find out."', ["Let me find out."], ["No idea,"]),
    (
        'Never say "No idea." For a refund, say "One moment, please."',
        ["One moment, please."],
        ["No idea."],
    ),
    ("切莫漏掉这句:“投资有风险,请您留意。”", ["投资有风险,请您留意。"], []),
    ("不得作任何承诺,诸如“您放心,一定能批”", [], ["您放心,一定能批"]),
    ("开头:‘您好,这里是川大旅店,请讲’", ["您好,这里是川大旅店,请讲"], []),
    (
        "The desk's reply: 'I'm sorry, that room's taken.' Guests' keys stay here.",
        ["I'm sorry, that room's taken."],
        [],
    ),
    ("Never say 'that's life' or 'no idea'.", [], ["that's life", "no idea"]),
    ("他说‘好’字时,别用“随便”", [], ["随便"]),
    ("房客拒绝换房:“您的行李我们来搬,房价不变。”", ["您的行李我们来搬,房价不变。"], []),
    ("預授權被發卡行拒絕，講「麻煩您換張卡試試」。", ["麻煩您換張卡試試"], []),
    ("房客嫌吵:“你们这里怎么这么吵,我要退房”", [], []),
    ("对房客不得承诺:“您的房间一定朝南”", [], ["您的房间一定朝南"]),
    (
        'Key did not work: "I am sorry, I will make a new one."',
        ["I am sorry, I will make a new one."],
        [],
    ),
    (
        'If the guest finds it later: "I\'ll close the report, thank you for telling us."',
        ["I'll close the report, thank you for telling us."],
        [],
    ),
    ("客人催房。忌:“催什么” “没看见在扫吗”", [], ["催什么", "没看见在扫吗"]),
    ("不可说“喂,听清没有” “请问您听清楚了吗”", [], ["喂,听清没有"]),
    ('Never open with "Yes?" or "Speak up".', [], ["Yes?", "Speak up"]),
    ("住客一上来就问能不能延房:“您先别急,我替您问问前台”", ["您先别急,我替您问问前台"], []),
    ("家长说“太贵了不报了”:「您可以先听一节课,再决定不迟」", ["您可以先听一节课,再决定不迟"], []),
    (
        "(二) 拨错号码\n“您好,这里是青禾诊所,您可能拨错了。” 不得立即挂断。",
        ["您好,这里是青禾诊所,您可能拨错了。"],
        [],
    ),
    (
        "7-6 推銷電話\n「謝謝您的介紹,我們目前沒有這方面的需要」,講完即可先掛",
        ["謝謝您的介紹,我們目前沒有這方面的需要"],
        [],
    ),
    ("(二) 禁用的话\n“您好,这里不管,您可能打错了。”", [], ["您好,这里不管,您可能打错了。"]),
    ("(三) 常见投诉\n“我要退钱,您给办吗?”", [], []),
    (
        "凡打听病历的一律拒绝:“对不起,病历不便透露,请您谅解。”",
        ["对不起,病历不便透露,请您谅解。"],
        [],
    ),
    (
        "家属来催:“请您稍候。” 不得说:这不归我管;不得说:你找别人去。",
        ["请您稍候。"],
        ["这不归我管", "你找别人去。"],
    ),
    ("住客不肯登記:「咁請你搵經理辦理。」", ["咁請你搵經理辦理。"], []),
    ("家中有喪事的客人先說「請節哀,我們很難過」,再問房號", ["請節哀,我們很難過"], []),
    (
        "客人遲咗幾日:「期限已經過咗,我可以幫你另外安排。」",
        ["期限已經過咗,我可以幫你另外安排。"],
        [],
    ),
    ("客人要求:“我要退房”", [], []),
    ("客人小李:“请你快点”", [], []),
    (
        "分機沒人聽,要回到客人線上:「同事不在座位,我請他回電給您。」",
        ["同事不在座位,我請他回電給您。"],
        [],
    ),
    (
        "(f) Caller wants another shop: Say: Let me give you their number.",
        ["Let me give you their number."],
        [],
    ),
    (
        'Let her finish. Not allowed: "Relax", "Read your contract".',
        [],
        ["Relax", "Read your contract"],
    ),
    (
        'Nudge after five minutes without a reply: "Are you still there? I can wait."',
        ["Are you still there? I can wait."],
        [],
    ),
    ("重新接起第一句必须是「感谢您的等候」,不能说“还在吗”", ["感谢您的等候"], ["还在吗"]),
    (
        "话术:‘您可以在页面点“联系店家”,系统会帮您接通。’之后再登记。",
        ["您可以在页面点“联系店家”,系统会帮您接通。"],
        [],
    ),
    (
        "事由不许说得太细,接电话的可能是孩子。如果接听人不是本人,只说:“请转告机主回电,谢谢。”不许提病情。",
        ["请转告机主回电,谢谢。"],
        [],
    ),
    ("静默提醒写法:您好,请问您还在线吗?", ["您好,请问您还在线吗?"], []),
    (
        "(五)对老人另外禁止:“听不懂算了”“问你孩子去”。这两句都扣分。",
        [],
        ["听不懂算了", "问你孩子去"],
    ),
    (
        "第三条 回访员严禁使用下列语言:“没票了”;“不会自己看吗”;“去问别人”。",
        [],
        ["没票了", "不会自己看吗", "去问别人"],
    ),
    (
        "把否定句改成办法句。“不行”改“目前可以为您做的是……”；“稍等”改“请给我一分钟”。",
        ["目前可以为您做的是……", "请给我一分钟"],
        [],
    ),
    (
        "31 房间已满 宜:今晚已经订满,我帮您看看明天好吗? 忌:没房就是没房\n"
        "32 退订 宜:没关系,欢迎再来。  忌:不早说;白忙了",
        ["今晚已经订满,我帮您看看明天好吗?", "没关系,欢迎再来。"],
        ["没房就是没房", "不早说", "白忙了"],
    ),
    ("答: 接晚了要先赔个不是,比如“让您久等了,我是前台小林。”", ["让您久等了,我是前台小林。"], []),
    (
        "亲亲,这款面霜卖完了呢,我帮您登记到货提醒好不好呀?",
        ["亲亲,这款面霜卖完了呢,我帮您登记到货提醒好不好呀?"],
        [],
    ),
    (
        "亲,这一单要在“我的订单”里点确认哦,点好了您告诉我。",
        ["亲,这一单要在“我的订单”里点确认哦,点好了您告诉我。"],
        [],
    ),
    (
        "客服:亲,请您先停用,再告诉我红了多久,要不要我帮您约医生?",
        ["亲,请您先停用,再告诉我红了多久,要不要我帮您约医生?"],
        [],
    ),
    (
        "等了三天的:真的很抱歉让您等这么久,今天一定发出。",
        ["真的很抱歉让您等这么久,今天一定发出。"],
        [],
    ),
    (
        "举证期间跟买家只说:您的事情平台正在核实,我们有结果就告诉您。",
        ["您的事情平台正在核实,我们有结果就告诉您"],
        [],
    ),
    (
        "答:马上说:那不是我们打的,我们不会向您要验证码,请直接挂掉。",
        ["那不是我们打的,我们不会向您要验证码,请直接挂掉"],
        [],
    ),
    (
        "只能说「您的资料与登记的不符」,严禁说出哪一项不符,例如「您的电话不对」、「不是这个地址」。",
        ["您的资料与登记的不符"],
        ["您的电话不对", "不是这个地址"],
    ),
    (
        "Asked for a supervisor: “I'll get her. May I tell her what happened?”",
        ["I'll get her. May I tell her what happened?"],
        [],
    ),
    (
        "客人嫌等太久,可以讲:「请您先坐一会儿。」别讲:大家都在等,又不是您一个",
        ["请您先坐一会儿。"],
        ["大家都在等,又不是您一个"],
    ),
    (
        "住客说要去消协投诉:“这是您的权利。走之前能不能让我先把事情查清楚?”不得激怒他(「您去告好了」)。",
        ["这是您的权利。走之前能不能让我先把事情查清楚?"],
        ["您去告好了"],
    ),
    (
        "没听清时不说“啥”“什么”,要说:“抱歉,刚才有杂音,麻烦您再说一遍好吗?”",
        ["抱歉,刚才有杂音,麻烦您再说一遍好吗?"],
        ["啥", "什么"],
    ),
    (
        "满房不能延住:“非常抱歉,今天客房已满,我可以帮您寄存行李。”",
        ["非常抱歉,今天客房已满,我可以帮您寄存行李。"],
        [],
    ),
    ("不得推诿:“对不起,这不归我管。”", [], []),
    (
        "情形 | English | 提示\n请等 | Would you mind holding, please? | 等客人说 Yes\n"
        "叫醒 | Good morning, this is your wake-up call. | 不说 Get up",
        ["Would you mind holding, please?", "Good morning, this is your wake-up call."],
        [],
    ),
    (
        "场合 | 开口第一句 | 备注\n夜班 | 晚上好,夜间值班总机,请讲。 | 声音放低",
        ["晚上好,夜间值班总机,请讲。"],
        [],
    ),
    (
        "拒绝家属代查时说:“为了保护病人的隐私,我这边只能答复本人,请您见谅。”",
        ["为了保护病人的隐私,我这边只能答复本人,请您见谅。"],
        [],
    ),
    (
        "住客问“几点有热水”:——热水要到六点才有,给您添麻烦了。",
        ["热水要到六点才有,给您添麻烦了。"],
        [],
    ),
    (
        "住客要换房,说:「我帮您看看」;已经满房的,「不好意思,今天没有空房了」",
        ["我帮您看看", "不好意思,今天没有空房了"],
        [],
    ),
    (
        "最要命的几句:“您冷静一点”“您先别激动”“你冲我吼也没用”。谁听了能冷静?",
        [],
        ["您冷静一点", "您先别激动", "你冲我吼也没用"],
    ),
    (
        "1.5 Wrong number. “You've reached Hillside Clinic. Shall I read you our number?” "
        "Never say: You've misdialled.",
        ["You've reached Hillside Clinic. Shall I read you our number?"],
        ["You've misdialled."],
    ),
    (
        "1.6 Bad line: 'The line is breaking up. May I ring you back?'",
        ["The line is breaking up. May I ring you back?"],
        [],
    ),
    (
        (
            '(b) Caller reports it: "We know and our engineers are on it now." '
            "Never say: it's probably your router. Never say: only a few are affected."
        ),
        ["We know and our engineers are on it now."],
        ["it's probably your router.", "only a few are affected."],
    ),
    ("(3)谈保修时忌:「肯定是您自己弄坏的」。责任由鉴定单说。", [], ["肯定是您自己弄坏的"]),
    (
        "家长:太贵了吧\n老师:您先别急,您慢慢说,我今天一定给您一个说法。\n千万别说:您冷静一点行不行",
        ["您先别急,您慢慢说,我今天一定给您一个说法。"],
        ["您冷静一点行不行"],
    ),
    (
        "外籍住客来电听不懂,先说:One moment please, I will transfer you to a colleague.",
        ["One moment please, I will transfer you to a colleague."],
        [],
    ),
    (
        "10、不会答的 ×“我不清楚” ×“不归我管”  √“这个问题我核实一下,明天给您答复。”",
        ["这个问题我核实一下,明天给您答复。"],
        ["我不清楚", "不归我管"],
    ),
    ("老客唤醒   “好久没见您来了,最近是不是很忙?”", ["好久没见您来了,最近是不是很忙?"], []),
    (
        "(二)没有明文、自己拿不准的:“这个问题我需要核实,请留下电话,我们给您回复。”不得说:“大概可以吧”。",
        ["这个问题我需要核实,请留下电话,我们给您回复。"],
        ["大概可以吧"],
    ),
    (
        "早更要打一次電話俾已訂位嘅客人：「想同您確認今晚嘅訂位。」",
        ["想同您確認今晚嘅訂位。"],
        [],
    ),
]


@pytest.mark.parametrize(("text", "say", "never"), SAID)
def test_tells_what_to_say_from_what_never_to_say(text, say, never):
    """Words around a quote decide; what is not clear is neither."""
    assert words(text) == (say, never)


@pytest.mark.parametrize(
    ("text", "say"),
    [
        ("送客时说“感谢惠顾,请走好递物时,双手奉上、目视对方。", []),
        ("送客时说“感谢惠顾,请走好并向客人点头。", []),
        ("送客时应说「謝謝您光臨,雙手合攏。", []),
        ("送客时说“感谢您惠顾 递物要用双手。", ["感谢您惠顾"]),
        ("接起电话先说:“您好,请讲'。\n声音要轻", ["您好,请讲"]),
        ("接起电话先说:“您好,川大旅店'。\n声音要轻", ["您好,川大旅店"]),
        ("送客时说“刚才让您久等了,抱歉。站立要稳", ["刚才让您久等了,抱歉。"]),
        ("送客时说“感谢惠顾,请走好。递物时要双手奉上。? 站立要稳", ["感谢惠顾,请走好。"]),
    ],
)
def test_a_quote_without_its_closing_mark_never_takes_a_rule_along(text, say):
    """It ends with its sentence; where that does not end in speech, nobody can tell its end."""
    assert words(text) == (say, [])


TABLE = """情形 | 不应说 | 应说
客人问价 | 自己看牌子 | 您好,一晚三百元
客人催菜 | “急什么” | “马上为您去看”"""


def test_a_tables_columns_are_kept_apart():
    """Each cell counts as its column's head says, quoted or not."""
    say, never = words(TABLE)
    assert say == ["您好,一晚三百元", "马上为您去看"]
    assert never == ["自己看牌子", "急什么"]
    assert [script.situation for script in find_scripts(TABLE)] == ["客人问价", "客人催菜"]


def test_a_row_is_read_by_the_heads_that_its_passage_carries():
    """The order of the heads decides, also where should comes first."""
    row = "Late guest | Welcome, your room is ready | You are late"
    assert words(row, columns="Situation | Say | Do not say") == (
        ["Welcome, your room is ready"],
        ["You are late"],
    )


def test_a_column_of_words_to_say_needs_none_of_words_not_to():
    """There only what stands in quotation marks is speech; the other cells are not."""
    table = "Problem | Do | Say | Time\nCard declined | hold it | “Your bank said no.” | 2 days"
    assert words(table) == (["Your bank said no."], [])
    assert words("情境 | 建议回应\n忘记密码 | 「我现在寄给您」") == (["我现在寄给您"], [])
    assert words("情形 | 处理 | 时限\n退货 | 请顾客填写“原因” | 三天") == ([], [])


def test_heads_without_a_verb_of_duty_are_understood():
    """What is simply not said; a cell that begins with such words is no head."""
    table = "场景 | 说 | 不说\n要找老板 | “我先替您记下” | “老板没空”\n问价 | 三百元 | 不讲价"
    assert words(table) == (["我先替您记下", "三百元"], ["老板没空", "不讲价"])


@pytest.mark.parametrize(
    ("title", "say"),
    [
        ("Tax codes and wrong deductions", ["Please ask your employer."]),
        ("What we do not carry", ["Please ask your employer."]),
        ("What to say and what to avoid", ["Please ask your employer."]),
        ("What not to say", []),
        ("Wrong", []),
        ("违规计分", ["Please ask your employer."]),
        ("违规用语", []),
        ("禁用语与常用短语", ["Please ask your employer."]),
    ],
)
def test_a_heading_forbids_only_what_it_calls_speech(title, say):
    """Wrong deductions are no wrong words."""
    assert words('Say "Please ask your employer."', (title,))[0] == say


def test_banned_words_may_begin_with_a_no():
    """不得 and the like tell what to do; 不 alone is of the words."""
    rows = "客人还价 | 价格已是最低 | 不讲价\n客人问路 | 您往前走 | 不得不理\n"
    assert words(rows, columns="情形 | 应说 | 不应说") == (["价格已是最低", "您往前走"], ["不讲价"])


def test_a_row_that_does_not_fit_its_heads_is_left_out():
    """A lost border makes every cell uncertain."""
    assert words("催菜 | 急什么 马上看", columns="情形 | 不应说 | 应说") == ([], [])


def test_a_table_without_lines_tells_only_pairs():
    """Two quotes side by side are told apart by the heads; a single one is not."""
    flat = (
        "遇到的情况 不应该 应该 客人丢了房卡 “你怎么搞的” “请别着急,我为您补办” 客人问路 “不知道”"
    )
    assert words(flat) == (["请别着急,我为您补办"], ["你怎么搞的"])


@pytest.mark.parametrize(
    ("text", "titles", "say", "never"),
    [
        (
            "1. 您好,请问找哪位?\n2. 请稍等。",
            ("常用服务用语",),
            ["您好,请问找哪位?", "请稍等。"],
            [],
        ),
        ("1. 不晓得\n2. 你等着吧", ("服务忌语",), [], ["不晓得", "你等着吧"]),
        ("错误:你急什么\n正确:请您稍等", (), ["请您稍等"], ["你急什么"]),
        ("× 没有了\n√ 抱歉,暂时缺货", (), ["抱歉,暂时缺货"], ["没有了"]),
        ("致谢语:谢谢光临!", (), ["谢谢光临!"], []),
        ("店员:您好,欢迎光临\n顾客:随便看看", ("错误示范",), [], ["您好,欢迎光临"]),
        (
            "Do say: I am sorry to hear that\nDon't say: Whatever",
            (),
            ["I am sorry to hear that"],
            ["Whatever"],
        ),
        ("客服:负责接听来电并登记", (), [], []),
        ("请告诉住户,您的水表我们明天会来换。", (), ["您的水表我们明天会来换"], []),
        ("不要告诉住户,您的水表我们不会换。", (), [], []),
        ("【房卡失灵】您好,请稍等,我重新制卡。", (), ["您好,请稍等,我重新制卡。"], []),
        ("a) 请您慢走 b) 我帮您拿行李", ("客人爱听的说法",), ["请您慢走", "我帮您拿行李"], []),
        ("利用名额有限时:\n“您现在订,我给您留房。”", (), ["您现在订,我给您留房。"], []),
        ("客人常见异议:\n“你们的房价太贵了吗”", (), [], []),
        ("客人只看不订的,说:您慢慢看,有事叫我。说完走开", (), ["您慢慢看,有事叫我"], []),
        ("客人进门就说:您这儿有房吗,我累了。", (), [], []),
        ("拨错房号:不好意思,打扰您休息了", (), ["不好意思,打扰您休息了"], []),
        ("不好意思回绝客人时,可以请您的领班来", (), [], []),
        ("不许说:住满了,找别家", (), [], ["住满了,找别家"]),
    ],
)
def test_reads_lines_under_labels_and_headings(text, titles, say, never):
    """A label or a heading tells what its lines are."""
    assert words(text, titles) == (say, never)


def test_a_dialogues_caller_gives_the_situation():
    """The caller's line is when, the agent's line is what."""
    (script,) = find_scripts("客户:能便宜点吗?\n客服:很抱歉,已经是最低价了。")
    assert (script.situation, script.say[0].quote) == ("能便宜点吗?", "很抱歉,已经是最低价了。")


FORBIDDEN = [
    "反面案例:\n店员说:{}",
    "以下说法是错误的:\n先说:{}",
    "错误示范\n接起来先说:{}\n",
    "Bad examples:\nAnswer with: {}",
    "切勿先说:{}",
    "禁语:{}、没空",
    "请勿对客人说“{}”",
    "应杜绝“{}”之类的回答",
    "不得以“{}”回答",
    "“{}”要避免使用",
    "“{}”属于服务忌语",
    "不文明用语:{}",
    "反面案例:“{}”",
    "以下话术严禁使用:\n1. {}\n2. 好的",
    "客服禁用语:\n- “{}”",
    "不能这样回答客户:\n{}",
    "这样说是不对的:“{}”",
    "如果说“{}”,客户会生气",
    "说“{}”会激怒客人",
    "有的客服说“{}”,这是错误的",
    "当员工说“{}”时,属违规",
    "不应该 | 应该\n{} | 请稍等",
    "错误应答\n客服:{}\n正确应答\n客服:好的,请稍等",
    "客户:快点\n客服(错误):{}",
    "Staff should never tell guests “{}”",
    "Refrain from saying “{}”",
    "Use the name instead of “{}”",
    "Saying “{}” is unacceptable",
    "It is rude to say “{}”",
    "The worst reply is “{}”",
    "Don’t ever say: {}",
    "不得敷衍客户只说“{}”",
    "不得冷淡应付,只说“{}”",
    "不能一味推诿,先说“{}”",
    "切忌不耐烦,说“{}”",
    "不得只说“{}”",
    "Never say only “{}”",
    "Never brush callers off, then say “{}”",
    "与其说“{}”,不如说“好的”",
    "上个月有坐席跟客户说“{}”,公司赔了四千多。",
    "道歉要说清楚为什么:“没按时上门。”嬉皮笑脸来一句“{}”,还不如不说。",
    "客户问何时到货,答“{}”等于没答,不允许。",
    "答疑时不使用“很快”“{}”等字眼;追问的,答“以公布的为准”",
    "小李回了一句“{}”,被扣当月绩效",
    "客户没说完就抢一句“{}”,是新人常犯的错",
    "「喂」改成「好的」,「{}」改成「好吧」",
    "错:“{}” 对:“好的”",
    "职员以「{}」卸责,一经查实,即发警告信",
    "Agents may not, even when the supervisor is away, use expressions such as “{}” here.",
    "Saying “{}” to excuse a mistake is not acceptable.",
    "Steer clear of jargon: “{}” means nothing to a customer.",
]


@pytest.mark.parametrize("text", FORBIDDEN)
def test_no_way_to_forbid_a_sentence_makes_it_one_to_say(text):
    """A courteous sentence is still not to be said where the text speaks against it."""
    sentence = "您好请您等着吧谢谢"
    say, _ = words(text.format(sentence))
    assert all(sentence not in quote for quote in say)


CONDEMNED = [
    "下面这些都不行:",
    "行不通的回答:",
    "踩雷用语:",
    "失分话术:",
    "不受欢迎的说法:",
    "冷冰冰的说法:",
    "以前的说法:",
    "十大伤人话:",
    "下列用语一经发现扣2分:",
    "NG話術:",
    "Phrases that lose customers:",
    "Things we no longer say:",
    "Poor wording:",
    "Stop saying:",
    "Fails the audit:",
]


@pytest.mark.parametrize("label", CONDEMNED)
def test_no_label_that_calls_its_words_bad_makes_them_words_to_say(label):
    """What is called bad need not be forbidden in so many words."""
    lines = (
        "- 催单:您好,我帮您查一下。\n- 您稍等,我帮您看看好吗?\n- Delay: Let me check that for you."
    )
    say, _ = words(f"{label}\n{lines}")
    assert say == []


BANS = [
    "不要说",
    "不能说",
    "严禁说",
    "切忌用",
    "忌说",
    "不得使用",
    "禁止说",
    "避免使用",
    "不应该说",
    "Never say ",
    "Do not say ",
    "不得以",
    "不得建议客户",
    "不得只说",
    "Never ",
]
SENTENCES = ["您好请稍等", "抱歉我不管", "谢谢", "喂,找谁", "please wait"]
JOINTS = ["。", ",", ";", "、", "或", " ", "\n", "则说", "应说", "时,", ":", "。应答:", "并", "(1)"]


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from(BANS),
    st.sampled_from(SENTENCES),
    st.lists(st.sampled_from(JOINTS), max_size=3).map("".join),
    st.sampled_from(["客人来电时", "接电话时要微笑,", "1. ", "", "应说“早”。", "“早”"]),
    st.sampled_from(["", "应说“好的,马上来”", "“好的”", "是不对的"]),
)
def test_a_forbidden_sentence_is_never_one_to_say(ban, sentence, joint, before, after):
    """Whatever stands around it, what is forbidden right before its quote is not to be said."""
    say, _ = words(f"{before}{ban}“{sentence}”{joint}{after}")
    assert sentence not in say


CHARACTERS = '“”「」【】"|\n喂请,。:×√?时或 '
TOKENS = ["应说", "不要说", "您好", "客户", "客服", "不应说", "应该", "不应该", "情况", "1.", "(1)"]
PIECES = st.sampled_from(
    [
        "先说:您好,请稍等。",
        "服:好的,我帮您查。",
        "切勿说我们不行",
        "不能讲肯定行、马上到吧。",
        "Never say it's late or we don't care. ",
        "Say I am sorry. ",
        "忌:没空、下班了。",
        "婉拒:我帮您问问。",
        *CHARACTERS,
        *TOKENS,
        "say ",
        "never ",
    ]
)


@settings(deadline=None, max_examples=200)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60))
def test_every_quote_is_its_slice_and_on_one_side_only(text):
    """Spans lie in the text; nothing is both said and never said."""
    scripts = find_scripts(text)
    quotes = [quote for script in scripts for quote in (*script.say, *script.never_say)]
    assert all(quote.span.of(text) == quote.quote for quote in quotes)
    say = {quote.quote for script in scripts for quote in script.say}
    assert not say & {quote.quote for script in scripts for quote in script.never_say}


@pytest.mark.parametrize(
    "unit",
    [
        "“",
        "不",
        "”“",
        "说“a”",
        "客户:",
        "1.",
        "(1)",
        " ",
        "说:'a' ",
        "a | b\n",
        "不要说“a”、",
        "说:您",
        "Say I ",
        "我 | 您",
        "切勿说我不",
        "never say i ",
        "“您好”更好",
    ],
)
def test_time_grows_with_the_text(unit):
    """No pattern runs away on long repetitions."""
    started = time.perf_counter()
    find_scripts(unit * 5_000)
    assert time.perf_counter() - started < 5


def test_a_ban_that_leads_to_the_next_words_is_not_one_of_those_before():
    """说“A”不得说“B”: the first is to be said, and both belong to one situation."""
    text = "听不清 说：“信号不太好，麻烦您再说一遍好吗？”不得说：“大声点！”“你到底要说什么？”"
    (script,) = find_scripts(text)
    assert [q.quote for q in script.say] == ["信号不太好，麻烦您再说一遍好吗？"]
    assert [q.quote for q in script.never_say] == ["大声点！", "你到底要说什么？"]
    assert script.situation == "听不清"


def test_a_ban_behind_words_is_still_one_of_those():
    """“A”不能说: nothing follows that it could lead to."""
    (script,) = find_scripts("对客人讲“不知道”是不能说的。回答“没办法”不得使用。")
    assert script.say == ()
    assert [q.quote for q in script.never_say] == ["不知道", "没办法"]


def test_a_situation_ends_before_the_words_that_only_say_that_words_follow():
    """Numbers of clauses stay out as well; what follows in the next sentence is of the same."""
    text = "2.3 客人催菜时，不要说：“急什么。”应该说：“我马上帮您催一下。”"
    (script,) = find_scripts(text)
    assert script.situation == "客人催菜时"
    assert (len(script.say), len(script.never_say)) == (1, 1)


def test_a_situation_has_neither_its_number_nor_what_tells_to_speak():
    """Also where the number has no blank behind it."""
    (script,) = find_scripts("9.2客人被困升降機,須每兩分鐘安撫一次,並說:「技工已經出發。」")
    assert script.situation == "客人被困升降機,須每兩分鐘安撫一次"


def test_heads_of_other_words_are_understood():
    """宜說 and 不宜說; what the customer says is the situation."""
    rows = find_scripts("客户说 | 宜说 | 不宜说\n太贵了 | 我给您算一下，好吗 | 嫌贵别买")
    assert [(s.situation, s.say[0].quote, s.never_say[0].quote) for s in rows] == [
        ("太贵了", "我给您算一下，好吗", "嫌贵别买")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "受理时说：“很抱歉，已经记录。”不\n得说：“我们没有问题。”",
        "受理时说：“很抱歉，已经记录。”不得\n说：“我们没有问题。”",
        "受理时说：“很抱歉，已经记录。”严禁\n说：“我们没有问题。”",
        "Say “很抱歉，已经记录。” Never\nsay “我们没有问题。”",
    ],
)
def test_a_ban_holds_across_a_line_break(text):
    """A PDF breaks its lines anywhere, also between the ban and what it bans."""
    say, never = words(text)
    assert say == ["很抱歉，已经记录。"]
    assert never == ["我们没有问题。"]


def test_the_words_behind_an_arrow_stand_in_the_place_of_banned_ones():
    """In a list of words never to say; a dash and "say" do the same."""
    text = "不知道 → 这个我马上帮您查\n你怎么才来 → (不说)"
    assert words(text, ("手册", "禁用语与替换")) == (["这个我马上帮您查"], ["不知道", "你怎么才来"])
    text = "“Calm down” – say “I can hear how annoying this is.”"
    say, never = words(text, ("Handbook", "Banned phrases"))
    assert (say, never) == (["I can hear how annoying this is."], ["Calm down"])


def test_a_heading_that_lists_words_itself_says_nothing_of_those_below_it():
    """禁语:没空、下班了 forbids no line of the dialogue that follows."""
    told = words("客户:能退吗?\n客服:可以的,我帮您办理。", titles=("禁语:没空、下班了",))
    assert told == (["可以的,我帮您办理。"], [])


def test_listed_words_never_to_say_have_one_situation():
    """That of their label, and not the words before them in the list."""
    (script,) = find_scripts("客人抱怨时禁语:不知道、没办法、不归我管")
    assert script.situation == "客人抱怨时禁语"
    assert [quote.quote for quote in script.never_say] == ["不知道", "没办法", "不归我管"]


def test_a_heading_is_none_of_the_words_it_forbids():
    """It stands in the text of its section as well."""
    text = "4. Words we do not use\n\n- hang on\n- no idea"
    assert words(text, ("4. Words we do not use",)) == ([], ["hang on", "no idea"])


def test_the_bullet_of_a_line_is_none_of_its_words():
    """The list stands behind the label that bans it."""
    text = (
        "Phrases to avoid on claims calls:\n- You'll definitely be covered\n- That's an easy claim"
    )
    assert words(text)[0] == []
    assert "You'll definitely be covered" in words(text)[1]
