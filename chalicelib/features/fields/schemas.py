"""Columns and values as they travel."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Final

import msgspec
from msgspec import UNSET, UnsetType

from chalicelib.features.fields.model import (
    MAX_DESCRIPTION_CHARACTERS,
    MAX_NAME_CHARACTERS,
    MAX_OPTIONS,
    OF_OPTIONS,
    Column,
    ColumnType,
    Content,
    CreateColumn,
    Hue,
    Merge,
    NewDefault,
    Option,
    OptionDraft,
    StoredValue,
    Usage,
    Value,
)
from chalicelib.features.fields.model.converting import Preview
from chalicelib.features.files.model import File
from chalicelib.features.files.schemas import FileOut
from chalicelib.kernel.ids import ColumnId

_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_NAME_CHARACTERS)]
_Description = Annotated[str, msgspec.Meta(max_length=MAX_DESCRIPTION_CHARACTERS)]
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


_Content = str | int | float | bool | list[str] | None


class ColumnIn(msgspec.Struct, forbid_unknown_fields=True):
    """A column to make; only a select column has options.

    `default` stands in chats where nothing was ever written; that of a select column names an option, so it is set
    once the column has some. A `required` value can be changed and not be cleared.
    """

    name: _Name
    type: ColumnType
    options: _Options = []
    description: _Description = ""
    required: bool = False
    default: _Content = None

    def to_command(self) -> CreateColumn:
        """As the use cases take it."""
        return CreateColumn(
            name=self.name,
            type=self.type,
            options=tuple(option.to_draft() for option in self.options),
            description=self.description,
            required=self.required,
            default=_as_content(self.default),
        )


class DefaultIn(msgspec.Struct, forbid_unknown_fields=True):
    """What shall stand where nothing was ever written; null for nothing."""

    value: _Content

    def to_default(self) -> NewDefault:
        """As the use cases take it."""
        return NewDefault(value=_as_content(self.value))


class ColumnChangeIn(msgspec.Struct, forbid_unknown_fields=True):
    """What to change of a column; what is left out or null stays. Options are the whole list: those left out are
    archived.

    `version` is the one the caller saw; without it the last writer wins.
    """

    name: _Name | None = None
    options: _Options | None = None
    description: _Description | None = None
    required: bool | None = None
    default: DefaultIn | None = None
    version: _Version | None = None


class ColumnMoveIn(msgspec.Struct, forbid_unknown_fields=True):
    """Behind which column another is to stand; null is the front."""

    after: str | None


class OptionMergeIn(msgspec.Struct, forbid_unknown_fields=True):
    """Which option is to become which other one."""

    option_id: str
    into: str


class ConversionIn(msgspec.Struct, forbid_unknown_fields=True):
    """Which type a column is to become. `version` is the one the caller saw."""

    to: ColumnType
    version: _Version | None = None


class ColumnUsageQuery(msgspec.Struct, forbid_unknown_fields=True):
    """Which part of the chats to look through; without a cursor the first."""

    cursor: str | None = None


class ConversionPreviewIn(msgspec.Struct, forbid_unknown_fields=True):
    """Which type a column might become, and which part of the chats to look through; without a cursor the first."""

    to: ColumnType
    cursor: str | None = None


class ValueIn(msgspec.Struct, forbid_unknown_fields=True):
    """A value to set; null clears. `version` is the one the caller saw, null where there was none.

    A multiselect takes a list of ids of its options, a person the id of a member, files a list of ids of files: those
    that hang there and those that whoever writes put up for a value.
    """

    value: _Content
    version: _Version | None

    @property
    def content(self) -> Content:
        """As the use cases take it."""
        return _as_content(self.value)


class OptionOut(msgspec.Struct, forbid_unknown_fields=True):
    """A choice of a select column."""

    id: str
    name: str
    hue: Hue

    @classmethod
    def of(cls, option: Option) -> "OptionOut":
        """One option."""
        return cls(id=option.id, name=option.name, hue=option.hue)


class ConversionOut(msgspec.Struct, forbid_unknown_fields=True):
    """A column on its way to another type: its values can't be written until then, and may be of either type.

    `values` are written so far; while they are only looked at it is 0.
    """

    to: ColumnType
    values: int


class OptionMergeOut(msgspec.Struct, forbid_unknown_fields=True):
    """Two options on their way to be one; `values` are written so far."""

    option_id: str
    into: str
    values: int


class ColumnOut(msgspec.Struct, forbid_unknown_fields=True):
    """A column. `archived_options` can't be chosen any more; values that hold them are shown by them.

    Columns stand in the order of their `position`. `reserved` ones every workspace has: its tags. `default` is shown,
    with version 0, in chats where nothing was ever written.
    """

    id: str
    key: str
    name: str
    type: ColumnType
    options: list[OptionOut]
    archived_options: list[OptionOut]
    position: int
    version: int
    description: str
    required: bool
    reserved: bool
    default: str | int | float | bool | list[str] | None
    conversion: ConversionOut | None
    merge: OptionMergeOut | None

    @classmethod
    def of(cls, column: Column) -> "ColumnOut":
        """One column."""
        options = column.options if column.type in OF_OPTIONS else ()
        conversion = column.conversion
        if conversion is not None and conversion.to in OF_OPTIONS:
            options = conversion.options
        return cls(
            id=column.id,
            key=column.key,
            name=column.name,
            type=column.type,
            options=[OptionOut.of(option) for option in options if not option.archived],
            archived_options=[OptionOut.of(option) for option in options if option.archived],
            position=column.position,
            version=column.version,
            description=column.description,
            required=column.required,
            reserved=column.is_reserved,
            default=_as_sent(column.default),
            conversion=None if conversion is None else ConversionOut(to=conversion.to, values=conversion.values),
            merge=None if column.merge is None else _merge_out(column.merge),
        )


def _merge_out(merge: Merge) -> OptionMergeOut:
    return OptionMergeOut(option_id=merge.option_id, into=merge.into, values=merge.values)


class ColumnsOut(msgspec.Struct, forbid_unknown_fields=True):
    """Every column of a workspace, in order."""

    columns: list[ColumnOut]


class ColumnUsageOut(msgspec.Struct, forbid_unknown_fields=True):
    """How a column is used in one part of the chats: how many have a value, and by an option's id how many hold it.

    The parts' numbers add up; `next_cursor` leads to the next part.
    """

    filled: int
    options: dict[str, int]
    next_cursor: str | None

    @classmethod
    def of(cls, usage: Usage) -> "ColumnUsageOut":
        """One part."""
        return cls(filled=usage.filled, options=dict(usage.options), next_cursor=usage.next_cursor)


class MisfitValueOut(msgspec.Struct, forbid_unknown_fields=True):
    """A value that would be lost: its chat, what that is called, and the value as text."""

    chat_id: str
    title: str
    text: str


class ConversionPreviewOut(msgspec.Struct, forbid_unknown_fields=True):
    """What a conversion would do in one part of the chats: how many values fit, how many don't, the first 50 of those.

    The parts' numbers add up; `next_cursor` leads to the next part.
    """

    fitting: int
    misfits: int
    first: list[MisfitValueOut]
    next_cursor: str | None

    @classmethod
    def of(cls, preview: Preview) -> "ConversionPreviewOut":
        """One part."""
        first = [MisfitValueOut(chat_id=each.chat_id, title=each.title, text=each.text) for each in preview.first]
        return cls(fitting=preview.fitting, misfits=preview.misfits, first=first, next_cursor=preview.next_cursor)


class ValueOut(msgspec.Struct, forbid_unknown_fields=True):
    """A value on a chat. A cleared one is null and keeps its version; version 0 was never written.

    A multiselect's is a list of ids of options, that of files a list of theirs, a person's the id of somebody who is or
    was a member. Where `is_cut` is set it is the beginning of a long text, which is read whole by itself.
    """

    value: str | int | float | bool | list[str] | None
    version: int
    set_at: datetime
    set_by: str | None
    is_cut: bool = False

    @staticmethod
    def of_stored(value: StoredValue) -> "ValueOut":
        """One value, straight from its JSON: a page has hundreds."""
        return _VALUE.decode(value)


_VALUE: Final = msgspec.json.Decoder(ValueOut)


class ColumnValueOut(msgspec.Struct, forbid_unknown_fields=True):
    """A whole value and the column it stands in; of files, which they are, where it is read and not where it is set."""

    column_id: str
    value: str | int | float | bool | list[str] | None
    version: int
    set_at: datetime
    set_by: str | None
    is_cut: bool = False
    files: list[FileOut] | UnsetType = UNSET

    @classmethod
    def of(cls, column_id: ColumnId, value: Value, files: Sequence[File] | None = None) -> "ColumnValueOut":
        """One value."""
        return cls(
            column_id=column_id,
            value=_as_sent(value.value),
            version=value.version,
            set_at=value.set_at,
            set_by=value.set_by,
            files=UNSET if files is None else [FileOut.of(file) for file in files],
        )


def _as_sent(content: Content) -> str | int | float | bool | list[str] | None:
    return list(content) if isinstance(content, tuple) else content


def _as_content(sent: str | int | float | bool | list[str] | None) -> Content:
    return tuple(sent) if isinstance(sent, list) else sent
