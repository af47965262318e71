"""Whose turn it is to hold a piece of a file in memory: some of the whole task's at a time, fewer of one member."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeAlias
from weakref import WeakValueDictionary

from chalicelib.kernel.ids import UserId, WorkspaceId

Member: TypeAlias = tuple[WorkspaceId, UserId]


class Turns:
    """Given in the order they are asked for, but to no member while they have `of_member` of them already."""

    def __init__(self, *, at_once: int, of_member: int) -> None:
        self._of_task = asyncio.Semaphore(at_once)
        self._of_member = of_member
        self._members: WeakValueDictionary[Member, asyncio.Semaphore] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, member: Member) -> AsyncIterator[None]:
        """Wait for a turn and have it for the length of the block."""
        own = self._members.get(member)
        if own is None:
            own = self._members[member] = asyncio.Semaphore(self._of_member)
        async with own, self._of_task:
            yield
