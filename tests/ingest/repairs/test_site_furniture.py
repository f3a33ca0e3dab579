"""What sites say goes, what manuals say stays."""

import pytest

from ingest.repairs.site_furniture import given, notices
from kb.records import Span
from tests.ingest.repairs.drafts import draft, repaired

BEFORE, AFTER = "接到来电应先问好。\n", "\n通话结束后轻放电话。"


@pytest.mark.parametrize(
    "notice",
    [
        "1、本站文档均由网友上传,仅供学习交流。\n2、下载文档后不支持退款。\n3、客服时间:8:30-17:30。",
        "声明:本文内容由互联网用户自行上传,本网站不拥有所有权。如发现涉嫌版权的内容,请发邮件举报。",
        "该文档为VIP文档,开通VIP会员后可免费下载。",
        "还剩 7 页未读,继续阅读",
        "版权声明:本文档由用户提供并上传,若内容存在侵权,请进行举报或认领",
        "以上就是小编为大家整理的接待话术,希望能够帮助到大家!",
        "浏览量:2,345",
        "小小鱼 + 关注\n实名认证",
        "精品文档 欢迎下载",
        "Copyright © 2015-2023 www.example.com All Rights Reserved",
        "Sign up to download the full document",
    ],
)
def test_a_notice_between_two_sentences_goes_alone(notice):
    assert repaired(notices, BEFORE + notice + AFTER) == (BEFORE + AFTER.lstrip())


@pytest.mark.parametrize(
    "text",
    [
        "客户VIP等级分为金卡和银卡,成为VIP客户后可享受免费送货。",
        "请客户先下载本店APP,登录后查看订单。",
        "接到侵权投诉后,客服应在24小时内联系卖家下架商品。",
        "本手册版权归公司所有,未经许可不得复制。",
        "服务热线:400-000-0000(工作时间:9:00-18:00)。",
        "客服将通话记录上传至知识库文档,供同事下载查阅。",
        "会员注册后7天内可申请退款,积分和下载券作废。",
        "相关文件\n《客户投诉管理程序》",
        "本店铺支持7天无理由退换货,如有侵犯您的权益,请联系客服处理。",
        "客服代表要自行鉴别客户提供的证件是否真实完整。",
        "Copyright notices must be read to the caller before recording starts.",
    ],
)
def test_a_manual_may_speak_of_the_same_things(text):
    assert repaired(notices, text) == text


def test_content_on_the_line_of_a_notice_survives():
    line = "来电须在三声内接听。下载本文档后请自行辨别内容真伪,客服电话:400-000-0000。记录要完整。"
    assert repaired(notices, line) == "来电须在三声内接听。记录要完整。"


def test_teasers_at_the_end_go_with_their_heading():
    teasers = "相关文章\n• 前台岗位职责\n• 前台接待管理制度 第一章 总则 一.目的 为了规范 ...\n"
    assert repaired(notices, BEFORE + teasers).strip() == BEFORE.strip()


def test_content_after_related_titles_survives():
    text = "相关阅读\n• 酒店礼仪大全\n客人退房时,前台应当核对消费,并且请客人在账单上签字。"
    assert repaired(notices, text) == text.split("\n")[-1]


def test_what_an_editor_left_in_goes_and_the_table_behind_it_stays():
    assert (
        repaired(notices, "以下内容可以删除 应该说 不应该说 您好 喂") == "应该说 不应该说 您好 喂"
    )


def test_a_title_loses_what_the_site_added():
    assert repaired(notices, "前台接待规范.docxVIP\n问好") == "前台接待规范\n问好"


def test_what_the_format_calls_furniture_is_dropped():
    start = draft("导航 首页\n来电须记录。", furniture=(Span(0, 6),))
    assert start.revise(given(start)).text == "来电须记录。"
