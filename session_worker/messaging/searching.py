"""Telegram's own search, in one chat and across an account's chats. Words and results are in memory only.

What Telegram's service account wrote is never among the results, nor counted, and no page ends earlier or elsewhere for
it: a search that answers "found" would tell a login code digit by digit.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from telethon.tl import functions, types

from chalicelib.kernel.errors import Invalid
from session_worker.connections.connection import LiveConnection
from session_worker.connections.dialogs import kind_of, knows, title_of
from session_worker.messaging.asking import search_in
from session_worker.messaging.history import Found, found_in, shown
from session_worker.telegram.messages import TELEGRAM_ITSELF, is_withheld
from session_worker.telegram.peers import InputPeer, mark_of
from session_worker.wire import Wire

WITHHELD_PAGES: Final = 20
"""Pages that are walked over to fill one of ours; a search that finds more withheld messages is called finished."""
_FURTHER: Final = 100
"""Messages of a further page: the most Telegram gives."""
_CURSOR: Final = re.compile(r"^(\d{1,10})\.(-?\d{1,14})\.(\d{1,10})$", re.ASCII)


class Kind(StrEnum):
    """What is looked for: words in any message, or messages with something attached, with or without words."""

    TEXT = "text"
    PHOTOS = "photos"
    FILES = "files"
    LINKS = "links"


_FILTERS: Final = {
    Kind.TEXT: types.InputMessagesFilterEmpty,
    Kind.PHOTOS: types.InputMessagesFilterPhotoVideo,
    Kind.FILES: types.InputMessagesFilterDocument,
    Kind.LINKS: types.InputMessagesFilterUrl,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is searched for. Its repr shows no words."""

    words: str
    kind: Kind

    def __post_init__(self) -> None:
        if not self.words.strip() and self.kind is Kind.TEXT:
            raise Invalid("Say what to search for.")

    def __repr__(self) -> str:
        return f"Wanted(kind={self.kind})"


async def in_chat(
    connection: LiveConnection, peer: InputPeer, wanted: Wanted, *, before_id: int | None, limit: int
) -> Wire:
    """A page of a chat's messages: {messages: newest first, has_more}; the next page is before the last one's id.

    What it says depends on the messages told alone. One call; more only to get over messages that are withheld.

    Raises:
        TelegramBusy, TelegramRefused, TelegramAway, SessionEnded, AccountClosed.
    """
    if isinstance(peer, types.InputPeerUser) and peer.user_id == TELEGRAM_ITSELF:
        return {"messages": [], "has_more": False}
    offset_id, asked = before_id or 0, limit + 1
    told: list[Found] = []
    for _ in range(WITHHELD_PAGES):
        answer = await connection.call(_in_chat_request(peer, wanted, offset_id, asked))
        told += _told(found_in(answer))
        if len(told) > limit or isinstance(answer, types.messages.Messages) or len(answer.messages) < asked:
            break
        offset_id, asked = answer.messages[-1].id, _FURTHER
    return {"messages": [shown(one, connection) for one in told[:limit]], "has_more": len(told) > limit}


async def everywhere(connection: LiveConnection, wanted: Wanted, place: "Place", *, limit: int) -> Wire:
    """A page of an account's messages: {hits: [{chat_id, title, kind, message}], next_cursor}, newest first.

    Hits in chats that were not read yet are left out: nobody could open them. The cursor is made of the last message
    told, and there is one where another could be told. One call, more only over what is left out.

    Raises:
        TelegramBusy, TelegramRefused, TelegramAway, SessionEnded, AccountClosed.
    """
    asked = limit + 1
    told: list[Found] = []
    for _ in range(WITHHELD_PAGES):
        answer = await connection.call(place.request(connection, wanted, asked))
        told += [one for one in _told(found_in(answer)) if knows(connection.peers, mark_of(one.message.peer_id))]
        further = place.after(answer)
        if len(told) > limit or further is None:
            break
        place, asked = further, _FURTHER
    cursor = Place.behind(told[limit - 1].message).write() if len(told) > limit else None
    return {"hits": [_hit(one, connection) for one in told[:limit]], "next_cursor": cursor}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a search across chats goes on: Telegram's rate, and chat and id of the last message it told of."""

    rate: int = 0
    marked: int = 0
    message_id: int = 0

    @classmethod
    def read(cls, cursor: str | None) -> "Place":
        """The place of a cursor; the beginning when there is none.

        Raises:
            Invalid: not a cursor of a search.
        """
        if cursor is None:
            return cls()
        match = _CURSOR.match(cursor)
        if match is None:
            raise Invalid("This is not a cursor of a search.")
        rate, marked, message_id = map(int, match.groups())
        if max(rate, message_id) >= 2**31:
            raise Invalid("This is not a cursor of a search.")
        return cls(rate=rate, marked=marked, message_id=message_id)

    def write(self) -> str:
        """As a cursor."""
        return f"{self.rate}.{self.marked}.{self.message_id}"

    def request(self, connection: LiveConnection, wanted: Wanted, limit: int) -> Any:
        """Telegram's request for the page that begins here."""
        peer = connection.peers.input_peer(self.marked) if self.marked else None
        return functions.messages.SearchGlobalRequest(
            q=wanted.words,
            filter=_FILTERS[wanted.kind](),
            min_date=None,
            max_date=None,
            offset_rate=self.rate,
            offset_peer=peer or types.InputPeerEmpty(),
            offset_id=self.message_id,
            limit=limit,
        )

    def after(self, answer: Any) -> "Place | None":
        """Behind the last message of a page; None where it was the last page."""
        if isinstance(answer, types.messages.Messages) or not answer.messages:
            return None
        last = Place.behind(answer.messages[-1])
        return replace(last, rate=getattr(answer, "next_rate", None) or last.rate)

    @classmethod
    def behind(cls, message: Any) -> "Place":
        """Behind one message. Its date is its rate, as it is where Telegram gives none with a page."""
        return cls(rate=int(message.date.timestamp()), marked=mark_of(message.peer_id), message_id=message.id)


def _told(found: Iterable[Found]) -> list[Found]:
    return [one for one in found if not is_withheld(one.message)]


def _hit(found: Found, connection: LiveConnection) -> Wire:
    marked = mark_of(found.message.peer_id)
    chat = found.entities.get(marked)
    return {
        "chat_id": connection.peers.chat_id(marked),
        "title": title_of(chat),
        "kind": kind_of(chat),
        "message": shown(found, connection),
    }


def _in_chat_request(peer: InputPeer, wanted: Wanted, offset_id: int, limit: int) -> Any:
    return search_in(peer, _FILTERS[wanted.kind](), words=wanted.words, before_id=offset_id, limit=limit)
