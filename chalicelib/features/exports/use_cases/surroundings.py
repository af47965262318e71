"""What everything in an export is told by: what members and accounts are called, and which columns there are.

Each is read once a turn, when it is first needed.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.exports.model import Layout
from chalicelib.features.fields import use_cases as fields
from chalicelib.features.fields.model import Column, ColumnType
from chalicelib.features.tickets import use_cases as tickets
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.kernel.csv_cells import Cell
from chalicelib.kernel.ids import AccountId, ColumnId, UserId
from chalicelib.table.tenant import Tenant

JOINED: Final = "; "
"""Between several things in one cell."""


class Surroundings:
    """Names and columns of one workspace."""

    def __init__(self, layout: Layout, tenant: Tenant) -> None:
        self._layout = layout
        self._tenant = tenant
        self._option_names: dict[ColumnId, Mapping[str, str]] = {}

    @cached_property
    def names(self) -> Mapping[UserId, str]:
        """What members are called."""
        return workspaces.member_names(tenant=self._tenant)

    @cached_property
    def labels(self) -> Mapping[AccountId, str]:
        """What accounts are called."""
        return {account.id: account.label for account in accounts.known_accounts(self._tenant)}

    @cached_property
    def columns(self) -> Sequence[Column]:
        """Every column of chats."""
        return fields.list_columns(tenant=self._tenant)

    @cached_property
    def ticket_fields(self) -> Sequence[Column]:
        """Every field of tickets."""
        return tickets.list_fields(tenant=self._tenant).fields

    @cached_property
    def chat_columns(self) -> Mapping[ColumnId, Column | None]:
        """The columns of the file of chats; None for one that was deleted since it was begun."""
        return _laid_out(self._layout.columns, self.columns)

    @cached_property
    def ticket_columns(self) -> Mapping[ColumnId, Column | None]:
        """The fields in the file of tickets, the same way."""
        return _laid_out(self._layout.ticket_fields, self.ticket_fields)

    def name(self, user_id: UserId | None) -> str | None:
        """What somebody is called; None for nobody, and for who has left."""
        return None if user_id is None else self.names.get(user_id)

    def told(self, column: Column | None, value: object) -> Cell:
        """A value as people read it: options and members by their names, those that are gone by their ids."""
        match column, value:
            case (None, _) | (_, None):
                return None
            case Column(type=ColumnType.PERSON), str():
                return self.names.get(UserId(value), value)
            case _, str() if column.type is ColumnType.SELECT:
                return self._options(column).get(value, value)
            case _, list() | tuple():
                return JOINED.join(self._options(column).get(each, each) for each in map(str, value))
            case _, str() | int() | float():
                return value
            case _:
                raise TypeError("no value of a column")

    def _options(self, column: Column) -> Mapping[str, str]:
        if column.id not in self._option_names:
            self._option_names[column.id] = {option.id: option.name for option in column.options}
        return self._option_names[column.id]


def headings(own: Iterable[str], columns: Mapping[ColumnId, Column | None]) -> list[str]:
    """A file's first line: its own columns, then the workspace's by their names, with the key where a name is taken."""
    found = list(own)
    for column_id, column in columns.items():
        name = column_id if column is None else column.name
        is_taken = name.casefold() in {each.casefold() for each in found}
        found.append(f"{name} ({column.key})" if column is not None and is_taken else name)
    return found


def _laid_out(layout: Iterable[ColumnId], columns: Iterable[Column]) -> dict[ColumnId, Column | None]:
    known = {column.id: column for column in columns}
    return {column_id: known.get(column_id) for column_id in layout}
