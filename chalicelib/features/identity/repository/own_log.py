"""A person's own log: its entries lie in a partition a month."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from chalicelib.kernel import ids
from chalicelib.kernel.ids import UserId
from chalicelib.table import journal, keys
from chalicelib.table.journal import Entry, JournalRow
from chalicelib.table.tenant import Installation


class OwnLog:
    """The log of one person."""

    def __init__(self, installation: Installation, user_id: UserId) -> None:
        self._installation = installation
        self._user_id = user_id

    def newest(self, *, before: str | None, since: datetime, most: int) -> list[Entry]:
        """Up to `most` entries before an id, newest first and opened, none older than `since`.

        A query for each month looked into, and KMS once in five minutes a person and process.
        """
        now = self._installation.now()
        last = ids.first_minted_at((now + timedelta(days=1)).timestamp()) if before is None else before
        rows = islice(self._down(last, since, most), most)
        return [journal.opened(row, self._user_id) for row in rows]

    def _down(self, last: str, since: datetime, most: int) -> Iterator[JournalRow]:
        first = ids.first_minted_at(since.timestamp())
        for month in _months(datetime.fromtimestamp(ids.minted_at(last), UTC), since):
            rows = self._installation.rows(keys.personal_journal(self._user_id, month))
            yield from rows.between(JournalRow, first, last, limit=most, newest_first=True)


def _months(newest: datetime, oldest: datetime) -> Iterator[datetime]:
    """The first of each month from one moment back to another."""
    month = newest.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    while month >= oldest.replace(day=1, hour=0, minute=0, second=0, microsecond=0):
        yield month
        month = (month - timedelta(days=1)).replace(day=1)
