"""Paths of seats. Buying them is billing's; inviting into one is where invitations are."""

from __future__ import annotations

from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.seats import schemas, use_cases
from chalicelib.features.seats.model import (
    AlreadySeated,
    ExtraAccountsUnpaid,
    SeatEmpty,
    SeatNotFound,
    SeatTaken,
)
from chalicelib.kernel.errors import MemberNotFound
from chalicelib.kernel.permissions import Action
from chalicelib.table.transaction import ChangedMeanwhile

api = Api(__name__)


@api.get("/workspaces/{workspace_id}/seats", allow=Action.INVITE)
def list_seats(call: Call) -> schemas.SeatsOut:
    """List the seats of a workspace: what each is, until when it is paid, and who holds it."""
    now = call.now()
    return schemas.SeatsOut(seats=[schemas.SeatOut.of(seat, now) for seat in use_cases.list_seats(tenant=call.tenant)])


@api.put(
    "/workspaces/{workspace_id}/seats/{seat_id}/holder",
    allow=Action.MANAGE_BILLING,
    raises=(SeatNotFound, MemberNotFound, SeatTaken, AlreadySeated, ChangedMeanwhile),
)
def assign_seat(call: Call, body: schemas.SeatHolderIn, seat_id: str) -> schemas.SeatOut:
    """Give a free seat to a member who has none."""
    return schemas.SeatOut.of(use_cases.assign_seat(seat_id, body.user_id, tenant=call.tenant), call.now())


@api.post(
    "/workspaces/{workspace_id}/seats/{seat_id}/take",
    allow=Action.MANAGE_BILLING,
    raises=(SeatNotFound, SeatTaken, AlreadySeated, ChangedMeanwhile),
)
def take_seat(call: Call, seat_id: str) -> schemas.SeatOut:
    """Take a free seat oneself: an Owner manages without one, and needs one to work."""
    return schemas.SeatOut.of(use_cases.take_seat(seat_id, tenant=call.tenant), call.now())


@api.delete(
    "/workspaces/{workspace_id}/seats/{seat_id}/holder",
    allow=Action.MANAGE_BILLING,
    status=204,
    raises=(SeatNotFound, SeatEmpty, ChangedMeanwhile),
)
def free_seat(call: Call, seat_id: str) -> None:
    """Take a seat from its holder. They stay a member; what only the seat paid for is suspended."""
    use_cases.free_seat(seat_id, tenant=call.tenant)


@api.put(
    "/workspaces/{workspace_id}/seats/{seat_id}/extra-accounts",
    allow=Action.MANAGE_BILLING,
    raises=(SeatNotFound, ExtraAccountsUnpaid, ChangedMeanwhile),
)
def set_extra_accounts(call: Call, body: schemas.ExtraAccountsIn, seat_id: str) -> schemas.SeatOut:
    """Have a seat cover so many of the extra accounts that are paid for."""
    return schemas.SeatOut.of(use_cases.set_extra_accounts(seat_id, body.count, tenant=call.tenant), call.now())
