"""What is paid for lets a member do: the one table of needs, seats and the trial."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.kernel.ids import SeatId
from chalicelib.kernel.permissions import Action
from chalicelib.kernel.plans import (
    ENTITLEMENTS,
    Coverage,
    Entitlement,
    HeldSeat,
    Need,
    Plan,
    ProSeatNeeded,
    SeatNeeded,
    TrialOver,
)

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
SOON = NOW + timedelta(seconds=1)
WORK = {action for action, need in ENTITLEMENTS.items() if need is Need.ANY_SEAT}
PRO = {action for action, need in ENTITLEMENTS.items() if need is Need.PRO}


def a_seat(plan: Plan, until: datetime = SOON) -> HeldSeat:
    return HeldSeat(id=SeatId("S"), plan=plan, until=until, accounts=7)


def covered(coverage: Coverage, at: datetime = NOW) -> set[Action]:
    """The actions of the table that are paid for."""
    return {action for action in ENTITLEMENTS if coverage.allow(action, at)}


def test_what_always_works_stands_in_no_table_of_needs() -> None:
    always = {
        Action.SEE_CRM,
        Action.CONNECT_ACCOUNTS,
        Action.EXPORT_DATA,
        Action.EXPORT_ACTIVITY,
        Action.READ_ACTIVITY,
        Action.ASK_TO_LEAVE,
        Action.INVITE,
        Action.MANAGE_MEMBERS,
        Action.MANAGE_COLUMNS,
        Action.CHANGE_SETTINGS,
        Action.CHANGE_TOGGLES,
        Action.MANAGE_BILLING,
        Action.DELETE_WORKSPACE,
    }
    assert not always & ENTITLEMENTS.keys()
    assert all(Coverage().allow(action, NOW) for action in always)


def test_without_a_seat_nothing_is_paid_for() -> None:
    assert covered(Coverage()) == set()
    assert Coverage().at(NOW) == Entitlement(plan=None, accounts=0, until=None)


def test_a_basic_seat_pays_for_the_work_and_a_pro_seat_for_tickets_and_analytics_too() -> None:
    assert covered(Coverage(seat=a_seat(Plan.BASIC))) == WORK
    assert covered(Coverage(seat=a_seat(Plan.PRO))) == WORK | PRO
    assert {Action.CREATE_TICKETS, Action.EDIT_TICKETS, Action.DELETE_TICKETS, Action.SEE_ALL_ANALYTICS} == PRO


def test_a_seat_ends_at_the_very_moment_it_is_paid_until() -> None:
    seated = Coverage(seat=a_seat(Plan.PRO, until=NOW))
    assert covered(seated, NOW - timedelta(microseconds=1)) == WORK | PRO
    assert covered(seated, NOW) == set()


def test_the_trial_is_three_days_of_pro_for_five_accounts() -> None:
    on_trial = Coverage(trial_ends_at=SOON)
    assert on_trial.at(NOW) == Entitlement(plan=Plan.PRO, accounts=5, until=SOON)
    assert covered(on_trial) == WORK | PRO
    assert covered(on_trial, SOON) == set()


def test_on_the_trial_a_basic_seat_is_as_good_as_a_pro_one_and_keeps_its_own_accounts() -> None:
    both = Coverage(seat=a_seat(Plan.BASIC, until=NOW + timedelta(days=30)), trial_ends_at=SOON)
    assert (both.at(NOW).plan, both.at(NOW).accounts) == (Plan.PRO, 7)
    assert both.at(SOON).plan is Plan.BASIC


@pytest.mark.parametrize(
    ("coverage", "action", "refusal"),
    [
        (Coverage(), Action.EDIT_VALUES, SeatNeeded),
        (Coverage(trial_ends_at=NOW), Action.EDIT_VALUES, TrialOver),
        (Coverage(trial_ends_at=NOW), Action.CREATE_TICKETS, TrialOver),
        (Coverage(seat=a_seat(Plan.PRO, until=NOW), trial_ends_at=NOW), Action.EDIT_VALUES, SeatNeeded),
        (Coverage(seat=a_seat(Plan.BASIC)), Action.CREATE_TICKETS, ProSeatNeeded),
    ],
)
def test_the_refusal_says_what_is_missing(coverage: Coverage, action: Action, refusal: type[SeatNeeded]) -> None:
    refused = coverage.refusal_of(action, NOW)
    assert type(refused) is refusal
    assert refused.standing == {"action": action.value, "need": ENTITLEMENTS[action].value}


def test_the_copy_a_holder_keeps_says_the_same_when_it_is_read() -> None:
    seat = a_seat(Plan.BASIC)
    assert HeldSeat.of(seat.to_document()) == seat
