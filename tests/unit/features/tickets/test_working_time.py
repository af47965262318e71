"""Working time against a model that goes minute by minute, through every change of the clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.features.tickets.model.calendar import Calendar, Opening, WorkingHours

MINUTE = timedelta(minutes=1)
ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/St_Johns", "UTC"]
"""Lord Howe moves its clocks by half an hour; Kolkata stands half an hour, St John's half an hour beside the rest."""
AROUND_CHANGES = [
    datetime(2026, 3, 29, tzinfo=UTC),
    datetime(2026, 10, 25, tzinfo=UTC),
    datetime(2026, 3, 8, tzinfo=UTC),
    datetime(2026, 11, 1, tzinfo=UTC),
    datetime(2026, 4, 4, tzinfo=UTC),
    datetime(2026, 10, 3, tzinfo=UTC),
]
"""Days on which, or next to which, one of the zones moves its clocks. Source: the IANA database."""


@st.composite
def weeks(draw: st.DrawFn) -> WorkingHours:
    """Working hours: up to two stretches on some days of the week."""
    openings = []
    for day in draw(st.sets(st.integers(0, 6), min_size=1)):
        marks = sorted(draw(st.sets(st.integers(0, 1_440), min_size=2, max_size=4)))
        for opens, closes in zip(marks[::2], marks[1::2], strict=False):
            openings.append(Opening(day=day, opens=opens, closes=closes))
    return WorkingHours(time_zone=draw(st.sampled_from(ZONES)), openings=tuple(openings))


moments = st.builds(
    lambda day, minutes: day + timedelta(minutes=minutes), st.sampled_from(AROUND_CHANGES), st.integers(-1_440, 2_880)
)


def is_open(hours: WorkingHours, at: datetime) -> bool:
    """Whether the clock on the wall shows working time."""
    wall = at.astimezone(ZoneInfo(hours.time_zone))
    minute = wall.hour * 60 + wall.minute
    return any(each.day == wall.weekday() and each.opens <= minute < each.closes for each in hours.openings)


def counted(hours: WorkingHours, start: datetime, minutes: int) -> int:
    """Working minutes among those after a moment, one by one."""
    return sum(is_open(hours, start + each * MINUTE) for each in range(minutes))


@settings(max_examples=60, deadline=None)
@given(weeks(), moments, st.integers(0, 2_000), st.integers(0, 2_000))
def test_sla_business_hours_are_counted_as_a_clock_on_the_wall_would_through_changes_of_the_clocks(
    hours: WorkingHours, begin: datetime, until_start: int, length: int
) -> None:
    start = begin + until_start * MINUTE
    worked = Calendar(hours, begin).worked(start, start + length * MINUTE)
    assert worked == counted(hours, start, length) * MINUTE


@settings(max_examples=60, deadline=None)
@given(weeks(), moments, st.integers(1, 1_500))
def test_a_deadline_is_the_first_moment_by_which_that_much_was_worked(
    hours: WorkingHours, begin: datetime, work: int
) -> None:
    calendar = Calendar(hours, begin)
    due = calendar.after(begin, work * MINUTE)
    assert calendar.worked(begin, due) == work * MINUTE
    assert calendar.worked(begin, due - MINUTE) < work * MINUTE


@given(moments, st.integers(1, 10_000), st.integers(0, 10_000))
def test_without_hours_all_time_is_working_time(begin: datetime, work: int, length: int) -> None:
    calendar = Calendar(None, begin)
    assert calendar.after(begin, work * MINUTE) == begin + work * MINUTE
    assert calendar.worked(begin, begin + length * MINUTE) == length * MINUTE


@pytest.mark.parametrize(
    ("zone", "opens", "closes", "day", "worked"),
    [
        ("Europe/Berlin", 60, 240, datetime(2026, 3, 28, 22, tzinfo=UTC), 120),
        ("Europe/Berlin", 60, 240, datetime(2026, 10, 24, 21, tzinfo=UTC), 240),
        ("Europe/Berlin", 120, 180, datetime(2026, 3, 28, 22, tzinfo=UTC), 0),
        ("Australia/Lord_Howe", 60, 240, datetime(2026, 10, 3, 12, tzinfo=UTC), 150),
    ],
)
def test_an_hour_that_is_skipped_is_not_worked_and_one_that_comes_twice_is_worked_twice(
    zone: str, opens: int, closes: int, day: datetime, worked: int
) -> None:
    hours = WorkingHours(time_zone=zone, openings=(Opening(day=6, opens=opens, closes=closes),))
    assert Calendar(hours, day).worked(day, day + timedelta(days=1)) == worked * MINUTE


def test_a_question_to_the_second_is_answered_to_the_second() -> None:
    hours = WorkingHours(time_zone="Europe/Berlin", openings=(Opening(day=0, opens=540, closes=1_020),))
    monday = datetime(2026, 6, 1, 8, 30, 12, 345_000, tzinfo=UTC)
    calendar = Calendar(hours, monday)
    assert calendar.after(monday, timedelta(hours=1)) == monday + timedelta(hours=1)
    # 6 h 29 min 47.655 s are left of Monday; the rest is Monday next week's.
    assert calendar.after(monday, timedelta(hours=7)) == datetime(2026, 6, 8, 7, 30, 12, 345_000, tzinfo=UTC)
