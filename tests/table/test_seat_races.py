"""Seats, trial and limits when two act at the same moment, or one is cut short (product.md section 3)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from chalicelib.adapters.mail import Mail
from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import ConnectionState, ConnectionTaken
from chalicelib.features.accounts.repository import ConnectionRow
from chalicelib.features.seats import use_cases as seats
from chalicelib.features.seats.model import (
    AccountLimitReached,
    AlreadySeated,
    Interval,
    PaidBy,
    PaidSeats,
    SeatState,
    SeatTaken,
)
from chalicelib.features.seats.repository import Seats
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.features.workspaces.model import CreateInvite
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.plans import SeatNeeded
from chalicelib.kernel.roles import Role
from chalicelib.table import keys
from chalicelib.table.transaction import ChangedMeanwhile
from tests.races import at_once, in_between, killed_after, outcome_of
from tests.scene import a_job, a_person, a_workspace
from tests.seating import MONTH, a_telegram_user, connect, pay, state_of
from tests.team import Team

pytestmark = pytest.mark.usefixtures("local_aws")
Patch = pytest.MonkeyPatch
Act = Callable[[], object]


@pytest.fixture
def team() -> Team:
    """Two Owners and a Member, none of them on a seat."""
    return Team(seats=None, olga=Role.OWNER, otto=Role.OWNER, max=Role.MEMBER)


def paid_for(team: Team, basic: int, extra: int = 0) -> PaidSeats:
    """What a payer pays for."""
    return PaidSeats(
        paid_by=PaidBy.STRIPE,
        interval=Interval.MONTH,
        basic=basic,
        pro=0,
        extra=extra,
        paid_until=utc_now() + MONTH,
    )


def held_by(team: Team) -> list[tuple[SeatState, object]]:
    """Where every seat stands and who holds it."""
    return [(seat.state_at(utc_now()), seat.user_id) for seat in Seats(a_job(team.workspace_id)).all()]


def copies_are_true(team: Team) -> bool:
    """Whether what every member's row says of their seat is what the seat says."""
    held = {seat.user_id: seat.held() for seat in Seats(a_job(team.workspace_id)).all() if seat.user_id is not None}
    coverage = seats.coverage_of_members(tenant=a_job(team.workspace_id))
    return {user_id: each.seat for user_id, each in coverage.items() if each.seat is not None} == held


def test_two_owners_give_one_seat_and_one_of_them_does(team: Team, monkeypatch: Patch) -> None:
    [seat] = pay(team.workspace_id, utc_now, basic=1)
    olga, otto = team.handle("olga"), team.handle("otto")
    outcomes = at_once(
        [
            lambda: seats.assign_seat(seat.id, team.id("max"), tenant=olga),
            lambda: seats.take_seat(seat.id, tenant=otto),
        ],
        monkeypatch,
    )
    assert sum(outcome is ChangedMeanwhile for outcome in outcomes) == 1
    assert len([one for one in held_by(team) if one[0] is SeatState.FILLED]) == 1
    assert copies_are_true(team)


def test_two_seats_are_given_to_one_member_and_they_hold_one(team: Team, monkeypatch: Patch) -> None:
    one, other = pay(team.workspace_id, utc_now, basic=2)
    olga, otto = team.handle("olga"), team.handle("otto")
    outcomes = at_once(
        [
            lambda: seats.assign_seat(one.id, team.id("max"), tenant=olga),
            lambda: seats.assign_seat(other.id, team.id("max"), tenant=otto),
        ],
        monkeypatch,
    )
    assert sum(outcome is ChangedMeanwhile for outcome in outcomes) == 1
    assert sorted(state for state, _ in held_by(team)) == [SeatState.AVAILABLE, SeatState.FILLED]
    assert copies_are_true(team)
    refused = outcome_of(lambda: seats.assign_seat(other.id, team.id("max"), tenant=olga))
    assert refused in (AlreadySeated, SeatTaken)


