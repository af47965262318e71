"""Columns and values: types, options, keys, and what fits into which. Pure."""

import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NewType, assert_never

from chalicelib.kernel import ids, names
from chalicelib.kernel.errors import Blame, Conflict, Invalid, NotFound
from chalicelib.kernel.ids import ChatId, ColumnId, UserId
from chalicelib.kernel.records import record

MAX_COLUMNS: Final = 100
MAX_OPTIONS: Final = 200
MAX_KEPT_OPTIONS: Final = 600
"""Archived options included: they are kept for the values that hold them."""
MAX_NAME_CHARACTERS: Final = 100
MAX_TEXT_CHARACTERS: Final = 1_000
MAX_NUMBER: Final = 9_007_199_254_740_991
"""Beyond it a browser's numbers lose whole units. Source: ECMA-262, Number.MAX_SAFE_INTEGER."""
MAX_VALUES_BYTES: Final = 380_000
"""Of all values of one chat: they are one row, and DynamoDB's rows end at 400 KB."""
PURGE_AFTER: Final = timedelta(minutes=1)
"""By then no write that began before its column was deleted can still arrive: an attempt lives 2 s."""
CHUNK_VALUES: Final = 40
"""Values one transaction removes: with their old texts they still fit the journal entry and a watcher's queue."""
CHUNKS_A_TURN: Final = 25
"""Chunks before a purge makes room for other due work; well within a claim's time."""
_MAX_KEY_CHARACTERS: Final = 40

Scalar = str | int | float | bool | None


