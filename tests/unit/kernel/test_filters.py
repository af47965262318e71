"""Filters: what they take, what is refused, and that they say the same after a round trip; golden cases are shared."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from chalicelib.kernel.filters import OPERATORS, FieldKind, FilterInvalid, as_json, fields_in, parsed
from chalicelib.kernel.matching import Standpoint, predicate
from chalicelib.kernel.spans import span_of

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "filters.json").read_text())
KINDS = {field: FieldKind(kind) for field, kind in GOLDEN["kinds"].items()}
NOON = datetime.fromisoformat(GOLDEN["now"])
HERE = Standpoint(now=NOON, zone=UTC, me=GOLDEN["me"])


def facts_of(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the golden cases as the product reads one."""
    read: dict[FieldKind, Callable[[Any], Any]] = {FieldKind.MOMENT: datetime.fromisoformat, FieldKind.CHOICES: tuple}
    return {field: read.get(KINDS[field], lambda value: value)(value) for field, value in row.items()}


ROWS = {name: facts_of(row) for name, row in GOLDEN["rows"].items()}


@pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: case["says"])
def test_a_filter_takes_what_the_golden_cases_say(case: dict[str, Any]) -> None:
    takes = predicate(parsed(case["filter"], KINDS), KINDS, HERE)
    assert sorted(name for name, facts in ROWS.items() if takes(facts.get)) == case["matches"]


@pytest.mark.parametrize("case", GOLDEN["refused"], ids=lambda case: case["says"])
def test_what_is_no_filter_is_refused_at_its_place(case: dict[str, Any]) -> None:
    with pytest.raises(FilterInvalid) as refusal:
        parsed(case["filter"], KINDS)
    assert [blame.pointer for blame in refusal.value.blames] == [case["at"]]


@pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: case["says"])
def test_a_filter_comes_back_from_its_json_as_the_same(case: dict[str, Any]) -> None:
    assert as_json(parsed(case["filter"], KINDS)) == case["filter"]


def test_the_golden_cases_try_every_operator_of_every_kind() -> None:
    tried = {(KINDS[each["field"]], each["is"]) for case in GOLDEN["cases"] for each in conditions_in(case["filter"])}
    untried = {(kind, operator.value) for kind, operators in OPERATORS.items() for operator in operators} - tried
    assert {(kind.value, operator) for kind, operator in untried} <= {
        *(("choice", "filled"), ("person", "filled"), ("person", "any_of"), ("person", "none_of")),
        *(("number", "empty"), ("day", "empty"), ("day", "filled"), ("moment", "filled")),
    }


def conditions_in(raw: dict[str, Any]) -> list[dict[str, Any]]:
    if "field" in raw:
        return [raw]
    return [each for part in raw.get("all") or raw.get("any") or [] for each in conditions_in(part)]


def test_days_begin_where_who_asks_is() -> None:
    """23:59:59 in London is the next day in Berlin already."""
    yesterday = parsed({"field": "last", "is": "within", "value": "yesterday"}, KINDS)
    in_berlin = Standpoint(now=NOON, zone=ZoneInfo("Europe/Berlin"), me=None)
    assert predicate(yesterday, KINDS, HERE)(ROWS["bob"].get)
    assert not predicate(yesterday, KINDS, in_berlin)(ROWS["bob"].get)


def test_a_day_with_a_change_of_clocks_is_whole() -> None:
    new_york = Standpoint(now=NOON, zone=ZoneInfo("America/New_York"), me=None)
    of_day = predicate(parsed({"field": "last", "is": "is", "value": "2026-11-01"}, KINDS), KINDS, new_york)
    hours = [datetime(2026, 11, 1, tzinfo=UTC) + timedelta(hours=hour) for hour in range(48)]
    assert sum(of_day({"last": hour}.get) for hour in hours) == 25


def test_the_fields_a_filter_looks_at_are_known() -> None:
    nested = {"all": [{"field": "title", "is": "empty"}, {"any": [{"field": "done", "is": "is", "value": True}]}]}
    assert fields_in(parsed(nested, KINDS)) == {"title", "done"}


@given(today=st.dates(date(1901, 1, 1), date(2998, 1, 1)))
@hypothesis_settings(max_examples=50)
def test_spans_of_weeks_and_months_follow_one_another_without_a_gap(today: date) -> None:
    for unit in ("week", "month"):
        last, this, following = (span_of(f"{which}_{unit}", today) for which in ("last", "this", "next"))
        assert last[1] == this[0] <= today < this[1] == following[0]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(list(KINDS)),
    lambda parts: (
        st.lists(parts, max_size=4)
        | st.dictionaries(st.sampled_from(["all", "any", "field", "is", "value"]), parts, max_size=3)
    ),
    max_leaves=12,
)


@given(ANYTHING)
@hypothesis_settings(max_examples=200)
def test_anything_is_a_filter_that_answers_or_refused(raw: Any) -> None:
    with suppress(FilterInvalid):
        takes = predicate(parsed(raw, KINDS), KINDS, HERE)
        assert {takes(facts.get) for facts in ROWS.values()} <= {True, False}
