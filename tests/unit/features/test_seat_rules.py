"""Seats: where each stands, how they follow what is paid, and which connections that covers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from chalicelib.features.seats.model import (
    HeldConnection,
    Hold,
    Interval,
    PaidBy,
    PaidSeats,
    Seat,
    SeatChange,
    SeatState,
    covered,
    reckoned,
)
from chalicelib.kernel.ids import AccountId, ConnectionId, InviteId, SeatId, UserId
from chalicelib.kernel.plans import Coverage, Plan

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
END = NOW + timedelta(days=30)
NEXT_END = NOW + timedelta(days=60)
ANNA, BEN = UserId("ANNA"), UserId("BEN")


def a_seat(name: str = "S1", **different: Any) -> Seat:
    seat = Seat(id=SeatId(name), plan=Plan.BASIC, interval=Interval.MONTH, paid_by=PaidBy.STRIPE, paid_until=END)
    return replace(seat, **different)


def paid(basic: int = 0, pro: int = 0, extra: int = 0, until: datetime = END, **different: Any) -> PaidSeats:
    what = PaidSeats(
        paid_by=PaidBy.STRIPE, interval=Interval.MONTH, basic=basic, pro=pro, extra=extra, paid_until=until
    )
    return replace(what, **different)


def after(seats: list[Seat], what: PaidSeats, now: datetime = NOW) -> dict[str, Seat]:
    """The seats there are once they are what is paid, by id."""
    names: Iterator[int] = count(1)
    changes = reckoned(seats, what, now=now, new_id=lambda: SeatId(f"NEW{next(names)}"))
    left = {seat.id: seat for seat in seats}
    for change in changes:
        apply(change, left)
    assert reckoned(left.values(), what, now=now, new_id=lambda: SeatId("AGAIN")) == [], "once is enough"
    return {str(name): seat for name, seat in left.items()}


def apply(change: SeatChange, seats: dict[SeatId, Seat]) -> None:
    if change.after is not None:
        seats[change.after.id] = change.after
    elif change.before is not None:
        del seats[change.before.id]


@pytest.mark.parametrize(
    ("different", "state"),
    [
        ({}, SeatState.AVAILABLE),
        ({"hold": Hold(invite_id=InviteId("I"), until=END)}, SeatState.PENDING),
        ({"hold": Hold(invite_id=InviteId("I"), until=NOW)}, SeatState.AVAILABLE),
        ({"user_id": ANNA}, SeatState.FILLED),
        ({"paid_until": NOW}, SeatState.EXPIRED),
        ({"paid_until": NOW, "user_id": ANNA}, SeatState.EXPIRED),
    ],
)
def test_a_seat_is_available_pending_filled_or_expired(different: dict[str, Any], state: SeatState) -> None:
    assert a_seat(**different).state_at(NOW) is state


def test_a_seat_covers_five_accounts_and_each_extra_one() -> None:
    assert a_seat().accounts == 5
    assert a_seat(extra_accounts=2).held().accounts == 7


def test_as_many_seats_are_made_as_are_paid() -> None:
    made = after([], paid(basic=2, pro=1))
    assert sorted(seat.plan for seat in made.values()) == [Plan.BASIC, Plan.BASIC, Plan.PRO]
    assert {seat.state_at(NOW) for seat in made.values()} == {SeatState.AVAILABLE}


def test_a_renewal_moves_the_end_and_leaves_who_holds_what() -> None:
    seats = [a_seat("S1", user_id=ANNA), a_seat("S2")]
    renewed = after(seats, paid(basic=2, until=NEXT_END))
    assert [seat.paid_until for seat in renewed.values()] == [NEXT_END, NEXT_END]
    assert [seat.user_id for seat in renewed.values()] == [ANNA, None]


def test_of_what_is_no_longer_paid_empty_seats_go_and_a_filled_one_lapses_at_its_end() -> None:
    seats = [a_seat("S1"), a_seat("S2", user_id=ANNA), a_seat("S3", user_id=BEN)]
    left = after(seats, paid(basic=1, until=NEXT_END))
    assert set(left) == {"S2", "S3"}
    assert (left["S2"].paid_until, left["S3"].paid_until) == (NEXT_END, END)
    assert left["S3"].user_id == BEN


def test_a_seat_somebody_is_invited_into_goes_after_those_nobody_is() -> None:
    seats = [a_seat("S1"), a_seat("S2", hold=Hold(invite_id=InviteId("I"), until=END))]
    assert set(after(seats, paid(basic=1))) == {"S2"}


def test_whoever_has_no_place_on_their_plan_gets_that_of_an_empty_seat_of_the_other() -> None:
    seats = [a_seat("S1"), a_seat("S2"), a_seat("S3", plan=Plan.PRO, user_id=ANNA)]
    left = after(seats, paid(basic=2, until=NEXT_END))
    assert (left["S3"].plan, left["S3"].paid_until, left["S3"].user_id) == (Plan.BASIC, NEXT_END, ANNA)
    assert len(left) == 2


def test_an_upgrade_changes_the_plan_under_who_works_there() -> None:
    upgraded = after([a_seat("S1"), a_seat("S2", user_id=ANNA)], paid(basic=1, pro=1))
    assert (upgraded["S1"].plan, upgraded["S2"].plan) == (Plan.BASIC, Plan.PRO)


def test_a_downgrade_begins_where_nobody_works() -> None:
    seats = [a_seat("S1", plan=Plan.PRO, user_id=ANNA), a_seat("S2", plan=Plan.PRO)]
    downgraded = after(seats, paid(basic=1, pro=1))
    assert (downgraded["S1"].plan, downgraded["S2"].plan) == (Plan.PRO, Plan.BASIC)


def test_who_comes_back_finds_the_seat_that_lapsed_under_them() -> None:
    later = END + timedelta(days=3)
    back = after([a_seat(user_id=ANNA)], paid(basic=1, until=later + timedelta(days=30)), now=later)
    assert (len(back), back["S1"].user_id, back["S1"].state_at(later)) == (1, ANNA, SeatState.FILLED)


def test_what_is_paid_otherwise_takes_over_who_had_lapsed() -> None:
    """From month to year, or from a card to the wallet, nobody loses their seat."""
    later = END + timedelta(days=3)
    yearly = paid(pro=1, until=later + timedelta(days=365), interval=Interval.YEAR, paid_by=PaidBy.WALLET)
    [taken] = after([a_seat(user_id=ANNA)], yearly, now=later).values()
    assert (taken.plan, taken.interval, taken.paid_by) == (Plan.PRO, Interval.YEAR, PaidBy.WALLET)
    assert taken.user_id == ANNA


def test_what_somebody_else_pays_for_is_left_alone() -> None:
    yearly = a_seat("S2", interval=Interval.YEAR, user_id=BEN)
    assert after([yearly], paid(basic=1))["S2"] == yearly


def test_extra_accounts_that_are_no_longer_paid_are_taken_from_whoever_comes_last() -> None:
    seats = [a_seat("S1", extra_accounts=2), a_seat("S2", user_id=ANNA, extra_accounts=3)]
    left = after(seats, paid(basic=2, extra=4))
    assert (left["S1"].extra_accounts, left["S2"].extra_accounts) == (1, 3)


def connections(owner: UserId, *accounts: str, begun: int = 1) -> list[HeldConnection]:
    return [
        HeldConnection(id=ConnectionId(f"{place:03}{owner}"), account_id=AccountId(account), user_id=owner)
        for place, account in enumerate(accounts, start=begun)
    ]


def test_a_seat_covers_the_accounts_connected_first() -> None:
    seated = {ANNA: Coverage(seat=a_seat().held())}
    made = connections(ANNA, *"ABCDEFG")
    assert covered(reversed(made), seated, NOW) == {one.id for one in made[:5]}
    assert covered(made, seated, END) == set()


def test_the_trial_covers_five_accounts_of_all_members_and_one_that_two_share_once() -> None:
    trial = {who: Coverage(trial_ends_at=END) for who in (ANNA, BEN)}
    made = connections(ANNA, *"ABC") + connections(BEN, *"CDEF", begun=10)
    assert {one.account_id for one in made if one.id in covered(made, trial, NOW)} == set("ABCDE")
    assert covered(made, trial, END) == set()


def test_who_has_a_seat_takes_nothing_of_the_trial() -> None:
    mixed = {ANNA: Coverage(seat=a_seat().held(), trial_ends_at=END), BEN: Coverage(trial_ends_at=END)}
    made = connections(ANNA, *"ABCDE") + connections(BEN, *"FGHIJ", begun=10)
    assert covered(made, mixed, NOW) == {one.id for one in made}


def test_nothing_is_covered_of_whoever_is_no_member() -> None:
    assert covered(connections(ANNA, "A"), {}, NOW) == set()
