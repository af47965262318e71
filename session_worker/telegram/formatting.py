"""Formatted text: what a browser sends as Telegram's entities, and Telegram's as what a browser shows.

Offsets and lengths count UTF-16 units on both sides, as Telegram and JavaScript do.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta
from telethon.tl import types

from chalicelib.kernel import formatting
from chalicelib.kernel.errors import Invalid
from chalicelib.kernel.formatting import FOLLOWABLE, MAX_MARKS, MAX_URL_CHARACTERS
from session_worker.wire import Wire

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
_PLAIN: Final[Mapping[str, type]] = {
    "bold": types.MessageEntityBold,
    "italic": types.MessageEntityItalic,
    "underline": types.MessageEntityUnderline,
    "strike": types.MessageEntityStrike,
    "spoiler": types.MessageEntitySpoiler,
    "code": types.MessageEntityCode,
    "blockquote": types.MessageEntityBlockquote,
}


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
    if blames := formatting.misfits(text, marks):
        raise Invalid("The formatting does not fit the text.", blames=blames)
    return tuple(_entity(mark) for mark in marks) or None


def to_wire(entities: Iterable[Any] | None) -> list[Wire]:
    """[{type, offset, length, url?}], without those that browsers know no look for."""
    return [_shown(one) for one in entities or () if type(one) in _ENTITY_TYPES]


def _entity(mark: Mark) -> Any:
    if mark.type == "pre":
        return types.MessageEntityPre(mark.offset, mark.length, language="")
    if mark.type == "text_link":
        return types.MessageEntityTextUrl(mark.offset, mark.length, mark.url)
    return _PLAIN[mark.type](mark.offset, mark.length)


def _shown(entity: Any) -> Wire:
    kind = _ENTITY_TYPES[type(entity)]
    wire: Wire = {"type": kind, "offset": entity.offset, "length": entity.length}
    if kind == "text_link" and entity.url.startswith(FOLLOWABLE):
        wire["url"] = entity.url
    return wire
