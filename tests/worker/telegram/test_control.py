"""The back door: what the demo phone and the browser tests do through it."""

import base64
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from telethon import errors

from dev.telegram import Emulator, snapshot
from dev.telegram.control import Control
from dev.telegram.demo import Diary
from dev.telegram.pace import Pace
from tests.worker.telegram.clients import PATIENCE_S, Open, eventually, hearing

ALICE = "15550001"


@pytest.fixture
async def control(telegram: Emulator) -> AsyncIterator["TestClient[Any, Any]"]:
    def save(file: Path) -> int:
        return snapshot.write(snapshot.taken(telegram, Diary()), file)

    application = Control(telegram, Pace(telegram.freeze, telegram.thaw), save).application()
    async with TestClient(TestServer(application)) as client:
        yield client


async def answered(response: Any, status: int = 200) -> Any:
    assert response.status == status, await response.text()
    return await response.json()


async def test_login_codes_are_shown_until_they_are_used(telegram: Emulator, control: Any, connected: Open) -> None:
    telegram.world.add_user("Alice", phone=ALICE)
    client = await connected(telegram.session(), device_model="Wireroom", app_version="1.0")
    await client.send_code_request(ALICE)
    before = (await answered(await control.get("/accounts")))[0]
    await client.sign_in(ALICE, before["codes"][0]["code"])
    after = (await answered(await control.get("/accounts")))[0]
    assert (before["phone"], before["name"], len(before["codes"]), after["codes"]) == ("+15550001", "Alice", 1, [])
    assert [(one["device"], one["app"]) for one in after["sessions"]] == [("Wireroom", "1.0")]


async def test_a_qr_login_is_approved_and_only_once(telegram: Emulator, control: Any, connected: Open) -> None:
    alice = telegram.world.add_user("Alice", phone=ALICE)
    client = await connected(telegram.session())
    code = await client.qr_login()
    waiting = client.loop.create_task(code.wait(PATIENCE_S))
    address = f"/accounts/{alice.id}/approve-qr"
    await answered(await control.post(address, json={"url": code.url}))
    assert (await waiting).first_name == "Alice"
    again = await answered(await control.post(address, json={"url": code.url}), 409)
    assert again["code"] == "AUTH_TOKEN_ALREADY_ACCEPTED"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://example.com",
        "tg://login?token=",
        "tg://login?token=%%%",
        "tg://login?token=ÿ",
        "tg://[",
        "tg://x?token=aaaa",
    ],
)
async def test_a_link_that_is_no_login_link_is_refused(telegram: Emulator, control: Any, url: str) -> None:
    alice = telegram.world.add_user("Alice", phone=ALICE)
    response = await control.post(f"/accounts/{alice.id}/approve-qr", json={"url": url})
    assert (await response.json())["code"] in ("NOT_A_LOGIN_LINK", "AUTH_TOKEN_INVALIDX")


async def test_ending_sessions_disconnects_their_clients(telegram: Emulator, control: Any, connected: Open) -> None:
    alice = telegram.world.add_user("Alice", phone=ALICE)
    client = await connected(telegram.session(alice))
    ended = await answered(await control.post(f"/accounts/{alice.id}/end-sessions", json={}))
    assert ended == {"ended": 1}
    await eventually(lambda: not client.is_connected())
    assert isinstance(client._updates_error, errors.SessionRevokedError)


async def test_one_writes_as_people_to_accounts_and_in_their_groups(
    telegram: Emulator, control: Any, connected: Open
) -> None:
    alice, bob = telegram.world.add_user("Alice", phone=ALICE), telegram.world.add_user("Bob")
    group = telegram.world.add_group("Two", bob, [alice], at=telegram.clock())
    heard = hearing(await connected(telegram.session(alice)))
    people = await answered(await control.get("/people"))
    assert [(one["name"], [place["id"] for place in one["places"]]) for one in people] == [
        ("Bob", [alice.id, group.id])
    ]
    for place in (alice.id, group.id):
        await answered(await control.post(f"/people/{bob.id}/say", json={"to": place, "text": f"to {place}"}), 201)
    assert await heard.texts(2) == [f"to {alice.id}", f"to {group.id}"]


async def test_nobody_writes_as_an_account_nor_where_they_are_not(telegram: Emulator, control: Any) -> None:
    alice, bob = telegram.world.add_user("Alice", phone=ALICE), telegram.world.add_user("Bob")
    group = telegram.world.add_group("Others", alice, [], at=telegram.clock())
    as_alice = await control.post(f"/people/{alice.id}/say", json={"to": alice.id, "text": "x"})
    elsewhere = await control.post(f"/people/{bob.id}/say", json={"to": group.id, "text": "x"})
    assert [as_alice.status, elsewhere.status] == [404, 404]


async def test_copies_of_a_message_are_counted_in_all_boxes(telegram: Emulator, control: Any) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob")
    telegram.post(alice, bob, "once & only")
    copies = await answered(await control.get("/messages", params={"text": "once & only"}))
    assert [(one["owner_id"], one["out"]) for one in copies] == [(alice.id, True), (bob.id, False)]
    assert len({one["letter"] for one in copies}) == 1


