"""Who comes in and goes, and the seat each takes or leaves: steps of the changes that workspaces make."""

from datetime import datetime

from chalicelib.features.seats.model import Hold, NoSeatFree, Seat, SeatChange, SeatState, TrialFull
from chalicelib.features.seats.repository import MemberStanding, Seats, Standings, TrialStanding
from chalicelib.features.seats.use_cases.steps import emptied
from chalicelib.kernel.ids import InviteId, SeatId, UserId
from chalicelib.kernel.plans import TRIAL_MEMBERS, HeldSeat
from chalicelib.kernel.roles import Role
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import Transaction


def check_room(*, tenant: Tenant) -> None:
    """Whether somebody could come in without a seat: on the trial, or before it, while it covers one member more.

    A read and a query, before the trial a read an Owner.

    Raises:
        NoSeatFree: the trial is over, or can't begin as an Owner has had one elsewhere.
        TrialFull: it covers as many members as it can.
    """
    standings = Standings(tenant)
    trial = standings.trial()
    require_room(trial, standings.members(trial), standings, tenant.now())


def require_room(trial: TrialStanding, members: list[MemberStanding], standings: Standings, now: datetime) -> None:
    """The same on what was read. Raises as `check_room`."""
    owners = [member.user_id for member in members if member.role is Role.OWNER]
    if trial.ends_at is not None and now >= trial.ends_at:
        raise NoSeatFree
    if trial.ends_at is None and standings.have_had_trial(owners):
        raise NoSeatFree
    if sum(member.coverage.paid_seat(now) is None for member in members) >= TRIAL_MEMBERS:
        raise TrialFull


def hold_for_invite(change: Transaction, seat_id: str, invite_id: InviteId, until: datetime, *, tenant: Tenant) -> None:
    """Add to a change that a seat waits for somebody invited; for one that does already, for longer. A read and a row.

    Raises:
        SeatNotFound: there is none of this id.
        NoSeatFree: it is filled, waits for somebody else, or has lapsed; raised at the end of the change.
    """
    seat = Seats(tenant).require(seat_id)
    is_ours = seat.hold is not None and seat.hold.invite_id == invite_id
    state = seat.state_at(tenant.now())
    if state is not SeatState.AVAILABLE and not (state is SeatState.PENDING and is_ours):
        Seats(tenant).refuse(change, seat, NoSeatFree())
        return
    after = seat.changed(hold=Hold(invite_id=invite_id, until=until))
    Seats(tenant).write(change, SeatChange(before=seat, after=after))


def release_hold(change: Transaction, seat_id: SeatId | None, invite_id: InviteId, *, tenant: Tenant) -> None:
    """Add to a change that a seat waits for nobody any more; nothing where it waits for somebody else by now."""
    seat = None if seat_id is None else Seats(tenant).get(seat_id)
    if seat is not None and _waits_for(seat, invite_id):
        Seats(tenant).write(change, SeatChange(before=seat, after=seat.changed(hold=None)))


def admit(
    change: Transaction, user_id: UserId, invite_id: InviteId, seat_id: SeatId | None, *, tenant: Tenant
) -> HeldSeat | None:
    """Add to a change that somebody comes in: into the seat of their invitation, which is given, or on the trial.

    On the trial the change demands, too, that nobody has asked for the workspace's deletion.

    Raises:
        NoSeatFree: the seat was lapsed, taken away or given to somebody else; or there is no trial to come in on.
        TrialFull: the trial covers as many members as it can.
    """
    if seat_id is None:
        standings = Standings(tenant)
        trial = standings.trial()
        require_room(trial, standings.members(trial), standings, tenant.now())
        standings.use_trial(change, trial)
        return None
    seat = Seats(tenant).get(seat_id)
    if seat is None or not _waits_for(seat, invite_id) or seat.state_at(tenant.now()) is SeatState.EXPIRED:
        raise NoSeatFree
    filled = seat.changed(user_id=user_id, hold=None)
    Seats(tenant).write(change, SeatChange(before=seat, after=filled))
    return filled.held()


def empty_seat_of(change: Transaction, user_id: UserId, held: HeldSeat | None, *, tenant: Tenant) -> None:
    """Add to a change that ends a membership that its seat is free: a read and a row, none without a seat."""
    seat = None if held is None else Seats(tenant).get(held.id)
    if seat is not None and seat.user_id == user_id:
        Seats(tenant).write(change, emptied(seat, tenant.now()))


def _waits_for(seat: Seat, invite_id: InviteId) -> bool:
    return seat.user_id is None and seat.hold is not None and seat.hold.invite_id == invite_id
