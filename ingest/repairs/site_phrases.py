"""What sharing sites say, and manuals do not.

All patterns are for folded text: Simplified, half width, lower case. They name the ways such
sites speak (a document that was uploaded, its preview, its download, their liability, their
editors), not single sites; a manual that speaks of downloads, members, copyright or hotlines in
its own matter does not talk of "this document" and "uploading" in one breath.
"""

import re

_DOCUMENT = "(?:文档|文章|范文|作品|稿件|资源|课件|论文|图文)"
_PEOPLE = "(?:用户|网友|会员|合作方|店铺|小编|作者|贡献者|上传者|编辑|网络|互联网)"
_SITE = (
    "(?:本站|本网站|本网|本店铺|本文库|网站|平台|[\u4e00-\u9fff]{1,5}(?:文库|范文网|文档网|"
    "资料网|论文网|网校))"
)

_NOTICES = (
    # who put the document there, and whose it is
    rf"(?:本|该|此|所有|本站|vip){_DOCUMENT}(?:内容)?[^。]{{0,6}}(?:由|为|是|系|来自|来源于)"
    rf".{{0,10}}{_PEOPLE}.{{0,12}}(?:上传|分享|提供|贡献|创建|收集|整理|编制|编写|创作|自发|"
    rf"所有|发布)",
    r"(?:本文|此文|内容)(?:由|来自).{0,8}(?:会员|用户|网友).{0,4}(?:分享|上传|发布)",
    rf"(?:本|该|此){_DOCUMENT}(?:是|为|由)?(?:本|我)(?:店铺|站|网)|本{_DOCUMENT}格式",
    rf"{_DOCUMENT}.{{0,10}}(?:所得收入|归上传|贡献者给予|的?原作者,|认领)",
    rf"{_SITE}(?:.{{0,20}}(?:均|都|为|是|系)由?.{{0,8}}{_PEOPLE}上传|.{{0,40}}上传的?{_DOCUMENT}|"
    rf".{{0,40}}{_DOCUMENT}.{{0,10}}(?:完整性|版权|真实性)|"
    rf".{{0,20}}(?:不拥有所有权|信息存储空间|不予受理|自行承担风险|涉嫌侵权|侵权内容|水印)|"
    rf"(?:所有)?{_DOCUMENT}(?:均|都|一经|如|不|仅|为)|所有资源)",
    r"站点.{0,20}(?:不拥有所有权|信息存储空间|不予受理|自行承担风险|涉嫌侵权|侵权内容|水印)",
    rf"{_PEOPLE}.{{0,6}}(?:自发|自行)(?:贡献|上传).{{0,20}}{_SITE}",
    # rights and complaints
    rf"(?:如|若|如果|倘|假如|一旦).{{0,8}}{_DOCUMENT}.{{0,16}}侵(?:权|犯).{{0,60}}(?:联系|举报|"
    rf"申诉|删除|反馈)",
    r"侵犯?(?:权|了?您的.{0,6}权).{0,6}请.{0,6}(?:联系|告知)(?:我们|本站|小编|网站|作者|管理员)?"
    r".{0,8}(?:删除|下架|纠正)",
    r"下载(?:文件|资源|内容)中?.{0,6}侵(?:权|犯)|下载资源的",
    r"(?:发现|认为).{0,16}(?:侵犯?.{0,6}版权|涉嫌版权).{0,60}(?:联系|举报|邮件|删除)",
    r"(?:若存在|内容存在|若内容存在|存在)侵权.{0,10}(?:举报|认领)|点此(?:举报|认领)|包含非法信息",
    rf"(?:版权|著作权)(?:归|属于?).{{0,12}}(?:原作者|上传者|{_SITE}).{{0,4}}所有",
    r"转载.{0,8}注明(?:出处|来源)",
    rf"(?:自行|注意)(?:甄别|鉴别|辨别).{{0,12}}{_DOCUMENT}|{_DOCUMENT}.{{0,16}}自行(?:甄别|鉴别|"
    rf"辨别)",
    # preview, download, payment
    rf"下载(?:本|该|此)?{_DOCUMENT}(?:前|后|时|到|须知|需要|需|提示|说明|即|将|请|,)",
    rf"{_DOCUMENT}下载(?:后|前|即|须知|说明|权益|次数|可|提示|量)",
    r"下载(?:提示|须知)[:：]|需要?\d+个?(?:金币|积分|下载券)|下载权益|下载特权|欢迎下载|浏览后下载",
    r"(?:部分|在线|完整|免费)预览.{0,12}(?:文档|部分|全文)|预览.{0,6}文档|可复制、编制",
    r"还剩\s*\d+\s*页|剩余\s*\d+\s*页|未读,?继续阅读|(?:展开|阅读|查看)(?:剩余|全文)",
    r"vip(?:会员|用户)?(?:专享|精品|免费|付费)?文档|文档.{0,8}vip|vip.{0,24}下载(?:权益|次数|券|"
    r"特权|本?文档|后)",
    r"(?:成为|开通|加入)vip.{0,30}(?:免费下载|下载|权益包括|特权)",
    r"\d+(?:亿|万)\+?(?:份|篇)?(?:vip|精品|优质|海量)*文档",
    r"(?:word|docx?|pdf|ppt|文档|资料)(?:版|格式)?.{0,6}可(?:自由|任意|直接|二次)?编辑|可编辑版",
    r"精品文档|精选优质文档|倾情为[您你]奉上|最新最全的.{0,6}(?:论文|范文|文档)|论文 期刊文献",
    r"(?:关注|扫码|加微信|回复).{0,16}(?:领取|获取|免费领).{0,8}(?:完整版|资料|模板|文档)",
    # editors and what they left in
    r"小编.{0,12}(?:整理|收集|搜集|带来|分享|介绍|推荐|准备|为(?:大家|您|你)|给(?:大家|您|你)|"
    r"精心|就)",
    r"(?:由|是|跟着?|随|请看|本站|网)[^,。]{0,6}小编",
    r"[\u4e00-\u9fff]{1,6}网(?:站)?(?:今天|今日|现在|特|就)(?:给|为|跟|与)(?:大家|您|你)",
    r"(?:下面|以下|下文|接下来|本文).{0,24}(?:整理|收集|搜集|准备|带来|分享)(?:的|了|出)?.{0,60}"
    r"(?:希望|仅供|盼望|供大家|欢迎|看看|帮到|借鉴)",
    r"(?:为|给)大家(?:整理|收集|搜集|分享|带来)(?:了|的).{0,60}(?:希望|盼望|欢迎|仅供|看看|"
    r"帮到|借鉴)",
    r"(?:各种|各类|经典|精选|优秀|不同).{0,6}范文|范文(?:大全|中心|参考|格式|写法|网)|(?:范文|"
    r"文库|论文|作文)[^,。]{0,4}版权所有",
    r"相关(?:资讯|信息|内容|资料)?(?:的)?(?:内容)?(?:是|使用的?).{0,30}(?:越来越|经常|常常|遇到|"
    r"苦恼|频率)",
    r"(?:那么|到底)?.{0,4}(?:拟定|撰写|写|制定|拟).{0,30}(?:真的很难吗|苦恼|发愁|烦恼|怎么写才|"
    r"无从下手)",
    r"^(?:提供|供应|分享)[^,。]{2,16}相关(?:信息|资讯|知识|内容|资料)[。!]?$",
    r"(?:想|要)了解(?:更多|不同).{0,24}(?:敬请|请|欢迎)(?:关注|访问|点击)|更多.{0,6}(?:范文|"
    r"文章|文档|资讯).{0,16}(?:点击|关注|访问|搜索|登录)",
    r"(?:此文|本文|文章).{0,24}(?:朋友圈|转发|收藏本|分享给)|朋友圈.{0,10}(?:此文|本文|文章)|"
    r"查看更多.{0,8}文档",
    r"更多相关.{0,40}(?:搜索|查找|点击)|更多.{0,16}请(?:在|上|到).{0,16}搜索",
    # the same in English
    r"download tips|after (?:you )?download(?:ing)?(?: it)?\b|this document (?:is|"
    r"was) (?:carefully|specially) "
    r"(?:compiled|prepared|edited)|(?:our|this) (?:store|shop|site|"
    r"website) provides .{0,60}(?:sample|texts?|documents?|templates)",
    r"(?:upload(?:ed)?|shared) by (?:a )?(?:user|member)|this (?:document|article) (?:was|"
    r"is) uploaded",
    r"(?:sign up|sign in|log ?in|register|subscribe) (?:now )?(?:to|and|for) .{0,30}(?:download|"
    r"unlock|full (?:document|text|article)|newsletter)",
    r"(?:we use|this (?:web)?site uses) cookies (?:to|and|for)|(?:infringe|"
    r"copyright infringement).{0,80}(?:contact|report|remove)",
)

