"""Messages that wait to be sent: kept for their writer alone, under a numbering of their own."""

from datetime import datetime

from dev.telegram.world.boxes import Message
from dev.telegram.world.people import Chat, User
from dev.telegram.world.world import World
from dev.telegram.world.writing import Draft


def schedule(user: User, to: Chat, draft: Draft, due_at: datetime) -> Message:
    """Keep a message until its time."""
    message = Message(
        id=user.next_scheduled_id,
        letter=0,
        peer=to.peer,
        sender_id=user.id,
        sent_at=due_at.replace(microsecond=0),
        text=draft.text,
        out=True,
        media=draft.media,
        entities=list(draft.entities),
        reply_to=draft.reply_to,
        grouped_id=draft.grouped_id,
        forwarded_from=draft.forwarded_from,
        forwarded_channel=draft.forwarded_channel,
        silent=draft.silent,
    )
    user.next_scheduled_id += 1
    user.scheduled[message.id] = message
    return message


def due(world: World, now: datetime) -> list[tuple[User, Message]]:
    """Everything whose time has come, in the order of time, with whose it is."""
    waiting = [(user, message) for user in world.users.values() for message in user.scheduled.values()]
    return sorted((one for one in waiting if one[1].sent_at <= now), key=lambda one: (one[1].sent_at, one[1].id))


def draft_of(message: Message) -> Draft:
    """What is sent when a scheduled message's time has come."""
    return Draft(
        text=message.text,
        media=message.media,
        entities=message.entities,
        reply_to=message.reply_to,
        grouped_id=message.grouped_id,
        forwarded_from=message.forwarded_from,
        forwarded_channel=message.forwarded_channel,
        silent=message.silent,
        from_scheduled=True,
    )
