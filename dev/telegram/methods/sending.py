"""messages.Send*, edit, forward, delete: what puts messages into boxes and takes them out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from telethon.tl import types

from dev.telegram.methods import drafts, scheduled
from dev.telegram.methods.call import Call, method
from dev.telegram.methods.media import media_of, standing_media_of
from dev.telegram.methods.peers import reached, reached_channel
from dev.telegram.refusals import Refused
from dev.telegram.rules import RepeatedSends
from dev.telegram.tl import Tl
from dev.telegram.views import media_tl, mentioned, message_tl, update_tl
from dev.telegram.world import writing
from dev.telegram.world.boxes import Message, Sent
from dev.telegram.world.people import Channel, Chat, Group, User
from dev.telegram.world.writing import Draft

_TEXT_LIMIT = 4096
_CAPTION_LIMIT = 1024
_ALBUM_MOST = 10


@method("messages.SendMessage")
def send_message(call: Call) -> Tl:
    """Send text."""
    request, draft = call.request, _draft(call)
    if scheduled.is_put_off(call):
        announced = _scheduled_once(call, draft)
        _clear_draft(call)
        return announced
    _require_may_send(call, [request.random_id])
    message, pts = _sent_once(call, request.random_id, draft)
    _clear_draft(call)
    return _answer(call, message, pts)


@method("messages.SendMedia")
def send_media(call: Call) -> Tl:
    """Send a picture or document with a caption."""
    request = call.request
    if (repeated := _repeated(call, request.random_id)) is not None:
        return _answer(call, *repeated)
    draft = _draft(call, media=media_of(call, request.media))
    _require_may_send(call, [request.random_id])
    message, pts = _sent_once(call, request.random_id, draft)
    _clear_draft(call)
    return _answer(call, message, pts)


@method("messages.SendMultiMedia")
def send_multi_media(call: Call) -> Tl:
    """Send an album: up to ten messages with one `grouped_id`, of files that were uploaded as media before."""
    if not 2 <= len(call.request.multi_media) <= _ALBUM_MOST:
        raise Refused("MULTI_MEDIA_TOO_LONG")
    album = call.service.rng.getrandbits(62)
    reply_to = getattr(call.request.reply_to, "reply_to_msg_id", None)
    parts = [_part_of_album(call, single, album, reply_to) for single in call.request.multi_media]
    _require_may_send(call, [single.random_id for single in call.request.multi_media])
    updates: list[Tl] = []
    messages: list[Message] = []
    for single, part in zip(call.request.multi_media, parts, strict=True):
        message, pts = _sent_once(call, single.random_id, part)
        messages.append(message)
        updates += _new_message(call, single.random_id, message, pts)
    _clear_draft(call)
    users, chats = mentioned(call.world, call.me, messages)
    return types.Updates(updates, users, chats, call.now, 0)


def _part_of_album(call: Call, single: Tl, album: int, reply_to: int | None) -> Draft:
    """One part, checked before any is sent. Raises Refused."""
    if len(single.message) > _CAPTION_LIMIT:
        raise Refused("MEDIA_CAPTION_TOO_LONG")
    return Draft(
        text=single.message,
        media=standing_media_of(call, single.media),
        entities=[bytes(entity) for entity in single.entities or ()],
        reply_to=reply_to,
        grouped_id=album,
    )


@method("messages.UploadMedia")
def upload_media(call: Call) -> Tl:
    """Turn uploaded parts into media that can be sent later."""
    return media_tl(media_of(call, call.request.media))


@method("messages.ForwardMessages")
def forward_messages(call: Call) -> Tl:
    """Send copies of messages on, naming who wrote them."""
    me, request = call.me, call.request
    source = reached(call, request.from_peer)
    if not isinstance(source, User) and source.protected:
        raise Refused("CHAT_FORWARDS_RESTRICTED")
    box = call.world.box_of(me, source.peer)
    if any(message_id not in box.messages for message_id in request.id):
        raise Refused("MESSAGE_ID_INVALID")
    _require_may_send(call, request.random_id, to=request.to_peer, is_album=False)
    albums: dict[int, int] = {}
    updates: list[Tl] = []
    messages: list[Message] = []
    for message_id, random_id in zip(request.id, request.random_id, strict=True):
        original = box.messages[message_id]
        if original.grouped_id is not None:
            albums.setdefault(original.grouped_id, call.service.rng.getrandbits(62))
        draft = _forwarded(original, albums.get(original.grouped_id or 0))
        message, pts = _sent_once(call, random_id, draft, to=request.to_peer)
        messages.append(message)
        updates += _new_message(call, random_id, message, pts)
    users, chats = mentioned(call.world, me, messages)
    return types.Updates(updates, users, chats, call.now, 0)


def _forwarded(original: Message, album: int | None) -> Draft:
    """A copy that names who wrote it, or for a channel's post the channel. Albums stay together, as another album."""
    is_first_hand = original.forwarded_from is None and original.forwarded_channel is None
    return Draft(
        text=original.text,
        media=original.media,
        entities=original.entities,
        grouped_id=album,
        forwarded_from=original.sender_id if is_first_hand and not original.post else original.forwarded_from,
        forwarded_channel=original.peer.id if is_first_hand and original.post else original.forwarded_channel,
    )


