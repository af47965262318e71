"""Reading who a chat is with: a person's profile, or what a group or channel is, who is in it, who may what."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple, get_args

from telethon.tl import functions, types

from chalicelib.features.chats import use_cases as chats
from chalicelib.features.chats.model import RecordGroup
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.ids import ChatId
from session_worker.connections.connection import ChatLook, LiveConnection
from session_worker.connections.dialogs import kind_of, knows, title_of, username_of
from session_worker.door import Door
from session_worker.telegram.messages import entities_of, name_of
from session_worker.telegram.peers import InputPeer, input_channel, mark_of, mark_of_group, plain_peer
from session_worker.wire import Wire

LOOKED_AT_EVERY_S: Final = 24 * 60 * 60
"""A group that nobody changed is read from Telegram so often at most."""
PERSON_LOOKED_AT_EVERY_S: Final = 60 * 60
"""So often at most is a person's profile read: nobody tells when it changes."""
COMMON_GROUPS: Final = 100
AdminsRight = Literal[
    "change_info",
    "post_messages",
    "edit_messages",
    "delete_messages",
    "ban_users",
    "invite_users",
    "pin_messages",
    "add_admins",
]
"""What an admin may be given, by Telegram's names. Source: https://core.telegram.org/constructor/chatAdminRights"""
MembersRight = Literal[
    "send_messages",
    "send_media",
    "send_stickers",
    "send_polls",
    "embed_links",
    "invite_users",
    "pin_messages",
    "change_info",
]
"""What members may be denied. Source: https://core.telegram.org/constructor/chatBannedRights"""
ADMINS_RIGHTS: Final = get_args(AdminsRight)
MEMBERS_RIGHTS: Final = get_args(MembersRight)
_CREATORS: Final = (types.ChannelParticipantCreator, types.ChatParticipantCreator)
_ADMINS: Final = (types.ChannelParticipantAdmin, types.ChatParticipantAdmin)


class _Member(NamedTuple):
    """A member as browsers see them."""

    id: str
    name: str
    username: str | None
    role: str
    rank: str | None
    rights: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _PersonLook:
    """What is kept of a person's profile: `common` are the groups both are in, by marked number, with their titles."""

    face: Wire
    common: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _GroupLook:
    """What is kept of a group or channel. `members` are those of a basic group, which Telegram gives in no pages."""

    face: Wire
    facts: Wire
    tells_members: bool
    management: Wire
    members: tuple[_Member, ...]


async def info(
    connection: LiveConnection, chat_id: ChatId, peer: InputPeer, *, door: Door, sees_members: bool, sees_rights: bool
) -> Wire:
    """Who it is: {kind, title, username, about, person or None, group or None}.

    person: {common_groups: [{chat_id, title, is_listed}]}. group: {member_count or None, role: "owner"|"admin"|
    "member"|"left", is_basic, may_see_members, management or None}; management, only with `sees_rights`: {rights: what
    the account may, denied: what plain members may not, invite_link or None, slow_mode_s}.

    At most two calls. A person is asked for once an hour, a group that nobody changed once a day; its row is written
    then.

    Raises:
        TelegramBusy, TelegramRefused, TelegramAway, SessionEnded, AccountClosed.
    """
    if isinstance(peer, types.InputPeerUser):
        return await _person(connection, chat_id, peer)
    look = await _look(connection, chat_id, peer, door=door)
    group = {
        **look.facts,
        "may_see_members": sees_members and look.tells_members,
        "management": look.management if sees_rights else None,
    }
    return {**look.face, "person": None, "group": group}


async def _look(connection: LiveConnection, chat_id: ChatId, peer: InputPeer, *, door: Door) -> _GroupLook:
    """What there is to see of a group or channel; remembered for a day unless it changes."""
    known = connection.chat_look(chat_id)
    if known is None:
        return _looked_at(await full_of(connection, chat_id, peer, door=door), peer)
    look: _GroupLook = known.shown
    return look


async def full_of(connection: LiveConnection, chat_id: ChatId, peer: InputPeer, *, door: Door) -> Any:
    """Telegram's full answer about a group or channel, as it is now; its row is written, and what it shows remembered.

    One call.
    """
    if isinstance(peer, types.InputPeerChannel):
        channel = input_channel(peer)
        full = await connection.call(functions.channels.GetFullChannelRequest(channel))
    else:
        full = await connection.call(functions.messages.GetFullChatRequest(peer.chat_id))
    until = time.monotonic() + LOOKED_AT_EVERY_S
    connection.remember_look(chat_id, ChatLook(shown=_looked_at(full, peer), until=until))
    entity = entity_in(full, peer)
    seen = RecordGroup(
        title=title_of(entity),
        member_count=_count_of(full.full_chat, entity),
        invite_link=_link_of(full.full_chat),
        is_link_told=True,
        at=utc_now(),
    )
    await door.call(chats.record_group, chat_id, seen, tenant=connection.tenant)
    return full


async def members(
    connection: LiveConnection, chat_id: ChatId, peer: InputPeer, *, words: str, offset: int, limit: int, door: Door
) -> Wire:
    """A page of members: {members: [{id, name, username, role, rank or None, rights}], count, has_more}. One call.

    Raises:
        TelegramRefused: only admins see them.
        TelegramBusy, TelegramAway, SessionEnded, AccountClosed.
    """
    if isinstance(peer, types.InputPeerChannel):
        channel = input_channel(peer)
        which = types.ChannelParticipantsSearch(words) if words else types.ChannelParticipantsRecent()
        answer = await connection.call(functions.channels.GetParticipantsRequest(channel, which, offset, limit, hash=0))
        page = [one._asdict() for one in _people(answer.participants, answer.users)]
        return {"members": page, "count": answer.count, "has_more": offset + len(answer.participants) < answer.count}
    everybody = (await _look(connection, chat_id, peer, door=door)).members
    found = [one for one in everybody if words.lower() in one.name.lower()]
    page = [one._asdict() for one in found[offset : offset + limit]]
    return {"members": page, "count": len(found), "has_more": offset + len(page) < len(found)}


