"""Updates that change no row: reactions, typing, drafts, schedules, pins. To the browsers, and forgotten."""

from collections.abc import Mapping
from typing import Any

from telethon.tl import types

from session_worker.connections.connection import LiveConnection
from session_worker.telegram import drafts, messages, reactions
from session_worker.telegram.peers import mark, mark_of


def pass_on(live: LiveConnection, update: Any) -> None:
    """Tell the member's open browsers of an update; of those that are none of these nothing is told."""
    if not live.is_heard:
        return
    told = _typing(update) or _about_chat(update)
    if told is not None:
        marked, event = told
        live.publish_of(live.peers.chat_id(marked), **event)


Told = tuple[int, dict[str, Any]]
"""The marked id of the chat it is about, and the event without that."""


def _about_chat(update: Any) -> Told | None:
    match update:
        case types.UpdateMessageReactions():
            given = reactions.to_wire(update.reactions)
            return mark_of(update.peer), _event("message.reacted", message_id=update.msg_id, reactions=given)
        case types.UpdateDraftMessage(top_msg_id=None) if not messages.is_telegram_itself(update.peer):
            return mark_of(update.peer), _event("draft.changed", draft=drafts.to_wire(update.draft))
        case types.UpdateNewScheduledMessage() if messages.is_message(update.message):
            wire = messages.scheduled_to_wire(update.message, update._entities)
            return mark_of(update.message.peer_id), _event("scheduled.changed", message=wire)
        case types.UpdateDeleteScheduledMessages():
            return mark_of(update.peer), _event("scheduled.gone", message_ids=list(update.messages))
        case types.UpdateDialogUnreadMark(peer=types.DialogPeer()):
            return mark_of(update.peer.peer), _event("chat.marked", is_unread=bool(update.unread))
        case types.UpdatePinnedMessages():
            return mark_of(update.peer), _pinned(update)
        case types.UpdatePinnedChannelMessages():
            return mark("channel", update.channel_id), _pinned(update)
        case _:
            return None


def _typing(update: Any) -> Told | None:
    """`typing`: {user: {id, name}, is_typing}. Telegram sends nobody's name along, so it is mostly empty."""
    match update:
        case types.UpdateUserTyping(user_id=user_id, top_msg_id=None):
            return mark("user", user_id), _typist(mark("user", user_id), update)
        case types.UpdateChatUserTyping(chat_id=chat_id):
            return mark("chat", chat_id), _typist(mark_of(update.from_id), update)
        case types.UpdateChannelUserTyping(channel_id=channel_id, top_msg_id=None):
            return mark("channel", channel_id), _typist(mark_of(update.from_id), update)
        case _:
            return None


def _typist(marked: int, update: Any) -> dict[str, Any]:
    people: Mapping[int, Any] = update._entities
    is_typing = not isinstance(update.action, types.SendMessageCancelAction)
    return _event("typing", user={"id": str(marked), "name": messages.name_of(people.get(marked))}, is_typing=is_typing)


def _pinned(update: Any) -> dict[str, Any]:
    return _event("message.pinned", message_ids=list(update.messages), is_pinned=bool(update.pinned))


def _event(kind: str, **fields: Any) -> dict[str, Any]:
    return {"kind": kind, **fields}