@method("messages.EditMessage")
def edit_message(call: Call) -> Tl:
    """Change the text of one's own message, in everybody's copy; with a date, of one that is scheduled."""
    me, request = call.me, call.request
    chat = reached(call, request.peer)
    if request.schedule_date is not None:
        return _edit_scheduled(call, chat)
    owner = chat if isinstance(chat, Channel) else me
    message = owner.box.messages.get(request.id)
    if message is None or message.peer != chat.peer:
        raise Refused("MESSAGE_ID_INVALID")
    if message.sender_id != me.id and not (isinstance(chat, Channel) and chat.broadcast and chat.is_admin(me.id)):
        raise Refused("MESSAGE_AUTHOR_REQUIRED")
    text = message.text if request.message is None else request.message
    if (text, [bytes(one) for one in request.entities or ()]) == (message.text, message.entities) and not request.media:
        raise Refused("MESSAGE_NOT_MODIFIED")
    media = media_of(call, request.media) if request.media else message.media
    draft = replace(_draft(call, media=media), text=text)
    notices = writing.edit(call.world, owner, message, draft, call.now)
    call.service.tell(notices, skip=call.line)
    users, chats = mentioned(call.world, me, [message])
    update = update_tl(notices[0].event, me, notices[0].channel)
    return types.Updates([update], users, chats, call.now, 0)


def _edit_scheduled(call: Call, chat: Chat) -> Tl:
    message = call.me.scheduled.get(call.request.id)
    if message is None or message.peer != chat.peer:
        raise Refused("MESSAGE_ID_INVALID")
    if not scheduled.is_put_off(call):
        raise Refused("SCHEDULE_DATE_INVALID")
    kept = Draft(text=message.text, media=message.media, entities=message.entities)
    return scheduled.edit(call, message, kept if call.request.message is None else _draft(call, media=message.media))


@method("messages.DeleteMessages", "channels.DeleteMessages")
def delete_messages(call: Call) -> Tl:
    """Remove messages: in a channel for all, elsewhere for all only with `revoke`."""
    request, me = call.request, call.me
    owner: User | Channel = me
    if hasattr(request, "channel"):
        owner = reached_channel(call, request.channel)
        written = [owner.box.messages[number] for number in request.id if number in owner.box.messages]
        if not owner.is_admin(me.id) and any(message.sender_id != me.id for message in written):
            raise Refused("MESSAGE_DELETE_FORBIDDEN", 403)
    before = owner.box.pts
    for_all = bool(getattr(request, "revoke", True))
    call.service.tell(writing.delete(call.world, owner, request.id, for_all=for_all), skip=call.line)
    return types.messages.AffectedMessages(owner.box.pts, owner.box.pts - before)


def _draft(call: Call, *, media: Any = None) -> Draft:
    """What the request wants to send. Raises Refused when it is empty or too long."""
    request = call.request
    text = request.message or ""
    if not text and media is None:
        raise Refused("MESSAGE_EMPTY")
    if len(text) > (_TEXT_LIMIT if media is None else _CAPTION_LIMIT):
        raise Refused("MESSAGE_TOO_LONG" if media is None else "MEDIA_CAPTION_TOO_LONG")
    reply = getattr(request, "reply_to", None)
    return Draft(
        text=text,
        media=media,
        entities=[bytes(entity) for entity in request.entities or ()],
        reply_to=getattr(reply, "reply_to_msg_id", None),
        silent=bool(getattr(request, "silent", False)),
    )


def _scheduled_once(call: Call, draft: Draft) -> Tl:
    """Keep the message of that `random_id` for later; a repeat finds it while it waits."""
    random_id, me = call.request.random_id, call.me
    sent = me.sent.get(random_id)
    if sent is None:
        chat = reached(call, call.request.peer)
        require_may_write(call, chat)
        return scheduled.put_off(call, chat, draft, random_id)
    waiting = me.scheduled.get(sent.message_id) if sent.is_scheduled else None
    if waiting is None or call.service.rules.repeated_sends is RepeatedSends.REFUSED:
        raise Refused("RANDOM_ID_DUPLICATE")
    return scheduled.announced(call, random_id, waiting)


