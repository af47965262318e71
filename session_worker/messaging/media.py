"""Opening a message's file: from Telegram, chunk by chunk, into the transit bucket, and a short-lived link to it."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from telethon import errors
from telethon.tl import types

from chalicelib.adapters import files
from chalicelib.adapters.files import LINK_S, PART_BYTES, Folder, Upload
from chalicelib.kernel import clock
from chalicelib.kernel.clock import Clock, utc_now
from chalicelib.kernel.errors import Invalid, NotFound
from chalicelib.kernel.ids import ConnectionId
from chalicelib.logs import log
from session_worker.connections.connection import LiveConnection
from session_worker.door import Door
from session_worker.messaging.history import Found, fetch_message
from session_worker.telegram import messages, outcomes
from session_worker.telegram.peers import InputPeer

MAX_BYTES: Final = 50 * 1024 * 1024
KEPT_S: Final = 1_800
"""So long an opened file serves later openings; then it is deleted."""
AT_ONCE: Final = 4
"""Files fetched at a time; the same file asked for twice at once takes the same turn, and is fetched once."""
_CHUNK_S: Final = 30
_SWEEP_S: Final = 30
_GOODBYE_S: Final = 5
_REFERENCE_TRIES: Final = 2

Wire = dict[str, Any]


class MediaTooLarge(Invalid):
    """The file is larger than what we carry."""

    code = "media-too-large"
    title = "This file is too large to be opened here. Open it in Telegram."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    folder: Folder
    key: str
    name: str
    size: int
    mime: str
    until: float


class MediaDesk:
    """Files on their way through, and their removal. Its owner starts and stops it."""

    def __init__(self, door: Door, now: Clock = utc_now) -> None:
        self._door = door
        self._now = now
        self._stored: dict[tuple[ConnectionId, int], _Stored] = {}
        self._turns = [asyncio.Lock() for _ in range(AT_ONCE)]
        self._sweeper: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to remove what is old."""
        self._sweeper = asyncio.create_task(self._sweep_for_ever(), name="transit sweep")

    async def stop(self) -> None:
        """Remove what is there, in bounded time; the bucket's own lifecycle removes what this leaves."""
        if self._sweeper is not None:
            self._sweeper.cancel()
            await asyncio.gather(self._sweeper, return_exceptions=True)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_GOODBYE_S):
                await self._sweep(float("inf"))

    async def open(self, connection: LiveConnection, peer: InputPeer, message_id: int) -> Wire:
        """A link to a message's file: {url, expires_at, name, size, mime}.

        Raises:
            NotFound: no such message in the chat, or nothing is attached that could be opened.
            MediaTooLarge: over MAX_BYTES; nothing was fetched.
        """
        found = await fetch_message(connection, peer, message_id)
        file = None if found is None or messages.is_withheld(found.message) else _file_of(found.message)
        if found is None or file is None:
            raise NotFound
        async with self._turns[file.id % AT_ONCE]:
            stored = self._reusable(connection, file.id) or await self._bring(connection, peer, found)
            self._stored[connection.key.connection_id, file.id] = stored
        url = stored.folder.link(stored.key, file_name=stored.name, content_type=stored.mime)
        expires_at = clock.to_wire(self._now() + timedelta(seconds=LINK_S))
        return {"url": url, "expires_at": expires_at, "name": stored.name, "size": stored.size, "mime": stored.mime}

    def _reusable(self, connection: LiveConnection, file_id: int) -> _Stored | None:
        stored = self._stored.get((connection.key.connection_id, file_id))
        left_s = 0.0 if stored is None else stored.until - asyncio.get_running_loop().time()
        return stored if left_s > LINK_S else None

    async def _bring(self, connection: LiveConnection, peer: InputPeer, found: Found) -> _Stored:
        described = messages.media_of(found.message) or {}
        if described["size"] > MAX_BYTES:
            raise MediaTooLarge(f"At most {MAX_BYTES // 1024 // 1024} MB.")
        mime = described["mime"] or "application/octet-stream"
        folder = files.transit(connection.key.workspace_id)
        key = folder.new_key()
        upload = await self._door.call(folder.upload, key, content_type=mime)
        try:
            async with contextlib.aclosing(_chunks(connection, peer, found)) as chunks:
                size = await self._pour(chunks, upload)
        except BaseException:
            await asyncio.shield(self._door.call(upload.abort))
            raise
        until = asyncio.get_running_loop().time() + KEPT_S
        return _Stored(folder=folder, key=key, name=described["name"], size=size, mime=mime, until=until)

    async def _pour(self, chunks: AsyncIterator[bytes], upload: Upload) -> int:
        """At most one part is in memory."""
        part, size = bytearray(), 0
        async for chunk in chunks:
            part += chunk
            size += len(chunk)
            if size > MAX_BYTES:
                raise MediaTooLarge
            if len(part) >= PART_BYTES:
                await self._door.call(upload.part, bytes(part))
                part.clear()
        if part or size == 0:
            await self._door.call(upload.part, bytes(part))
        await self._door.call(upload.finish)
        return size

    async def _sweep_for_ever(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP_S)
            await self._sweep(asyncio.get_running_loop().time())

    async def _sweep(self, now: float) -> None:
        for name, stored in list(self._stored.items()):
            if stored.until > now:
                continue
            try:
                await self._door.call(stored.folder.delete, stored.key)
            except Exception as crash:  # noqa: BLE001 - the border of a unit of work; the next sweep tries again
                log.warning("media.not_deleted", exception_type=type(crash).__qualname__)
                continue
            self._stored.pop(name, None)


def _file_of(message: Any) -> types.Photo | types.Document | None:
    media = getattr(message, "media", None)
    if isinstance(media, types.MessageMediaPhoto) and isinstance(media.photo, types.Photo):
        return media.photo
    if isinstance(media, types.MessageMediaDocument) and isinstance(media.document, types.Document):
        return media.document
    return None


async def _chunks(connection: LiveConnection, peer: InputPeer, found: Found) -> AsyncGenerator[bytes, None]:
    """The file's bytes in order. A file reference that ran out is renewed by fetching the message again."""
    offset = 0
    for attempt in range(1, _REFERENCE_TRIES + 1):
        download = connection.client.iter_download(_file_of(found.message), offset=offset)
        try:
            while True:
                async with asyncio.timeout(_CHUNK_S):
                    chunk = await anext(download, None)
                if chunk is None:
                    return
                offset += len(chunk)
                yield bytes(chunk)
        except (errors.FileReferenceExpiredError, errors.FilerefUpgradeNeededError) as expired:
            renewed = await fetch_message(connection, peer, found.message.id)
            if renewed is None or attempt == _REFERENCE_TRIES:
                raise outcomes.fact_of(expired) from expired
            found = renewed
        except (errors.RPCError, OSError, EOFError, TimeoutError) as error:
            raise outcomes.fact_of(error) from error
        finally:
            await download.close()
