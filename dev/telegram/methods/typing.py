"""messages.SetTyping: what others see of somebody who is writing."""

from collections.abc import Iterable

from telethon.tl import types

from dev.telegram.methods.call import Call, method
from dev.telegram.methods.peers import reached
from dev.telegram.service import Service
from dev.telegram.tl import Tl
from dev.telegram.views import peer_tl
from dev.telegram.world.people import Channel, Chat, Group, User


@method("messages.SetTyping")
def set_typing(call: Call) -> bool:
    """Show the others in a chat that the caller is writing there, or no longer is."""
    show(call.service, call.me, reached(call, call.request.peer), call.request.action)
    return True


def show(service: Service, writer: User, chat: Chat, action: Tl | None = None) -> None:
    """Show the others that somebody is writing. As at Telegram nothing of it is kept, and nobody's name comes along."""
    action = action or types.SendMessageTypingAction()
    match chat:
        case Channel():
            if not chat.broadcast:
                update = types.UpdateChannelUserTyping(chat.id, peer_tl(writer.peer), action)
                _whisper(service, chat.members, writer, update)
        case Group():
            _whisper(service, chat.members, writer, types.UpdateChatUserTyping(chat.id, peer_tl(writer.peer), action))
        case User():
            _whisper(service, [chat.id], writer, types.UpdateUserTyping(writer.id, action))


def _whisper(service: Service, readers: Iterable[int], writer: User, update: Tl) -> None:
    for reader_id in readers:
        if reader_id != writer.id:
            service.whisper(service.world.users[reader_id], update)
