"""Records behave as frozen dataclasses do."""

from dataclasses import FrozenInstanceError, fields, replace

import msgspec
import pytest

from chalicelib.kernel.records import record


@record
class Pebble:
    """Something small."""

    colour: str
    weight_g: int = 3


@record
class Secret:
    """Something that shows itself in its own way."""

    word: str

    def __repr__(self) -> str:
        return "Secret(...)"


GREY = Pebble(colour="grey")


def test_fields_have_their_defaults() -> None:
    assert (GREY.colour, GREY.weight_g) == ("grey", 3)


def test_records_of_the_same_values_are_equal_and_hash_alike() -> None:
    assert {GREY, Pebble(colour="grey", weight_g=3)} == {GREY}
    assert Pebble(colour="grey", weight_g=4) != GREY


def test_a_record_can_t_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        GREY.colour = "red"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del GREY.colour
    with pytest.raises(FrozenInstanceError):
        GREY.size = 7  # type: ignore[attr-defined]
    assert (GREY.colour, GREY.weight_g) == ("grey", 3)


def test_a_changed_copy_is_made_by_replace() -> None:
    assert replace(GREY, weight_g=8) == Pebble(colour="grey", weight_g=8)


@pytest.mark.parametrize("given", [{}, {"weight_g": 3}, {"weight_g": 3, "size": 7}, {"colour": "grey", "size": 7}])
def test_what_is_missing_or_unknown_is_named(given: dict[str, int]) -> None:
    with pytest.raises(TypeError, match=r"Pebble.*(colour|size)"):
        Pebble(**given)  # type: ignore[arg-type]


def test_it_shows_its_values_unless_it_shows_itself() -> None:
    assert repr(GREY) == "Pebble(colour='grey', weight_g=3)"
    assert repr(Secret(word="abracadabra")) == "Secret(...)"


def test_it_is_a_dataclass_to_others() -> None:
    assert [field.name for field in fields(GREY)] == ["colour", "weight_g"]
    assert msgspec.json.decode(msgspec.json.encode(GREY), type=Pebble) == GREY
    match GREY:
        case Pebble(colour=colour):
            assert colour == "grey"
