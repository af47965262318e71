"""Filters said in JSON, the same in the API, a saved view, the web's address and a bulk edit. Pure; it knows no rows.

    {"all": [{"field": "unread", "is": "gt", "value": 0}, {"any": [...]}]}

A group holds when all or any of its parts do; an empty one always. Of a field that is not filled `empty`, `is_not` and
`none_of` hold and nothing else does. Days are whole ones of a time zone; texts are compared without regard to case.
What matches is told by kernel/matching.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Final

from chalicelib.kernel.errors import Blame, Invalid
from chalicelib.kernel.records import record
from chalicelib.kernel.spans import span_of

MAX_DEPTH: Final = 4
"""Groups in groups; a condition alone has none."""
MAX_CONDITIONS: Final = 50
MAX_TEXT_CHARACTERS: Final = 1_000
MAX_CHOICES: Final = 200
FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2999, 12, 31)


class FilterInvalid(Invalid):
    """A filter names an unknown field, an operator its field does not have, or a value that does not fit."""

    code = "filter-invalid"
    title = "This filter can't be used."


class FieldKind(StrEnum):
    """What a field holds. A moment is filtered by the day it falls on; a missing check is unchecked."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    CHOICE = "choice"
    CHOICES = "choices"
    PERSON = "person"
    CHECK = "check"


class Operator(StrEnum):
    """How a field is compared."""

    IS = "is"
    IS_NOT = "is_not"
    CONTAINS = "contains"
    STARTS_WITH = "starts_with"
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"
    BETWEEN = "between"
    BEFORE = "before"
    AFTER = "after"
    WITHIN = "within"
    ANY_OF = "any_of"
    NONE_OF = "none_of"
    ALL_OF = "all_of"
    ME = "me"
    EMPTY = "empty"
    FILLED = "filled"


FILLING: Final = (Operator.EMPTY, Operator.FILLED)
_OF_DAYS: Final = (
    *(Operator.IS, Operator.IS_NOT, Operator.BEFORE, Operator.AFTER, Operator.BETWEEN, Operator.WITHIN),
    *FILLING,
)
_OF_CHOICE: Final = (Operator.IS, Operator.IS_NOT, Operator.ANY_OF, Operator.NONE_OF, *FILLING)
OPERATORS: Final[Mapping[FieldKind, tuple[Operator, ...]]] = {
    FieldKind.TEXT: (Operator.CONTAINS, Operator.IS, Operator.IS_NOT, Operator.STARTS_WITH, *FILLING),
    FieldKind.NUMBER: (
        *(Operator.IS, Operator.IS_NOT, Operator.GT, Operator.GTE, Operator.LT, Operator.LTE, Operator.BETWEEN),
        *FILLING,
    ),
    FieldKind.DAY: _OF_DAYS,
    FieldKind.MOMENT: _OF_DAYS,
    FieldKind.CHOICE: _OF_CHOICE,
    FieldKind.CHOICES: (Operator.ANY_OF, Operator.ALL_OF, Operator.NONE_OF, *FILLING),
    FieldKind.PERSON: (Operator.ME, *_OF_CHOICE),
    FieldKind.CHECK: (Operator.IS,),
}
_NO_VALUE: Final = frozenset({Operator.ME, *FILLING})
MANY: Final = frozenset({Operator.ANY_OF, Operator.NONE_OF, Operator.ALL_OF})
NEGATIVE: Final = frozenset({Operator.IS_NOT, Operator.NONE_OF})


@record
class Condition:
    """One comparison. `value` is a text, number, truth, a tuple of texts, a pair for `between`, or None."""

    field: str
    operator: Operator
    value: Any


@record
class Group:
    """Parts of which all must hold, or any."""

    is_any: bool
    parts: tuple["Filter", ...]


Filter = Condition | Group


def parsed(raw: Any, kinds: Mapping[str, FieldKind], *, at: str = "/filter") -> Filter:
    """A filter from its JSON. `kinds` are the fields there are; `at` is the JSON pointer at which it stood.

    Raises:
        FilterInvalid: blames the place.
    """
    found = _part(raw, kinds, at, MAX_DEPTH)
    if (count := _count(found)) > MAX_CONDITIONS:
        raise _wrong(at, f"{count} conditions, and there may be {MAX_CONDITIONS}")
    return found


def as_json(filtered: Filter) -> dict[str, Any]:
    """The JSON of a filter, which `parsed` reads back as the same."""
    match filtered:
        case Group():
            return {"any" if filtered.is_any else "all": [as_json(part) for part in filtered.parts]}
        case Condition(operator=operator, value=value):
            said = {"field": filtered.field, "is": operator.value}
            return said if operator in _NO_VALUE else {**said, "value": list(value) if _is_row(value) else value}


def fields_in(filtered: Filter) -> frozenset[str]:
    """The fields it looks at."""
    if isinstance(filtered, Condition):
        return frozenset({filtered.field})
    return frozenset[str]().union(*(fields_in(part) for part in filtered.parts))


