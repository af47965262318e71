"""Outages of every kind, with Ben writing all the while. Each ends with a count: all he sent is there, none twice.

Browsers are told of a message at least once and know it by its id; rows count it once. Leases run at a twentieth.
"""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from telethon.network import mtprotostate

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import ConnectionState
from chalicelib.features.chats import use_cases as chats
from chalicelib.kernel.ids import AccountId
from chalicelib.table import connection
from chalicelib.table.tenant import Installation, Tenant
from dev.telegram import Emulator
from dev.telegram.world.people import User
from session_worker.connections.leases import LeaseTable
from session_worker.connections.supervisor import Connections
from session_worker.hub import Hub
from tests.local_aws import LocalAws
from tests.worker.connections.rig import Heard, Rig, eventually
from tests.worker.faults.test_gateway_outages import the_table_away
from tests.worker.gateway.process import WorkerProcess
from tests.worker.gateway.stage import owner_and_workspace, take_into_custody

RECOVERS_WITHIN_S = 30
HOUR_S = 3600


class Letters:
    """What Ben writes to Ada, and where it went."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self.ada = rig.telegram.world.add_user("Ada", phone="1001")
        self.ben = rig.telegram.world.add_user("Ben")
        self.hub = Hub()
        self.heard: Heard = rig.hear(self.hub)
        self.sent: list[str] = []
        self.patience_s: float = RECOVERS_WITHIN_S
        self.account_id = rig.connect(self.ada).account_id

    def write(self, count: int = 1) -> None:
        """Ben writes."""
        for _ in range(count):
            self.sent.append(f"letter {len(self.sent)}")
            self.rig.telegram.post(self.ben, self.ada, self.sent[-1])

    async def keep_writing(self, seconds: float) -> None:
        """Ben writes again and again."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.write()
            await asyncio.sleep(0.05)

    async def begin(self, **intervals: float) -> Connections:
        """A worker that holds the account, and a first letter heard."""
        worker = self.rig.worker(self.hub, **intervals)
        await self.rig.connected(worker, self.account_id)
        self.write()
        await eventually(lambda: self.unread == 1, self.patience_s)
        await eventually(self._position_is_kept, self.patience_s)
        return worker

    def _position_is_kept(self) -> bool:
        stored = self.rig.stored(self.account_id)
        return bool(accounts.load_custody(stored, tenant=self.rig.tenant, cipher=self.rig.cipher).state)

    @property
    def unread(self) -> int | None:
        """What the chat's row counts."""
        return unread_of(self.account_id, self.rig.tenant)

    async def all_arrive(self) -> None:
        """Everything is told to the browser and counted once, and the login lives."""
        await self.all_are_heard()
        self.write()
        await eventually(lambda: self.sent[-1] in self.heard.texts, self.patience_s)  # chats read anew count it sooner
        await eventually(lambda: self.unread == len(self.sent), self.patience_s)
        self.check_none_twice()

    async def all_are_heard(self) -> None:
        """Everything is told to the browser."""
        await eventually(lambda: set(self.heard.texts) == set(self.sent), self.patience_s)

    def check_none_twice(self) -> None:
        """Everything was told as one message and counted once, and the login lives."""
        ids = {event["message"]["id"] for event in self.heard.of("message.new")}
        assert (len(ids), self.unread) == (len(self.sent), len(self.sent))
        assert login_lives(self.rig.telegram, self.ada)


def unread_of(account_id: AccountId, tenant: Tenant, title: str = "Ben") -> int | None:
    """What a chat's row counts; None while it has none."""
    cards = chats.list_chats(account_id, limit=20, cursor=None, tenant=tenant).items
    counts = [card.private.unread_count for card in cards if card.private is not None and card.title == title]
    return counts[0] if counts else None


def login_lives(telegram: Emulator, user: User) -> bool:
    """Whether the user's one login was not taken away."""
    return [key.ended for key in telegram.keyring.of(user.id)] == [None]


@pytest.mark.parametrize("twentieths_s", [15, 25, 60])
async def test_the_table_unreachable_for_a_while_loses_and_doubles_nothing(rig: Rig, twentieths_s: int) -> None:
    letters = Letters(rig)
    await letters.begin()

    with the_table_away():
        await letters.keep_writing(twentieths_s / 20)

    await letters.all_arrive()


async def test_every_line_cut_at_once_comes_back_with_what_was_sent_meanwhile(rig: Rig) -> None:
    letters = Letters(rig)
    others = [rig.telegram.world.add_user(f"Account {number}", phone=f"2{number:03d}") for number in range(15)]
    account_ids = [rig.connect(other).account_id for other in others]
    worker = await letters.begin()
    for account_id in account_ids:
        await rig.connected(worker, account_id)

    with rig.telegram.withholding(letters.ada):
        for user in (letters.ada, *others):
            rig.telegram.cut(user)
        letters.write(5)

    await letters.all_arrive()
    for account_id, other in zip(account_ids, others, strict=True):
        await rig.connected(worker, account_id)
        assert login_lives(rig.telegram, other)


