"""What people do to messages: send, edit, delete, read. Each tells whose boxes changed, so that they can be told."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from dev.telegram.world.boxes import Dialog, Event, EventKind, Media, Message, Peer
from dev.telegram.world.people import Channel, Chat, Group, User
from dev.telegram.world.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """An event one user is to be told about; `channel` when it happened in a channel's box, not in their own."""

    user: User
    event: Event
    channel: Channel | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is about to be sent."""

    text: str = ""
    media: Media | None = None
    entities: list[bytes] = field(default_factory=list)
    reply_to: int | None = None
    grouped_id: int | None = None
    forwarded_from: int | None = None
    forwarded_channel: int | None = None
    silent: bool = False
    from_scheduled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A message as its sender has it, the pts it arrived with, and everybody to be told."""

    message: Message
    pts: int
    notices: list[Notice]


def send(world: World, sender: User, to: Chat, draft: Draft, at: datetime) -> Written:
    """Put a message into every box it belongs in. Does not ask whether the sender may."""
    at = at.replace(microsecond=0)
    if isinstance(to, Channel):
        return _post(world, sender, to, draft, at)
    readers = [world.users[member] for member in to.members] if isinstance(to, Group) else _two(sender, to)
    letter = world.new_letter()
    written: Written | None = None
    notices: list[Notice] = []
    for reader in readers:
        peer = to.peer if isinstance(to, Group) or reader is sender else sender.peer
        message = _message(draft, letter, peer, sender.id, at, out=reader is sender)
        if reader is not sender:
            message.reply_to = _same_message(world, sender, draft.reply_to, reader)
        event = _deliver(world, reader, message)
        notices.append(Notice(user=reader, event=event))
        if reader is sender:
            written = Written(message=message, pts=event.pts, notices=notices)
    if written is None:
        raise ValueError(f"{sender.name} is not a member of {to.peer}")
    return written


def edit(world: World, owner: User | Channel, message: Message, draft: Draft, at: datetime) -> list[Notice]:
    """Change a message and all its copies. The first notice is the owner's (in a channel: any member's)."""
    notices = []
    for box_owner, copy in all_copies(world, owner, message):
        copy.text, copy.entities, copy.edited_at = draft.text, draft.entities, at.replace(microsecond=0)
        copy.media = draft.media or copy.media
        event = box_owner.box.record(EventKind.EDITED, message_ids=[copy.id], peer=copy.peer)
        notices += told(world, box_owner, event)
    return notices


def delete(world: World, owner: User | Channel, message_ids: Iterable[int], *, for_all: bool) -> list[Notice]:
    """Remove messages from the owner's box, and with `for_all` everybody's copies. Unknown ids are skipped."""
    doomed: dict[int, tuple[User | Channel, list[int]]] = {}
    for message_id in message_ids:
        message = owner.box.messages.get(message_id)
        if message is None:
            continue
        copies = all_copies(world, owner, message) if for_all else [(owner, message)]
        for box_owner, copy in copies:
            doomed.setdefault(box_owner.id, (box_owner, []))[1].append(copy.id)
    notices = []
    for box_owner, ids in doomed.values():
        notices += told(world, box_owner, _remove(world, box_owner, ids))
    return notices


def read(world: World, reader: User, chat: Chat, up_to_id: int) -> list[Notice]:
    """Mark what others wrote as read up to that message (0: all). The reader's own notice comes first, if any."""
    dialog = reader.dialogs.setdefault(chat.peer, Dialog())
    up_to_id = min(up_to_id or dialog.top_id, dialog.top_id)
    if up_to_id <= dialog.read_in:
        return []
    box = world.box_of(reader, chat.peer)
    dialog.read_in = up_to_id
    dialog.unread = _unread_after(box.messages.values(), reader, chat.peer, up_to_id)
    if isinstance(chat, Channel):
        return []
    event = box.record(EventKind.READ_IN, peer=chat.peer, up_to_id=up_to_id, unread=dialog.unread)
    return [Notice(user=reader, event=event), *_seen_by_senders(world, reader, chat, up_to_id)]


def _two(sender: User, to: User) -> list[User]:
    return [sender] if sender is to else [sender, to]


def _message(draft: Draft, letter: int, peer: Peer, sender_id: int, at: datetime, *, out: bool) -> Message:
    return Message(
        id=0,
        letter=letter,
        peer=peer,
        sender_id=sender_id,
        sent_at=at,
        text=draft.text,
        out=out,
        media=draft.media and replace(draft.media),
        entities=list(draft.entities),
        reply_to=draft.reply_to,
        grouped_id=draft.grouped_id,
        forwarded_from=draft.forwarded_from,
        forwarded_channel=draft.forwarded_channel,
        silent=draft.silent,
        from_scheduled=draft.from_scheduled,
    )


