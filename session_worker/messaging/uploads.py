"""Files from browsers to Telegram: put up into the transit bucket by a form, from there in parts, and then removed.

A browser names its file by a number we gave it. The key in the bucket is made of that number, the member's workspace
and the member, so that nobody can name a file of somebody else's: a foreign number is one that does not exist.
"""

import asyncio
import hashlib
import math
import re
import secrets
from collections.abc import Coroutine, Iterable
from datetime import timedelta
from typing import Any, Final

from telethon import utils
from telethon.tl import TLRequest, functions, types

from chalicelib.adapters import files
from chalicelib.adapters.files import LINK_S, Folder
from chalicelib.kernel import clock
from chalicelib.kernel.clock import Clock, utc_now
from chalicelib.kernel.errors import Invalid, NotFound
from chalicelib.logs import log
from session_worker import metrics
from session_worker.connections.connection import LiveConnection
from session_worker.door import Door
from session_worker.messaging import attachments, progress
from session_worker.messaging.attachments import PART_BYTES, Attachment, Kind, UploadUnreadable
from session_worker.messaging.open_uploads import OpenUploads
from session_worker.messaging.orders.media import MediaOrder
from session_worker.messaging.progress import TELL_EVERY_S
from session_worker.messaging.turns import Member, Turns
from session_worker.telegram.outcomes import TelegramAway, TelegramBusy, TelegramRefused
from session_worker.wire import Wire

AT_ONCE: Final = 6
"""Strides of files that are in memory at a time, on their way to Telegram."""
OF_MEMBER: Final = 2
"""So many of them may be one member's: however much they send, the files of others go on beside it."""
STRIDE_BYTES: Final = 4 * PART_BYTES
"""So much is read from the bucket at once, and its parts are sent side by side."""
LEFT_BEHIND: Final = timedelta(hours=23)
"""What nobody sent or took back goes after that; the bucket's own rule removes what a dead worker left."""
SWEEP_S: Final = 3_600
_SMALL_BYTES: Final = 10 * 1024 * 1024
"""Up to here Telegram wants a checksum. Source: https://core.telegram.org/api/files, uploading files."""
_PART_S: Final = 60
_TRIES: Final = 6
_FIRST_WAIT_S: Final = 0.5
_LONGEST_WAIT_S: Final = 60
_UNREADABLE: Final = ("IMAGE_", "PHOTO_")
"""How Telegram's words begin for pictures it can't show. Source: https://core.telegram.org/method/messages.uploadMedia."""
_NAME: Final = re.compile(r"[0-9a-f]{32}")


class UploadChanged(Invalid):
    """Another file was put in its place while it was on its way; nothing was sent."""

    code = "upload-changed"
    title = "This file was replaced while it was being sent. Attach it again."


