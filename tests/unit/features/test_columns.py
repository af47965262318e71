"""The rules of columns: keys, options, what fits."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.features.fields.model import (
    MAX_NUMBER,
    OF_OPTIONS,
    Column,
    ColumnInvalid,
    ColumnLimitReached,
    ColumnType,
    Hue,
    Option,
    OptionDraft,
    ValueInvalid,
    arranged,
    as_journalled,
    free_key,
    placed,
    with_default,
)
from chalicelib.kernel.ids import ColumnId


def a_column(kind: ColumnType, *options: Option, name: str = "C", position: int = 1) -> Column:
    return Column(id=ColumnId(name), key=name, name=name, type=kind, options=options, position=position, version=1)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Deal size (EUR)", "deal_size_eur"),
        ("ＦＵＬＬ width", "full_width"),
        ("Straße", "strasse"),
        ("📈", "column"),
        ("__", "column"),
        ("x" * 200, "x" * 40),
    ],
)
def test_a_key_is_the_names_letters_and_digits(name: str, key: str) -> None:
    assert free_key(name, []) == key


@given(name=st.text(max_size=100), others=st.lists(st.text(max_size=20), max_size=20))
def test_a_key_is_never_one_that_is_taken(name: str, others: list[str]) -> None:
    taken = {free_key(other, []) for other in others}
    assert free_key(name, taken) not in taken


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.lists(st.integers()), st.none()))
@pytest.mark.parametrize("kind", list(ColumnType))
def test_any_value_is_stored_the_same_again_or_refused(kind: ColumnType, raw: object) -> None:
    column = a_column(kind, Option(id="won", name="Won", hue=Hue.GREEN))
    stored: object = None
    with suppress(ValueInvalid):
        stored = column.parse(raw)
    assert column.parse(stored) == stored


@given(st.floats(allow_nan=False, allow_infinity=False).filter(lambda number: abs(number) <= MAX_NUMBER))
def test_a_number_keeps_its_value(number: float) -> None:
    assert a_column(ColumnType.NUMBER).parse(number) == number


def test_options_left_out_are_archived_and_can_come_back() -> None:
    before = arranged(ColumnType.SELECT, (OptionDraft(name="Won"), OptionDraft(name="Lost")))
    won, lost = before
    after = arranged(ColumnType.SELECT, (OptionDraft(id=won.id, name="Won"),), before)
    assert [(option.id, option.archived) for option in after] == [(won.id, False), (lost.id, True)]
    again = arranged(ColumnType.SELECT, (OptionDraft(id=lost.id, name="Lost"),), after)
    assert [(option.id, option.archived) for option in again] == [(lost.id, False), (won.id, True)]


def test_a_column_remembers_only_so_many_options() -> None:
    options: tuple[Option, ...] = ()
    for turn in range(3):
        options = arranged(ColumnType.SELECT, two_hundred_options(turn), options)
    assert len(options) == 600
    with pytest.raises(ColumnLimitReached):
        arranged(ColumnType.SELECT, two_hundred_options(3), options)


def two_hundred_options(turn: int) -> tuple[OptionDraft, ...]:
    return tuple(OptionDraft(name=f"{turn}-{number}") for number in range(200))


@pytest.mark.parametrize("kind", sorted(set(ColumnType) - OF_OPTIONS))
def test_only_a_select_column_has_options(kind: ColumnType) -> None:
    with pytest.raises(ColumnInvalid):
        arranged(kind, (OptionDraft(name="Won"),))


def test_a_column_moved_between_two_gets_a_place_between_theirs() -> None:
    order = [a_column(ColumnType.TEXT, name=name, position=place) for name, place in (("A", 10), ("B", 20), ("C", 30))]
    assert placed(order, ColumnId("C"), ColumnId("A")) == {"C": 15}
    assert placed(order, ColumnId("A"), ColumnId("C"))[ColumnId("A")] > 30
    assert placed(order, ColumnId("B"), None)[ColumnId("B")] < 10


def test_places_without_room_are_given_anew_behind_all_others() -> None:
    order = [a_column(ColumnType.TEXT, name=name, position=place) for name, place in (("A", 1), ("B", 2), ("C", 3))]
    positions = placed(order, ColumnId("C"), ColumnId("A"))
    assert sorted(positions, key=lambda column_id: positions[column_id]) == ["A", "C", "B"]
    assert min(positions.values()) > 3


@pytest.mark.parametrize(("kind", "default"), [(ColumnType.NUMBER, 0), (ColumnType.CHECKBOX, False)])
def test_a_default_of_nought_or_no_is_told_as_any_other(kind: ColumnType, default: object) -> None:
    assert "default" not in as_journalled(a_column(kind))
    assert as_journalled(with_default(a_column(kind), default))["default"] == default  # type: ignore[arg-type]
