"""Real Telethon clients, and what they have heard."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Protocol

from telethon import TelegramClient, events

from dev.telegram import Emulator
from dev.telegram.demo.pictures import gradient_png

PATIENCE_S = 10


class Open(Protocol):
    """Makes a connected client of a session; it is disconnected when the test ends."""

    def __call__(self, session: Any, *, heard: "Heard | None" = None, **options: Any) -> Awaitable[TelegramClient]: ...


@dataclass(slots=True)
class Heard:
    """The messages a client was told of, in order."""

    queue: "asyncio.Queue[Any]" = field(default_factory=asyncio.Queue)

    async def next(self) -> Any:
        """The next message; waits for it."""
        return await asyncio.wait_for(self.queue.get(), PATIENCE_S)

    async def texts(self, count: int) -> list[str]:
        """The texts of the next `count` messages."""
        return [(await self.next()).raw_text for _ in range(count)]

    def is_silent(self) -> bool:
        """Whether everything was taken."""
        return self.queue.empty()


def hearing(client: TelegramClient, heard: Heard | None = None) -> Heard:
    """Listen to a client's new messages. What is caught up on connecting needs listening before that."""
    heard = heard or Heard()

    async def hear(event: Any) -> None:
        await heard.queue.put(event)

    client.add_event_handler(hear, events.NewMessage())
    return heard


def pictures() -> list[BytesIO]:
    """Two files that Telegram takes as photos; sent at once they are an album."""
    files = [BytesIO(gradient_png(20, 10, (0, 0, 0), (shade, 0, 0))) for shade in (80, 160)]
    for file in files:
        file.name = "picture.png"
    return files


async def eventually(condition: Callable[[], bool]) -> None:
    """Wait until it is true."""
    async with asyncio.timeout(PATIENCE_S):
        while not condition():  # noqa: ASYNC110 - the emulator's counters raise no events
            await asyncio.sleep(0.01)


async def logged_in(telegram: Emulator, client: TelegramClient, phone: str) -> Any:
    """Log a client in with the code that was sent."""
    await client.send_code_request(phone)
    return await client.sign_in(phone, telegram.code_of(phone))


@contextmanager
def counting(telegram: Emulator, method: str) -> Iterator[Callable[[], int]]:
    """How often a method was called since the block began."""
    before = telegram.calls[method]
    yield lambda: telegram.calls[method] - before