class Uploads:
    """Files that are put up, on their way, and left behind. Its owner starts and stops it."""

    def __init__(self, door: Door, now: Clock = utc_now) -> None:
        self._door = door
        self._now = now
        self._turns = Turns(at_once=AT_ONCE, of_member=OF_MEMBER)
        self._open = OpenUploads()
        self._goodbyes: set[asyncio.Task[None]] = set()
        self._sweeper: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to remove what was left behind."""
        self._sweeper = asyncio.create_task(self._sweep_for_ever(), name="upload sweep")

    async def stop(self) -> None:
        """Let removals under way end."""
        if self._sweeper is not None:
            self._sweeper.cancel()
            await asyncio.gather(self._sweeper, return_exceptions=True)
        await asyncio.gather(*self._goodbyes, return_exceptions=True)

    def form(self, member: Member, *, kind: Kind, mime: str, size: int) -> Wire:
        """Where the browser posts a file: {upload_id, url, fields, expires_at}. For five minutes, that type and size.

        Raises:
            UploadEmpty, UploadTooLarge, UploadTypeUnfit: it could not be sent; no form was made.
            UploadTooMany: MAX_OPEN wait.
        """
        attachments.require_fit(kind, mime, size)
        upload_id = secrets.token_hex(16)
        self._open.add(member, upload_id)
        folder = files.put_up(*member)
        made = folder.upload_form(folder.key_of(upload_id), content_type=mime, max_bytes=size)
        expires_at = clock.to_wire(self._now() + timedelta(seconds=LINK_S))
        return {"upload_id": upload_id, "url": made.url, "fields": dict(made.fields), "expires_at": expires_at}

    async def discard(self, member: Member, upload_ids: Iterable[str]) -> None:
        """Remove what was put up; what is not there, or not the member's, is removed already. A call each."""
        folder = files.put_up(*member)
        for upload_id in upload_ids:
            self._open.remove(member, upload_id)
            if _NAME.fullmatch(upload_id):
                await self._door.call(folder.delete, folder.key_of(upload_id))

    def let_go(self, member: Member, upload_ids: Iterable[str]) -> None:
        """As `discard`, without waiting."""
        removal = asyncio.create_task(self._discard_quietly(member, list(upload_ids)), name="upload removal")
        self._goodbyes.add(removal)
        removal.add_done_callback(self._goodbyes.discard)

    async def carry(self, connection: LiveConnection, order: MediaOrder) -> list[Any]:
        """Bring an order's files to Telegram, one after the other; gives what the request names them by.

        Browsers hear `media.progress` on the way. At most STRIDE_BYTES of it are in memory, and nothing while it waits.

        Raises:
            NotFound: a file is not there, or is not the member's.
            UploadTooLarge, UploadTypeUnfit: what was put up can't be sent as what it should be.
            UploadChanged: it has another size than when this began.
            UploadUnreadable: it is no picture that Telegram can show.
            TelegramBusy, TelegramAway, TelegramRefused, SessionEnded, AccountClosed.
        """
        folder = files.put_up(connection.key.workspace_id, connection.key.user_id)
        found = [await self._facts(folder, attachment) for attachment in order.attachments]
        way = _Way(connection, order, sum(size for size, _ in found))
        peer = connection.require_peer(order.chat_id)
        carried = []
        for attachment, (size, mime) in zip(order.attachments, found, strict=True):
            file = await self._bring(connection, folder, attachment, size, way)
            media = attachments.media_of(attachment, file, mime)
            is_asked_first = order.parts > 1 or attachment.kind is Kind.PHOTO
            carried.append(await _standing(connection, peer, media) if is_asked_first else media)
        return carried

    async def _facts(self, folder: Folder, attachment: Attachment) -> tuple[int, str]:
        known = None
        if _NAME.fullmatch(attachment.upload_id):
            known = await self._door.call(folder.facts, folder.key_of(attachment.upload_id))
        if known is None:
            raise NotFound
        size, mime = known
        attachments.require_fit(attachment.kind, mime, size)
        return size, mime

    async def _bring(
        self, connection: LiveConnection, folder: Folder, attachment: Attachment, size: int, way: "_Way"
    ) -> Any:
        parcel = _Parcel(folder.key_of(attachment.upload_id), attachment.name, size)
        for offset in range(0, size, STRIDE_BYTES):
            await self._stride(connection, folder, parcel, offset)
            way.came(min(STRIDE_BYTES, size - offset))
        return parcel.made()

    async def _stride(self, connection: LiveConnection, folder: Folder, parcel: "_Parcel", offset: int) -> None:
        """Carry one stride. A line that breaks or a wait that Telegram asks for begins it anew, but not the file."""
        for attempt in range(1, _TRIES + 1):
            try:
                await self._stride_once(connection, folder, parcel, offset)
            except (TelegramBusy, TelegramAway) as pause:
                wait_s = _wait_s(pause, attempt)
            else:
                return
            await asyncio.sleep(wait_s)  # out here, where no exception holds what was read

    async def _stride_once(self, connection: LiveConnection, folder: Folder, parcel: "_Parcel", offset: int) -> None:
        async with self._turns.turn((connection.key.workspace_id, connection.key.user_id)):
            stride = await self._door.call(folder.piece, parcel.key, offset, STRIDE_BYTES)
            await _all(_save(connection, request) for request in parcel.requests(stride, offset))
            parcel.note(stride)

    async def _discard_quietly(self, member: Member, upload_ids: list[str]) -> None:
        try:
            await self.discard(member, upload_ids)
        except Exception as crash:  # noqa: BLE001 - the border of a unit of work; the sweep removes what stays
            log.warning("upload.not_deleted", exception_type=type(crash).__qualname__)

    async def _sweep_for_ever(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_S)
            try:
                removed = await self._door.call(files.sweep_transit, self._now() - LEFT_BEHIND)
            except Exception as crash:  # noqa: BLE001 - the border of a unit of work; the next sweep tries again
                log.warning("transit.not_swept", exception_type=type(crash).__qualname__)
            else:
                metrics.TRANSIT_SWEPT.add(removed)
            self._open.forget_old()


