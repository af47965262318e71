"""When the members of a workspace are told of late chats."""

from pynamodb.attributes import NumberAttribute

from chalicelib.features.alerts.model import AlertRules
from chalicelib.table import cards_keys, keys
from chalicelib.table.items import MomentAttribute, Row
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant


class AlertRulesRow(Row, discriminator="alert_rules"):
    """The rules; absent until somebody says when to tell."""

    waiting_hours = NumberAttribute(null=True)
    silent_days = NumberAttribute(null=True)
    since = MomentAttribute()
    version = NumberAttribute()


class Rules:
    """The rules of one tenant."""

    def __init__(self, tenant: Tenant) -> None:
        self._rows = tenant.rows(keys.WORKSPACE)

    def get(self) -> AlertRules:
        """As they stand: one read unit."""
        row = self._rows.get(AlertRulesRow, cards_keys.ALERT_RULES)
        if row is None:
            return AlertRules()
        return AlertRules(
            waiting_hours=_whole(row.waiting_hours),
            silent_days=_whole(row.silent_days),
            since=row.since,
            version=int(row.version),
        )

    def put(self, change: JournalledTransaction, before: AlertRules, after: AlertRules) -> None:
        """Write them, unless somebody wrote since they were read."""
        row = self._rows.new(
            AlertRulesRow,
            cards_keys.ALERT_RULES,
            waiting_hours=after.waiting_hours,
            silent_days=after.silent_days,
            since=after.since,
            version=after.version,
        )
        stands = AlertRulesRow.version == before.version if before.version else Row.pk.does_not_exist()
        change.put(row, stands)


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)
