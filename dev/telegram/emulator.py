"""The emulator as tests and the local product hold it: a Telegram that listens on loopback."""

import asyncio
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from types import TracebackType
from typing import Any

from telethon import TelegramClient
from telethon.crypto import AuthKey
from telethon.crypto import rsa as telethon_rsa
from telethon.sessions import StringSession

from dev.telegram.connection import Connection
from dev.telegram.dispatch import Dispatcher
from dev.telegram.keyring import Keyring
from dev.telegram.limits import Limits
from dev.telegram.methods.scheduled import send_due
from dev.telegram.rules import Rules
from dev.telegram.service import Clock, Service
from dev.telegram.wire.rsa_key import PUBLIC_PEM, ServerKey
from dev.telegram.world.people import User
from dev.telegram.world.world import World, digits_of

_BACKLOG = 4096
_KEY_LENGTH = 256
_LOOK_EVERY_S = 0.1


def _now() -> datetime:
    return datetime.now(UTC)


class Emulator(Service):
    """One Telegram with its data centres' sockets.

        async with Emulator(dcs=(2, 4)) as telegram:
            telegram.trust()
            alice = telegram.world.add_user("Alice", phone="15550001")
            client = TelegramClient(telegram.session(alice), 1, "x")

    `ports`: data centre to port; 0 or none takes a free one. `clock` is the world's time; what the protocol itself
    calls time stays real. `rng` makes codes, tokens and minted keys. `world` and `keyring`: from a snapshot. `limits`
    are in force while `rules.limits` says so.
    """

    def __init__(
        self,
        dcs: Sequence[int] = (2,),
        *,
        ports: dict[int, int] | None = None,
        host: str = "127.0.0.1",
        rules: Rules | None = None,
        clock: Clock = _now,
        rng: random.Random | None = None,
        world: World | None = None,
        keyring: Keyring | None = None,
        salt: int | None = None,
        limits: Limits | None = None,
    ) -> None:
        rng = rng or random.SystemRandom()
        super().__init__(
            world=world or World(),
            keyring=keyring or Keyring(),
            clock=clock,
            rng=rng,
            salt=rng.getrandbits(63) if salt is None else salt,
            host=host,
            ports={dc: (ports or {}).get(dc, 0) for dc in dcs},
            rules=rules or Rules(),
        )
        self.limits = limits or Limits()
        self._server_key = ServerKey()
        self._servers: list[asyncio.Server] = []
        self._open_lines: set[Connection] = set()
        self._timetable: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "Emulator":
        loop, dispatch = asyncio.get_running_loop(), Dispatcher(self, self.limits)
        for dc, port in self.ports.items():
            server = await loop.create_server(
                partial(Connection, self, self._server_key, dc, dispatch, self._open_lines),
                self.host,
                port,
                backlog=_BACKLOG,
            )
            self._servers.append(server)
            self.ports[dc] = server.sockets[0].getsockname()[1]
        self._timetable = loop.create_task(self._keep_timetable(), name="scheduled messages")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timetable is not None:
            self._timetable.cancel()
            await asyncio.gather(self._timetable, return_exceptions=True)
        for server in self._servers:
            server.close()
        for line in list(self._open_lines):
            line.cut()
        await asyncio.sleep(0)  # lets the cut lines be noticed before the loop may end

    async def _keep_timetable(self) -> None:
        """Send what was scheduled, by the world's clock."""
        while True:
            if not self.frozen:
                send_due(self)
            await asyncio.sleep(_LOOK_EVERY_S)

    def trust(self) -> None:
        """Make Telethon in this process accept the emulator's key, and forget the data centres it was told of before.

        Both are global to the process. The list of data centres is fetched once and kept on the class: with a second
        emulator in one process, migrations would go to the ports of the first.
        """
        telethon_rsa.add_key(PUBLIC_PEM.read_text(), old=False)
        TelegramClient._config = None

    def session(self, user: User | None = None, *, dc: int | None = None) -> Any:
        """A Telethon `StringSession` that points here; logged in as the user, when given, without a handshake.

        A session without an address would fall back to the real data centre 2.
        """
        dc = dc or (user.dc if user else next(iter(self.ports)))
        session = StringSession()
        session.set_dc(dc, self.host, self.ports[dc])
        if user is not None:
            secret = self.rng.randbytes(_KEY_LENGTH)
            self.keyring.log_in(self.keyring.add(secret, dc, self.clock()), user)
            session.auth_key = AuthKey(secret)
        return session

    def code_of(self, phone: str) -> str:
        """The code that number's next login takes. Raises LookupError when none was asked for."""
        return self.keyring.codes[digits_of(phone)][-1].code

    def cut(self, user: User) -> None:
        """Break every line of the user, as a network failure would."""
        for line in self.lines_of(user):
            line.cut()

    def forget_keys(self, user: User) -> int:
        """Know the user's keys no longer: their clients get -404 at the next packet. Answers how many there were."""
        keys = self.keyring.of(user.id)
        for key in keys:
            self.keyring.log_out(key)
            del self.keyring.keys[key.id]
        return len(keys)

    def change_salt(self) -> None:
        """Take another salt, as Telegram does every half hour: clients are told at their next word."""
        self.salt = self.rng.getrandbits(63)

    @contextmanager
    def withholding(self, user: User) -> Iterator[None]:
        """Pushes to the user get lost inside the block: a gap in what their clients see."""
        self.withheld.add(user.id)
        try:
            yield
        finally:
            self.withheld.discard(user.id)

    def freeze(self) -> None:
        """Stop handling packets: from now on the world changes only by `thaw`, and what clients send waits."""
        self.frozen = True
        for line in self._open_lines:
            line.rest(resting=True)

    def thaw(self) -> None:
        """Go on where `freeze` stopped."""
        self.frozen = False
        for line in self._open_lines:
            line.rest(resting=False)
