"""Many browsers' sockets in a process of their own, which take whatever comes: `crowd_process 1000 8001 8002`.

Says a line when all are there, and leaves when standard input ends.
"""

import asyncio
import base64
import os
import resource
import sys

import uvloop

_AT_ONCE = 50


async def main(sockets: int, ports: list[int]) -> None:
    """Stay until told to leave."""
    turns = asyncio.Semaphore(_AT_ONCE)
    writers = await asyncio.gather(*(_join(port, turns) for port in ports for _ in range(sockets)))
    sys.stdout.write("here\n")
    sys.stdout.flush()
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    for writer in writers:
        writer.transport.abort()


class _Deaf(asyncio.Protocol):
    """Takes bytes and does nothing with them: a browser's own work is not what is measured."""


async def _join(port: int, turns: asyncio.Semaphore) -> asyncio.StreamWriter:
    async with turns:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        key = base64.b64encode(os.urandom(16)).decode()
        writer.write(
            f"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        await reader.readuntil(b"\r\n\r\n")
        writer.transport.set_protocol(_Deaf())
        return writer


if __name__ == "__main__":
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    uvloop.run(main(int(sys.argv[1]), [int(port) for port in sys.argv[2:]]))
