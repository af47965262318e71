"""The peers a connection knows: access hashes and chats, 16 bytes each, found by bisection and bounded in number.

Telethon's own sessions keep a row of text a peer, never drop one and search them one by one.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Final, Literal

from telethon.tl import types

from chalicelib.kernel import ids
from chalicelib.kernel.ids import AccountId, ChatId

MAX_PEERS: Final = 12_000
"""Hashes and chats of this many fill 288 KB of a row that may have 400."""
REMEMBERED_CHAT_IDS: Final = 4_096
"""Of all connections of the process together: 1 MB at most."""
_CHANNEL_MARK: Final = -1_000_000_000_000
_DIGEST_LETTERS: Final = 12
_AS_PYTHONS_BASE_32: Final = str.maketrans("0123456789ABCDEFGHJKMNPQRSTVWXYZ", "0123456789abcdefghijklmnopqrstuv")

PeerKind = Literal["user", "chat", "channel"]
Peer = Any
"""PeerUser, PeerChat or PeerChannel; Telethon's types are not known to the type checker."""
InputPeer = Any
"""InputPeerUser, InputPeerChat or InputPeerChannel."""


def mark(kind: PeerKind, peer_id: int) -> int:
    """One number for kind and id, as the Bot API has it: users positive, groups negative, channels below -10^12."""
    match kind:
        case "user":
            return peer_id
        case "chat":
            return -peer_id
        case "channel":
            return _CHANNEL_MARK - peer_id


def unmark(marked: int) -> tuple[PeerKind, int]:
    """Kind and id of a marked number."""
    if marked > 0:
        return "user", marked
    if marked > _CHANNEL_MARK:
        return "chat", -marked
    return "channel", _CHANNEL_MARK - marked


def mark_of(peer: Peer) -> int:
    """The marked number of a peer as messages name it."""
    match peer:
        case types.PeerUser(user_id=user_id):
            return mark("user", user_id)
        case types.PeerChat(chat_id=chat_id):
            return mark("chat", chat_id)
        case _:
            return mark("channel", peer.channel_id)


def mark_of_group(entity: Any) -> int:
    """The marked number of a group or channel as Telegram describes it."""
    is_basic = isinstance(entity, types.Chat | types.ChatForbidden)
    return mark("chat" if is_basic else "channel", entity.id)


def input_channel(peer: InputPeer) -> Any:
    """How requests to channels alone name one that is an InputPeerChannel."""
    return types.InputChannel(peer.channel_id, peer.access_hash)


def plain_peer(peer: InputPeer) -> Peer:
    """A peer as messages name it, of one as requests do."""
    match peer:
        case types.InputPeerUser(user_id=user_id):
            return types.PeerUser(user_id)
        case types.InputPeerChat(chat_id=chat_id):
            return types.PeerChat(chat_id)
        case _:
            return types.PeerChannel(peer.channel_id)


class Pairs:
    """A bounded map of 64-bit numbers to 64-bit numbers in two sorted arrays."""

    __slots__ = ("_keys", "_values")

    def __init__(self) -> None:
        self._keys: array[int] = array("q")
        self._values: array[int] = array("q")

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self._keys, self._values, strict=True)

    def get(self, key: int) -> int | None:
        """The value of a key: O(log n)."""
        place = bisect_left(self._keys, key)
        if place < len(self._keys) and self._keys[place] == key:
            return self._values[place]
        return None

    def put(self, key: int, value: int) -> bool:
        """Set a value; True when that changed anything. A full map gives up the neighbour, which is learned again."""
        place = bisect_left(self._keys, key)
        if place < len(self._keys) and self._keys[place] == key:
            was, self._values[place] = self._values[place], value
            return was != value
        if len(self._keys) >= MAX_PEERS:
            place = min(place, len(self._keys) - 1)
            self._keys.pop(place)
            self._values.pop(place)
            place = bisect_left(self._keys, key)
        self._keys.insert(place, key)
        self._values.insert(place, value)
        return True


