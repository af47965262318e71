"""The values of chats: one row a chat with an attribute a column, and one row a long text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import msgspec
from pynamodb.attributes import UnicodeAttribute
from pynamodb.expressions.operand import Path

from chalicelib.features.fields.model import ChatCell, Content, Shown, StoredValue, Value
from chalicelib.kernel.ids import AccountId, ChatId, ColumnId, UserId
from chalicelib.kernel.records import record
from chalicelib.table import fields_keys, keys
from chalicelib.table.items import Row
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.proof import MemberRow
from chalicelib.table.tenant import Tenant


class ValuesRow(Row, discriminator="values"):
    """The values of one chat: an attribute a column, named by the column's id, holding the value's JSON.

    A value is only ever read and written whole, so that a write is conditioned on the very text that was read.
    """


class LongTextRow(Row, discriminator="long_text"):
    """A long text that is cut where it stands beside the chat's other values; the two are written together."""

    text = UnicodeAttribute()


@record
class StoredCell:
    """One chat's value in a column, as it was read while all of them are gone through."""

    chat_id: ChatId
    title: str
    stored: StoredValue

    def value(self) -> Content:
        """What it holds; of a long text the beginning."""
        return self.read().value

    def read(self) -> Value:
        """The value."""
        return _VALUE.decode(self.stored)


@record
class Stretch:
    """A stretch of chats' rows: the cells a column has in them, how many rows they are, and the last one's key."""

    cells: tuple[StoredCell, ...]
    rows: int
    last: str


class ColumnValues:
    """The values that the chats of one account have in one column."""

    def __init__(self, tenant: Tenant, account_id: AccountId, column_id: ColumnId) -> None:
        self._rows = tenant.rows(keys.account_partition(account_id))
        self._column_id = column_id

    def after(self, chat_id: ChatId | None) -> Iterator[StoredCell]:
        """Those of the chats behind one, in their order: a query each _STRETCH rows."""
        for stretch in self.stretches(None if chat_id is None else keys.after_chat(chat_id)):
            yield from stretch.cells

    def stretches(self, after: str | None) -> Iterator[Stretch]:
        """All behind one row, a stretch a query."""
        first, more, title = keys.CHATS if after is None else after + "\x00", True, ""
        while more:
            items, more = self._rows.stretch(first, keys.CHATS_END, limit=_STRETCH)
            cells = []
            for item in items:
                if "title" in item:
                    # A chat that stays out of the workspace is called nothing, whoever asks.
                    title = item["title"]["S"] if _is_in(item) else ""
                if self._column_id in item:
                    cells.append(self._cell(item, title))
            first = items[-1]["sk"]["S"] + "\x00" if items else first
            yield Stretch(cells=tuple(cells), rows=len(items), last=items[-1]["sk"]["S"] if items else first)

    def whole(self, cells: Iterable[StoredCell]) -> dict[ChatId, Content]:
        """What these cells hold, long texts whole: no read but for those that are cut, a batch read a hundred."""
        found = {cell.chat_id: cell.read() for cell in cells}
        cut = {
            fields_keys.long_text(chat_id, self._column_id): chat_id for chat_id, each in found.items() if each.is_cut
        }
        texts = self._rows.get_many(sorted(cut)) if cut else {}
        return {chat_id: each.value for chat_id, each in found.items()} | {
            cut[sk]: item["text"]["S"] for sk, item in texts.items()
        }

    def remove(self, change: JournalledTransaction, cell: StoredCell) -> None:
        """Take one value away, on condition that it is still the one that was read."""
        path = Path(self._column_id)
        change.update(self._row(cell), [path.remove()], path == cell.stored)
        if cell.read().is_cut:
            change.delete(self._long(cell.chat_id))

    def replace(self, change: JournalledTransaction, cell: StoredCell, value: Value, *, is_long: bool) -> None:
        """Write another value in its place, on condition that it is still the one that was read."""
        self._write(change, cell.chat_id, cell.stored, value, is_long=is_long)

    def some(self, chat_ids: Sequence[ChatId]) -> dict[ChatId, ChatCell]:
        """What those of these chats have that the workspace has: a batch read fifty, and one a hundred that are cut."""
        found = self._rows.get_many(
            [sk for each in chat_ids for sk in (keys.chat_metadata(each), keys.chat_values(each))]
        )
        present = [each for each in chat_ids if _is_in(found.get(keys.chat_metadata(each)))]
        items = {each: found.get(keys.chat_values(each), {}) for each in present}
        cells = {each: self._cell(item, "") for each, item in items.items() if self._column_id in item}
        whole = self.whole(cells.values())
        return {
            each: ChatCell(
                chat_id=each,
                value=replace(cells[each].read(), value=whole[each]) if each in cells else None,
                stored=cells[each].stored if each in cells else None,
                taken_bytes=sum(len(name) + len(cell["S"].encode()) for name, cell in item.items()),
            )
            for each, item in items.items()
        }

    def put(self, change: JournalledTransaction, before: ChatCell, after: Value, *, is_long: bool) -> None:
        """Write one chat's value, on condition that what was read still stands."""
        self._write(change, before.chat_id, before.stored, after, is_long=is_long)

    def _write(
        self, change: JournalledTransaction, chat_id: ChatId, before: StoredValue | None, value: Value, *, is_long: bool
    ) -> None:
        path, stands = Path(self._column_id), value.beginning() if is_long else value
        row, long_text = self._rows.new(ValuesRow, keys.chat_values(chat_id)), self._long(chat_id)
        unchanged = path.does_not_exist() if before is None else path == before
        change.update(row, [path.set(written(stands)), _KIND.set("values")], unchanged)
        if stands.is_cut:
            change.put(self._rows.new(LongTextRow, long_text.sk, text=str(value.value)))
        elif before is not None and _VALUE.decode(before).is_cut:
            change.delete(long_text)

    def _cell(self, item: Mapping[str, Any], title: str) -> StoredCell:
        stored = StoredValue(item[self._column_id]["S"])
        return StoredCell(chat_id=keys.chat_of(item["sk"]["S"]), title=title, stored=stored)

    def _row(self, cell: StoredCell) -> ValuesRow:
        return self._rows.new(ValuesRow, keys.chat_values(cell.chat_id))

    def _long(self, chat_id: ChatId) -> LongTextRow:
        return self._rows.new(LongTextRow, fields_keys.long_text(chat_id, self._column_id))


