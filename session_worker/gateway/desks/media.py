"""Requests about files: put up, sent, taken back, opened, and small pictures to look at."""

from typing import Annotated

import msgspec
from msgspec import Meta

from chalicelib.kernel.ids import ChatId, ClientId
from session_worker.gateway.desks.reach import Answers, Reach
from session_worker.gateway.frames import ClientName, Id, MessageId, Request
from session_worker.messaging import attachments
from session_worker.messaging.attachments import MAX_ALBUM, Attachment, Kind
from session_worker.messaging.orders.media import MediaOrder
from session_worker.messaging.outbox import SendState
from session_worker.wire import Wire

MAX_CAPTION_CHARACTERS = 1_024
"""Telegram's own limit. Source: https://core.telegram.org/api/config, caption_length_limit_default."""
MAX_NAME_CHARACTERS = 255
_LARGEST = 2**31 - 1

Size = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Number = Annotated[int, Meta(ge=0, le=_LARGEST)]
Mime = Annotated[str, Meta(pattern=r"^[a-z]+/[a-z0-9][a-z0-9.+-]*$", max_length=100)]
UploadId = Annotated[str, Meta(max_length=64)]
Upload = Annotated[list[UploadId], Meta(min_length=1, max_length=MAX_ALBUM)]


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One file of a message. Sides in pixels and the length in seconds as far as the browser knows them."""

    upload_id: UploadId
    kind: Kind
    name: Annotated[str, Meta(min_length=1, max_length=MAX_NAME_CHARACTERS)]
    caption: Annotated[str, Meta(max_length=MAX_CAPTION_CHARACTERS)] = ""
    width: Number = 0
    height: Number = 0
    duration_s: Number = 0


class MediaUpload(Request, frozen=True, tag="media.upload"):
    """A form to put a file up by, to be sent as `kind`. `size` in bytes."""

    kind: Kind
    mime: Mime
    size: Size


class MediaDiscard(Request, frozen=True, tag="media.discard"):
    """Remove files that were put up and are not to be sent."""

    upload_ids: Upload


class MediaSend(Request, frozen=True, tag="media.send"):
    """Send files that were put up, several as one album: once, however often this is repeated with a `client_id`."""

    chat_id: Id
    client_id: ClientName
    files: Annotated[list[File], Meta(min_length=1, max_length=MAX_ALBUM)]
    reply_to_id: MessageId | None = None


class MediaCancel(Request, frozen=True, tag="media.cancel"):
    """Take files back that are on their way, unless Telegram was told to show them. They are removed then."""

    chat_id: Id
    client_id: ClientName
    upload_ids: Upload


class MediaOpen(Request, frozen=True, tag="media.open"):
    """A short-lived link to a message's file."""

    chat_id: Id
    message_id: MessageId


class MediaLeave(Request, frozen=True, tag="media.leave"):
    """Do not go on with fetching a message's file, unless another socket waits for it."""

    chat_id: Id
    message_id: MessageId


class MediaThumb(Request, frozen=True, tag="media.thumb"):
    """A small picture of a message's photo or video."""

    chat_id: Id
    message_id: MessageId


class ChatFace(Request, frozen=True, tag="chat.face"):
    """A chat's own picture, small."""

    chat_id: Id


def answers(reach: Reach) -> Answers:
    """What answers them."""
    return {
        MediaUpload: lambda request: _upload(reach, request),
        MediaDiscard: lambda request: _discard(reach, request),
        MediaSend: lambda request: _send(reach, request),
        MediaCancel: lambda request: _cancel(reach, request),
        MediaOpen: lambda request: _open(reach, request),
        MediaLeave: lambda request: _leave(reach, request),
        MediaThumb: lambda request: _thumb(reach, request),
        ChatFace: lambda request: _face(reach, request),
    }


async def _upload(reach: Reach, request: MediaUpload) -> Wire:
    return reach.rooms.uploads.form(reach.member, kind=request.kind, mime=request.mime, size=request.size)


async def _discard(reach: Reach, request: MediaDiscard) -> Wire:
    await reach.rooms.uploads.discard(reach.member, request.upload_ids)
    return {}


async def _send(reach: Reach, request: MediaSend) -> Wire:
    """What is found sent before needs its files no more, so they go then as well."""
    uploads, member = reach.rooms.uploads, reach.member
    connection = await reach.connection_of(ChatId(request.chat_id))
    order = MediaOrder(
        chat_id=ChatId(request.chat_id),
        client_id=ClientId(request.client_id),
        attachments=tuple(_attachment(file) for file in request.files),
        reply_to_id=request.reply_to_id,
        carry=uploads.carry,
        on_sent=lambda order: uploads.let_go(member, [one.upload_id for one in order.attachments]),
    )
    attachments.require_album(order.attachments)
    answer = await reach.rooms.outbound.send(connection, order)
    if answer["state"] == SendState.SENT:
        uploads.let_go(member, [one.upload_id for one in order.attachments])
    return answer


def _attachment(file: File) -> Attachment:
    return Attachment(
        upload_id=file.upload_id,
        kind=file.kind,
        name=file.name,
        caption=file.caption,
        width=file.width,
        height=file.height,
        duration_s=file.duration_s,
    )


async def _cancel(reach: Reach, request: MediaCancel) -> Wire:
    connection, _ = await reach.chat(request.chat_id)
    is_withdrawn = await reach.rooms.outbound.withdraw(connection, ClientId(request.client_id))
    if is_withdrawn:
        await reach.rooms.uploads.discard(reach.member, request.upload_ids)
    return {"is_withdrawn": is_withdrawn}


async def _open(reach: Reach, request: MediaOpen) -> Wire:
    connection, peer = await reach.chat(request.chat_id)
    return await reach.rooms.media.open(connection, ChatId(request.chat_id), peer, request.message_id, asker=reach)


async def _leave(reach: Reach, request: MediaLeave) -> Wire:
    connection, _ = await reach.chat(request.chat_id)
    reach.rooms.media.leave(connection.key, ChatId(request.chat_id), request.message_id, asker=reach)
    return {}


async def _thumb(reach: Reach, request: MediaThumb) -> Wire:
    connection, peer = await reach.chat(request.chat_id)
    return await reach.rooms.pictures.thumb(connection, peer, request.message_id)


async def _face(reach: Reach, request: ChatFace) -> Wire:
    connection, peer = await reach.chat(request.chat_id)
    return await reach.rooms.pictures.face(connection, ChatId(request.chat_id), peer)
