"""What Owners do with the seats there are: see them, give and take them, share out extra accounts."""

from chalicelib.features.seats.model import (
    AlreadySeated,
    ExtraAccountsUnpaid,
    Seat,
    SeatChange,
    SeatEmpty,
    SeatState,
    SeatTaken,
)
from chalicelib.features.seats.repository import Seats, Standings
from chalicelib.features.seats.use_cases.steps import emptied, settle_coverage
from chalicelib.kernel import ids
from chalicelib.kernel.errors import MemberNotFound, NotFound
from chalicelib.kernel.ids import UserId
from chalicelib.kernel.permissions import Action
from chalicelib.table.tenant import Tenant


def list_seats(*, tenant: Tenant) -> list[Seat]:
    """Every seat, oldest first: one query. For those who invite, since an invitation names one.

    Raises:
        PermissionMissing: the acting member may not.
    """
    tenant.require(Action.INVITE)
    return Seats(tenant).all()


def take_seat(seat_id: str, *, tenant: Tenant) -> Seat:
    """Have the acting Owner work on a seat themselves. Raises as `assign_seat`."""
    return assign_seat(seat_id, tenant.require(Action.MANAGE_BILLING).user_id, tenant=tenant)


def assign_seat(seat_id: str, user_id: str, *, tenant: Tenant) -> Seat:
    """Give a free seat to a member who has none that is paid; one that lapsed under them goes. Up to 12 write units.

    What of their connections had been suspended comes back by due work.

    Raises:
        PermissionMissing: the acting member is no Owner.
        SeatNotFound, MemberNotFound: there is none of this id.
        SeatTaken: it is filled, waits for somebody invited, or has lapsed.
        AlreadySeated: they have one.
        ChangedMeanwhile: somebody changed seat or member at the same moment. Nothing was written, as in all cases.
    """
    acting = tenant.require(Action.MANAGE_BILLING)
    seats, standings, now = Seats(tenant), Standings(tenant), tenant.now()
    before = seats.require(seat_id)
    if not ids.is_minted_shape(user_id):
        raise MemberNotFound
    try:
        member = standings.member(UserId(user_id), standings.trial())
    except NotFound:
        raise MemberNotFound from None
    if member.coverage.paid_seat(now) is not None:
        raise AlreadySeated
    if before.state_at(now) is not SeatState.AVAILABLE:
        raise SeatTaken
    after = before.changed(user_id=member.user_id, hold=None)
    lapsed = None if member.coverage.seat is None else seats.get(member.coverage.seat.id)
    with tenant.transaction() as change:
        seats.write(change, SeatChange(before=before, after=after))
        if lapsed is not None:
            seats.write(change, emptied(lapsed, now))
        standings.carry(change, member.user_id, member.coverage.seat, after.held(), acting=acting)
        settle_coverage(change, tenant, now)
        change.record("seat.assigned", target=after.id, new=after.journalled())
    return after


def free_seat(seat_id: str, *, tenant: Tenant) -> None:
    """Take a seat from whoever holds it: free for somebody else, or gone where it has lapsed. Up to 12 write units.

    What they had connected is suspended by due work, unless a trial is running.

    Raises:
        PermissionMissing: the acting member is no Owner.
        SeatNotFound: there is none of this id.
        SeatEmpty: nobody holds it.
        ChangedMeanwhile: somebody changed seat or member at the same moment. Nothing was written, as in all cases.
    """
    acting = tenant.require(Action.MANAGE_BILLING)
    seats, now = Seats(tenant), tenant.now()
    before = seats.require(seat_id)
    if before.user_id is None:
        raise SeatEmpty
    with tenant.transaction() as change:
        seats.write(change, emptied(before, now))
        Standings(tenant).carry(change, before.user_id, before.held(), None, acting=acting)
        settle_coverage(change, tenant, now)
        change.record("seat.freed", target=before.id, old=before.journalled())


def set_extra_accounts(seat_id: str, count: int, *, tenant: Tenant) -> Seat:
    """Have a seat cover so many of the extra accounts that are paid where it is paid. What it has changes nothing.

    Raises:
        PermissionMissing: the acting member is no Owner.
        SeatNotFound: there is none of this id.
        ExtraAccountsUnpaid: the seats would have more than are paid; carries how many are left for this one.
        ChangedMeanwhile: somebody changed seats or what is paid at the same moment. Nothing was written, as always.
    """
    acting = tenant.require(Action.MANAGE_BILLING)
    seats, standings = Seats(tenant), Standings(tenant)
    before = seats.require(seat_id)
    if before.extra_accounts == count:
        return before
    paying = seats.paying(before.paid_by, before.interval)
    left = paying.extra - sum(seat.extra_accounts for seat in seats.all() if _shares(seat, before))
    if count > left:
        raise ExtraAccountsUnpaid(standing={"left": max(0, left)})
    after = before.changed(extra_accounts=count)
    with tenant.transaction() as change:
        seats.write(change, SeatChange(before=before, after=after))
        seats.pay(change, before.paid_by, before.interval, paying, extra=paying.extra)
        if before.user_id is None:
            standings.check_acting(change, acting)
        else:
            standings.carry(change, before.user_id, before.held(), after.held(), acting=acting)
        settle_coverage(change, tenant, tenant.now())
        change.record(
            "seat.extra_accounts_changed", target=after.id, old=before.extra_accounts, new=after.extra_accounts
        )
    return after


def _shares(seat: Seat, other: Seat) -> bool:
    """Whether another seat has its extra accounts out of the same purse."""
    return seat.id != other.id and (seat.paid_by, seat.interval) == (other.paid_by, other.interval)
