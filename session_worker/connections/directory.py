"""Which task holds a person's shard, so that their browser is served where their connections live."""

from dataclasses import dataclass

from chalicelib.features.accounts.model import shard_of
from chalicelib.kernel.ids import UserId
from chalicelib.table import keys
from chalicelib.table.rows import Rows
from chalicelib.table.tenant import Installation
from session_worker.connections.leases import Leases, ShardLeaseRow, TaskRow
from session_worker.connections.places import Place
from session_worker.door import Door


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Another task, as it holds a shard at an epoch."""

    shard: int
    epoch: int
    place: Place


class Directory:
    """Asks our own leases first, then the rows of shards and tasks."""

    def __init__(self, installation: Installation, leases: Leases, door: Door, *, shards: int) -> None:
        self._tasks: Rows = installation.rows(keys.TASKS)
        self._leases: Rows = installation.rows(keys.SHARD_LEASES)
        self._own = leases
        self._door = door
        self._shards = shards

    def shard_of(self, user_id: UserId) -> int:
        """The shard all connections of a person live in."""
        return shard_of(user_id, self._shards)

    def is_ours(self, shard: int, epoch: int | None = None) -> bool:
        """Whether this task holds a shard, at that very epoch when one is given."""
        lease = self._own.owned.get(shard)
        return lease is not None and epoch in {None, lease.epoch}

    async def owner_of(self, shard: int) -> Owner | None:
        """The other task that holds a shard; None when it is this one, or nobody that lives. Two consistent reads.

        Raises:
            Unavailable: the table did not answer.
        """
        return None if self.is_ours(shard) else await self._door.call(self._find, shard)

    def _find(self, shard: int) -> Owner | None:
        lease = self._leases.get(ShardLeaseRow, keys.shard_lease(shard))
        if lease is None or lease.task_id in {None, self._own.task_id}:
            return None
        task = self._tasks.get(TaskRow, keys.task(lease.task_id))
        if task is None or task.fenced or task.host is None:
            return None
        place = Place(host=task.host, port=int(task.port), certificate=task.certificate)
        return Owner(shard=shard, epoch=int(lease.epoch), place=place)