class _Parcel:
    """One file of the bucket as it is handed to Telegram in parts, and what names it there in the end."""

    def __init__(self, key: str, name: str, size: int) -> None:
        self.key = key
        self._file_id = secrets.randbits(63)
        self._name = name
        self._size = size
        self._total = math.ceil(size / PART_BYTES)
        self._is_small = size <= _SMALL_BYTES
        self._checksum = hashlib.md5(usedforsecurity=False)

    def requests(self, stride: bytes, offset: int) -> list[TLRequest]:
        """The parts of a stride. Raises UploadChanged where it is not what should stand at that offset."""
        if len(stride) != min(STRIDE_BYTES, self._size - offset):
            raise UploadChanged
        parts = [stride[at : at + PART_BYTES] for at in range(0, len(stride), PART_BYTES)]
        return [self._request(number, part) for number, part in enumerate(parts, start=offset // PART_BYTES)]

    def note(self, stride: bytes) -> None:
        """A stride is at Telegram. Called once for each, in order."""
        if self._is_small:
            self._checksum.update(stride)

    def made(self) -> Any:
        """How requests name the whole file."""
        if self._is_small:
            return types.InputFile(self._file_id, self._total, self._name, self._checksum.hexdigest())
        return types.InputFileBig(self._file_id, self._total, self._name)

    def _request(self, number: int, content: bytes) -> TLRequest:
        """Of a small file Telegram does not ask how many parts it has."""
        if self._is_small:
            return functions.upload.SaveFilePartRequest(self._file_id, number, content)
        return functions.upload.SaveBigFilePartRequest(self._file_id, number, self._total, content)


class _Way:
    """How far an order has come; tells the member's browsers now and then, and at the end."""

    def __init__(self, connection: LiveConnection, order: MediaOrder, total: int) -> None:
        self._connection = connection
        self._order = order
        self._total = total
        self._done = 0
        self._told_at = 0.0

    def came(self, more: int) -> None:
        """So many bytes more are at Telegram."""
        self._done += more
        now = asyncio.get_running_loop().time()
        if self._done < self._total and now - self._told_at < TELL_EVERY_S:
            return
        self._told_at = now
        order = self._order
        progress.tell(self._connection, order.chat_id, client_id=order.client_id, done=self._done, total=self._total)


async def _standing(connection: LiveConnection, peer: Any, media: Any) -> Any:
    """An uploaded file as one Telegram has, all that albums may be made of. It says now what it can't read."""
    try:
        made = await connection.call(functions.messages.UploadMediaRequest(peer, media), timeout_s=_PART_S)
    except TelegramRefused as refusal:
        if refusal.error_name.startswith(_UNREADABLE):
            raise UploadUnreadable from refusal
        raise
    return utils.get_input_media(made)


async def _save(connection: LiveConnection, part: TLRequest) -> None:
    await connection.call(part, timeout_s=_PART_S)
    metrics.FILE_BYTES.add(len(part.bytes))


def _wait_s(pause: TelegramBusy | TelegramAway, attempt: int) -> float:
    """Seconds until the next try. Raises the pause where that is too long, or this was the last try."""
    told_s = pause.retry_after_s if isinstance(pause, TelegramBusy) else 0
    wait_s: float = max(told_s, _FIRST_WAIT_S * 2**attempt)
    if attempt == _TRIES or wait_s > _LONGEST_WAIT_S:
        raise pause
    return wait_s


async def _all(works: Iterable[Coroutine[Any, Any, None]]) -> None:
    """Do them side by side; when one fails the others are called off before that is told."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
