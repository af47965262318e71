"""Somebody goes, or stands differently: their sockets close within five seconds, and what was theirs here ends."""

import asyncio
from collections.abc import Callable

import pytest

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import Connection, ConnectionState
from chalicelib.features.accounts.repository import Connections
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.features.workspaces.model import ChangeMember
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.ids import AccountId
from chalicelib.kernel.permissions import Flag, Toggle
from chalicelib.kernel.roles import Role
from chalicelib.table import people_keys, proof
from chalicelib.table.proof import SessionRow
from chalicelib.table.tenant import Installation
from tests.scene import a_job
from tests.team import Team, departed
from tests.worker.gateway.stage import Stage, eventually
from tests.worker.gateway.test_relay import a_change, tell, watched

CLOSES_WITHIN_S = 5


@pytest.fixture
def team(stage: Stage) -> Team:
    """An Owner and a Member."""
    return Team(olga=Role.OWNER, max=Role.MEMBER)


def removes(team: Team) -> None:
    workspaces.remove_member(team.id("max"), tenant=team.handle("olga"))


def lets_go(team: Team) -> None:
    workspaces.ask_to_leave(None, tenant=team.handle("max"))
    workspaces.approve_leaving(team.id("max"), tenant=team.handle("olga"))


def promotes(team: Team) -> None:
    workspaces.change_member(team.id("max"), ChangeMember(role=Role.ADMIN), tenant=team.handle("olga"))


def grants(team: Team) -> None:
    wish = ChangeMember(flags=frozenset({Flag.MANAGE_COLUMNS}))
    workspaces.change_member(team.id("max"), wish, tenant=team.handle("olga"))


def hands_over(team: Team) -> None:
    workspaces.transfer_ownership(team.id("max"), tenant=team.handle("olga"))


def requires_a_second_factor(team: Team) -> None:
    rows = Installation().rows(people_keys.user(team.id("olga")))
    for row in rows.query(SessionRow, people_keys.SESSIONS):
        rows.update(row, [SessionRow.second_factor_at.set(utc_now())])
    session = proof.prove_session(team.people["olga"].token, now=utc_now)
    workspaces.change_toggles({Toggle.REQUIRE_SECOND_FACTOR: True}, tenant=team.handle("olga"), session=session)


@pytest.mark.parametrize(
    ("happening", "reason"),
    [
        (removes, "not-found"),
        (lets_go, "not-found"),
        (promotes, "membership-changed"),
        (grants, "membership-changed"),
        (hands_over, "membership-changed"),
        (requires_a_second_factor, "second-factor-required"),
    ],
)
async def test_open_sockets_close_within_five_seconds(
    stage: Stage, team: Team, happening: Callable[[Team], None], reason: str
) -> None:
    browser = await stage.enter(team.people["max"], team.workspace_id)
    await asyncio.to_thread(happening, team)
    async with asyncio.timeout(CLOSES_WITHIN_S):
        assert (await browser.closing())[0] == reason


@pytest.mark.parametrize("happening", [removes, promotes, hands_over, requires_a_second_factor])
async def test_the_journal_s_word_is_enough_to_look_at_once(
    stage: Stage, team: Team, happening: Callable[[Team], None]
) -> None:
    """Without the regular look, which the worker takes anyway."""
    stage.worker.gateway._check_s = 600
    browser = await stage.enter(team.people["max"], team.workspace_id)
    await watched(team.workspace_id, by=1)
    await asyncio.to_thread(happening, team)
    await tell(team.workspace_id, *(a_change(event) for event in team.events()))
    await browser.closing()


def stored(team: Team, name: str, account_id: AccountId) -> Connection:
    """Somebody's connection as the table has it."""
    found = Connections(a_job(team.workspace_id), account_id).get(team.id(name))
    assert found is not None
    return found


async def test_the_connections_of_somebody_removed_are_logged_out_at_telegram_and_destroyed(
    stage: Stage, team: Team
) -> None:
    anna, boris = stage.telegram.world.add_user("Anna"), stage.telegram.world.add_user("Boris")
    first = await stage.connect(team.people["max"], team.workspace_id, anna)
    second = await stage.connect(team.people["max"], team.workspace_id, boris)
    await stage.connect(team.people["olga"], team.workspace_id, anna)
    assert len(stage.telegram.keyring.of(anna.id)) == 2

    await asyncio.to_thread(removes, team)
    await asyncio.to_thread(departed, team, "max")
    stage.worker.connections.wake()

    for account_id in (first, second):
        await eventually(lambda one=account_id: stored(team, "max", one).reason == accounts.BY_DEPARTURE)  # type: ignore[misc]
    await eventually(lambda: not stage.telegram.keyring.of(boris.id))
    await eventually(lambda: len(stage.telegram.keyring.of(anna.id)) == 1)
    assert stored(team, "max", first).state is ConnectionState.DISCONNECTED
    assert stored(team, "olga", first).state is ConnectionState.CONNECTED, "a teammate's own session stays"
