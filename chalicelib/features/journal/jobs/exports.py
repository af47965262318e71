"""Files of the log, written and removed as due work; the session worker does it too, so no framework comes in here."""

from datetime import datetime

from chalicelib.features.journal import use_cases
from chalicelib.kernel.ids import ExportId
from chalicelib.table.due import Due


def write_export(work: Due) -> datetime | None:
    """Carry the export `export_id` on by a part of its file, and come back for the next."""
    is_whole = use_cases.write_export(ExportId(work.facts["export_id"]), tenant=work.tenant)
    return None if is_whole else work.installation.now()


def remove_export(work: Due) -> None:
    """Remove the file of the export `export_id`."""
    use_cases.remove_export(ExportId(work.facts["export_id"]), tenant=work.tenant)