def test_a_seat_given_to_somebody_who_goes_meanwhile_is_nobody_s(team: Team, monkeypatch: Patch) -> None:
    [seat] = pay(team.workspace_id, utc_now, basic=1)
    olga, otto = team.handle("olga"), team.handle("otto")
    given = in_between(
        lambda: seats.assign_seat(seat.id, team.id("max"), tenant=olga),
        lambda: workspaces.remove_member(team.id("max"), tenant=otto),
        monkeypatch,
    )
    assert given is ChangedMeanwhile
    assert held_by(team) == [(SeatState.AVAILABLE, None)]


def test_who_is_given_a_seat_while_they_are_removed_leaves_none_filled(team: Team, monkeypatch: Patch) -> None:
    [seat] = pay(team.workspace_id, utc_now, basic=1)
    olga, otto = team.handle("olga"), team.handle("otto")
    removed = in_between(
        lambda: workspaces.remove_member(team.id("max"), tenant=otto),
        lambda: seats.assign_seat(seat.id, team.id("max"), tenant=olga),
        monkeypatch,
    )
    assert removed is ChangedMeanwhile
    workspaces.remove_member(team.id("max"), tenant=team.handle("otto"))
    assert held_by(team) == [(SeatState.AVAILABLE, None)]


def test_one_seat_is_promised_to_one_of_two_who_are_invited(team: Team, monkeypatch: Patch) -> None:
    [seat] = pay(team.workspace_id, utc_now, basic=1)

    def invites(name: str) -> Act:
        handle, wish = team.handle(name), CreateInvite(role=Role.MEMBER, seat_id=seat.id)
        return lambda: workspaces.create_invite(wish, tenant=handle, mail=Mail())

    outcomes = at_once([invites("olga"), invites("otto")], monkeypatch)
    assert sum(outcome is ChangedMeanwhile for outcome in outcomes) == 1
    assert held_by(team) == [(SeatState.PENDING, None)]


def test_what_is_paid_told_twice_at_once_makes_the_seats_once(team: Team, monkeypatch: Patch) -> None:
    paid = paid_for(team, basic=3)
    job = a_job(team.workspace_id)
    outcomes = at_once([lambda: seats.apply_paid(paid, tenant=job) for _ in range(2)], monkeypatch)
    assert sorted(map(str, outcomes)) == sorted(map(str, (True, ChangedMeanwhile)))
    assert seats.apply_paid(paid, tenant=job) is False
    assert len(held_by(team)) == 3


@pytest.mark.parametrize("writes", [0, 1, 2])
def test_more_seats_than_a_transaction_takes_are_made_once_though_it_is_killed_on_the_way(
    team: Team, monkeypatch: Patch, writes: int
) -> None:
    paid, job = paid_for(team, basic=80, extra=4), a_job(team.workspace_id)
    marks: list[object] = []
    assert killed_after(writes, lambda: seats.apply_paid(paid, tenant=job, finish=marks.append), monkeypatch)
    assert len(held_by(team)) == 35 * writes
    assert seats.apply_paid(paid, tenant=job, finish=marks.append) is True
    assert len(held_by(team)) == 80
    assert len(marks) == (2 if writes == 2 else 1), "the last transaction alone takes the mark"
    assert seats.apply_paid(paid, tenant=job) is False


def test_two_seats_do_not_share_out_more_extra_accounts_than_are_paid(team: Team, monkeypatch: Patch) -> None:
    one, other = pay(team.workspace_id, utc_now, basic=2, extra=1)
    olga, otto = team.handle("olga"), team.handle("otto")
    at_once(
        [
            lambda: seats.set_extra_accounts(one.id, 1, tenant=olga),
            lambda: seats.set_extra_accounts(other.id, 1, tenant=otto),
        ],
        monkeypatch,
    )
    assert sum(seat.extra_accounts for seat in Seats(a_job(team.workspace_id)).all()) == 1


def test_two_accounts_connected_at_once_do_not_both_pass_the_limit_of_a_seat(team: Team, monkeypatch: Patch) -> None:
    [seat] = pay(team.workspace_id, utc_now, basic=1)
    seats.take_seat(seat.id, tenant=team.handle("olga"))
    for _ in range(4):
        connect(team.handle("olga"))
    handle = team.handle("olga")
    outcomes = at_once([lambda: connect(handle), lambda: connect(handle)], monkeypatch)
    assert outcomes.count(AccountLimitReached) == 1
    assert len(accounts.connected_accounts(handle)) == 5


