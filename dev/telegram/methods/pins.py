"""messages.UpdatePinnedMessage: what stands on top of a chat."""

from telethon.tl import types

from dev.telegram.methods.call import Call, method
from dev.telegram.methods.peers import reached
from dev.telegram.refusals import Refused
from dev.telegram.tl import Tl
from dev.telegram.views import mentioned, update_tl
from dev.telegram.world.boxes import EventKind, Message
from dev.telegram.world.people import Channel, User
from dev.telegram.world.writing import Notice, all_copies, told


@method("messages.UpdatePinnedMessage")
def update_pinned_message(call: Call) -> Tl:
    """Pin a message for everybody in the chat, or unpin it; in a channel only its admins may."""
    me, request = call.me, call.request
    chat = reached(call, request.peer)
    owner = chat if isinstance(chat, Channel) else me
    message = owner.box.messages.get(request.id)
    if message is None or message.peer != chat.peer:
        raise Refused("MESSAGE_ID_INVALID")
    if isinstance(chat, Channel) and not chat.is_admin(me.id):
        raise Refused("CHAT_ADMIN_REQUIRED")
    notices = _pinned(call, owner, message, is_pinned=not request.unpin)
    call.service.tell(notices, skip=call.line)
    users, chats = mentioned(call.world, me, [message])
    update = update_tl(notices[0].event, me, notices[0].channel)
    return types.Updates([update], users, chats, call.now, 0)


def _pinned(call: Call, owner: User | Channel, message: Message, *, is_pinned: bool) -> list[Notice]:
    kind = EventKind.PINNED if is_pinned else EventKind.UNPINNED
    notices: list[Notice] = []
    for box_owner, copy in all_copies(call.world, owner, message):
        copy.pinned = is_pinned
        event = box_owner.box.record(kind, message_ids=[copy.id], peer=copy.peer)
        notices += told(call.world, box_owner, event)
    return notices
