"""A connection's login and position in memory, and how it is kept sealed: nothing that grows without bound.

Telethon moves its update state on when an update is taken, not when it was handled. Here the state is kept only after
what it covers was handled, at most every `save_after_s`, and conditioned on our epoch (architecture: Fencing).
"""

import asyncio
import struct
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime
from typing import Any, Final

from telethon import TelegramClient
from telethon.crypto import AuthKey
from telethon.sessions import StringSession
from telethon.sessions.abstract import Session
from telethon.tl import types

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import Connection, ConnectionTaken, Proxy
from chalicelib.kernel.errors import Fact
from chalicelib.logs import log
from chalicelib.table.cipher import Cipher
from chalicelib.table.tenant import Tenant
from session_worker.door import Door
from session_worker.telegram.parked import Position
from session_worker.telegram.peers import InputPeer, PeerBook, mark, mark_of

_VERSION: Final = 1
_HEADER: Final = struct.Struct("<BqiiqiqiqB")
"""Version, own user id, pts, qts, date, seq; the sweep: date, message and peer it stands at, and whether it is done."""
_CHANNEL: Final = struct.Struct("<qi")


class KeptSession(Session):  # type: ignore[misc]
    """Telethon's view of a login: address, key, update state; peers go to the connection's book.

    `proxy`: the only way on which this login may speak to Telegram, whoever opens a line for it.
    """

    def __init__(self, session_string: str = "", peers: PeerBook | None = None, *, proxy: Proxy | None = None) -> None:
        super().__init__()
        self.proxy = proxy
        self._server_address: str | None = None
        self._port: int | None = None
        self._dc_id = 0
        self._auth_key: AuthKey | None = None
        self._peers = peers
        self._state: tuple[int, int, int, int] | None = None
        self._channels: dict[int, int] = {}
        self._self_id = 0
        self.sweep = Sweep()
        if session_string:
            self._read(session_string)

    def _read(self, session_string: str) -> None:
        kept = StringSession(session_string)
        self._dc_id, self._server_address, self._port = kept.dc_id, kept.server_address, kept.port
        self._auth_key = kept.auth_key

    def to_string(self) -> str:
        """The login as text: data centre, address and key. A full login; it goes nowhere but under a seal."""
        text: str = StringSession.save(self)
        return text

    def set_dc(self, dc_id: int, server_address: str, port: int) -> None:
        self._dc_id, self._server_address, self._port = dc_id, server_address, port

    @property
    def dc_id(self) -> int:
        return self._dc_id

    @property
    def server_address(self) -> str | None:
        return self._server_address

    @property
    def port(self) -> int | None:
        return self._port

    @property
    def auth_key(self) -> AuthKey | None:
        return self._auth_key

    @auth_key.setter
    def auth_key(self, value: AuthKey | None) -> None:
        self._auth_key = value

    @property
    def takeout_id(self) -> None:
        return None

    @takeout_id.setter
    def takeout_id(self, value: int | None) -> None:
        """We take nothing out."""

    def get_update_state(self, entity_id: int) -> Any:
        return dict(self.get_update_states()).get(entity_id)

    def set_update_state(self, entity_id: int, state: Any) -> None:
        """Telethon writes the account's own state (0) first and then every channel it still follows."""
        if entity_id == 0:
            self._state = (state.pts, state.qts, int(state.date.timestamp()), state.seq)
            self._channels.clear()
        else:
            self._channels[entity_id] = state.pts

    def get_update_states(self) -> Iterable[tuple[int, Any]]:
        if self._state is None or self._state[0] <= 0:
            return []
        pts, qts, date, seq = self._state
        at = datetime.fromtimestamp(date, UTC)
        own = (0, types.updates.State(pts=pts, qts=qts, date=at, seq=seq, unread_count=0))
        return [own, *((one, types.updates.State(pts, 0, at, 0, 0)) for one, pts in self._channels.items())]

    def position(self) -> Position:
        """Where the login stands, for a line that only listens. There must be a state (`can_be_parked`)."""
        pts, qts, date, _ = self._state or (0, 0, 0, 0)
        return Position(pts=pts, qts=qts, date=date)

    @property
    def can_be_parked(self) -> bool:
        """Whether what is missed from here on can be told: the chats were read and the update state is known."""
        return self.sweep.is_done and self._state is not None and self._state[0] > 0

    def forget_peers(self) -> None:
        """Let the book of peers go; who wakes the connection reads it anew."""
        self._peers = None
        self._channels.clear()

    def close(self) -> None:
        """Nothing is open."""

    def save(self) -> None:
        """Telethon calls this each time something may have changed; the custodian decides when to keep what."""

    def delete(self) -> None:
        """Forget the login; called after a log-out."""
        self._auth_key = None

    def learn(self, users: Iterable[Any], chats: Iterable[Any]) -> None:
        """Remember everybody an update came with."""
        if self._peers is not None:
            self._peers.learn_all(users, chats)

    def process_entities(self, tlo: Any) -> None:
        if self._peers is None:
            return
        users, chats = getattr(tlo, "users", None), getattr(tlo, "chats", None)
        if isinstance(users, list) and len(users) == 1 and isinstance(users[0], types.InputPeerUser):
            self._self_id = users[0].access_hash  # Telethon's way of telling a session who it is
        elif isinstance(users, list) and isinstance(chats, list):
            self._peers.learn_all(users, chats)
        elif isinstance(tlo, list) and tlo and isinstance(tlo[0], types.User):
            self._peers.learn_all(tlo, ())

    def get_input_entity(self, key: Any) -> InputPeer:
        """Raises ValueError for a peer that is not known, as Telethon expects."""
        if key == 0 and self._self_id:
            return types.InputPeerUser(0, self._self_id)
        marked = self._marked(key)
        found = None if marked is None or self._peers is None else self._peers.input_peer(marked)
        if found is None:
            raise ValueError("This peer is not known to the connection")
        return found

    def _marked(self, key: Any) -> int | None:
        match key:
            case int() if key in self._channels:
                return mark("channel", key)
            case int():
                return key or None
            case types.PeerUser() | types.PeerChat() | types.PeerChannel():
                return mark_of(key)
            case _:
                return None

    def cache_file(self, md5_digest: bytes, file_size: int, instance: Any) -> None:
        """Files are not kept."""

    def get_file(self, md5_digest: bytes, file_size: int, cls: Any) -> None:
        """Files are not kept."""

    def dump(self) -> bytes:
        """Update state, who we are and where the sweep of dialogs stands: 50 bytes and 12 a channel."""
        state = self._state or (0, 0, 0, 0)
        sweep = self.sweep
        place = (sweep.date, sweep.message_id, sweep.marked, sweep.is_done)
        return _HEADER.pack(_VERSION, self._self_id, *state, *place) + b"".join(
            _CHANNEL.pack(channel, pts) for channel, pts in self._channels.items()
        )

    def load(self, dumped: bytes) -> None:
        """What `dump` wrote; anything else, an older version's too, is as good as nothing: the client starts afresh."""
        if len(dumped) < _HEADER.size or dumped[0] != _VERSION:
            return
        _, self._self_id, pts, qts, date, seq, *place = _HEADER.unpack_from(dumped)
        self._state = (pts, qts, date, seq)
        self._channels = dict(_CHANNEL.iter_unpack(dumped[_HEADER.size :]))
        self.sweep = Sweep(date=place[0], message_id=place[1], marked=place[2], is_done=bool(place[3]))


