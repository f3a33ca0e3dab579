"""Whatever happens to a file, reading it ends, in text or in a named error."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.isolate import Limits, ReaderProcess
from kb.errors import SourceError
from tests.ingest.readers.reading import FILES, source

# Converting and recognising take seconds each; what they do with damage has tests of its own.
PATHS = sorted(
    path
    for path in FILES.iterdir()
    if path.suffix not in (".md", ".doc") and "scanned" not in path.name
)


@pytest.fixture(scope="module")
def reader():
    """A process that gives a file up after ten seconds."""
    with ReaderProcess(Limits(seconds=10, memory=1 << 30)) as process:
        yield process


@st.composite
def damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """The bytes with a few of them changed, taken out, put in twice, or cut off."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data) - 1))
        end = min(len(data), start + draw(st.sampled_from([1, 1, 8, 500, 10**9])))
        put = draw(st.sampled_from([b"", data[start:end] * 2, b"\xff", b"<" * 40, b"\0\0"]))
        data = (data[:start] + put + data[end:]) or b" "
    return data


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
@given(data=st.data())
@settings(
    deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_damaged_file_is_read_or_refused(reader, tmp_path, path, data):
    """Nothing else comes out of the worker, and it answers the next one."""
    bad = tmp_path / path.name
    bad.write_bytes(data.draw(damaged(path.read_bytes())))
    try:
        found = reader.read(bad, source(path.name)).raw
    except SourceError as error:
        found = str(error).removeprefix(f"{path.name}: ")
        assert found != str(error), "the message must begin with the path"  # noqa: PT017
    assert found.strip()
