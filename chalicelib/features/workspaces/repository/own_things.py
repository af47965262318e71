"""What is one member's own in a workspace, whichever slices keep it there: it goes with the membership."""

from typing import Final

from chalicelib.kernel.ids import UserId
from chalicelib.table import notices_keys
from chalicelib.table.items import Row
from chalicelib.table.tenant import Tenant

_FIRST, _LAST = "!", "~"
"""Around every sort key."""
_AT_ONCE: Final = 100


def forget_own_things(user_id: UserId, tenant: Tenant) -> None:
    """Remove all of it: a query a hundred rows, a write a row. It can be repeated."""
    rows = tenant.rows(notices_keys.member_partition(user_id))
    while found := rows.stretch(_FIRST, _LAST, limit=_AT_ONCE)[0]:
        for item in found:
            rows.delete(rows.new(Row, item["sk"]["S"]))
