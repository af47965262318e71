"""Founding groups and channels, and what their members may change: titles, rights, members, links, as far as one may.

Every change is pushed to the members as Telegram does: `updateChannel`, or a basic group's list of participants.
"""

from collections.abc import Iterable

from telethon.tl import types

from dev.telegram.methods.call import Call, method
from dev.telegram.methods.channels import invite_tl
from dev.telegram.methods.peers import found, reached, reached_channel, reached_user
from dev.telegram.refusals import Refused
from dev.telegram.tl import Tl
from dev.telegram.views import channel_tl, group_tl, mentioned
from dev.telegram.world.people import Channel, Group, Role, User

_TITLE_LIMIT = 128
_ABOUT_LIMIT = 255
_SLOW_MODES_S = (0, 10, 30, 60, 300, 900, 3600)


@method("messages.CreateChat")
def create_chat(call: Call) -> Tl:
    """Found a basic group with at least one other member; those closed to strangers are told of and left out."""
    _demand_title(call.request.title)
    named = [user for one in call.request.users if isinstance(user := found(call, one), User)]
    if not named:
        raise Refused("USERS_TOO_FEW")
    members = [user for user in named if _is_open(call, user)]
    group = call.world.add_group(call.request.title, call.me, members, at=call.now)
    call.service.post(call.me, group, "The group was created.")
    missing = [types.MissingInvitee(user.id) for user in named if user not in members]
    return types.messages.InvitedUsers(_told(call, group), missing)


@method("channels.CreateChannel")
def create_channel(call: Call) -> Tl:
    """Found a supergroup, or a broadcast channel unless `megagroup` is set."""
    request = call.request
    _demand_title(request.title)
    channel = call.world.add_channel(
        request.title, call.me, at=call.now, broadcast=not request.megagroup, about=request.about
    )
    call.service.post(call.me, channel, "The group was created." if request.megagroup else "The channel was created.")
    return _told(call, channel)


@method("channels.EditTitle", "messages.EditChatTitle")
def edit_title(call: Call) -> Tl:
    """Call it otherwise."""
    chat = _managed(call, "change_info")
    _demand_title(call.request.title)
    if call.request.title == chat.title:
        raise Refused("CHAT_NOT_MODIFIED")
    chat.title = call.request.title
    return _told(call, chat)


@method("messages.EditChatAbout")
def edit_about(call: Call) -> bool:
    """Describe it otherwise."""
    chat = _managed(call, "change_info")
    if len(call.request.about) > _ABOUT_LIMIT:
        raise Refused("CHAT_ABOUT_TOO_LONG")
    if call.request.about == chat.about:
        raise Refused("CHAT_ABOUT_NOT_MODIFIED")
    chat.about = call.request.about
    _told(call, chat)
    return True


@method("messages.EditChatDefaultBannedRights")
def edit_default_banned_rights(call: Call) -> Tl:
    """What plain members may not do."""
    chat = _managed(call, "ban_users")
    denied = [name for name, is_denied in call.request.banned_rights.to_dict().items() if is_denied is True]
    if sorted(denied) == sorted(chat.denied):
        raise Refused("CHAT_NOT_MODIFIED")
    chat.denied = denied
    return _told(call, chat)


@method("channels.InviteToChannel")
def invite_to_channel(call: Call) -> Tl:
    """Make people members; those closed to strangers are told of and left out."""
    channel = _managed(call, "invite_users")
    assert isinstance(channel, Channel), "the request names a channel"
    named = [user for one in call.request.users if isinstance(user := found(call, one), User)]
    missing = [types.MissingInvitee(user.id) for user in named if not _is_open(call, user)]
    for user in named:
        if user.id in channel.banned_at(call.now):
            raise Refused("USER_KICKED")
        if _is_open(call, user) and user.id not in channel.members:
            call.world.join(channel, user)
    return types.messages.InvitedUsers(_told(call, channel), missing)


@method("messages.AddChatUser")
def add_chat_user(call: Call) -> Tl:
    """Make somebody a member of a basic group."""
    group, user = _managed(call, "invite_users"), reached_user(call, call.request.user_id)
    assert isinstance(group, Group), "the request names a basic group"
    if user.id in group.members:
        raise Refused("USER_ALREADY_PARTICIPANT")
    if not _is_open(call, user):
        raise Refused("USER_PRIVACY_RESTRICTED", 403)
    group.members.append(user.id)
    return types.messages.InvitedUsers(_told(call, group), [])


@method("messages.DeleteChatUser")
def delete_chat_user(call: Call) -> Tl:
    """Take somebody out of a basic group, or leave it."""
    group, user = _of(call), reached_user(call, call.request.user_id)
    assert isinstance(group, Group), "the request names a basic group"
    if user is not call.me and not group.may(call.me.id, "ban_users"):
        raise Refused("CHAT_ADMIN_REQUIRED")
    if user.id not in group.members:
        raise Refused("USER_NOT_PARTICIPANT")
    group.members.remove(user.id)
    if user.id in group.admins:
        group.admins.remove(user.id)
    return _told(call, group, also=[user])


@method("channels.EditBanned")
def edit_banned(call: Call) -> Tl:
    """Ban somebody until a time or for good, or lift that; who is only to leave is banned first and then not."""
    channel, user = _managed(call, "ban_users"), reached_user(call, call.request.participant)
    assert isinstance(channel, Channel), "the request names a channel"
    if channel.is_admin(user.id) and channel.creator_id != call.me.id:
        raise Refused("USER_ADMIN_INVALID")
    rights = call.request.banned_rights
    if rights.view_messages:
        channel.ban(user.id, rights.until_date, at=call.now)
        _remove(channel, user)
    else:
        channel.lift(user.id)
    return _told(call, channel, also=[user])