_NOTICE_LINES = (
    r"收藏(?:并)?下载.{0,8}|(?:文档|所属|文章)分类[:：].*|格式[:：]\s*\w{2,5}\s+(?:大小|"
    r"页数)[:：].*",
    r"\d+/\d+\s*下载.{0,4}|分享于\s*\d.*|(?:该|此)?用户还?(?:没有|未填写)简介|推荐(?:访问|"
    r"标签)[:：].*",
    r"打开app.{0,10}|您的位置[:：].*|现在位置[:：].*",
    r"(?:点击)?查看更多|展开(?:全文|更多|全部)|(?:阅读|浏览)全文|合集下载|(?:立即|免费|点击|"
    r"马上)下载(?:文档|全文|本文)?",
    r"下载(?:文档|全文|本文|原文)?\s*\d+|收藏(?:本文|本站|本页)|分享(?:到|至)[:：]?.*|加入收藏|"
    r"设为首页|返回顶部",
    r"最新(?:文档|文章|范文)|(?:文档|网友|全部|最新|发表|我要|暂无|写|"
    r"用户)评论\s*(?:\(?\d+\)?条?)?",
    r".{1,30}\s*\+\s*关注|实名认证|文档(?:贡献者|信息|介绍|标签|纠错|热度|评分)|(?:该|此|"
    r"这个)(?:用户|作者|人)很懒.*",
    r"(?:文档|资源|文章)(?:大小|格式|页数|编号|类型|id|星级|评分|上传者?)[:：].*|上传(?:者|人|"
    r"时间|日期|用户)[:：]?.{0,30}",
    r"(?:阅读|浏览|点击|下载|收藏|评论|人气)(?:量|数|次数)[:：]?\s*\d[\d,.]*\s*[万次]*",
    r"来源[:：]\s*(?:网络|互联网|转载|本站).*|作者[:：]\s*(?:佚名|网络|小编|admin|管理员|未知)|"
    r"责任?编辑[:：].{1,10}",
    r"字(?:体|号)[:：]\s*[大中小\s]+.*|当前位置[:：].*|(?:首页|主页)\s*[>»›].*|(?:热门|"
    r"相关)?标签[:：].*",
    r"(?:©|\(c\)|copyright).{0,80}(?:icp|网|中心|文库|联系我们|webmaster|all rights reserved|"
    r"\.com|\.cn).*",
    r".{0,30}icp备\s*\d+号.*|.{0,10}公网安备.*|(?:关于我们|联系我们|免责声明|网站地图|帮助中心|"
    r"意见反馈|隐私政策)(?:[\s|·-]+\S{2,6}){2,}",
    r"(?:[上下]一篇)[:：].*|(?:微信)?扫(?:一扫|描二维码|码).{0,16}",
    r"(?:share|tweet|pin it|print|back to top|skip to (?:main )?content|advertisement|read more|"
    r"continue reading)",
    r"(?:share|follow) (?:this|us|on|via)\b.{0,60}|(?:download|print) (?:this )?(?:document|pdf|"
    r"page|article)\.?",
    r"(?:\d[\d,.]* (?:comments?|views|downloads|shares|likes)[\s|·]*)+|leave a (?:comment|"
    r"reply)\.?|uploaded (?:by|on)\b.{0,60}",
    r"(?:terms of (?:use|service)|privacy policy|cookie policy|sitemap|contact us)(?:\s*[|"
    r"·-]\s*[^|·]{2,30})+",
    r"was this (?:article|page|document) helpful.{0,30}|(?:previous|next) (?:article|post|"
    r"document)\b.{0,80}",
)

