"""What a value becomes when its column becomes another type: only what could be turned back into itself. Pure.

Every way leads over text, so that any circle of conversions ends where it began (decision 0047).
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, assert_never

from chalicelib.features.fields.model import contents
from chalicelib.features.fields.model.columns import Column
from chalicelib.features.fields.model.contents import OF_OPTIONS, ColumnType, Content, misfit
from chalicelib.features.fields.model.options import MAX_KEPT_OPTIONS, MAX_OPTIONS, Option, hue_at, named
from chalicelib.kernel import ids
from chalicelib.kernel.ids import ChatId
from chalicelib.kernel.names import NameInvalid
from chalicelib.kernel.records import record

_SEPARATOR: Final = ", "
_YES_AND_NO: Final = {"yes": True, "no": False}
_NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?(e[+-][0-9]+)?")


def becoming(column: Column, to: ColumnType, options: tuple[Option, ...] | None = None) -> Column:
    """The column as it is after the conversion, as far as its options are known."""
    return replace(column, type=to, options=column.options if options is None else options)


def converted(content: Content, source: Column, target: Column) -> Content:
    """What a value of one column is in the other.

    Raises:
        ValueInvalid: it fits not, or would not come back as what it was.
    """
    if target.type is ColumnType.SELECT and isinstance(content, tuple) and len(content) > 1:
        raise misfit("one option")
    there = content_of(text_of(content, source), target)
    if content_of(text_of(there, target), source) != content:
        raise misfit("a value that can be turned back")
    return there


def grown(target: Column, text: str) -> Column:
    """The column with an option for each name in the text that has none, as far as there is room."""
    if target.type not in OF_OPTIONS:
        return target
    for name in _names_in(text, target.type):
        if _option_named(name, target) is None and _has_room(name, target):
            made = Option(id=ids.mint(), name=name, hue=hue_at(len(target.offered())))
            target = replace(target, options=(*target.options, made))
    return target


def text_of(content: Content, column: Column) -> str:
    """A value as text that `content_of` reads back.

    Raises:
        ValueInvalid: there is no such text.
    """
    match column.type:
        case ColumnType.TEXT | ColumnType.LONG_TEXT | ColumnType.DATE:
            return str(content)
        case ColumnType.NUMBER:
            return repr(content)
        case ColumnType.CHECKBOX:
            return "yes" if content else "no"
        case ColumnType.SELECT:
            return _name_of(str(content), column)
        case ColumnType.MULTISELECT:
            chosen = content if isinstance(content, tuple) else ()
            return _SEPARATOR.join(_name_of(each, column) for each in chosen)
        case ColumnType.PERSON | ColumnType.FILES:
            raise misfit("a value that can be written as text")
        case _:
            assert_never(column.type)


def content_of(text: str, column: Column) -> Content:
    """What a text means in a column.

    Raises:
        ValueInvalid: it means nothing there.
    """
    match column.type:
        case ColumnType.TEXT:
            return contents.text(text)
        case ColumnType.LONG_TEXT:
            return contents.long_text(text)
        case ColumnType.DATE:
            return contents.day(text)
        case ColumnType.NUMBER:
            return _number(text)
        case ColumnType.CHECKBOX:
            return _checkbox(text)
        case ColumnType.SELECT:
            return _id_of(text, column)
        case ColumnType.MULTISELECT:
            return tuple(dict.fromkeys(_id_of(name, column) for name in _names_in(text, column.type)))
        case ColumnType.PERSON | ColumnType.FILES:
            raise misfit("somebody or something chosen for it")
        case _:
            assert_never(column.type)


def _number(text: str) -> int | float:
    if _NUMBER.fullmatch(text) is None:
        raise misfit("a number")
    is_whole = set(text) <= set("-0123456789") and len(text) <= len(str(contents.MAX_NUMBER)) + 1
    return contents.number(int(text) if is_whole else float(text))


def _checkbox(text: str) -> bool:
    if text not in _YES_AND_NO:
        raise misfit("yes or no")
    return _YES_AND_NO[text]


def _names_in(text: str, kind: ColumnType) -> Sequence[str]:
    return text.split(_SEPARATOR) if kind is ColumnType.MULTISELECT else (text,)


def _option_named(name: str, column: Column) -> Option | None:
    """The option of exactly this name; one that can be chosen before one that can't."""
    found = [option for option in column.options if option.name == name]
    return min(found, key=lambda option: option.archived, default=None)


def _id_of(name: str, column: Column) -> str:
    option = _option_named(name, column)
    if option is None:
        raise misfit("the name of one of the column's options")
    return option.id


def _name_of(option_id: str, column: Column) -> str:
    for option in column.options:
        if option.id == option_id:
            return option.name
    raise misfit("the id of one of the column's options")


def _has_room(name: str, column: Column) -> bool:
    offered = column.offered()
    is_twin = any(option.name.casefold() == name.casefold() for option in offered)
    try:
        is_name = named(name) == name
    except NameInvalid:
        is_name = False
    return is_name and not is_twin and len(offered) < MAX_OPTIONS and len(column.options) < MAX_KEPT_OPTIONS


@record
class Misfit:
    """A value that can't become the other type: its chat, what that is called, and the value as text."""

    chat_id: ChatId
    title: str
    text: str


@record
class Preview:
    """What a conversion would do to the values of a part of the chats; the first values that don't fit, by chat."""

    fitting: int
    misfits: int
    first: tuple[Misfit, ...]
    next_cursor: str | None
