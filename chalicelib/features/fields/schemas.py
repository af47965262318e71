"""Columns and values as they travel."""

from datetime import datetime
from typing import Annotated, Final

import msgspec

from chalicelib.features.fields.model import (
    MAX_NAME_CHARACTERS,
    MAX_OPTIONS,
    Column,
    ColumnType,
    Hue,
    Option,
    OptionDraft,
    StoredValue,
    Value,
)
from chalicelib.kernel.ids import ColumnId

_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_NAME_CHARACTERS)]
_Version = Annotated[int, msgspec.Meta(ge=0)]


class OptionIn(msgspec.Struct, forbid_unknown_fields=True):
    """An option as somebody wants it: one without an id is new, one without a hue keeps its own or gets the next."""

    name: _Name
    id: str | None = None
    hue: Hue | None = None

    def to_draft(self) -> OptionDraft:
        """As the use cases take it."""
        return OptionDraft(id=self.id, name=self.name, hue=self.hue)


class NewOptionIn(msgspec.Struct, forbid_unknown_fields=True):
    """An option to add."""

    name: _Name
    hue: Hue | None = None


_Options = Annotated[list[OptionIn], msgspec.Meta(max_length=MAX_OPTIONS)]


class ColumnIn(msgspec.Struct, forbid_unknown_fields=True):
    """A column to make; only a select column has options."""

    name: _Name
    type: ColumnType
    options: _Options = []


class ColumnChangeIn(msgspec.Struct, forbid_unknown_fields=True):
    """What to change of a column. Options are the whole list: those left out are archived.

    `version` is the one the caller saw; without it the last writer wins.
    """

    name: _Name | None = None
    options: _Options | None = None
    version: _Version | None = None


class ValueIn(msgspec.Struct, forbid_unknown_fields=True):
    """A value to set; null clears. `version` is the one the caller saw, null where there was none."""

    value: str | int | float | bool | None
    version: _Version | None


class OptionOut(msgspec.Struct, forbid_unknown_fields=True):
    """A choice of a select column."""

    id: str
    name: str
    hue: Hue

    @classmethod
    def of(cls, option: Option) -> "OptionOut":
        """One option."""
        return cls(id=option.id, name=option.name, hue=option.hue)


class ColumnOut(msgspec.Struct, forbid_unknown_fields=True):
    """A column. `archived_options` can't be chosen any more; values that hold them are shown by them."""

    id: str
    key: str
    name: str
    type: ColumnType
    options: list[OptionOut]
    archived_options: list[OptionOut]
    position: int
    version: int

    @classmethod
    def of(cls, column: Column) -> "ColumnOut":
        """One column."""
        return cls(
            id=column.id,
            key=column.key,
            name=column.name,
            type=column.type,
            options=[OptionOut.of(option) for option in column.options if not option.archived],
            archived_options=[OptionOut.of(option) for option in column.options if option.archived],
            position=column.position,
            version=column.version,
        )


class ColumnsOut(msgspec.Struct, forbid_unknown_fields=True):
    """Every column of a workspace, in order."""

    columns: list[ColumnOut]


class ValueOut(msgspec.Struct, forbid_unknown_fields=True):
    """A value on a chat. A cleared one is null and keeps its version; version 0 was never written."""

    value: str | int | float | bool | None
    version: int
    set_at: datetime
    set_by: str | None

    @staticmethod
    def of_stored(value: StoredValue) -> "ValueOut":
        """One value, straight from its JSON: a page has hundreds."""
        return _VALUE.decode(value)


_VALUE: Final = msgspec.json.Decoder(ValueOut)


class ColumnValueOut(msgspec.Struct, forbid_unknown_fields=True):
    """A value and the column it stands in."""

    column_id: str
    value: str | int | float | bool | None
    version: int
    set_at: datetime
    set_by: str | None

    @classmethod
    def of(cls, column_id: ColumnId, value: Value) -> "ColumnValueOut":
        """One value."""
        return cls(
            column_id=column_id, value=value.value, version=value.version, set_at=value.set_at, set_by=value.set_by
        )
