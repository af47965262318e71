"""What Telegram's answer to a change carries, in whichever of the forms of `Updates` it comes.

Source: https://core.telegram.org/constructor/updatesTooLong: some say nothing of what was done, though it was.
"""

from typing import Any

from telethon.tl import types

from session_worker.telegram.messages import Entities, entities_of


def updates_in(answer: Any) -> list[Any]:
    """Its updates; none where it only says that there are some."""
    match answer:
        case types.Updates() | types.UpdatesCombined():
            return list(answer.updates)
        case types.UpdateShort():
            return [answer.update]
        case _:
            return []


def chats_in(answer: Any) -> list[Any]:
    """The groups and channels it tells of."""
    return list(getattr(answer, "chats", ()))


def people_in(answer: Any) -> Entities:
    """Everybody it tells of, by marked number."""
    return entities_of(getattr(answer, "users", ()), chats_in(answer))