def entity_in(full: Any, peer: InputPeer) -> Any:
    """The group or channel itself in a full answer."""
    return entities_of((), full.chats).get(mark_of(plain_peer(peer)))


def denied_in(entity: Any) -> list[str]:
    """What plain members may not, of the rights we know."""
    standing = getattr(entity, "default_banned_rights", None)
    return [name for name in MEMBERS_RIGHTS if getattr(standing, name, False)]


def rights_in(rights: Any) -> list[str]:
    """What an admin may, of the rights we know."""
    return [name for name in ADMINS_RIGHTS if getattr(rights, name, False)]


async def _person(connection: LiveConnection, chat_id: ChatId, peer: InputPeer) -> Wire:
    known = connection.chat_look(chat_id)
    if known is None:
        answer, common = await _read_person(connection, types.InputUser(peer.user_id, peer.access_hash))
        entity = next((one for one in answer.users if one.id == peer.user_id), None)
        look = _PersonLook(
            face=_face(entity, answer.full_user.about or ""),
            common=tuple((mark_of_group(one), title_of(one)) for one in common),
        )
        connection.remember_look(chat_id, ChatLook(shown=look, until=time.monotonic() + PERSON_LOOKED_AT_EVERY_S))
    else:
        look = known.shown
    common_groups = [_common(marked, title, connection) for marked, title in look.common]
    return {**look.face, "person": {"common_groups": common_groups}, "group": None}


async def _read_person(connection: LiveConnection, user: Any) -> tuple[Any, list[Any]]:
    """Telegram's full answer about a person, and the groups both are in."""
    answer = await connection.call(functions.users.GetFullUserRequest(user))
    if not answer.full_user.common_chats_count:
        return answer, []
    request = functions.messages.GetCommonChatsRequest(user, max_id=0, limit=COMMON_GROUPS)
    return answer, (await connection.call(request)).chats


def _common(marked: int, title: str, connection: LiveConnection) -> Wire:
    is_listed = knows(connection.peers, marked)
    return {"chat_id": connection.peers.chat_id(marked), "title": title, "is_listed": is_listed}


def _face(entity: Any, about: str) -> Wire:
    return {"kind": kind_of(entity), "title": title_of(entity), "username": username_of(entity), "about": about}


def _looked_at(answer: Any, peer: InputPeer) -> _GroupLook:
    full, entity = answer.full_chat, entity_in(answer, peer)
    is_basic = isinstance(entity, types.Chat)
    participants = getattr(getattr(full, "participants", None), "participants", ()) if is_basic else ()
    return _GroupLook(
        face=_face(entity, full.about),
        facts={"member_count": _count_of(full, entity), "role": _own_role(entity), "is_basic": is_basic},
        tells_members=bool(getattr(full, "can_view_participants", True)),
        management=_management(full, entity),
        members=tuple(_people(participants, answer.users)),
    )


def _management(full: Any, entity: Any) -> Wire:
    is_owner = bool(getattr(entity, "creator", False))
    return {
        "rights": list(ADMINS_RIGHTS) if is_owner else rights_in(_rights_of(entity)) + _everybodys(entity),
        "denied": denied_in(entity),
        "invite_link": _link_of(full),
        "slow_mode_s": getattr(full, "slowmode_seconds", None) or 0,
    }


def _everybodys(entity: Any) -> list[str]:
    """What the account may in a group as every member may, where it is no admin's right already."""
    if getattr(entity, "broadcast", False) or getattr(entity, "left", True):
        return []
    taken = {*denied_in(entity), *rights_in(_rights_of(entity))}
    return [name for name in ("change_info", "invite_users", "pin_messages") if name not in taken]


def _rights_of(entity: Any) -> Any:
    """As an admin; None also for groups the account was put out of."""
    return getattr(entity, "admin_rights", None)


def _own_role(entity: Any) -> str:
    if getattr(entity, "creator", False):
        return "owner"
    if getattr(entity, "left", False):
        return "left"
    return "admin" if _rights_of(entity) else "member"


def _count_of(full: Any, entity: Any) -> int | None:
    participants = getattr(getattr(full, "participants", None), "participants", None)
    if participants is not None:
        return len(participants)
    count: int | None = getattr(full, "participants_count", None) or getattr(entity, "participants_count", None)
    return count


def _link_of(full: Any) -> str | None:
    return getattr(getattr(full, "exported_invite", None), "link", None)


def _people(participants: Iterable[Any], users: Iterable[Any]) -> list[_Member]:
    known = {user.id: user for user in users}
    found = ((one, known.get(_user_id(one))) for one in participants)
    return [
        _Member(
            id=str(user.id),
            name=name_of(user) or username_of(user) or "",
            username=username_of(user),
            role=_role_of(one),
            rank=getattr(one, "rank", None) or None,
            rights=rights_in(getattr(one, "admin_rights", None)),
        )
        for one, user in found
        if user is not None
    ]


def _user_id(participant: Any) -> int | None:
    own = getattr(participant, "user_id", None)
    return own if own is not None else getattr(getattr(participant, "peer", None), "user_id", None)


def _role_of(participant: Any) -> str:
    if isinstance(participant, _CREATORS):
        return "owner"
    return "admin" if isinstance(participant, _ADMINS) else "member"
