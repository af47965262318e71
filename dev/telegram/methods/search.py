"""messages.Search and messages.SearchGlobal: finding messages by their words and by what is attached."""

from collections.abc import Callable

from telethon.tl import types

from dev.telegram.methods.call import Call, method
from dev.telegram.methods.messages import page_of
from dev.telegram.methods.peers import found
from dev.telegram.refusals import Refused
from dev.telegram.tl import Tl
from dev.telegram.views import mentioned, message_tl, read_all
from dev.telegram.world.boxes import Message, PeerKind

_PAGE = 100
_LINKS = ("http://", "https://", "t.me/")

Matches = Callable[[Message], bool]


@method("messages.Search")
def search(call: Call) -> Tl:
    """A page of the messages of a chat whose text has the words, newest first."""
    return page_of(call, _matching(call))


@method("messages.SearchGlobal")
def search_global(call: Call) -> Tl:
    """A page of the messages of all the caller's chats, newest first; `next_rate` stands for its last one's date."""
    request, matches = call.request, _matching(call)
    if not request.q and isinstance(request.filter, types.InputMessagesFilterEmpty):
        raise Refused("SEARCH_QUERY_EMPTY")
    hits = sorted((one for one in _all_messages(call) if matches(one)), key=_age, reverse=True)
    if request.offset_rate:
        last = found(call, request.offset_peer)
        bound = (request.offset_rate, last.id if last else 0, request.offset_id)
        hits = [one for one in hits if _age(one) < bound]
    page = hits[: min(request.limit or _PAGE, _PAGE)]
    users, chats = mentioned(call.world, call.me, page)
    shown = [message_tl(message, call.me) for message in page]
    if len(page) == len(hits):
        return types.messages.Messages(messages=shown, topics=[], chats=chats, users=users)
    return types.messages.MessagesSlice(
        count=len(hits), messages=shown, topics=[], chats=chats, users=users, next_rate=_age(page[-1])[0]
    )


def _age(message: Message) -> tuple[int, int, int]:
    return int(message.sent_at.timestamp()), message.peer.id, message.id


def _all_messages(call: Call) -> list[Message]:
    me, world = call.me, call.world
    channels = [world.channels[peer.id] for peer in me.dialogs if peer.kind is PeerKind.CHANNEL]
    joined = [channel for channel in channels if me.id in channel.members]
    return [*me.box.messages.values(), *(one for channel in joined for one in channel.box.messages.values())]


def _matching(call: Call) -> Matches:
    wanted, suits = (call.request.q or "").lower(), _kind(call.request.filter)
    return lambda message: wanted in message.text.lower() and suits(message)


def _kind(filter_: Tl) -> Matches:
    match filter_:
        case types.InputMessagesFilterPhotoVideo():
            return lambda message: message.media is not None and (message.media.kind == "photo" or _is_video(message))
        case types.InputMessagesFilterPhotos():
            return lambda message: message.media is not None and message.media.kind == "photo"
        case types.InputMessagesFilterDocument():
            return lambda message: message.media is not None and message.media.kind != "photo"
        case types.InputMessagesFilterUrl():
            return _has_link
        case types.InputMessagesFilterPinned():
            return lambda message: message.pinned
        case _:
            return lambda _: True


def _is_video(message: Message) -> bool:
    return message.media is not None and message.media.mime.startswith("video/")


def _has_link(message: Message) -> bool:
    marked = (types.MessageEntityUrl, types.MessageEntityTextUrl)
    is_marked = any(isinstance(one, marked) for one in read_all(message.entities))
    return is_marked or any(start in message.text for start in _LINKS)
