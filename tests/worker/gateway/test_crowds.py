"""Many sockets and slow ones: one browser that takes nothing costs the others nothing, and nobody holds too many."""

import asyncio
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiohttp import WSServerHandshakeError

from session_worker import metrics
from session_worker.gateway import crowd
from session_worker.gateway.send_queue import SharedEncoding
from tests.scene import Person
from tests.worker.gateway.browser import PATIENCE_S, LiveBrowser, a_pass
from tests.worker.gateway.stage import Stage, eventually, owner_and_workspace

EVENTS = 600
"""More than a socket may have waiting."""
LARGE = "x" * 60_000


@pytest.mark.usefixtures("nothing_reported")
async def test_a_browser_that_takes_nothing_is_told_to_read_afresh_and_the_other_misses_nothing(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    attentive = await stage.enter(person, workspace_id)
    asleep = await stage.knock()
    await asleep.socket.send_json({"type": "hello", "pass": await asyncio.to_thread(a_pass, person, workspace_id)})
    await eventually(lambda: len(stage.worker.gateway._visits) == 2)
    metrics.SOCKETS_RESYNCED.drain()

    for number in range(EVENTS):
        event = {"type": "change", "change": {"number": number, "text": LARGE}}
        stage.worker._relay._hub.publish_workspace(workspace_id, event)
        while len(attentive.heard("change")) <= number:  # noqa: ASYNC110 - it comes over a real socket
            await asyncio.sleep(0.001)

    assert [event["change"]["number"] for event in attentive.events] == list(range(EVENTS))
    assert [event["seq"] for event in attentive.events] == list(range(1, EVENTS + 1)), "no number is missing"
    assert metrics.SOCKETS_RESYNCED.drain() == 1
    await eventually(lambda: len(stage.worker.gateway._visits) == 1)


async def test_browsers_that_leave_while_they_are_let_in_are_nobody_s_fault(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    """An error in the log calls a person. Connections that other tests left in the table may speak of themselves."""
    person, workspace_id = owner_and_workspace()
    for _ in range(10):
        browser = await stage.knock()
        await browser.socket.send_json({"type": "hello", "pass": await asyncio.to_thread(a_pass, person, workspace_id)})
        connection = browser.socket._response.connection
        assert connection is not None
        assert connection.transport is not None
        connection.transport.abort()
    last = await stage.enter(person, workspace_id)
    await eventually(lambda: len(stage.worker.gateway._visits) == 1)
    assert await last.ask("ping") == {}
    errors = [line for line in caplog.records if line.levelname == "ERROR"]
    assert not [line for line in errors if f"{Path('session_worker', 'connections')}" not in line.pathname]


async def test_an_event_to_many_sockets_is_encoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    encoded: list[Any] = []
    encode = msgspec.json.encode

    def noting(value: Any) -> bytes:
        encoded.append(value)
        return encode(value)

    monkeypatch.setattr(msgspec.json, "encode", noting)
    sharing, event, other = SharedEncoding(), {"type": "change", "change": 1}, {"type": "change", "change": 1}
    assert {sharing.of(event) for _ in range(1_000)} == {b'{"type":"change","change":1}'}
    assert sharing.of(other) == sharing.of(event)
    assert len(encoded) == 3, "one an event; the first came again after another"


@pytest.mark.parametrize("limit", ["MAX_OF_SESSION", "MAX_OF_PERSON"])
async def test_one_session_and_one_person_hold_only_so_many_sockets(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(crowd, limit, 2)
    person, workspace_id = owner_and_workspace()
    first, _ = await stage.enter(person, workspace_id), await stage.enter(person, workspace_id)
    assert await turned_away(stage, person, workspace_id) == "too-many-sockets"
    other, their_workspace = owner_and_workspace("Boris Ivanov")
    await stage.enter(other, their_workspace)
    await first.close()
    await eventually(lambda: len(stage.worker.gateway._visits) == 2)
    await stage.enter(person, workspace_id)


async def test_one_address_holds_only_so_many_sockets_and_leaves_room_when_it_goes(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowd, "MAX_OF_ADDRESS", 1)
    here = {"CloudFront-Viewer-Address": "[2001:db8::7]:443"}
    beside = {"CloudFront-Viewer-Address": "[2001:db8::8]:443"}
    silent = await stage.knock(**here)
    with pytest.raises(WSServerHandshakeError) as refusal:
        await stage.knock(**beside)  # of the same /64
    assert refusal.value.status == 429
    await stage.knock(**{"CloudFront-Viewer-Address": "198.51.100.8:443"})
    await silent.close()
    await eventually(lambda: len(stage.worker.gateway._crowd._here) == 1)
    await stage.knock(**beside)


async def turned_away(stage: Stage, person: Person, workspace_id: Any) -> str:
    """Why a further socket of theirs is closed."""
    browser: LiveBrowser = await stage.knock()
    await browser.socket.send_json({"type": "hello", "pass": await asyncio.to_thread(a_pass, person, workspace_id)})
    frame = await browser.socket.receive_json(timeout=PATIENCE_S)
    reason: str = frame["reason"]
    return reason
