"""A SOCKS5 proxy on this machine, as a customer may have one: with or without a login, and sometimes out of order."""

import asyncio
import socket
import struct
from contextlib import suppress
from typing import Final

from chalicelib.features.accounts.model import Proxy
from tests.worker.local_proxy import LocalProxy

USERNAME: Final = "proxy-user"
PASSWORD: Final = "planted-proxy-password"
_ADDRESS = struct.Struct("!4BH")


class SocksProxy(LocalProxy):
    """Leads to where it is asked to. `is_silent`: takes lines and says nothing. Source: RFC 1928, RFC 1929."""

    def __init__(self) -> None:
        super().__init__()
        self.refused = 0
        self.is_silent = False

    def address(self, password: str = PASSWORD) -> Proxy:
        """How it is given to a connection."""
        return Proxy(host="127.0.0.1", port=self.port, username=USERNAME, password=password)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Let the line in, and lead it on."""
        if await self._is_let_in(reader, writer):
            await self._lead_on(reader, writer)

    async def _is_let_in(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        if self.is_silent:
            await reader.read()
            return False
        _, count = await reader.readexactly(2)
        if 2 not in await reader.readexactly(count):
            writer.write(b"\x05\xff")
            self.refused += 1
            return False
        writer.write(b"\x05\x02")
        _, length = await reader.readexactly(2)
        username = await reader.readexactly(length)
        password = await reader.readexactly((await reader.readexactly(1))[0])
        is_known = (username.decode(), password.decode()) == (USERNAME, PASSWORD)
        self.refused += not is_known
        writer.write(b"\x01\x00" if is_known else b"\x01\x01")
        return is_known

    async def _lead_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readexactly(4) == b"\x05\x01\x00\x01"
        *parts, port = _ADDRESS.unpack(await reader.readexactly(_ADDRESS.size))
        try:
            there, back = await asyncio.open_connection(".".join(map(str, parts)), port)
        except OSError:
            writer.write(b"\x05\x05\x00\x01" + bytes(_ADDRESS.size))
            return
        self.served += 1
        self.open_ones.add(back)
        writer.write(b"\x05\x00\x00\x01" + bytes(_ADDRESS.size))
        await asyncio.gather(_copy(reader, back), _copy(there, writer))
        self.open_ones.discard(back)


async def _copy(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while chunk := await source.read(65536):
            sink.write(chunk)
            await sink.drain()
    sink.close()


def a_closed_port() -> int:
    """A port of this machine where nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port
