import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers.encoding import decode
from kb.errors import CorruptSource

HANS = (
    "客人来电应当在铃响三声之内接听。",
    "退房手续须于五分钟内办理完毕，",
    "遗失房卡的，由前台领班补办；",
    "“很抱歉让您久等了！”",
    "投诉记录保存两年，",
    "龙胆泻肝丸不予退换。",
    "分机：8001（夜间转总机）\r\n",
    "VIP 客户优先，",
)
HANT = (
    "顧客的來訊應在兩分鐘內回覆。",
    "退貨須於七天內申請，",
    "商品須保持完整，附件與發票齊全；",
    "「我馬上為您處理。」",
    "訪客車輛停放不得超過兩小時。",
    "鑰匙借出須登記，",
    "分機：8001\r\n",
    "SOP 第 3 條：",
)
ENCODINGS = [
    ("gb18030", HANS),
    ("gb18030", HANT),
    ("big5hkscs", HANT),
    ("utf-8", HANS),
    ("utf-8", HANT),
    ("utf-16-le", HANS),
    ("utf-16-be", HANT),
]
PROPERTY = settings(deadline=None, max_examples=60)


def texts(sentences: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Some of the sentences, in any order."""
    return st.lists(st.sampled_from(sentences), min_size=3, max_size=12).map("".join)


@pytest.mark.parametrize(("encoding", "sentences"), ENCODINGS)
@given(data=st.data())
@PROPERTY
def test_chinese_text_comes_back_from_every_encoding(encoding, sentences, data):
    """Text of thirty characters and more is decoded as what it was encoded in."""
    text = data.draw(texts(sentences).filter(lambda text: len(text) >= 30))
    found = decode(text.encode(encoding), name="a.txt")
    assert (found.text, found.encoding, found.notes) == (text, encoding, ())
    assert found.certainty > 0.99


@pytest.mark.parametrize(("encoding", "sentences"), ENCODINGS)
@given(data=st.data())
@PROPERTY
def test_one_damaged_byte_does_not_change_the_encoding(encoding, sentences, data):
    """A flipped bit anywhere leaves the decision and nearly all of the text as they were."""
    text = data.draw(texts(sentences).filter(lambda text: len(text) >= 30))
    damaged = bytearray(text.encode(encoding))
    place = data.draw(st.integers(0, len(damaged) - 1))
    damaged[place] ^= 1 << data.draw(st.integers(0, 7))
    found = decode(bytes(damaged), name="a.txt")
    assert found.encoding == encoding
    assert abs(len(found.text) - len(text)) <= 3


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_is_not_text(encoding):
    """The mark is left out of the text."""
    assert decode("Café 客服".encode(encoding), name="a.txt").text == "Café 客服"


def test_the_mark_of_gb18030_decides():
    """GB18030 has a byte order mark of its own."""
    found = decode("\ufeffOK".encode("gb18030"), name="a.txt")
    assert (found.text, found.encoding) == ("OK", "gb18030")


def test_english_of_a_western_program_is_not_chinese():
    """Curly quotes of Windows-1252 are not lead bytes."""
    text = "The guest doesn’t pay – say “I’ll check that for you”.\r\n"
    assert decode(text.encode("cp1252"), name="a.txt").text == text


def test_english_in_utf_16_is_told_by_its_zero_bytes():
    """Every other byte is zero."""
    assert decode("Call back.\n".encode("utf-16-le"), name="a").encoding == "utf-16-le"


def test_a_stray_zero_byte_makes_no_utf_16():
    """Of a few bytes either; and what reads the same in every encoding is sure."""
    found = decode(b"name,phone\0\nx,1\n", name="a.csv")
    assert (found.encoding, found.text[:5]) == ("utf-8", "name,")
    assert found.certainty > 0.9
    assert decode(b"a,b\0\n1,2\n", name="a.csv").encoding == "utf-8"


def test_a_few_characters_are_enough():
    """A file with a title only is decoded right."""
    assert decode("客服规范".encode("gbk"), name="a").text == "客服规范"
    assert decode("客服規範".encode("big5"), name="a").text == "客服規範"


def test_a_lost_high_bit_damages_one_character_and_not_the_line():
    """Characters after a broken lead byte are read at their own borders."""
    text = "退房手续须于五分钟内办理完毕由前台领班核对房卡与物品后签字确认"
    damaged = bytearray(text.encode("gb18030"))
    damaged[0] &= 0x7F
    assert decode(bytes(damaged), name="a.txt").text.endswith(text[1:])


def test_damaged_bytes_are_replaced_and_noted():
    """UTF-8 with broken characters stays UTF-8."""
    data = "客服手册，".encode() * 9 + b"\xff\xfe" + "三声之内接听。".encode() * 9
    found = decode(data, name="a.txt")
    assert found.encoding == "utf-8"
    assert found.text.count("\ufffd") == 2
    assert found.notes == ("2 damaged places could not be read as utf-8",)


def test_a_declaration_is_evidence_but_not_proof():
    """Big5 that says it is UTF-16 is read as Big5, with a note."""
    found = decode("".join(HANT).encode("big5"), name="a.html", declared="gb2312")
    assert found.text == "".join(HANT)
    assert found.notes == ("declared as gb2312, but its bytes are big5hkscs",)


def test_a_declaration_decides_what_the_bytes_leave_open():
    """Two characters that both encodings can spell are read as declared."""
    data = "戶口".encode("big5")
    assert decode(data, name="a.html", declared="big5").text == "戶口"
    assert decode(data, name="a.html", declared="no-such-encoding").text


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"\0" * 999, b"\x01\x02\x03" * 50])
def test_bytes_that_are_no_text_are_refused(data):
    """The error names the file and what to do."""
    with pytest.raises(CorruptSource, match=r"^junk\.txt: .* characters are control codes"):
        decode(data, name="junk.txt")
