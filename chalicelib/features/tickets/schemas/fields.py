"""The workspace's own fields of tickets, as they travel: columns in all but what they belong to."""

from typing import Annotated

import msgspec

from chalicelib.features.fields.model import MAX_NAME_CHARACTERS, MAX_OPTIONS, Column, ColumnType
from chalicelib.features.fields.schemas import OptionIn, OptionOut
from chalicelib.features.tickets.model.fields import MAX_FIELDS, ChangeField, CreateField, TicketFields

_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_NAME_CHARACTERS)]
_Options = Annotated[list[OptionIn], msgspec.Meta(max_length=MAX_OPTIONS)]


class TicketFieldIn(msgspec.Struct, forbid_unknown_fields=True):
    """A field to make; only a select one has options."""

    name: _Name
    type: ColumnType
    options: _Options = []

    def to_command(self) -> CreateField:
        """As the use case takes it."""
        options = tuple(option.to_draft() for option in self.options)
        return CreateField(name=self.name, type=self.type, options=options)


class TicketFieldChangeIn(msgspec.Struct, forbid_unknown_fields=True):
    """What to change of a field. Options are the whole list: those left out are archived. `place` 0 is the first.

    `version` is the one the caller saw; without it the last writer wins.
    """

    name: _Name | None = None
    options: _Options | None = None
    place: Annotated[int, msgspec.Meta(ge=0, lt=MAX_FIELDS)] | None = None
    version: Annotated[int, msgspec.Meta(ge=1)] | None = None

    def to_command(self, field_id: str) -> ChangeField:
        """As the use case takes it."""
        options = None if self.options is None else tuple(option.to_draft() for option in self.options)
        return ChangeField(field_id=field_id, name=self.name, options=options, place=self.place, version=self.version)


class TicketFieldOut(msgspec.Struct, forbid_unknown_fields=True):
    """A field. `archived_options` can't be chosen any more; values that hold them are shown by them."""

    id: str
    key: str
    name: str
    type: ColumnType
    options: list[OptionOut]
    archived_options: list[OptionOut]
    position: int
    version: int

    @classmethod
    def of(cls, field: Column) -> "TicketFieldOut":
        """One field."""
        return cls(
            id=field.id,
            key=field.key,
            name=field.name,
            type=field.type,
            options=[OptionOut.of(option) for option in field.options if not option.archived],
            archived_options=[OptionOut.of(option) for option in field.options if option.archived],
            position=field.position,
            version=field.version,
        )


class TicketFieldsOut(msgspec.Struct, forbid_unknown_fields=True):
    """Every field of tickets, in order."""

    fields: list[TicketFieldOut]

    @classmethod
    def of(cls, fields: TicketFields) -> "TicketFieldsOut":
        """All of them."""
        return cls(fields=[TicketFieldOut.of(field) for field in fields.fields])
