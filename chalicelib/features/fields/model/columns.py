"""Columns: their keys and order, and what fits into them. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from chalicelib.features.fields.model import contents
from chalicelib.features.fields.model.contents import OF_OPTIONS, WITHOUT_DEFAULT, ColumnType, Content
from chalicelib.features.fields.model.facts import ColumnBusy, ColumnInvalid, OptionNotFound, ValueInvalid
from chalicelib.features.fields.model.options import Option, OptionDraft, arranged, folded, named, next_hue
from chalicelib.features.fields.model.works import Conversion, Merge, Work
from chalicelib.kernel.errors import Blame
from chalicelib.kernel.ids import ColumnId, WorkspaceId
from chalicelib.kernel.records import record

MAX_COLUMNS: Final = 100
"""Besides the tags, which every workspace has."""
MAX_DESCRIPTION_CHARACTERS: Final = 500
STEP: Final = 1 << 20
"""Between the positions of two columns made one after the other: room to move others between them."""
TAGS_KEY: Final = "tags"
_MAX_KEY_CHARACTERS: Final = 40


@record
class Column:
    """One column of the workspace. `key` is made from the first name and never changes.

    `default` is what stands in chats where nothing was ever written; a `required` value can't be cleared. Version 0 is
    a column that every workspace has and nobody has written yet. A column that is no select keeps the options it had,
    so that what became text can become an option again.
    """

    id: ColumnId
    key: str
    name: str
    type: ColumnType
    options: tuple[Option, ...]
    position: int
    version: int
    description: str = ""
    required: bool = False
    default: Content = None
    conversion: Conversion | None = None
    merge: Merge | None = None

    @property
    def is_reserved(self) -> bool:
        """Whether every workspace has it."""
        return self.key == TAGS_KEY

    @property
    def work(self) -> Work | None:
        """What is done to all its values in the background."""
        return self.conversion or self.merge

    def at(self, work: Work) -> "Column":
        """The column with its work come as far as this."""
        if isinstance(work, Merge):
            return replace(self, merge=work)
        return replace(self, conversion=work)

    def offered(self) -> list[Option]:
        """The options that can be chosen."""
        return [option for option in self.options if not option.archived] if self.type in OF_OPTIONS else []

    def option(self, option_id: str) -> Option:
        """One of its options, archived or not.

        Raises:
            OptionNotFound: it has no such option.
        """
        for option in self.options if self.type in OF_OPTIONS else ():
            if option.id == option_id:
                return option
        raise OptionNotFound

    def parse(self, raw: object, held: Content = None) -> Content:
        """The value as it is stored; None clears, and so does text without a letter or a list without an id.

        An archived option is taken where the value `held` it already.

        Raises:
            ValueInvalid: blames `/value`.
        """
        if raw is None:
            return None
        match self.type:
            case ColumnType.SELECT:
                return contents.choice(raw, self._choosable(held))
            case ColumnType.MULTISELECT:
                return contents.choices(raw, self._choosable(held))
            case _:
                return contents.READERS[self.type](raw)

    def require_idle(self) -> None:
        """Demand that nothing is done to all its values in the background. Raises ColumnBusy."""
        if self.work is not None:
            raise ColumnBusy(standing={"column_id": self.id})

    def _choosable(self, held: Content) -> frozenset[str]:
        standing = held if isinstance(held, tuple) else (held,)
        return frozenset(
            {option.id for option in self.offered()} | {each for each in standing if isinstance(each, str)}
        )


@record
class CreateColumn:
    """Make a column at the end."""

    name: str
    type: ColumnType
    options: tuple[OptionDraft, ...] = ()
    description: str = ""
    required: bool = False
    default: Content = None


@record
class NewDefault:
    """What shall stand where nothing was ever written; None for nothing."""

    value: Content


@record
class ChangeColumn:
    """Say what a column is to be like; None leaves things as they are. `version` is the one the caller saw."""

    column_id: ColumnId
    name: str | None = None
    options: tuple[OptionDraft, ...] | None = None
    description: str | None = None
    required: bool | None = None
    default: NewDefault | None = None
    version: int | None = None


@record
class AddOption:
    """Add one option to a select column while editing a cell."""

    column_id: ColumnId
    option: OptionDraft


@record
class MergeOptions:
    """Make two options one: every value that holds the one comes to hold the other."""

    column_id: ColumnId
    option_id: str
    into: str


@record
class MoveColumn:
    """Put a column behind another one; None is the front."""

    column_id: ColumnId
    after: ColumnId | None


def tags_of(workspace_id: WorkspaceId) -> ColumnId:
    """The id of a workspace's tags: the workspace's own, so that they are there before anybody wrote them."""
    return ColumnId(workspace_id)


def unwritten_tags(workspace_id: WorkspaceId) -> Column:
    """The tags of a workspace where nobody has made one yet."""
    return Column(
        id=tags_of(workspace_id),
        key=TAGS_KEY,
        name="Tags",
        type=ColumnType.MULTISELECT,
        options=(),
        position=0,
        version=0,
    )


def described(description: str) -> str:
    """A description as it is stored; empty for none.

    Raises:
        ColumnInvalid: too long, or with characters nobody can see.
    """
    try:
        text = contents.text(description) or ""
    except ValueInvalid as refusal:
        raise ColumnInvalid(blames=(Blame("/description", "expected one line"),)) from refusal
    if len(text) > MAX_DESCRIPTION_CHARACTERS:
        raise ColumnInvalid(blames=(Blame("/description", f"at most {MAX_DESCRIPTION_CHARACTERS} characters"),))
    return text


def with_default(column: Column, wanted: Content) -> Column:
    """The column with what shall stand where nothing was ever written.

    Raises:
        ColumnInvalid: the type has no default, or this one does not fit; blames `/default`.
    """
    if wanted is not None and column.type in WITHOUT_DEFAULT:
        raise ColumnInvalid(blames=(Blame("/default", "columns of this type have no default"),))
    try:
        return replace(column, default=column.parse(wanted))
    except ValueInvalid as refusal:
        raise ColumnInvalid(blames=tuple(Blame("/default", each.detail) for each in refusal.blames)) from refusal


def with_options(column: Column, options: tuple[Option, ...]) -> Column:
    """The column with other options; a default that can't be chosen any more is gone."""
    changed = replace(column, options=options)
    offered = {option.id for option in changed.offered()}
    if isinstance(column.default, tuple):
        return replace(changed, default=tuple(each for each in column.default if each in offered) or None)
    is_gone = column.type is ColumnType.SELECT and column.default not in offered
    return replace(changed, default=None) if is_gone else changed


