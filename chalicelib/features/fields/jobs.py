"""What of columns happens by itself: the values of a deleted one are removed."""

from chalicelib.features.fields import use_cases
from chalicelib.kernel.ids import ColumnId
from chalicelib.table.due import Due


def purge_column(work: Due) -> None:
    """Remove values of a deleted column; a piece of due work."""
    use_cases.purge_column(ColumnId(work.facts["column_id"]), tenant=work.tenant)
