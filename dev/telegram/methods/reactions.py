"""messages.SendReaction: an emoji on a message, at most one of each person."""

from typing import Final

from telethon.tl import types

from dev.telegram.methods.call import Call, method
from dev.telegram.methods.peers import reached
from dev.telegram.refusals import Refused
from dev.telegram.service import Line, Service
from dev.telegram.tl import Tl
from dev.telegram.views import mentioned, peer_tl, reactions_tl
from dev.telegram.world.boxes import Message
from dev.telegram.world.people import Channel, User
from dev.telegram.world.writing import all_copies

KNOWN: Final = frozenset("👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🙏👌😍💯🤣⚡🏆💔🤝👀")
"""What one may react with."""


@method("messages.SendReaction")
def send_reaction(call: Call) -> Tl:
    """Put the caller's reaction on a message, or take it off."""
    me, request = call.me, call.request
    chat = reached(call, request.peer)
    owner = chat if isinstance(chat, Channel) else me
    message = owner.box.messages.get(request.msg_id)
    if message is None or message.peer != chat.peer:
        raise Refused("MESSAGE_ID_INVALID")
    emoji = _emoji_of(request.reaction or [])
    allowed = chat.allowed_reactions if isinstance(chat, Channel) else None
    if emoji is not None and emoji not in (KNOWN if allowed is None else allowed):
        raise Refused("REACTION_INVALID")
    if message.reactions.get(me.id) == emoji:
        raise Refused("MESSAGE_NOT_MODIFIED")
    give(call.service, me, owner, message, emoji, skip=call.line)
    users, chats = mentioned(call.world, me, [message])
    return types.Updates([_update(message, me)], users, chats, call.now, 0)


def give(
    service: Service,
    giver: User,
    owner: User | Channel,
    message: Message,
    emoji: str | None,
    *,
    skip: Line | None = None,
) -> None:
    """Put somebody's reaction on every copy of a message, and show it to everybody in the chat."""
    for box_owner, copy in all_copies(service.world, owner, message):
        copy.reactions.pop(giver.id, None)
        if emoji is not None:
            copy.reactions[giver.id] = emoji
        for reader in _readers(service, box_owner):
            service.push(reader, [_update(copy, reader)], messages=[copy], skip=skip)


def _readers(service: Service, owner: User | Channel) -> list[User]:
    """Who is shown what changed in somebody's box."""
    if isinstance(owner, User):
        return [owner]
    return [] if owner.withheld else [service.world.users[member] for member in owner.members]


def _emoji_of(reactions: list[Tl]) -> str | None:
    """Raises Refused when there are several, or it is none that everybody may give."""
    if not reactions or isinstance(reactions[0], types.ReactionEmpty):
        return None
    if len(reactions) > 1 or not isinstance(reactions[0], types.ReactionEmoji):
        raise Refused("REACTIONS_TOO_MANY" if len(reactions) > 1 else "PREMIUM_ACCOUNT_REQUIRED")
    return str(reactions[0].emoticon)


def _update(message: Message, viewer: User) -> Tl:
    return types.UpdateMessageReactions(peer_tl(message.peer), message.id, reactions_tl(message, viewer))
