"""Finding people, groups and channels by their public username, slowly: Telegram bans accounts that look up many.

Phone numbers are never looked up, and nobody's address book is imported.
"""

import asyncio
import math
import re
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any, Final

from telethon.tl import functions, types

from chalicelib.features.chats import use_cases as chats
from chalicelib.features.chats.model import ChatCard
from chalicelib.kernel.errors import ChatNotFound, Invalid, NotFound, TooMany
from chalicelib.kernel.ids import ChatId, ConnectionId
from session_worker.connections.connection import LiveConnection
from session_worker.connections.dialogs import chat_metadata, kind_of, title_of, username_of
from session_worker.door import Door
from session_worker.messaging.pacing import TokenBucket
from session_worker.telegram.outcomes import TelegramRefused
from session_worker.telegram.peers import mark_of
from session_worker.wire import Wire

LOOKUPS_AT_ONCE: Final = 3
LOOKUPS_PER_S: Final = 0.1
"""One in 10 s in the long run. Source: facts collected from clients; Telegram publishes no figure."""
REMEMBERED_NAMES: Final = 64
REMEMBERED_CONNECTIONS: Final = 500
KNOWN_FOR_S: Final = 24 * 60 * 60
UNKNOWN_FOR_S: Final = 10 * 60
_NAME: Final = re.compile(
    r"^(?:@|(?:https?://)?(?:www\.)?(?:t\.me|telegram\.me)/(?:s/)?)?([a-z][a-z0-9_]{3,31})(?:[/?#].*)?$",
    re.ASCII | re.IGNORECASE,
)
_NOT_NAMES: Final = frozenset({"joinchat", "addstickers", "addemoji", "share", "proxy", "socks", "login", "iv"})
"""First parts of links of Telegram's that are no usernames."""
_NOBODY: Final = frozenset({"USERNAME_NOT_OCCUPIED", "USERNAME_INVALID"})


class TelegramNameInvalid(Invalid):
    """What was typed is no public username and no link to one. Invite links are opened in Telegram."""

    code = "telegram-name-invalid"
    title = "This is not a public username or a link to one."


class TelegramNameUnknown(NotFound):
    """Nobody at Telegram has this public username."""

    code = "telegram-name-unknown"
    title = "Nobody has this username."


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """Who has a username, as Telegram told it. Its repr shows nobody."""

    marked: int
    entity: Any

    def __repr__(self) -> str:
        return "Somebody()"


@dataclass(slots=True)
class _Book:
    """One connection's lookups: its pace, and the answers it got with the moment they are too old."""

    pace: TokenBucket
    answers: OrderedDict[str, tuple[float, Somebody | None]] = field(default_factory=OrderedDict)


class People:
    """Looks usernames up for all connections of this task; answers are kept in memory for a day."""

    def __init__(self, *, at_once: int = LOOKUPS_AT_ONCE, per_s: float = LOOKUPS_PER_S) -> None:
        self._at_once = at_once
        self._per_s = per_s
        self._books: OrderedDict[ConnectionId, _Book] = OrderedDict()

    async def find(self, connection: LiveConnection, name: str) -> Somebody:
        """Who has a username; `name` may be a link to them. At most one call.

        Raises:
            TelegramNameInvalid: it is none.
            TelegramNameUnknown: nobody has it.
            TooMany: this account looked up too many lately, by our own pace or Telegram's word.
            TelegramAway, TelegramRefused, SessionEnded, AccountClosed.
        """
        username, book = username_in(name), self._book(connection)
        now = asyncio.get_running_loop().time()
        known = book.answers.get(username)
        if known is None or known[0] < now:
            if (wait_s := book.pace.take()) > 0:
                detail = "Telegram lets an account look up only few names. Wait a moment."
                raise TooMany(detail, retry_after_s=math.ceil(wait_s))
            found = await _asked(connection, username)
            known = now + (UNKNOWN_FOR_S if found is None else KNOWN_FOR_S), found
            book.answers[username] = known
            if len(book.answers) > REMEMBERED_NAMES:
                book.answers.popitem(last=False)
        if known[1] is None:
            raise TelegramNameUnknown
        return known[1]

    def forget(self, connection: LiveConnection, name: str) -> None:
        """Look the name up anew the next time: who has it was changed."""
        self._book(connection).answers.pop(username_in(name), None)

    def _book(self, connection: LiveConnection) -> _Book:
        key = connection.key.connection_id
        book = self._books.get(key)
        if book is None:
            book = self._books[key] = _Book(TokenBucket(burst=self._at_once, per_s=self._per_s))
            if len(self._books) > REMEMBERED_CONNECTIONS:
                self._books.popitem(last=False)
        self._books.move_to_end(key)
        return book


def username_in(name: str) -> str:
    """The username that somebody typed or a link leads to, in small letters.

    Raises:
        TelegramNameInvalid: there is none.
    """
    match = _NAME.match(name.strip())
    if match is None or match[1].lower() in _NOT_NAMES:
        raise TelegramNameInvalid
    return match[1].lower()


async def introduced(connection: LiveConnection, somebody: Somebody, *, door: Door) -> Wire:
    """Who it is, and the chat with them, which can be written to from now on. One read of the table.

    {chat_id, title, username, kind, is_listed, is_member, is_verified, is_suspect}. `is_listed`: the chat has a row.
    `is_member`: of a group or channel; with people it says nothing and is true. The chat's row is made by its first
    message.
    """
    marked, entity = somebody.marked, somebody.entity
    chat_id = connection.peers.chat_id(marked)
    is_listed = await _has_row(connection, chat_id, door)
    metadata = chat_metadata(marked, entity, None, connection, unread_count=0, pinned=False)
    if metadata is not None:
        connection.peers.add_chat(marked)
        if not is_listed:
            connection.remember_newcomer(metadata)
    return {
        "chat_id": chat_id,
        "title": title_of(entity),
        "username": username_of(entity),
        "kind": kind_of(entity),
        "is_listed": is_listed,
        "is_member": not getattr(entity, "left", False),
        "is_verified": bool(getattr(entity, "verified", False)),
        "is_suspect": bool(getattr(entity, "scam", False) or getattr(entity, "fake", False)),
    }


async def _has_row(connection: LiveConnection, chat_id: ChatId, door: Door) -> bool:
    """The peer book does not say: a chat that was looked up is in it before its first message."""
    viewer = connection.key.user_id
    try:
        card: ChatCard = await door.call(chats.card_for_connected, chat_id, viewer, tenant=connection.tenant)
    except ChatNotFound:
        return False
    return not card.is_excluded


async def _asked(connection: LiveConnection, username: str) -> Somebody | None:
    try:
        answer = await connection.call(functions.contacts.ResolveUsernameRequest(username))
    except TelegramRefused as refusal:
        if refusal.error_name in _NOBODY:
            return None
        raise
    marked = mark_of(answer.peer)
    wanted = answer.users if isinstance(answer.peer, types.PeerUser) else answer.chats
    number = getattr(answer.peer, "user_id", None) or getattr(answer.peer, "channel_id", None)
    entity = next((one for one in wanted if one.id == number), None)
    return None if entity is None else Somebody(marked=marked, entity=entity)
