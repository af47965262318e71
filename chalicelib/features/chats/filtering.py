"""What chats can be filtered by: the kind of each field, and how it is read from a card. Pure.

A field that only connected members see is missing to everybody else, whatever it holds: no filter tells of it.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

import msgspec

from chalicelib.features.chats.model import CardField, ChatCard
from chalicelib.features.fields.model import Column, ColumnType
from chalicelib.kernel.filters import FieldKind, Filter
from chalicelib.kernel.ids import ColumnId
from chalicelib.kernel.matching import Standpoint, predicate

COLUMN: Final = "column:"
"""Begins the name of a field that is a column; its id follows."""
_HOUR_S: Final = 3_600
_DAY_S: Final = 86_400

ReadField = Callable[[ChatCard, datetime], Any]


def _private(name: str) -> ReadField:
    return lambda card, _: None if card.private is None else getattr(card.private, name)


def _own(field: CardField) -> ReadField:
    return lambda card, _: card.fields.get(field)


def _since(name: str, unit_s: int) -> ReadField:
    def read(card: ChatCard, now: datetime) -> float | None:
        since: datetime | None = None if card.private is None else getattr(card.private, name)
        return None if since is None else (now - since).total_seconds() / unit_s

    return read


_FIELDS: Final[Mapping[str, tuple[FieldKind, ReadField]]] = {
    "title": (FieldKind.TEXT, lambda card, _: card.title),
    "account": (FieldKind.CHOICE, lambda card, _: card.account_id),
    "kind": (FieldKind.CHOICE, lambda card, _: card.kind.value),
    "mine": (FieldKind.CHECK, lambda card, _: card.private is not None),
    "assignee": (FieldKind.PERSON, _own(CardField.ASSIGNEE)),
    "priority": (FieldKind.CHOICE, _own(CardField.PRIORITY)),
    "first_name": (FieldKind.TEXT, _own(CardField.FIRST_NAME)),
    "last_name": (FieldKind.TEXT, _own(CardField.LAST_NAME)),
    "email": (FieldKind.TEXT, _own(CardField.EMAIL)),
    "phone": (FieldKind.TEXT, _own(CardField.PHONE)),
    "comments": (FieldKind.NUMBER, lambda card, _: card.counts.comments),
    "tickets": (FieldKind.NUMBER, lambda card, _: card.counts.tickets),
    "username": (FieldKind.TEXT, _private("username")),
    "members": (FieldKind.NUMBER, _private("member_count")),
    "invite_link": (FieldKind.TEXT, _private("invite_link")),
    "unread": (FieldKind.NUMBER, _private("unread_count")),
    "pinned": (FieldKind.CHECK, _private("pinned")),
    "last_message_at": (FieldKind.MOMENT, _private("last_message_at")),
    "last_direction": (FieldKind.CHOICE, _private("last_direction")),
    "waiting_hours": (FieldKind.NUMBER, _since("waiting_since", _HOUR_S)),
    "silent_days": (FieldKind.NUMBER, _since("silent_since", _DAY_S)),
    "answered": (FieldKind.CHECK, _private("is_answered")),
}
"""The fields every workspace has."""

_OF_COLUMNS: Final[Mapping[ColumnType, FieldKind]] = {
    ColumnType.TEXT: FieldKind.TEXT,
    ColumnType.LONG_TEXT: FieldKind.TEXT,
    ColumnType.NUMBER: FieldKind.NUMBER,
    ColumnType.DATE: FieldKind.DAY,
    ColumnType.SELECT: FieldKind.CHOICE,
    ColumnType.MULTISELECT: FieldKind.CHOICES,
    ColumnType.CHECKBOX: FieldKind.CHECK,
    ColumnType.PERSON: FieldKind.PERSON,
    ColumnType.FILES: FieldKind.NUMBER,
}
"""Files are filtered by how many there are."""


def kinds(columns: Sequence[Column]) -> dict[str, FieldKind]:
    """Every field chats of a workspace with these columns can be filtered by."""
    custom = {f"{COLUMN}{column.id}": _OF_COLUMNS[column.type] for column in columns}
    return {name: kind for name, (kind, _) in _FIELDS.items()} | custom


def filter_of(filtered: Filter, columns: Sequence[Column], at: Standpoint) -> Callable[[ChatCard], bool]:
    """What tells of each card whether it matches."""
    takes = predicate(filtered, kinds(columns), at)
    counted = frozenset(column.id for column in columns if column.type is ColumnType.FILES)
    return lambda card: takes(partial(_read, card, at.now, counted))


def _read(card: ChatCard, now: datetime, counted: frozenset[ColumnId], field: str) -> Any:
    if not field.startswith(COLUMN):
        return _FIELDS[field][1](card, now)
    column_id = ColumnId(field.removeprefix(COLUMN))
    stored = card.values.get(column_id)
    value = None if stored is None else _HELD.decode(stored).value
    return len(value) if column_id in counted and isinstance(value, list) else value


class _Held(msgspec.Struct):
    """Of a stored value what filters look at."""

    value: str | int | float | bool | list[str] | None


_HELD: Final = msgspec.json.Decoder(_Held)
