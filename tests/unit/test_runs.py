"""Lines that memory has no room for go out in order all the same."""

import random
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssc_kg.formats.runs import Block, Shelf, SortedLines

lines = st.binary(max_size=6).filter(lambda line: b"\n" not in line)
blocks = st.lists(st.lists(lines, min_size=1, max_size=8), max_size=8)


def read(sorted_: SortedLines) -> Block:
    return list(chain.from_iterable(sorted_.blocks()))


@pytest.mark.parametrize("limit", [0, 200, 10_000])
@given(added=blocks)
def test_lines_go_out_in_order_and_once(limit: int, added: list[Block]) -> None:
    expected = sorted(set(chain.from_iterable(added)))
    with Shelf(limit) as shelf:
        both = [SortedLines(shelf), SortedLines(shelf)]
        for block in added:
            for each in both:
                each.add(block)
        for each in both * 2:
            assert read(each) == expected
            assert bool(each) == bool(expected)


def test_blocks_and_runs_may_be_of_any_size() -> None:
    chance = random.Random(5)  # noqa: S311
    wanted = [b"%09d%s" % (i, b"x" * chance.randrange(300)) for i in range(40_000)]
    shuffled = chance.sample(wanted, len(wanted))
    with Shelf(limit=2 * 1024**2) as shelf:
        sorted_ = SortedLines(shelf)
        while shuffled:
            size = chance.randrange(1, 5_000)
            sorted_.add(shuffled[:size])
            del shuffled[:size]
        assert read(sorted_) == wanted


@pytest.mark.parametrize("limit", [0, 10**9], ids=["stored", "held"])
def test_a_line_that_is_there_again_makes_no_empty_block(limit: int) -> None:
    # So many that the last one is alone in a block, and was the last of the one before.
    lines_ = [b"%06d" % number for number in range(4096)]
    with Shelf(limit) as shelf:
        sorted_ = SortedLines(shelf)
        sorted_.add([*lines_, lines_[-1]])
        assert all(sorted_.blocks())
        assert read(sorted_) == lines_


def test_what_is_over_the_limit_is_not_held() -> None:
    with Shelf(limit=1000) as shelf:
        sorted_ = SortedLines(shelf)
        for number in range(100):
            sorted_.add([b"%04d" % number * 5])
            assert sorted_.held <= shelf.limit
