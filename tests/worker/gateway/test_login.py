"""Logging in at Telegram through a socket."""

import asyncio
import base64
from collections.abc import Callable
from typing import Any

import pytest
from telethon import TelegramClient
from telethon.tl import functions

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.chats import use_cases as chats
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.errors import Unavailable
from chalicelib.kernel.ids import AccountId, WorkspaceId
from dev.telegram import Emulator, Fault
from dev.telegram.world.people import User
from session_worker.login import desk as login
from tests.scene import Person
from tests.worker.gateway.browser import LiveBrowser, Refused
from tests.worker.gateway.stage import SHARDS_FREE_WITHIN_S, Stage, eventually, owner_and_workspace

PHONE = "+49 (151) 2345-678"
DIGITS = "491512345678"


async def scan(telegram: Emulator, user: User, url: str) -> None:
    """What a person's phone does with a code it sees."""
    token = url.removeprefix("tg://login?token=")
    phone = TelegramClient(telegram.session(user), 1, "x")
    await phone.connect()
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        await phone(functions.auth.AcceptLoginTokenRequest(raw))
    finally:
        await phone.disconnect()


async def is_live(stage: Stage, person: Person, workspace_id: WorkspaceId, account_id: str) -> None:
    """Wait until the new connection speaks."""

    def speaks() -> bool:
        found = stage.worker.connections.find(workspace_id, person.user_id, AccountId(account_id))
        return found is not None and found.is_connected

    await eventually(speaks, within_s=SHARDS_FREE_WITHIN_S)


async def refusal_of(browser: LiveBrowser, kind: str, **body: Any) -> dict[str, Any]:
    """The problem a request is answered with."""
    with pytest.raises(Refused) as refusal:
        await browser.ask(kind, **body)
    return refusal.value.problem


TROUBLES = [(Unavailable(), "unavailable"), (RuntimeError("nobody foresaw this"), "unexpected-fault")]


def failing(trouble: Exception) -> Callable[..., None]:
    """A call that fails."""

    def answer(*_: object, **__: object) -> None:
        raise trouble

    return answer


@pytest.mark.parametrize("dc", [2, 4])
async def test_a_scanned_code_connects_the_account(stage: Stage, dc: int) -> None:
    person, workspace_id = owner_and_workspace()
    anna = stage.telegram.world.add_user("Anna", last_name="Petrova", dc=dc)
    browser = await stage.enter(person, workspace_id)
    assert await browser.ask("login.qr", owned=True) == {}
    shown = await browser.hear("login.qr")
    await scan(stage.telegram, anna, shown["url"])
    account_id = (await browser.hear("login.done"))["account_id"]
    [card] = accounts.list_accounts(person.handle(workspace_id))
    assert (card.account.id, card.account.name, card.is_mine) == (account_id, "Anna Petrova", True)
    await is_live(stage, person, workspace_id, account_id)


