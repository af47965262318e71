"""Opening a message's file: from Telegram, chunk by chunk, into the transit bucket, and a short-lived link to it."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from weakref import WeakSet

from telethon.tl import types

from chalicelib.adapters import files
from chalicelib.adapters.files import LINK_S, PART_BYTES, Folder, Upload
from chalicelib.kernel import clock
from chalicelib.kernel.clock import Clock, utc_now
from chalicelib.kernel.errors import Fact, Invalid, NotFound, Unavailable
from chalicelib.kernel.ids import ChatId, ConnectionId
from chalicelib.kernel.problems import UnexpectedFault
from chalicelib.logs import log
from session_worker import metrics
from session_worker.connections.connection import LiveConnection
from session_worker.door import Door
from session_worker.hub import ConnectionKey
from session_worker.messaging import attachments, progress
from session_worker.messaging.history import Found, fetch_message
from session_worker.messaging.progress import TELL_EVERY_S
from session_worker.refusals import problem_of
from session_worker.telegram import messages
from session_worker.telegram.media import media_of
from session_worker.telegram.methods import GET_FILE
from session_worker.telegram.outcomes import TelegramRefused
from session_worker.telegram.peers import InputPeer
from session_worker.wire import Wire

MAX_BYTES: Final = attachments.MAX_BYTES
KEPT_S: Final = 1_800
"""So long an opened file serves later openings; then it is deleted."""
AT_ONCE: Final = 6
"""Files fetched at a time, each with at most two parts of the bucket's in memory."""
ANSWER_S: Final = 3
"""A browser is answered by then; how a longer fetch goes is told by `media.progress`."""
_CHUNK_S: Final = 30
_SWEEP_S: Final = 30
_GOODBYE_S: Final = 5
_REFERENCE_TRIES: Final = 2
_REFERENCE_IS_OLD: Final = ("FILE_REFERENCE_EXPIRED", "FILEREF_UPGRADE_NEEDED")

Name = tuple[ConnectionId, int]
"""A file as one connection knows it."""


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


@dataclass(slots=True, kw_only=True, eq=False)
class _Fetch:
    """A file on its way to the bucket. `task` ends with it stored; `watched`: the browsers were told to wait.

    `askers`: the sockets that want it, as far as they are still there.
    """

    connection: LiveConnection
    chat_id: ChatId
    message_id: int
    total: int
    done: int = 0
    watched: bool = False
    told_at: float = 0.0
    askers: WeakSet[object] = field(default_factory=WeakSet, repr=False)
    task: asyncio.Task[_Stored] = field(init=False, repr=False)

    def came(self, more: int) -> None:
        """So many bytes more are here."""
        self.done += more
        now = asyncio.get_running_loop().time()
        if self.watched and self.done < self.total and now - self.told_at >= TELL_EVERY_S:
            self.told_at = now
            self.tell(done=self.done)

    def tell(self, *, done: int, problem: Wire | None = None) -> None:
        """Have the member's browsers know."""
        progress.tell(
            self.connection, self.chat_id, message_id=self.message_id, done=done, total=self.total, problem=problem
        )


