"""Variables in texts: the cases that the web app is held to as well, and what holds for any text."""

import json
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.features.templates.model.variables import (
    OF_EVERY_CHAT,
    Broken,
    Rendered,
    names_of_person,
    pieces_of,
    render,
    spoken,
    variables_in,
)
from chalicelib.kernel.formatting import Look, Mark, misfits, units_in

GOLDEN: Final[dict[str, Any]] = json.loads((Path(__file__).parents[2] / "golden" / "templates.json").read_text())


def as_json(rendered: Rendered) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(msgspec.json.encode(rendered))
    return {"text": plain["text"], "entities": plain["marks"], "gaps": plain["gaps"]}


@pytest.mark.parametrize("case", GOLDEN["texts"], ids=lambda case: case["says"])
def test_a_text_is_filled_as_the_golden_cases_say(case: dict[str, Any]) -> None:
    marks = msgspec.convert(case["entities"], list[Mark])
    assert as_json(render(case["text"], marks, case["values"])) == case["rendered"]


@pytest.mark.parametrize("case", GOLDEN["broken"], ids=lambda case: case["text"])
def test_braces_that_begin_no_variable_are_found_where_they_stand(case: dict[str, Any]) -> None:
    assert [piece.at for piece in pieces_of(case["text"]) if isinstance(piece, Broken)] == case["at"]


@pytest.mark.parametrize("case", GOLDEN["people"], ids=lambda case: case["name"])
def test_a_whole_name_is_a_first_name_and_the_rest(case: dict[str, str]) -> None:
    assert names_of_person(case["name"]) == (case["first"], case["last"])


@pytest.mark.parametrize("case", GOLDEN["spoken"], ids=lambda case: str(case["value"]))
def test_a_value_is_said_as_a_message_says_it(case: dict[str, Any]) -> None:
    assert spoken(case["value"], GOLDEN["options"]) == case["said"]


def test_a_variable_is_named_once_in_the_order_of_the_text() -> None:
    text = "{{account.name}} {{column.a|x}} {{account.name}} {{broken"
    assert variables_in(text) == ("account.name", "column.a")


LETTERS = st.sampled_from(
    [*"ab {}|\\.\n", "{{", "}}", "👋", "é", "contact.name", "{{contact.name}}", "{{account.name|x}}"]
)
TEXTS = st.lists(LETTERS, max_size=12).map("".join)


@given(TEXTS)
def test_the_pieces_of_any_text_together_are_the_text(text: str) -> None:
    assert "".join(piece.source for piece in pieces_of(text)) == text


@st.composite
def formatted(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    """A text and marks that fit it."""
    text = draw(TEXTS)
    ends = [units_in(text[:count]) for count in range(len(text) + 1)]
    pairs = draw(st.lists(st.tuples(st.sampled_from(ends), st.sampled_from(ends)), max_size=3))
    return text, [Mark(type=Look.BOLD, offset=a, length=b - a) for a, b in pairs if a < b]


@given(formatted(), st.dictionaries(st.sampled_from(OF_EVERY_CHAT), st.sampled_from(["Ada", "", "👩‍👩‍👧"])))
def test_formatting_fits_whatever_fills_the_text(what: tuple[str, list[Mark]], values: dict[str, str]) -> None:
    text, marks = what
    rendered = render(text, marks, values)
    assert misfits(rendered.text, rendered.marks) == ()
    assert len(rendered.marks) <= len(marks)
