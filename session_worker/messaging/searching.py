"""Telegram's own search, in one chat and across an account's chats. Words and results are in memory only.

What Telegram's service account wrote is never among the results, nor counted: a search that answers "found" would tell
a login code digit by digit.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from telethon.tl import functions, types

from chalicelib.kernel.errors import Invalid
from session_worker.connections.connection import LiveConnection
from session_worker.connections.dialogs import kind_of, knows, title_of
from session_worker.messaging.history import Found, found_in, shown
from session_worker.telegram.messages import TELEGRAM_ITSELF, is_withheld
from session_worker.telegram.peers import InputPeer, mark_of

WITHHELD_PAGES: Final = 5
"""Pages of nothing but withheld messages that are walked over before a search is called finished."""
_CURSOR: Final = re.compile(r"^(\d{1,10})\.(-?\d{1,14})\.(\d{1,10})$", re.ASCII)

Wire = dict[str, Any]


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

    One call; more only to get over messages that are withheld.

    Raises:
        TelegramBusy, TelegramRefused, TelegramAway, SessionEnded, AccountClosed.
    """
    if isinstance(peer, types.InputPeerUser) and peer.user_id == TELEGRAM_ITSELF:
        return {"messages": [], "has_more": False}
    offset_id = before_id or 0
    for _ in range(WITHHELD_PAGES):
        answer = await connection.call(_in_chat_request(peer, wanted, offset_id, limit))
        has_more = not isinstance(answer, types.messages.Messages) and len(answer.messages) >= limit
        told = _told(found_in(answer))
        if told or not has_more:
            return {"messages": [shown(one, connection) for one in told], "has_more": has_more}
        offset_id = answer.messages[-1].id
    return {"messages": [], "has_more": False}


async def everywhere(connection: LiveConnection, wanted: Wanted, place: "Place", *, limit: int) -> Wire:
    """A page of an account's messages: {hits: [{chat_id, title, kind, message}], next_cursor}, newest first.

    Hits in chats that were not read yet are left out: nobody could open them. One call, more only over such pages.

    Raises:
        TelegramBusy, TelegramRefused, TelegramAway, SessionEnded, AccountClosed.
    """
    for _ in range(WITHHELD_PAGES):
        answer = await connection.call(place.request(connection, wanted, limit))
        further = place.after(answer)
        found = [one for one in _told(found_in(answer)) if knows(connection.peers, mark_of(one.message.peer_id))]
        if found or further is None:
            hits = [_hit(one, connection) for one in found]
            return {"hits": hits, "next_cursor": None if further is None else further.write()}
        place = further
    return {"hits": [], "next_cursor": None}


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
        last = answer.messages[-1]
        rate = getattr(answer, "next_rate", None) or int(last.date.timestamp())
        return Place(rate=rate, marked=mark_of(last.peer_id), message_id=last.id)


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
    return functions.messages.SearchRequest(
        peer=peer,
        q=wanted.words,
        filter=_FILTERS[wanted.kind](),
        min_date=None,
        max_date=None,
        offset_id=offset_id,
        add_offset=0,
        limit=limit,
        max_id=0,
        min_id=0,
        hash=0,
    )