class PeerBook:
    """The peers of one connection. Chats are found by the first 60 bits of the part of their id after the account."""

    __slots__ = ("_account_id", "_chats", "_hashes", "_secret", "is_dirty")

    def __init__(self, account_id: AccountId, secret: bytes) -> None:
        self._account_id = account_id
        self._secret = secret
        self._hashes = Pairs()
        self._chats = Pairs()
        self.is_dirty = False

    def learn(self, marked: int, access_hash: int) -> None:
        """Remember a peer's access hash; the last one wins."""
        if self._hashes.put(marked, access_hash):
            self.is_dirty = True

    def access_hash(self, marked: int) -> int | None:
        """A peer's access hash, where it is known."""
        return self._hashes.get(marked)

    def add_chat(self, marked: int) -> ChatId:
        """Make a chat findable by its id, which is returned."""
        chat_id = self.chat_id(marked)
        if self._chats.put(_digest(chat_id), marked):
            self.is_dirty = True
        return chat_id

    def knows_chat(self, chat_id: ChatId) -> bool:
        """Whether the chat was seen before."""
        return self._chats.get(_digest(chat_id)) is not None

    def chat_id(self, marked: int) -> ChatId:
        """Our id of a chat: a keyed hash of some 8 µs, remembered for the chats that were named last."""
        return _chat_id(self._secret, self._account_id, marked)

    def marked(self, chat_id: ChatId) -> int | None:
        """The peer behind one of our ids; None for another account's and for chats never seen."""
        if not ids.is_chat_shape(chat_id) or ids.account_of(chat_id) != self._account_id:
            return None
        found = self._chats.get(_digest(chat_id))
        return found if found is not None and self.chat_id(found) == chat_id else None

    def input_peer(self, marked: int) -> InputPeer | None:
        """What requests name a peer by; None while its access hash is unknown."""
        kind, peer_id = unmark(marked)
        if kind == "chat":
            return types.InputPeerChat(peer_id)
        access_hash = self._hashes.get(marked)
        if access_hash is None:
            return None
        if kind == "user":
            return types.InputPeerUser(peer_id, access_hash)
        return types.InputPeerChannel(peer_id, access_hash)

    def learn_all(self, users: Iterable[object], chats: Iterable[object]) -> None:
        """Remember everybody an answer or update came with; short forms ("min") have no hash that can be used."""
        for one in (*users, *chats):
            access_hash = getattr(one, "access_hash", None)
            if access_hash is None or getattr(one, "min", False):
                continue
            if isinstance(one, types.User):
                self.learn(one.id, access_hash)
            elif isinstance(one, types.Channel | types.ChannelForbidden):
                self.learn(mark("channel", one.id), access_hash)

    def dump(self) -> bytes:
        """Everything, to be sealed: count, hashes, chats; 16 bytes a hash and 8 a chat."""
        header = array("q", (len(self._hashes),))
        return b"".join(
            (
                header.tobytes(),
                array("q", (key for key, _ in self._hashes)).tobytes(),
                array("q", (value for _, value in self._hashes)).tobytes(),
                array("q", (marked for _, marked in self._chats)).tobytes(),
            )
        )

    def load(self, dumped: bytes) -> None:
        """What `dump` wrote; about 3 µs a chat, so large ones are loaded in a thread."""
        if not dumped:
            return
        words = array("q", dumped)
        count = words[0]
        for key, value in zip(words[1 : 1 + count], words[1 + count : 1 + 2 * count], strict=True):
            self._hashes.put(key, value)
        for marked in words[1 + 2 * count :]:
            self._chats.put(_digest(self.chat_id(marked)), marked)


@lru_cache(maxsize=REMEMBERED_CHAT_IDS)
def _chat_id(secret: bytes, account_id: AccountId, marked: int) -> ChatId:
    kind, peer_id = unmark(marked)
    return ids.chat_id(secret, account_id, kind, peer_id)


def _digest(chat_id: ChatId) -> int:
    return int(chat_id[ids.MINTED_LENGTH : ids.MINTED_LENGTH + _DIGEST_LETTERS].translate(_AS_PYTHONS_BASE_32), 32)
