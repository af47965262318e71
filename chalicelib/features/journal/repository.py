"""Who watches a workspace."""

from datetime import datetime

from pynamodb.attributes import UnicodeAttribute

from chalicelib.features.journal.model import WATCH_LIFE, Watch
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.tenant import Tenant


class WatchRow(Row, discriminator="watch"):
    """A worker task with open browsers of the workspace, and its queue."""

    queue_url = UnicodeAttribute()


class Watches:
    """The watches of one workspace. They belong to the tasks, so they have no place in the journal."""

    def __init__(self, tenant: Tenant) -> None:
        self._rows = tenant.rows(keys.WORKSPACE)

    def current(self, now: datetime) -> list[Watch]:
        """Those that were renewed lately: one query."""
        rows = self._rows.query(WatchRow, keys.WATCHES)
        return [
            Watch(task_id=row.sk.removeprefix(keys.WATCHES), queue_url=row.queue_url)
            for row in rows
            if int(row.expires_at or 0) > now.timestamp()
        ]

    def put(self, watch: Watch, now: datetime) -> None:
        """Begin or renew: one write."""
        expires_at = int((now + WATCH_LIFE).timestamp())
        row = self._rows.new(WatchRow, keys.watch(watch.task_id), queue_url=watch.queue_url, expires_at=expires_at)
        self._rows.put(row)

    def remove(self, task_id: str) -> None:
        """End: one write."""
        self._rows.delete(self._rows.new(WatchRow, keys.watch(task_id)))
