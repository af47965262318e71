"""Requests about who a chat is with, and about managing groups and channels.

Who in the workspace sees members and management at all is decided by their flags; what may be changed, by Telegram.
"""

from typing import Annotated, Literal

from msgspec import Meta

from chalicelib.kernel.errors import Invalid
from chalicelib.kernel.ids import AccountId, ChatId, ClientId
from chalicelib.kernel.permissions import Action
from session_worker.gateway.desks.reach import Answers, Reach
from session_worker.gateway.frames import ClientName, Id, Request
from session_worker.messaging import group_info
from session_worker.messaging.founding import Founded, Founding
from session_worker.messaging.group_info import AdminsRight, MembersRight
from session_worker.messaging.groups import Group
from session_worker.wire import Wire

MAX_INVITED = 20

Title = Annotated[str, Meta(min_length=1, max_length=128)]
About = Annotated[str, Meta(max_length=255)]
PersonId = Annotated[str, Meta(pattern=r"^[1-9][0-9]{0,14}$")]
Name = Annotated[str, Meta(min_length=1, max_length=256)]


class ChatInfo(Request, frozen=True, tag="chat.info"):
    """Who a chat is with: a person's profile, or what a group or channel is."""

    chat_id: Id


class ChatMembers(Request, frozen=True, tag="chat.members"):
    """A page of a group's members whose names have the words."""

    chat_id: Id
    words: Annotated[str, Meta(max_length=64)] = ""
    offset: Annotated[int, Meta(ge=0, le=10_000)] = 0
    limit: Annotated[int, Meta(ge=1, le=100)] = 50


class GroupEdit(Request, frozen=True, tag="group.edit"):
    """Another name or description; what is left out stays."""

    chat_id: Id
    title: Title | None = None
    about: About | None = None


class GroupPermit(Request, frozen=True, tag="group.permit"):
    """Let plain members do something, or deny it."""

    chat_id: Id
    right: MembersRight
    is_permitted: bool


class GroupAdd(Request, frozen=True, tag="group.add"):
    """Make somebody a member, by their public username."""

    chat_id: Id
    name: Name


class GroupRemove(Request, frozen=True, tag="group.remove"):
    """Take a member out, and with `is_banned` for good."""

    chat_id: Id
    member_id: PersonId
    is_banned: bool = False


class GroupPromote(Request, frozen=True, tag="group.promote"):
    """Make a member an admin with these rights; with none a plain member again."""

    chat_id: Id
    member_id: PersonId
    rights: Annotated[list[AdminsRight], Meta(max_length=8)]
    rank: Annotated[str, Meta(max_length=16)] = ""


class GroupLink(Request, frozen=True, tag="group.link"):
    """A new invite link; the one that stood is void."""

    chat_id: Id


class GroupSlowMode(Request, frozen=True, tag="group.slow_mode"):
    """How long members wait between two messages; 0 is not at all."""

    chat_id: Id
    seconds: Literal[0, 10, 30, 60, 300, 900, 3600]


class GroupLeave(Request, frozen=True, tag="group.leave"):
    """Be a member no longer."""

    chat_id: Id


class GroupJoin(Request, frozen=True, tag="group.join"):
    """Become a member of a public group or channel that was found by its username."""

    chat_id: Id


class GroupCreate(Request, frozen=True, tag="group.create"):
    """Found a group or channel, and invite who has these usernames: once, however often with one `client_id`."""

    account_id: Id
    client_id: ClientName
    kind: Founded
    title: Title
    about: About = ""
    names: Annotated[tuple[Name, ...], Meta(max_length=MAX_INVITED)] = ()


def answers(reach: Reach) -> Answers:
    """What answers them."""
    return {
        ChatInfo: lambda request: _info(reach, request),
        ChatMembers: lambda request: _members(reach, request),
        GroupEdit: lambda request: _edit(reach, request),
        GroupPermit: lambda request: _permit(reach, request),
        GroupAdd: lambda request: _add(reach, request),
        GroupRemove: lambda request: _remove(reach, request),
        GroupPromote: lambda request: _promote(reach, request),
        GroupLink: lambda request: _link(reach, request),
        GroupSlowMode: lambda request: _slow_mode(reach, request),
        GroupLeave: lambda request: _leave(reach, request),
        GroupJoin: lambda request: _join(reach, request),
        GroupCreate: lambda request: _create(reach, request),
    }