async def test_faults_are_set_seen_and_cleared(telegram: Emulator, control: Any, connected: Open) -> None:
    client = await connected(telegram.session(telegram.world.add_user("Alice")))
    fault = {"method": "messages.SendMessage", "error": "PEER_FLOOD"}
    await answered(await control.post("/faults", json=fault), 201)
    assert [one["error"] for one in await answered(await control.get("/faults"))] == ["PEER_FLOOD"]
    with pytest.raises(errors.PeerFloodError):
        await client.send_message("me", "x")
    assert (await control.delete("/faults")).status == 204
    assert await client.send_message("me", "x")
    counted = await answered(await control.get("/calls"))
    assert (counted["calls"]["messages.SendMessage"], counted["missing"]) == (2, {})


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/faults", b"{", 422),
        ("/faults", b'{"drop": 1}', 422),
        ("/faults", b'{"drop": true, "cut": true}', 422),
        ("/faults", b'{"drop": true, "extra": 1}', 422),
        ("/people/1/say", b'{"to": 1, "text": "x"}', 404),
        ("/accounts/1/end-sessions", b"{}", 404),
        ("/accounts/777000/end-sessions", b"{}", 404),
    ],
)
async def test_bad_requests_say_what_is_wrong(control: Any, path: str, body: bytes, status: int) -> None:
    response = await control.post(path, data=body, headers={"Content-Type": "application/json"})
    assert set(await answered(response, status)) == {"code", "title"}


async def test_a_form_of_another_page_is_refused(control: Any) -> None:
    response = await control.post("/faults", data={"drop": "true"})
    assert response.status == 415


async def test_frozen_nothing_is_said_and_a_snapshot_is_of_that_moment(
    telegram: Emulator, control: Any, tmp_path: Path
) -> None:
    alice, bob = telegram.world.add_user("Alice", phone=ALICE), telegram.world.add_user("Bob")
    assert (await control.post("/freeze", json={})).status == 204
    say = {"to": alice.id, "text": "too early"}
    refused = await answered(await control.post(f"/people/{bob.id}/say", json=say), 409)
    saved = await answered(await control.post("/snapshot", json={"file": str(tmp_path / "state")}))
    assert (await control.post("/thaw", json={})).status == 204
    await answered(await control.post(f"/people/{bob.id}/say", json=say), 201)
    assert (refused["code"], saved["bytes"]) == ("FROZEN", (tmp_path / "state").stat().st_size)
    assert snapshot.read(tmp_path / "state").world.copies_of_text("too early") == []


async def test_the_phone_is_served_with_relative_addresses_only(control: Any) -> None:
    page = await (await control.get("/")).text()
    script = await (await control.get("/phone.js")).text()
    assert (await control.get("/phone.css")).status == 200
    assert not any(absolute in page + script for absolute in ('href="/', 'src="/', 'ask("/', "ask(`/"))


def test_a_token_survives_its_way_through_a_link() -> None:
    from dev.telegram.control import _token_of

    token = bytes(range(200, 232))
    link = base64.urlsafe_b64encode(token).rstrip(b"=").decode()
    assert _token_of(f"tg://login?token={link}") == token


async def test_rules_and_bad_weather_are_made_from_outside(telegram: Emulator, control: Any, connected: Open) -> None:
    alice = telegram.world.add_user("Alice", phone=ALICE)
    client = await connected(telegram.session(alice))
    answer = await control.patch("/rules", json={"repeated_sends": "refused", "limits": True})
    rules = await answered(answer)
    assert (rules["repeated_sends"], rules["limits"], telegram.rules.limits) == ("refused", True, True)
    assert (await control.patch("/rules", json={"limits": "maybe"})).status == 422
    salt = telegram.salt
    assert (await control.post("/salt")).status == 204
    assert telegram.salt != salt
    assert (await control.post(f"/accounts/{alice.id}/pushes", json={"withheld": True})).status == 204
    assert telegram.withheld == {alice.id}
    assert (await control.post(f"/accounts/{alice.id}/pushes", json={"withheld": False})).status == 204
    assert telegram.withheld == set()
    channel = telegram.world.add_channel("News", alice, at=telegram.clock())
    for withheld in (True, False):
        switch = await control.post(f"/channels/{channel.id}/pushes", json={"withheld": withheld})
        assert (switch.status, channel.withheld) == (204, withheld)
    assert (await control.post("/channels/1/pushes", json={"withheld": True})).status == 404
    lines = telegram.lines_of(alice)
    assert (await control.post(f"/accounts/{alice.id}/cut")).status == 204
    await eventually(lambda: all(line.closed for line in lines))
    assert await answered(await control.post(f"/accounts/{alice.id}/forget-keys")) == {"forgotten": 1}
    await eventually(lambda: not client.is_connected())
