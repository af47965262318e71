"""The warning before a deadline: a due row that follows the ticket's clock."""

from datetime import datetime
from typing import Final

from chalicelib.features.notifications import use_cases as notifications
from chalicelib.features.notifications.model import About, AboutKind, Notice, NoticeKind
from chalicelib.features.seats import use_cases as seats
from chalicelib.features.tickets.model.calendar import Calendar
from chalicelib.features.tickets.model.sla import Reckoning, SlaSettings, reckon
from chalicelib.features.tickets.model.tickets import Ticket
from chalicelib.features.tickets.repository import Slas, Tickets
from chalicelib.kernel.ids import TicketId, UserId
from chalicelib.table import due
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant

WARN: Final = "ticket.warn"
"""The due work of a ticket's warning; its one fact is `ticket_id`."""


def reckoned(ticket: Ticket, settings: SlaSettings) -> Reckoning:
    """How one ticket stands by the settings; no read."""
    calendar = Calendar(settings.working_hours, ticket.created.at)
    return reckon(settings, calendar, ticket.priority, ticket.created.at, ticket.rests)


def warning_at(ticket: Ticket, settings: SlaSettings) -> datetime | None:
    """When the warning of a ticket goes out; None where none will, as things stand."""
    if ticket.status.is_done or ticket.warned_at is not None:
        return None
    return reckoned(ticket, settings).warns_at


def follow(change: JournalledTransaction, before: Ticket | None, after: Ticket, *, tenant: Tenant) -> None:
    """Have the warning of a ticket go out when it should after a change, as part of it.

    A read, and where the time moved a row. Settings that change meanwhile are followed a minute later (`promising`).
    """
    settings = Slas(tenant).current()
    at = warning_at(after, settings)
    if at != (None if before is None else warning_at(before, settings)):
        schedule(change, after, at, tenant=tenant)


def schedule(change: JournalledTransaction, ticket: Ticket, at: datetime | None, *, tenant: Tenant) -> None:
    """Have the warning go out at a time, or not at all."""
    name = _name(ticket.id, tenant)
    if at is None:
        due.cancel(change, tenant, name)
    else:
        due.schedule(change, tenant, WARN, at, {"ticket_id": ticket.id}, name=name)


def forget(change: JournalledTransaction, ticket: Ticket, *, tenant: Tenant) -> None:
    """Have no warning of a ticket go out, as part of its removal."""
    due.cancel(change, tenant, _name(ticket.id, tenant))


def warn(ticket_id: TicketId, *, tenant: Tenant) -> datetime | None:
    """Warn whoever sees to a ticket, else who made it, that it falls due; due work, once a ticket.

    Gives the time to come back where the deadline moved since this was scheduled. Three reads; a transaction of 3 rows.

    Raises:
        ChangedMeanwhile: somebody changed the ticket at the same moment; it is tried again.
    """
    ticket, settings = Tickets(tenant).get(ticket_id), Slas(tenant).current()
    at = None if ticket is None else warning_at(ticket, settings)
    if ticket is None or at is None:
        return None
    if at > tenant.now():
        return at
    told = _to_tell(ticket, tenant)
    after = ticket.warned(tenant.now())
    with tenant.transaction() as change:
        Tickets(tenant).change(change, ticket, after)
        if told is not None:
            about = About(kind=AboutKind.TICKET, id=ticket.id)
            notice = Notice(kind=NoticeKind.TICKET_SLA_WARNING, to=told, about=about)
            notifications.announce(change, notice, tenant=tenant)
        change.record("ticket.sla_warned", target=ticket.id, new={"number": ticket.number, "told": told})
    return None


def _to_tell(ticket: Ticket, tenant: Tenant) -> UserId | None:
    """The assignee, else whoever made the ticket; nobody where both have left."""
    members = seats.coverage_of_members(tenant=tenant)
    return next((each for each in (ticket.assignee, ticket.created.by) if each in members), None)


def _name(ticket_id: TicketId, tenant: Tenant) -> str:
    return f"{WARN}#{tenant.workspace_id}#{ticket_id}"
