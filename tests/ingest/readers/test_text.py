from tests.ingest.readers.reading import extract


def test_raw_is_exactly_the_decoded_file(tmp_path):
    """Carriage returns, blanks and blank lines stay."""
    text = " 第一章\r\n\r\n\t三声之内接听。\n\r结束 \r\n"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode("gb18030"))
    found = extract(path)
    assert (found.raw, found.encoding) == (text, "gb18030")
    assert found.blocks == found.pages == ()
