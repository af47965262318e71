"""Formatted text: what a browser sends as Telegram's entities, and Telegram's as what a browser shows.

Offsets and lengths count UTF-16 units on both sides, as Telegram and JavaScript do.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta
from telethon.tl import types

from chalicelib.kernel.errors import Blame, Invalid
from session_worker.wire import Wire

MAX_MARKS: Final = 100
"""Telegram shows no more of one message. Source: https://core.telegram.org/api/entities."""
MAX_URL_CHARACTERS: Final = 2_048


_ENTITY_TYPES: Final[Mapping[type, str]] = {
    types.MessageEntityBold: "bold",
    types.MessageEntityItalic: "italic",
    types.MessageEntityUnderline: "underline",
    types.MessageEntityStrike: "strike",
    types.MessageEntitySpoiler: "spoiler",
    types.MessageEntityCode: "code",
    types.MessageEntityPre: "pre",
    types.MessageEntityBlockquote: "blockquote",
    types.MessageEntityUrl: "url",
    types.MessageEntityTextUrl: "text_link",
    types.MessageEntityEmail: "email",
    types.MessageEntityPhone: "phone",
    types.MessageEntityMention: "mention",
    types.MessageEntityMentionName: "mention",
    types.MessageEntityHashtag: "hashtag",
    types.MessageEntityCashtag: "cashtag",
    types.MessageEntityBotCommand: "bot_command",
}
_FOLLOWABLE: Final = ("https://", "http://")
_PLAIN: Final[Mapping[str, type]] = {
    "bold": types.MessageEntityBold,
    "italic": types.MessageEntityItalic,
    "underline": types.MessageEntityUnderline,
    "strike": types.MessageEntityStrike,
    "spoiler": types.MessageEntitySpoiler,
    "code": types.MessageEntityCode,
    "blockquote": types.MessageEntityBlockquote,
}
_LOW_SURROGATES: Final = range(0xDC00, 0xE000)


class Mark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One stretch of a text and how it looks. `url`: where a `text_link` leads, http or https; null for the others."""

    type: Literal["bold", "italic", "underline", "strike", "spoiler", "code", "pre", "blockquote", "text_link"]
    offset: Annotated[int, Meta(ge=0)]
    length: Annotated[int, Meta(ge=1)]
    url: Annotated[str, Meta(max_length=MAX_URL_CHARACTERS)] | None = None


Marks = Annotated[tuple[Mark, ...], Meta(max_length=MAX_MARKS)]


def to_telegram(text: str, marks: Sequence[Mark]) -> tuple[Any, ...] | None:
    """Telegram's entities; None for a plain text. Links and mentions that stand in the text Telegram finds by itself.

    Raises:
        Invalid: one reaches out of the text, cuts a letter of two units in half, or leads where no browser may follow.
    """
    units = text.encode("utf-16-le")
    blames = [
        Blame(f"/entities/{place}", problem)
        for place, mark in enumerate(marks)
        if (problem := _problem(mark, units)) is not None
    ]
    if blames:
        raise Invalid("The formatting does not fit the text.", blames=tuple(blames))
    return tuple(_entity(mark) for mark in marks) or None


def to_wire(entities: Iterable[Any] | None) -> list[Wire]:
    """[{type, offset, length, url?}], without those that browsers know no look for."""
    return [_shown(one) for one in entities or () if type(one) in _ENTITY_TYPES]


def _problem(mark: Mark, units: bytes) -> str | None:
    end = mark.offset + mark.length
    if end > len(units) // 2:
        return "It reaches over the end of the text."
    if _is_inside_letter(units, mark.offset) or _is_inside_letter(units, end):
        return "It begins or ends in the middle of a letter."
    if (mark.url is not None) != (mark.type == "text_link"):
        return "A link has an address, and nothing else has."
    if mark.url is not None and not mark.url.lower().startswith(_FOLLOWABLE):
        return "The address must begin with https:// or http://."
    return None


def _is_inside_letter(units: bytes, offset: int) -> bool:
    return int.from_bytes(units[2 * offset : 2 * offset + 2], "little") in _LOW_SURROGATES


def _entity(mark: Mark) -> Any:
    if mark.type == "pre":
        return types.MessageEntityPre(mark.offset, mark.length, language="")
    if mark.type == "text_link":
        return types.MessageEntityTextUrl(mark.offset, mark.length, mark.url)
    return _PLAIN[mark.type](mark.offset, mark.length)


def _shown(entity: Any) -> Wire:
    kind = _ENTITY_TYPES[type(entity)]
    wire: Wire = {"type": kind, "offset": entity.offset, "length": entity.length}
    if kind == "text_link" and entity.url.startswith(_FOLLOWABLE):
        wire["url"] = entity.url
    return wire
