"""channels.*: supergroups and broadcast channels, their members and links."""

from telethon.tl import types

from dev.telegram.methods.call import Call, method
from dev.telegram.methods.peers import found, reached, reached_channel
from dev.telegram.refusals import Refused
from dev.telegram.tl import Tl
from dev.telegram.views import channel_tl, user_tl
from dev.telegram.world.boxes import Dialog
from dev.telegram.world.people import Channel, Group, Role, User

_MEMBERS_PAGE = 200


@method("channels.GetFullChannel")
def get_full_channel(call: Call) -> Tl:
    """A channel with its member count, and for its admins the link that invites into it."""
    channel = reached_channel(call, call.request.channel)
    dialog = call.me.dialogs.get(channel.peer, Dialog())
    invite = _invite_tl(channel) if channel.invite_link and channel.is_admin(call.me.id) else None
    full = types.ChannelFull(
        id=channel.id,
        about=channel.about,
        read_inbox_max_id=dialog.read_in,
        read_outbox_max_id=dialog.read_out,
        unread_count=dialog.unread,
        chat_photo=types.PhotoEmpty(0),
        notify_settings=types.PeerNotifySettings(),
        bot_info=[],
        pts=channel.box.pts,
        can_view_participants=not channel.broadcast or channel.is_admin(call.me.id),
        participants_count=channel.member_count,
        slowmode_seconds=channel.slow_mode_s or None,
        exported_invite=invite,
    )
    return types.messages.ChatFull(full, [channel_tl(channel, call.me)], [])


def _invite_tl(chat: Channel | Group) -> Tl:
    return types.ChatInviteExported(
        link=chat.invite_link, admin_id=chat.creator_id, date=chat.created_at, permanent=True
    )


@method("messages.ExportChatInvite")
def export_chat_invite(call: Call) -> Tl:
    """Make a new invite link; the old one is void."""
    chat, me = reached(call, call.request.peer), call.me
    if isinstance(chat, User):
        raise Refused("PEER_ID_INVALID")
    may = chat.is_admin(me.id) if isinstance(chat, Channel) else chat.creator_id == me.id
    if not may:
        raise Refused("CHAT_ADMIN_REQUIRED")
    chat.invite_link = "https://t.me/+" + call.service.rng.randbytes(8).hex()
    return _invite_tl(chat)


@method("channels.GetParticipants")
def get_participants(call: Call) -> Tl:
    """A page of at most 200 members; of a broadcast channel for its admins only."""
    me, channel, request = call.me, reached_channel(call, call.request.channel), call.request
    if channel.broadcast and not channel.is_admin(me.id):
        raise Refused("CHAT_ADMIN_REQUIRED")
    wanted = getattr(request.filter, "q", "").lower()
    people = [call.world.users[user_id] for user_id in channel.members]
    matching = [user for user in people if wanted in user.name.lower()]
    page = matching[request.offset : request.offset + min(request.limit, _MEMBERS_PAGE)]
    count = len(matching) if wanted else channel.member_count
    members = [_participant(channel, user) for user in page]
    return types.channels.ChannelParticipants(count, members, [], [user_tl(user, me) for user in page])


def _participant(channel: Channel, user: User) -> Tl:
    if channel.members[user.id] is Role.CREATOR:
        return types.ChannelParticipantCreator(user.id, types.ChatAdminRights())
    return types.ChannelParticipant(user.id, channel.created_at)


@method("channels.CreateChannel")
def create_channel(call: Call) -> Tl:
    """Found a supergroup, or a broadcast channel unless `megagroup` is set."""
    request = call.request
    channel = call.world.add_channel(
        request.title, call.me, at=call.now, broadcast=not request.megagroup, about=request.about
    )
    return types.Updates([types.UpdateChannel(channel.id)], [], [channel_tl(channel, call.me)], call.now, 0)


@method("channels.InviteToChannel")
def invite_to_channel(call: Call) -> Tl:
    """Make people members."""
    channel = reached_channel(call, call.request.channel)
    for named in call.request.users:
        user = found(call, named)
        if isinstance(user, User) and user.id not in channel.members:
            call.world.join(channel, user)
            call.service.push(user, [types.UpdateChannel(channel.id)], peers=[channel.peer])
    updates = types.Updates([types.UpdateChannel(channel.id)], [], [channel_tl(channel, call.me)], call.now, 0)
    return types.messages.InvitedUsers(updates, [])
