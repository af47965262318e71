"""Steps that several use cases of seats share."""

from datetime import datetime

from chalicelib.features.seats.model import SETTLE_COVERAGE, Seat, SeatChange, SeatState
from chalicelib.kernel import clock
from chalicelib.table import due
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import Transaction


def settle_coverage(change: Transaction, tenant: Tenant, at: datetime) -> None:
    """Have connections follow at a time what is paid for then; one piece of work for each such time."""
    due.schedule(change, tenant, SETTLE_COVERAGE, at, {}, name=f"{tenant.workspace_id}:coverage:{clock.to_wire(at)}")


def emptied(seat: Seat, now: datetime) -> SeatChange:
    """A seat without its holder: free for somebody else while it is paid, and gone where it no longer is."""
    has_lapsed = seat.state_at(now) is SeatState.EXPIRED
    return SeatChange(before=seat, after=None if has_lapsed else seat.changed(user_id=None))
