"""A person's own log: its entries lie in a partition a month."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Final

from chalicelib.kernel import ids
from chalicelib.kernel.ids import UserId
from chalicelib.table import journal, people_keys
from chalicelib.table.journal import Entry, JournalRow
from chalicelib.table.tenant import Installation

_MONTHS: Final = 13
"""Looked into for one page: an account of many years costs no more to ask about than one of a year."""


class OwnLog:
    """The log of one person."""

    def __init__(self, installation: Installation, user_id: UserId) -> None:
        self._installation = installation
        self._user_id = user_id

    def newest(self, *, before: str | None, since: datetime, most: int) -> tuple[list[Entry], str | None]:
        """Up to `most` entries before an id, newest first and opened, none older than `since`; and where to go on.

        That is an id to ask `before`, None at the end; with it there may be fewer entries than asked for, or none. A
        query for each month looked into, at most 13, and KMS once in five minutes a person and process.
        """
        now = self._installation.now()
        last = ids.first_minted_at((now + timedelta(days=1)).timestamp()) if before is None else before
        months = list(_months(datetime.fromtimestamp(ids.minted_at(last), UTC), since))
        rows = list(islice(self._down(months[:_MONTHS], last, since, most + 1), most + 1))
        shown = [journal.opened(row, self._user_id) for row in rows[:most]]
        if len(rows) > most:
            return shown, shown[-1].id
        return shown, ids.first_minted_at(months[_MONTHS - 1].timestamp()) if len(months) > _MONTHS else None

    def _down(self, months: Sequence[datetime], last: str, since: datetime, most: int) -> Iterator[JournalRow]:
        first = ids.first_minted_at(since.timestamp())
        for month in months:
            rows = self._installation.rows(people_keys.personal_journal(self._user_id, month))
            yield from rows.between(JournalRow, first, last, limit=most, newest_first=True)


def _months(newest: datetime, oldest: datetime) -> Iterator[datetime]:
    """The first of each month from one moment back to another."""
    month = newest.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    while month >= oldest.replace(day=1, hour=0, minute=0, second=0, microsecond=0):
        yield month
        month = (month - timedelta(days=1)).replace(day=1)