async def _info(reach: Reach, request: ChatInfo) -> Wire:
    connection, peer = await reach.chat(request.chat_id)
    tenant = reach.visitor.tenant
    return await group_info.info(
        connection,
        ChatId(request.chat_id),
        peer,
        door=reach.rooms.door,
        sees_members=tenant.may(Action.VIEW_GROUP_MEMBERS),
        sees_rights=tenant.may(Action.VIEW_GROUP_MANAGEMENT),
    )


async def _members(reach: Reach, request: ChatMembers) -> Wire:
    connection, peer = await reach.chat(request.chat_id)
    reach.visitor.tenant.require(Action.VIEW_GROUP_MEMBERS)
    Group(connection, ChatId(request.chat_id), peer, reach.rooms.door)
    return await group_info.members(
        connection,
        ChatId(request.chat_id),
        peer,
        words=request.words.strip(),
        offset=request.offset,
        limit=request.limit,
        door=reach.rooms.door,
    )


async def _managed(reach: Reach, chat_id: str) -> Group:
    """A group in the hands of who may manage groups, and whose turn it is for a change."""
    connection, peer = await reach.chat(chat_id)
    reach.visitor.tenant.require(Action.VIEW_GROUP_MANAGEMENT)
    group = Group(connection, ChatId(chat_id), peer, reach.rooms.door)
    reach.rooms.group_pace.take(connection)
    return group


async def _own_move(reach: Reach, chat_id: str) -> Group:
    """A group that the account itself joins or leaves: that is no management."""
    connection, peer = await reach.chat(chat_id)
    group = Group(connection, ChatId(chat_id), peer, reach.rooms.door)
    reach.rooms.group_pace.take(connection, is_founding=True)
    return group


async def _edit(reach: Reach, request: GroupEdit) -> Wire:
    group = await _managed(reach, request.chat_id)
    await group.edit(request.title, request.about)
    return {}


async def _permit(reach: Reach, request: GroupPermit) -> Wire:
    group = await _managed(reach, request.chat_id)
    await group.permit(request.right, is_permitted=request.is_permitted)
    return {}


async def _add(reach: Reach, request: GroupAdd) -> Wire:
    group = await _managed(reach, request.chat_id)
    await group.add(request.name, reach.rooms.people)
    return {}


async def _remove(reach: Reach, request: GroupRemove) -> Wire:
    group = await _managed(reach, request.chat_id)
    await group.remove(int(request.member_id), is_banned=request.is_banned)
    return {}


async def _promote(reach: Reach, request: GroupPromote) -> Wire:
    group = await _managed(reach, request.chat_id)
    await group.promote(int(request.member_id), request.rights, request.rank)
    return {}


async def _link(reach: Reach, request: GroupLink) -> Wire:
    group = await _managed(reach, request.chat_id)
    return {"invite_link": await group.renew_link()}


async def _slow_mode(reach: Reach, request: GroupSlowMode) -> Wire:
    group = await _managed(reach, request.chat_id)
    await group.slow_down(request.seconds)
    return {}


async def _leave(reach: Reach, request: GroupLeave) -> Wire:
    await (await _own_move(reach, request.chat_id)).leave()
    return {}


async def _join(reach: Reach, request: GroupJoin) -> Wire:
    await (await _own_move(reach, request.chat_id)).join()
    return {}


async def _create(reach: Reach, request: GroupCreate) -> Wire:
    connection = await reach.connection(AccountId(request.account_id))
    if request.kind is Founded.GROUP and not request.names:
        raise Invalid("A basic group begins with at least one other member.")
    plan = Founding(
        client_id=ClientId(request.client_id),
        kind=request.kind,
        title=request.title,
        about=request.about,
        names=request.names,
    )
    return await reach.rooms.founder.found(connection, plan)
