"""Paths of seats. Buying them is billing's; inviting into one is where invitations are."""

from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.seats import use_cases
from chalicelib.features.seats.model import (
    AlreadySeated,
    ExtraAccountsUnpaid,
    SeatEmpty,
    SeatNotFound,
    SeatTaken,
)
from chalicelib.features.seats.schemas import ExtraAccountsIn, SeatHolderIn, SeatOut, SeatsOut
from chalicelib.kernel.errors import MemberNotFound
from chalicelib.kernel.permissions import Action
from chalicelib.table.transaction import ChangedMeanwhile

api = Api(__name__)


@api.get("/workspaces/{workspace_id}/seats", allow=Action.INVITE, answer=SeatsOut)
def list_seats(call: Call) -> SeatsOut:
    """List the seats of a workspace: what each is, until when it is paid, and who holds it."""
    now = call.now()
    return SeatsOut(seats=[SeatOut.of(seat, now) for seat in use_cases.list_seats(tenant=call.tenant)])


@api.put(
    "/workspaces/{workspace_id}/seats/{seat_id}/holder",
    allow=Action.MANAGE_BILLING,
    body=SeatHolderIn,
    answer=SeatOut,
    raises=(SeatNotFound, MemberNotFound, SeatTaken, AlreadySeated, ChangedMeanwhile),
)
def assign_seat(call: Call, body: SeatHolderIn, seat_id: str) -> SeatOut:
    """Give a free seat to a member who has none."""
    return SeatOut.of(use_cases.assign_seat(seat_id, body.user_id, tenant=call.tenant), call.now())


@api.post(
    "/workspaces/{workspace_id}/seats/{seat_id}/take",
    allow=Action.MANAGE_BILLING,
    answer=SeatOut,
    raises=(SeatNotFound, SeatTaken, AlreadySeated, ChangedMeanwhile),
)
def take_seat(call: Call, seat_id: str) -> SeatOut:
    """Take a free seat oneself: an Owner manages without one, and needs one to work."""
    return SeatOut.of(use_cases.take_seat(seat_id, tenant=call.tenant), call.now())


@api.delete(
    "/workspaces/{workspace_id}/seats/{seat_id}/holder",
    allow=Action.MANAGE_BILLING,
    answer=None,
    status=204,
    raises=(SeatNotFound, SeatEmpty, ChangedMeanwhile),
)
def free_seat(call: Call, seat_id: str) -> None:
    """Take a seat from its holder. They stay a member; what only the seat paid for is suspended."""
    use_cases.free_seat(seat_id, tenant=call.tenant)


@api.put(
    "/workspaces/{workspace_id}/seats/{seat_id}/extra-accounts",
    allow=Action.MANAGE_BILLING,
    body=ExtraAccountsIn,
    answer=SeatOut,
    raises=(SeatNotFound, ExtraAccountsUnpaid, ChangedMeanwhile),
)
def set_extra_accounts(call: Call, body: ExtraAccountsIn, seat_id: str) -> SeatOut:
    """Have a seat cover so many of the extra accounts that are paid for."""
    return SeatOut.of(use_cases.set_extra_accounts(seat_id, body.count, tenant=call.tenant), call.now())