def with_option(column: Column, wanted: OptionDraft) -> Column:
    """The column with one option more, or as it is where one of that name can be chosen already.

    Raises:
        NameInvalid, ColumnInvalid, ColumnLimitReached: no such option, or none in such a column.
    """
    if column.type not in OF_OPTIONS:
        raise ColumnInvalid(blames=(Blame("/name", "only a select column has options"),))
    name, offered = folded(named(wanted.name)), column.offered()
    if any(folded(option.name) == name for option in offered):
        return column
    standing = tuple(OptionDraft(id=each.id, name=each.name) for each in offered)
    added = replace(wanted, hue=wanted.hue or next_hue(offered))
    return replace(column, options=arranged(column.type, (*standing, added), column.options))


def free_key(name: str, taken: Iterable[str]) -> str:
    """The key of a new column: its name's letters and digits, with a number where another column has it."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    base = "_".join(re.findall(r"[^\W_]+", plain))[:_MAX_KEY_CHARACTERS].rstrip("_") or "column"
    standing = {TAGS_KEY, *taken}
    candidates = (base if count == 1 else f"{base}_{count}" for count in range(1, MAX_COLUMNS + 3))
    return next(key for key in candidates if key not in standing)


def placed(order: Sequence[Column], column_id: ColumnId, after: ColumnId | None) -> dict[ColumnId, int]:
    """The positions to write so that a column comes behind another: mostly its own alone, else those of all."""
    [moved] = [column for column in order if column.id == column_id]
    others = [column for column in order if column.id != column_id]
    place = 0 if after is None else 1 + [column.id for column in others].index(after)
    low = others[place - 1].position if place else others[0].position - 2 * STEP
    high = others[place].position if place < len(others) else low + 2 * STEP
    middle = (low + high) // 2
    if low < middle < high:
        return {column_id: middle}
    top = max(column.position for column in order)
    arranged_anew = [*others[:place], moved, *others[place:]]
    return {column.id: top + STEP * count for count, column in enumerate(arranged_anew, start=1)}


def as_journalled(column: Column) -> dict[str, Any]:
    """A column as the journal keeps it."""
    options = [{"id": option.id, "name": option.name, "archived": option.archived} for option in column.options]
    told = {"name": column.name, "type": column.type.value, "key": column.key, "options": options}
    more = {"description": column.description or None, "required": column.required or None, "default": column.default}
    return told | {name: value for name, value in more.items() if value is not None}


@record
class Usage:
    """How a column is used in a part of the chats: how many have a value, and by option how many hold it."""

    filled: int
    options: Mapping[str, int]
    next_cursor: str | None
