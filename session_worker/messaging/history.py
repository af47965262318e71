"""Reading messages back from Telegram: pages of a chat, single messages, the newest of each dialog. Nothing is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from telethon.tl import functions, types

from chalicelib.kernel.ids import ClientId
from session_worker.connections.connection import LiveConnection
from session_worker.telegram import messages
from session_worker.telegram.answers import people_in, updates_in
from session_worker.telegram.drafts import draft_of
from session_worker.telegram.messages import Entities
from session_worker.telegram.peers import InputPeer, input_channel, mark_of
from session_worker.wire import Wire

SEARCHED: Final = 100
"""How many of a chat's newest messages are looked through for one that we may have sent."""
PREVIEWED: Final = 200
"""An account's newest chats that get a preview; others show theirs when they are opened or something comes."""
_PAGE: Final = 100
_LARGEST_ID: Final = 2**31 - 1

_WITH_MESSAGE: Final = (
    types.UpdateNewMessage,
    types.UpdateNewChannelMessage,
    types.UpdateEditMessage,
    types.UpdateEditChannelMessage,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A message and who it mentions, as Telegram told them together. Its repr shows no text."""

    message: Any
    entities: Entities

    def __repr__(self) -> str:
        return f"Found(id={self.message.id})"

    @property
    def number(self) -> int:
        """What the outbox remembers it by."""
        return int(self.message.id)

    def to_wire(self, connection: LiveConnection, *, client_id: ClientId | None = None) -> Wire:
        """As it travels to the browser."""
        known = client_id or connection.client_id_of(self.message.id)
        return messages.to_wire(self.message, self.entities, client_id=known)


async def history(connection: LiveConnection, peer: InputPeer, *, before_id: int | None, limit: int) -> Wire:
    """A page of a chat: {messages: newest last, has_more}. One call. Of a channel the newest says where it stands.

    Raises:
        TelegramBusy, TelegramRefused, TelegramAway, SessionEnded, AccountClosed.
    """
    answer = await connection.call(_history_request(peer, before_id or 0, limit))
    if before_id is None and isinstance(answer, types.messages.ChannelMessages):
        connection.client.channel_read(peer.channel_id, answer.pts)
    whole = isinstance(answer, types.messages.Messages)
    return {"messages": _page(answer, connection), "has_more": not whole and len(answer.messages) >= limit}


async def around(connection: LiveConnection, peer: InputPeer, message_id: int, *, limit: int) -> Wire:
    """A message with what stands before and after it: {messages: newest last, has_more, has_newer}. One call.

    A message that is not there any more leaves its surroundings.
    """
    newer = limit // 2
    answer = await connection.call(_history_request(peer, _behind(message_id), limit, add_offset=-newer))
    found = _page(answer, connection)
    after = sum(1 for one in found if one["id"] > message_id)
    return {"messages": found, "has_more": len(found) - after >= limit - newer, "has_newer": after >= newer}


async def after(connection: LiveConnection, peer: InputPeer, message_id: int, *, limit: int) -> Wire:
    """The messages that follow one: {messages: newest last, has_more: True, has_newer}. One call."""
    request = _history_request(peer, _behind(message_id), limit, add_offset=-limit, min_id=message_id)
    found = _page(await connection.call(request), connection)
    return {"messages": found, "has_more": True, "has_newer": len(found) >= limit}


async def fetch_messages(connection: LiveConnection, peer: InputPeer, message_ids: Sequence[int]) -> list[Found]:
    """Messages of a chat by their ids; what is not there, or is another chat's, is left out. One call."""
    wanted = [types.InputMessageID(message_id) for message_id in message_ids]
    if isinstance(peer, types.InputPeerChannel):
        channel = input_channel(peer)
        answer = await connection.call(functions.channels.GetMessagesRequest(channel, wanted))
    else:
        answer = await connection.call(functions.messages.GetMessagesRequest(wanted))
    return [found for found in found_in(answer) if _key(found.message.peer_id) == _key(peer)]


async def fetch_message(connection: LiveConnection, peer: InputPeer, message_id: int) -> Found | None:
    """One message of a chat; None when it is not there. One call."""
    return next(iter(await fetch_messages(connection, peer, [message_id])), None)


async def newest(connection: LiveConnection, peer: InputPeer, *, limit: int = SEARCHED) -> list[Found]:
    """A chat's newest messages, newest first. One call.

    Raises:
        TelegramBusy, TelegramRefused, TelegramAway, SessionEnded, AccountClosed.
    """
    return list(found_in(await connection.call(_history_request(peer, 0, limit))))


async def previews(connection: LiveConnection) -> dict[str, Wire]:
    """What an account's newest chats show in a list: a call a hundred chats, at most PREVIEWED.

    {previews: the newest message, drafts: what is typed, marked_unread: true} by chat id, each where there is such.
    """
    found: dict[str, Wire] = {"previews": {}, "drafts": {}, "marked_unread": {}}
    place = _Place()
    while len(found["previews"]) < PREVIEWED:
        answer = await connection.call(place.request())
        if isinstance(answer, types.messages.DialogsNotModified):
            break
        for one in list(found_in(answer)):
            found["previews"][connection.chat_of(one.message.peer_id)] = shown(one, connection)
        _add_marks(found, answer, connection)
        if isinstance(answer, types.messages.Dialogs) or not place.move(answer, connection):
            break
    return found


def _add_marks(found: dict[str, Wire], answer: Any, connection: LiveConnection) -> None:
    for dialog in answer.dialogs:
        chat_id = connection.chat_of(dialog.peer)
        if getattr(dialog, "unread_mark", False):
            found["marked_unread"][chat_id] = True
        if (draft := draft_of(dialog)) is not None:
            found["drafts"][chat_id] = draft


def messages_in(updates: Any) -> list[Found]:
    """The messages that Telegram's answer to a change carries; there may be none though the change was made."""
    entities = people_in(updates)
    carried = [update.message for update in updates_in(updates) if isinstance(update, _WITH_MESSAGE)]
    return [Found(message=message, entities=entities) for message in carried if messages.is_message(message)]


def shown(found: Found, connection: LiveConnection) -> Wire:
    """As it travels; its chat is remembered, for when Telegram says that a message of this number was deleted."""
    if connection.place_of(found.message.id) is None:
        connection.remember_place(found.message.id, mark_of(found.message.peer_id))
    return found.to_wire(connection)


class _Place:
    """Where a walk through the dialogs stands. Pinned ones come with the first page and are left out of the others."""

    def __init__(self) -> None:
        self._date: datetime | None = None
        self._message_id = 0
        self._peer: Any = types.InputPeerEmpty()

    def request(self) -> Any:
        return functions.messages.GetDialogsRequest(
            offset_date=self._date,
            offset_id=self._message_id,
            offset_peer=self._peer,
            limit=_PAGE,
            hash=0,
            exclude_pinned=self._message_id != 0 or None,
        )

    def move(self, answer: Any, connection: LiveConnection) -> bool:
        """Go on after the last dialog that has a message; False when there is none to go on from."""
        newest = {_key(message.peer_id): message for message in answer.messages if messages.is_message(message)}
        for dialog in reversed(answer.dialogs):
            last = newest.get(_key(dialog.peer))
            peer = connection.peers.input_peer(mark_of(dialog.peer))
            if last is not None and peer is not None and last.id != self._message_id:
                self._date, self._message_id, self._peer = last.date, last.id, peer
                return True
        return False


def _history_request(peer: InputPeer, before_id: int, limit: int, *, add_offset: int = 0, min_id: int = 0) -> Any:
    return functions.messages.GetHistoryRequest(
        peer=peer,
        offset_id=before_id,
        offset_date=None,
        add_offset=add_offset,
        limit=limit,
        max_id=0,
        min_id=min_id,
        hash=0,
    )


def _behind(message_id: int) -> int:
    return min(message_id + 1, _LARGEST_ID)


def _page(answer: Any, connection: LiveConnection) -> list[Wire]:
    """An answer's messages as they travel, newest last."""
    return [shown(one, connection) for one in reversed(list(found_in(answer)))]


def found_in(answer: Any) -> Iterator[Found]:
    """An answer's messages with who they mention, in its order."""
    entities = messages.entities_of(answer.users, answer.chats)
    return (Found(message=message, entities=entities) for message in answer.messages if messages.is_message(message))


def _key(peer: Any) -> tuple[str, int]:
    for name in ("user_id", "chat_id", "channel_id"):
        number = getattr(peer, name, None)
        if number is not None:
            return name, number
    return "", 0
