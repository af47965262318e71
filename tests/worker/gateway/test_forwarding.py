"""Two tasks on one table: whichever a browser comes to, it is served where its person's connections live."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from aiohttp import ClientSession, WSMsgType, WSServerHandshakeError
from cryptography.hazmat.primitives.asymmetric import ec

from chalicelib.features.accounts.model import shard_of
from chalicelib.kernel import ids
from chalicelib.kernel.ids import WorkspaceId
from chalicelib.table import keys
from chalicelib.table.tenant import Installation
from dev.telegram import Emulator
from session_worker import metrics
from session_worker.connections.leases import Leases, LeaseTable, ShardLeaseRow, TaskRow
from session_worker.gateway import side_door
from tests.local_aws import LocalAws
from tests.scene import Person
from tests.worker.gateway.browser import PATIENCE_S, LiveBrowser, Refused, a_pass, headers
from tests.worker.gateway.stage import SHARDS_FREE_WITHIN_S, Stage, chat_with, eventually, owner_and_workspace

SHARDS = 16
Logged = Callable[[], str]


@dataclass(frozen=True, slots=True)
class TwoTasks:
    """`here` is where browsers come to, `there` the task that holds the shard in question."""

    here: Stage
    there: Stage

    async def resident(self) -> tuple[Person, WorkspaceId]:
        """Somebody whose connections live at the other task."""
        while True:
            person, workspace_id = owner_and_workspace()
            if shard_of(person.user_id, SHARDS) in self.there.worker.connections.leases.owned:
                return person, workspace_id


@pytest.fixture
async def two(local_aws: LocalAws, telegram: Emulator) -> AsyncIterator[TwoTasks]:
    """Both are up and have shared the shards between them."""
    async with ClientSession() as http:
        tasks = TwoTasks(Stage(telegram, http), Stage(telegram, http))
        await asyncio.gather(tasks.there.begin(), tasks.here.begin())
        both = [stage.worker.connections.leases for stage in (tasks.here, tasks.there)]
        await eventually(
            lambda: all(len(leases.owned) == SHARDS // 2 for leases in both), within_s=SHARDS_FREE_WITHIN_S
        )
        yield tasks
        await tasks.here.end()
        await tasks.there.end()


@asynccontextmanager
async def knocking_at_the_side(stage: Stage, shard: str, **different: str | None) -> AsyncIterator[LiveBrowser]:
    """A conversation as another task would bring it."""
    place = stage.worker.connections.leases.place
    assert place is not None
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    address = f"https://127.0.0.1:{place.port}{side_door.PATH}"
    async with ClientSession() as http:
        known = headers(**different) | {side_door.SHARD: shard}
        async with http.ws_connect(address, headers=known, ssl=trusting) as socket:
            yield LiveBrowser(socket)


def held_at(stage: Stage, person: Person) -> str:
    """The person's shard and the epoch a task holds it at."""
    lease = stage.worker.connections.leases.owned[shard_of(person.user_id, SHARDS)]
    return f"{lease.shard}@{lease.epoch}"


async def swap(shard: int, there: Leases, here: Leases) -> None:
    """Hand one shard over as a planned hand-over does, and another back, so that each keeps its share.

    Neither shares out meanwhile: it would take back what it gave, or give away what it got.
    """
    there._is_draining = here._is_draining = True
    for moving, giver, taker in ((next(iter(here.owned)), here, there), (shard, there, here)):
        await giver.release(moving)
        [free] = [lease for lease in LeaseTable(Installation()).leases(SHARDS) if lease.shard == moving]
        await taker._claim(free)
    there._is_draining = here._is_draining = False


async def goodbye(browser: LiveBrowser) -> str:
    """Why a socket that was not let in is closed."""
    frame = await browser.socket.receive_json(timeout=PATIENCE_S)
    assert (await browser.socket.receive(timeout=PATIENCE_S)).type is WSMsgType.CLOSE
    reason: str = frame["reason"]
    return reason


