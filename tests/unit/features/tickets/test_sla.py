"""The clock of a ticket against a model that goes minute by minute."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.features.tickets.model.calendar import Calendar, Opening, WorkingHours
from chalicelib.features.tickets.model.facts import SlaInvalid
from chalicelib.features.tickets.model.sla import (
    MAX_RESTS,
    NOTHING_PROMISED,
    Priority,
    Reckoning,
    Rest,
    Rested,
    SlaSettings,
    SlaState,
    parse_settings,
    reckon,
    rested,
)
from chalicelib.kernel.time_zones import TimeZoneUnknown
from tests.unit.features.tickets.test_working_time import MINUTE, is_open, weeks

MADE = datetime(2026, 3, 28, 20, tzinfo=UTC)
"""Four hours before the clocks of Europe are moved on."""
WHY = [None, Rested.PENDING, Rested.DONE]

moves = st.lists(st.tuples(st.integers(1, 400), st.sampled_from(WHY)), max_size=5)
"""After how many minutes a ticket comes to wait, to be done or to be worked on, one after the other."""
promises = st.builds(
    SlaSettings,
    hours=st.one_of(st.none(), st.integers(1, 12)),
    by_priority=st.dictionaries(st.sampled_from(Priority), st.one_of(st.none(), st.integers(1, 12))),
    working_hours=st.one_of(st.none(), weeks()),
    pauses_while_pending=st.booleans(),
    warn_minutes=st.sampled_from([1, 30, 600]),
)


def rests_of(moves: list[tuple[int, Rested | None]]) -> tuple[tuple[Rest, ...], datetime]:
    """What a ticket keeps of these moves, and when the last one was."""
    at, rests = MADE, tuple[Rest, ...]()
    for minutes, why in moves:
        at += minutes * MINUTE
        rests = rested(rests, why, at)
    return rests, at


class MinuteByMinute:
    """Walks through a ticket's life as somebody with a watch would."""

    def __init__(self, promise: SlaSettings, hours: int, moves: list[tuple[int, Rested | None]]) -> None:
        self.spent, self.at = 0, MADE
        self.due_at: datetime | None = None
        self._promise, self._target = promise, hours * 60
        why = None
        for minutes, next_why in moves:
            self._walk(minutes, runs=self._runs(why))
            why = next_why
        self.runs = self._runs(why)

    def _runs(self, why: Rested | None) -> bool:
        return why is None or (why is Rested.PENDING and not self._promise.pauses_while_pending)

    def _walk(self, minutes: int, *, runs: bool) -> None:
        hours = self._promise.working_hours
        for _ in range(minutes):
            if runs and (hours is None or is_open(hours, self.at)):
                self.spent += 1
                if self.spent == self._target:
                    self.due_at = self.at + MINUTE
            self.at += MINUTE


def reckoned(promise: SlaSettings, priority: Priority, rests: tuple[Rest, ...]) -> Reckoning:
    return reckon(promise, Calendar(promise.working_hours, MADE), priority, MADE, rests)


@settings(max_examples=80, deadline=None)
@given(promises, st.sampled_from(Priority), moves)
def test_sla_a_deadline_and_what_is_left_are_what_a_watch_would_say(
    promise: SlaSettings, priority: Priority, moves: list[tuple[int, Rested | None]]
) -> None:
    rests, _ = rests_of(moves)
    found = reckoned(promise, priority, rests)
    hours = promise.by_priority.get(priority, promise.hours)
    assert found.hours == hours
    if hours is None:
        assert (found.due_at, found.left) == (None, None)
        return
    watch = MinuteByMinute(promise, hours, moves)
    if watch.due_at is not None:
        assert found.due_at == watch.due_at
    elif found.is_paused:
        assert found.left == (hours * 60 - watch.spent) * MINUTE
    else:
        assert found.due_at is not None
        since = watch.at if watch.runs else rests[-1].begins_at
        worked = Calendar(promise.working_hours, MADE).worked(since, found.due_at)
        assert worked == (hours * 60 - watch.spent) * MINUTE


@settings(max_examples=80, deadline=None)
@given(promises, moves, st.integers(0, 1_000))
def test_a_broken_promise_stays_broken_whatever_comes_after(
    promise: SlaSettings, moves: list[tuple[int, Rested | None]], later: int
) -> None:
    rests, at = rests_of(moves)
    before = reckoned(promise, Priority.MEDIUM, rests)
    if before.state_at(at) not in {SlaState.BREACHED, SlaState.MET_LATE}:
        return
    for why in WHY:
        after = reckoned(promise, Priority.MEDIUM, rested(rests, why, at + later * MINUTE))
        assert after.state_at(at + later * MINUTE) in {SlaState.BREACHED, SlaState.MET_LATE}
        assert after.due_at == before.due_at


FOUR_HOURS = SlaSettings(hours=4, by_priority={}, pauses_while_pending=True, warn_minutes=30)