_WIDGETS = (
    r"下载|上传|收藏|分享|点赞|举报|打印|登录|注册|评论|关注|转发|搜索|首页|导航|投诉|纠错|认领|"
    r"反馈|购买|"
    r"(?:\d+\s*)?(?:人|次)?(?:阅读|浏览|下载|收藏|评论|点赞)\s*\d*|\d+(?:\.\d+)?\s*(?:kb|mb|分|"
    r"页|积分|金币)|"
    r"\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?(?:\s*\d{1,2}:\d{2})?|(?:发布)?时间[:：].{0,30}|(?:编辑|"
    r"作者|来源)[:：].{0,16}|"
    r"上一页|下一页|vip|会员|贡献者|用户|认证|格式[:：].{0,8}|页数[:：].{0,8}|大小[:：].{0,10}"
)

_RELATED = (
    r"(?:相关|推荐|热门|最新|精彩|更多|同类)(?:文章|文档|阅读|推荐|资讯|范文|搜索|主题|帖子|"
    r"热门)|(?:猜你|您?你?可能)(?:还)?"
    r"(?:喜欢|想看|感兴趣|关注).{0,8}|(?:大家都|别人|网友)(?:还)?在看|为(?:您|你)推荐|延伸阅读|"
    r"(?:热门|精品)推荐|"
    r"(?:related|recommended|popular|similar|more) (?:articles?|documents?|posts?|reading|"
    r"stories|content|links)|"
    r"you (?:may|might) also like|people also (?:read|viewed)"
)