@method("channels.EditAdmin")
def edit_admin(call: Call) -> Tl:
    """Make somebody an admin with these rights; with none they are a plain member again."""
    channel, user = _managed(call, "add_admins"), reached_user(call, call.request.user_id)
    assert isinstance(channel, Channel), "the request names a channel"
    if user.id not in channel.members:
        raise Refused("USER_NOT_PARTICIPANT")
    if user.id == channel.creator_id:
        raise Refused("USER_CREATOR")
    rights = [name for name, is_given in call.request.admin_rights.to_dict().items() if is_given is True]
    if not set(rights) <= set(channel.rights_of(call.me.id)):
        raise Refused("RIGHT_FORBIDDEN", 403)
    channel.members[user.id] = Role.ADMIN if rights else Role.MEMBER
    channel.rights[user.id], channel.ranks[user.id] = rights, call.request.rank or ""
    return _told(call, channel)


@method("messages.EditChatAdmin")
def edit_chat_admin(call: Call) -> bool:
    """Make a member of a basic group an admin, or a plain member again."""
    group, user = _managed(call, "add_admins"), reached_user(call, call.request.user_id)
    assert isinstance(group, Group), "the request names a basic group"
    if user.id not in group.members:
        raise Refused("USER_NOT_PARTICIPANT")
    group.admins = [one for one in group.admins if one != user.id] + ([user.id] if call.request.is_admin else [])
    _told(call, group)
    return True


@method("messages.ExportChatInvite")
def export_chat_invite(call: Call) -> Tl:
    """Make a new invite link; the old one is void."""
    chat = reached(call, call.request.peer)
    if isinstance(chat, User):
        raise Refused("PEER_ID_INVALID")
    by_right = chat.rights_of(call.me.id) if isinstance(chat, Channel) else []
    if "invite_users" not in by_right and not (isinstance(chat, Group) and chat.may(call.me.id, "ban_users")):
        raise Refused("CHAT_ADMIN_REQUIRED")
    chat.invite_link = "https://t.me/+" + call.service.rng.randbytes(8).hex()
    return invite_tl(chat)


@method("channels.ToggleSlowMode")
def toggle_slow_mode(call: Call) -> Tl:
    """How long a member waits between two messages."""
    channel = _managed(call, "ban_users")
    if not isinstance(channel, Channel) or channel.broadcast:
        raise Refused("CHAT_ID_INVALID")
    if call.request.seconds not in _SLOW_MODES_S:
        raise Refused("SECONDS_INVALID")
    if call.request.seconds == channel.slow_mode_s:
        raise Refused("CHAT_NOT_MODIFIED")
    channel.slow_mode_s = call.request.seconds
    return _told(call, channel)


@method("channels.JoinChannel")
def join_channel(call: Call) -> Tl:
    """Become a member of a public group or channel."""
    channel, me = reached_channel(call, call.request.channel), call.me
    if me.id in channel.banned_at(call.now):
        raise Refused("USER_BANNED_IN_CHANNEL")
    if me.id not in channel.members:
        call.world.join(channel, me)
    return _told(call, channel)


@method("channels.LeaveChannel")
def leave_channel(call: Call) -> Tl:
    """Be a member no longer."""
    channel, me = reached_channel(call, call.request.channel), call.me
    if me.id not in channel.members:
        raise Refused("USER_NOT_PARTICIPANT")
    if me.id == channel.creator_id:
        raise Refused("USER_CREATOR")
    _remove(channel, me)
    return _told(call, channel, also=[me])


def _remove(channel: Channel, user: User) -> None:
    channel.members.pop(user.id, None)
    channel.rights.pop(user.id, None)
    user.dialogs.pop(channel.peer, None)


def _of(call: Call) -> Group | Channel:
    """The group or channel the request names, however it does. Raises Refused."""
    request = call.request
    if hasattr(request, "channel"):
        return reached_channel(call, request.channel)
    chat = reached(call, request.peer if hasattr(request, "peer") else types.InputPeerChat(request.chat_id))
    if isinstance(chat, User):
        raise Refused("PEER_ID_INVALID")
    return chat


def _managed(call: Call, right: str) -> Group | Channel:
    """As `_of`, where the caller has the right. Raises Refused."""
    chat = _of(call)
    if not chat.may(call.me.id, right):
        raise Refused("CHAT_ADMIN_REQUIRED")
    return chat


def _is_open(call: Call, user: User) -> bool:
    return not user.closed_to_strangers or call.me.id in user.contacts


def _demand_title(title: str) -> None:
    if not title.strip():
        raise Refused("CHAT_TITLE_EMPTY")
    if len(title) > _TITLE_LIMIT:
        raise Refused("CHAT_TITLE_INVALID")


def _told(call: Call, chat: Group | Channel, *, also: Iterable[User] = ()) -> Tl:
    """Push to the members that it changed; gives the caller's own answer."""
    people = [call.world.users[user_id] for user_id in chat.members] + list(also)
    for user in people:
        call.service.push(user, [_update(chat)], peers=[chat.peer], skip=call.line)
    users, _ = mentioned(call.world, call.me, peers=[user.peer for user in also])
    shown = channel_tl(chat, call.me) if isinstance(chat, Channel) else group_tl(chat, call.me)
    return types.Updates([_update(chat)], users, [shown], call.now, 0)


def _update(chat: Group | Channel) -> Tl:
    if isinstance(chat, Channel):
        return types.UpdateChannel(chat.id)
    members = [types.ChatParticipant(user_id, chat.creator_id, chat.created_at) for user_id in chat.members]
    return types.UpdateChatParticipants(types.ChatParticipants(chat.id, members, version=1))
