"""A workspace is deleted: its sockets close within five seconds, and erasing waits for Telegram to be told."""

import asyncio
from datetime import timedelta

import pytest

from chalicelib.features.privacy.model import LOOK_AGAIN, Deletion, Step
from chalicelib.features.privacy.repository.erasings import Erasings
from chalicelib.features.privacy.repository.workspaces import Profiles
from chalicelib.features.privacy.use_cases.hard_reset import disconnect
from chalicelib.features.privacy.use_cases.workspace_deletion import put_deletion
from chalicelib.features.privacy.use_cases.workspace_erasing import erase_workspace
from chalicelib.kernel.roles import Role
from chalicelib.table.tenant import Installation
from tests.hand_clock import HandClock
from tests.team import Team
from tests.worker.gateway.stage import Stage, eventually
from tests.worker.gateway.test_departing import CLOSES_WITHIN_S
from tests.worker.gateway.test_relay import a_change, tell, watched


@pytest.fixture
def team(stage: Stage) -> Team:
    """An Owner and a Member."""
    return Team(olga=Role.OWNER, max=Role.MEMBER)


def delete(team: Team, *, after: timedelta) -> None:
    """What an Owner's wish writes."""
    tenant, installation = team.handle("olga"), Installation()
    deletion = Deletion(deletes_at=tenant.now() + after, can_undo=bool(after))
    put_deletion(Profiles(tenant).require(), deletion, tenant=tenant, installation=installation)


async def test_open_sockets_of_a_deleted_workspace_close_within_five_seconds(stage: Stage, team: Team) -> None:
    browsers = [await stage.enter(team.people[name], team.workspace_id) for name in ("olga", "max")]
    await asyncio.to_thread(delete, team, after=timedelta(days=7))
    async with asyncio.timeout(CLOSES_WITHIN_S):
        assert [(await browser.closing())[0] for browser in browsers] == ["not-found"] * 2


async def test_the_journal_s_word_of_a_deletion_is_enough_to_look_at_once(stage: Stage, team: Team) -> None:
    stage.worker.gateway._check_s = 600
    browser = await stage.enter(team.people["max"], team.workspace_id)
    await watched(team.workspace_id, by=1)
    await asyncio.to_thread(delete, team, after=timedelta(days=7))
    await tell(team.workspace_id, *(a_change(event) for event in team.events()))
    assert (await browser.closing())[0] == "not-found"


async def test_erasing_logs_every_connection_out_at_telegram_before_the_keys_go(stage: Stage, team: Team) -> None:
    anna, boris = stage.telegram.world.add_user("Anna"), stage.telegram.world.add_user("Boris")
    await stage.connect(team.people["olga"], team.workspace_id, anna)
    await stage.connect(team.people["max"], team.workspace_id, boris)
    await asyncio.to_thread(delete, team, after=timedelta(0))
    clock = HandClock()
    installation = Installation(clock)

    await asyncio.to_thread(go_on, team, installation)
    assert step(team, installation) is Step.LOGGING_OUT
    stage.worker.connections.wake()
    await eventually(lambda: not stage.telegram.keyring.of(anna.id))
    await eventually(lambda: not stage.telegram.keyring.of(boris.id))
    await eventually(lambda: came_past_logging_out(team, installation, clock))


async def test_a_hard_reset_logs_out_of_every_workspace(stage: Stage, team: Team) -> None:
    other = Team(ada=Role.OWNER)
    anna, boris = stage.telegram.world.add_user("Anna"), stage.telegram.world.add_user("Boris")
    await stage.connect(team.people["max"], team.workspace_id, anna)
    await stage.connect(other.people["ada"], other.workspace_id, boris)
    await asyncio.to_thread(disconnect, team.id("max"), installation=Installation())
    stage.worker.connections.wake()
    await eventually(lambda: not stage.telegram.keyring.of(anna.id))
    assert stage.telegram.keyring.of(boris.id), "somebody else's stays"


def go_on(team: Team, installation: Installation) -> None:
    """Begin, and come as far as it goes."""
    for _ in range(2):
        erase_workspace(team.workspace_id, name="Acme", people=(), installation=installation)


def step(team: Team, installation: Installation) -> Step:
    """What the erasing is at."""
    found = Erasings(installation).get(team.workspace_id)
    assert found is not None
    return found.step


def came_past_logging_out(team: Team, installation: Installation, clock: HandClock) -> bool:
    """Look once more, a minute later."""
    clock.advance(LOOK_AGAIN)
    erase_workspace(team.workspace_id, name="Acme", people=(), installation=installation)
    found = Erasings(installation).get(team.workspace_id)
    return found is not None and found.step is Step.SETTLING and "logins_left" not in found.counts
