"""Connections follow what is paid: suspended when nobody pays for them, back when somebody does, ended after 30 days.

The worker brings each to rest, or up again, as soon as it sees the change; nothing of the session is touched.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from chalicelib.features.accounts import repository
from chalicelib.features.accounts.model import (
    END_SUSPENDED,
    SUSPENDED_FOR,
    Connection,
    ConnectionState,
    Wish,
)
from chalicelib.features.accounts.repository import Accounts, Connections
from chalicelib.features.accounts.use_cases.connecting import UNPAID, end_connection
from chalicelib.features.seats import use_cases as seats
from chalicelib.features.seats.model import HeldConnection, covered
from chalicelib.kernel import clock
from chalicelib.kernel.ids import AccountId, UserId
from chalicelib.kernel.plans import Coverage
from chalicelib.table import due
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant

_WITHOUT_SESSION = (ConnectionState.NEEDS_LOGIN, ConnectionState.CLOSED)
"""There is nothing to suspend: whoever connects them anew has to be paid for then."""


def settle_coverage(*, tenant: Tenant) -> None:
    """Suspend what is not paid for and bring back what is, by how things stand now; for due work.

    Repeating it changes nothing, and where it was cut short it goes on. Three queries, a batch read a hundred
    connections, and for each that changes a transaction of 4 rows.

    Raises:
        ChangedMeanwhile, ConnectionTaken: what pays for a member, or a connection, changed under us; those before it
            are done.
    """
    coverage = seats.coverage_of_members(tenant=tenant)
    held = [one for one in _held(tenant) if one.user_id in coverage]
    paid = covered([_plain(one) for one in held], coverage, tenant.now())
    for one in held:
        is_suspended = one.state is ConnectionState.SUSPENDED
        if one.state not in _WITHOUT_SESSION and is_suspended == (one.id in paid):
            change = _resume if is_suspended else _suspend
            change(one, coverage, tenant)


def end_suspended(account_id: AccountId, user_id: UserId, since: datetime, *, tenant: Tenant) -> None:
    """Have a connection logged out and destroyed that is suspended since then; nothing where it came back meanwhile.

    Raises:
        ChangedMeanwhile: it changed at the same moment; nothing was written.
    """
    connection = Connections(tenant, account_id).get(user_id)
    if connection is not None and (connection.state, connection.since) == (ConnectionState.SUSPENDED, since):
        end_connection(account_id, user_id, UNPAID, tenant=tenant)


def _suspend(before: Connection, coverage: Mapping[UserId, Coverage], tenant: Tenant) -> None:
    after = replace(before, state=ConnectionState.SUSPENDED, reason=UNPAID, since=tenant.now())
    facts = {"account_id": after.account_id, "user_id": after.user_id, "since": clock.to_wire(after.since)}
    with tenant.transaction() as change:
        _set_paid(change, before, after, Wish.SUSPEND, coverage, tenant)
        due.schedule(change, tenant, END_SUSPENDED, after.since + SUSPENDED_FOR, facts, name=_end_of(after))
        change.record("connection.suspended", target=after.account_id, old=before.state, new={"user_id": after.user_id})


def _resume(before: Connection, coverage: Mapping[UserId, Coverage], tenant: Tenant) -> None:
    after = replace(before, state=ConnectionState.CONNECTING, reason=None, since=tenant.now())
    with tenant.transaction() as change:
        _set_paid(change, before, after, Wish.CONNECT, coverage, tenant)
        due.cancel(change, tenant, _end_of(before))
        change.record("connection.resumed", target=after.account_id, new={"user_id": after.user_id})


def _set_paid(
    change: JournalledTransaction,
    before: Connection,
    after: Connection,
    wish: Wish,
    coverage: Mapping[UserId, Coverage],
    tenant: Tenant,
) -> None:
    """The change commits only while the member still has the seat, or none, that it was decided by."""
    seats.check_same_seat(change, before.user_id, coverage[before.user_id], tenant=tenant)
    Connections(tenant, before.account_id).set_paid(change, before, after, wish)


def _held(tenant: Tenant) -> list[Connection]:
    """Every connection that its member has not ended."""
    holders = [(account.id, user_id) for account in Accounts(tenant).all() for user_id in account.held_by()]
    found = repository.connections_of(tenant, holders)
    return [one for one in found if one.state is not ConnectionState.DISCONNECTED]


def _plain(one: Connection) -> HeldConnection:
    return HeldConnection(id=one.id, account_id=one.account_id, user_id=one.user_id)


def _end_of(connection: Connection) -> str:
    return f"{connection.id}:suspended"