async def test_a_browser_is_served_by_the_task_that_holds_its_person_s_connections(two: TwoTasks) -> None:
    person, workspace_id = await two.resident()
    anna, boris = two.there.telegram.world.add_user("Anna"), two.there.telegram.world.add_user("Boris")
    two.there.telegram.post(boris, anna, "hello")
    account_id = await two.there.connect(person, workspace_id, anna)

    browser = await two.here.enter(person, workspace_id)

    assert browser.welcome["connections"] == [{"account_id": account_id, "state": "connected"}]
    page = await browser.ask("chat.history", chat_id=chat_with(account_id, boris), before_id=None, limit=5)
    assert [message["text"] for message in page["messages"]] == ["hello"]
    two.there.telegram.post(boris, anna, "live")
    assert (await browser.hear("message.new"))["message"]["text"] == "live"
    with pytest.raises(Refused, match="not-found"):
        await browser.ask("chat.history", chat_id=ids.mint() + "0" * ids.PEER_LENGTH, before_id=None, limit=5)
    assert not two.here.worker.gateway._visits, "the task it came to holds no socket of its own for it"


async def test_the_person_s_address_and_browser_are_told_along(two: TwoTasks) -> None:
    person, workspace_id = await two.resident()
    browser = await two.here.knock(**{"CloudFront-Viewer-Address": "[2001:db8::7]:443", "User-Agent": "Their browser"})
    await browser.say_hello(await asyncio.to_thread(a_pass, person, workspace_id))
    [visit] = two.there.worker.gateway._visits
    assert (visit.visitor.caller.address, visit.visitor.caller.device) == ("2001:db8::7", "Their browser")


async def test_why_the_owner_closes_reaches_the_browser(two: TwoTasks) -> None:
    person, workspace_id = await two.resident()
    browser = await two.here.enter(person, workspace_id)
    [visit] = two.there.worker.gateway._visits
    visit.end("membership-changed")
    assert await browser.closing() == ("membership-changed", 1008)


async def test_a_task_that_stops_sends_what_it_carries_back(two: TwoTasks) -> None:
    person, workspace_id = await two.resident()
    browser = await two.here.enter(person, workspace_id)
    await two.here.worker.gateway.stop()
    assert await browser.closing() == ("restarting", 1001)
    await eventually(lambda: not two.there.worker.gateway._visits)


async def test_a_pass_that_was_used_at_one_task_is_of_no_use_at_the_other(two: TwoTasks) -> None:
    person, workspace_id = await two.resident()
    used = await asyncio.to_thread(a_pass, person, workspace_id)
    first, again = await two.there.knock(), await two.here.knock()
    await first.say_hello(used)
    assert first.welcome["type"] == "welcome"
    await again.socket.send_json({"type": "hello", "pass": used})
    assert await goodbye(again) == "pass-refused"


async def test_a_foreign_workspace_is_refused_through_another_task_as_here(two: TwoTasks) -> None:
    person, _ = await two.resident()
    _, foreign = owner_and_workspace("Boris Ivanov")
    browser = await two.here.knock()
    await browser.socket.send_json({"type": "hello", "pass": await asyncio.to_thread(a_pass, person, foreign)})
    assert await goodbye(browser) == "not-found"


async def test_a_conversation_for_a_shard_a_task_does_not_hold_is_refused(two: TwoTasks) -> None:
    for named in ("", "x@1", "3", "3@", "-1@1", "9999@1"):
        with pytest.raises(WSServerHandshakeError) as refusal:
            async with knocking_at_the_side(two.there, named):
                pass
        assert refusal.value.status == 503
        assert refusal.value.headers is not None
        assert refusal.value.headers["Retry-After"] == "1"


async def test_a_stale_epoch_is_refused_and_never_forwarded_again(two: TwoTasks) -> None:
    person, _ = await two.resident()
    shard, _, epoch = held_at(two.there, person).partition("@")
    for stage, claimed in ((two.there, f"{shard}@{int(epoch) - 1}"), (two.here, f"{shard}@{epoch}")):
        with pytest.raises(WSServerHandshakeError) as refusal:
            async with knocking_at_the_side(stage, claimed):
                pass
        assert refusal.value.status == 503


async def test_a_pass_of_somebody_of_another_shard_is_refused_at_the_side_door(two: TwoTasks) -> None:
    person, _ = await two.resident()
    other, workspace_id = owner_and_workspace("Boris Ivanov")
    while shard_of(other.user_id, SHARDS) == shard_of(person.user_id, SHARDS):
        other, workspace_id = owner_and_workspace("Boris Ivanov")
    async with knocking_at_the_side(two.there, held_at(two.there, person)) as browser:
        await browser.socket.send_json({"type": "hello", "pass": await asyncio.to_thread(a_pass, other, workspace_id)})
        assert await goodbye(browser) == "pass-refused"


