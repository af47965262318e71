"""The emoji that people gave a message."""

from typing import Any, Final

from telethon.tl import types

from session_worker.wire import Wire

_STAR: Final = "⭐"
"""A paid reaction has no emoji of its own."""


def to_wire(reactions: Any) -> list[Wire]:
    """[{emoji, count, mine}] in Telegram's order. `emoji` is empty for a picture that only Telegram can show.

    `mine` is None in the short form that goes to everybody in a large chat: it does not say whose they are.
    """
    is_short = bool(getattr(reactions, "min", False))
    return [
        {
            "emoji": _emoji(one.reaction),
            "count": one.count,
            "mine": None if is_short else one.chosen_order is not None,
        }
        for one in getattr(reactions, "results", None) or ()
    ]


def _emoji(reaction: Any) -> str:
    if isinstance(reaction, types.ReactionEmoji):
        return str(reaction.emoticon)
    return _STAR if isinstance(reaction, types.ReactionPaid) else ""
