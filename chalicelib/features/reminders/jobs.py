"""Due work of reminders."""

from datetime import datetime

from chalicelib.features.reminders import use_cases
from chalicelib.kernel.ids import ReminderId
from chalicelib.table.due import Due


def ring(work: Due) -> datetime | None:
    """Tell of a reminder that is due: {reminder_id}."""
    return use_cases.ring(ReminderId(work.facts["reminder_id"]), tenant=work.tenant)
