"""What of imports happens by itself: one that was cut short goes on, one that nobody goes on with is thrown away."""

from datetime import datetime

from chalicelib.features.imports import use_cases
from chalicelib.kernel.ids import ImportId
from chalicelib.table.due import Due


def go_on(work: Due) -> datetime | None:
    """Go on with what is under way of the import `import_id`, and come back for what is left."""
    is_done = use_cases.go_on(ImportId(work.facts["import_id"]), tenant=work.tenant)
    return None if is_done else work.tenant.now()


def discard(work: Due) -> None:
    """Throw away the import `import_id` and its file, unless it is being written or was."""
    use_cases.expire_import(ImportId(work.facts["import_id"]), tenant=work.tenant)
