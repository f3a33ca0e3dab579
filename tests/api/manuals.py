"""A few small manuals with what the API has to carry: scripts, deadlines, edits, damage, markup."""

from pathlib import Path

HOTEL = """前台服务手册

第一章 电话

1.1 电话铃响三声之内必须接听。

1.2 客人等候过久时，不要说：“您等着吧。”应该说：“非常抱歉让您久等了，我马上为您查询。”

第二章 投诉

2.1 接到客人投诉后，值班经理须在3个工作日内答复。

2.2 遗失物品登记后交保安部，保存期 年，期满上交。
"""

SHOP = """網店客服培訓(xùn)守則

一、退貨

顧客簽收後七天內可以無條件退貨(huò)，郵費由顧客承擔(dān)。

二、服務(wù)

回覆顧客時(shí)，先稱呼姓氏，再說明處理的進度。
"""

BANK = """信用卡热线手册

一、挂失

持卡人来电挂失，须先核对身份证号码后四位，再立即冻结卡片。
"""

COURIER = """<!doctype html><html><head><meta charset="utf-8"><title>Courier handbook</title></head>
<body><script>document.title = "owned"</script><main><h1>Courier handbook</h1>
<h2>Lost parcels</h2><p onclick="alert(1)">A lost parcel is refunded within ten days to the
card that paid for it. Never promise &lt;b&gt;express&lt;/b&gt; delivery.</p></main></body></html>
"""


def write(folder: Path) -> Path:
    """Write the manuals into `folder`, each in its own encoding or format."""
    folder.mkdir(parents=True)
    (folder / "hotel.txt").write_text(HOTEL, "utf8")
    (folder / "shop.txt").write_text(SHOP, "utf8")
    (folder / "bank.txt").write_text(BANK, "gb18030")
    (folder / "courier.html").write_text(COURIER, "utf8")
    return folder
