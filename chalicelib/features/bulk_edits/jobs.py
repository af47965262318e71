"""What of bulk edits happens by itself: one that was cut short goes on."""

from datetime import datetime

from chalicelib.features.bulk_edits import use_cases
from chalicelib.kernel.ids import BulkEditId
from chalicelib.table.due import Due
from chalicelib.table.following_up import TAKEN_UP_AFTER


def go_on(work: Due) -> datetime | None:
    """Go on with a bulk edit or its undoing; what is left, or waits for its column, is for a minute later."""
    is_done = use_cases.go_on(BulkEditId(work.facts["bulk_edit_id"]), tenant=work.tenant)
    return None if is_done else work.tenant.now() + TAKEN_UP_AFTER
