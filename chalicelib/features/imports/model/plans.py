"""What is to become of a file's columns: which names the chats, which goes into which field; and the guess. Pure."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from chalicelib.features.bulk_edits.model import OF_COLUMN
from chalicelib.features.chats.model import CardField
from chalicelib.features.fields.model import Column
from chalicelib.features.imports.model.facts import PlanInvalid
from chalicelib.kernel.errors import Blame
from chalicelib.kernel.ids import ColumnId
from chalicelib.kernel.records import record

_LINK: Final = re.compile(r"^(https?://)?(www\.)?(t\.me|telegram\.me)/", re.IGNORECASE)
_USERNAMES: Final = frozenset({"username", "telegram", "telegram_username", "handle", "user_name"})
_CHAT_IDS: Final = frozenset({"chat_id", "chat", "id"})


class MatchBy(StrEnum):
    """What tells which chat a row is for."""

    CHAT_ID = "chat_id"
    USERNAME = "username"


class EmptyCells(StrEnum):
    """What an empty cell does to its chat."""

    LEAVE = "leave"
    CLEAR = "clear"


@record
class Target:
    """A column of the file, by its place, and the field its cells go into, named as in bulk edits.

    `makes_options`: names of options that the field, a select column, does not have are made.
    """

    column: int
    field: str
    makes_options: bool = False

    @property
    def column_id(self) -> ColumnId:
        """The id of the field, which is a column."""
        return ColumnId(self.field.removeprefix(OF_COLUMN))


@record
class Plan:
    """Which column tells the chat, and by what; what goes where; and what empty cells of those columns do."""

    match_by: MatchBy
    match_column: int
    targets: tuple[Target, ...]
    empty_cells: EmptyCells = EmptyCells.LEAVE

    @property
    def makes_options(self) -> bool:
        """Whether any column's missing options are made."""
        return any(target.makes_options for target in self.targets)

    def to_document(self) -> dict[str, Any]:
        """As the row keeps it: {by, column, targets: [[column, field]], making: [column], empty}."""
        return {
            "by": self.match_by.value,
            "column": self.match_column,
            "targets": [[target.column, target.field] for target in self.targets],
            "making": [target.column for target in self.targets if target.makes_options],
            "empty": self.empty_cells.value,
        }

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> "Plan":
        """What `to_document` wrote."""
        making = document.get("making", ())
        return cls(
            match_by=MatchBy(document["by"]),
            match_column=document["column"],
            targets=tuple(Target(column=c, field=f, makes_options=c in making) for c, f in document["targets"]),
            empty_cells=EmptyCells(document.get("empty", EmptyCells.LEAVE)),
        )

    def require_sense(self, width: int) -> None:
        """Demand that it is one of a file of so many columns.

        Raises:
            PlanInvalid: a column is not there, something is meant twice, or nothing is to be written.
        """
        if not self.targets:
            raise PlanInvalid(blames=(Blame("/targets", "expected a field to write"),))
        for place in (self.match_column, *(target.column for target in self.targets)):
            if not 0 <= place < width:
                raise PlanInvalid(blames=(Blame("/targets", f"the file has no column {place}"),))
        fields = [target.field for target in self.targets]
        columns = [target.column for target in self.targets]
        if len(set(fields)) < len(fields) or len(set(columns)) < len(columns):
            raise PlanInvalid(blames=(Blame("/targets", "names a field or a column twice"),))


@record
class Guess:
    """What the names of a file's columns let one think; a target for each column that is called as a field is."""

    match_by: MatchBy
    match_column: int | None
    targets: tuple[Target, ...]


def guessed(header: Sequence[str], columns: Sequence[Column]) -> Guess:
    """The plan that the names of the columns suggest."""
    names = [_folded(name) for name in header]
    by, place = _match_in(names)
    fields = {field.value: field.value for field in CardField}
    for column in columns:
        fields |= {_folded(column.name): f"{OF_COLUMN}{column.id}", column.key: f"{OF_COLUMN}{column.id}"}
    meant = {fields[name]: spot for spot, name in reversed(list(enumerate(names))) if name in fields and spot != place}
    targets = sorted((spot, field) for field, spot in meant.items())
    return Guess(match_by=by, match_column=place, targets=tuple(Target(column=c, field=f) for c, f in targets))


def username_of(text: str) -> str:
    """A username as it is compared: without @, without the link it may be written as, in small letters."""
    return _LINK.sub("", text.strip()).removeprefix("@").rstrip("/").casefold()


def _match_in(names: Sequence[str]) -> tuple[MatchBy, int | None]:
    for by, known in ((MatchBy.CHAT_ID, _CHAT_IDS), (MatchBy.USERNAME, _USERNAMES)):
        for place, name in enumerate(names):
            if name in known:
                return by, place
    return MatchBy.USERNAME, None


def _folded(name: str) -> str:
    return "_".join(re.findall(r"[^\W_]+", name.casefold()))
