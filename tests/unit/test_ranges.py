"""Parts of a file, as RFC 9110 (section 14) has them."""

import pytest

from ssc_kg.errors import RangeError
from ssc_kg.http.ranges import read_ranges, write_ranges


@pytest.mark.parametrize(
    ("header", "parts"),
    [
        pytest.param("bytes=0-0", [(0, 0)], id="the first byte"),
        pytest.param("bytes=0-", [(0, 999)], id="all of it"),
        pytest.param("bytes=990-2000", [(990, 999)], id="beyond the end"),
        pytest.param("bytes=-1", [(999, 999)], id="the last byte"),
        pytest.param("bytes=-2000", [(0, 999)], id="more than there is, from the end"),
        pytest.param("bytes=1-2,5-6", [(1, 2), (5, 6)], id="two parts"),
        pytest.param("bytes= 1-2 , ,5-6", [(1, 2), (5, 6)], id="spaces, empty element"),
        pytest.param("Bytes=1-2", [(1, 2)], id="units in any case"),
        pytest.param("bytes=1-2,1000-", [(1, 2)], id="one of two is not there"),
        pytest.param("bytes=2-1", None, id="backwards"),
        pytest.param("bytes=a-b", None, id="no numbers"),
        pytest.param("bytes=1-2,x", None, id="one of two is no range"),
        pytest.param("bytes=-", None, id="no number"),
        pytest.param("bytes=", None, id="nothing"),
        pytest.param("bytes=,", None, id="nothing but a comma"),
        pytest.param("bytes", None, id="no equals sign"),
        pytest.param("lines=1-2", None, id="other units"),
        pytest.param("bytes=\u0661-\u0662", None, id="digits of other scripts"),
        pytest.param(f"bytes=0-{'9' * 5000}", None, id="a number beyond all files"),
    ],
)
def test_what_is_no_list_of_parts_is_ignored(
    header: str, parts: list[tuple[int, int]] | None
) -> None:
    assert read_ranges(header, 1000) == parts
    if parts is not None:
        assert read_ranges(write_ranges(parts), 1000) == parts


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=-0", "bytes=5000-6000,-0"])
def test_parts_of_which_nothing_is_there_are_refused(header: str) -> None:
    with pytest.raises(RangeError, match="which has 1000 bytes, 0 to 999") as caught:
        read_ranges(header, 1000)
    assert caught.value.size == 1000
