"""Billing periods and shares of them: pure reckoning with seconds since 1970."""

import calendar
from datetime import UTC, datetime

_MONTHS = {"month": 1, "year": 12}


def period_end(anchor: int, interval: str, count: int, start: int) -> int:
    """The first boundary after `start` of the periods that begin at the anchor: 31 January, 28 February, 31 March."""
    months = _MONTHS[interval] * count
    began, at = (datetime.fromtimestamp(moment, UTC) for moment in (anchor, start))
    passed = ((at.year - began.year) * 12 + at.month - began.month) // months
    while (end := _later(began, passed * months)) <= start:
        passed += 1
    return end


def share(amount: int, left_s: int, whole_s: int) -> int:
    """That part of an amount that is left, to the second, halves away from zero."""
    if whole_s <= 0:
        return 0
    size = (2 * abs(amount) * left_s + whole_s) // (2 * whole_s)
    return size if amount >= 0 else -size


def _later(began: datetime, months: int) -> int:
    year, month = divmod(began.month - 1 + months, 12)
    year, month = began.year + year, month + 1
    day = min(began.day, calendar.monthrange(year, month)[1])
    return int(began.replace(year=year, month=month, day=day).timestamp())
