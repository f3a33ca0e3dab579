import pytest

from kb.errors import CorruptSource
from tests.ingest.readers.reading import FILES, extract, lines


def test_a_page_saved_as_one_file_is_the_page(tmp_path):
    """Chromium's snapshot reads as the page that it was made from."""
    found = extract(FILES / "hant_saved.mhtml")
    assert found.title == "退貨與退款規則"
    assert lines(found) == lines(extract(FILES / "hant_saved.html"))


def test_the_page_in_it_says_its_own_encoding():
    """Chromium's snapshot states none beside it; this one is in GBK."""
    found = extract(FILES / "hans_saved.mhtml")
    assert (found.encoding, found.notes) == ("gb18030", ())


def test_a_mail_without_a_page_is_refused(tmp_path):
    """There is nothing to read."""
    path = tmp_path / "a.mht"
    path.write_text("Subject: x\n\nx", encoding="ascii")
    with pytest.raises(CorruptSource, match="no web page in it"):
        extract(path)
