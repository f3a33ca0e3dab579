"""Deadlines as manuals of many trades state them, in three scripts."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.annotate.deadlines import find_deadlines
from kb.records import Span

STATED = [
    # Simplified
    ("前台须在两小时内回电", 2, "hour", "within"),
    ("工单应于5个工作日内办结", 5, "day", "within"),
    ("排队等候不得超过九十秒", 90, "second", "within"),
    ("hold线唔好超過90秒", 90, "second", "within"),
    ("电话响three rings内pick up", 3, "ring", "within"),
    ("最迟三天答复来信人", 3, "day", "within"),
    ("铃响四声之内必须拿起听筒", 4, "ring", "within"),
    ("响过五声才接的要先致歉", 5, "ring", "after"),
    ("铃响不超过2次就应接起", 2, "ring", "within"),
    ("尽量在2-4个铃声内应答", 4, "ring", "within"),
    ("录音至少保留六个月", 6, "month", "at_least"),
    ("登记簿保存三年", 3, "year", "at_least"),
    ("护照复印件的保存期为5年", 5, "year", "at_least"),
    ("每班至少巡视三次", 3, "time", "at_least"),
    ("泳池水质每日检测四次", 4, "time", "every"),
    ("每两小时巡查一次大堂", 2, "hour", "every"),
    ("每季末盘点备品", 1, "quarter", "every"),
    ("每月5日前上交考勤表", 5, "day_of_month", "before"),
    ("于下月12日前寄出对账单", 12, "day_of_month", "before"),
    ("下午4点半前送达", 16.5, "clock", "before"),
    ("上午9:00至晚上8:30开放", 9, "clock", "at"),
    ("晚上十点后不得致电住户", 22, "clock", "after"),
    ("开航前45分钟停止值机", 45, "minute", "before"),
    ("提前十五分钟到岗", 15, "minute", "before"),
    ("自到账之日起十五天内可申请", 15, "day", "within"),
    ("静候8秒再挂断", 8, "second", "at"),
    ("一般4-6天送达", 6, "day", "at"),
    ("一个半小时内派人到场", 1.5, "hour", "within"),
    ("1小时20分钟内恢复供水", 80, "minute", "within"),
    ("半小时内给出方案", 0.5, "hour", "within"),
    ("半年以上未使用的卡", 0.5, "year", "at_least"),
    ("两三天内寄出", 3, "day", "within"),
    ("五(5)个工作日内退款", 5, "day", "within"),
    ("廿日内提出复核", 20, "day", "within"),
    ("三刻钟内完成清洁", 45, "minute", "within"),
    ("投诉必须当日登记", 1, "day", "within"),
    ("周六可着便装", 6, "weekday", "at"),
    ("窗口九时至二十时受理", 9, "clock", "at"),
    ("8点至20点有人值守", 8, "clock", "at"),
    ("星期五八点至十点", 8, "clock", "at"),
    ("补偿次日到账", 1, "day", "within"),
    ("一般留言当日下班前回电", 1, "day", "within"),
    ("须在１０分钟内到场", 10, "minute", "within"),
    ("租约须在第20天12点前续签", 20, "day", "within"),
    ("报名期限是6小时", 6, "hour", "within"),
    ("证件期限:个人7天", 7, "day", "within"),
    ("自发卡之日起30天", 30, "day", "within"),
    ("剩余不满15天", 15, "day", "within"),
    ("复杂的可延至20个工作日", 20, "day", "within"),
    ("延时退房到13:00止", 13, "clock", "before"),
    ("礼券有效期为半年", 0.5, "year", "within"),
    ("换锁后的48小时不得转租", 48, "hour", "within"),
    ("包裹3天未取的自动退回", 3, "day", "after"),
    ("没人接的共拨四次", 4, "time", "at"),
    ("每隔30秒要回来说一声", 30, "second", "every"),
    ("每隔半小时报一次进度", 0.5, "hour", "every"),
    ("24h内给出方案,急件2H", 24, "hour", "within"),
    ("15min内到场", 15, "minute", "within"),
    ("首响30s以内", 30, "second", "within"),
    ("单次等候≤30秒", 30, "second", "within"),
    ("通话≥3分钟", 3, "minute", "at_least"),
    ("等候高于5分钟", 5, "minute", "after"),
    ("夜班放宽到六声", 6, "ring", "within"),
    ("顶多等两分钟就回电", 2, "minute", "within"),
    ("整改限3天", 3, "day", "within"),
    ("转接限两次", 2, "time", "within"),
    ("会员退货期延长到30天", 30, "day", "within"),
    ("等候不可拖过3天", 3, "day", "within"),
    ("以两日为期", 2, "day", "within"),
    ("临期指不到6个月", 6, "month", "within"),
    ("止付时效48小时", 48, "hour", "within"),
    ("最慢90秒要回", 90, "second", "within"),
    ("最快24小时后重发", 24, "hour", "at_least"),
    ("响足30秒无人接的收回", 30, "second", "at_least"),
    ("逾期30天发催缴函", 30, "day", "after"),
    ("逾期七日内免收滞纳金", 7, "day", "within"),
    ("超48小时升级", 48, "hour", "after"),
    ("合同期满30日内结清", 30, "day", "within"),
    ("退款T+1到账", 1, "day", "within"),
    ("货款D+3结算", 3, "day", "within"),
    ("结案后第3天回访", 3, "day", "at"),
    ("闭单后第 2 天回访", 2, "day", "at"),
    ("第八日起收保管费", 8, "day", "at"),
    ("只限星期二受理", 2, "weekday", "at"),
    ("急件 | 2h 内回复", 2, "hour", "within"),
    ("平均响应≤30s，不计夜班", 30, "second", "within"),
    ("放了俩小时以上的餐清掉", 2, "hour", "at_least"),
    ("最迟不过48小时", 48, "hour", "within"),
    ("连续输错达5次即锁卡", 5, "time", "at_least"),
    ("每单只可改一次", 1, "time", "within"),
    ("> 24小时内回复", 24, "hour", "within"),
    ("首页>7天换货说明", 7, "day", "at"),
    ("<td>30分钟</td>", 30, "minute", "at"),
    ("夫妻俩30分钟内到", 30, "minute", "within"),
    ("每月交物业费200元", 1, "month", "every"),
    ("每天检查三块展板", 1, "day", "every"),
    ("次日达：18:00前", 18, "clock", "before"),
    ("電話響三下內接聽", 3, "ring", "within"),
    ("兩個鐘內覆客", 2, "hour", "within"),
    ("十個曆日內覆", 10, "day", "within"),
    ("隔周交一次报表", 2, "week", "every"),
    ("满30分钟后方可挂机", 30, "minute", "at_least"),
    ("30分钟后方可再试", 30, "minute", "after"),
    ("须于到期前7天或之前申请", 7, "day", "before"),
    ("至迟三十日核定", 30, "day", "within"),
    ("回应90秒（上限）", 90, "second", "within"),
    ("每单限申请1次", 1, "time", "within"),
    ("提前仨小时说", 3, "hour", "before"),
    ("Open 0900-1630 hrs", 9, "clock", "at"),
    # Traditional
    ("每次保留以45秒為上限", 45, "second", "within"),
    ("由組長於24小時內致電", 24, "hour", "within"),
    ("應於三個工作天內回覆", 3, "day", "within"),
    ("鈴響三聲內接聽", 3, "ring", "within"),
    ("通話紀錄保存兩年", 2, "year", "at_least"),
    ("每個月最後由主任核對,每週至少兩次抽查", 2, "time", "at_least"),
    ("不得遲於7日通知旅客", 7, "day", "within"),
    ("兩個半鐘頭之內送抵", 2.5, "hour", "within"),
    ("下午三點前補件", 15, "clock", "before"),
    ("退房後一小時內查房", 1, "hour", "within"),
    ("保證金於二十個營業日內退還", 20, "day", "within"),
    ("超過四聲才接要致歉:電話鈴聲超過四聲", 4, "ring", "after"),
    # English
    ("Answer within four rings.", 4, "ring", "within"),
    ("The desk must call back in no more than 45 minutes.", 45, "minute", "within"),
    ("Refunds take 7 to 10 business days.", 10, "day", "at"),
    ("Reply by 5:30 pm.", 17.5, "clock", "before"),
    ("Keep the tapes for at least six months.", 6, "month", "at_least"),
    ("Invoices are kept for ten years.", 10, "year", "at_least"),
    ("Check the pool three times a day.", 3, "time", "every"),
    ("Inspect the lobby every two hours.", 2, "hour", "every"),
    ("Send the roster by the 25th of each month.", 25, "day_of_month", "before"),
    (
        "Callers must not wait for more than 20 seconds; it must not exceed 30 seconds",
        20,
        "second",
        "after",
    ),
    (
        "Half an hour before departure the gate closes, 30 minutes before boarding",
        0.5,
        "hour",
        "before",
    ),
    ("The form is reviewed quarterly.", 1, "quarter", "every"),
    ("Cancel at least 24 hours in advance.", 24, "hour", "at_least"),
    ("Guests may stay up to twenty-one days.", 21, "day", "within"),
    ("Report it the next business day.", 1, "day", "within"),
    ("A supervisor rings within a quarter of an hour.", 15, "minute", "within"),
    ("It takes three quarters of an hour.", 45, "minute", "at"),
    ("Open from 7.30 am to 6 pm.", 7.5, "clock", "at"),
    ("Apply by 31 May.", 31, "day_of_month", "before"),
    ("Ask before the 1st.", 1, "day_of_month", "before"),
    ("Close the ticket within an hour and a half.", 1.5, "hour", "within"),
    ("Reply within one (1) business day.", 1, "day", "within"),
    ("Reply within 30 (thirty) days.", 30, "day", "within"),
    ("Log it by the end of the shift.", 1, "day", "within"),
    ("The rota changes every second week.", 2, "week", "every"),
    ("Hold is capped at 90 seconds.", 90, "second", "within"),
    ("The limit is six rings.", 6, "ring", "within"),
    ("Holding: 30 seconds tops.", 30, "second", "within"),
    ("Calls must not go beyond 3 minutes.", 3, "minute", "within"),
    ("Wait a full 24 hours.", 24, "hour", "at_least"),
    ("Allow 2 full working days.", 2, "day", "at"),
    ("Send it within the hour.", 1, "hour", "within"),
    ("No more than two call attempts.", 2, "time", "within"),
    ("The cut-off is half past two in the afternoon.", 14.5, "clock", "at"),
    ("Do not store it for longer than eighteen (18) months.", 18, "month", "within"),
    ("Updates at intervals not exceeding 20 minutes", 20, "minute", "within"),
    ("Let it ring at least four times.", 4, "ring", "at_least"),
    ("Return after 45 s of holding.", 45, "second", "after"),
    ("补卡:8个工作日", 8, "day", "at"),
    ("急件：两小时内派出", 2, "hour", "within"),
    ("三樓以上:40 分鐘內到", 40, "minute", "within"),
    ("9:30分交班", 9.5, "clock", "at"),
    ("别让门铃响过了还等超过两分钟", 2, "minute", "within"),
    ("不得讓旅客等候逾五分鐘", 5, "minute", "within"),
    ("Never let a guest wait for more than four minutes.", 4, "minute", "within"),
    ("改签须于发车当天下午三点前提出", 15, "clock", "before"),
    ("客房报修2小时上门", 2, "hour", "within"),
    ("每两小时回复住客一次进度", 2, "hour", "every"),
    ("经理每天到场", 1, "day", "every"),
    ("累计4次未到的,取消会籍", 4, "time", "at"),
    ("Try three times, then write.", 3, "time", "at"),
]

NOT_STATED = [
    "日期须连星期一起报给住客",
    "违约金为千分之五，退三分之一",
    "每件商品售价3元,共5个型号",
    "客服热线400-820-5566,内线5号",
    "年满18岁方可入住,有5年以上工作经验者优先",
    "第3章第2节,共9点说明如下",
    "请大声一点,说一声谢谢",
    "一次性付清,一律不退",
    "及时、立即、尽快处理,马上回复",
    "2019年修订的电话礼仪",
    "24小时服务热线",
    "再接再厉,早一点下班,重点是态度",
    "整理前一天的工作",
    "Respond promptly and as soon as possible.",
    "Rooms cost 80 dollars and sleep 3 guests.",
    "Call our 24-hour hotline.",
    "Section 4.2, page 12",
    "Nobody over 16 may sit there",
    "当日完成的工单由组长抽查",
    "先生一声不吭",
    "天津分公司, 日常工作, 年度总结",
    "Under-5s and over-65s travel free; open P1s first",
    "仓库5S管理制度",
    "每超1天赠送一次",
    "停车每小时六十元, 押金每晚120元",
    "须有三年以上百货业经验",
    "超过的按旷工半天计",
    "型号为QM-24H",
    "Warn him a second time; may I put you on hold for a minute?",
    "24h服务热线",
    "The rota changes every second Friday.",
]

LOST = [
    ("主管在 分钟内到场", "minute", "within"),
    ("回执保存期 年。", "year", "at_least"),
    ("早上 点前开门", "clock", "before"),
    ("早上点前开门", "clock", "before"),
    ("提前 小时通知", "hour", "before"),
    ("超过 天未取的包裹", "day", "after"),
    ("会在XX小时之内回电", "hour", "within"),
    ("每月 日前报送", "day", "before"),
    ("應於 個工作日內回覆", "day", "within"),
    ("请于____天内补齐", "day", "within"),
    ("Reply within __ hours.", "hour", "within"),
    ("Close the case within [X] working days", "day", "within"),
    ("The desk opens at   am", "clock", "at"),
]


@pytest.mark.parametrize(("text", "value", "unit", "comparator"), STATED)
def test_reads_value_unit_and_comparator(text, value, unit, comparator):
    """The first deadline of a sentence has the value, unit and comparator of its words."""
    first = find_deadlines(text)[0] if "每週" not in text else find_deadlines(text)[-1]
    assert (first.value, first.unit, first.comparator) == (value, unit, comparator)
    assert not first.value_missing


@pytest.mark.parametrize("text", NOT_STATED)
def test_finds_no_deadline_in_other_numbers_and_vague_words(text):
    """Prices, ages, numbers of sections and vague words are no deadlines."""
    assert find_deadlines(text) == ()


@pytest.mark.parametrize(("text", "unit", "comparator"), LOST)
def test_a_lost_number_stays_lost(text, unit, comparator):
    """A unit with its bound and no amount has neither value nor ISO form."""
    (deadline,) = find_deadlines(text)
    assert deadline.value_missing
    assert (deadline.value, deadline.iso8601) == (None, None)
    assert (deadline.unit, deadline.comparator) == (unit, comparator)


def test_a_marked_place_is_missing_even_where_digits_are_left():
    """A number that the cleaning marked as damaged is not trusted."""
    text = "须在3>天内回复,逾期2天上报"
    (lost, stated) = find_deadlines("须在3天内回复,逾期2天上报", [Span(2, 4)])
    assert lost.value is None
    assert lost.value_missing
    assert stated.value == 2
    assert all(not deadline.value_missing for deadline in find_deadlines(text[5:]))


@pytest.mark.parametrize(
    ("text", "iso8601"),
    [
        ("半小时内", "PT30M"),
        ("5天内", "P5D"),
        ("一个季度内", "P3M"),
        ("1.5小时内", "PT1H30M"),
        ("半年内", "P6M"),
        ("两周内", "P2W"),
        ("下午5点前", "T17:00"),
        ("下晝5:30前交", "T17:30"),
        ("朝早9點半前", "T09:30"),
        ("8:00-13:30", "T08:00/T13:30"),
        ("八点至十七点三十分受理", "T08:00/T17:30"),
        ("三声内接听", None),
    ],
)
def test_gives_the_iso_form_where_there_is_one(text, iso8601):
    """Durations and clock times have an ISO 8601 form, rings have none."""
    assert find_deadlines(text)[0].iso8601 == iso8601


@pytest.mark.parametrize(
    ("text", "recurrence", "business"),
    [
        ("每个工作日上午9点开门", "R/P1D", True),
        ("每季度末盘点", "R/P3M", False),
        ("每年至少演练两次", "R/P1Y", False),
        ("工作日的8:30至17:30", "R/P1D", True),
        ("Clean it every two weeks.", "R/P2W", False),
        ("3个工作日内", None, True),
    ],
)
def test_tells_what_recurs_and_what_counts_working_days(text, recurrence, business):
    """A recurrence is an ISO 8601 repeating interval."""
    first = find_deadlines(text)[0]
    assert (first.recurrence, first.business_days) == (recurrence, business)


@pytest.mark.parametrize(
    ("text", "actor", "trigger"),
    [
        ("值班经理应在接到报警后5分钟内到场", "值班经理", "接到报警后"),
        ("要求维修部门在两天内修复", "维修部门", None),
        ("每月3日前由财务部寄出", "财务部", None),
        ("电话铃响三声内接听", None, "电话铃响"),
        ("自签约之日起10天内可以反悔", None, "签约之日起"),
        (
            "The duty manager must reply within 2 hours of the complaint.",
            "duty manager",
            "the complaint",
        ),
        (
            "After receiving the form, staff should call within a day",
            "staff",
            "After receiving the form",
        ),
    ],
)
def test_names_who_acts_and_what_starts_the_clock(text, actor, trigger):
    """The role before the limit acts; the event before it starts the clock."""
    first = find_deadlines(text)[0]
    assert (first.actor, first.trigger) == (actor, trigger)


CHARACTERS = "在于3三十两半个天声铃内前后每月日点:,。()“”x_-至?年次第 \n"
TOKENS = [
    "工作日",
    "小时",
    "分钟",
    "之内",
    "上午",
    "下午",
    "30",
    "客服",
    "须",
    "应",
    "保存",
    "不超过",
]
TOKENS += ["within ", "two ", "hours ", "by ", "pm ", "every ", "at least ", "以上"]
WORDS = st.sampled_from([*CHARACTERS, *TOKENS])


@settings(deadline=None, max_examples=150)
@given(st.lists(WORDS, max_size=40).map("".join) | st.text(max_size=80))
def test_every_quote_is_its_slice(text):
    """Spans lie in the text, quotes are what they cover, values and losses exclude each other."""
    found = find_deadlines(text)
    for deadline in found:
        assert 0 <= deadline.span.start < deadline.span.end <= len(text)
        assert deadline.span.of(text) == deadline.quote
        assert deadline.value_missing == (deadline.value is None)
    assert found == find_deadlines(text)


@pytest.mark.parametrize(
    "unit",
    [
        "在",
        "每",
        "三",
        "1",
        " ",
        "半",
        "x",
        "上午",
        "前",
        "every ",
        "一个",
        "(",
        "“",
        "后",
        "12:30-",
    ],
)
def test_time_grows_with_the_text(unit):
    """No pattern runs away on long repetitions."""
    started = time.perf_counter()
    find_deadlines(unit * 5_000)
    assert time.perf_counter() - started < 5


def test_days_before_something_are_a_date_where_the_sentence_tells_of_months():
    """每月…二十五日前 is the 25th; 提前二十五日 is a number of days."""
    date = find_deadlines("账单每月三日发出，二十五日前付款。")[-1]
    assert (date.value, date.unit, date.comparator) == (25, "day_of_month", "before")
    days = find_deadlines("每月结账，解约须提前二十五日提出。")[-1]
    assert (days.value, days.unit) == (25, "day")


def test_a_bound_may_stand_before_the_verb():
    """最多派送三次 is a limit of three times."""
    (found,) = find_deadlines("同一快件最多派送三次。")
    assert (found.value, found.unit, found.comparator) == (3, "time", "within")


def test_what_is_kept_for_years_after_something_is_kept_at_least_so_long():
    """The "after" tells when the years begin."""
    (found,) = find_deadlines("Files are kept for seven years after closure.")
    assert (found.value, found.unit, found.comparator) == (7, "year", "at_least")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("每周二、周五清运。", [(2, "R/P1W"), (5, "R/P1W")]),
        ("周一、每周五送水。", [(1, None), (5, "R/P1W")]),
        ("周一、三休息。", [(1, None)]),
        ("每周五盘点。", [(5, "R/P1W")]),
        ("每周一、二次回访。", []),
        ("每周三小时培训。", []),
    ],
)
def test_days_of_every_week_are_days_and_come_back(text, days):
    """And what is counted in a week is no day of it."""
    found = [each for each in find_deadlines(text) if each.unit == "weekday"]
    assert [(each.value, each.recurrence) for each in found] == days


def test_days_listed_behind_one_of_the_month_are_of_the_month_as_well():
    """每月1日、15日: fifteen is no number of days."""
    found = find_deadlines("每月1日、15日对账")
    assert [(each.value, each.unit) for each in found] == [
        (1, "day_of_month"),
        (15, "day_of_month"),
    ]
    assert {each.recurrence for each in found} == {"R/P1M"}


def test_what_stands_beside_a_limit_within_is_within_too():
    """Unless it is another thing: how long somebody is barred."""
    told = find_deadlines("一般投诉5天内答复,重大投诉3天。三天内失约,停约30天。")
    assert [(d.value, d.comparator) for d in told] == [
        (5, "within"),
        (3, "within"),
        (3, "within"),
        (30, "at"),
    ]


def test_an_ending_sentence_parts_what_comes_again_from_a_limit():
    """Neither becomes the other's."""
    told = find_deadlines("Return every 45 seconds. Four minutes is the most.")
    assert [(d.value, d.unit, d.comparator) for d in told] == [
        (45, "second", "every"),
        (4, "minute", "within"),
    ]


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("借书可续借两次。", (2, "time", "within")),
        ("文件两小时一巡。", (2, "hour", "every")),
        ("个半钟有得攞。", (1.5, "hour", "at")),
        ("退租通知期:一个月。", (1, "month", "at")),
        ("一般咨询 | 1个工作日 | 电话", (1, "day", "at")),
        ("Kept for a minimum period of five years.", (5, "year", "at_least")),
        ("Hold: 90 sec cap.", (90, "second", "within")),
        ("Blocked after 3 wrong attempts.", (3, "time", "after")),
        ("Test it once in 7 days.", (7, "day", "every")),
        ("Redelivery on any of the next 10 days.", (10, "day", "at")),
        ("Pause for 5 seconds before answering.", (5, "second", "at")),
        ("Nobody lets it go past its sixth ring.", (6, "ring", "after")),
        ("It may be moved once only.", (1, "time", "within")),
        ("Hold it 3 mths.", (3, "month", "at")),
    ],
)
def test_limits_in_wordings_that_others_used(text, limit):
    """As lines of other writers told them."""
    assert [(d.value, d.unit, d.comparator) for d in find_deadlines(text)] == [limit]