_HINT = (
    r"侵(?:权|犯)|(?:下载|付费|充值|会员|退款|积分|vip)|(?:转载|复制|版权|著作权|免责|举报)|"
    r"(?:仅供|学习|研究|参考)|(?:本站|网站|平台|上传|文档)"
)

_CONTACT = (
    r"(?:电话|热线|手机|qq|微信|传真)\S{0,6}[:：]?\s*[\d(+][\d() -]{4,}|"
    r"\d{1,2}[:：]\d{2}\s*[-–—~至到]\s*\d{1,2}[:：]\d{2}|"
    r"\d{3,4}-\d{3,4}-?\d{3,4}|[\w.]+@[\w.]+|联系我们|联系客服|如有疑问"
)

_PREAMBLE = (
    r"(?:^|,)(?:那么)?(?:你们|您|你|大家)(?:都)?知道.{0,40}[?]|(?:^|,)(?:那么|究竟|"
    r"到底).{0,40}(?:呢|吗|什么|怎么)\S{0,6}[?]"
)

_LEFTOVER = (
    r"^\s*[(【]?(?:以下|此处|上面|以上)(?:内容|部分|文字|全部)?(?:可以?|均可)(?:删除|删掉|"
    r"不看)[)】。,;]?\s*|"
    r"^\s*篇\d{1,2}:(?P<title>[^\s,。:]{3,40}?)(?=(?P=title))|"
    r"[(【](?:www\.)?[a-z0-9][a-z0-9-]*\.(?:com|cn|net|org)(?:\.cn)?[,.]?[)】](?=小编)"
)

_CODE = (
    r"(?:[a-z]+ )?(?:standardization|document|company|system|office|group)[a-z ]{0,40}\s*"
    r"[【\[(#](?=[^】\])#\n]*\d)(?:[a-z0-9 ]{1,16}-\s?){2,}[a-z0-9 ]{1,16}[】\])#]|"
    r"(?:标准化管理处|集团标准化|文件)?(?:编码|编号)[【\[(#](?:[a-z0-9]{2,12}-){2,}[a-z0-9]"
    r"{2,12}[】\])#]"
)

_SUFFIX = r"(?<=\S)\.(?:docx?|pdf|pptx?|xlsx?|wps|txt)\s*(?:vip)?\s*$|(?<=[\u4e00-\u9fff)])vip\s*$"

NOTICE = re.compile("|".join(f"(?:{pattern})" for pattern in _NOTICES))
"""In a sentence that a site says about the document, or an editor about his page."""

NOTICE_LINE = re.compile("|".join(f"(?:{pattern})" for pattern in _NOTICE_LINES))
"""The whole of a line that is a button, a counter or a caption of a site."""

WIDGET = re.compile(_WIDGETS)
"""The whole of a short line that is one among such lines, and may be a heading elsewhere."""

RELATED = re.compile(rf"(?:{_RELATED})\s*[:：]?")
"""The whole of a line over a list of other documents."""

HINT = re.compile(_HINT)
"""In a sentence that is a site's where its neighbours are, and may be a manual's elsewhere."""

CONTACT = re.compile(_CONTACT)
"""In a sentence that gives a telephone number, hours or an address."""

PREAMBLE = re.compile(_PREAMBLE)
"""In a question that leads up to such a sentence."""

LEFTOVER = re.compile(_LEFTOVER)
"""What an editor left in a line of content; what stands around it is kept."""

CODE = re.compile(_CODE)
"""A made-up document number of a template."""

FILE_SUFFIX = re.compile(_SUFFIX)
"""What a site adds to a title at its end."""
