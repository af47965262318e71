"""Entries of the journal that one piece of work wrote, found again: what it is taken back from (decision 0050)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from chalicelib.kernel import ids
from chalicelib.table import journal, keys
from chalicelib.table.journal import Entry, JournalRow
from chalicelib.table.tenant import Tenant

_SETTLED: Final = timedelta(seconds=5)
"""How long after the moment that work says it ended its last entry may have been minted."""
_PAGE: Final = 200


def entries_of(
    target: str, event: str, *, first: datetime, last: datetime, after: str = "", tenant: Tenant
) -> Iterator[Entry]:
    """The entries of one kind about one target between two moments and behind one, oldest first, opened one by one.

    Cost: 1 read unit per 4 KB of all entries of that time.
    """
    ends_at = last + _SETTLED
    for partition in dict.fromkeys(keys.journal_partition(at) for at in (first, ends_at)):
        rows = tenant.rows(partition)
        begins = max(after, ids.first_minted_at(first.timestamp() - 1))
        ends = ids.first_minted_at(ends_at.timestamp())
        while found := rows.between(JournalRow, begins, ends, limit=_PAGE):
            for row in found:
                if row.event == event and row.target == target:
                    yield journal.opened(row, tenant.workspace_id)
            begins = found[-1].sk
