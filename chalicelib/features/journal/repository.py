"""Who watches a workspace, the entries of its journal, and their exports."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Final

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.operand import Path
from pynamodb.expressions.update import Action

from chalicelib.features.journal.model import EXPORT_EVERY, WATCH_LIFE, Export, ExportTooSoon, Filters, Watch
from chalicelib.kernel import ids
from chalicelib.kernel.growth import Growth
from chalicelib.kernel.ids import ExportId, UserId
from chalicelib.kernel.records import record
from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, MomentAttribute, Row
from chalicelib.table.journal import JournalRow
from chalicelib.table.keys import Partition
from chalicelib.table.proof import MemberRow, WorkspaceRow
from chalicelib.table.tenant import PartitionRow, Tenant
from chalicelib.table.transaction import ChangedMeanwhile, Transaction

_CHUNK: Final = 200
"""Entries read at once where filters may leave some out."""


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


@record
class Stretch:
    """Entries that were found; `reached` is the id behind which to look further, None where nothing is left."""

    rows: list[JournalRow]
    reached: str | None


class Entries:
    """The entries of one workspace's journal, through all of its months."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant

    def newest(self, filters: Filters, before: str, *, most: int, most_read: int) -> Stretch:
        """Up to `most` entries before an id, newest first, out of `most_read` looked at.

        One query for the months there are; one for each 200 entries looked at, or a single one where none is left out.
        """
        found: list[JournalRow] = []
        rows = self._down(filters, before, chunk=_CHUNK if filters.is_narrow else most + 1)
        reached = before
        for row in islice(rows, most_read):
            reached = row.sk
            if _is_taken(row, filters):
                found.append(row)
                if len(found) == most:
                    break
        return Stretch(rows=found, reached=None if next(rows, None) is None else reached)

    def begin(self, filters: Filters) -> str:
        """An id all entries of a period follow, no earlier than the log itself begins: one query."""
        [*_, first] = self._months(filters.after(), filters.before()) or [keys.journal_partition(self._tenant.now())]
        return max(filters.after(), ids.first_minted_at(keys.month_of_journal(first).timestamp()))

    def oldest(self, filters: Filters, after: str, before: str, *, most_read: int) -> Stretch:
        """Those among the first `most_read` entries between two ids that the filters take, oldest first.

        One query for the months there are and one for the entries, one more of these where a month ends among them.
        """
        read = list(islice(self._up(after, before, chunk=most_read), most_read))
        found = [row for row in read if _is_taken(row, filters)]
        return Stretch(rows=found, reached=read[-1].sk if len(read) == most_read else None)

    def _down(self, filters: Filters, before: str, *, chunk: int) -> Iterator[JournalRow]:
        after = filters.after()
        for partition in self._months(after, before):
            reached, is_full = before, True
            while is_full:
                rows = self._tenant.rows(partition).between(JournalRow, after, reached, limit=chunk, newest_first=True)
                yield from rows
                is_full = len(rows) == chunk
                reached = rows[-1].sk if is_full else reached

    def _up(self, after: str, before: str, *, chunk: int) -> Iterator[JournalRow]:
        """The first chunk of each month: what reads on begins anew behind it."""
        for partition in reversed(self._months(after, before)):
            yield from self._tenant.rows(partition).between(JournalRow, after, before, limit=chunk)

    def _months(self, after: str, before: str) -> list[Partition]:
        """The partitions that may hold entries between two ids, newest first, of those that were ever opened."""
        rows = self._tenant.rows(keys.WORKSPACE).query(
            PartitionRow, keys.partition(Partition(keys.JOURNALS)), newest_first=True
        )
        opened = [row.sk.removeprefix(keys.PARTITIONS) for row in rows]
        first, last = (keys.journal_partition(_minted_at(edge)).suffix for edge in (after, before))
        return [Partition(suffix) for suffix in opened if first <= suffix <= last]


def _minted_at(minted: str) -> datetime:
    return datetime.fromtimestamp(ids.minted_at(minted), UTC)


def _is_taken(row: JournalRow, filters: Filters) -> bool:
    return filters.take(actor_kind=row.actor_kind, actor_id=row.actor_id, kind=row.event, target=row.target)


def names_of_members(tenant: Tenant, user_ids: Sequence[UserId]) -> dict[str, str]:
    """What those of these people are called who belong to the workspace: a batch read a hundred."""
    rows = tenant.get_across(MemberRow, [(keys.WORKSPACE, keys.member(user_id)) for user_id in user_ids])
    return {row.sk.removeprefix(keys.MEMBERS): row.full_name for row in rows}


def has_to_go(tenant: Tenant) -> bool:
    """Whether the workspace is being erased, or has been: one read unit."""
    row = tenant.rows(keys.WORKSPACE).get(WorkspaceRow, keys.PROFILE)
    deletes_at: datetime | None = None if row is None else row.deletes_at
    return row is None or (deletes_at is not None and deletes_at <= tenant.now())


