"""Key patterns of tickets, spelled here as the others are in table/keys."""

from chalicelib.kernel.ids import TicketId
from chalicelib.table.keys import Partition

TICKETS = Partition("#TICKETS#1")
"""Tickets, their numbers and their settings. The last part is a shard: 1 until a workspace is large."""

# Sort keys in TICKETS

TICKET_ROWS = "TICKET#"
TICKET_ROWS_END = "TICKET$"
"""After every ticket: `$` follows `#`."""
NUMBERS = "NUMBERS"
"""Which number a ticket had last."""
FIELDS = "FIELDS"
"""The workspace's own fields of tickets."""
SLA = "SLA"
"""What the workspace promises."""


def ticket(ticket_id: TicketId) -> str:
    """A ticket; ids sort by time."""
    return f"{TICKET_ROWS}{ticket_id}"


def ticket_of(sk: str) -> TicketId:
    """The ticket a row of TICKET_ROWS is."""
    return TicketId(sk.removeprefix(TICKET_ROWS))