async def test_a_shard_that_two_tasks_believe_to_own_is_let_go_by_the_one_the_table_does_not_name(rig: Rig) -> None:
    letters = Letters(rig)
    worker = await letters.begin()
    table = LeaseTable(Installation())
    [held] = [lease for lease in worker.leases.owned.values() if lease.shard == rig.stored(letters.account_id).shard]

    taken = table.claim(held, "a task that ought to have waited")

    assert taken is not None
    await eventually(lambda: rig.live(worker, letters.account_id) is None)
    await eventually(lambda: not rig.telegram.lines_of(letters.ada))
    letters.write(3)
    await letters.all_arrive()  # the other task does not beat, so that its shard is free
    assert rig.stored(letters.account_id).epoch > taken.epoch


async def test_a_rolling_deploy_under_traffic_loses_and_doubles_nothing(rig: Rig) -> None:
    letters = Letters(rig)
    worker = await letters.begin()
    traffic = asyncio.create_task(letters.keep_writing(2))
    for _ in range(2):
        successor = rig.worker(letters.hub)
        rig.workers.remove(worker)
        await worker.stop()
        worker = successor
    await traffic

    await letters.all_arrive()


@pytest.mark.parametrize("hours", [1, -1])
async def test_a_wall_clock_that_jumps_is_found_out_and_nothing_is_lost(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    letters = Letters(rig)
    worker = await letters.begin(ping_s=0.6, check_s=0.6)
    name = worker.task_id

    monkeypatch.setattr(mtprotostate, "time", ShiftedClock(hours * HOUR_S))
    letters.write(5)

    await letters.all_arrive()
    assert worker.task_id == name


async def test_writes_that_meet_a_transaction_conflict_are_done_all_the_same(rig: Rig) -> None:
    letters = Letters(rig)
    with conflicts() as met:
        worker = await letters.begin()
        letters.write(5)
        await letters.all_arrive()
        rig.workers.remove(worker)
        await worker.stop()

    assert met
    assert rig.stored(letters.account_id).state is ConnectionState.CONNECTED


async def test_a_task_stopped_for_longer_than_its_lease_says_nothing_when_it_goes_on(
    telegram: Emulator, local_aws: LocalAws, tmp_path: Path
) -> None:
    person, workspace_id = owner_and_workspace()
    ada, ben = telegram.world.add_user("Ada"), telegram.world.add_user("Ben")
    account_id = take_into_custody(person, workspace_id, ada, telegram.session(ada).save())
    tenant = person.handle(workspace_id)
    first = await WorkerProcess.start(telegram, local_aws, tmp_path / "first.log")
    second = None
    try:
        await eventually(lambda: bool(telegram.lines_of(ada)), RECOVERS_WITHIN_S)
        telegram.post(ben, ada, "letter 0")
        await eventually(lambda: unread_of(account_id, tenant) == 1, RECOVERS_WITHIN_S)
        first.pause()
        second = await WorkerProcess.start(telegram, local_aws, tmp_path / "second.log")
        telegram.post(ben, ada, "letter 1")
        await eventually(lambda: unread_of(account_id, tenant) == 2, RECOVERS_WITHIN_S)
        first.resume()
        await eventually(lambda: "lease.lost" in first.log.read_text(), RECOVERS_WITHIN_S)
        telegram.post(ben, ada, "letter 2")
        await eventually(lambda: unread_of(account_id, tenant) == 3, RECOVERS_WITHIN_S)
        assert login_lives(telegram, ada)
    finally:
        await first.kill()
        if second is not None:
            await second.kill()


class ShiftedClock:
    """The module `time` as Telethon's protocol sees it, wrong by some seconds."""

    def __init__(self, by_s: int) -> None:
        self._by_s = by_s

    def time(self) -> float:
        return time.time() + self._by_s


@contextmanager
def conflicts() -> Iterator[list[str]]:
    """Every other write of the table meets a transaction of somebody else's first; gives what was refused."""
    met: list[str] = []
    turns = {"UpdateItem": 0, "PutItem": 0}

    def meet(model: Any, **_: object) -> tuple[Any, dict[str, Any]] | None:
        turns[model.name] += 1
        if turns[model.name] % 2:
            return None
        met.append(model.name)
        refusal = {"Code": "TransactionConflictException", "Message": "Transaction is ongoing for the item"}
        return Refusal(), {"Error": refusal, "ResponseMetadata": {"HTTPStatusCode": 400, "RetryAttempts": 0}}

    clients = [connection.client(), connection.writer()]
    for client in clients:
        for name in turns:
            client.meta.events.register(f"before-call.dynamodb.{name}", meet)
    try:
        yield met
    finally:
        for client in clients:
            for name in turns:
                client.meta.events.unregister(f"before-call.dynamodb.{name}", meet)


class Refusal:
    """What botocore needs of an answer over HTTP."""

    status_code = 400
