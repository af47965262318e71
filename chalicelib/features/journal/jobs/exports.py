"""Files of the log, written and removed as due work; the session worker does it too, so no framework comes in here."""

from chalicelib.features.journal import use_cases
from chalicelib.kernel.ids import ExportId
from chalicelib.table.due import Due


def write_export(work: Due) -> None:
    """Carry an export on by a part of its file; `export_id` says which."""
    use_cases.write_export(ExportId(work.facts["export_id"]), tenant=work.tenant, installation=work.installation)


def remove_export(work: Due) -> None:
    """Remove an export's file; `export_id` says which."""
    use_cases.remove_export(ExportId(work.facts["export_id"]), tenant=work.tenant)
