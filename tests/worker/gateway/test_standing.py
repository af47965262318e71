"""What a task knows of an account's standing: nothing that Telegram said is forgotten by what is read meanwhile."""

import asyncio
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from chalicelib.features.standing import use_cases as rows
from chalicelib.kernel import ids
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.ids import AccountId, WorkspaceId
from chalicelib.kernel.roles import Role
from session_worker.door import Door
from session_worker.messaging.standing import Standings
from session_worker.telegram.outcomes import TelegramBusy
from tests.local_aws import LocalAws
from tests.scene import a_job, a_person, a_workspace

SEND = "messages.SendMessage"
A_WAIT = TelegramBusy(700)


@pytest.fixture
def door() -> Iterator[Door]:
    """One thread, so that calls follow each other."""
    made = Door(1, 2)
    yield made
    made.close()


@pytest.fixture
def workspace_id(local_aws: LocalAws) -> WorkspaceId:
    del local_aws
    return a_workspace((a_person("Ada Byron"), Role.OWNER))


def busy_until(door: Door) -> tuple[threading.Event, asyncio.Task[bool]]:
    """Occupy the thread until the event is set."""
    gate = threading.Event()
    return gate, asyncio.create_task(door.call(gate.wait, 10))


async def test_a_wait_that_is_learnt_while_the_row_is_read_holds(door: Door, workspace_id: WorkspaceId) -> None:
    standing = Standings(door).of(AccountId(ids.mint()), a_job(workspace_id))
    first, opening = busy_until(door)
    reading = asyncio.create_task(standing.freshen())
    await asyncio.sleep(0)
    second, waiting = busy_until(door)
    await asyncio.sleep(0)
    noting = asyncio.create_task(standing.note(SEND, A_WAIT))
    await asyncio.sleep(0)
    first.set()
    await reading
    with pytest.raises(TelegramBusy):
        standing.check(SEND)
    second.set()
    await asyncio.gather(opening, waiting, noting)
    with pytest.raises(TelegramBusy):
        standing.check(SEND)
    assert written(standing.account_id, workspace_id)


async def test_a_wait_that_could_not_be_written_is_written_later_also_when_the_account_is_here_no_more(
    workspace_id: WorkspaceId,
) -> None:
    door = Door(1, 0.2)
    standings = Standings(door, retry_s=0.05)
    account_id = AccountId(ids.mint())
    gate, away = busy_until(door)
    await asyncio.sleep(0)
    await standings.of(account_id, a_job(workspace_id)).note(SEND, A_WAIT)
    assert not written(account_id, workspace_id)
    keeping_up = asyncio.create_task(standings.run())
    gate.set()
    await asyncio.gather(away, return_exceptions=True)
    async with asyncio.timeout(10):
        while standings.is_behind:  # noqa: ASYNC110 - what is waited for raises no event
            await asyncio.sleep(0.02)
    keeping_up.cancel()
    await asyncio.gather(keeping_up, return_exceptions=True)
    assert written(account_id, workspace_id)
    door.close()


def written(account_id: AccountId, workspace_id: WorkspaceId) -> bool:
    """Whether the row says that sends must wait."""
    until = rows.standing_of(account_id, tenant=a_job(workspace_id)).sending_until(utc_now())
    return until is not None and until - utc_now() > timedelta(seconds=600)