class ExportRow(Row, discriminator="export"):
    """An export of the log, until its file is removed."""

    asked_at = MomentAttribute()
    asked_by = UnicodeAttribute()
    filters = DocumentAttribute()
    file_key = UnicodeAttribute()
    first = UnicodeAttribute()
    after = UnicodeAttribute()
    entries = NumberAttribute()
    upload_id = UnicodeAttribute(null=True)
    parts = DocumentAttribute()
    tail = UnicodeAttribute(null=True)
    moved_at = MomentAttribute()
    done_at = MomentAttribute(null=True)


class ExportTurnRow(Row, discriminator="export_turn"):
    """When the last export was asked for."""

    at = MomentAttribute()


class Exports:
    """The exports of one workspace's log."""

    def __init__(self, tenant: Tenant) -> None:
        self._rows = tenant.rows(keys.WORKSPACE)

    def last_asked_at(self) -> datetime | None:
        """When the last one was asked for: one read unit."""
        row = self._rows.get(ExportTurnRow, keys.EXPORT_TURN)
        return None if row is None else row.at

    def create(self, change: Transaction, export: Export) -> None:
        """Begin one, unless another was begun within EXPORT_EVERY before it."""
        turn = self._rows.new(ExportTurnRow, keys.EXPORT_TURN)
        is_free = ExportTurnRow.at.does_not_exist() | (ExportTurnRow.at <= export.asked_at - EXPORT_EVERY)
        refusal = ExportTooSoon(retry_after_s=int(EXPORT_EVERY.total_seconds()))
        change.update(turn, [ExportTurnRow.at.set(export.asked_at), _KIND.set("export_turn")], is_free, refusal=refusal)
        change.create(self._to_row(export))

    def get(self, export_id: ExportId) -> Export | None:
        """One of them: one read unit per 4 KB."""
        row = self._rows.get(ExportRow, keys.export(export_id))
        return None if row is None else _to_export(row)

    def move(self, before: Export, after: Export) -> bool:
        """Keep how far it has come; False, and nothing written, when somebody else carried it on meanwhile."""
        return self._rows.update(self._to_row(after), _progress(after), _is_unmoved(before))

    def finish(self, change: Transaction, before: Export, after: Export) -> None:
        """The same as part of a change."""
        change.update(self._to_row(after), _progress(after), _is_unmoved(before), refusal=ChangedMeanwhile())

    def remove(self, export_id: ExportId) -> None:
        """Forget one: one write."""
        self._rows.delete(self._rows.new(ExportRow, keys.export(export_id)))

    def _to_row(self, export: Export) -> ExportRow:
        return self._rows.new(
            ExportRow,
            keys.export(export.id),
            asked_at=export.asked_at,
            asked_by=export.asked_by,
            filters=export.filters.as_text(),
            file_key=export.file_key,
            first=export.first,
            after=export.after,
            entries=export.entries,
            **_stored(export.growth),
            moved_at=export.moved_at,
            done_at=export.done_at,
        )


_KIND = Path("row_kind")
"""An update that makes the row does not write its kind by itself."""


def _progress(export: Export) -> list[Action]:
    stored = _stored(export.growth)
    may_be_none = {"upload_id": stored["upload_id"], "tail": stored["tail"], "done_at": export.done_at}
    return [
        ExportRow.after.set(export.after),
        ExportRow.entries.set(export.entries),
        ExportRow.parts.set(stored["parts"]),
        ExportRow.moved_at.set(export.moved_at),
        *(_set(getattr(ExportRow, name), value) for name, value in may_be_none.items()),
    ]


def _stored(growth: Growth | None) -> dict[str, Any]:
    if growth is None:
        return {"upload_id": None, "parts": (), "tail": None}
    return {"upload_id": growth.upload_id, "parts": growth.parts, "tail": growth.tail}


def _set(attribute: Any, value: Any) -> Action:
    action: Action = attribute.remove() if value is None else attribute.set(value)
    return action


def _is_unmoved(export: Export) -> Condition:
    """Nobody began it, carried it on, finished or removed it since."""
    begun = export.growth
    upload: Condition = (
        ExportRow.upload_id.does_not_exist() if begun is None else ExportRow.upload_id == begun.upload_id
    )
    unmoved: Condition = (ExportRow.after == export.after) & ExportRow.done_at.does_not_exist() & upload
    return unmoved


def _to_export(row: ExportRow) -> Export:
    return Export(
        id=ExportId(row.sk.removeprefix(keys.EXPORTS)),
        asked_at=row.asked_at,
        asked_by=UserId(row.asked_by),
        filters=Filters.of_text(row.filters),
        file_key=row.file_key,
        first=row.first,
        after=row.after,
        entries=int(row.entries),
        growth=Growth(upload_id=row.upload_id, parts=tuple(row.parts), tail=row.tail) if row.upload_id else None,
        moved_at=row.moved_at,
        done_at=row.done_at,
    )