class ColumnType(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    SELECT = "select"
    CHECKBOX = "checkbox"


class Hue(StrEnum):
    """The colours an option can have; the screen decides their shades."""

    GRAY = "gray"
    RED = "red"
    ORANGE = "orange"
    AMBER = "amber"
    LIME = "lime"
    GREEN = "green"
    TEAL = "teal"
    BLUE = "blue"
    VIOLET = "violet"
    PINK = "pink"


class ColumnNotFound(NotFound):
    """The workspace has no such column, or has deleted it."""

    code = "column-not-found"
    title = "There is no such column."


class ColumnInvalid(Invalid):
    """Options that no column can have."""

    code = "column-invalid"
    title = "This column can't be made like that."


class ColumnLimitReached(Conflict):
    """The workspace has as many columns, or the column as many options, as there may be."""

    code = "column-limit-reached"
    title = "There is no room for more."


class ColumnKeyTaken(Conflict):
    """Somebody made a column of the same name at the same moment."""

    code = "column-key-taken"
    title = "Somebody made a column of this name at the same moment. Repeat if you want another."


class ColumnChanged(Conflict):
    """Somebody changed the column first."""

    code = "column-changed"
    title = "Somebody changed this column meanwhile. Look again and repeat."


class ValueInvalid(Invalid):
    """The value does not fit the column's type."""

    code = "value-invalid"
    title = "This value does not fit the column."


class ValueChanged(Conflict):
    """Somebody wrote first; `standing` is the value as it is now."""

    code = "value-changed"
    title = "Somebody changed this value meanwhile."


class ValuesTooLarge(Conflict):
    """One chat can't hold that much text in all its columns together."""

    code = "values-too-large"
    title = "This chat's columns hold too much text together."


@record
class Option:
    """One choice of a select column. An archived one can't be chosen any more; values that hold it keep its name."""

    id: str
    name: str
    hue: Hue
    archived: bool = False


@record
class OptionDraft:
    """An option as somebody wants it: one without an id is new, one without a hue gets the next."""

    id: str | None = None
    name: str
    hue: Hue | None = None


@record
class Column:
    """One column of the workspace. `key` is made from the first name and never changes."""

    id: ColumnId
    key: str
    name: str
    type: ColumnType
    options: tuple[Option, ...]
    position: int
    version: int

    def offered(self) -> list[Option]:
        """The options that can be chosen."""
        return [option for option in self.options if not option.archived]

    def parse(self, raw: object) -> Scalar:
        """The value as it is stored; None clears, and so does text without a letter.

        Raises:
            ValueInvalid: blames `/value`.
        """
        if raw is None:
            return None
        match self.type:
            case ColumnType.TEXT:
                return _text(raw)
            case ColumnType.NUMBER:
                return _number(raw)
            case ColumnType.DATE:
                return _date(raw)
            case ColumnType.SELECT:
                return self._choice(raw)
            case ColumnType.CHECKBOX:
                return _checkbox(raw)
            case _:
                assert_never(self.type)

    def _choice(self, raw: object) -> str:
        if not isinstance(raw, str) or raw not in {option.id for option in self.offered()}:
            raise _misfit("the id of one of the column's options")
        return raw


@record
class Value:
    """What one chat has in one column. A cleared value stays as None, so that its version keeps growing."""

    value: Scalar
    version: int
    set_at: datetime
    set_by: UserId | None

    def is_unseen_by(self, version: int | None) -> bool:
        """Whether somebody who saw `version` (None: nothing there) has missed a later write."""
        return self.version != version and not (version is None and self.value is None)


@record
class Purge:
    """How far the removal of a deleted column's values has come: all chats up to `after`, `values` removed."""

    is_begun: bool = False
    after: ChatId | None = None
    values: int = 0

    def beyond(self, chat_ids: Collection[ChatId]) -> "Purge":
        """The same after the values of these chats, in their order, are gone."""
        return replace(self, after=max(chat_ids), values=self.values + len(chat_ids))


StoredValue = NewType("StoredValue", str)
"""A Value as it stands in the table: its JSON, which lists hand on undecoded to whoever shows it."""


@record
class CreateColumn:
    """Make a column at the end."""

    name: str
    type: ColumnType
    options: tuple[OptionDraft, ...] = ()


@record
class ChangeColumn:
    """Rename a column, or say what its options are; None leaves either. `version` is the one the caller saw."""

    column_id: ColumnId
    name: str | None = None
    options: tuple[OptionDraft, ...] | None = None
    version: int | None = None


@record
class AddOption:
    """Add one option to a select column while editing a cell."""

    column_id: ColumnId
    option: OptionDraft


@record
class SetValue:
    """Write one value. `version` is the one the caller saw, None where nothing was."""

    chat_id: ChatId
    column_id: ColumnId
    value: Scalar
    version: int | None


def named(name: str, pointer: str = "/name") -> str:
    """A name as it is stored.

    Raises:
        NameInvalid: blaming `pointer`.
    """
    return names.parse(name, pointer=pointer, most=MAX_NAME_CHARACTERS)


def free_key(name: str, taken: Iterable[str]) -> str:
    """The key of a new column: its name's letters and digits, with a number where another column has it."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    base = "_".join(re.findall(r"[^\W_]+", folded))[:_MAX_KEY_CHARACTERS].rstrip("_") or "column"
    standing = set(taken)
    candidates = (base if count == 1 else f"{base}_{count}" for count in range(1, MAX_COLUMNS + 2))
    return next(key for key in candidates if key not in standing)


def arranged(kind: ColumnType, drafts: tuple[OptionDraft, ...], before: tuple[Option, ...] = ()) -> tuple[Option, ...]:
    """The options a column has after somebody said what they should be; those left out are archived, never lost.

    Raises:
        ColumnInvalid: not a select column, an unknown id, or one name or id twice.
        NameInvalid: an option's name.
        ColumnLimitReached: more options than there may be.
    """
    if kind is not ColumnType.SELECT and drafts:
        raise ColumnInvalid(blames=(Blame("/options", "only a select column has options"),))
    if len(drafts) > MAX_OPTIONS:
        raise ColumnLimitReached(f"A column has at most {MAX_OPTIONS} options.")
    standing = {option.id: option for option in before}
    wanted = [_option(draft, place, standing) for place, draft in enumerate(drafts)]
    _refuse_twins(wanted)
    kept = {option.id for option in wanted}
    archived = [replace(option, archived=True) for option in before if option.id not in kept]
    if len(wanted) + len(archived) > MAX_KEPT_OPTIONS:
        raise ColumnLimitReached(f"A column remembers at most {MAX_KEPT_OPTIONS} options, archived ones included.")
    return (*wanted, *archived)


def _option(draft: OptionDraft, place: int, standing: Mapping[str, Option]) -> Option:
    name = named(draft.name, f"/options/{place}/name")
    if draft.id is None:
        return Option(id=ids.mint(), name=name, hue=draft.hue or list(Hue)[place % len(Hue)])
    if draft.id not in standing:
        raise ColumnInvalid(blames=(Blame(f"/options/{place}/id", "not an option of this column"),))
    return Option(id=draft.id, name=name, hue=draft.hue or standing[draft.id].hue)


def _refuse_twins(options: list[Option]) -> None:
    seen: set[str] = set()
    for place, option in enumerate(options):
        if option.id in seen or option.name.casefold() in seen:
            raise ColumnInvalid(blames=(Blame(f"/options/{place}", "stands twice"),))
        seen |= {option.id, option.name.casefold()}


def _misfit(expected: str) -> ValueInvalid:
    return ValueInvalid(blames=(Blame("/value", f"expected {expected}"),))


def _text(raw: object) -> str | None:
    if not isinstance(raw, str):
        raise _misfit("text")
    trimmed = raw.strip()
    if len(trimmed) > MAX_TEXT_CHARACTERS:
        raise _misfit(f"at most {MAX_TEXT_CHARACTERS} characters")
    if _has_controls(trimmed):
        raise _misfit("one line without control characters")
    return trimmed or None


def _number(raw: object) -> int | float:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise _misfit("a number")
    if not math.isfinite(raw) or abs(raw) > MAX_NUMBER:
        raise _misfit(f"a number between -{MAX_NUMBER} and {MAX_NUMBER}")
    return int(raw) if raw == int(raw) else raw


def _date(raw: object) -> str:
    if not isinstance(raw, str) or re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw) is None:
        raise _misfit("a date like 2026-02-28")
    try:
        return date.fromisoformat(raw).isoformat()
    except ValueError:
        raise _misfit("a day that exists") from None


def _checkbox(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise _misfit("true or false")
    return raw


_LINE_BREAKS: Final = {"Zl", "Zp"}


def _has_controls(text: str) -> bool:
    """Control characters, lone surrogates and line separators; joiners and direction marks belong to scripts."""
    return any((kind := unicodedata.category(letter)) in {"Cc", "Cs"} or kind in _LINE_BREAKS for letter in text)


def as_journalled(column: Column) -> dict[str, Any]:
    """A column as the journal keeps it."""
    options = [{"id": option.id, "name": option.name, "archived": option.archived} for option in column.options]
    return {"name": column.name, "type": column.type.value, "key": column.key, "options": options}
