"""channels.*: what there is to read of supergroups and broadcast channels, and their members."""

from datetime import datetime

from telethon.tl import types

from dev.telegram.methods.call import Call, method
from dev.telegram.methods.peers import reached_channel
from dev.telegram.refusals import Refused
from dev.telegram.tl import Tl
from dev.telegram.views import admin_rights_tl, banned_rights_tl, channel_tl, user_tl
from dev.telegram.world.boxes import Dialog
from dev.telegram.world.people import Channel, Group, Role, User

_MEMBERS_PAGE = 200


@method("channels.GetFullChannel")
def get_full_channel(call: Call) -> Tl:
    """A channel with its member count, and for its admins the link that invites into it."""
    channel = reached_channel(call, call.request.channel)
    dialog = call.me.dialogs.get(channel.peer, Dialog())
    invite = invite_tl(channel) if channel.invite_link and channel.is_admin(call.me.id) else None
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


def invite_tl(chat: Channel | Group) -> Tl:
    """The link that invites into a group or channel."""
    return types.ChatInviteExported(
        link=chat.invite_link, admin_id=chat.creator_id, date=chat.created_at, permanent=True
    )


@method("channels.GetParticipants")
def get_participants(call: Call) -> Tl:
    """A page of at most 200 members; of a broadcast channel for its admins only."""
    me, channel, request = call.me, reached_channel(call, call.request.channel), call.request
    if channel.broadcast and not channel.is_admin(me.id):
        raise Refused("CHAT_ADMIN_REQUIRED")
    wanted = (getattr(request.filter, "q", "") or "").lower()
    people = [call.world.users[user_id] for user_id in _chosen(channel, request.filter, call.now)]
    matching = [user for user in people if wanted in user.name.lower()]
    page = matching[request.offset : request.offset + min(request.limit, _MEMBERS_PAGE)]
    is_whole = len(matching) == len(channel.members)
    count = channel.member_count if is_whole else len(matching)
    members = [_participant(channel, user) for user in page]
    return types.channels.ChannelParticipants(count, members, [], [user_tl(user, me) for user in page])


def _chosen(channel: Channel, filter_: Tl, at: datetime) -> list[int]:
    match filter_:
        case types.ChannelParticipantsAdmins():
            return [user_id for user_id in channel.members if channel.is_admin(user_id)]
        case types.ChannelParticipantsKicked():
            return channel.banned_at(at)
        case _:
            return list(channel.members)


def _participant(channel: Channel, user: User) -> Tl:
    role, rank = channel.members.get(user.id), channel.ranks.get(user.id)
    rights = admin_rights_tl(channel.rights_of(user.id))
    match role:
        case Role.CREATOR:
            return types.ChannelParticipantCreator(user.id, rights, rank=rank)
        case Role.ADMIN:
            made_by, since = channel.creator_id, channel.created_at
            return types.ChannelParticipantAdmin(user.id, made_by, since, rights, can_edit=True, rank=rank)
        case Role.MEMBER:
            return types.ChannelParticipant(user.id, channel.created_at)
        case None:
            banned = banned_rights_tl(["view_messages"])
            peer = types.PeerUser(user.id)
            return types.ChannelParticipantBanned(peer, channel.creator_id, channel.created_at, banned, left=True)
