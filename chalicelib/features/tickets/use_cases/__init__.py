"""What people do with tickets, what a workspace promises of them, and what happens by itself as time passes."""

from chalicelib.features.tickets.use_cases.editing import (
    PURGE_COMMENTS,
    change_ticket,
    create_ticket,
    delete_ticket,
    purge_comments,
)
from chalicelib.features.tickets.use_cases.fielding import (
    PURGE_FIELD,
    change_field,
    create_field,
    delete_field,
    list_fields,
    purge_field,
)
from chalicelib.features.tickets.use_cases.hanging import RELEASE_FILES, release_files
from chalicelib.features.tickets.use_cases.promising import FOLLOW, change_sla, follow_sla, sla_settings
from chalicelib.features.tickets.use_cases.reading import as_it_stands, as_subject, list_tickets, the_ticket
from chalicelib.features.tickets.use_cases.warnings import WARN, warn

__all__ = [
    "FOLLOW",
    "PURGE_COMMENTS",
    "PURGE_FIELD",
    "RELEASE_FILES",
    "WARN",
    "as_it_stands",
    "as_subject",
    "change_field",
    "change_sla",
    "change_ticket",
    "create_field",
    "create_ticket",
    "delete_field",
    "delete_ticket",
    "follow_sla",
    "list_fields",
    "list_tickets",
    "purge_comments",
    "purge_field",
    "release_files",
    "sla_settings",
    "the_ticket",
    "warn",
]