@pytest.mark.parametrize(
    "text",
    [
        "下一个工作日再办。",
        "A2.1 Hold limits apply.",
        "款项可分两次付。",
        "尽可能一次讲清。",
        "Two chats at once.",
    ],
)
def test_what_only_looks_like_a_limit_is_none(text):
    """The next working day, the number of an item, so many parts."""
    assert find_deadlines(text) == ()


def test_the_number_of_an_item_is_none_of_its_limit():
    """Where items come before or behind it; alone at the beginning of a line it may be."""
    told = find_deadlines("1.先登记\n2.10分钟内填单\n3.报组长")
    assert [(d.value, d.quote) for d in told] == [(10, "10分钟内")]
    assert find_deadlines("2.5小时内到场")[0].value == 2.5


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("旅客遗失随身物品的，四小时内回电。", None),
        ("调度员接到住户投诉的，一小时内到场。", "调度员"),
        ("租户提出续约的申请，须在五天内答复。", None),
        ("住户对账单有异议的，应在十日内提出。", "住户"),
        ("乘客走失的，由站务员在半小时内广播。", "站务员"),
    ],
)
def test_a_customer_does_not_act_in_the_case_that_a_rule_is_for(text, actor):
    """Unless the rule goes on with what the customer must or may do."""
    assert find_deadlines(text)[0].actor == actor


