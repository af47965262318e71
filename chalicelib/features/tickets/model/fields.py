"""The workspace's own fields of tickets: columns as chats have them, in one list with one version. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, Final

from chalicelib.features.fields.model import (
    Column,
    ColumnChanged,
    ColumnLimitReached,
    ColumnNotFound,
    ColumnType,
    OptionDraft,
    arranged,
    free_key,
    named,
)
from chalicelib.kernel import ids
from chalicelib.kernel.ids import ColumnId
from chalicelib.kernel.records import record

MAX_FIELDS: Final = 50
MAX_FIELDS_BYTES: Final = 300_000
"""Of all fields with their options: they are one row, and DynamoDB's rows end at 400 KB."""


@record
class TicketFields:
    """Every field in its order. `version` 0 was never written."""

    fields: tuple[Column, ...] = ()
    version: int = 0

    def ids(self) -> frozenset[ColumnId]:
        """Which fields there are."""
        return frozenset(field.id for field in self.fields)

    def require(self, field_id: str) -> Column:
        """One field. Raises ColumnNotFound."""
        for field in self.fields:
            if field.id == field_id:
                return field
        raise ColumnNotFound

    def shown(self, values: Mapping[ColumnId, Any]) -> dict[ColumnId, Any]:
        """The values of fields that there are."""
        known = self.ids()
        return {field_id: value for field_id, value in values.items() if field_id in known}

    def of_files(self) -> frozenset[ColumnId]:
        """The fields whose values are files."""
        return frozenset(field.id for field in self.fields if field.type is ColumnType.FILES)


@record
class CreateField:
    """Make a field at the end."""

    name: str
    type: ColumnType
    options: tuple[OptionDraft, ...] = ()


@record
class ChangeField:
    """Rename a field, say what its options are, or move it to a place (0 is the first); None leaves each.

    `version` is that of the field as the caller saw it.
    """

    field_id: str
    name: str | None = None
    options: tuple[OptionDraft, ...] | None = None
    place: int | None = None
    version: int | None = None


def created(before: TicketFields, command: CreateField, at_s: float) -> tuple[TicketFields, Column]:
    """The fields after one was made, and that one.

    Raises:
        NameInvalid, ColumnInvalid: a name, type or options no field can have.
        ColumnLimitReached: there are as many as there may be.
    """
    if len(before.fields) >= MAX_FIELDS:
        raise ColumnLimitReached(f"Tickets have at most {MAX_FIELDS} fields.")
    name = named(command.name)
    made = Column(
        id=ColumnId(ids.mint(at_s)),
        key=free_key(name, (field.key for field in before.fields)),
        name=name,
        type=command.type,
        options=arranged(command.type, command.options),
        position=len(before.fields) + 1,
        version=1,
    )
    return _numbered(before, (*before.fields, made)), made


def changed(before: TicketFields, command: ChangeField) -> TicketFields:
    """The fields after one was changed; the very same where everything stands as it is wanted.

    Raises:
        ColumnNotFound: there is none of this id.
        ColumnChanged: somebody changed it after the version the caller saw.
        NameInvalid, ColumnInvalid, ColumnLimitReached: what it is to be does not fit.
    """
    field = before.require(command.field_id)
    if command.version is not None and command.version != field.version:
        raise ColumnChanged(standing={"version": field.version})
    wanted = replace(
        field,
        name=field.name if command.name is None else named(command.name),
        options=field.options if command.options is None else arranged(field.type, command.options, field.options),
    )
    after = wanted if wanted == field else replace(wanted, version=field.version + 1)
    others = [each for each in before.fields if each.id != field.id]
    place = before.fields.index(field) if command.place is None else command.place
    others.insert(place, after)
    found = tuple(others)
    return before if found == before.fields else _numbered(before, found)


def removed(before: TicketFields, field_id: str) -> tuple[TicketFields, Column]:
    """The fields without one, and that one. Raises ColumnNotFound."""
    gone = before.require(field_id)
    return _numbered(before, [field for field in before.fields if field.id != gone.id]), gone


def _numbered(before: TicketFields, fields: Collection[Column]) -> TicketFields:
    placed = tuple(replace(field, position=place) for place, field in enumerate(fields, start=1))
    return TicketFields(fields=placed, version=before.version + 1)
