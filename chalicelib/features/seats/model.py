"""Seats and the trial: what they are, what may stand in the way, and how seats follow what is paid.

Nothing here knows how money comes. `reckoned` alone makes and takes away seats: it is given what one payer pays for.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from chalicelib.kernel.errors import Conflict, NotFound
from chalicelib.kernel.ids import AccountId, ConnectionId, InviteId, SeatId, UserId
from chalicelib.kernel.plans import ACCOUNTS_A_SEAT, TRIAL_ACCOUNTS, Coverage, HeldSeat, Plan
from chalicelib.kernel.records import record

SETTLE_COVERAGE: Final = "coverage.settle"
"""The due work after something was paid or lapsed: connections nobody pays for are suspended, others come back."""
MAX_EXTRA_ACCOUNTS: Final = 100
"""Extra accounts on one seat."""


class SeatNotFound(NotFound):
    """The workspace has no such seat, or no longer."""

    code = "seat-not-found"
    title = "There is no such seat."


class NoSeatFree(Conflict):
    """There is no seat for whoever is invited: theirs is gone or lapsed, or none was named and no trial runs."""

    code = "no-seat-free"
    title = "There is no free seat. An Owner can buy one."


class SeatTaken(Conflict):
    """The seat has a holder, waits for somebody invited into it, or has lapsed."""

    code = "seat-taken"
    title = "This seat is not free."


class SeatEmpty(Conflict):
    """Nobody holds the seat. One that waits for somebody invited is freed by revoking the invitation."""

    code = "seat-empty"
    title = "Nobody holds this seat."


class AlreadySeated(Conflict):
    """The member holds a seat that is paid."""

    code = "already-seated"
    title = "This member has a seat already."


class TrialFull(Conflict):
    """The trial covers three members of a workspace, and there are three."""

    code = "trial-full"
    title = "A trial is for three people. With seats there can be more."


class AccountLimitReached(Conflict):
    """The seat, or the trial, covers no further Telegram account; `standing` says how many it covers."""

    code = "account-limit-reached"
    title = "No further Telegram account is paid for."


class ExtraAccountsUnpaid(Conflict):
    """Fewer extra accounts are paid for than the seats would have together; `standing` says how many are left."""

    code = "extra-accounts-unpaid"
    title = "So many extra accounts are not paid for."


class Interval(StrEnum):
    """How often a seat is paid."""

    MONTH = "month"
    YEAR = "year"


class PaidBy(StrEnum):
    """Where the money comes from."""

    STRIPE = "stripe"
    WALLET = "wallet"


class SeatState(StrEnum):
    """Where a seat stands; the first of these in the order expired, filled, pending, available that is so."""

    AVAILABLE = "available"
    PENDING = "pending"
    FILLED = "filled"
    EXPIRED = "expired"


@record
class Hold:
    """The invitation a seat waits for, and until when it can be used."""

    invite_id: InviteId
    until: datetime


@record
class Seat:
    """One seat. `version` grows with each change; its state follows from the rest and the time."""

    id: SeatId
    plan: Plan
    interval: Interval
    paid_by: PaidBy
    paid_until: datetime
    extra_accounts: int = 0
    user_id: UserId | None = None
    hold: Hold | None = None
    version: int = 1

    def state_at(self, now: datetime) -> SeatState:
        """Where it stands at a moment."""
        if now >= self.paid_until:
            return SeatState.EXPIRED
        if self.user_id is not None:
            return SeatState.FILLED
        is_held = self.hold is not None and now < self.hold.until
        return SeatState.PENDING if is_held else SeatState.AVAILABLE

    @property
    def accounts(self) -> int:
        """How many Telegram accounts it covers."""
        return ACCOUNTS_A_SEAT + self.extra_accounts

    def held(self) -> HeldSeat:
        """As its holder's own row has it."""
        return HeldSeat(id=self.id, plan=self.plan, until=self.paid_until, accounts=self.accounts)

    def changed(self, **different: object) -> "Seat":
        """The seat after a change."""
        return replace(self, version=self.version + 1, **different)  # type: ignore[arg-type]

    def journalled(self) -> dict[str, object]:
        """What the journal keeps of it."""
        return {
            "plan": self.plan,
            "interval": self.interval,
            "extra_accounts": self.extra_accounts,
            "paid_until": self.paid_until,
            "user_id": self.user_id,
        }


@record
class PaidSeats:
    """All that one payer pays for at one interval, until when. `extra` are the extra accounts of all its seats."""

    paid_by: PaidBy
    interval: Interval
    basic: int
    pro: int
    extra: int
    paid_until: datetime

    def of(self, plan: Plan) -> int:
        """How many seats of a plan."""
        return self.pro if plan is Plan.PRO else self.basic

    def journalled(self) -> dict[str, object]:
        """What the journal keeps of it."""
        return {
            "paid_by": self.paid_by,
            "interval": self.interval,
            "basic": self.basic,
            "pro": self.pro,
            "extra": self.extra,
            "paid_until": self.paid_until,
        }


@record
class SeatChange:
    """What becomes of one seat: made where there is no `before`, taken away where there is no `after`."""

    before: Seat | None
    after: Seat | None


