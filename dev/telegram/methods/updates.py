"""updates.*: catching up on what was missed."""

from datetime import datetime

from telethon.tl import types

from dev.telegram.methods.call import Call, date_given, method
from dev.telegram.methods.peers import reached_channel
from dev.telegram.refusals import Refused
from dev.telegram.tl import Tl
from dev.telegram.views import dialog_tl, mentioned, message_tl, messages_of, state_tl, update_tl
from dev.telegram.world.boxes import Dialog, Event, EventKind, Message, Peer, PeerKind
from dev.telegram.world.people import Channel, User

_PAGE = 100


@method("updates.GetState")
def get_state(call: Call) -> Tl:
    """Where the caller's box stands."""
    return state_tl(call.me, call.now)


@method("updates.GetDifference")
def get_difference(call: Call) -> Tl:
    """What happened since the client's pts, at most 100 events at once, and which channels moved since its date."""
    me, request = call.me, call.request
    if request.pts <= 0:
        raise Refused("PERSISTENT_TIMESTAMP_EMPTY")
    if me.box.pts - request.pts > call.service.rules.difference_reach:
        return types.updates.DifferenceTooLong(me.box.pts)
    events = me.box.since(request.pts)
    is_slice, events = len(events) > _PAGE, events[:_PAGE]
    moved = [] if is_slice else _moved_channels(call, date_given(request.date))
    if not events and not moved:
        return types.updates.DifferenceEmpty(call.now, 0)
    messages, updates, shown = _told(events, me, None)
    # With the chats, so that their access hashes arrive: a client cannot ask for a channel it has no hash of.
    users, chats = mentioned(call.world, me, shown, [channel.peer for channel in moved])
    updates += [types.UpdateChannelTooLong(channel.id, channel.box.pts) for channel in moved]
    state = state_tl(me, call.now)
    if is_slice:
        state.pts = events[-1].pts
        return types.updates.DifferenceSlice(messages, [], updates, chats, users, state)
    return types.updates.Difference(messages, [], updates, chats, users, state)


def _moved_channels(call: Call, since: datetime | None) -> list[Channel]:
    """The caller's channels whose newest message is not older than that."""
    if since is None:
        return []
    dialogs = call.me.dialogs.items()
    recent = [peer for peer, dialog in dialogs if dialog.top_id and dialog.top_at and dialog.top_at >= since]
    return [call.world.channels[peer.id] for peer in recent if peer.kind is PeerKind.CHANNEL]


def _told(events: list[Event], me: User, channel: Channel | None) -> tuple[list[Tl], list[Tl], list[Message]]:
    """New messages and other updates as TL, and every message either shows."""
    messages: list[Tl] = []
    updates: list[Tl] = []
    shown: list[Message] = []
    for event in events:
        carried = messages_of(event, me, channel)
        shown += carried
        if event.kind is EventKind.NEW:
            messages += [message_tl(message, me) for message in carried]
        elif (update := update_tl(event, me, channel)) is not None:
            updates.append(update)
    return messages, updates, shown


@method("updates.GetChannelDifference")
def get_channel_difference(call: Call) -> Tl:
    """The same for one channel, and when to ask again. Too far behind: the newest page and where the channel stands."""
    me, channel, request = call.me, reached_channel(call, call.request.channel), call.request
    events, poll_after_s = channel.box.since(request.pts), call.service.rules.poll_after_s
    if not events:
        return types.updates.ChannelDifferenceEmpty(pts=channel.box.pts, final=True, timeout=poll_after_s)
    limit = min(request.limit, _PAGE)
    if len(events) > call.service.rules.channel_difference_reach:
        return _too_long(call, channel, limit)
    is_final, events = len(events) <= limit, events[:limit]
    messages, updates, shown = _told(events, me, channel)
    users, chats = mentioned(call.world, me, shown, [channel.peer])
    return types.updates.ChannelDifference(
        pts=events[-1].pts,
        new_messages=messages,
        other_updates=updates,
        chats=chats,
        users=users,
        final=is_final,
        timeout=poll_after_s,
    )


def _too_long(call: Call, channel: Channel, limit: int) -> Tl:
    me, peer = call.me, Peer(PeerKind.CHANNEL, channel.id)
    newest = list(channel.box.messages.values())[-limit:]
    users, chats = mentioned(call.world, me, newest, [peer])
    return types.updates.ChannelDifferenceTooLong(
        dialog=dialog_tl(call.world, peer, me.dialogs.get(peer, Dialog())),
        messages=[message_tl(message, me) for message in newest],
        chats=chats,
        users=users,
        final=True,
        timeout=call.service.rules.poll_after_s,
    )
