"""Small pictures over the gateway: previews of photos and videos, and faces of chats. In memory only, bounded.

They are fetched when somebody looks, through that person's own connection. A face that lies in another data centre is
shown by the few bytes that came with its chat: a line there costs 60 ms of CPU for a key, an inbox shows dozens.
"""

import asyncio
from collections import OrderedDict
from typing import Any, Final

from telethon import utils
from telethon.tl import types

from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.ids import ChatId, ConnectionId
from session_worker.connections.connection import LiveConnection
from session_worker.connections.entities import entity_of
from session_worker.messaging.history import fetch_message
from session_worker.messaging.media import file_of
from session_worker.telegram import messages
from session_worker.telegram.methods import GET_FILE
from session_worker.telegram.outcomes import TelegramRefused
from session_worker.telegram.peers import InputPeer
from session_worker.telegram.previews import data_url, stripped, whole
from session_worker.wire import Wire

MAX_BYTES: Final = 192 * 1024
"""A larger picture is no preview; it is opened like any file."""
KEPT_BYTES: Final = 16 * 1024 * 1024
"""All pictures that this process remembers."""
FACE_FRESH_S: Final = 6 * 3_600
AT_ONCE: Final = 4
_FETCH_S: Final = 15
_WANTED: Final = ("m", "x", "s")
"""Up to 320, 800 and 100 pixels, the best first. Source: https://core.telegram.org/api/files, image thumbnails."""
_PART_KB: Final = 64
_ENTRY_BYTES: Final = 200
"""What remembering that there is no picture takes."""

Name = tuple[ConnectionId, str, object]


class Pictures:
    """The small pictures of this process."""

    def __init__(self) -> None:
        self._known: OrderedDict[Name, tuple[str | None, float]] = OrderedDict()
        self._bytes = 0
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def thumb(self, connection: LiveConnection, peer: InputPeer, message_id: int) -> Wire:
        """A preview of a message's photo or video: {data: a data: URL, or null where there is none}. Two calls, once.

        Raises:
            NotFound: no such message in the chat, or no file is attached to it.
            TelegramBusy, TelegramAway, TelegramRefused, SessionEnded, AccountClosed.
        """
        name: Name = (connection.key.connection_id, "thumb", (utils.get_peer_id(peer), message_id))
        known = self._fresh(name)
        if known is None:
            async with self._turns:
                found = await fetch_message(connection, peer, message_id)
                file = None if found is None or messages.is_withheld(found.message) else file_of(found.message)
                if file is None:
                    raise NotFound
                known = self._remember(name, await _preview(connection, file), float("inf"))
        return {"data": known[0]}

    async def face(self, connection: LiveConnection, chat_id: ChatId, peer: InputPeer) -> Wire:
        """A chat's picture: {data: a data: URL, or null where it has none}. Two calls, once in FACE_FRESH_S.

        Raises:
            TelegramBusy, TelegramAway, TelegramRefused, SessionEnded, AccountClosed.
        """
        name: Name = (connection.key.connection_id, "face", chat_id)
        known = self._fresh(name)
        if known is None:
            async with self._turns:
                until = asyncio.get_running_loop().time() + FACE_FRESH_S
                known = self._fresh(name) or self._remember(name, await _face(connection, peer), until)
        return {"data": known[0]}

    def _fresh(self, name: Name) -> tuple[str | None, float] | None:
        known = self._known.get(name)
        if known is None or known[1] < asyncio.get_running_loop().time():
            return None
        self._known.move_to_end(name)
        return known

    def _remember(self, name: Name, data: str | None, until: float) -> tuple[str | None, float]:
        before = self._known.pop(name, None)
        self._bytes -= 0 if before is None else _weight(before[0])
        self._known[name] = (data, until)
        self._bytes += _weight(data)
        while self._bytes > KEPT_BYTES:
            _, (gone, _) = self._known.popitem(last=False)
            self._bytes -= _weight(gone)
        return data, until


async def _preview(connection: LiveConnection, file: Any) -> str | None:
    is_photo = isinstance(file, types.Photo)
    sizes = file.sizes if is_photo else file.thumbs
    weights = {size.type: _bytes_of(size) for size in sizes or () if _bytes_of(size)}
    chosen = next((kind for kind in _WANTED if 0 < weights.get(kind, 0) <= MAX_BYTES), None)
    if chosen is None:
        return stripped(sizes)
    place = types.InputPhotoFileLocation if is_photo else types.InputDocumentFileLocation
    location = place(file.id, file.access_hash, file.file_reference, chosen)
    return await _fetched(connection, location, file.dc_id) or stripped(sizes)


async def _face(connection: LiveConnection, peer: InputPeer) -> str | None:
    photo = getattr(await entity_of(connection, peer), "photo", None)
    if not isinstance(photo, types.UserProfilePhoto | types.ChatPhoto):
        return None
    at_hand = None if photo.stripped_thumb is None else whole(photo.stripped_thumb)
    if photo.dc_id != connection.client.session.dc_id:
        return at_hand
    return await _fetched(connection, types.InputPeerPhotoFileLocation(peer, photo.photo_id), photo.dc_id) or at_hand


async def _fetched(connection: LiveConnection, location: Any, dc_id: int) -> str | None:
    """None where Telegram refuses it, its reference being old or the picture another: the preview at hand does."""
    try:
        async with connection.asking(GET_FILE), asyncio.timeout(_FETCH_S):
            content = await connection.client.download_file(location, bytes, part_size_kb=_PART_KB, dc_id=dc_id)
    except TelegramRefused:
        return None
    return data_url(content) if content and len(content) <= MAX_BYTES else None


def _bytes_of(size: Any) -> int:
    return int(getattr(size, "size", 0) or (getattr(size, "sizes", None) or [0])[-1])


def _weight(data: str | None) -> int:
    return _ENTRY_BYTES + len(data or "")
