"""Zips written and removed as due work; the session worker does it too, so no framework comes in here."""

from datetime import datetime

from chalicelib.features.exports import use_cases
from chalicelib.kernel.ids import ExportId, UserId
from chalicelib.table.due import Due


def write_export(work: Due) -> datetime | None:
    """Carry the export `export_id` of `user_id` on by a turn, and come back for the next."""
    is_over = use_cases.write_export(*_of(work), tenant=work.tenant)
    return None if is_over else work.installation.now()


def remove_export(work: Due) -> None:
    """Remove the zip of the export `export_id` of `user_id`."""
    use_cases.remove_export(*_of(work), tenant=work.tenant)


def _of(work: Due) -> tuple[UserId, ExportId]:
    return UserId(work.facts["user_id"]), ExportId(work.facts["export_id"])