class Sweep:
    """Where reading the list of dialogs stands: the last dialog that was taken, or that all were."""

    __slots__ = ("date", "is_done", "marked", "message_id")

    def __init__(self, *, date: int = 0, message_id: int = 0, marked: int = 0, is_done: bool = False) -> None:
        self.date = date
        self.message_id = message_id
        self.marked = marked
        self.is_done = is_done


class Custodian:
    """Keeps one connection's state sealed. `before_keeping` writes what a state covers, and says whether it could."""

    before_keeping: Callable[[], Awaitable[bool]] | None = None

    def __init__(
        self,
        connection: Connection,
        client: TelegramClient,
        peers: PeerBook,
        *,
        tenant: Tenant,
        cipher: Cipher,
        door: Door,
        save_after_s: float,
        on_taken: Callable[[], None],
    ) -> None:
        self._connection = connection
        self._client = client
        self._session: KeptSession = client.session
        self._peers = peers
        self._tenant = tenant
        self._cipher = cipher
        self._door = door
        self._save_after_s = save_after_s
        self._on_taken = on_taken
        self._kept = self._session.dump()
        self._kept_string = self._session.to_string()
        self._timer: asyncio.TimerHandle | None = None
        self._saving: asyncio.Task[None] | None = None

    def touch(self) -> None:
        """Something was handled: keep the state that covers it before long."""
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._save_after_s, self._begin)

    async def save(self) -> None:
        """Keep the state as it stands; what did not change is not written. A failure is tried again at the next touch.

        Cost: at most 3 writes, none when nothing changed.
        """
        await self._client._save_states_and_entities()
        state, login = self._session.dump(), self._session.to_string()
        is_covered = self.before_keeping is None or await self.before_keeping()
        try:
            if login and login != self._kept_string:
                await self._keep(accounts.keep_session, login)
                self._kept_string = login
            if self._peers.is_dirty:
                self._peers.is_dirty = False
                await self._keep_hashes()
            if is_covered and state != self._kept:
                await self._keep(accounts.keep_update_state, state)
                self._kept = state
        except ConnectionTaken:
            log.warning("custody.taken", connection=self._connection.id)
            self._on_taken()
        except Fact as refusal:
            log.warning("custody.not_kept", connection=self._connection.id, code=refusal.code)

    async def close(self) -> None:
        """Stop the clock and keep the last state."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._saving is not None:
            await self._saving
        await self.save()

    async def _keep_hashes(self) -> None:
        try:
            await self._keep(accounts.keep_hashes, self._peers.dump())
        except Fact:
            self._peers.is_dirty = True
            raise

    async def _keep(self, keep: Callable[..., None], content: Any) -> None:
        epoch = self._connection.epoch
        await self._door.call(keep, self._connection, content, tenant=self._tenant, cipher=self._cipher, epoch=epoch)

    def _begin(self) -> None:
        self._timer = None
        self._saving = asyncio.get_running_loop().create_task(self._save_and_go(), name="custody")

    async def _save_and_go(self) -> None:
        await self.save()
        self._saving = None


def peer_of_sweep(sweep: Sweep, peers: PeerBook) -> InputPeer:
    """What the next page of dialogs is asked for after."""
    if sweep.marked == 0:
        return types.InputPeerEmpty()
    return peers.input_peer(sweep.marked) or types.InputPeerEmpty()