class MediaDesk:
    """Files on their way through, and their removal. Its owner starts and stops it."""

    def __init__(self, door: Door, now: Clock = utc_now) -> None:
        self._door = door
        self._now = now
        self._newest: dict[Name, _Stored] = {}
        self._stored: dict[str, _Stored] = {}
        self._fetches: dict[Name, _Fetch] = {}
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._sweeper: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to remove what is old."""
        self._sweeper = asyncio.create_task(self._sweep_for_ever(), name="transit sweep")

    async def stop(self) -> None:
        """Remove what is there, in bounded time; the bucket's own lifecycle removes what this leaves."""
        running: list[asyncio.Task[Any]] = [fetch.task for fetch in self._fetches.values()]
        if self._sweeper is not None:
            running.append(self._sweeper)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_GOODBYE_S):
                await self._sweep(float("inf"))

    async def open(
        self, connection: LiveConnection, chat_id: ChatId, peer: InputPeer, message_id: int, *, asker: object
    ) -> Wire:
        """A link to a message's file: {state: "ready", url, expires_at, name, size, mime}.

        What takes long is {state: "fetching", done, total}: `media.progress` tells how it goes on, and once it says
        that all is done, asking again gives the link. `asker`: the socket that wants it.

        Raises:
            NotFound: no such message in the chat, or nothing is attached that could be opened.
            MediaTooLarge: over MAX_BYTES; nothing was fetched.
            TelegramBusy, TelegramAway, TelegramRefused, SessionEnded, AccountClosed.
        """
        found = await fetch_message(connection, peer, message_id)
        file = None if found is None or messages.is_withheld(found.message) else file_of(found.message)
        if found is None or file is None:
            raise NotFound
        name = (connection.key.connection_id, file.id)
        stored = self._reusable(name)
        if stored is None:
            fetch = self._fetches.get(name) or self._begin(name, connection, chat_id, peer, found)
            fetch.askers.add(asker)
            await asyncio.wait({fetch.task}, timeout=ANSWER_S)
            if not fetch.task.done():
                fetch.watched = True
                return {"state": "fetching", "done": fetch.done, "total": fetch.total}
            if fetch.task.cancelled():
                raise Unavailable("The file is not being fetched any longer.", retry_after_s=1)
            stored = fetch.task.result()
        return self._link(stored)

    def leave(self, key: ConnectionKey, chat_id: ChatId, message_id: int, *, asker: object) -> None:
        """Fetch a message's file no further, unless another socket wants it; what is in the bucket of it is dropped.

        Nothing happens where none is fetched.
        """
        for fetch in self._fetches.values():
            if fetch.connection.key == key and (fetch.chat_id, fetch.message_id) == (chat_id, message_id):
                fetch.askers.discard(asker)
                if not fetch.askers:
                    fetch.watched = False
                    fetch.task.cancel()

    def _link(self, stored: _Stored) -> Wire:
        url = stored.folder.link(stored.key, file_name=stored.name, content_type=stored.mime)
        expires_at = clock.to_wire(self._now() + timedelta(seconds=LINK_S))
        about = {"name": stored.name, "size": stored.size, "mime": stored.mime}
        return {"state": "ready", "url": url, "expires_at": expires_at, **about}

    def _reusable(self, name: Name) -> _Stored | None:
        stored = self._newest.get(name)
        left_s = 0.0 if stored is None else stored.until - asyncio.get_running_loop().time()
        return stored if left_s > LINK_S else None

    def _begin(self, name: Name, connection: LiveConnection, chat_id: ChatId, peer: InputPeer, found: Found) -> _Fetch:
        described = media_of(found.message) or {}
        if described["size"] > MAX_BYTES:
            raise MediaTooLarge(f"At most {MAX_BYTES // 1024 // 1024:,} MB.")
        fetch = _Fetch(connection=connection, chat_id=chat_id, message_id=found.message.id, total=described["size"])
        fetch.task = asyncio.create_task(self._bring(fetch, peer, found, described), name="media fetch")
        fetch.task.add_done_callback(lambda _: self._ended(name, fetch))
        self._fetches[name] = fetch
        metrics.FILES_FETCHED.add()
        return fetch

    def _ended(self, name: Name, fetch: _Fetch) -> None:
        self._fetches.pop(name, None)
        if fetch.task.cancelled():
            return
        crash = fetch.task.exception()
        if crash is None:
            self._keep(name, fetch.task.result())
        elif not isinstance(crash, Fact):
            log.error("media.crashed", crash=crash)
        if fetch.watched:
            problem = None if crash is None else problem_of(crash if isinstance(crash, Fact) else UnexpectedFault())
            fetch.tell(done=fetch.total if crash is None else fetch.done, problem=problem)

    def _keep(self, name: Name, stored: _Stored) -> None:
        """What it replaces stays until its own time, since links lead to it."""
        self._newest[name] = self._stored[stored.key] = stored

    async def _bring(self, fetch: _Fetch, peer: InputPeer, found: Found, described: Wire) -> _Stored:
        connection, mime = fetch.connection, described["mime"] or "application/octet-stream"
        folder = files.transit(connection.key.workspace_id)
        key = folder.new_key()
        with connection.errand():
            async with (
                self._turns,
                self._place(folder, key, mime) as upload,
                contextlib.aclosing(_chunks(connection, peer, found)) as chunks,
            ):
                size = await self._pour(fetch, chunks, upload)
        until = asyncio.get_running_loop().time() + KEPT_S
        return _Stored(folder=folder, key=key, name=described["name"], size=size, mime=mime, until=until)

    @contextlib.asynccontextmanager
    async def _place(self, folder: Folder, key: str, mime: str) -> AsyncIterator[Upload]:
        """Begin to store a file; nothing of it stays where the block does not end well, or is not even reached."""
        beginning = asyncio.create_task(self._door.call(folder.upload, key, content_type=mime), name="transit upload")
        try:
            yield await asyncio.shield(beginning)
        except BaseException:
            await asyncio.shield(self._drop(beginning))
            raise

    async def _drop(self, beginning: asyncio.Task[Upload]) -> None:
        await asyncio.wait({beginning})
        if beginning.exception() is None:
            await self._door.call(beginning.result().abort)

    async def _pour(self, fetch: _Fetch, chunks: AsyncIterator[bytes], upload: Upload) -> int:
        """At most one part is in memory, and its copy while it is stored."""
        part = bytearray()
        async for chunk in chunks:
            part += chunk
            fetch.came(len(chunk))
            metrics.FILE_BYTES.add(len(chunk))
            if fetch.done > MAX_BYTES:
                raise MediaTooLarge
            if len(part) >= PART_BYTES:
                await self._door.call(upload.part, bytes(part))
                part.clear()
        if part or fetch.done == 0:
            await self._door.call(upload.part, bytes(part))
        await self._door.call(upload.finish)
        return fetch.done

    async def _sweep_for_ever(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP_S)
            await self._sweep(asyncio.get_running_loop().time())

    async def _sweep(self, now: float) -> None:
        self._newest = {name: stored for name, stored in self._newest.items() if stored.until > now}
        for stored in [stored for stored in self._stored.values() if stored.until <= now]:
            try:
                await self._door.call(stored.folder.delete, stored.key)
            except Exception as crash:  # noqa: BLE001 - the border of a unit of work; the next sweep tries again
                log.warning("media.not_deleted", exception_type=type(crash).__qualname__)
                continue
            self._stored.pop(stored.key, None)


def file_of(message: Any) -> types.Photo | types.Document | None:
    """What is attached to a message and could be fetched."""
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
        async with connection.asking(GET_FILE):  # what is refused here was never begun, and Telethon can't close it
            download = connection.client.iter_download(file_of(found.message), offset=offset)
        try:
            while True:
                async with connection.asking(GET_FILE), asyncio.timeout(_CHUNK_S):
                    chunk = await anext(download, None)
                if chunk is None:
                    return
                offset += len(chunk)
                yield bytes(chunk)
        except TelegramRefused as refusal:
            if refusal.error_name not in _REFERENCE_IS_OLD:
                raise
            renewed = await fetch_message(connection, peer, found.message.id)
            if renewed is None or attempt == _REFERENCE_TRIES:
                raise
            found = renewed
        finally:
            await download.close()
