"""Routes of tickets, of their own fields, and of what is promised of them."""

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
from chalicelib.features.tickets.model.listing import Order
from chalicelib.features.tickets.schemas.fields import (
    TicketFieldChangeIn,
    TicketFieldIn,
    TicketFieldOut,
    TicketFieldsOut,
)
from chalicelib.features.tickets.schemas.sla import SlaSettingsBody
from chalicelib.features.tickets.schemas.tickets import TicketChangeIn, TicketIn, TicketOut, TicketsOut, TicketsQuery
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


@api.get(
    "/workspaces/{workspace_id}/tickets",
    allow=Action.SEE_CRM,
    query=TicketsQuery,
    answer=TicketsOut,
    raises=(TicketsQueryInvalid, CursorInvalid),
)
def list_tickets(call: Call, query: TicketsQuery) -> TicketsOut:
    """The workspace's tickets in pages, filtered, searched and sorted. Everybody reads them."""
    filters = query.to_filters(call.tenant.require(Action.SEE_CRM).user_id)
    order = Order(query.order)
    page = use_cases.list_tickets(filters, order, limit=query.limit, cursor=query.cursor, tenant=call.tenant)
    return TicketsOut.of(page, call.tenant.now())


@api.post(
    "/workspaces/{workspace_id}/tickets",
    allow=Action.CREATE_TICKETS,
    body=TicketIn,
    answer=TicketOut,
    status=201,
    once=True,
    raises=_MISFITS,
)
def create_ticket(call: Call, body: TicketIn) -> TicketOut:
    """Make a ticket. It gets the workspace's next number, which no other ticket ever has."""
    made = use_cases.create_ticket(body.to_command(), tenant=call.tenant, once=call.idempotency_key)
    return TicketOut.of(use_cases.as_it_stands(made, tenant=call.tenant), call.tenant.now())


@api.get(
    "/workspaces/{workspace_id}/tickets/{ticket_id}",
    allow=Action.SEE_CRM,
    answer=TicketOut,
    raises=(TicketNotFound,),
)
def get_ticket(call: Call, ticket_id: str) -> TicketOut:
    """One ticket."""
    return TicketOut.of(use_cases.the_ticket(TicketId(ticket_id), tenant=call.tenant), call.tenant.now())


@api.patch(
    "/workspaces/{workspace_id}/tickets/{ticket_id}",
    allow=Action.EDIT_TICKETS,
    body=TicketChangeIn,
    answer=TicketOut,
    raises=(TicketNotFound, TicketChanged, *_MISFITS),
)
def change_ticket(call: Call, body: TicketChangeIn, ticket_id: str) -> TicketOut:
    """Change parts of a ticket, unless somebody changed the same ones since the caller saw them."""
    after = use_cases.change_ticket(body.to_command(_id(ticket_id)), tenant=call.tenant)
    return TicketOut.of(use_cases.as_it_stands(after, tenant=call.tenant), call.tenant.now())


@api.delete(
    "/workspaces/{workspace_id}/tickets/{ticket_id}",
    allow=Action.DELETE_TICKETS,
    answer=None,
    status=204,
    raises=(TicketNotFound, ChangedMeanwhile),
)
def delete_ticket(call: Call, ticket_id: str) -> None:
    """Remove a ticket for good."""
    use_cases.delete_ticket(_id(ticket_id), tenant=call.tenant)


@api.get("/workspaces/{workspace_id}/ticket-sla", allow=Action.SEE_CRM, answer=SlaSettingsBody)
def get_ticket_sla(call: Call) -> SlaSettingsBody:
    """What the workspace promises of its tickets."""
    return SlaSettingsBody.of(use_cases.sla_settings(tenant=call.tenant))


@api.put(
    "/workspaces/{workspace_id}/ticket-sla",
    allow=Action.CHANGE_SETTINGS,
    body=SlaSettingsBody,
    answer=SlaSettingsBody,
    raises=(SlaInvalid, SlaChanged, TimeZoneUnknown),
)
def put_ticket_sla(call: Call, body: SlaSettingsBody) -> SlaSettingsBody:
    """Promise something else, for every ticket at once: deadlines are reckoned anew from when each was made."""
    return SlaSettingsBody.of(use_cases.change_sla(body.to_settings(), tenant=call.tenant))


@api.get("/workspaces/{workspace_id}/ticket-fields", allow=Action.SEE_CRM, answer=TicketFieldsOut)
def list_ticket_fields(call: Call) -> TicketFieldsOut:
    """The workspace's own fields of tickets in their order."""
    return TicketFieldsOut.of(use_cases.list_fields(tenant=call.tenant))


_FIELD_MISFITS = (NameInvalid, ColumnInvalid, ColumnLimitReached, ChangedMeanwhile)


@api.post(
    "/workspaces/{workspace_id}/ticket-fields",
    allow=Action.MANAGE_COLUMNS,
    body=TicketFieldIn,
    answer=TicketFieldOut,
    status=201,
    once=True,
    raises=_FIELD_MISFITS,
)
def create_ticket_field(call: Call, body: TicketFieldIn) -> TicketFieldOut:
    """Make a field of tickets at the end. Its key is made from the name and never changes."""
    made = use_cases.create_field(body.to_command(), tenant=call.tenant, once=call.idempotency_key)
    return TicketFieldOut.of(made)


@api.patch(
    "/workspaces/{workspace_id}/ticket-fields/{field_id}",
    allow=Action.MANAGE_COLUMNS,
    body=TicketFieldChangeIn,
    answer=TicketFieldOut,
    raises=(ColumnNotFound, ColumnChanged, *_FIELD_MISFITS),
)
def change_ticket_field(call: Call, body: TicketFieldChangeIn, field_id: str) -> TicketFieldOut:
    """Rename a field, say what its options are, or move it. Options left out can't be chosen any more."""
    return TicketFieldOut.of(use_cases.change_field(body.to_command(field_id), tenant=call.tenant))


@api.delete(
    "/workspaces/{workspace_id}/ticket-fields/{field_id}",
    allow=Action.MANAGE_COLUMNS,
    answer=None,
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
