"""Which things a filter takes: predicates made once a filter. Pure, and without rows.

tests/golden/filters.json holds this file and the web app's to the same answers.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, Final

from chalicelib.kernel.filters import FILLING, MANY, NEGATIVE, Condition, FieldKind, Filter, Operator
from chalicelib.kernel.records import record
from chalicelib.kernel.spans import span_of

Read = Callable[[str], Any]
"""The value of one field of one thing: str, number, bool, tuple of str, datetime for a moment; None where missing."""


@record
class Standpoint:
    """Who asks, when, and in which time zone their days begin."""

    now: datetime
    zone: tzinfo
    me: str | None

    def begins(self, day: date) -> datetime:
        """When a day begins."""
        return datetime.combine(day, time(), self.zone)

    def today(self) -> date:
        """The day it is."""
        return self.now.astimezone(self.zone).date()


def predicate(filtered: Filter, kinds: Mapping[str, FieldKind], at: Standpoint) -> Callable[[Read], bool]:
    """What tells of each thing whether it matches; reads only the fields it needs."""
    if isinstance(filtered, Condition):
        return _test_of(filtered, kinds[filtered.field], at)
    tests = [predicate(part, kinds, at) for part in filtered.parts]
    if not tests:
        return lambda _: True
    if filtered.is_any:
        return lambda read: any(test(read) for test in tests)
    return lambda read: all(test(read) for test in tests)


def _test_of(condition: Condition, kind: FieldKind, at: Standpoint) -> Callable[[Read], bool]:
    field, operator = condition.field, condition.operator
    if kind is FieldKind.CHECK:
        return lambda read: bool(read(field)) is condition.value
    if operator in FILLING:
        return lambda read: (read(field) in _NOTHING) is (operator is Operator.EMPTY)
    holds, if_missing = _comparison(condition, kind, at), operator in NEGATIVE

    def test(read: Read) -> bool:
        value = read(field)
        return if_missing if value in _NOTHING else holds(value)

    return test


_NOTHING: Final = (None, "", ())


def _comparison(condition: Condition, kind: FieldKind, at: Standpoint) -> Callable[[Any], bool]:
    match kind:
        case FieldKind.TEXT:
            return _of_text(condition.operator, _folded(condition.value))
        case FieldKind.NUMBER:
            return _of_number(condition.operator, condition.value)
        case FieldKind.DAY | FieldKind.MOMENT:
            return _of_days(condition, at, is_moment=kind is FieldKind.MOMENT)
        case FieldKind.CHOICES:
            return _of_choices(condition.operator, frozenset(condition.value))
        case _:
            return _of_choice(condition, at)


def _of_text(operator: Operator, wanted: str) -> Callable[[str], bool]:
    match operator:
        case Operator.CONTAINS:
            return lambda value: wanted in _folded(value)
        case Operator.STARTS_WITH:
            return lambda value: _folded(value).startswith(wanted)
        case Operator.IS:
            return lambda value: _folded(value) == wanted
        case _:
            return lambda value: _folded(value) != wanted


def _folded(text: str) -> str:
    """Lower case of the composed form, which Python and JavaScript agree on. Source: Unicode, 3.13."""
    return unicodedata.normalize("NFC", text).strip().lower()


def _of_number(operator: Operator, wanted: Any) -> Callable[[float], bool]:
    tests: dict[Operator, Callable[[float], bool]] = {
        Operator.IS: lambda value: value == wanted,
        Operator.IS_NOT: lambda value: value != wanted,
        Operator.GT: lambda value: value > wanted,
        Operator.GTE: lambda value: value >= wanted,
        Operator.LT: lambda value: value < wanted,
        Operator.LTE: lambda value: value <= wanted,
        Operator.BETWEEN: lambda value: bool(wanted[0] <= value <= wanted[1]),
    }
    return tests[operator]


def _of_days(condition: Condition, at: Standpoint, *, is_moment: bool) -> Callable[[Any], bool]:
    first, end = _bounds(condition, at)
    edge: Callable[[date], Any] = at.begins if is_moment else date.isoformat
    from_, to = first and edge(first), end and edge(end)
    is_wanted = condition.operator is not Operator.IS_NOT
    return lambda value: ((from_ is None or from_ <= value) and (to is None or value < to)) is is_wanted


def _bounds(condition: Condition, at: Standpoint) -> tuple[date | None, date | None]:
    """The first day that is meant and the one behind the last; None where there is no bound."""
    if condition.operator is Operator.WITHIN:
        return span_of(condition.value, at.today())
    pair = condition.value if condition.operator is Operator.BETWEEN else (condition.value, condition.value)
    first, last = (date.fromisoformat(day) for day in pair)
    match condition.operator:
        case Operator.BEFORE:
            return None, first
        case Operator.AFTER:
            return last + _DAY, None
        case _:
            return first, last + _DAY


def _of_choice(condition: Condition, at: Standpoint) -> Callable[[str], bool]:
    operator = condition.operator
    if operator is Operator.ME:
        return lambda value: value == at.me
    wanted = frozenset(condition.value if operator in MANY else (condition.value,))
    is_wanted = operator not in NEGATIVE
    return lambda value: (value in wanted) is is_wanted


def _of_choices(operator: Operator, wanted: frozenset[str]) -> Callable[[Sequence[str]], bool]:
    if operator is Operator.ALL_OF:
        return wanted.issubset
    is_wanted = operator is Operator.ANY_OF
    return lambda values: (not wanted.isdisjoint(values)) is is_wanted


_DAY: Final = timedelta(days=1)