def _part(raw: Any, kinds: Mapping[str, FieldKind], at: str, depth: int) -> Filter:
    if not isinstance(raw, Mapping):
        raise _wrong(at, "expected an object")
    names = set(raw)
    for name in ("all", "any"):
        if names == {name}:
            return _group(raw[name], kinds, f"{at}/{name}", depth, is_any=name == "any")
    if {"field", "is"} <= names <= {"field", "is", "value"}:
        return _condition(raw, kinds, at)
    raise _wrong(at, "expected `all`, `any`, or `field`, `is` and `value`")


def _group(raw: Any, kinds: Mapping[str, FieldKind], at: str, depth: int, *, is_any: bool) -> Group:
    if depth == 0:
        raise _wrong(at, f"groups may stand in one another {MAX_DEPTH} deep")
    if not _is_row(raw) or len(raw) > MAX_CONDITIONS:
        raise _wrong(at, f"expected a list of at most {MAX_CONDITIONS}")
    parts = tuple(_part(each, kinds, f"{at}/{place}", depth - 1) for place, each in enumerate(raw))
    return Group(is_any=is_any, parts=parts)


def _condition(raw: Mapping[str, Any], kinds: Mapping[str, FieldKind], at: str) -> Condition:
    field, kind = raw["field"], kinds.get(raw["field"]) if isinstance(raw["field"], str) else None
    if kind is None:
        raise _wrong(f"{at}/field", "no such field")
    operators = {operator.value: operator for operator in OPERATORS[kind]}
    operator = operators.get(raw["is"]) if isinstance(raw["is"], str) else None
    if operator is None:
        raise _wrong(f"{at}/is", f"expected one of {', '.join(operators)}")
    return Condition(field=field, operator=operator, value=_value(raw.get("value"), kind, operator, f"{at}/value"))


def _value(raw: Any, kind: FieldKind, operator: Operator, at: str) -> Any:
    if operator in _NO_VALUE:
        return _demand(raw is None, at, "no value here", None)
    if operator is Operator.WITHIN:
        return _span(raw, at)
    if operator in MANY:
        fits = _is_row(raw) and 0 < len(raw) <= MAX_CHOICES
        texts = _demand(fits, at, f"expected a list of 1 to {MAX_CHOICES} ids", raw)
        return tuple(_text(each, f"{at}/{place}") for place, each in enumerate(texts))
    read = _READERS[kind]
    if operator is not Operator.BETWEEN:
        return read(raw, at)
    least, most = _demand(_is_row(raw) and len(raw) == 2, at, "expected a pair", raw)
    pair = (read(least, f"{at}/0"), read(most, f"{at}/1"))
    return _demand(pair[0] <= pair[1], at, "the second is less than the first", pair)


def _text(raw: Any, at: str) -> str:
    fits = isinstance(raw, str) and raw.strip() != "" and len(raw) <= MAX_TEXT_CHARACTERS
    text: str = _demand(fits, at, f"expected a text of 1 to {MAX_TEXT_CHARACTERS} characters", raw)
    return text


def _number(raw: Any, at: str) -> float:
    fits = isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) <= 1e15 and math.isfinite(raw)
    number: float = _demand(fits, at, "expected a number", raw)
    return number


def _day(raw: Any, at: str) -> str:
    """Kept as the text it is: days in ISO form sort as days do."""
    try:
        day = date.fromisoformat(raw) if isinstance(raw, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", raw, re.A) else None
    except ValueError:
        day = None
    fits = day is not None and FIRST_DAY <= day <= LAST_DAY
    text: str = _demand(fits, at, f"expected a day between {FIRST_DAY} and {LAST_DAY}", raw)
    return text


def _check(raw: Any, at: str) -> bool:
    truth: bool = _demand(isinstance(raw, bool), at, "expected true or false", raw)
    return truth


def _span(raw: Any, at: str) -> str:
    try:
        span_of(raw if isinstance(raw, str) else "", FIRST_DAY)
    except KeyError:
        raise _wrong(at, "expected a span like today, last_week or next_30_days") from None
    return str(raw)


_READERS: Final[Mapping[FieldKind, Callable[[Any, str], Any]]] = {
    FieldKind.TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.DAY: _day,
    FieldKind.MOMENT: _day,
    FieldKind.CHOICE: _text,
    FieldKind.PERSON: _text,
    FieldKind.CHECK: _check,
}


def _demand(fits: bool, at: str, otherwise: str, value: Any) -> Any:
    if not fits:
        raise _wrong(at, otherwise)
    return value


def _wrong(at: str, detail: str) -> FilterInvalid:
    return FilterInvalid(blames=(Blame(at, detail),))


def _is_row(raw: Any) -> bool:
    return isinstance(raw, Sequence) and not isinstance(raw, str | bytes)


def _count(filtered: Filter) -> int:
    return 1 if isinstance(filtered, Condition) else sum(map(_count, filtered.parts))
