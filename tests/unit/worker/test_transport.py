"""A line: what it writes once it may not, what it leaves behind, and what it makes of packets nobody can read."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from telethon.crypto import AuthKey

from chalicelib.kernel.errors import Fact
from session_worker.telegram.outcomes import TelegramAway
from session_worker.telegram.parked import ParkedSession, Position
from session_worker.telegram.transport import LeanConnection, LeaseRunOut, connection_class
from tests.worker.telegram.clients import eventually

KEY = AuthKey(bytes(range(256)))
LARGE = b"x" * 8_000_000
"""More than two kernels hold between them."""


class Far:
    """The other side: it reads only when it is told to."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self.line: socket.socket | None = None

    def accept(self) -> socket.socket:
        """Its end of the line."""
        self.line, _ = self._server.accept()
        self.line.setblocking(False)
        return self.line

    def close(self) -> None:
        """Nobody listens any more."""
        self._server.close()
        if self.line is not None:
            self.line.close()


@pytest.fixture
async def far() -> AsyncIterator[Far]:
    """Somebody who listens."""
    made = Far()
    yield made
    made.close()


async def a_line(far: Far, may_write: Callable[[], bool] = lambda: True) -> LeanConnection:
    kind = connection_class(lambda: True, is_loopback_only=True)
    line = kind("127.0.0.1", far.port, 2, may_write=may_write)
    await line.connect(timeout=1)
    far.accept()
    return line


async def drained(line: socket.socket) -> int:
    """How many bytes came until the line was reset or closed."""
    count, loop = 0, asyncio.get_running_loop()
    try:
        async with asyncio.timeout(5):
            while part := await loop.sock_recv(line, 1 << 20):
                count += len(part)
    except ConnectionResetError:
        return count
    return count


async def test_what_waited_for_the_kernel_is_not_written_once_the_lease_has_run_out(far: Far) -> None:
    leases = [True]
    line = await a_line(far, lambda: leases[0])
    assert far.line is not None
    for _ in range(3):
        line.write(LARGE)
    leases[0] = False

    assert await drained(far.line) <= len(LARGE) + 8  # the one that was begun, and no other
    assert not line._connected


async def test_a_packet_that_waited_is_written_in_its_order(far: Far) -> None:
    line = await a_line(far)
    assert far.line is not None
    for _ in range(3):
        line.write(LARGE)
    expected, count = 4 + 3 * (len(LARGE) + 4), 0
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(5):
        while count < expected:
            count += len(await loop.sock_recv(far.line, 1 << 20))
    assert count == expected
    await line.disconnect()


async def test_a_line_ends_where_its_own_lease_ends_though_the_process_may_speak(far: Far) -> None:
    leases = [True]
    line = await a_line(far, lambda: leases[0])
    leases[0] = False
    with pytest.raises(LeaseRunOut):
        line.write(b"more")


async def test_a_line_that_is_given_up_leaves_the_kernel_nothing_to_repeat(far: Far) -> None:
    line = await a_line(far)
    assert far.line is not None
    line.write(LARGE)

    await line.disconnect()

    assert await drained(far.line) < len(LARGE)


@pytest.mark.parametrize("packet", [b"x" * 5, b"x" * 55, b"x" * 88, KEY.key_id.to_bytes(8, "little") + b"x" * 90])
async def test_a_packet_anybody_on_the_way_can_make_ends_a_parked_line_and_no_other(far: Far, packet: bytes) -> None:
    ended: list[Fact | None] = []
    session = ParkedSession(a_closed_line(far), KEY, Position(pts=1, qts=0, date=0), lambda asked: asked, ended.append)
    await session.open(1)
    line = far.accept()

    line.send(len(packet).to_bytes(4, "little") + packet)

    await eventually(lambda: len(ended) == 1)
    assert isinstance(ended[0], TelegramAway)
    await session.close()


def a_closed_line(far: Far) -> Any:
    """A line that was not opened yet."""
    return connection_class(lambda: True, is_loopback_only=True)("127.0.0.1", far.port, 2)


async def test_a_reader_that_crashes_ends_its_line_and_tells_its_owner(far: Far) -> None:
    line = await a_line(far)
    lost: list[Exception] = []

    def crash(_: bytes) -> None:
        raise ValueError

    line.hand_to(crash, lost.append)
    assert far.line is not None
    far.line.send((3).to_bytes(4, "little") + b"abc")

    await eventually(lambda: [type(error) for error in lost] == [ConnectionError])
