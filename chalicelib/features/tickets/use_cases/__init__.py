"""What people do with tickets, what a workspace promises of them, and what happens by itself as time passes."""

from chalicelib.features.tickets.use_cases.editing import change_ticket, create_ticket, delete_ticket
from chalicelib.features.tickets.use_cases.promising import FOLLOW, change_sla, follow_sla, sla_settings
from chalicelib.features.tickets.use_cases.reading import as_it_stands, list_tickets, the_ticket
from chalicelib.features.tickets.use_cases.warnings import WARN, warn

__all__ = [
    "FOLLOW",
    "WARN",
    "as_it_stands",
    "change_sla",
    "change_ticket",
    "create_ticket",
    "delete_ticket",
    "follow_sla",
    "list_tickets",
    "sla_settings",
    "the_ticket",
    "warn",
]