async def test_groups_and_channels_stay_out_of_the_workspace_until_they_are_brought_in(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    world = stage.telegram.world
    anna, boris = world.add_user("Anna"), world.add_user("Boris")
    stage.telegram.post(boris, anna, "hello")
    at = utc_now()
    for made in (world.add_group("Family", boris, [anna], at=at), world.add_channel("News", boris, [anna], at=at)):
        stage.telegram.post(boris, made, "hello all")
    browser = await stage.enter(person, workspace_id)
    await browser.ask("login.qr", owned=True)
    await scan(stage.telegram, anna, (await browser.hear("login.qr"))["url"])
    account_id = AccountId((await browser.hear("login.done"))["account_id"])
    handle = await asyncio.to_thread(person.handle, workspace_id)

    def excluded() -> set[str]:
        page = chats.list_excluded(account_id, limit=10, cursor=None, tenant=handle)
        return {chat.title for chat in page.items}

    await eventually(lambda: excluded() == {"Family", "News"})
    listed = chats.list_chats(account_id, limit=10, cursor=None, tenant=handle).items
    assert [chat.title for chat in listed] == ["Boris"]


@pytest.mark.parametrize("dc", [2, 4])
async def test_a_cloud_password_is_asked_for_after_the_scan(stage: Stage, dc: int) -> None:
    person, workspace_id = owner_and_workspace()
    anna = stage.telegram.world.add_user("Anna", password="right horse", dc=dc)
    browser = await stage.enter(person, workspace_id)
    await browser.ask("login.qr", owned=True)
    await scan(stage.telegram, anna, (await browser.hear("login.qr"))["url"])
    assert "hint" in await browser.hear("login.password_needed")
    problem = await refusal_of(browser, "login.password", password="wrong horse")
    assert (problem["code"], problem["errors"][0]["pointer"]) == ("login-password-wrong", "/password")
    done = await browser.ask("login.password", password="right horse")
    assert done["state"] == "done"
    await is_live(stage, person, workspace_id, done["account_id"])


async def test_a_code_is_renewed_before_it_ends(stage: Stage) -> None:
    stage.telegram.rules.qr_lives_s = 4
    person, workspace_id = owner_and_workspace()
    anna = stage.telegram.world.add_user("Anna")
    browser = await stage.enter(person, workspace_id)
    await browser.ask("login.qr", owned=True)
    first, second = await browser.hear("login.qr"), await browser.hear("login.qr")
    assert first["url"] != second["url"]
    assert second["expires_at"] > first["expires_at"]
    await scan(stage.telegram, anna, second["url"])
    assert (await browser.hear("login.done"))["account_id"]


async def test_a_phone_number_and_its_code_connect_the_account(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    stage.telegram.world.add_user("Anna", phone=DIGITS, dc=4)
    browser = await stage.enter(person, workspace_id)
    sent = await browser.ask("login.phone", phone=PHONE, owned=True)
    assert sent["where"] in {"app", "sms"}
    code = stage.telegram.code_of(DIGITS)
    assert sent["length"] == len(code)
    done = await browser.ask("login.code", code=code)
    assert done["state"] == "done"
    await is_live(stage, person, workspace_id, done["account_id"])


async def test_a_wrong_code_allows_another_try(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    stage.telegram.world.add_user("Anna", phone=DIGITS)
    browser = await stage.enter(person, workspace_id)
    await browser.ask("login.phone", phone=PHONE, owned=True)
    problem = await refusal_of(browser, "login.code", code="00000")
    assert (problem["code"], problem["status"], problem["errors"][0]["pointer"]) == ("login-code-wrong", 422, "/code")
    done = await browser.ask("login.code", code=stage.telegram.code_of(DIGITS))
    assert done["state"] == "done"


async def test_an_expired_code_is_asked_for_anew(stage: Stage) -> None:
    stage.telegram.rules.code_lives_s = 0
    person, workspace_id = owner_and_workspace()
    stage.telegram.world.add_user("Anna", phone=DIGITS)
    browser = await stage.enter(person, workspace_id)
    await browser.ask("login.phone", phone=PHONE, owned=True)
    problem = await refusal_of(browser, "login.code", code=stage.telegram.code_of(DIGITS))
    assert problem["code"] == "login-code-expired"
    stage.telegram.rules.code_lives_s = 300
    await browser.ask("login.phone", phone=PHONE, owned=True)
    assert (await browser.ask("login.code", code=stage.telegram.code_of(DIGITS)))["state"] == "done"


async def test_a_code_and_then_a_cloud_password(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    stage.telegram.world.add_user("Anna", phone=DIGITS, password="right horse")
    browser = await stage.enter(person, workspace_id)
    await browser.ask("login.phone", phone=PHONE, owned=True)
    asked = await browser.ask("login.code", code=stage.telegram.code_of(DIGITS))
    assert asked["state"] == "password_needed"
    assert (await refusal_of(browser, "login.password", password="wrong"))["code"] == "login-password-wrong"
    assert (await browser.ask("login.password", password="right horse"))["state"] == "done"


async def test_a_number_without_an_account_is_refused(stage: Stage) -> None:
    stage.telegram.fault(Fault(method="auth.SignIn", error="PHONE_NUMBER_UNOCCUPIED"))
    stage.telegram.world.add_user("Anna", phone=DIGITS)
    browser = await stage.enter(*owner_and_workspace())
    await browser.ask("login.phone", phone=PHONE, owned=True)
    assert (await refusal_of(browser, "login.code", code="12345"))["code"] == "phone-number-unknown"


@pytest.mark.parametrize(
    ("error", "code"),
    [("PHONE_NUMBER_INVALID", "phone-number-invalid"), ("PHONE_NUMBER_BANNED", "phone-number-banned")],
)
async def test_a_number_telegram_does_not_take_is_refused_and_another_may_be_tried(
    stage: Stage, error: str, code: str
) -> None:
    stage.telegram.world.add_user("Anna", phone=DIGITS)
    stage.telegram.fault(Fault(method="auth.SendCode", error=error, times=1))
    browser = await stage.enter(*owner_and_workspace())
    assert (await refusal_of(browser, "login.phone", phone=PHONE, owned=True))["code"] == code
    assert await browser.ask("login.phone", phone=PHONE, owned=True)


async def test_a_flood_is_told_with_its_seconds(stage: Stage) -> None:
    stage.telegram.world.add_user("Anna", phone=DIGITS)
    stage.telegram.fault(Fault(method="auth.SendCode", error="FLOOD_WAIT_86300", times=1))
    browser = await stage.enter(*owner_and_workspace())
    problem = await refusal_of(browser, "login.phone", phone=PHONE, owned=True)
    assert (problem["status"], problem["retry_after_s"]) == (429, 86300)


@pytest.mark.parametrize("kind", ["login.qr", "login.phone"])
async def test_nobody_connects_an_account_without_saying_it_is_theirs(stage: Stage, kind: str) -> None:
    browser = await stage.enter(*owner_and_workspace())
    body = {"phone": PHONE} if kind == "login.phone" else {}
    problem = await refusal_of(browser, kind, owned=False, **body)
    assert problem["code"] == "ownership-not-confirmed"
    assert stage.telegram.calls["auth.SendCode"] == stage.telegram.calls["auth.ExportLoginToken"] == 0


@pytest.mark.parametrize(("kind", "body"), [("login.code", {"code": "1"}), ("login.password", {"password": "x"})])
async def test_a_code_or_password_nobody_asked_for_is_refused(stage: Stage, kind: str, body: dict[str, str]) -> None:
    browser = await stage.enter(*owner_and_workspace())
    assert (await refusal_of(browser, kind, **body))["code"] == "login-not-open"


@pytest.mark.parametrize(("trouble", "code"), TROUBLES)
async def test_a_login_by_phone_that_can_t_be_kept_is_not_left_at_telegram(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, trouble: Exception, code: str
) -> None:
    monkeypatch.setattr(accounts, "connect_account", failing(trouble))
    person, workspace_id = owner_and_workspace()
    stage.telegram.world.add_user("Anna", phone=DIGITS)
    browser = await stage.enter(person, workspace_id)
    await browser.ask("login.phone", phone=PHONE, owned=True)
    problem = await refusal_of(browser, "login.code", code=stage.telegram.code_of(DIGITS))
    assert problem["code"] == code
    assert stage.telegram.calls["auth.LogOut"] == 1


@pytest.mark.parametrize(("trouble", "code"), TROUBLES)
async def test_a_scanned_login_that_can_t_be_kept_is_not_left_at_telegram(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, trouble: Exception, code: str
) -> None:
    monkeypatch.setattr(accounts, "connect_account", failing(trouble))
    person, workspace_id = owner_and_workspace()
    anna = stage.telegram.world.add_user("Anna")
    browser = await stage.enter(person, workspace_id)
    await browser.ask("login.qr", owned=True)
    await scan(stage.telegram, anna, (await browser.hear("login.qr"))["url"])
    assert (await browser.hear("login.failed"))["problem"]["code"] == code
    assert stage.telegram.calls["auth.LogOut"] == 1


async def test_a_cancelled_login_is_over(stage: Stage) -> None:
    stage.telegram.world.add_user("Anna", phone=DIGITS)
    browser = await stage.enter(*owner_and_workspace())
    await browser.ask("login.phone", phone=PHONE, owned=True)
    await browser.ask("login.cancel")
    assert (await refusal_of(browser, "login.code", code="12345"))["code"] == "login-not-open"


async def test_a_login_nobody_finishes_ends_by_itself(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(login, "LIFE_S", 0.3)
    stage.telegram.world.add_user("Anna", phone=DIGITS)
    browser = await stage.enter(*owner_and_workspace())
    await browser.ask("login.phone", phone=PHONE, owned=True)
    assert (await browser.hear("login.failed"))["problem"]["code"] == "login-expired"
    assert (await refusal_of(browser, "login.code", code="12345"))["code"] == "login-not-open"


async def test_twenty_tries_a_minute_and_address(stage: Stage) -> None:
    stage.telegram.world.add_user("Anna", phone=DIGITS)
    browser = await stage.enter(*owner_and_workspace())
    await browser.ask("login.phone", phone=PHONE, owned=True)
    tries = 0
    while (await refusal_of(browser, "login.code", code="00000"))["code"] == "login-code-wrong":
        tries += 1
        assert tries < 40
    assert tries >= 18
    assert (await refusal_of(browser, "login.code", code="00000"))["code"] == "too-many-requests"
