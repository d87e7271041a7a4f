"""Edits apply together, all at the positions of the one text, or not at all."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k3ls.text import Edit, OverlapError, apply_edits

TEXT = b"0123456789"


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([], "0123456789"),
        ([Edit(0, 0, "a")], "a0123456789"),
        ([Edit(10, 10, "a")], "0123456789a"),
        ([Edit(0, 10, "")], ""),
        ([Edit(2, 4, "é😀")], "01é😀456789"),
        ([Edit(2, 4, "a"), Edit(4, 6, "b")], "01ab6789"),
        ([Edit(4, 6, "b"), Edit(2, 4, "a")], "01ab6789"),
        ([Edit(2, 2, "a"), Edit(3, 3, "b")], "01a2b3456789"),
        ([Edit(2, 4, "a"), Edit(5, 5, "b")], "01a4b56789"),
        ([Edit(2, 2, "a"), Edit(2, 2, "a")], "01a23456789"),
        ([Edit(2, 4, "a"), Edit(2, 4, "a"), Edit(6, 7, "")], "01a45789"),
    ],
)
def test_applied(edits: list[Edit], expected: str) -> None:
    assert apply_edits(TEXT, edits) == expected.encode()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Edit(2, 5, "a"), Edit(4, 6, "b")),
        (Edit(2, 5, "a"), Edit(2, 5, "b")),
        (Edit(2, 5, "a"), Edit(2, 6, "a")),
        (Edit(2, 8, "a"), Edit(4, 5, "b")),
        (Edit(2, 2, "a"), Edit(2, 2, "b")),
        (Edit(2, 5, "a"), Edit(3, 3, "b")),
        (Edit(2, 5, "a"), Edit(2, 2, "b")),
        (Edit(2, 5, "a"), Edit(5, 5, "b")),
    ],
)
def test_refused_for_they_touch(one: Edit, other: Edit) -> None:
    assert one.touches(other)
    assert other.touches(one)
    for edits in ([one, other], [other, one], [Edit(0, 1, ""), one, Edit(9, 9, "c"), other]):
        with pytest.raises(OverlapError):
            apply_edits(TEXT, edits)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Edit(2, 4, "a"), Edit(4, 6, "b")),
        (Edit(2, 2, "a"), Edit(3, 3, "b")),
        (Edit(2, 4, "a"), Edit(5, 5, "b")),
        (Edit(2, 4, "a"), Edit(1, 1, "b")),
    ],
)
def test_side_by_side_is_not_touching(one: Edit, other: Edit) -> None:
    assert not one.touches(other)
    assert not other.touches(one)


@pytest.mark.parametrize(
    "edit", [Edit(-1, 2, ""), Edit(5, 11, ""), Edit(11, 11, "a"), Edit(5, 4, "")]
)
def test_refused_for_it_lies_outside(edit: Edit) -> None:
    with pytest.raises(ValueError, match="outside"):
        apply_edits(TEXT, [edit])


@st.composite
def disjoint_edits(draw: st.DrawFn) -> tuple[bytes, list[Edit]]:
    data = draw(st.text("abc\né😀", max_size=30)).encode()
    places = sorted(draw(st.sets(st.integers(0, len(data)))))
    edits = []
    while places:
        start = end = places.pop(0)
        replaces: bool = draw(st.booleans())
        if places and replaces:
            end = places.pop(0)
        edits.append(Edit(start, end, draw(st.text("xy\n漢", max_size=3))))
    return data, edits


@given(disjoint_edits(), st.randoms())
def test_disjoint_edits_are_as_good_as_one_after_the_other(
    given_edits: tuple[bytes, list[Edit]], random: Random
) -> None:
    data, edits = given_edits
    expected = data
    for edit in reversed(edits):
        expected = expected[: edit.start] + edit.text.encode() + expected[edit.end :]
    shuffled = [*edits, *edits[:2]]
    random.shuffle(shuffled)
    assert apply_edits(data, shuffled) == expected