@record
class HeldConnection:
    """A connection that its member has not ended; its id sorts by when the member first connected the account."""

    id: ConnectionId
    account_id: AccountId
    user_id: UserId


def reckoned(
    seats: Iterable[Seat], paid: PaidSeats, *, now: datetime, new_id: Callable[[], SeatId]
) -> list[SeatChange]:
    """What has to become of a workspace's seats so that they are what is paid. Nothing, where they are.

    Seats of the plan stay, those somebody holds first; where there are too few, seats of the other plan that are paid
    no more change plan, then seats whose own payer went away are taken over with whoever holds them, then some are
    made. What is left over goes where nobody holds it, and lapses at its own `paid_until` where somebody does.
    """
    known = list(seats)
    ours = [seat for seat in known if (seat.paid_by, seat.interval) == (paid.paid_by, paid.interval)]
    orphans = [seat for seat in known if seat not in ours and seat.user_id and seat.state_at(now) is SeatState.EXPIRED]
    there = _replanned(ours, paid, now)
    kept = {plan: there[plan][: paid.of(plan)] for plan in Plan}
    spare = [seat for plan in Plan for seat in there[plan][paid.of(plan) :]]
    changes = [SeatChange(before=seat, after=None) for seat in spare if seat.user_id is None]
    for plan in Plan:
        orphans.sort(key=lambda seat: (seat.plan is not plan, seat.id))
        taken = orphans[: paid.of(plan) - len(kept[plan])]
        kept[plan] += taken
        del orphans[: len(taken)]
        missing = paid.of(plan) - len(kept[plan])
        changes += [SeatChange(before=None, after=_new(plan, paid, new_id())) for _ in range(missing)]
    return _renewed(kept, paid) + changes


def _replanned(ours: list[Seat], paid: PaidSeats, now: datetime) -> dict[Plan, list[Seat]]:
    """Seats by the plan they are to have: first those that stay, held ones before those somebody is invited into.

    Where Pro has room and Basic too many, those somebody works on go up. Seats one plan has no room for change over
    where the other has some, and where somebody holds them also into the place of one that nobody holds: whoever can't
    stay on their plan stays on the other rather than not at all.
    """

    def rank(seat: Seat) -> tuple[bool, bool, SeatId]:
        return seat.user_id is None, seat.state_at(now) is not SeatState.PENDING, seat.id

    basic, pro = (sorted((seat for seat in ours if seat.plan is plan), key=rank) for plan in Plan)
    up = max(0, min(len(basic) - paid.basic, paid.pro - len(pro)))
    ranked = {Plan.BASIC: basic[up:], Plan.PRO: sorted(basic[:up] + pro, key=rank)}
    there = {plan: ranked[plan][: paid.of(plan)] for plan in Plan}
    left = {plan: ranked[plan][paid.of(plan) :] for plan in Plan}
    for plan, other in ((Plan.PRO, Plan.BASIC), (Plan.BASIC, Plan.PRO)):
        for seat in list(left[other]):
            if len(there[plan]) == paid.of(plan):
                vacant = [each for each in there[plan] if each.user_id is None]
                if seat.user_id is None or not vacant:
                    break
                there[plan].remove(vacant[-1])
                left[plan].append(vacant[-1])
            left[other].remove(seat)
            there[plan].append(seat)
    return {plan: [*sorted(there[plan], key=rank), *left[plan]] for plan in Plan}


def _new(plan: Plan, paid: PaidSeats, seat_id: SeatId) -> Seat:
    return Seat(id=seat_id, plan=plan, interval=paid.interval, paid_by=paid.paid_by, paid_until=paid.paid_until)


def _renewed(kept: Mapping[Plan, list[Seat]], paid: PaidSeats) -> list[SeatChange]:
    """The seats that stay, as they are now; extra accounts go to the first of them while there are any."""
    changes, left = [], paid.extra
    for plan, seats in kept.items():
        for before in seats:
            extra = min(before.extra_accounts, left)
            left -= extra
            after = replace(
                before,
                plan=plan,
                interval=paid.interval,
                paid_by=paid.paid_by,
                paid_until=paid.paid_until,
                extra_accounts=extra,
            )
            if after != before:
                changes.append(SeatChange(before=before, after=after.changed()))
    return changes


def covered(
    connections: Iterable[HeldConnection], coverage: Mapping[UserId, Coverage], now: datetime
) -> set[ConnectionId]:
    """The connections that are paid for: of each member, and of the trial, those of the accounts connected first.

    On trial, members without a paid seat share TRIAL_ACCOUNTS accounts, and two connections to one count once.
    """
    paid: set[ConnectionId] = set()
    own: dict[UserId, int] = {}
    of_trial: set[AccountId] = set()
    for one in sorted(connections, key=lambda connection: connection.id):
        found = coverage.get(one.user_id, Coverage())
        seat = found.paid_seat(now)
        if seat is not None:
            own[one.user_id] = own.get(one.user_id, 0) + 1
            is_paid = own[one.user_id] <= seat.accounts
        else:
            has_room = one.account_id in of_trial or len(of_trial) < TRIAL_ACCOUNTS
            is_paid = found.is_on_trial(now) and has_room
            if is_paid:
                of_trial.add(one.account_id)
        if is_paid:
            paid.add(one.id)
    return paid
