"""What is done to all values of a column in the background, and how far it has come. Pure.

A piece of work stands in the column's row and moves with each chunk, in the chunk's transaction: whoever takes over
goes on where the last chunk ended.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import Final

from chalicelib.features.fields.model.contents import ColumnType
from chalicelib.features.fields.model.options import Option
from chalicelib.kernel.ids import ChatId
from chalicelib.kernel.records import record

WORK_AFTER: Final = timedelta(minutes=1)
"""By then no write that read the column before the work began can still arrive: an attempt lives 2 s, the function that
answers the API 10 s, and due work a minute."""
PURGE_AFTER: Final = WORK_AFTER
CHUNK_VALUES: Final = 40
"""Values one transaction writes: with their old texts they still fit the journal entry and a watcher's queue."""
CHUNK_FILES: Final = 2
"""The same where values are files: each takes two rows more, and a value has up to twenty."""
CHUNKS_A_TURN: Final = 25
"""Chunks before the work makes room for other due work; well within a claim's time."""
CHECKED_A_TURN: Final = 10_000
"""Values that are looked at in one turn before a conversion writes any."""


@record
class Purge:
    """How far the removal of a deleted column's values has come: all chats up to `after`, `values` removed."""

    is_begun: bool = False
    after: ChatId | None = None
    values: int = 0

    def beyond(self, chat_ids: Collection[ChatId]) -> "Purge":
        """The same after the values of these chats, in their order, are gone."""
        return replace(self, after=max(chat_ids), values=self.values + len(chat_ids))


@record
class Conversion:
    """A column on its way to another type. First every value is looked at, then every value is written.

    `options` are the column's when it is done.
    """

    to: ColumnType
    options: tuple[Option, ...] = ()
    is_checked: bool = False
    after: ChatId | None = None
    values: int = 0

    def beyond(self, chat_ids: Collection[ChatId], written: int) -> "Conversion":
        """The same after the values of these chats, in their order, are done, so many of them written."""
        return replace(self, after=max(chat_ids), values=self.values + written)


@record
class Merge:
    """Two options on their way to be one: values that hold `option_id` come to hold `into`."""

    option_id: str
    into: str
    after: ChatId | None = None
    values: int = 0

    def beyond(self, chat_ids: Collection[ChatId], written: int) -> "Merge":
        """The same after the values of these chats, in their order, are done, so many of them written."""
        return replace(self, after=max(chat_ids), values=self.values + written)


Work = Conversion | Merge
"""What is done to all values of a column that stands."""
