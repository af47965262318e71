"""Values: what a chat has in a column, since which version, and what is shown of it. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final, NewType

from chalicelib.features.fields.model.contents import Content
from chalicelib.kernel.ids import ChatId, ColumnId, UserId
from chalicelib.kernel.records import record

MAX_VALUES_BYTES: Final = 380_000
"""Of all values of one chat: they are one row, and DynamoDB's rows end at 400 KB."""
SHOWN_CHARACTERS: Final = 500
"""Of a long text: so much of it stands beside the chat's other values, the whole in a row of its own."""


@record
class Value:
    """What one chat has in one column. A cleared value stays as None, so that its version keeps growing.

    `is_cut` says that `value` is the beginning of a longer text, which has a row of its own.
    """

    value: Content
    version: int
    set_at: datetime
    set_by: UserId | None
    is_cut: bool = False

    def is_unseen_by(self, version: int | None) -> bool:
        """Whether somebody who saw `version` (None: nothing there) has missed a later write."""
        return self.version != version and not (version is None and self.value is None)

    def beginning(self) -> "Value":
        """A long text as it stands beside the chat's other values."""
        if not isinstance(self.value, str) or len(self.value) <= SHOWN_CHARACTERS or self.is_cut:
            return self
        return replace(self, value=self.value[:SHOWN_CHARACTERS], is_cut=True)


StoredValue = NewType("StoredValue", str)
"""A Value as it stands in the table: its JSON, which lists hand on undecoded to whoever shows it."""


@record
class ChatCell:
    """What one chat has in a column, for whoever writes into many at once; a long text whole.

    `stored` is the very text of the value as it stands beside the others, `taken_bytes` what all of them take.
    """

    chat_id: ChatId
    value: Value | None
    stored: StoredValue | None
    taken_bytes: int


@record
class Shown:
    """Whose values are shown, and what stands where nothing was ever written (version 0)."""

    columns: frozenset[ColumnId]
    defaults: Mapping[ColumnId, StoredValue]


@record
class SetValue:
    """Write one value. `version` is the one the caller saw, None or 0 where nothing was."""

    chat_id: ChatId
    column_id: ColumnId
    value: Content
    version: int | None
