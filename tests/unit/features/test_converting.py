"""A value becomes another type only where it could be turned back into itself."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.features.fields.model import Column, ColumnType, Content, Hue, Option, ValueInvalid
from chalicelib.features.fields.model.converting import becoming, converted, grown, text_of
from chalicelib.kernel.ids import ColumnId

WON, LOST, OLD = (
    Option(id=name, name=name.title(), hue=Hue.GREEN, archived=name == "old") for name in ("won", "lost", "old")
)
T, L, N, D, S, M, C, P, F = ColumnType
WITH_TEXT = [T, L, N, D, S, M, C]


def a_column(kind: ColumnType) -> Column:
    return Column(id=ColumnId("C"), key="c", name="C", type=kind, options=(WON, LOST, OLD), position=1, version=1)


def convert(content: Content, source: Column, to: ColumnType) -> tuple[Content, Column]:
    """What a value becomes, and the column with the options that took."""
    target = grown(becoming(source, to), text_of(content, source))
    return converted(content, source, target), target


GOOD = [
    (T, "12", N, 12),
    (T, "-0.5", N, -0.5),
    (T, "2026-02-28", D, "2026-02-28"),
    (T, "yes", C, True),
    (T, "Won", S, "won"),
    (T, "Old", S, "old"),
    (T, "Won, Lost", M, ("won", "lost")),
    (T, "hello", L, "hello"),
    (L, "one line", T, "one line"),
    (N, 1e-07, T, "1e-07"),
    (N, 9_007_199_254_740_991, T, "9007199254740991"),
    (C, False, T, "no"),
    (S, "won", M, ("won",)),
    (S, "old", T, "Old"),
    (M, ("lost",), S, "lost"),
    (M, ("lost", "won"), T, "Lost, Won"),
    (D, "2026-02-28", L, "2026-02-28"),
]


@pytest.mark.parametrize(("source", "content", "to", "expected"), GOOD)
def test_a_value_that_fits_becomes_the_other_type_and_comes_back(
    source: ColumnType, content: Content, to: ColumnType, expected: Content
) -> None:
    there, target = convert(content, a_column(source), to)
    assert there == expected
    assert convert(there, target, source)[0] == content


LOSING = [
    (T, "007", N),
    (T, "1.50", N),
    (T, "1,234", N),
    (T, "12 ", N),
    (T, "١٢", N),
    (T, "1e400", N),
    (T, "9" * 400, N),
    (T, "28.2.2026", D),
    (T, "2026-02-30", D),
    (T, "true", C),
    (T, "won", S),
    (T, "Won, Won", M),
    (T, "x" * 101, S),
    (L, "two\nlines", T),
    (L, "x" * 1_001, T),
    (N, 1, C),
    (N, 20_260_228, D),
    (M, ("won", "lost"), S),
    (P, "0" * 26, T),
    (T, "0" * 26, P),
    (F, ("0" * 26,), T),
    (T, "0" * 26, F),
]


@pytest.mark.parametrize(("source", "content", "to"), LOSING)
def test_a_value_that_would_be_lost_does_not_fit(source: ColumnType, content: Content, to: ColumnType) -> None:
    with pytest.raises(ValueInvalid):
        convert(content, a_column(source), to)


def test_a_text_that_no_option_is_called_makes_one_and_a_twin_of_other_case_does_not_fit() -> None:
    there, target = convert("New stage", a_column(T), S)
    assert [option.name for option in target.options] == ["Won", "Lost", "Old", "New stage"]
    assert there == target.options[-1].id
    with pytest.raises(ValueInvalid):
        convert("NEW STAGE", replace(target, type=T), S)


def test_there_is_room_for_two_hundred_options_that_can_be_chosen() -> None:
    target = replace(a_column(S), options=())
    for number in range(201):
        target = grown(target, f"Stage {number}")
    assert len(target.offered()) == 200


CONTENTS: dict[ColumnType, st.SearchStrategy[Content]] = {
    T: st.text(min_size=1, max_size=30).map(str.strip).filter(bool),
    L: st.text(min_size=1, max_size=30).map(str.strip).filter(bool),
    N: st.one_of(st.integers(-(10**15), 10**15), st.floats(-1e15, 1e15)),
    D: st.dates().map(lambda day: day.isoformat()),
    S: st.sampled_from(["won", "lost", "old"]),
    M: st.lists(st.sampled_from(["won", "lost", "old"]), min_size=1, unique=True).map(tuple),
    C: st.booleans(),
}


@given(
    content=st.sampled_from(WITH_TEXT).flatmap(lambda kind: CONTENTS[kind].map(lambda value: (kind, value))),
    ways=st.lists(st.sampled_from(WITH_TEXT), min_size=1, max_size=4),
)
def test_a_circle_of_conversions_ends_where_it_began(
    content: tuple[ColumnType, Content], ways: list[ColumnType]
) -> None:
    kind, raw = content
    column = a_column(kind)
    with suppress(ValueInvalid):
        began = column.parse(raw, held=raw)
        value = began
        for to in ways:
            value, column = convert(value, column, to)
        back = converted(value, column, becoming(column, kind))
        assert back == began
