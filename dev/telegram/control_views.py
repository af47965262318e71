"""What the back door shows, as JSON-ready dicts."""

from typing import Any

from dev.telegram.faults import Fault
from dev.telegram.keyring import Key
from dev.telegram.service import Service
from dev.telegram.world.boxes import Message, PeerKind
from dev.telegram.world.people import Channel, Group, User
from dev.telegram.world.world import SERVICE_ID, World

Json = dict[str, Any]


def account(service: Service, user: User) -> Json:
    """`codes`: those still good, newest first. `password`: the cloud one where everybody may know it, else null."""
    codes = service.keyring.codes.get(user.phone or "", [])
    now = service.clock()
    return {
        "user_id": user.id,
        "name": user.name,
        "username": user.username,
        "phone": f"+{user.phone}",
        "dc": user.dc,
        "has_password": user.verifier is not None,
        "password": user.told_password,
        "codes": [{"code": one.code, "sent_at": one.sent_at} for one in reversed(codes) if one.expires_at > now],
        "sessions": [session(key) for key in service.keyring.of(user.id)],
    }


def session(key: Key) -> Json:
    """`hash` is a string: it is 64 bits, more than a JavaScript number holds."""
    return {"hash": str(key.hash), "app": key.app_version, "device": key.device, "created_at": key.made_at}


def person(world: World, user: User) -> Json:
    """`places`: where that person may write: to accounts, and in the groups and channels they are in."""
    accounts = [one for one in world.users.values() if one.phone and one.id != SERVICE_ID]
    known_first = sorted(accounts, key=lambda one: one.peer not in user.dialogs)
    rooms: list[Group | Channel] = [group for group in world.groups.values() if user.id in group.members]
    rooms += [
        channel
        for channel in world.channels.values()
        if user.id in channel.members and (not channel.broadcast or channel.is_admin(user.id))
    ]
    return {
        "user_id": user.id,
        "name": user.name,
        "username": user.username,
        "bot": user.bot,
        "places": [
            *({"id": one.id, "title": one.name, "kind": PeerKind.USER} for one in known_first),
            *({"id": room.id, "title": room.title, "kind": room.peer.kind} for room in rooms),
        ],
    }


def copy(owner: User | Channel, message: Message) -> Json:
    """One copy of a message. `owner_id`: whose box it lies in."""
    return {
        "owner_id": owner.id,
        "owner_kind": owner.peer.kind,
        "message_id": message.id,
        "letter": message.letter,
        "peer": {"kind": message.peer.kind, "id": message.peer.id},
        "sender_id": message.sender_id,
        "out": message.out,
        "sent_at": message.sent_at,
        "edited_at": message.edited_at,
        "text": message.text,
    }


def fault(one: Fault) -> Json:
    """A fault without its predicate."""
    return {
        "method": one.method,
        "user_id": one.user_id,
        "error": one.error,
        "code": one.code,
        "delay_s": one.delay_s,
        "drop": one.drop,
        "cut": one.cut,
        "after_effect": one.after_effect,
        "times": one.times,
    }
