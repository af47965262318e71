"""Seats on the wire."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.features.seats.model import MAX_EXTRA_ACCOUNTS, Interval, PaidBy, Seat, SeatState
from chalicelib.kernel import clock
from chalicelib.kernel.plans import Plan


class SeatOut(msgspec.Struct):
    """A seat. `user_id` is who holds it, `invite_id` the invitation it waits for, `accounts` how many it covers."""

    id: str
    plan: Plan
    interval: Interval
    paid_by: PaidBy
    paid_until: str
    state: SeatState
    accounts: int
    extra_accounts: int
    user_id: str | None
    invite_id: str | None

    @classmethod
    def of(cls, seat: Seat, now: datetime) -> "SeatOut":
        """As it travels."""
        is_held = seat.hold is not None and now < seat.hold.until
        return cls(
            id=seat.id,
            plan=seat.plan,
            interval=seat.interval,
            paid_by=seat.paid_by,
            paid_until=clock.to_wire(seat.paid_until),
            state=seat.state_at(now),
            accounts=seat.accounts,
            extra_accounts=seat.extra_accounts,
            user_id=seat.user_id,
            invite_id=seat.hold.invite_id if seat.hold is not None and is_held else None,
        )


class SeatsOut(msgspec.Struct):
    """Every seat of a workspace, oldest first."""

    seats: list[SeatOut]


class SeatHolderIn(msgspec.Struct, forbid_unknown_fields=True):
    """The member who is to hold a seat."""

    user_id: Annotated[str, msgspec.Meta(min_length=1, max_length=26)]


class ExtraAccountsIn(msgspec.Struct, forbid_unknown_fields=True):
    """How many of the extra accounts that are paid for a seat is to cover."""

    count: Annotated[int, msgspec.Meta(ge=0, le=MAX_EXTRA_ACCOUNTS)]
