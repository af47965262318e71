"""A member ends a connection: their browsers are told at once, and its chats are gone for them."""

import asyncio
from typing import Any

import pytest

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import Connection
from chalicelib.features.accounts.repository import Connections
from chalicelib.kernel import clock, ids
from chalicelib.kernel.ids import AccountId, WorkspaceId
from chalicelib.kernel.roles import Role
from dev.telegram import Fault
from tests.scene import Person, a_person, a_workspace
from tests.worker.gateway.browser import LiveBrowser, Refused
from tests.worker.gateway.stage import Stage, chat_with, owner_and_workspace


async def end(stage: Stage, person: Person, workspace_id: WorkspaceId, account_id: AccountId) -> None:
    """What `DELETE .../connection` does, and the hint that the relay gets of it."""
    await asyncio.to_thread(accounts.request_disconnect, account_id, tenant=person.handle(workspace_id))
    stage.worker.connections.wake()


def stored(person: Person, workspace_id: WorkspaceId, account_id: AccountId) -> Connection:
    found = Connections(person.handle(workspace_id), account_id).get(person.user_id)
    assert found is not None
    return found


async def refusal_of(browser: LiveBrowser, kind: str, **body: Any) -> str:
    with pytest.raises(Refused) as refusal:
        await browser.ask(kind, **body)
    return refusal.value.code


async def test_every_browser_of_the_member_hears_of_the_end_and_finds_the_chats_no_more(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    anna, boris = stage.telegram.world.add_user("Anna"), stage.telegram.world.add_user("Boris")
    message = stage.telegram.post(anna, boris, "hello")
    account_id = await stage.connect(person, workspace_id, anna)
    desk, phone = await stage.enter(person, workspace_id), await stage.enter(person, workspace_id)
    stage.telegram.fault(Fault(method="auth.LogOut", delay_s=1, times=1))

    await end(stage, person, workspace_id, account_id)

    for browser in (desk, phone):
        told = await browser.hear("connection.changed")
        assert (told["account_id"], told["state"], told["reason"]) == (account_id, "disconnected", accounts.LOGGING_OUT)
        assert stored(person, workspace_id, account_id).reason == accounts.LOGGING_OUT, "told before the log-out"
    chat_id = chat_with(account_id, boris)
    for kind, body in (
        ("chat.history", {"before_id": None, "limit": 10}),
        ("message.send", {"client_id": ids.mint(), "text": "x"}),
        ("message.edit", {"message_id": message.id, "text": "x"}),
        ("message.delete", {"message_ids": [message.id]}),
        ("chat.read", {"up_to_id": message.id}),
        ("media.open", {"message_id": message.id}),
    ):
        assert await refusal_of(desk, kind, chat_id=chat_id, **body) == "not-found", kind
    assert await refusal_of(desk, "chat.previews", account_id=account_id) == "not-found"
    assert (await desk.ask("chat.previews"))["previews"] == {}

    done = await desk.hear("connection.changed", lambda event: event["reason"] == accounts.BY_MEMBER)
    assert (done["state"], done["since"]) == (
        "disconnected",
        clock.to_wire(stored(person, workspace_id, account_id).since),
    )
    assert not stage.telegram.keyring.of(anna.id)


async def test_a_teammate_connected_to_the_same_account_is_not_told_and_goes_on(stage: Stage) -> None:
    olga, max_ = a_person("Olga"), a_person("Max")
    workspace_id = a_workspace((olga, Role.OWNER), (max_, Role.MEMBER))
    anna, boris = stage.telegram.world.add_user("Anna"), stage.telegram.world.add_user("Boris")
    stage.telegram.post(anna, boris, "hello")
    account_id = await stage.connect(olga, workspace_id, anna)
    assert await stage.connect(max_, workspace_id, anna) == account_id
    theirs, mine = await stage.enter(max_, workspace_id), await stage.enter(olga, workspace_id)

    await end(stage, olga, workspace_id, account_id)
    await mine.hear("connection.changed", lambda event: event["reason"] == accounts.BY_MEMBER)

    page = await theirs.ask("chat.history", chat_id=chat_with(account_id, boris), before_id=None, limit=10)
    assert [message["text"] for message in page["messages"]] == ["hello"]
    assert theirs.heard("connection.changed") == []
