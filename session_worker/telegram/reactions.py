"""The emoji that people gave a message."""

from typing import Any, Final

from telethon.tl import types

Wire = dict[str, Any]

_STAR: Final = "⭐"
"""A paid reaction has no emoji of its own."""


def to_wire(reactions: Any) -> list[Wire]:
    """[{emoji, count, mine}], the most given first. `emoji` is empty for a picture that only Telegram can show."""
    return [
        {"emoji": _emoji(one.reaction), "count": one.count, "mine": one.chosen_order is not None}
        for one in getattr(reactions, "results", None) or ()
    ]


def _emoji(reaction: Any) -> str:
    if isinstance(reaction, types.ReactionEmoji):
        return str(reaction.emoticon)
    return _STAR if isinstance(reaction, types.ReactionPaid) else ""
