"""The one row that says how an account stands with Telegram."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pynamodb.attributes import NumberAttribute

from chalicelib.features.standing.model import UNBLEMISHED, Standing
from chalicelib.kernel import clock
from chalicelib.kernel.ids import AccountId, ChatId
from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, MomentAttribute, Row
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant


class StandingRow(Row, discriminator="standing"):
    """`waits` is {method: until}, `chats` {chat id: until}; both are read and written whole."""

    waits = DocumentAttribute()
    chats = DocumentAttribute()
    slow_until = MomentAttribute(null=True)
    limited_at = MomentAttribute(null=True)
    began_at = MomentAttribute(null=True)
    version = NumberAttribute()


class Standings:
    """The standing of the accounts of one tenant. Every write is conditioned on what was read."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant

    def get(self, account_id: AccountId) -> Standing:
        """How an account stands: one read unit."""
        row = self._tenant.rows(keys.account_partition(account_id)).get(StandingRow, keys.STANDING)
        return UNBLEMISHED if row is None else _standing(row)

    def of_all(self, account_ids: Sequence[AccountId]) -> dict[AccountId, Standing]:
        """How accounts stand: one batch read for each hundred. Those of which nothing is known are left out."""
        partitions = {keys.account_partition(account_id): account_id for account_id in account_ids}
        found = self._tenant.get_across(StandingRow, [(partition, keys.STANDING) for partition in partitions])
        by_pk = {row.pk: row for row in found}
        prefix = keys.tenant_prefix(self._tenant.workspace_id)
        return {
            account_id: _standing(by_pk[prefix + partition.suffix])
            for partition, account_id in partitions.items()
            if prefix + partition.suffix in by_pk
        }

    def put(self, account_id: AccountId, after: Standing, *, before: Standing) -> bool:
        """Write how an account stands; False when somebody wrote since `before` was read. 1 write unit."""
        rows = self._tenant.rows(keys.account_partition(account_id))
        return rows.put(self._row(account_id, after), _unchanged(before))

    def put_journalled(
        self, change: JournalledTransaction, account_id: AccountId, after: Standing, *, before: Standing
    ) -> None:
        """The same as part of a change; fails as changed meanwhile."""
        change.put(self._row(account_id, after), _unchanged(before))

    def _row(self, account_id: AccountId, standing: Standing) -> StandingRow:
        return self._tenant.rows(keys.account_partition(account_id)).new(
            StandingRow,
            keys.STANDING,
            waits=_to_text(standing.waits),
            chats=_to_text(standing.chats),
            slow_until=standing.slow_until,
            limited_at=standing.limited_at,
            began_at=standing.began_at,
            version=standing.version,
        )


def _unchanged(before: Standing) -> Any:
    return Row.pk.does_not_exist() if before.version == 0 else StandingRow.version == before.version


def _standing(row: StandingRow) -> Standing:
    return Standing(
        waits=_from_text(row.waits),
        chats={ChatId(chat_id): until for chat_id, until in _from_text(row.chats).items()},
        slow_until=row.slow_until,
        limited_at=row.limited_at,
        began_at=row.began_at,
        version=int(row.version),
    )


def _to_text(moments: Mapping[Any, datetime]) -> dict[str, str]:
    return {str(name): clock.to_wire(at) for name, at in moments.items()}


def _from_text(moments: Mapping[str, str]) -> dict[str, datetime]:
    return {name: clock.from_wire(at) for name, at in moments.items()}
