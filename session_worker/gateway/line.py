"""One WebSocket as frames leave on it: at once while it is clear, else one by one as the browser takes them."""

import asyncio
from typing import Final

from aiohttp import WSMsgType, web

from session_worker import metrics

CLEAR_BYTES: Final = 16 * 1024
"""Far below what makes the transport say that it is full (64 KiB in asyncio and uvloop)."""


class Line:
    """Writes to one socket. Frames leave in the order in which they are given."""

    def __init__(self, socket: web.WebSocketResponse, transport: asyncio.Transport | None) -> None:
        self.socket = socket
        self._transport = transport

    def is_clear(self, more: int) -> bool:
        """Whether a frame of that many bytes leaves without a wait."""
        line = self._transport
        return line is not None and more < CLEAR_BYTES and line.get_write_buffer_size() < CLEAR_BYTES

    def send_at_once(self, frame: bytes) -> None:
        """Write a frame on a line that is clear; without a task, which would cost as much as the frame.

        aiohttp's coroutine waits only where the transport is full, so that here it ends with its first step.
        """
        sending = self.socket.send_frame(frame, WSMsgType.TEXT)
        try:
            sending.send(None)
        except (StopIteration, ConnectionError):  # a browser that is gone is the reader's to notice
            metrics.FRAMES_SENT.add()
            return
        sending.close()
        raise RuntimeError("a clear line had to wait")

    async def send(self, frame: bytes) -> None:
        """Write a frame; waits while the browser takes them slowly. Its owner bounds the wait by cancelling it."""
        await self.socket.send_frame(frame, WSMsgType.TEXT)
        metrics.FRAMES_SENT.add()

    def drop_if_stuck(self) -> None:
        """A browser that did not even take its goodbye is not waited for any longer."""
        if self._transport is not None and self._transport.get_write_buffer_size() > 0:
            self._transport.abort()
