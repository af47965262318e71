"""What can be wrong with a ticket, or with what is asked of one."""

from chalicelib.kernel.errors import Conflict, Invalid, NotFound


class TicketNotFound(NotFound):
    """The workspace has no such ticket, or has deleted it."""

    code = "ticket-not-found"
    title = "There is no such ticket."


class TicketInvalid(Invalid):
    """A description, date or list that no ticket can have; `blames` names the places."""

    code = "ticket-invalid"
    title = "This can't stand in a ticket."


class TicketChanged(Conflict):
    """Somebody changed the same parts first; `standing` has the ticket's version and what stands in those parts."""

    code = "ticket-changed"
    title = "Somebody changed this ticket meanwhile."


class TicketsQueryInvalid(Invalid):
    """A list was asked for by a status, priority or state that there is not."""

    code = "tickets-query-invalid"
    title = "No list can be made from this."


class AssigneeNotPro(Conflict):
    """Tickets are worked on from a Pro seat, and this member has none."""

    code = "assignee-not-pro"
    title = "This member has no Pro seat, so no ticket can be assigned to them."


class SlaInvalid(Invalid):
    """Working hours that can't be."""

    code = "sla-invalid"
    title = "These deadlines can't be worked out."


class SlaChanged(Conflict):
    """Somebody changed the settings first; `standing` has the version that stands."""

    code = "sla-changed"
    title = "Somebody changed these settings meanwhile. Look again and repeat."
