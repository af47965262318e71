"""The two feeds of a workspace and the cursor that is a position in both (docs/data-model.md).

The journal carries every change to shared data; an account's feed carries coalesced "this chat's metadata changed"
marks for the people connected to it. Reading stops SETTLED_S behind the clock: ids are minted when an attempt starts
and an attempt lives at most 2 s, so nothing older than that can still appear.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from pynamodb.attributes import UnicodeAttribute

from chalicelib.kernel import ids
from chalicelib.kernel.ids import AccountId, ChatId
from chalicelib.kernel.records import record
from chalicelib.table import cursors, keys
from chalicelib.table.items import Row
from chalicelib.table.journal import JournalRow
from chalicelib.table.keys import Partition
from chalicelib.table.rows import AnyRow
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import mint_entry

SETTLED_S = 5
FEED_DAYS = 30
_PAGE = 200


class FeedRow(Row, discriminator="feed"):
    """A mark: this chat's metadata changed."""

    chat_id = UnicodeAttribute()

    def marked_at(self) -> datetime:
        """When, to the millisecond of its id."""
        return datetime.fromtimestamp(ids.minted_at(self.sk), UTC)


@record
class Changes:
    """What happened after a cursor, oldest first; of a chat's marks only the newest.

    `has_more` asks for another read at once with `cursor`.
    """

    entries: list[JournalRow]
    marks: list[FeedRow]
    cursor: str
    has_more: bool


def mark_chat(tenant: Tenant, chat_id: ChatId) -> None:
    """Say in its account's feed that a chat's metadata changed: one write unit, gone after 30 days."""
    at = tenant.now()
    account_id = ids.account_of(chat_id)
    partition = keys.feed_partition(account_id, at)
    tenant.register(partition)
    rows = tenant.rows(partition)
    expires_at = int((at + timedelta(days=FEED_DAYS)).timestamp())
    rows.put(rows.new(FeedRow, keys.entry(mint_entry(at.timestamp())), chat_id=chat_id, expires_at=expires_at))


def beginning(tenant: Tenant) -> str:
    """A cursor at this moment, less what may still be on its way."""
    return _sign(tenant, ids.first_minted_at(tenant.now().timestamp() - SETTLED_S))


def read(tenant: Tenant, cursor: str, accounts: Sequence[AccountId]) -> Changes:
    """What the journal and the feeds of these accounts carry after a cursor.

    Cost: a query for the journal and one for each account, and one more of each across a month's or day's boundary.

    Raises:
        CursorInvalid: not a cursor of this workspace's feeds.
    """
    after = json.loads(cursors.open_signed(_scope(tenant), cursor))
    now = tenant.now()
    until = ids.first_minted_at(now.timestamp() - SETTLED_S)
    if after >= until:
        return Changes(entries=[], marks=[], cursor=cursor, has_more=False)
    entries = _entries(tenant, after, until, now)
    marks = [_marks(tenant, account_id, after, until, now) for account_id in accounts]
    reached = _reached([entries, *marks], until)
    return Changes(
        entries=[row for row in entries if row.sk <= reached],
        marks=_newest([row for rows in marks for row in rows if row.sk <= reached]),
        cursor=_sign(tenant, reached),
        has_more=reached < until,
    )


def _entries(tenant: Tenant, after: str, until: str, now: datetime) -> list[JournalRow]:
    months = _distinct(keys.journal_partition, after, now, timedelta(days=1))
    return _in_order(tenant, JournalRow, months, after, until)


def _marks(tenant: Tenant, account_id: AccountId, after: str, until: str, now: datetime) -> list[FeedRow]:
    oldest = ids.first_minted_at((now - timedelta(days=FEED_DAYS)).timestamp())
    days = _distinct(lambda at: keys.feed_partition(account_id, at), max(after, oldest), now, timedelta(days=1))
    return _in_order(tenant, FeedRow, days, after, until)


def _in_order(
    tenant: Tenant, kind: type[AnyRow], partitions: Iterator[Partition], after: str, until: str
) -> list[AnyRow]:
    found: list[AnyRow] = []
    for partition in partitions:
        found += tenant.rows(partition).between(kind, after, until, limit=_PAGE - len(found))
        if len(found) >= _PAGE:
            break
    return found


def _reached(lists: Sequence[Sequence[Row]], until: str) -> str:
    """How far all lists are complete: a full page ends earlier than the clock does."""
    return min([rows[-1].sk for rows in lists if len(rows) >= _PAGE], default=until)


def _newest(marks: Sequence[FeedRow]) -> list[FeedRow]:
    newest = {row.chat_id: row for row in sorted(marks, key=lambda row: row.sk)}
    return sorted(newest.values(), key=lambda row: row.sk)


def _distinct(
    partition_at: Callable[[datetime], Partition], after: str, now: datetime, step: timedelta
) -> Iterator[Partition]:
    """The partitions between a position and now, oldest first, each once."""
    at = datetime.fromtimestamp(ids.minted_at(after), UTC)
    seen = None
    while at < now + step:
        partition = partition_at(min(at, now))
        if partition != seen:
            seen = partition
            yield partition
        at += step


def _sign(tenant: Tenant, position: str) -> str:
    return cursors.sign(_scope(tenant), json.dumps(position))


def _scope(tenant: Tenant) -> str:
    return f"{keys.tenant_prefix(tenant.workspace_id)}\x00feeds"
