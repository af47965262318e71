"""messages.*Scheduled*: messages that wait for their time, and their sending when it has come."""

from collections.abc import Sequence
from datetime import timedelta

from telethon.tl import types

from dev.telegram.methods.call import Call, method
from dev.telegram.methods.peers import reached
from dev.telegram.refusals import Refused
from dev.telegram.service import Line, Service
from dev.telegram.tl import Tl
from dev.telegram.views import mentioned, message_tl, peer_tl
from dev.telegram.world import scheduling
from dev.telegram.world.boxes import Message, Peer, Sent
from dev.telegram.world.people import Channel, Chat, User
from dev.telegram.world.writing import Draft, Written

SOON = timedelta(seconds=10)
"""What is scheduled for sooner than that is sent at once."""
_LATEST = timedelta(days=365)
_MOST_OF_CHAT = 100


def is_put_off(call: Call) -> bool:
    """Whether the request wants its message sent later. Raises Refused when that is too far off."""
    at = getattr(call.request, "schedule_date", None)
    if at is None or at <= call.now + SOON:
        return False
    if at > call.now + _LATEST:
        raise Refused("SCHEDULE_DATE_TOO_LATE")
    return True


def put_off(call: Call, to: Chat, draft: Draft, random_id: int) -> Tl:
    """Keep a message for later: the updates its writer gets. Raises Refused."""
    me = call.me
    if sum(one.peer == to.peer for one in me.scheduled.values()) >= _MOST_OF_CHAT:
        raise Refused("SCHEDULE_TOO_MUCH")
    message = scheduling.schedule(me, to, draft, call.request.schedule_date)
    me.sent[random_id] = Sent(to.peer, message.id, 0, is_scheduled=True)
    _tell_new(call, message)
    return announced(call, random_id, message)


def announced(call: Call, random_id: int, message: Message) -> Tl:
    """What the writer of a scheduled message is answered."""
    users, chats = mentioned(call.world, call.me, [message])
    new = types.UpdateNewScheduledMessage(message_tl(message, call.me))
    return types.Updates([types.UpdateMessageID(message.id, random_id), new], users, chats, call.now, 0)


def edit(call: Call, message: Message, draft: Draft) -> Tl:
    """Change what waits, or when it is sent."""
    message.text, message.entities = draft.text, list(draft.entities)
    message.sent_at = call.request.schedule_date.replace(microsecond=0)
    _tell_new(call, message)
    users, chats = mentioned(call.world, call.me, [message])
    update = types.UpdateNewScheduledMessage(message_tl(message, call.me))
    return types.Updates([update], users, chats, call.now, 0)


@method("messages.GetScheduledHistory")
def get_scheduled_history(call: Call) -> Tl:
    """Everything of a chat that waits, the next one last."""
    chat = reached(call, call.request.peer)
    waiting = [one for one in call.me.scheduled.values() if one.peer == chat.peer]
    return _listed(call, sorted(waiting, key=lambda one: (one.sent_at, one.id), reverse=True), chat)


@method("messages.GetScheduledMessages")
def get_scheduled_messages(call: Call) -> Tl:
    """Those of the ids that still wait."""
    chat = reached(call, call.request.peer)
    return _listed(call, [one for one in map(call.me.scheduled.get, call.request.id) if one is not None], chat)


@method("messages.SendScheduledMessages")
def send_scheduled_messages(call: Call) -> Tl:
    """Send now what was to be sent later."""
    chat, me = reached(call, call.request.peer), call.me
    written = send_now(call.service, me, _chosen(call, chat), written_on=call.line)
    users, chats = mentioned(call.world, me, [one.message for one in written])
    new = types.UpdateNewChannelMessage if isinstance(chat, Channel) else types.UpdateNewMessage
    updates = [new(message_tl(one.message, me), one.pts, 1) for one in written]
    gone = types.UpdateDeleteScheduledMessages(peer_tl(chat.peer), list(call.request.id))
    return types.Updates([gone, *updates], users, chats, call.now, 0)


@method("messages.DeleteScheduledMessages")
def delete_scheduled_messages(call: Call) -> Tl:
    """Forget what was to be sent."""
    chat, me = reached(call, call.request.peer), call.me
    for message in _chosen(call, chat):
        del me.scheduled[message.id]
    gone = types.UpdateDeleteScheduledMessages(peer_tl(chat.peer), list(call.request.id))
    call.service.push(me, [gone], peers=[chat.peer], skip=call.line)
    users, chats = mentioned(call.world, me, peers=[chat.peer])
    return types.Updates([gone], users, chats, call.now, 0)


def send_due(service: Service) -> None:
    """Send everything whose time has come."""
    for user, message in scheduling.due(service.world, service.clock()):
        send_now(service, user, [message])


def send_now(
    service: Service, user: User, messages: Sequence[Message], *, written_on: Line | None = None
) -> list[Written]:
    """Send what was scheduled. All sessions hear that it waits no longer, but for the one that asked for it."""
    written = []
    by_peer: dict[Peer, list[int]] = {}
    for message in messages:
        del user.scheduled[message.id]
        by_peer.setdefault(message.peer, []).append(message.id)
        chat = service.world.chat(message.peer)
        if chat is not None:
            written.append(service.deliver(user, chat, scheduling.draft_of(message), written_on=written_on))
    for peer, ids in by_peer.items():
        gone = types.UpdateDeleteScheduledMessages(peer_tl(peer), ids)
        service.push(user, [gone], peers=[peer], skip=written_on)
    return written


def _chosen(call: Call, chat: Chat) -> list[Message]:
    """What the request names. Raises Refused when any of it does not wait in that chat."""
    chosen = [call.me.scheduled.get(one) for one in call.request.id]
    if not chosen or any(one is None or one.peer != chat.peer for one in chosen):
        raise Refused("MESSAGE_ID_INVALID")
    return [one for one in chosen if one is not None]


def _listed(call: Call, messages: list[Message], chat: Chat) -> Tl:
    users, chats = mentioned(call.world, call.me, messages, [chat.peer])
    shown = [message_tl(message, call.me) for message in messages]
    return types.messages.Messages(messages=shown, topics=[], chats=chats, users=users)


def _tell_new(call: Call, message: Message) -> None:
    update = types.UpdateNewScheduledMessage(message_tl(message, call.me))
    call.service.push(call.me, [update], messages=[message], skip=call.line)