class ChatValues:
    """The values of one chat, as they were read, and the way to write one."""

    def __init__(self, tenant: Tenant, chat_id: ChatId, long_of: ColumnId | None = None) -> None:
        self._rows = tenant.rows(keys.chat_partition(chat_id))
        self._sk = keys.chat_values(chat_id)
        self.chat_id, self._long_of = chat_id, long_of
        long = [] if long_of is None else [fields_keys.long_text(chat_id, long_of)]
        found = self._rows.get_many([keys.chat_metadata(chat_id), self._sk, *long])
        self._cells = found.get(self._sk, {})
        self._text = found[long[0]]["text"]["S"] if long and long[0] in found else None
        self.has_chat = _is_in(found.get(keys.chat_metadata(chat_id)))
        """Whether the workspace has the chat: it is there, and does not stay out. One call reads all: 2 read units and
        more for long values."""

    def get(self, column_id: ColumnId) -> Value | None:
        """The value in one column, if anything was ever written there; a long text whole where it was asked for."""
        cell = self._cells.get(column_id)
        found = None if cell is None else _VALUE.decode(cell["S"])
        if found is None or not found.is_cut or self._text is None:
            return found
        return Value(value=self._text, version=found.version, set_at=found.set_at, set_by=found.set_by)

    def bytes_with(self, column_id: ColumnId, value: Value) -> int:
        """About how large the row would be with this value."""
        cells = {**self._cells, column_id: {"S": written(self._standing(value))}}
        return sum(len(name) + len(cell["S"].encode()) for name, cell in cells.items())

    def put(self, change: JournalledTransaction, column_id: ColumnId, value: Value) -> None:
        """Write one value, on condition that what was read still stands. A long text takes a row more."""
        cell, stands = Path(column_id), self._standing(value)
        before = self._cells.get(column_id)
        unchanged = cell.does_not_exist() if before is None else cell == before["S"]
        actions = [cell.set(written(stands)), _KIND.set("values")]
        change.update(self._rows.new(ValuesRow, self._sk), actions, unchanged)
        if stands.is_cut:
            change.put(self._long(column_id, text=str(value.value)))
        elif self._text is not None:
            change.delete(self._long(column_id))

    def _standing(self, value: Value) -> Value:
        return value if self._long_of is None else value.beginning()

    def _long(self, column_id: ColumnId, **more: str) -> LongTextRow:
        return self._rows.new(LongTextRow, fields_keys.long_text(self.chat_id, column_id), **more)


def _is_in(metadata: Mapping[str, Any] | None) -> bool:
    """Whether a chat with this metadata row is in the workspace."""
    return metadata is not None and "excluded" not in metadata


def values_in(item: Mapping[str, Any], shown: Shown) -> dict[ColumnId, StoredValue]:
    """The values that a values row, as it came, has in the columns that are shown; defaults where it has none."""
    held = {ColumnId(name): StoredValue(cell["S"]) for name, cell in item.items() if name in shown.columns}
    return {**shown.defaults, **held}


def long_texts(tenant: Tenant, cells: Iterable[tuple[ChatId, ColumnId]]) -> dict[tuple[ChatId, ColumnId], str]:
    """Those of these chats' long texts that have a row of their own: a batch read a hundred."""
    places = {fields_keys.long_text(*cell): cell for cell in cells}
    found = tenant.items_across([(keys.chat_partition(chat_id), sk) for sk, (chat_id, _) in places.items()])
    return {places[item["sk"]["S"]]: item["text"]["S"] for item in found}


def belongs(tenant: Tenant, user_id: UserId) -> bool:
    """Whether somebody is a member: one read unit."""
    return tenant.rows(keys.WORKSPACE).get(MemberRow, keys.member(user_id)) is not None


def written(value: Value) -> str:
    """A value as it stands in the table; that it is whole is not written."""
    told = msgspec.to_builtins(value)
    return msgspec.json.encode(told if value.is_cut else {k: v for k, v in told.items() if k != "is_cut"}).decode()


_STRETCH: Final = 200
_VALUE: Final = msgspec.json.Decoder(Value)
_KIND: Final = Path("row_kind")
"""An update that makes the row does not write its kind by itself."""