@pytest.mark.parametrize("different", [{"X-Origin-Secret": "wrong"}, {"Origin": "https://evil.example"}])
async def test_the_side_door_opens_to_nobody_who_does_not_know_the_secret(
    two: TwoTasks, different: dict[str, str | None]
) -> None:
    person, _ = await two.resident()
    with pytest.raises(WSServerHandshakeError) as refusal:
        async with knocking_at_the_side(two.there, held_at(two.there, person), **different):
            pass
    assert refusal.value.status == 403


@pytest.mark.usefixtures("nothing_reported")
async def test_a_task_under_another_key_than_its_row_names_is_told_nothing(two: TwoTasks, logged: Logged) -> None:
    """Somebody listens where the owner should: no secret and no pass is sent there."""
    person, workspace_id = await two.resident()
    forged = side_door.fingerprint(side_door.own_certificate(ec.generate_private_key(ec.SECP256R1()))).hex()
    rows = Installation().rows(keys.TASKS)
    task = rows.new(TaskRow, keys.task(two.there.worker.connections.leases.task_id))
    rows.update(task, [TaskRow.certificate.set(forged)], TaskRow.fenced == False)  # noqa: E712 - a condition
    metrics.FORWARDS_FORGED.drain()
    browser = await two.here.enter(person, workspace_id)
    assert not two.there.worker.gateway._visits
    assert len(two.here.worker.gateway._visits) == 1, "it is kept where it came to"
    assert metrics.FORWARDS_FORGED.drain() == 1
    assert "forward.forged" in logged()
    await browser.close()


async def test_when_a_shard_moves_its_browsers_are_sent_home_and_hear_what_comes_there(two: TwoTasks) -> None:
    person, workspace_id = await two.resident()
    shard = shard_of(person.user_id, SHARDS)
    anna, boris = two.there.telegram.world.add_user("Anna"), two.there.telegram.world.add_user("Boris")
    account_id = await two.there.connect(person, workspace_id, anna)
    browser = await two.there.enter(person, workspace_id)
    here, there = two.here.worker.connections.leases, two.there.worker.connections.leases
    await swap(shard, there, here)

    assert await browser.closing() == ("moved", 1001)

    back = await two.there.enter(person, workspace_id)
    if back.welcome["connections"] != [{"account_id": account_id, "state": "connected"}]:
        await back.hear("connection.changed", lambda event: event["state"] == "connected")
    two.there.telegram.post(boris, anna, "after the move")
    assert (await back.hear("message.new"))["message"]["text"] == "after the move"
    [visit] = two.here.worker.gateway._visits
    assert visit.visitor.user_id == person.user_id


async def test_a_browser_whose_owner_is_dead_is_kept_until_another_task_answers_for_it(two: TwoTasks) -> None:
    """The row of a killed task stands until it is fenced: who comes meanwhile sees what the workspace shares."""
    person, workspace_id = await two.resident()
    shard = shard_of(person.user_id, SHARDS)
    rows = Installation().rows(keys.SHARD_LEASES)
    dead = Installation().rows(keys.TASKS)
    dead.put(
        dead.new(
            TaskRow,
            keys.task("DEAD"),
            beat=1,
            fenced=False,
            draining=False,
            host="127.0.0.1",
            port=9,
            certificate="00" * 32,
        )
    )
    lease = two.there.worker.connections.leases.owned[shard]
    row = rows.new(ShardLeaseRow, keys.shard_lease(shard))
    rows.update(row, [ShardLeaseRow.task_id.set("DEAD")], ShardLeaseRow.epoch == lease.epoch)

    browser = await two.here.enter(person, workspace_id)
    with pytest.raises(Refused, match="not-found"):
        await browser.ask("chat.previews", account_id=ids.mint())

    alive = two.there.worker.connections.leases.task_id
    rows.update(row, [ShardLeaseRow.task_id.set(alive)], ShardLeaseRow.epoch == lease.epoch)
    dead.delete(dead.new(TaskRow, keys.task("DEAD")))
    assert await browser.closing() == ("moved", 1001)