def _post(world: World, sender: User, channel: Channel, draft: Draft, at: datetime) -> Written:
    message = _message(draft, world.new_letter(), channel.peer, sender.id, at, out=False)
    message.post = channel.broadcast
    event = channel.box.put(message)
    for member_id in channel.members:
        _raise_to_top(world.users[member_id], message, is_own=member_id == sender.id)
    notices = told(world, channel, event)
    return Written(message=message, pts=event.pts, notices=notices)


def _deliver(world: World, reader: User, message: Message) -> Event:
    event = reader.box.put(message)
    world.copies.setdefault(message.letter, []).append((reader.id, message.id))
    _raise_to_top(reader, message, is_own=message.out)
    return event


def _raise_to_top(user: User, message: Message, *, is_own: bool) -> None:
    dialog = user.dialogs.setdefault(message.peer, Dialog())
    dialog.top_id, dialog.top_at = message.id, message.sent_at
    dialog.unread += 0 if is_own else 1


def _same_message(world: World, sender: User, message_id: int | None, reader: User) -> int | None:
    original = sender.box.messages.get(message_id) if message_id else None
    if original is None:
        return None
    return next((copy_id for user_id, copy_id in world.copies.get(original.letter, ()) if user_id == reader.id), None)


def all_copies(world: World, owner: User | Channel, message: Message) -> list[tuple[User | Channel, Message]]:
    """Every copy of a message with whose box it lies in, the owner's first."""
    if isinstance(owner, Channel):
        return [(owner, message)]
    found: list[tuple[User | Channel, Message]] = [(owner, message)]
    for user_id, message_id in world.copies.get(message.letter, ()):
        other = world.users[user_id]
        if other is not owner and message_id in other.box.messages:
            found.append((other, other.box.messages[message_id]))
    return found


def told(world: World, owner: User | Channel, event: Event) -> list[Notice]:
    """Who is to be told of an event in somebody's box."""
    if isinstance(owner, User):
        return [Notice(user=owner, event=event)]
    return [Notice(user=world.users[member], event=event, channel=owner) for member in owner.members]


def _remove(world: World, owner: User | Channel, ids: list[int]) -> Event:
    peers = {owner.box.messages.pop(message_id).peer for message_id in ids}
    watchers = [owner] if isinstance(owner, User) else [world.users[member] for member in owner.members]
    for peer in peers:
        newest = owner.box.newest(peer)
        for user in watchers:
            _lower_top(user, peer, newest, owner)
    return owner.box.record(EventKind.DELETED, message_ids=ids)


def _lower_top(user: User, peer: Peer, newest: Message | None, owner: User | Channel) -> None:
    dialog = user.dialogs.get(peer)
    if dialog is None:
        return
    dialog.top_id = newest.id if newest else 0
    dialog.top_at = newest.sent_at if newest else dialog.top_at
    dialog.unread = _unread_after(owner.box.messages.values(), user, peer, dialog.read_in)


def _unread_after(messages: Iterable[Message], reader: User, peer: Peer, read_in: int) -> int:
    return sum(
        message.peer == peer and message.id > read_in and not message.out and message.sender_id != reader.id
        for message in messages
    )


def _seen_by_senders(world: World, reader: User, chat: User | Group, up_to_id: int) -> list[Notice]:
    """Two ticks for everybody else in the chat, up to the last of their own messages the reader has seen."""
    seen = reader.box.messages.get(up_to_id)
    letter = seen.letter if seen else 0
    others = [chat] if isinstance(chat, User) else [world.users[member] for member in chat.members]
    notices = []
    for other in others:
        peer = chat.peer if isinstance(chat, Group) else reader.peer
        dialog = other.dialogs.get(peer)
        if other is reader or dialog is None:
            continue
        last = _last_own(other, peer, letter)
        if last > dialog.read_out:
            dialog.read_out = last
            notices.append(Notice(user=other, event=other.box.record(EventKind.READ_OUT, peer=peer, up_to_id=last)))
    return notices


def _last_own(user: User, peer: Peer, letter: int) -> int:
    newest_first = reversed(user.box.messages.values())
    return next((m.id for m in newest_first if m.peer == peer and m.out and m.letter <= letter), 0)
