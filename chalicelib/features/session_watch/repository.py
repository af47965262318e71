"""The row of a connection that says which sessions of its account were seen: hashes alone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from pynamodb.attributes import NumberAttribute

from chalicelib.features.session_watch.model import KEPT_FOR, Watch, nothing_seen
from chalicelib.kernel.ids import AccountId, ConnectionId
from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, MomentAttribute, Row
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant


class WatchRow(Row, discriminator="session_watch"):
    """`known` and `unknown` are lists of Telegram's hashes, as text: 64 bits are more than JSON's numbers hold."""

    known = DocumentAttribute()
    unknown = DocumentAttribute()
    looked_at = MomentAttribute()
    version = NumberAttribute()


class Watches:
    """What the connections of one tenant have seen. Every write is conditioned on what was read."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant

    def get(self, account_id: AccountId, connection_id: ConnectionId) -> Watch:
        """What a connection has seen: one read unit."""
        rows = self._tenant.rows(keys.account_partition(account_id))
        row = rows.get(WatchRow, keys.session_watch(connection_id))
        return nothing_seen() if row is None or row.is_over(self._tenant.now()) else _watch(row)

    def unknown_of(self, connections: Sequence[tuple[AccountId, ConnectionId]]) -> dict[ConnectionId, int]:
        """How many sessions wait to be judged, by connection; none are left out. A batch read a hundred."""
        wanted = [(keys.account_partition(account_id), keys.session_watch(one)) for account_id, one in connections]
        found = self._tenant.get_across(WatchRow, wanted)
        return {keys.watched_connection(row.sk): len(row.unknown) for row in found if row.unknown}

    def put(self, account_id: AccountId, connection_id: ConnectionId, after: Watch, *, before: Watch) -> bool:
        """Write what was seen; False when somebody wrote since `before` was read."""
        row = self._row(account_id, connection_id, after)
        return self._tenant.rows(keys.account_partition(account_id)).put(row, _unchanged(before))

    def put_journalled(
        self,
        change: JournalledTransaction,
        account_id: AccountId,
        connection_id: ConnectionId,
        after: Watch,
        *,
        before: Watch,
    ) -> None:
        """The same as part of a change; fails as changed meanwhile."""
        change.put(self._row(account_id, connection_id, after), _unchanged(before))

    def _row(self, account_id: AccountId, connection_id: ConnectionId, watch: Watch) -> WatchRow:
        looked_at: datetime = watch.looked_at or self._tenant.now()
        return self._tenant.rows(keys.account_partition(account_id)).new(
            WatchRow,
            keys.session_watch(connection_id),
            known=sorted(watch.known),
            unknown=sorted(watch.unknown),
            looked_at=looked_at,
            version=watch.version,
            expires_at=int((looked_at + KEPT_FOR).timestamp()),
        )


def next_version(watch: Watch) -> Watch:
    """The same under the version that follows."""
    return replace(watch, version=watch.version + 1)


def _unchanged(before: Watch) -> Any:
    return Row.pk.does_not_exist() if before.version == 0 else WatchRow.version == before.version


def _watch(row: WatchRow) -> Watch:
    return Watch(
        known=frozenset(row.known),
        unknown=frozenset(row.unknown),
        looked_at=row.looked_at,
        version=int(row.version),
    )