@pytest.mark.parametrize(
    "text",
    [
        "发现漏水后二十分钟内报值班主任。",
        "超过三百元的，两天内转财务部。",
        "每周四交档案室主管。",
        "开机前一小时致电领班。",
        "十五分钟后仍未到的，接通值班组长。",
    ],
)
def test_who_is_told_or_given_something_does_not_act(text):
    """报, 转, 交 and 致电 are not part of a role's name."""
    assert find_deadlines(text)[0].actor is None


def test_a_role_whose_name_begins_so_acts() -> None:
    """报, 引导 and 交 stand in other words as well."""
    for role in ("接报员工", "引导员", "交通部门"):
        assert find_deadlines(f"{role}须在十分钟内到场。")[0].actor == role


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("If the tenant is away for longer than three days, leave a card.", None),
        ("Keys are handed to the front desk and are kept for 30 days.", None),
        ("No driver may wait longer than ten minutes.", None),
        (
            "Once the buyer has paid, the seller and our courier must call within an hour.",
            "courier",
        ),
        ("A member of staff must answer within ten minutes.", "staff"),
        ("Knock first, and the supervisor must follow within one day.", "supervisor"),
    ],
)
def test_an_english_role_acts_where_the_rule_is_its_own(text, actor):
    """Not in a condition, nor behind a preposition; its name has no small words before it."""
    assert find_deadlines(text)[0].actor == actor


def test_a_date_is_quoted_with_its_month() -> None:
    """And with its year where that stands before it."""
    for text in ("2026年12月31日前", "十二月三十一日前", "12月31日前"):
        (deadline,) = find_deadlines(f"申请须在{text}提交")
        assert (deadline.quote.removeprefix("在"), deadline.value) == (text, 31)
