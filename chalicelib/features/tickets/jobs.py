"""What of tickets happens by itself: warnings go out and follow the settings, what was deleted leaves nothing."""

from datetime import datetime

from chalicelib.features.fields.model import ColumnType
from chalicelib.features.tickets import use_cases
from chalicelib.kernel.ids import ColumnId, TicketId
from chalicelib.table.due import Due


def warn(work: Due) -> datetime | None:
    """Warn of a deadline; a piece of due work."""
    return use_cases.warn(TicketId(work.facts["ticket_id"]), tenant=work.tenant)


def purge_field(work: Due) -> datetime | None:
    """Remove values of a deleted field; a piece of due work, handed out again until none is left."""
    kind = ColumnType(work.facts["type"])
    is_done = use_cases.purge_field(ColumnId(work.facts["field_id"]), kind, tenant=work.tenant)
    return None if is_done else work.tenant.now()


def purge_comments(work: Due) -> None:
    """Remove what was said on a deleted ticket; a piece of due work."""
    use_cases.purge_comments(TicketId(work.facts["ticket_id"]), tenant=work.tenant)


def release_files(work: Due) -> None:
    """Give up the files of a deleted ticket's values; a piece of due work."""
    use_cases.release_files(TicketId(work.facts["ticket_id"]), work.facts["values"], tenant=work.tenant)


def follow_sla(work: Due) -> None:
    """Move warnings to where changed settings have them; a piece of due work."""
    before = work.facts["before"]
    use_cases.follow_sla(None if before is None else TicketId(before), work.facts["tickets"], tenant=work.tenant)
