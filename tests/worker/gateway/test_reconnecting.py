"""Telegram ends a session; the member connects again through the same login and finds everything as it was."""

import asyncio
from typing import Any

import pytest

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.chats import use_cases as chats
from chalicelib.kernel.ids import AccountId, WorkspaceId
from dev.telegram.world.people import User
from tests.scene import Person
from tests.worker.gateway.browser import PATIENCE_S, LiveBrowser, Refused
from tests.worker.gateway.stage import Stage, chat_with, eventually, owner_and_workspace
from tests.worker.gateway.test_login import DIGITS, PHONE, scan

PASSWORD = "right horse"


async def by_phone(stage: Stage, browser: LiveBrowser, _: User) -> str:
    """Log in by code and cloud password; gives the account's id."""
    await browser.ask("login.phone", phone=PHONE, owned=True)
    asked = await browser.ask("login.code", code=stage.telegram.code_of(DIGITS))
    assert asked["state"] == "password_needed"
    done: str = (await browser.ask("login.password", password=PASSWORD))["account_id"]
    return done


async def by_qr(stage: Stage, browser: LiveBrowser, user: User) -> str:
    """Log in by QR code and cloud password; gives the account's id."""
    await browser.ask("login.qr", owned=True)
    await scan(stage.telegram, user, (await browser.hear("login.qr"))["url"])
    await browser.hear("login.password_needed")
    done: str = (await browser.ask("login.password", password=PASSWORD))["account_id"]
    return done


LOGINS = {"phone": by_phone, "qr": by_qr}


@pytest.mark.parametrize("way", list(LOGINS))
@pytest.mark.parametrize(("why", "reason"), [("SESSION_REVOKED", "revoked"), ("AUTH_KEY_DUPLICATED", "duplicated")])
async def test_connecting_again_restores_the_account_with_its_chats(
    stage: Stage, why: str, reason: str, way: str
) -> None:
    person, workspace_id = owner_and_workspace()
    anna = stage.telegram.world.add_user("Anna", phone=DIGITS, password=PASSWORD)
    boris = stage.telegram.world.add_user("Boris")
    stage.telegram.post(boris, anna, "before")
    browser = await stage.enter(person, workspace_id)
    account_id = AccountId(await LOGINS[way](stage, browser, anna))
    chat_id = chat_with(account_id, boris)
    await eventually(lambda: chat_id in titles(person, workspace_id, account_id))
    await browser.hear("connection.changed", lambda event: event["state"] == "connected")
    before = titles(person, workspace_id, account_id)

    for one in stage.telegram.keyring.of(anna.id):
        stage.telegram.revoke(one, why)

    ended = await browser.hear("connection.changed", lambda event: event["state"] == "needs_login")
    assert (ended["account_id"], ended["reason"]) == (account_id, reason)
    asked = stage.telegram.calls["updates.GetState"]
    with pytest.raises(Refused) as refusal:
        await browser.ask("chat.history", chat_id=chat_id, before_id=None, limit=10)
    assert refusal.value.code == "telegram-away"
    stage.worker.connections.wake()
    await asyncio.sleep(0.5)
    assert stage.telegram.calls["updates.GetState"] == asked, "a session that ended is never tried again"
    assert titles(person, workspace_id, account_id) == before
    stage.telegram.post(boris, anna, "meanwhile")

    assert await LOGINS[way](stage, browser, anna) == account_id

    await browser.hear("connection.changed", lambda event: event["state"] == "connected")
    page = await patiently(browser, chat_id)
    assert [message["text"] for message in page["messages"]] == ["before", "meanwhile"]
    assert titles(person, workspace_id, account_id).keys() >= before.keys()
    [card] = accounts.list_accounts(person.handle(workspace_id))
    assert [(one.state, one.reason) for one, _ in card.connections] == [("connected", None)]


async def patiently(browser: LiveBrowser, chat_id: str) -> dict[str, Any]:
    """The newest page of a chat; a browser tries again while the account's chats are still being read."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            try:
                return await browser.ask("chat.history", chat_id=chat_id, before_id=None, limit=10)
            except Refused as refusal:
                if refusal.code != "telegram-away":  # a chat that is there is never said to be missing
                    raise
                await asyncio.sleep(0.1)


def titles(person: Person, workspace_id: WorkspaceId, account_id: AccountId) -> dict[str, str]:
    """The account's chats as the API lists them: titles by chat id."""
    page = chats.list_chats(account_id, limit=200, cursor=None, tenant=person.handle(workspace_id))
    return {card.id: card.title for card in page.items}
