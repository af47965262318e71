"""Variables in a text: `{{contact.first_name|there}}`, what fills them, and where formatting stands afterwards. Pure.

A variable is its name between double braces, with a fallback after a bar if it is to have one, and not a space more;
`\\{{` is two braces that begin none. The web app has the same rules (web/src/features/templates/variables.ts), and
tests/golden/templates.json holds both to them.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from chalicelib.features.fields.model import Content
from chalicelib.kernel.formatting import Mark, units_in
from chalicelib.kernel.records import record

MAX_FALLBACK_CHARACTERS: Final = 100
OF_EVERY_CHAT: Final = ("contact.name", "contact.first_name", "contact.last_name", "account.name")
"""The variables that every workspace has; `column.` and a column's key is one more for each column."""
OF_COLUMNS: Final = "column."
_PIECE: Final = re.compile(
    rf"(?P<escaped>\\{{{{)|{{{{(?P<name>[\w.]+)(?:\|(?P<fallback>[^{{}}\r\n]{{0,{MAX_FALLBACK_CHARACTERS}}}))?}}}}|{{{{"
)


@record
class Plain:
    """Letters that stay as they are. `source` is how they are written, which differs for braces alone."""

    source: str
    text: str


@record
class Variable:
    """A place to fill. Without a fallback (None) a chat that has nothing to fill it with leaves it missing."""

    source: str
    name: str
    fallback: str | None


@record
class Broken:
    """Double braces that begin no variable."""

    source: str
    at: int
    """Where they stand, in UTF-16 units."""


Piece = Plain | Variable | Broken


@record
class Gap:
    """A variable that nothing filled: it stands in the text as it is written, from `offset` on, in UTF-16 units."""

    name: str
    offset: int
    length: int


@record
class Rendered:
    """A text with its variables filled. It may be sent when there are no gaps."""

    text: str
    marks: tuple[Mark, ...]
    gaps: tuple[Gap, ...]


@record
class _Placed:
    """Where a piece stood and where what came of it stands: beginnings and ends in UTF-16 units."""

    piece: Piece
    text: str
    was_from: int
    was_to: int
    is_from: int
    is_to: int

    @property
    def keeps_places(self) -> bool:
        """Whether each letter of it is where it was, seen from its beginning."""
        return self.text == self.piece.source


def pieces_of(text: str) -> list[Piece]:
    """The pieces of a text in their order; together their sources are the text."""
    found: list[Piece] = []
    done = 0
    for match in _PIECE.finditer(text):
        if match.start() > done:
            found.append(_as_written(text[done : match.start()]))
        found.append(_piece(match, text))
        done = match.end()
    return found if done == len(text) else [*found, _as_written(text[done:])]


def variables_in(text: str) -> tuple[str, ...]:
    """The names of the variables of a text, each once, in their order."""
    return tuple(dict.fromkeys(piece.name for piece in pieces_of(text) if isinstance(piece, Variable)))


def render(text: str, marks: Iterable[Mark], values: Mapping[str, str]) -> Rendered:
    """Fill a text. A value that is white space alone counts as none.

    Formatting that begins or ends inside a variable takes in all of what fills it; where nothing does, it goes.
    """
    placed = _placed(pieces_of(text), values)
    moved = (_moved(mark, placed) for mark in marks)
    return Rendered(
        text="".join(each.text for each in placed),
        marks=tuple(mark for mark in moved if mark.length > 0),
        gaps=tuple(
            Gap(name=each.piece.name, offset=each.is_from, length=each.is_to - each.is_from)
            for each in placed
            if isinstance(each.piece, Variable) and _filling(each.piece, values) is None
        ),
    )


def names_of_person(full_name: str) -> tuple[str, str]:
    """First and last name of somebody whose whole name is all we have: up to the first space, and behind it."""
    first, _, last = full_name.strip().partition(" ")
    return first, last.strip()


def spoken(value: Content, options: Mapping[str, str]) -> str:
    """A column's value as a message says it, empty where there is none; `options` are names of choices by their ids.

    Numbers have no exponent and no separators, dates are as they are kept, choices are called by their names.
    """
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return format(Decimal(repr(value)), "f")
        case str():
            return options.get(value, value)
        case _:
            return ", ".join(options.get(each, each) for each in value)


def _piece(match: re.Match[str], text: str) -> Piece:
    source = match.group()
    if match["escaped"]:
        return Plain(source=source, text="{{")
    if match["name"]:
        return Variable(source=source, name=match["name"], fallback=match["fallback"])
    return Broken(source=source, at=units_in(text[: match.start()]))


def _as_written(text: str) -> Plain:
    return Plain(source=text, text=text)


def _filling(variable: Variable, values: Mapping[str, str]) -> str | None:
    value = values.get(variable.name, "")
    return value if value.strip() else variable.fallback


def _placed(pieces: Iterable[Piece], values: Mapping[str, str]) -> list[_Placed]:
    placed: list[_Placed] = []
    was, now = 0, 0
    for piece in pieces:
        text = _text_of(piece, values)
        was_to, is_to = was + units_in(piece.source), now + units_in(text)
        placed.append(_Placed(piece=piece, text=text, was_from=was, was_to=was_to, is_from=now, is_to=is_to))
        was, now = was_to, is_to
    return placed


def _text_of(piece: Piece, values: Mapping[str, str]) -> str:
    match piece:
        case Plain():
            return piece.text
        case Variable():
            filling = _filling(piece, values)
            return piece.source if filling is None else filling
        case Broken():
            return piece.source


def _moved(mark: Mark, placed: Iterable[_Placed]) -> Mark:
    begins, ends = mark.offset, mark.offset + mark.length
    offset = end = 0
    for each in placed:
        if each.was_from <= begins < each.was_to:
            offset = each.is_from + (begins - each.was_from if each.keeps_places else 0)
        if each.was_from < ends <= each.was_to:
            end = each.is_from + ends - each.was_from if each.keeps_places else each.is_to
    return Mark(type=mark.type, offset=offset, length=end - offset, url=mark.url)
