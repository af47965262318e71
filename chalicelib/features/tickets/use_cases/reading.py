"""What everybody in a workspace reads of its tickets."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from chalicelib.features.comments.model import Subject, SubjectKind
from chalicelib.features.files import use_cases as files
from chalicelib.features.tickets.model.calendar import Calendar
from chalicelib.features.tickets.model.facts import TicketNotFound
from chalicelib.features.tickets.model.fields import TicketFields
from chalicelib.features.tickets.model.listing import (
    MAX_SORTED_PAGE,
    MOST_LOOKED_AT,
    Order,
    Reckoned,
    TicketFilters,
    place_of,
)
from chalicelib.features.tickets.model.sla import SlaSettings, reckon
from chalicelib.features.tickets.model.tickets import Ticket
from chalicelib.features.tickets.repository import Fields, Slas, Tickets
from chalicelib.features.tickets.use_cases.warnings import reckoned
from chalicelib.kernel import ids
from chalicelib.kernel.ids import TicketId
from chalicelib.kernel.pages import Page
from chalicelib.table import cursors, keys
from chalicelib.table.tenant import Tenant


def the_ticket(ticket_id: TicketId, *, tenant: Tenant) -> Reckoned:
    """One ticket and how it stands towards its promise: two read units and more for a long description.

    Raises:
        TicketNotFound: the workspace has no such ticket, or has deleted it.
    """
    if not ids.is_minted_shape(ticket_id):
        raise TicketNotFound
    ticket = Tickets(tenant).require(ticket_id)
    return as_it_stands(ticket, tenant=tenant)


def as_subject(ticket_id: TicketId, *, tenant: Tenant) -> Subject:
    """A ticket as something to comment on: one read. Raises TicketNotFound."""
    if not ids.is_minted_shape(ticket_id):
        raise TicketNotFound
    return Subject(kind=SubjectKind.TICKET, id=Tickets(tenant).require(ticket_id).id)


def as_it_stands(ticket: Ticket, *, tenant: Tenant) -> Reckoned:
    """A ticket that was just read or written, with how it stands: a read, and one each for its fields and files."""
    [shown] = _shown([Reckoned(ticket=ticket, sla=reckoned(ticket, Slas(tenant).current()))], tenant)
    return shown


def list_tickets(
    filters: TicketFilters, order: Order, *, limit: int, cursor: str | None, tenant: Tenant
) -> Page[Reckoned]:
    """A page of the tickets that filters take.

    Newest first it costs what it looks through: up to MOST_LOOKED_AT tickets, so that a page may be short and still
    not the last. In another order it reads every ticket (a read unit for about six), and a page holds at most
    MAX_SORTED_PAGE.

    Raises:
        CursorInvalid: not a cursor of this list.
    """
    scope = f"{keys.tenant_prefix(tenant.workspace_id)}\x00tickets\x00{order}"
    position = None if cursor is None else cursors.open_signed(scope, cursor)
    settings = Slas(tenant).current()
    if order is Order.NEWEST:
        page, last = _newest(filters, settings, limit, position, tenant)
    else:
        page, last = _sorted(filters, order, settings, min(limit, MAX_SORTED_PAGE), position, tenant)
    return Page(items=_shown(page, tenant), next_cursor=None if last is None else cursors.sign(scope, last))


def _shown(page: list[Reckoned], tenant: Tenant) -> list[Reckoned]:
    """Tickets as they are shown: only values of fields that there are, and what is known of their files.

    No read where none has either; else one for the fields, and a batch read a hundred files.
    """
    file_ids = [file_id for each in page for file_id in each.ticket.file_ids]
    known = files.files_of(file_ids, tenant=tenant) if file_ids else {}
    fields = Fields(tenant).all() if any(each.ticket.values for each in page) else TicketFields()
    return [
        replace(
            each,
            ticket=replace(each.ticket, values=fields.shown(each.ticket.values)),
            files=tuple(known[file_id] for file_id in each.ticket.file_ids if file_id in known),
        )
        for each in page
    ]


def _newest(
    filters: TicketFilters, settings: SlaSettings, limit: int, position: str | None, tenant: Tenant
) -> tuple[list[Reckoned], str | None]:
    """A page in the order of the table, and the ticket it ends before."""
    before = None if position is None else TicketId(position)
    walk = Tickets(tenant).before(before)
    page: list[Reckoned] = []
    left = MOST_LOOKED_AT
    while batch := list(islice(walk, min(limit - len(page), left))):
        left -= len(batch)
        before = batch[-1].id
        page += [each for each in _reckoned(batch, settings) if filters.take(each, tenant.now())]
        if len(page) == limit or not left:
            return page, None if next(walk, None) is None else before
    return page, None


def _sorted(
    filters: TicketFilters, order: Order, settings: SlaSettings, limit: int, position: str | None, tenant: Tenant
) -> tuple[list[Reckoned], str | None]:
    """A page in any order, and the place it ends at."""
    now = tenant.now()
    reached = () if position is None else tuple(json.loads(position))
    every = list(Tickets(tenant).before(None))
    taken = (each for each in _reckoned(every, settings) if filters.take(each, now))
    placed = sorted(((place_of(each, order), each) for each in taken), key=lambda pair: pair[0])
    ahead = [(place, each) for place, each in placed if place > reached]
    page = ahead[:limit]
    last = json.dumps(page[-1][0]) if len(ahead) > limit else None
    return [each for _, each in page], last


def _reckoned(tickets: Sequence[Ticket], settings: SlaSettings) -> Iterator[Reckoned]:
    """How these tickets stand, all reckoned by one calendar."""
    if not tickets:
        return
    calendar = Calendar(settings.working_hours, min(ticket.created.at for ticket in tickets))
    for each in tickets:
        sla = reckon(settings, calendar, each.priority, each.created.at, each.rests)
        yield Reckoned(ticket=each, sla=sla)
