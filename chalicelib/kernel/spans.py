"""Spans of days that are named from today: last week, the next 30 days. Pure."""

import re
from datetime import date, timedelta
from typing import Final

MAX_SPAN_DAYS: Final = 3_650


def span_of(name: str, today: date) -> tuple[date, date]:
    """The first day of a relative span and the one after its last: `today`, `last_week`, `next_30_days`, …

    `last_N_days` ends with today and `next_N_days` begins with it. Weeks begin on Monday. Source: ISO 8601.

    Raises:
        KeyError: no such span.
    """
    counted = re.fullmatch(r"(last|next)_([1-9][0-9]{0,3})_days", name)
    if counted is not None and int(counted[2]) <= MAX_SPAN_DAYS:
        days = timedelta(days=int(counted[2]))
        return (today + _DAY - days, today + _DAY) if counted[1] == "last" else (today, today + days)
    if name in _DAYS_AWAY:
        day = today + _DAYS_AWAY[name] * _DAY
        return day, day + _DAY
    if name in _WEEKS_AWAY:
        monday = today + _WEEKS_AWAY[name] * _WEEK - today.weekday() * _DAY
        return monday, monday + _WEEK
    away = _MONTHS_AWAY[name]
    return _month(today, away), _month(today, away + 1)


_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(weeks=1)
_DAYS_AWAY: Final = {"yesterday": -1, "today": 0, "tomorrow": 1}
_WEEKS_AWAY: Final = {"last_week": -1, "this_week": 0, "next_week": 1}
_MONTHS_AWAY: Final = {"last_month": -1, "this_month": 0, "next_month": 1}


def _month(today: date, away: int) -> date:
    years, month = divmod(today.month - 1 + away, 12)
    return date(today.year + years, month + 1, 1)
