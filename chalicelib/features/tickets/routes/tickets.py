"""Routes of tickets, of their own fields, and of what is promised of them."""

from __future__ import annotations

from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.fields.model import (
    ColumnChanged,
    ColumnInvalid,
    ColumnLimitReached,
    ColumnNotFound,
)
from chalicelib.features.files.model import FileNotFound
from chalicelib.features.tickets import use_cases
from chalicelib.features.tickets.model.facts import (
    AssigneeNotPro,
    SlaChanged,
    SlaInvalid,
    TicketChanged,
    TicketInvalid,
    TicketNotFound,
    TicketsQueryInvalid,
)
from chalicelib.features.tickets.schemas import fields, sla, tickets
from chalicelib.kernel import ids
from chalicelib.kernel.errors import MemberNotFound
from chalicelib.kernel.ids import TicketId
from chalicelib.kernel.names import NameInvalid
from chalicelib.kernel.permissions import Action
from chalicelib.kernel.time_zones import TimeZoneUnknown
from chalicelib.table.cursors import CursorInvalid
from chalicelib.table.transaction import ChangedMeanwhile

api = Api(__name__)

_MISFITS = (NameInvalid, TicketInvalid, MemberNotFound, AssigneeNotPro, FileNotFound, ChangedMeanwhile)


@api.get("/workspaces/{workspace_id}/tickets", allow=Action.SEE_CRM, raises=(TicketsQueryInvalid, CursorInvalid))
def list_tickets(call: Call, query: tickets.TicketsQuery) -> tickets.TicketsOut:
    """The workspace's tickets in pages, filtered, searched and sorted. Everybody reads them."""
    filters = query.to_filters(call.tenant.require(Action.SEE_CRM).user_id)
    page = use_cases.list_tickets(filters, query.to_order(), limit=query.limit, cursor=query.cursor, tenant=call.tenant)
    return tickets.TicketsOut.of(page, call.tenant.now())


@api.post("/workspaces/{workspace_id}/tickets", allow=Action.CREATE_TICKETS, status=201, once=True, raises=_MISFITS)
def create_ticket(call: Call, body: tickets.TicketIn) -> tickets.TicketOut:
    """Make a ticket. It gets the workspace's next number, which no other ticket ever has."""
    made = use_cases.create_ticket(body.to_command(), tenant=call.tenant, once=call.idempotency_key)
    return tickets.TicketOut.of(use_cases.as_it_stands(made, tenant=call.tenant), call.tenant.now())


@api.get("/workspaces/{workspace_id}/tickets/{ticket_id}", allow=Action.SEE_CRM, raises=(TicketNotFound,))
def get_ticket(call: Call, ticket_id: str) -> tickets.TicketOut:
    """One ticket."""
    return tickets.TicketOut.of(use_cases.the_ticket(TicketId(ticket_id), tenant=call.tenant), call.tenant.now())


@api.patch(
    "/workspaces/{workspace_id}/tickets/{ticket_id}",
    allow=Action.EDIT_TICKETS,
    raises=(TicketNotFound, TicketChanged, *_MISFITS),
)
def change_ticket(call: Call, body: tickets.TicketChangeIn, ticket_id: str) -> tickets.TicketOut:
    """Change parts of a ticket, unless somebody changed the same ones since the caller saw them."""
    after = use_cases.change_ticket(body.to_command(_id(ticket_id)), tenant=call.tenant)
    return tickets.TicketOut.of(use_cases.as_it_stands(after, tenant=call.tenant), call.tenant.now())


@api.delete(
    "/workspaces/{workspace_id}/tickets/{ticket_id}",
    allow=Action.DELETE_TICKETS,
    status=204,
    raises=(TicketNotFound, ChangedMeanwhile),
)
def delete_ticket(call: Call, ticket_id: str) -> None:
    """Remove a ticket for good."""
    use_cases.delete_ticket(_id(ticket_id), tenant=call.tenant)


@api.get("/workspaces/{workspace_id}/ticket-sla", allow=Action.SEE_CRM)
def get_ticket_sla(call: Call) -> sla.SlaSettingsBody:
    """What the workspace promises of its tickets."""
    return sla.SlaSettingsBody.of(use_cases.sla_settings(tenant=call.tenant))


@api.put(
    "/workspaces/{workspace_id}/ticket-sla",
    allow=Action.CHANGE_SETTINGS,
    raises=(SlaInvalid, SlaChanged, TimeZoneUnknown),
)
def put_ticket_sla(call: Call, body: sla.SlaSettingsBody) -> sla.SlaSettingsBody:
    """Promise something else, for every ticket at once: deadlines are reckoned anew from when each was made."""
    return sla.SlaSettingsBody.of(use_cases.change_sla(body.to_settings(), tenant=call.tenant))


@api.get("/workspaces/{workspace_id}/ticket-fields", allow=Action.SEE_CRM)
def list_ticket_fields(call: Call) -> fields.TicketFieldsOut:
    """The workspace's own fields of tickets in their order."""
    return fields.TicketFieldsOut.of(use_cases.list_fields(tenant=call.tenant))


_FIELD_MISFITS = (NameInvalid, ColumnInvalid, ColumnLimitReached, ChangedMeanwhile)


@api.post(
    "/workspaces/{workspace_id}/ticket-fields",
    allow=Action.MANAGE_COLUMNS,
    status=201,
    once=True,
    raises=_FIELD_MISFITS,
)
def create_ticket_field(call: Call, body: fields.TicketFieldIn) -> fields.TicketFieldOut:
    """Make a field of tickets at the end. Its key is made from the name and never changes."""
    made = use_cases.create_field(body.to_command(), tenant=call.tenant, once=call.idempotency_key)
    return fields.TicketFieldOut.of(made)


@api.patch(
    "/workspaces/{workspace_id}/ticket-fields/{field_id}",
    allow=Action.MANAGE_COLUMNS,
    raises=(ColumnNotFound, ColumnChanged, *_FIELD_MISFITS),
)
def change_ticket_field(call: Call, body: fields.TicketFieldChangeIn, field_id: str) -> fields.TicketFieldOut:
    """Rename a field, say what its options are, or move it. Options left out can't be chosen any more."""
    return fields.TicketFieldOut.of(use_cases.change_field(body.to_command(field_id), tenant=call.tenant))


@api.delete(
    "/workspaces/{workspace_id}/ticket-fields/{field_id}",
    allow=Action.MANAGE_COLUMNS,
    status=204,
    raises=(ColumnNotFound, ChangedMeanwhile),
)
def delete_ticket_field(call: Call, field_id: str) -> None:
    """Take a field of tickets away with all its values."""
    use_cases.delete_field(field_id, tenant=call.tenant)


def _id(text: str) -> TicketId:
    if not ids.is_minted_shape(text):
        raise TicketNotFound
    return TicketId(text)
