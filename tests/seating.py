"""Seats as tests buy them: a payer pays for so many, and one is given to whoever it is for."""

from datetime import datetime, timedelta
from typing import Any

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import ConnectAccount, Connection, ConnectionState
from chalicelib.features.accounts.repository import Connections
from chalicelib.features.seats import use_cases as seats
from chalicelib.features.seats.model import Interval, PaidBy, PaidSeats, Seat
from chalicelib.features.seats.repository import Seats
from chalicelib.kernel import ids
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.ids import AccountId, SeatId, UserId, WorkspaceId
from chalicelib.table import cipher
from chalicelib.table.tenant import Tenant
from tests.scene import a_job

MONTH = timedelta(days=30)


def pay(
    workspace_id: WorkspaceId,
    now: Clock,
    *,
    basic: int = 0,
    pro: int = 0,
    extra: int = 0,
    until: datetime | None = None,
    interval: Interval = Interval.MONTH,
    paid_by: PaidBy = PaidBy.STRIPE,
) -> list[Seat]:
    """Have a payer pay for so many seats, a month from now if nothing else is said; the seats there are then."""
    paid = PaidSeats(
        paid_by=paid_by, interval=interval, basic=basic, pro=pro, extra=extra, paid_until=until or now() + MONTH
    )
    job = a_job(workspace_id, now)
    seats.apply_paid(paid, tenant=job)
    return Seats(job).all()


def the_seat(workspace_id: WorkspaceId, now: Clock, seat_id: str) -> Seat | None:
    """A seat as the table has it."""
    return Seats(a_job(workspace_id, now)).get(SeatId(seat_id))


def connect(tenant: Tenant, telegram_user_id: int | None = None) -> Connection:
    """Take a login into the member's custody, of somebody at Telegram nobody else is if nothing else is said."""
    command = ConnectAccount(
        telegram_user_id=telegram_user_id or a_telegram_user(),
        name="Sales",
        username=None,
        phone="+15550100",
        session_string="a login",
        owned=True,
    )
    return accounts.connect_account(command, tenant=tenant, cipher=cipher.current())


def a_telegram_user() -> int:
    """The id of somebody at Telegram."""
    return int.from_bytes(ids.mint().encode()[-6:], "big")


def state_of(workspace_id: WorkspaceId, user_id: UserId, account_id: AccountId) -> tuple[ConnectionState, str | None]:
    """How a connection stands, and why."""
    found = Connections(a_job(workspace_id), account_id).get(user_id)
    assert found is not None
    return found.state, found.reason


def chosen(values: dict[str, Any], *names: str) -> tuple[Any, ...]:
    """Some members of a JSON object."""
    return tuple(values[name] for name in names)