def test_two_accounts_connected_at_once_do_not_both_pass_the_limit_of_the_trial(team: Team, monkeypatch: Patch) -> None:
    for _ in range(4):
        connect(team.handle("olga"))
    olga, mona = team.handle("olga"), team.handle("max")
    outcomes = at_once([lambda: connect(olga), lambda: connect(mona)], monkeypatch)
    assert outcomes.count(AccountLimitReached) == 1
    assert len(accounts.known_accounts(olga)) == 5


def test_two_first_accounts_begin_one_trial(team: Team, monkeypatch: Patch) -> None:
    olga, mona = team.handle("olga"), team.handle("max")
    at_once([lambda: connect(olga), lambda: connect(mona)], monkeypatch)
    assert len(accounts.known_accounts(olga)) == 2
    assert team.profile().trial_uses == 2


def test_one_telegram_account_begins_one_of_two_trials(monkeypatch: Patch) -> None:
    people = [a_person("Olga"), a_person("Mallory")]
    handles = [person.handle(a_workspace((person, Role.OWNER), seats=None)) for person in people]
    telegram_user = a_telegram_user()
    acts = [lambda one=one: connect(one, telegram_user) for one in handles]
    assert at_once(acts, monkeypatch).count(SeatNeeded) == 1


def test_a_connection_is_not_suspended_when_its_seat_is_given_meanwhile(team: Team, monkeypatch: Patch) -> None:
    [seat] = pay(team.workspace_id, utc_now, basic=1)
    seats.take_seat(seat.id, tenant=team.handle("olga"))
    account_id = connect(team.handle("olga")).account_id
    seats.free_seat(seat.id, tenant=team.handle("olga"))
    olga = team.handle("olga")
    settled = in_between(
        lambda: accounts.settle_coverage(tenant=a_job(team.workspace_id)),
        lambda: seats.take_seat(seat.id, tenant=olga),
        monkeypatch,
    )
    assert settled is ChangedMeanwhile, "which due work tries again"
    assert state_of(team.workspace_id, team.id("olga"), account_id)[0] is ConnectionState.CONNECTING


def test_what_lapsed_is_suspended_once_though_the_work_is_killed_on_the_way(team: Team, monkeypatch: Patch) -> None:
    [seat] = pay(team.workspace_id, utc_now, basic=1, until=utc_now() + timedelta(seconds=30))
    seats.take_seat(seat.id, tenant=team.handle("olga"))
    made = [connect(team.handle("olga")).account_id for _ in range(3)]
    later = a_job(team.workspace_id, lambda: utc_now() + timedelta(seconds=31))
    assert killed_after(1, lambda: accounts.settle_coverage(tenant=later), monkeypatch)
    accounts.settle_coverage(tenant=later)
    accounts.settle_coverage(tenant=later)
    states = [state_of(team.workspace_id, team.id("olga"), account_id) for account_id in made]
    assert states == [(ConnectionState.SUSPENDED, "unpaid")] * 3
    assert team.events().count("connection.suspended") == 3


def test_a_worker_that_has_not_heard_writes_nothing_over_a_suspended_connection(team: Team) -> None:
    [seat] = pay(team.workspace_id, utc_now, basic=1)
    seats.take_seat(seat.id, tenant=team.handle("olga"))
    connection = connect(team.handle("olga"))
    later = a_job(team.workspace_id, lambda: utc_now() + MONTH + timedelta(seconds=1))
    accounts.settle_coverage(tenant=later)
    worker = a_job(team.workspace_id)
    written = outcome_of(
        lambda: accounts.set_state(connection, ConnectionState.CONNECTED, None, tenant=worker, epoch=1)
    )
    assert written is ConnectionTaken
    row = worker.rows(keys.account_partition(connection.account_id)).get(
        ConnectionRow, keys.connection(team.id("olga"))
    )
    assert row is not None
    assert row.state == ConnectionState.SUSPENDED
