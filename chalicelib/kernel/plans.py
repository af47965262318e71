"""What is paid for lets a member do: one table of actions by what they need, beside kernel/permissions.

A role says what somebody may, a plan whether it is paid for; `tenant.require` asks both. An action absent from the
table needs nothing: managing, reading, exporting, disconnecting, leaving and paying always work (product.md section 3).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from chalicelib.kernel import clock
from chalicelib.kernel.errors import Forbidden
from chalicelib.kernel.ids import SeatId
from chalicelib.kernel.permissions import RULES, Action
from chalicelib.kernel.records import record

ACCOUNTS_A_SEAT: Final = 5
"""Telegram accounts a seat includes; each further one is an extra account on it."""
TRIAL_LIFE: Final = timedelta(days=3)
TRIAL_MEMBERS: Final = 3
TRIAL_ACCOUNTS: Final = 5
"""How long a trial lasts, and how many members and accounts of the whole workspace it covers."""


class Plan(StrEnum):
    """What a seat is worth."""

    BASIC = "basic"
    PRO = "pro"


class Need(StrEnum):
    """What an action needs besides the right to it. A trial is as good as a Pro seat."""

    ANY_SEAT = "any_seat"
    PRO = "pro"


ENTITLEMENTS: Final[Mapping[Action, Need]] = {
    Action.EDIT_VALUES: Need.ANY_SEAT,
    Action.ADD_OPTIONS: Need.ANY_SEAT,
    Action.USE_ACCOUNTS: Need.ANY_SEAT,
    Action.MANAGE_EXCLUDED: Need.ANY_SEAT,
    Action.SHARE_TEMPLATES: Need.ANY_SEAT,
    Action.IMPORT_DATA: Need.ANY_SEAT,
    Action.SEE_ALL_ANALYTICS: Need.PRO,
    Action.CREATE_TICKETS: Need.PRO,
    Action.EDIT_TICKETS: Need.PRO,
    Action.DELETE_TICKETS: Need.PRO,
}


class SeatNeeded(Forbidden):
    """The role allows it and nothing pays for it: the member has no seat that is paid, and no trial can begin."""

    code = "seat-needed"
    title = "This needs a seat. An Owner can give you one."


class TrialOver(Forbidden):
    """The workspace's trial has ended and the member has no seat: what is not paid for is read-only."""

    code = "trial-over"
    title = "The trial of this workspace is over. With a seat you go on where you were."


class ProSeatNeeded(Forbidden):
    """The member's seat is a Basic one, and this takes Pro."""

    code = "pro-seat-needed"
    title = "This needs a Pro seat."


@record
class HeldSeat:
    """A seat as its holder's own row has it: until when it is paid, and for how many Telegram accounts."""

    id: SeatId
    plan: Plan
    until: datetime
    accounts: int

    def to_document(self) -> dict[str, str | int]:
        """As the row keeps it: {id, plan, until, accounts}."""
        return {"id": self.id, "plan": self.plan.value, "until": clock.to_wire(self.until), "accounts": self.accounts}

    @classmethod
    def of(cls, document: Mapping[str, str | int]) -> "HeldSeat":
        """What `to_document` wrote."""
        return cls(
            id=SeatId(str(document["id"])),
            plan=Plan(str(document["plan"])),
            until=clock.from_wire(str(document["until"])),
            accounts=int(document["accounts"]),
        )


@record
class Entitlement:
    """What is paid for at a moment, and until when; without a plan nothing is."""

    plan: Plan | None
    accounts: int
    until: datetime | None

    def covers(self, action: Action) -> bool:
        """Whether the action is paid for, or needs nothing."""
        return _is_met(ENTITLEMENTS.get(action), self.plan)


NOTHING_PAID: Final = Entitlement(plan=None, accounts=0, until=None)


@record
class Coverage:
    """What pays for a member: their own seat, the workspace's trial, both or neither."""

    seat: HeldSeat | None = None
    trial_ends_at: datetime | None = None

    def is_on_trial(self, now: datetime) -> bool:
        """Whether the workspace's trial is running."""
        return self.trial_ends_at is not None and now < self.trial_ends_at

    def paid_seat(self, now: datetime) -> HeldSeat | None:
        """The member's seat, while it is paid."""
        return self.seat if self.seat is not None and now < self.seat.until else None

    def plan_at(self, now: datetime) -> Plan | None:
        """The plan of a moment. While the trial runs, a Basic seat is as good as a Pro one."""
        if self.is_on_trial(now):
            return Plan.PRO
        seat = self.paid_seat(now)
        return None if seat is None else seat.plan

    def at(self, now: datetime) -> Entitlement:
        """What a moment comes to."""
        plan, seat = self.plan_at(now), self.paid_seat(now)
        if plan is None:
            return NOTHING_PAID
        if seat is None:
            return Entitlement(plan=plan, accounts=TRIAL_ACCOUNTS, until=self.trial_ends_at)
        return Entitlement(plan=plan, accounts=seat.accounts, until=seat.until)

    def allow(self, action: Action, now: datetime) -> bool:
        """Whether the action is paid for at a moment, or needs nothing (bench `permission_check`)."""
        need = ENTITLEMENTS.get(action)
        return need is None or _is_met(need, self.plan_at(now))

    def refusal_of(self, action: Action, now: datetime) -> SeatNeeded | TrialOver | ProSeatNeeded:
        """Why an action that is not paid for is refused; `standing` names it and what it needs."""
        standing = {"action": action.value, "need": ENTITLEMENTS[action].value}
        detail = f"{RULES[action].meaning}."
        if self.plan_at(now) is not None:
            return ProSeatNeeded(detail, standing=standing)
        return self.lapse(detail, standing=standing)

    def lapse(self, detail: str = "", *, standing: Mapping[str, object] | None = None) -> SeatNeeded | TrialOver:
        """What is so where nothing pays: a seat that ended is missed as a seat, also after a trial."""
        is_trial_missed = self.seat is None and self.trial_ends_at is not None
        return (TrialOver if is_trial_missed else SeatNeeded)(detail, standing=standing)


def _is_met(need: Need | None, plan: Plan | None) -> bool:
    return need is None or plan is Plan.PRO or (need is Need.ANY_SEAT and plan is not None)
