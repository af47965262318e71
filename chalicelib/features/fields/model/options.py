"""The options of select columns: their names, colours and limits. Pure."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Final

from chalicelib.features.fields.model.contents import OF_OPTIONS, ColumnType
from chalicelib.features.fields.model.facts import ColumnInvalid, ColumnLimitReached
from chalicelib.kernel import ids, names
from chalicelib.kernel.errors import Blame
from chalicelib.kernel.records import record

MAX_OPTIONS: Final = 200
MAX_KEPT_OPTIONS: Final = 600
"""Archived options included: they are kept for the values that hold them."""
MAX_NAME_CHARACTERS: Final = 100


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


def named(name: str, pointer: str = "/name") -> str:
    """A name as it is stored.

    Raises:
        NameInvalid: blaming `pointer`.
    """
    return names.parse(name, pointer=pointer, most=MAX_NAME_CHARACTERS)


def folded(name: str) -> str:
    """An option's name as names are compared: composed, trimmed, in whatever letters."""
    return unicodedata.normalize("NFC", name).strip().casefold()


def arranged(kind: ColumnType, drafts: tuple[OptionDraft, ...], before: tuple[Option, ...] = ()) -> tuple[Option, ...]:
    """The options a column has after somebody said what they should be; those left out are archived, never lost.

    Raises:
        ColumnInvalid: not a select column, an unknown id, or one name or id twice.
        NameInvalid: an option's name.
        ColumnLimitReached: more options than there may be.
    """
    if kind not in OF_OPTIONS and drafts:
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
        return Option(id=ids.mint(), name=name, hue=draft.hue or hue_at(place))
    if draft.id not in standing:
        raise ColumnInvalid(blames=(Blame(f"/options/{place}/id", "not an option of this column"),))
    return Option(id=draft.id, name=name, hue=draft.hue or standing[draft.id].hue)


def hue_at(place: int) -> Hue:
    """The colour an option gets by itself at a place of the list."""
    return list(Hue)[place % len(Hue)]


def next_hue(standing: Sequence[Option]) -> Hue:
    """The colour an option gets that is added beside these: the first that none has; after ten they repeat."""
    taken = {option.hue for option in standing}
    free = (hue for hue in Hue if hue is not Hue.GRAY and hue not in taken)
    return next(free, hue_at(len(standing)))


def _refuse_twins(options: list[Option]) -> None:
    seen: set[str] = set()
    for place, option in enumerate(options):
        if option.id in seen or folded(option.name) in seen:
            raise ColumnInvalid(blames=(Blame(f"/options/{place}", "stands twice"),))
        seen |= {option.id, folded(option.name)}