@pytest.mark.parametrize(
    ("promise", "moves", "after", "state"),
    [
        (NOTHING_PROMISED, [], 9_999, SlaState.NOT_SET),
        (FOUR_HOURS, [], 0, SlaState.HEALTHY),
        (FOUR_HOURS, [], 209, SlaState.HEALTHY),
        (FOUR_HOURS, [], 210, SlaState.AT_RISK),
        (FOUR_HOURS, [], 240, SlaState.AT_RISK),
        (FOUR_HOURS, [], 241, SlaState.BREACHED),
        (FOUR_HOURS, [(240, Rested.DONE)], 9_999, SlaState.MET),
        (FOUR_HOURS, [(241, Rested.DONE)], 9_999, SlaState.MET_LATE),
        (FOUR_HOURS, [(100, Rested.PENDING)], 9_999, SlaState.HEALTHY),
        (FOUR_HOURS, [(210, Rested.PENDING)], 9_999, SlaState.AT_RISK),
        (FOUR_HOURS, [(100, Rested.PENDING), (500, None)], 739, SlaState.AT_RISK),
        (FOUR_HOURS, [(100, Rested.PENDING), (500, None)], 741, SlaState.BREACHED),
        (FOUR_HOURS, [(100, Rested.DONE), (500, None)], 700, SlaState.HEALTHY),
        (FOUR_HOURS, [(100, Rested.PENDING), (500, Rested.DONE)], 9_999, SlaState.MET),
        (replace(FOUR_HOURS, pauses_while_pending=False), [(100, Rested.PENDING)], 241, SlaState.BREACHED),
        (replace(FOUR_HOURS, by_priority={Priority.MEDIUM: 1}), [], 61, SlaState.BREACHED),
        (replace(FOUR_HOURS, by_priority={Priority.HIGH: 1}), [], 61, SlaState.HEALTHY),
        (replace(FOUR_HOURS, by_priority={Priority.MEDIUM: None}), [], 9_999, SlaState.NOT_SET),
    ],
)
def test_sla_states_are_not_set_healthy_at_risk_breached_met_and_met_late(
    promise: SlaSettings, moves: list[tuple[int, Rested | None]], after: int, state: SlaState
) -> None:
    rests, _ = rests_of(moves)
    assert reckoned(promise, Priority.MEDIUM, rests).state_at(MADE + after * MINUTE) is state


def test_moving_to_and_fro_within_a_moment_leaves_no_rest() -> None:
    rests = rested((), Rested.PENDING, MADE)
    assert rested(rests, None, MADE) == ()
    assert rested(rests, Rested.DONE, MADE) == (Rest(why=Rested.DONE, begins_at=MADE),)


def test_a_ticket_keeps_only_so_many_rests_and_is_done_all_the_same() -> None:
    rests = tuple[Rest, ...]()
    for number in range(2 * MAX_RESTS + 10):
        why = None if number % 2 else Rested.PENDING
        rests = rested(rests, why, MADE + number * MINUTE)
    assert len(rests) == MAX_RESTS
    done_at = MADE + timedelta(days=9)
    done = rested(rests, Rested.DONE, done_at)
    assert reckoned(FOUR_HOURS, Priority.LOW, done).done_at == done_at
    again = rested(done, None, done_at + MINUTE)
    assert len(again) == MAX_RESTS


WEEK = WorkingHours(time_zone="Europe/Berlin", openings=(Opening(day=0, opens=540, closes=1_020),))


def test_openings_are_kept_in_the_order_of_the_week() -> None:
    openings = (
        Opening(day=4, opens=0, closes=60),
        Opening(day=0, opens=700, closes=800),
        Opening(day=0, opens=0, closes=700),
    )
    kept = parse_settings(replace(FOUR_HOURS, working_hours=replace(WEEK, openings=openings))).working_hours
    assert kept is not None
    assert kept.openings == (openings[2], openings[1], openings[0])


@pytest.mark.parametrize(
    ("openings", "pointer"),
    [
        ((), "/working_hours/openings"),
        ((Opening(day=0, opens=60, closes=60),), "/working_hours/openings/0"),
        ((Opening(day=0, opens=90, closes=60),), "/working_hours/openings/0"),
        ((Opening(day=7, opens=0, closes=60),), "/working_hours/openings/0"),
        ((Opening(day=0, opens=0, closes=1_441),), "/working_hours/openings/0"),
        (
            (
                Opening(day=1, opens=0, closes=60),
                Opening(day=0, opens=0, closes=61),
                Opening(day=0, opens=60, closes=90),
            ),
            "/working_hours/openings/2",
        ),
        ((Opening(day=0, opens=0, closes=1),), "/hours"),
    ],
)
def test_working_hours_that_can_not_be_are_refused_by_their_place(openings: tuple[Opening, ...], pointer: str) -> None:
    promise = replace(FOUR_HOURS, hours=8_760, working_hours=replace(WEEK, openings=openings))
    with pytest.raises(SlaInvalid) as refusal:
        parse_settings(promise)
    assert [blame.pointer for blame in refusal.value.blames] == [pointer]


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "", "../etc/passwd", "Europe", "x" * 300])
def test_a_time_zone_that_there_is_not_is_refused(zone: str) -> None:
    with pytest.raises(TimeZoneUnknown) as refusal:
        parse_settings(replace(FOUR_HOURS, working_hours=replace(WEEK, time_zone=zone)))
    assert [blame.pointer for blame in refusal.value.blames] == ["/working_hours/time_zone"]
