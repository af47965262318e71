"""Who is let in at the gateway, and for how long."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import WSServerHandshakeError

from chalicelib.kernel import clock
from chalicelib.kernel.roles import Role
from chalicelib.table import keys, people_keys
from chalicelib.table.proof import MemberRow, SessionRow
from chalicelib.table.tenant import Installation
from session_worker.gateway import server, visit
from tests.scene import Person, a_job, a_person, a_workspace
from tests.worker.gateway import browser as browsers
from tests.worker.gateway.browser import LiveBrowser, Refused, a_pass, session_of
from tests.worker.gateway.stage import Stage, eventually, owner_and_workspace

CLOSES_WITHIN_S = 5


async def goodbye(browser: LiveBrowser) -> dict[str, Any]:
    """The last frame of a socket that was not let in."""
    frame: dict[str, Any] = await browser.socket.receive_json(timeout=10)
    await browser.socket.receive(timeout=10)
    assert browser.socket.closed
    return frame


async def test_a_good_pass_is_welcomed(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    browser = await stage.enter(person, workspace_id)
    assert browser.welcome == {"type": "welcome", "seq": 0, "connections": []}


@pytest.mark.parametrize("foreign", ["https://evil.example", "null", None])
async def test_a_foreign_page_gets_no_socket(stage: Stage, foreign: str | None) -> None:
    with pytest.raises(WSServerHandshakeError) as refusal:
        await stage.knock(Origin=foreign)
    assert refusal.value.status == 403


@pytest.mark.parametrize("secret", ["wrong", "", None, "ключ"])
async def test_past_the_front_door_there_is_no_socket(stage: Stage, secret: str | None) -> None:
    with pytest.raises(WSServerHandshakeError) as refusal:
        await stage.knock(**{"X-Origin-Secret": secret})
    assert refusal.value.status == 403


async def test_a_cookie_opens_nothing(stage: Stage) -> None:
    person, _ = owner_and_workspace()
    browser = await stage.knock(Cookie=f"wireroom={person.token}")
    await browser.socket.send_json({"type": "hello", "pass": person.token})
    assert (await goodbye(browser))["reason"] == "pass-refused"


async def test_who_says_nothing_is_shown_out(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "HELLO_S", 0.2)
    browser = await stage.knock()
    assert await goodbye(browser) == {"seq": 1, "type": "closing", "reason": "no-hello"}


def forged(good: str) -> str:
    body, _, signature = good.partition(".")
    return f"{body[:-2]}AA.{signature}"


@pytest.mark.parametrize("spoil", [forged, lambda _: "", lambda _: "a.b", lambda good: good + "x"])
async def test_a_forged_pass_is_refused(stage: Stage, spoil: Any) -> None:
    person, workspace_id = owner_and_workspace()
    browser = await stage.knock()
    await browser.socket.send_json({"type": "hello", "pass": spoil(a_pass(person, workspace_id))})
    assert (await goodbye(browser))["reason"] == "pass-refused"


async def test_a_pass_is_good_for_a_minute(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    person, workspace_id = owner_and_workspace()
    monkeypatch.setattr(browsers, "utc_now", lambda: clock.utc_now() - timedelta(seconds=61))
    browser = await stage.knock()
    await browser.socket.send_json({"type": "hello", "pass": a_pass(person, workspace_id)})
    assert (await goodbye(browser))["reason"] == "pass-refused"


async def test_a_pass_is_good_once(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    gateway_pass = a_pass(person, workspace_id)
    first, second = await stage.knock(), await stage.knock()
    await first.say_hello(gateway_pass)
    await second.socket.send_json({"type": "hello", "pass": gateway_pass})
    assert first.welcome["type"] == "welcome"
    assert (await goodbye(second))["reason"] == "pass-refused"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("{", "unreadable"),
        ("[]", "invalid"),
        ('{"type":"hello"}', "invalid"),
        ('{"id":"c1","type":"chat.history"}', "invalid"),
    ],
)
async def test_the_first_frame_must_be_a_hello(stage: Stage, raw: str, reason: str) -> None:
    browser = await stage.knock()
    await browser.socket.send_str(raw)
    assert (await goodbye(browser))["reason"] == reason


async def test_a_pass_of_somebody_who_does_not_belong_is_refused(stage: Stage) -> None:
    stranger, (_, workspace_id) = a_person("Eve"), owner_and_workspace()
    browser = await stage.knock()
    await browser.socket.send_json({"type": "hello", "pass": a_pass(stranger, workspace_id)})
    assert (await goodbye(browser))["reason"] == "not-found"


async def test_a_pass_of_an_older_membership_is_refused(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    browser = await stage.knock()
    await browser.socket.send_json({"type": "hello", "pass": a_pass(person, workspace_id, version=7)})
    assert (await goodbye(browser))["reason"] == "membership-changed"


async def test_a_renewal_takes_a_new_pass_and_refuses_everybody_elses(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    browser = await stage.enter(person, workspace_id)
    assert await browser.ask("renew", **{"pass": a_pass(person, workspace_id)}) == {}
    other = owner_and_workspace("Boris")
    with pytest.raises(Refused) as refusal:
        await browser.ask("renew", **{"pass": a_pass(*other)})
    assert refusal.value.code == "pass-refused"


async def test_a_socket_that_is_not_renewed_is_closed(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visit, "RENEWAL_S", 0.5)
    browser = await stage.enter(*owner_and_workspace())
    assert (await browser.closing())[0] == "not-renewed"


def sign_out(person: Person) -> None:
    rows = Installation().rows(people_keys.user(person.user_id))
    rows.delete(rows.new(SessionRow, people_keys.session(session_of(person))))


async def test_signing_out_closes_the_socket_within_five_seconds(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    browser = await stage.enter(person, workspace_id)
    sign_out(person)
    async with asyncio.timeout(CLOSES_WITHIN_S):
        assert await browser.closing() == ("unauthenticated", 1008)


async def test_so_does_leaving_the_workspace(stage: Stage) -> None:
    owner, member = a_person("Olga"), a_person("Max")
    workspace_id = a_workspace((owner, Role.OWNER), (member, Role.MEMBER))
    staying, leaving = await stage.enter(owner, workspace_id), await stage.enter(member, workspace_id)
    rows = a_job(workspace_id).rows(keys.WORKSPACE)
    rows.delete(rows.new(MemberRow, keys.member(member.user_id)))
    async with asyncio.timeout(CLOSES_WITHIN_S):
        assert (await leaving.closing())[0] == "not-found"
    assert await staying.ask("ping") == {}


async def test_so_does_another_role(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    browser = await stage.enter(person, workspace_id)
    rows = a_job(workspace_id).rows(keys.WORKSPACE)
    row = rows.new(MemberRow, keys.member(person.user_id))
    rows.update(row, [MemberRow.version.set(2)])
    async with asyncio.timeout(CLOSES_WITHIN_S):
        assert (await browser.closing())[0] == "membership-changed"


async def test_a_session_that_ended_by_the_clock_counts_as_ended(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    browser = await stage.enter(person, workspace_id)
    rows = Installation().rows(people_keys.user(person.user_id))
    row = rows.new(SessionRow, people_keys.session(session_of(person)))
    rows.update(row, [SessionRow.idle_ends_at.set(datetime.now(UTC))])
    assert (await browser.closing())[0] == "unauthenticated"


async def test_a_frame_over_the_limit_ends_the_socket(stage: Stage) -> None:
    browser = await stage.enter(*owner_and_workspace())
    await browser.socket.send_str(json.dumps({"id": "c1", "type": "login.cancel", "x": "y" * 70_000}))
    async with asyncio.timeout(CLOSES_WITHIN_S):
        assert browser._reader is not None
        await browser._reader
    assert browser.socket.close_code == 1009


async def test_a_binary_frame_ends_the_socket(stage: Stage) -> None:
    browser = await stage.enter(*owner_and_workspace())
    await browser.socket.send_bytes(b"\x00")
    assert (await browser.closing())[0] == "not-text"


@pytest.mark.parametrize("raw", ["", "null", "[[[[", '{"id":"c1"', "x" * 60_000, '{"type":"renew"}', "\x00"])
async def test_a_malformed_frame_is_answered_and_the_socket_stays(stage: Stage, raw: str) -> None:
    browser = await stage.enter(*owner_and_workspace())
    answer = await browser.say(raw)
    assert answer["problem"]["status"] in {400, 422}
    assert await browser.ask("ping") == {}


async def test_too_many_requests_are_refused_with_a_wait(stage: Stage) -> None:
    browser = await stage.enter(*owner_and_workspace())
    answers = await asyncio.gather(*(browser.begin("login.cancel") for _ in range(120)))
    refused = [answer["problem"] for answer in answers if answer["type"] == "problem"]
    assert refused
    assert {problem["code"] for problem in refused} == {"too-many-requests"}
    assert all(problem["retry_after_s"] >= 1 for problem in refused)


async def test_a_browser_that_takes_nothing_is_dropped_and_nobody_waits_for_it(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    stuck, awake = await stage.knock(), await stage.enter(person, workspace_id)
    await stuck.socket.send_json({"type": "hello", "pass": a_pass(person, workspace_id)})
    visits = stage.worker.gateway._visits
    await eventually(lambda: len(visits) == 2)
    [slow] = [visit for visit in visits if visit.visitor.caller.address == "203.0.113.7"]
    async with asyncio.timeout(20):
        while slow in visits:
            slow.push({"type": "change", "change": "x" * 60_000})
            await asyncio.sleep(0)
    assert await awake.ask("ping") == {}


async def test_health_needs_no_secret_and_says_nothing_else(stage: Stage) -> None:
    async with stage._http.get(f"http://127.0.0.1:{stage.port}/live/health") as answer:
        assert (answer.status, await answer.json()) == (200, {"status": "ok"})
