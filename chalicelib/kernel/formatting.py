"""How stretches of a text look: what Telegram calls entities. Offsets and lengths count UTF-16 units, as it does.

Source: https://core.telegram.org/api/entities.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, Protocol

from chalicelib.kernel.errors import Blame
from chalicelib.kernel.records import record

MAX_MARKS: Final = 100
"""Telegram shows no more of one message."""
MAX_URL_CHARACTERS: Final = 2_048
FOLLOWABLE: Final = ("https://", "http://")
"""Where a link may lead: any other scheme a browser might run."""
_LOW_SURROGATES: Final = range(0xDC00, 0xE000)


class Look(StrEnum):
    """What people can give a stretch of text; links and mentions that stand in the text Telegram finds by itself."""

    BOLD = "bold"
    ITALIC = "italic"
    UNDERLINE = "underline"
    STRIKE = "strike"
    SPOILER = "spoiler"
    CODE = "code"
    PRE = "pre"
    BLOCKQUOTE = "blockquote"
    TEXT_LINK = "text_link"


class Stretch(Protocol):
    """A stretch of a text and how it looks; `url` is where a `text_link` leads, None for the others."""

    @property
    def type(self) -> str: ...
    @property
    def offset(self) -> int: ...
    @property
    def length(self) -> int: ...
    @property
    def url(self) -> str | None: ...


@record
class Mark:
    """A stretch of a text that is kept."""

    type: Look
    offset: int
    length: int
    url: str | None = None


def units_in(text: str) -> int:
    """How many UTF-16 units a text has. A lone surrogate is one."""
    return len(_encoded(text)) // 2


def misfits(text: str, stretches: Iterable[Stretch]) -> tuple[Blame, ...]:
    """What is wrong with the looks of a text: one that reaches out of it, cuts a letter of two units, or leads astray.

    Each is blamed by its place in `/entities`.
    """
    units = _encoded(text)
    problems = ((place, _problem(stretch, units)) for place, stretch in enumerate(stretches))
    return tuple(Blame(f"/entities/{place}", problem) for place, problem in problems if problem is not None)


def _encoded(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _problem(stretch: Stretch, units: bytes) -> str | None:
    end = stretch.offset + stretch.length
    if end > len(units) // 2:
        return "It reaches over the end of the text."
    if _is_inside_letter(units, stretch.offset) or _is_inside_letter(units, end):
        return "It begins or ends in the middle of a letter."
    if (stretch.url is not None) != (stretch.type == Look.TEXT_LINK):
        return "A link has an address, and nothing else has."
    if stretch.url is not None and not stretch.url.lower().startswith(FOLLOWABLE):
        return "The address must begin with https:// or http://."
    return None


def _is_inside_letter(units: bytes, offset: int) -> bool:
    return int.from_bytes(units[2 * offset : 2 * offset + 2], "little") in _LOW_SURROGATES
