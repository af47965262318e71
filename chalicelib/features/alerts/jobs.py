"""What of alerts happens by itself: members are told."""

from datetime import datetime

from chalicelib.features.alerts import use_cases
from chalicelib.table.due import Due


def tell_late(work: Due) -> datetime | None:
    """Tell of late chats; a piece of due work that goes on while somebody wants it."""
    return use_cases.tell_late(tenant=work.tenant)
