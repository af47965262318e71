"""What of tickets happens by itself: warnings go out, and follow the settings."""

from datetime import datetime

from chalicelib.features.tickets import use_cases
from chalicelib.kernel.ids import TicketId
from chalicelib.table.due import Due


def warn(work: Due) -> datetime | None:
    """Warn of a deadline; a piece of due work."""
    return use_cases.warn(TicketId(work.facts["ticket_id"]), tenant=work.tenant)


def follow_sla(work: Due) -> None:
    """Move warnings to where changed settings have them; a piece of due work."""
    before = work.facts["before"]
    use_cases.follow_sla(None if before is None else TicketId(before), work.facts["tickets"], tenant=work.tenant)
