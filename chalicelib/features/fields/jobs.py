"""What of columns happens by itself: values are removed, converted and merged."""

from datetime import datetime

from chalicelib.features.fields import use_cases
from chalicelib.kernel.ids import ColumnId
from chalicelib.table.due import Due


def purge_column(work: Due) -> None:
    """Remove values of a deleted column; a piece of due work."""
    use_cases.purge_column(ColumnId(work.facts["column_id"]), tenant=work.tenant)


def rewrite_column(work: Due) -> datetime | None:
    """Convert values of a column, or merge two of its options; what is left is for the next tick."""
    is_done = use_cases.rewrite_column(ColumnId(work.facts["column_id"]), tenant=work.tenant)
    return None if is_done else work.tenant.now()
