"""A worker that is told to end does so in time, whatever does not answer."""

import asyncio
import threading
from typing import Any

import pytest
from aiohttp import ClientSession
from botocore.client import BaseClient

from dev.telegram import Emulator
from session_worker import shutdown
from tests.local_aws import LocalAws
from tests.worker.gateway.stage import Stage, owner_and_workspace


async def test_a_worker_ends_within_its_steps_though_neither_table_nor_bucket_answers(
    local_aws: LocalAws, telegram: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    del local_aws
    for name in ("VISITS_S", "SENDS_S", "SHARDS_S", "LAST_WORDS_S"):
        monkeypatch.setattr(shutdown, name, 1)
    person, workspace_id = owner_and_workspace()
    async with ClientSession() as http:
        stage = Stage(telegram, http)
        await stage.begin()
        await stage.enter(person, workspace_id)
        with monkeypatch.context() as away:
            answers = silence(away)
            async with asyncio.timeout(8):
                await stage.worker.stop()
            answers.set()
        await stage.worker.connections.stop()


def silence(away: pytest.MonkeyPatch) -> threading.Event:
    """No call to AWS comes back before the event is set."""
    answers, call = threading.Event(), BaseClient._make_api_call

    def hang(client: Any, operation: str, parameters: Any) -> Any:
        answers.wait(60)
        return call(client, operation, parameters)

    away.setattr(BaseClient, "_make_api_call", hang)
    return answers


async def test_a_step_goes_on_when_one_work_hangs_and_another_crashes(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    async def work() -> None:
        done.append("work")

    async def crash() -> None:
        raise RuntimeError

    await shutdown.step(0.1, hangs=asyncio.Event().wait(), crashes=crash(), works=work())
    assert done == ["work"]
    said = {(line.getMessage(), vars(line).get("step")) for line in caplog.records}
    assert {("shutdown.late", "hangs"), ("shutdown.crashed", "crashes")} <= said
