"""Python values to DynamoDB's JSON and back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.table import codec

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.binary()
)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(st.dictionaries(st.text(), VALUES))
def test_every_value_survives(item: dict[str, codec.Value]) -> None:
    encoded = {name: codec.encode(value) for name, value in item.items()}
    assert codec.decode(json.loads(json.dumps(encoded))) == item


def test_whole_numbers_are_int_and_others_float() -> None:
    decoded = codec.decode({"a": {"N": "7"}, "b": {"N": "7.5"}, "c": {"N": "1E+2"}})
    assert [(value, type(value)) for value in decoded.values()] == [(7, int), (7.5, float), (100.0, float)]


def test_booleans_are_not_numbers() -> None:
    assert codec.encode(True) == {"BOOL": True}


def test_an_unknown_type_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="BS"):
        codec.decode({"a": {"BS": []}})
