"""What texts that people wrote mean in columns of options: names in whatever letters, with and without commas."""

import pytest

from chalicelib.features.fields.model import (
    Column,
    ColumnType,
    Content,
    Hue,
    Option,
    OptionDraft,
    ValueInvalid,
    Wording,
    with_option,
)
from chalicelib.kernel.ids import ColumnId

OPTIONS = tuple(
    Option(id=each, name=each, hue=Hue.GRAY, archived=each == "Old")
    for each in ("Caf\u00e9", "A", "A, B", "B,C", "Old")
)


def a_wording(kind: ColumnType, options: tuple[Option, ...] = OPTIONS) -> Wording:
    """That of a column of these options."""
    return Wording(
        Column(id=ColumnId("C"), key="c", name="C", type=kind, options=options, position=1, version=1),
    )


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (ColumnType.SELECT, " cafe\u0301 ", "Caf\u00e9"),
        (ColumnType.SELECT, "a, b", "A, B"),
        (ColumnType.MULTISELECT, "a", ("A",)),
        (ColumnType.MULTISELECT, "a, B", ("A, B",)),
        (ColumnType.MULTISELECT, "b,c, a", ("B,C", "A")),
        (ColumnType.MULTISELECT, "CAF\u00c9,A\n a,", ("Caf\u00e9", "A")),
        (ColumnType.CHECKBOX, "YES", True),
    ],
)
def test_an_option_is_meant_by_its_name_in_whatever_letters(kind: ColumnType, text: str, value: Content) -> None:
    assert a_wording(kind).value(text) == value
    assert a_wording(kind).missing(text) == []


@pytest.mark.parametrize(
    ("kind", "text", "missing"),
    [
        (ColumnType.SELECT, "D, E", ["D, E"]),
        (ColumnType.SELECT, "old", ["old"]),
        (ColumnType.MULTISELECT, "D, a,E", ["D", "E"]),
        (ColumnType.MULTISELECT, ",", []),
    ],
)
def test_what_no_option_is_called_is_missing_and_one_that_is_archived_too(
    kind: ColumnType, text: str, missing: list[str]
) -> None:
    assert a_wording(kind).missing(text) == missing
    with pytest.raises(ValueInvalid):
        a_wording(kind).value(text)


def test_options_that_are_added_get_the_colours_nobody_has_and_then_all_again() -> None:
    column = a_wording(ColumnType.SELECT, (Option(id="1", name="1", hue=Hue.RED),)).column
    for number in range(2, 12):
        column = with_option(column, OptionDraft(name=str(number)))
    hues = [option.hue for option in column.options]
    assert hues[1:9] == [hue for hue in Hue if hue not in {Hue.GRAY, Hue.RED}]
    assert hues[9:] == [Hue.PINK, Hue.GRAY]
    assert with_option(column, OptionDraft(name=" 11 ")) is column
