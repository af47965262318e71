"""Requests about files of messages."""

from session_worker.gateway.desks.reach import Answers, Reach, Wire
from session_worker.gateway.frames import Id, MessageId, Request


class MediaOpen(Request, frozen=True, tag="media.open"):
    """A short-lived link to a message's file."""

    chat_id: Id
    message_id: MessageId


def answers(reach: Reach) -> Answers:
    """What answers them."""
    return {MediaOpen: lambda request: _open(reach, request)}


async def _open(reach: Reach, request: MediaOpen) -> Wire:
    connection, peer = await reach.chat(request.chat_id)
    return await reach.rooms.media.open(connection, peer, request.message_id)
