"""How one value is read of many chats and written into them: a field of their own, or a column."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.bulk_edits.model import CHUNK_CHATS, CHUNK_LONG, FILES_KEPT_FOR
from chalicelib.features.chats import use_cases as chats
from chalicelib.features.chats.model import CardField, CardFields
from chalicelib.features.fields import use_cases as fields
from chalicelib.features.fields.model import CHUNK_FILES, ChatCell, Column, ColumnNotFound, ColumnType, Content, Value
from chalicelib.kernel.ids import AccountId, ChatId, ColumnId, UserId
from chalicelib.kernel.records import record
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import ChangedMeanwhile


@record
class Cell:
    """What a chat has there, and the version somebody wrote it at, 0 for never."""

    chat_id: ChatId
    value: Content
    version: int


class Writer(Protocol):
    """Reads and writes one field of many chats."""

    @property
    def most_chats(self) -> int:
        """How many of them one transaction takes."""

    def is_open(self) -> bool:
        """Whether there is such a field, asked anew before each chunk. Raises ColumnBusy: it takes no values now."""

    def fits(self, value: Content) -> bool:
        """Whether the field, as it is now, can hold such a value."""

    def read(self, chat_ids: Sequence[ChatId]) -> Mapping[ChatId, Cell]:
        """What those of the chats have that the workspace has: a batch read twenty-five, fifty of a column."""

    def takes(self, account_id: AccountId, value: Content) -> bool:
        """Whether chats of an account can have this value at all."""

    def write(self, change: JournalledTransaction, cell: Cell, value: Content) -> int:
        """Write a value, unless it changed since it was read; gives its version. A row, more for texts and files."""

    def demand(self, change: JournalledTransaction, account_id: AccountId, value: Content) -> None:
        """Have a change stand only while chats of the account can have the value."""


class OwnFieldWriter:
    """A field every chat has."""

    def __init__(self, field: CardField, tenant: Tenant) -> None:
        self._field = field
        self._tenant = tenant
        self._standing: dict[ChatId, CardFields] = {}

    @property
    def most_chats(self) -> int:
        """A row each."""
        return CHUNK_CHATS

    def is_open(self) -> bool:
        """Every chat has it."""
        return True

    def fits(self, value: Content) -> bool:  # noqa: ARG002 - as a Writer
        """What it held once it can hold again."""
        return True

    def read(self, chat_ids: Sequence[ChatId]) -> Mapping[ChatId, Cell]:
        """What the chats have in the field."""
        self._standing = chats.own_fields_of(chat_ids, tenant=self._tenant)
        return {
            chat_id: Cell(chat_id=chat_id, value=card.get(self._field), version=card.changed.get(self._field, 0))
            for chat_id, card in self._standing.items()
        }

    def takes(self, account_id: AccountId, value: Content) -> bool:
        """A chat is assigned only to somebody connected to its account."""
        if self._field is not CardField.ASSIGNEE or value is None:
            return True
        return accounts.known_account(account_id, tenant=self._tenant).is_held_by(UserId(str(value)))

    def write(self, change: JournalledTransaction, cell: Cell, value: Content) -> int:
        """Write the field."""
        before = self._standing[cell.chat_id]
        after = before.with_changes({self._field: None if value is None else str(value)})
        chats.put_own_fields(change, cell.chat_id, before, after, tenant=self._tenant)
        return after.version

    def demand(self, change: JournalledTransaction, account_id: AccountId, value: Content) -> None:
        """The same as `takes`, when it is written."""
        if self._field is CardField.ASSIGNEE and value is not None:
            assignee = UserId(str(value))
            accounts.demand_connected(change, account_id, assignee, ChangedMeanwhile(), tenant=self._tenant)


class ColumnWriter:
    """A column of the workspace."""

    def __init__(self, column_id: ColumnId, by: UserId, tenant: Tenant) -> None:
        self._column_id = column_id
        self._by = by
        self._tenant = tenant
        self._column: Column | None = None
        self._standing: dict[ChatId, ChatCell] = {}

    @property
    def most_chats(self) -> int:
        """A row each, a second one for a long text, two more a file."""
        chunks = {ColumnType.LONG_TEXT: CHUNK_LONG, ColumnType.FILES: CHUNK_FILES}
        return CHUNK_CHATS if self._column is None else chunks.get(self._column.type, CHUNK_CHATS)

    def is_open(self) -> bool:
        """Not once the column is deleted: what is written after its purge would stay for ever."""
        self._column = fields.open_column(self._column_id, tenant=self._tenant)
        return self._column is not None

    def fits(self, value: Content) -> bool:
        """The column may have become another type, or required; files may be gone."""
        return self._column is not None and fields.fits(self._column, value, tenant=self._tenant)

    def read(self, chat_ids: Sequence[ChatId]) -> Mapping[ChatId, Cell]:
        """What the chats have in the column; where nothing was ever written what stands there by itself."""
        column = self._known()
        self._standing = fields.cells_of(column, chat_ids, tenant=self._tenant)
        return {
            chat_id: Cell(
                chat_id=chat_id,
                value=column.default if cell.value is None else cell.value.value,
                version=0 if cell.value is None else cell.value.version,
            )
            for chat_id, cell in self._standing.items()
        }

    def takes(self, account_id: AccountId, value: Content) -> bool:  # noqa: ARG002 - as a Writer
        """Columns are the same for all accounts."""
        return True

    def write(self, change: JournalledTransaction, cell: Cell, value: Content) -> int:
        """Write the value."""
        after = Value(value=value, version=cell.version + 1, set_at=self._tenant.now(), set_by=self._by)
        standing = self._standing[cell.chat_id]
        fields.put_cell(change, self._known(), standing, after, files_kept_for=FILES_KEPT_FOR, tenant=self._tenant)
        return after.version

    def demand(self, change: JournalledTransaction, account_id: AccountId, value: Content) -> None:
        """Nothing: what is done to all values of a column, or their purge, begins a minute later."""

    def _known(self) -> Column:
        if self._column is None:
            raise ColumnNotFound
        return self._column


def writer_of(field: CardField | ColumnId, by: UserId, tenant: Tenant) -> Writer:
    """What reads and writes a field, as somebody."""
    return OwnFieldWriter(field, tenant) if isinstance(field, CardField) else ColumnWriter(field, by, tenant)
