"""The boundary: messages belong to the person who connected the account (product.md section 1)."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.kernel import ids
from chalicelib.kernel.clock import to_wire, utc_now
from chalicelib.kernel.errors import TooMany
from chalicelib.kernel.ids import AccountId, ChatId
from chalicelib.kernel.roles import Role
from dev.telegram.world.world import SERVICE_ID
from session_worker.gateway.desks.desk import REQUESTS
from tests.scene import a_person, a_workspace
from tests.worker.gateway.browser import LiveBrowser, Refused
from tests.worker.gateway.stage import Stage, chat_with, eventually, owner_and_workspace, texts_of

IN_A_WHILE = to_wire(utc_now() + timedelta(hours=1))
A_FILE = {"upload_id": "0" * 32, "kind": "document", "name": "plan.txt"}


def requests_about(chat_id: ChatId) -> list[tuple[str, dict[str, Any]]]:
    """Every request that names a chat."""
    return [
        ("chat.history", {"chat_id": chat_id, "before_id": None, "limit": 10}),
        ("message.send", {"chat_id": chat_id, "client_id": ids.mint(), "text": "let me in"}),
        ("message.edit", {"chat_id": chat_id, "message_id": 1, "text": "changed"}),
        ("message.delete", {"chat_id": chat_id, "message_ids": [1]}),
        ("chat.watch", {"chat_id": chat_id}),
        ("chat.read", {"chat_id": chat_id, "up_to_id": 1}),
        ("message.get", {"chat_id": chat_id, "message_ids": [1]}),
        ("message.react", {"chat_id": chat_id, "message_id": 1, "emoji": "👍"}),
        (
            "message.forward",
            {"chat_id": chat_id, "from_chat_id": chat_id, "client_id": ids.mint(), "message_ids": [1]},
        ),
        ("message.pin", {"chat_id": chat_id, "message_id": 1, "is_pinned": True}),
        ("chat.pinned", {"chat_id": chat_id}),
        ("chat.marks", {"chat_id": chat_id}),
        ("chat.mark_unread", {"chat_id": chat_id, "is_unread": True}),
        ("chat.typing", {"chat_id": chat_id}),
        ("chat.draft", {"chat_id": chat_id, "text": "half a sentence"}),
        ("scheduled.list", {"chat_id": chat_id}),
        ("scheduled.change", {"chat_id": chat_id, "message_id": 1, "schedule_at": IN_A_WHILE}),
        ("scheduled.send", {"chat_id": chat_id, "message_ids": [1]}),
        ("scheduled.delete", {"chat_id": chat_id, "message_ids": [1]}),
        ("chat.search", {"chat_id": chat_id, "words": "hello", "limit": 10}),
        ("search.messages", {"account_id": ids.account_of(chat_id), "words": "hello", "limit": 10}),
        ("people.find", {"account_id": ids.account_of(chat_id), "name": "boris"}),
        ("chat.info", {"chat_id": chat_id}),
        ("chat.members", {"chat_id": chat_id}),
        ("group.edit", {"chat_id": chat_id, "title": "Taken over"}),
        ("group.permit", {"chat_id": chat_id, "right": "send_media", "is_permitted": True}),
        ("group.add", {"chat_id": chat_id, "name": "boris"}),
        ("group.remove", {"chat_id": chat_id, "member_id": "1"}),
        ("group.promote", {"chat_id": chat_id, "member_id": "1", "rights": []}),
        ("group.link", {"chat_id": chat_id}),
        ("group.slow_mode", {"chat_id": chat_id, "seconds": 10}),
        ("group.leave", {"chat_id": chat_id}),
        ("group.join", {"chat_id": chat_id}),
        (
            "group.create",
            {"account_id": ids.account_of(chat_id), "client_id": ids.mint(), "kind": "channel", "title": "Mine"},
        ),
        ("media.open", {"chat_id": chat_id, "message_id": 1}),
        ("media.leave", {"chat_id": chat_id, "message_id": 1}),
        ("media.thumb", {"chat_id": chat_id, "message_id": 1}),
        ("chat.face", {"chat_id": chat_id}),
        ("media.send", {"chat_id": chat_id, "client_id": ids.mint(), "files": [A_FILE]}),
        ("media.cancel", {"chat_id": chat_id, "client_id": ids.mint(), "upload_ids": ["0" * 32]}),
        ("account.standing", {"account_id": ids.account_of(chat_id)}),
        ("sessions.list", {"account_id": ids.account_of(chat_id)}),
        ("sessions.keep", {"account_id": ids.account_of(chat_id), "session": "1"}),
        ("sessions.end", {"account_id": ids.account_of(chat_id), "session": "1"}),
        ("chat.previews", {"account_id": ids.account_of(chat_id)}),
    ]


def test_every_request_that_names_a_chat_or_an_account_is_tried() -> None:
    about = {"chat_id", "account_id"}
    named = {kind.__struct_config__.tag for kind in REQUESTS if about & set(kind.__struct_fields__)}
    tried = {kind for kind, _ in requests_about(ChatId(ids.mint() + "0" * 16))}
    assert named == tried, "say it in requests_about"


async def problem_of(browser: LiveBrowser, kind: str, body: dict[str, Any]) -> dict[str, Any]:
    """The problem, without what differs from request to request. Waits where a socket may ask no more for now."""
    while True:
        with pytest.raises(Refused) as refusal:
            await browser.ask(kind, **body)
        if refusal.value.code != TooMany.code:
            return {name: value for name, value in refusal.value.problem.items() if name != "request_id"}
        await asyncio.sleep(refusal.value.problem["retry_after_s"])


async def test_a_teammate_without_a_connection_gets_what_a_missing_chat_gets(stage: Stage) -> None:
    owner, admin = a_person("Olga"), a_person("Max")
    workspace_id = a_workspace((owner, Role.MEMBER), (admin, Role.OWNER))
    world = stage.telegram.world
    anna, boris, clara = world.add_user("Anna"), world.add_user("Boris"), world.add_user("Clara")
    for contact in (boris, clara):
        stage.telegram.post(contact, anna, "for Anna only")
    account_id = await stage.connect(owner, workspace_id, anna)
    mine, theirs = await stage.enter(owner, workspace_id), await stage.enter(admin, workspace_id)
    assert theirs.welcome["connections"] == []
    missing = ids.mint() + "0" * 16
    for contact in (boris, clara):
        for (kind, body), (_, other) in zip(
            requests_about(chat_with(account_id, contact)), requests_about(ChatId(missing)), strict=True
        ):
            problem = await problem_of(theirs, kind, body)
            assert (problem["code"], problem["status"]) == ("not-found", 404)
            assert problem == await problem_of(theirs, kind, other)
    assert (await theirs.ask("chat.previews"))["previews"] == {}
    stage.telegram.post(boris, anna, "psst")
    await mine.hear("message.new")
    await asyncio.sleep(0.2)
    assert theirs.events == []
    assert texts_of(boris) == ["for Anna only", "psst"]


async def test_two_who_connected_the_same_account_both_read_and_write(stage: Stage) -> None:
    olga, max_ = a_person("Olga"), a_person("Max")
    workspace_id = a_workspace((olga, Role.OWNER), (max_, Role.MEMBER))
    anna, boris = stage.telegram.world.add_user("Anna"), stage.telegram.world.add_user("Boris")
    stage.telegram.post(boris, anna, "hello")
    account_id = await stage.connect(olga, workspace_id, anna)
    assert await stage.connect(max_, workspace_id, anna) == account_id
    chat_id = chat_with(account_id, boris)
    browsers = [await stage.enter(person, workspace_id) for person in (olga, max_)]
    for browser in browsers:
        page = await browser.ask("chat.history", chat_id=chat_id, before_id=None, limit=10)
        assert [message["text"] for message in page["messages"]] == ["hello"]
    sent = await browsers[0].ask("message.send", chat_id=chat_id, client_id=ids.mint(), text="from Olga")
    assert sent["state"] == "sent"
    assert (await browsers[1].hear("message.new"))["message"]["text"] == "from Olga"
    assert texts_of(boris) == ["hello", "from Olga"]


async def test_the_same_account_in_another_workspace_is_another_account(stage: Stage) -> None:
    olga, workspace_id = owner_and_workspace("Olga")
    eve, elsewhere = owner_and_workspace("Eve")
    world = stage.telegram.world
    anna, boris, ewa = world.add_user("Anna"), world.add_user("Boris"), world.add_user("Ewa")
    stage.telegram.post(boris, anna, "hello")
    stage.telegram.post(boris, ewa, "hello Ewa")
    account_id = await stage.connect(olga, workspace_id, anna)
    await stage.connect(eve, elsewhere, ewa)
    browser = await stage.enter(eve, elsewhere)
    for kind, body in requests_about(chat_with(account_id, boris)):
        assert (await problem_of(browser, kind, body))["code"] == "not-found"
    stage.telegram.post(boris, anna, "psst")
    await asyncio.sleep(0.3)
    assert browser.heard("message.new") == []


async def test_after_disconnecting_nothing_is_readable(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    anna, boris = stage.telegram.world.add_user("Anna"), stage.telegram.world.add_user("Boris")
    stage.telegram.post(boris, anna, "hello")
    account_id = await stage.connect(person, workspace_id, anna)
    browser = await stage.enter(person, workspace_id)
    accounts.request_disconnect(account_id, tenant=person.handle(workspace_id))
    stage.worker.connections.wake()
    await eventually(lambda: stage.worker.connections.find(workspace_id, person.user_id, account_id) is None)
    body = {"chat_id": chat_with(account_id, boris), "before_id": None, "limit": 10}
    assert (await problem_of(browser, "chat.history", body))["code"] == "not-found"


async def test_what_telegram_itself_writes_is_withheld_from_its_owner_too(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    world = stage.telegram.world
    anna = world.add_user("Anna")
    stage.telegram.post(world.users[SERVICE_ID], anna, "Login code: 54321")
    account_id = await stage.connect(person, workspace_id, anna)
    browser = await stage.enter(person, workspace_id)
    chat_id = chat_with(AccountId(account_id), world.users[SERVICE_ID])
    page = await browser.ask("chat.history", chat_id=chat_id, before_id=None, limit=10)
    stage.telegram.post(world.users[SERVICE_ID], anna, "Login code: 98765")
    event = await browser.hear("message.new")
    previews = (await browser.ask("chat.previews"))["previews"]
    shown = [*(message["text"] for message in page["messages"]), event["message"]["text"], previews[chat_id]["text"]]
    assert not any("54321" in text or "98765" in text for text in shown)
