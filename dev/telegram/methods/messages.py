"""messages.*: lists of chats, and of messages in one chat."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice

from telethon.tl import types

from dev.telegram.methods.call import Call, date_given, method
from dev.telegram.methods.channels import invite_tl
from dev.telegram.methods.peers import found, reached, reached_channel
from dev.telegram.tl import Tl
from dev.telegram.views import channel_tl, dialog_tl, group_tl, mentioned, message_tl, state_tl
from dev.telegram.world.boxes import Dialog, Message, Peer
from dev.telegram.world.people import Channel

_PAGE = 100
_LONG_AGO = datetime.fromtimestamp(0, UTC)

Listed = tuple[Peer, Dialog]


@method("messages.GetDialogs")
def get_dialogs(call: Call) -> Tl:
    """A page of at most 100 chats, newest first. Pinned ones lead the first page only."""
    request = call.request
    listed = [] if request.folder_id else [one for one in call.me.dialogs.items() if one[1].top_id]
    if request.exclude_pinned:
        listed = [one for one in listed if not one[1].pinned]
    listed.sort(key=_age, reverse=True)
    total = len(listed)
    if offset := date_given(request.offset_date):
        last = found(call, request.offset_peer)
        bound = (offset, request.offset_id, last.id if last else 0)
        listed = [one for one in listed if _age(one) < bound]
    else:
        listed.sort(key=lambda one: not one[1].pinned)
    page = listed[: min(request.limit or _PAGE, _PAGE)]
    parts = _dialogs(call, page)
    return types.messages.DialogsSlice(total, *parts) if total > len(page) else types.messages.Dialogs(*parts)


def _age(listed: Listed) -> tuple[datetime, int, int]:
    peer, dialog = listed
    return dialog.top_at or _LONG_AGO, dialog.top_id, peer.id


def _dialogs(call: Call, listed: list[Listed]) -> tuple[list[Tl], list[Tl], list[Tl], list[Tl]]:
    """Dialogs, their newest messages, chats, users."""
    world, me = call.world, call.me
    messages = [world.box_of(me, peer).messages[dialog.top_id] for peer, dialog in listed if dialog.top_id]
    users, chats = mentioned(world, me, messages, [peer for peer, _ in listed])
    dialogs = [dialog_tl(world, peer, dialog) for peer, dialog in listed]
    return dialogs, [message_tl(message, me) for message in messages], chats, users


@method("messages.GetPeerDialogs")
def get_peer_dialogs(call: Call) -> Tl:
    """The named chats as they stand in the list."""
    peers = [reached(call, named.peer).peer for named in call.request.peers]
    listed = [(peer, call.me.dialogs.get(peer, Dialog())) for peer in peers]
    return types.messages.PeerDialogs(*_dialogs(call, listed), state_tl(call.me, call.now))


@method("messages.GetPinnedDialogs")
def get_pinned_dialogs(call: Call) -> Tl:
    """The chats the caller keeps on top."""
    pinned = [one for one in call.me.dialogs.items() if one[1].pinned and one[1].top_id]
    return types.messages.PeerDialogs(*_dialogs(call, pinned), state_tl(call.me, call.now))


@method("messages.GetHistory")
def get_history(call: Call) -> Tl:
    """A page of a chat, newest first."""
    return page_of(call, lambda _: True)


def page_of(call: Call, matches: Callable[[Message], bool]) -> Tl:
    """A page of those messages of the named chat that match, newest first."""
    me, chat, request = call.me, reached(call, call.request.peer), call.request
    box = call.world.box_of(me, chat.peer)
    found_ = [one for one in reversed(box.messages.values()) if one.peer == chat.peer and matches(one)]
    within = [
        one
        for one in found_
        if (not request.max_id or one.id < request.max_id) and (not request.min_id or one.id > request.min_id)
    ]
    start = max(0, _skipped(within, request) + request.add_offset)
    page = list(islice(within, start, start + min(max(request.limit, 0), _PAGE)))
    users, chats = mentioned(call.world, me, page, [chat.peer])
    shown = [message_tl(message, me) for message in page]
    if isinstance(chat, Channel):
        return types.messages.ChannelMessages(
            pts=chat.box.pts, count=len(found_), messages=shown, topics=[], chats=chats, users=users
        )
    if len(found_) > len(page):
        return types.messages.MessagesSlice(count=len(found_), messages=shown, topics=[], chats=chats, users=users)
    return types.messages.Messages(messages=shown, topics=[], chats=chats, users=users)


def _skipped(newest_first: list[Message], request: Tl) -> int:
    """How many messages lie before the offset the request names by id, else by date."""
    if request.offset_id:
        return sum(message.id >= request.offset_id for message in newest_first)
    until = date_given(getattr(request, "offset_date", None)) or date_given(getattr(request, "max_date", None))
    return sum(message.sent_at >= until for message in newest_first) if until else 0


@method("messages.GetMessages", "channels.GetMessages")
def get_messages(call: Call) -> Tl:
    """Messages by id; ids that are gone come empty."""
    me = call.me
    box = reached_channel(call, call.request.channel).box if hasattr(call.request, "channel") else me.box
    ids = [named.id for named in call.request.id if isinstance(named, types.InputMessageID)]
    messages = [box.messages[message_id] for message_id in ids if message_id in box.messages]
    users, chats = mentioned(call.world, me, messages)
    shown = [
        message_tl(box.messages[message_id], me)
        if message_id in box.messages
        else types.MessageEmpty(id=message_id, peer_id=None)
        for message_id in ids
    ]
    return types.messages.Messages(messages=shown, topics=[], chats=chats, users=users)


@method("messages.GetChats")
def get_chats(call: Call) -> Tl:
    """The named basic groups the caller is in."""
    groups = [call.world.groups[chat_id] for chat_id in call.request.id if chat_id in call.world.groups]
    return types.messages.Chats([group_tl(group, call.me) for group in groups if call.me.id in group.members])


@method("messages.GetFullChat")
def get_full_chat(call: Call) -> Tl:
    """A basic group with its members."""
    group_peer = types.InputPeerChat(call.request.chat_id)
    group = call.world.groups[reached(call, group_peer).id]
    members = [
        types.ChatParticipantCreator(user_id)
        if user_id == group.creator_id
        else types.ChatParticipantAdmin(user_id, group.creator_id, group.created_at)
        if user_id in group.admins
        else types.ChatParticipant(user_id, group.creator_id, group.created_at)
        for user_id in group.members
    ]
    full = types.ChatFull(
        id=group.id,
        about=group.about,
        participants=types.ChatParticipants(group.id, members, version=1),
        notify_settings=types.PeerNotifySettings(),
        exported_invite=invite_tl(group) if group.invite_link and group.may(call.me.id, "ban_users") else None,
    )
    people = [call.world.users[user_id].peer for user_id in group.members]
    users, chats = mentioned(call.world, call.me, peers=[group.peer, *people])
    return types.messages.ChatFull(full, chats, users)


@method("channels.GetChannels")
def get_channels(call: Call) -> Tl:
    """The named channels, all of which the caller must be able to see."""
    channels = [reached_channel(call, named) for named in call.request.id]
    return types.messages.Chats([channel_tl(channel, call.me) for channel in channels])
