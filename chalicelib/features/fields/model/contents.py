"""What a value can hold, by the type of its column: reading what came from outside. Pure."""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from chalicelib.features.fields.model.facts import ValueInvalid
from chalicelib.kernel import ids
from chalicelib.kernel.errors import Blame

MAX_TEXT_CHARACTERS: Final = 1_000
MAX_LONG_TEXT_CHARACTERS: Final = 20_000
MAX_FILES: Final = 20
MAX_NUMBER: Final = 9_007_199_254_740_991
"""Beyond it a browser's numbers lose whole units. Source: ECMA-262, Number.MAX_SAFE_INTEGER."""

Scalar = str | int | float | bool | None
Content = Scalar | tuple[str, ...]
"""What a value holds: of a multiselect the ids of its options in the order they were chosen, of files their ids, of the
rest one scalar."""


class ColumnType(StrEnum):
    """What a column holds."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    DATE = "date"
    SELECT = "select"
    MULTISELECT = "multiselect"
    CHECKBOX = "checkbox"
    PERSON = "person"
    FILES = "files"


OF_OPTIONS: Final = frozenset({ColumnType.SELECT, ColumnType.MULTISELECT})
"""The types whose values are options of the column."""
WITHOUT_DEFAULT: Final = frozenset({ColumnType.LONG_TEXT, ColumnType.PERSON, ColumnType.FILES})
"""Types no value stands in by itself: nobody is meant before somebody chose them, and a file hangs in one place."""


def misfit(expected: str) -> ValueInvalid:
    """That a value does not fit: blames `/value`."""
    return ValueInvalid(blames=(Blame("/value", f"expected {expected}"),))


def text(raw: object) -> str | None:
    """One line, trimmed; None where nothing is left."""
    trimmed = _trimmed(raw, MAX_TEXT_CHARACTERS)
    if _has_controls(trimmed, allowed=""):
        raise misfit("one line without control characters")
    return trimmed or None


def long_text(raw: object) -> str | None:
    """Lines of text, trimmed around; None where nothing is left. Line ends become `\\n`."""
    plain = raw.replace("\r\n", "\n").replace("\r", "\n") if isinstance(raw, str) else raw
    trimmed = _trimmed(plain, MAX_LONG_TEXT_CHARACTERS)
    if _has_controls(trimmed, allowed="\n\t"):
        raise misfit("text without control characters")
    return trimmed or None


def number(raw: object) -> int | float:
    """A number that a browser holds exactly as we do; a whole one is an int."""
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise misfit("a number")
    if not math.isfinite(raw) or abs(raw) > MAX_NUMBER:
        raise misfit(f"a number between -{MAX_NUMBER} and {MAX_NUMBER}")
    return int(raw) if raw == int(raw) else raw


def day(raw: object) -> str:
    """A day of the calendar as ISO 8601 writes it."""
    if not isinstance(raw, str) or re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw) is None:
        raise misfit("a date like 2026-02-28")
    try:
        return date.fromisoformat(raw).isoformat()
    except ValueError:
        raise misfit("a day that exists") from None


def checkbox(raw: object) -> bool:
    """Yes or no."""
    if not isinstance(raw, bool):
        raise misfit("true or false")
    return raw


def person(raw: object) -> str:
    """The id of somebody; whether they belong to the workspace is not seen here."""
    if not isinstance(raw, str) or not ids.is_minted_shape(raw):
        raise misfit("the id of a member")
    return raw


def files(raw: object) -> tuple[str, ...] | None:
    """Ids of files, each once; whether there are such files is not seen here. None where there is none."""
    if not isinstance(raw, list | tuple):
        raise misfit("a list of ids of files")
    if not all(isinstance(each, str) and ids.is_minted_shape(each) for each in raw):
        raise misfit("ids of files")
    each_once = tuple(dict.fromkeys(raw))
    if len(each_once) > MAX_FILES:
        raise misfit(f"at most {MAX_FILES} files")
    return each_once or None


READERS: Final[Mapping[ColumnType, Callable[[object], Content]]] = {
    ColumnType.TEXT: text,
    ColumnType.LONG_TEXT: long_text,
    ColumnType.NUMBER: number,
    ColumnType.DATE: day,
    ColumnType.CHECKBOX: checkbox,
    ColumnType.PERSON: person,
    ColumnType.FILES: files,
}
"""What reads a value of each type that has no options."""


def choice(raw: object, allowed: frozenset[str]) -> str:
    """One of these ids."""
    if not isinstance(raw, str) or raw not in allowed:
        raise misfit("the id of one of the column's options")
    return raw


def choices(raw: object, allowed: frozenset[str]) -> tuple[str, ...] | None:
    """Some of these ids, each once, as they were chosen; None where there is none."""
    if not isinstance(raw, list | tuple):
        raise misfit("a list of ids of the column's options")
    return tuple(dict.fromkeys(choice(each, allowed) for each in raw)) or None


def _trimmed(raw: object, most: int) -> str:
    if not isinstance(raw, str):
        raise misfit("text")
    trimmed = raw.strip()
    if len(trimmed) > most:
        raise misfit(f"at most {most} characters")
    return trimmed


_LINE_BREAKS: Final = {"Zl", "Zp"}


def _has_controls(written: str, *, allowed: str) -> bool:
    """Control characters, lone surrogates and line separators; joiners and direction marks belong to scripts."""
    return any(
        letter not in allowed and ((kind := unicodedata.category(letter)) in {"Cc", "Cs"} or kind in _LINE_BREAKS)
        for letter in written
    )