def _sent_once(call: Call, random_id: int, draft: Draft, *, to: Tl = None) -> tuple[Message, int]:
    """The message of that `random_id` with the pts it arrived at: written now, or found when it was sent before."""
    if (repeated := _repeated(call, random_id)) is not None:
        return repeated
    chat = reached(call, to or call.request.peer)
    written = call.service.deliver(call.me, chat, draft, written_on=call.line)
    call.me.sent[random_id] = Sent(chat.peer, written.message.id, written.pts)
    return written.message, written.pts


def _repeated(call: Call, random_id: int) -> tuple[Message, int] | None:
    """What a repeat of a send gets. Raises Refused when the rules say so, or the first message is gone."""
    sent = call.me.sent.get(random_id)
    if sent is None:
        return None
    message = call.world.box_of(call.me, sent.peer).messages.get(sent.message_id)
    if message is None or sent.is_scheduled or call.service.rules.repeated_sends is RepeatedSends.REFUSED:
        raise Refused("RANDOM_ID_DUPLICATE")
    return message, sent.pts


def _require_may_send(call: Call, random_ids: Sequence[int], *, to: Tl = None, is_album: bool = True) -> None:
    """Once a request, before any of its messages is written; what was sent before needs no leave.

    Slow mode counts an album as one message, and takes no several messages at once.

    Raises Refused.
    """
    new = [random_id for random_id in random_ids if random_id not in call.me.sent]
    if not new:
        return
    chat = reached(call, to or call.request.peer)
    if len(new) > 1 and not is_album and isinstance(chat, Channel) and _is_slowed(call, chat):
        raise Refused("SLOWMODE_MULTI_MSGS_DISABLED")
    require_may_write(call, chat)


def _clear_draft(call: Call) -> None:
    """Forget what is typed in the chat, where the request that was just obeyed asks for it."""
    if call.request.clear_draft:
        drafts.keep(call.service, call.me, reached(call, call.request.peer).peer, None, skip=call.line)


def require_may_write(call: Call, chat: Chat) -> None:
    """Raises Refused when the caller may not write there now."""
    if not isinstance(chat, User) and "send_messages" in chat.denied and not chat.may(call.me.id, "ban_users"):
        raise Refused("CHAT_WRITE_FORBIDDEN")
    match chat:
        case Channel():
            _require_may_post(call, chat)
        case Group() if call.me.id not in chat.members:
            raise Refused("CHAT_WRITE_FORBIDDEN")
        case User() if chat.deleted:
            raise Refused("INPUT_USER_DEACTIVATED")


def _require_may_post(call: Call, channel: Channel) -> None:
    me = call.me
    if me.id not in channel.members or (channel.broadcast and not channel.is_admin(me.id)):
        raise Refused("CHAT_WRITE_FORBIDDEN")
    if not _is_slowed(call, channel):
        return
    now, last = call.service.clock(), channel.posted_at.get(me.id)
    if last is not None and last + timedelta(seconds=channel.slow_mode_s) > now:
        left = last + timedelta(seconds=channel.slow_mode_s) - now
        raise Refused(f"SLOWMODE_WAIT_{int(left.total_seconds()) + 1}")
    channel.posted_at[me.id] = now


def _is_slowed(call: Call, channel: Channel) -> bool:
    return bool(channel.slow_mode_s) and not channel.is_admin(call.me.id)


def _answer(call: Call, message: Message, pts: int) -> Tl:
    """What the sender learns. It carries the pts the log has: any other, and the sender sees a gap on every send."""
    plain = not message.media and call.world.channels.get(message.peer.id) is None
    if plain and call.service.rules.short_answers:
        entities = message_tl(message, call.me).entities
        return types.UpdateShortSentMessage(message.id, pts, 1, message.sent_at, out=True, entities=entities)
    users, chats = mentioned(call.world, call.me, [message])
    return types.Updates(_new_message(call, call.request.random_id, message, pts), users, chats, call.now, 0)


def _new_message(call: Call, random_id: int, message: Message, pts: int) -> list[Tl]:
    in_channel = message.peer.id in call.world.channels
    update = types.UpdateNewChannelMessage if in_channel else types.UpdateNewMessage
    return [types.UpdateMessageID(message.id, random_id), update(message_tl(message, call.me), pts, 1)]
