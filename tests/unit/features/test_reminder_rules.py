"""When reminders are due and due again: names of times, repetitions, and every change of clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.features.notifications.model import About, AboutKind
from chalicelib.features.reminders.model import (
    FURTHEST,
    MAX_TEXT_CHARACTERS,
    Preset,
    Reminder,
    ReminderTextInvalid,
    ReminderTimeInvalid,
    Repeat,
    Rhythm,
    When,
    parse_text,
    parse_wall,
)
from chalicelib.kernel import ids, time_zones
from chalicelib.kernel.ids import ReminderId, UserId

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 26, 10, 30, tzinfo=UTC)  # a Thursday; 11:30 in Berlin
CHAT = About(kind=AboutKind.CHAT, id="C")
NOTHING = About(kind=AboutKind.WORKSPACE, id="W")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("preset", "due"),
    [
        (Preset.IN_1_H, "2026-11-26T11:30Z"),
        (Preset.TOMORROW, "2026-11-27T08:00Z"),
        (Preset.NEXT_WEEK, "2026-11-30T08:00Z"),
    ],
)
def test_times_with_a_name_are_of_the_person_s_own_wall_clock(preset: Preset, due: str) -> None:
    """In 1 h / tomorrow / next week (product.md section 7)."""
    assert When(preset=preset).moment(NOW, BERLIN) == moment(due)


def test_tomorrow_is_the_next_day_of_the_person_and_not_of_ours() -> None:
    late = moment("2026-11-26T23:30Z")  # in Berlin it is the 27th already
    assert When(preset=Preset.TOMORROW).moment(late, BERLIN) == moment("2026-11-28T08:00Z")


def test_next_week_is_never_today() -> None:
    monday = moment("2026-11-30T07:00Z")
    assert When(preset=Preset.NEXT_WEEK).moment(monday, BERLIN) == moment("2026-12-07T08:00Z")


@pytest.mark.parametrize(
    ("now", "shown", "due"),
    [
        # Skipped: 02:30 does not come, half an hour past three does.
        ("2026-03-28T12:00Z", "2026-03-29T02:30", "2026-03-29T01:30Z"),
        # Doubled: the first is meant.
        ("2026-10-24T12:00Z", "2026-10-25T02:30", "2026-10-25T00:30Z"),
    ],
)
def test_in_the_hour_that_a_change_of_clocks_skips_or_doubles_it_is_due_once(now: str, shown: str, due: str) -> None:
    assert When(wall=parse_wall(shown)).moment(moment(now), BERLIN) == moment(due)


@pytest.mark.parametrize(
    "when",
    [
        When(),
        When(at=NOW + timedelta(days=1), preset=Preset.TOMORROW),
        When(at=NOW),
        When(at=NOW - timedelta(seconds=1)),
        When(at=NOW + FURTHEST + timedelta(seconds=1)),
        When(wall=parse_wall("2026-11-26T11:30")),
    ],
)
def test_it_is_due_at_one_time_that_is_to_come(when: When) -> None:
    with pytest.raises(ReminderTimeInvalid):
        when.moment(NOW, BERLIN)


@pytest.mark.parametrize("text", ["2026-02-30T10:00", "2026-11-26T24:01", "0001-01-01T00:00", "9999-12-31T23:59", "x"])
def test_what_no_wall_clock_shows_is_refused(text: str) -> None:
    with pytest.raises(ReminderTimeInvalid):
        parse_wall(text)


def following(repeat: Repeat, anchor: str, after: str, times: int) -> list[str]:
    """What the wall clock in Berlin shows at so many occurrences after a moment."""
    rhythm = Rhythm(repeat=repeat, anchor=parse_wall(anchor), zone="Europe/Berlin")
    found, at = [], moment(after)
    for _ in range(times):
        at = rhythm.next_after(at)
        found.append(time_zones.to_wall(time_zones.wall_of(at, BERLIN)))
    return found


@pytest.mark.parametrize(
    ("repeat", "anchor", "after", "shown"),
    [
        (Repeat.DAILY, "2026-11-26T09:00", "2026-11-26T08:00Z", ["2026-11-27T09:00", "2026-11-28T09:00"]),
        # From a Friday on, over the weekend.
        (Repeat.WEEKDAYS, "2026-11-26T09:00", "2026-11-27T08:00Z", ["2026-11-30T09:00", "2026-12-01T09:00"]),
        (Repeat.WEEKLY, "2026-11-26T09:00", "2026-11-26T08:00Z", ["2026-12-03T09:00", "2026-12-10T09:00"]),
        # The 31st, and the last day where a month has none.
        (
            Repeat.MONTHLY,
            "2027-01-31T09:00",
            "2027-01-31T08:00Z",
            ["2027-02-28T09:00", "2027-03-31T09:00", "2027-04-30T09:00"],
        ),
        (Repeat.MONTHLY, "2026-12-15T09:00", "2026-12-15T08:00Z", ["2027-01-15T09:00", "2027-02-15T09:00"]),
        # Clocks go forward on 29 March 2026 and back on 25 October: the wall clock's time stays.
        (Repeat.DAILY, "2026-03-27T09:00", "2026-03-28T08:00Z", ["2026-03-29T09:00", "2026-03-30T09:00"]),
        (Repeat.DAILY, "2026-10-23T09:00", "2026-10-24T07:00Z", ["2026-10-25T09:00", "2026-10-26T09:00"]),
        # The hour that is skipped once, and comes at its own time again the day after.
        (Repeat.DAILY, "2026-03-27T02:30", "2026-03-28T01:30Z", ["2026-03-29T03:30", "2026-03-30T02:30"]),
    ],
)
def test_it_repeats_at_the_same_time_of_the_wall_clock(
    repeat: Repeat, anchor: str, after: str, shown: list[str]
) -> None:
    """Repeating daily, on weekdays, weekly, monthly, through changes of clocks."""
    assert following(repeat, anchor, after, len(shown)) == shown


def test_an_hour_that_comes_twice_rings_once() -> None:
    rhythm = Rhythm(repeat=Repeat.DAILY, anchor=parse_wall("2026-10-20T02:30"), zone="Europe/Berlin")
    first = rhythm.next_after(moment("2026-10-24T12:00Z"))
    assert first == moment("2026-10-25T00:30Z")
    assert rhythm.next_after(first) == moment("2026-10-26T01:30Z")


ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "UTC"]


@settings(max_examples=150)
@given(
    repeat=st.sampled_from(Repeat),
    anchor=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001 - a wall clock's time
    zone=st.sampled_from(ZONES),
    after_h=st.integers(0, 24 * 800),
)
def test_the_next_time_is_to_come_and_nothing_lies_between(
    repeat: Repeat, anchor: datetime, zone: str, after_h: int
) -> None:
    rhythm = Rhythm(repeat=repeat, anchor=anchor.replace(second=0, microsecond=0), zone=zone)
    after = time_zones.moment_of(rhythm.anchor, ZoneInfo(zone)) + timedelta(hours=after_h)
    following = rhythm.next_after(after)
    assert after < following <= after + timedelta(days=32)
    assert rhythm.next_after(following - timedelta(seconds=1)) == following
    shown = time_zones.wall_of(following, ZoneInfo(zone))
    skipped = timedelta(hours=shown.hour, minutes=shown.minute) - timedelta(
        hours=rhythm.anchor.hour, minutes=rhythm.anchor.minute
    )
    assert skipped in {timedelta(0), timedelta(minutes=30), timedelta(hours=1)}
    assert repeat is not Repeat.WEEKDAYS or shown.weekday() < 5


def a_reminder(**different: object) -> Reminder:
    due_at = NOW - timedelta(minutes=1)
    known: dict[str, object] = {
        "id": ReminderId(ids.mint() + ids.mint()),
        "about": CHAT,
        "text": "Call",
        "made_by": UserId("M"),
        "since": NOW - timedelta(days=1),
        "due_at": due_at,
        "rings_at": due_at,
    }
    return Reminder(**{**known, **different})  # type: ignore[arg-type]


DAILY = Rhythm(repeat=Repeat.DAILY, anchor=parse_wall("2026-11-20T11:29"), zone="Europe/Berlin")
TOMORROW = datetime(2026, 11, 27, 10, 29, tzinfo=UTC)


def test_one_that_comes_once_rings_once_and_is_overdue_until_it_is_done() -> None:
    rung = a_reminder().rung(NOW)
    assert (rung.rings_at, rung.due_at, rung.done_at) == (None, a_reminder().due_at, None)
    done = rung.done(NOW)
    assert (done.done_at, done.rings_at) == (NOW, None)


def test_one_that_repeats_rings_again_and_waits_for_its_next_time_once_done() -> None:
    rung = a_reminder(rhythm=DAILY).rung(NOW)
    assert (rung.rings_at, rung.due_at) == (TOMORROW, a_reminder().due_at)
    done = rung.done(NOW)
    assert (done.due_at, done.rings_at, done.done_at) == (TOMORROW, TOMORROW, None)


def test_after_days_of_silence_it_rings_once_and_not_once_for_each_day() -> None:
    late = NOW + timedelta(days=3)
    assert a_reminder(rhythm=DAILY).rung(late).rings_at == TOMORROW + timedelta(days=3)


def test_done_before_its_time_the_coming_time_is_skipped() -> None:
    early = a_reminder(rhythm=DAILY, due_at=TOMORROW, rings_at=TOMORROW).done(NOW)
    assert early.due_at == TOMORROW + timedelta(days=1)


def test_snoozed_it_comes_later_and_its_repetition_stays() -> None:
    later = NOW + timedelta(hours=3)
    snoozed = a_reminder(rhythm=DAILY).rung(NOW).moved(later, NOW)
    assert (snoozed.due_at, snoozed.rings_at) == (later, later)
    assert snoozed.rung(later).rings_at == TOMORROW


def test_what_is_taken_back_stands_as_it_stood_and_does_not_ring_twice() -> None:
    before = a_reminder().rung(NOW)
    undone = before.done(NOW).restored(before.due_at, NOW)
    assert (undone.due_at, undone.rings_at, undone.done_at) == (before.due_at, None, None)
    ahead = a_reminder(due_at=TOMORROW, rings_at=TOMORROW)
    assert ahead.done(NOW).restored(TOMORROW, NOW).rings_at == TOMORROW


def test_an_answer_ends_one_that_repeats_too() -> None:
    answered = a_reminder(rhythm=DAILY).done(NOW, is_answered=True)
    assert (answered.done_at, answered.is_answered, answered.rings_at) == (NOW, True, None)


def test_it_says_something_or_is_about_something() -> None:
    assert parse_text("  Call back ", NOTHING) == "Call back"
    assert parse_text(" ", CHAT) == ""
    for text, about in ((" ", NOTHING), ("x" * (MAX_TEXT_CHARACTERS + 1), CHAT)):
        with pytest.raises(ReminderTextInvalid):
            parse_text(text, about)
