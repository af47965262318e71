"""Whom a request means by the peer it names."""

from telethon.tl import types

from dev.telegram.methods.call import Call
from dev.telegram.refusals import Refused
from dev.telegram.tl import Tl
from dev.telegram.world.boxes import PeerKind
from dev.telegram.world.people import Channel, Chat, Group, User, access_hash

_USERS = (types.InputPeerUser, types.InputUser)
_CHANNELS = (types.InputPeerChannel, types.InputChannel)
_SELF = (types.InputPeerSelf, types.InputUserSelf)


def found(call: Call, named: Tl) -> Chat | None:
    """Whoever the input peer names, if its access hash is right."""
    if isinstance(named, _SELF):
        return call.me
    if isinstance(named, _USERS):
        known = named.access_hash == access_hash(PeerKind.USER, named.user_id) or named.user_id == call.me.id
        return call.world.users.get(named.user_id) if known else None
    if isinstance(named, types.InputPeerChat):
        return call.world.groups.get(named.chat_id)
    if isinstance(named, _CHANNELS) and named.access_hash == access_hash(PeerKind.CHANNEL, named.channel_id):
        return call.world.channels.get(named.channel_id)
    return None


def reached(call: Call, named: Tl) -> Chat:
    """Whoever the input peer names and the caller may look at. Raises Refused."""
    chat = found(call, named)
    if chat is None:
        raise Refused("CHANNEL_INVALID" if isinstance(named, _CHANNELS) else "PEER_ID_INVALID")
    if isinstance(chat, Channel) and call.me.id not in chat.members and not chat.username:
        raise Refused("CHANNEL_PRIVATE")
    if isinstance(chat, Group) and call.me.id not in chat.members:
        raise Refused("PEER_ID_INVALID")
    return chat


def reached_channel(call: Call, named: Tl) -> Channel:
    """As `reached`, for methods about channels only."""
    chat = reached(call, named)
    if not isinstance(chat, Channel):
        raise Refused("CHANNEL_INVALID")
    return chat


def reached_user(call: Call, named: Tl) -> User:
    """As `reached`, for methods about people only."""
    chat = reached(call, named)
    if not isinstance(chat, User):
        raise Refused("USER_ID_INVALID")
    return chat
