"""What a workspace promises of its tickets, and how the warnings of open ones follow when that changes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

import msgspec

from chalicelib.features.tickets.model.facts import SlaChanged
from chalicelib.features.tickets.model.sla import SlaSettings, parse_settings
from chalicelib.features.tickets.model.tickets import Ticket
from chalicelib.features.tickets.repository import Slas, Tickets
from chalicelib.features.tickets.use_cases import warnings
from chalicelib.kernel import clock
from chalicelib.kernel.ids import TicketId
from chalicelib.kernel.permissions import Action
from chalicelib.table import due
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant

FOLLOW: Final = "ticket_sla.follow"
"""The due work of moving the warnings of open tickets. Facts: `before`, the ticket it has come to (none at first), and
`tickets`, how many it has moved."""
FOLLOW_AFTER: Final = timedelta(minutes=1)
"""By then no change of a ticket that had read the settings before can still arrive."""
TAKEN_OVER_AFTER: Final = timedelta(seconds=due.CLAIM_S)
"""When somebody else goes on with a turn that was cut short."""
CHUNK_TICKETS: Final = 40
"""Warnings one transaction moves."""
CHUNKS_A_TURN: Final = 25
"""Chunks before the work makes room for other due work; well within a claim's time."""


def sla_settings(*, tenant: Tenant) -> SlaSettings:
    """What the workspace promises: one read unit."""
    return Slas(tenant).current()


def change_sla(settings: SlaSettings, *, tenant: Tenant) -> SlaSettings:
    """Promise something else, unless somebody changed it since the version the caller saw. What stands does nothing.

    It holds for every ticket at once, since deadlines are reckoned when they are asked for; only the warnings of open
    tickets are moved in the background (`follow_sla`). One read; one transaction of 3 rows.

    Raises:
        PermissionMissing: the caller may not change settings.
        SlaInvalid, TimeZoneUnknown: nothing was written.
        SlaChanged: somebody wrote first; `standing` has the version that stands.
    """
    tenant.require(Action.CHANGE_SETTINGS)
    slas = Slas(tenant)
    before = slas.current()
    wanted = parse_settings(settings)
    if wanted.version != before.version:
        raise SlaChanged(standing={"version": before.version})
    if wanted == before:
        return before
    after = replace(wanted, version=before.version + 1)
    with tenant.transaction() as change:
        slas.change(change, before, after)
        _schedule(change, None, 0, tenant, tenant.now() + FOLLOW_AFTER)
        change.record("ticket_sla.changed", target=tenant.workspace_id, old=_plain(before), new=_plain(after))
    return after


def follow_sla(before: TicketId | None, moved: int, *, tenant: Tenant, most_chunks: int = CHUNKS_A_TURN) -> None:
    """Move the warnings of the open tickets made before one, or of all, to where the settings have them now.

    Each chunk is one transaction of its due rows, how far that leaves the work, and its entry: whoever takes over goes
    on where the last one ended. Another change of the settings begins it anew. Cost: every ticket is read once; a due
    row for each open one, in transactions.

    Raises:
        ChangedMeanwhile: the settings changed once more; the work begins anew by itself.
    """
    settings = Slas(tenant).current()
    left = _open_before(before, tenant)
    for chunks in range(1, most_chunks + 1):
        chunk = list(islice(left, CHUNK_TICKETS))
        if not chunk:
            _end(settings, moved, tenant)
            return
        moved += len(chunk)
        goes_on_at = tenant.now() + (timedelta() if chunks == most_chunks else TAKEN_OVER_AFTER)
        _move(chunk, settings, moved, tenant, goes_on_at)


def _move(chunk: list[Ticket], settings: SlaSettings, moved: int, tenant: Tenant, goes_on_at: datetime) -> None:
    """One chunk, unless the settings have changed once more: then the work begins anew by itself."""
    times = {ticket.id: warnings.warning_at(ticket, settings) for ticket in chunk}
    with tenant.transaction() as change:
        Slas(tenant).check(change, settings)
        for ticket in chunk:
            warnings.schedule(change, ticket, times[ticket.id], tenant=tenant)
        _schedule(change, chunk[-1].id, moved, tenant, goes_on_at)
        told = {ticket_id: None if at is None else clock.to_wire(at) for ticket_id, at in times.items()}
        change.record("ticket_sla.warnings_moved", target=tenant.workspace_id, new=told)


def _end(settings: SlaSettings, moved: int, tenant: Tenant) -> None:
    with tenant.transaction() as change:
        Slas(tenant).check(change, settings)
        due.cancel(change, tenant, _name(tenant))
        change.record("ticket_sla.followed", target=tenant.workspace_id, new={"tickets": moved})


def _schedule(change: JournalledTransaction, before: TicketId | None, moved: int, tenant: Tenant, at: datetime) -> None:
    due.schedule(change, tenant, FOLLOW, at, {"before": before, "tickets": moved}, name=_name(tenant))


def _name(tenant: Tenant) -> str:
    return f"{FOLLOW}#{tenant.workspace_id}"


def _open_before(before: TicketId | None, tenant: Tenant) -> Iterator[Ticket]:
    """The tickets that may still be warned of."""
    tickets = Tickets(tenant).before(before)
    return (ticket for ticket in tickets if not ticket.status.is_done and ticket.warned_at is None)


def _plain(settings: SlaSettings) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(settings)
    return plain
