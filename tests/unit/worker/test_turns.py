"""Turns are shared between members, however much one of them asks for."""

import asyncio

from chalicelib.kernel.ids import UserId, WorkspaceId
from session_worker.messaging.turns import Member, Turns

OLGA, MAX = (WorkspaceId("W"), UserId("Olga")), (WorkspaceId("W"), UserId("Max"))


class Crowd:
    """Who wants turns, and who has them."""

    def __init__(self, turns: Turns) -> None:
        self.having: list[Member] = []
        self._turns = turns
        self._tasks: list[asyncio.Task[None]] = []

    async def ask(self, *members: Member) -> None:
        """Ask for them, and keep those that are given."""
        self._tasks += [asyncio.create_task(self._have(member)) for member in members]
        for _ in range(5):
            await asyncio.sleep(0)

    async def leave(self) -> None:
        """Give all up, and what is waited for."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _have(self, member: Member) -> None:
        async with self._turns.turn(member):
            self.having.append(member)
            await asyncio.Event().wait()


async def test_who_asks_for_all_turns_leaves_some_to_others() -> None:
    crowd = Crowd(Turns(at_once=3, of_member=2))
    await crowd.ask(OLGA, OLGA, OLGA, OLGA, MAX)
    assert crowd.having == [OLGA, OLGA, MAX]
    await crowd.leave()


async def test_no_more_are_given_than_there_are_and_what_is_given_up_is_given_again() -> None:
    turns = Turns(at_once=3, of_member=2)
    crowd, next_crowd = Crowd(turns), Crowd(turns)
    await crowd.ask(OLGA, OLGA, MAX, MAX)
    await next_crowd.ask(MAX, OLGA)
    assert (len(crowd.having), next_crowd.having) == (3, [])
    await crowd.leave()
    await next_crowd.ask()
    assert sorted(next_crowd.having) == [MAX, OLGA]
    await next_crowd.leave()
