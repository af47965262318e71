"""The worker does what is due without waiting for the schedule."""

import threading

import pytest

from chalicelib import due_work
from chalicelib.table import due
from chalicelib.table.due import Due
from chalicelib.table.tenant import Tenant
from dev.telegram import Emulator
from session_worker.app import Worker
from session_worker.due import DueTicks
from tests.scene import a_job, a_workspace
from tests.worker.gateway.stage import eventually, read_settings, worker_environment


class Clerk:
    """Takes due work of one kind."""

    def __init__(self, tenant: Tenant) -> None:
        self.tenant = tenant
        self.work = f"greet {tenant.workspace_id}"
        self.done: list[Due] = []
        self.threads: set[int] = set()

    def take(self, work: Due) -> None:
        self.done.append(work)
        self.threads.add(threading.get_ident())

    def schedule(self) -> None:
        """Have it greet now."""
        with self.tenant.transaction() as change:
            due.schedule(change, self.tenant, self.work, self.tenant.now(), {"name": "Ada"})
            change.record("greeting.scheduled", target="greeting")


@pytest.fixture
def clerk(local_aws: object, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    made = Clerk(a_job(a_workspace()))
    monkeypatch.setattr(due_work, "HANDLERS", {made.work: made.take})
    return made


async def test_a_worker_does_due_work_in_a_thread(clerk: Clerk, telegram: Emulator) -> None:
    worker = Worker(read_settings(worker_environment(telegram, WIREROOM_DUE_S="0.1")))
    await worker.start()
    try:
        for count in (1, 2):
            clerk.schedule()
            await eventually(lambda count=count: len(clerk.done) == count)  # type: ignore[misc]
    finally:
        await worker.stop()
    assert {work.facts["name"] for work in clerk.done} == {"Ada"}
    assert threading.get_ident() not in clerk.threads


async def test_a_tick_that_fails_is_followed_by_another(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    tick = due.Poller.tick
    failures: list[due.Poller] = []

    def failing(poller: due.Poller) -> int:
        if not failures:
            failures.append(poller)
            raise RuntimeError
        return tick(poller)

    monkeypatch.setattr(due.Poller, "tick", failing)
    clerk.schedule()
    ticks = DueTicks(0.05, due_work.poller)
    ticks.start()
    try:
        await eventually(lambda: len(clerk.done) == 1)
    finally:
        await ticks.stop()
