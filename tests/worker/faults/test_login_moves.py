"""Logins that Telegram moves to another data centre, or breaks, half-way: connected once, or not at all."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.kernel import ids
from chalicelib.kernel.ids import AccountId
from dev.telegram import Fault
from tests.worker.gateway.browser import LiveBrowser, Refused
from tests.worker.gateway.stage import Stage, chat_with, owner_and_workspace, texts_of
from tests.worker.gateway.test_login import DIGITS, PHONE, is_live, scan

PASSWORD = "right horse"


def second_time() -> Callable[[object], bool]:
    """True from the second request on: the first is answered with where the account lives."""
    times = count(1)
    return lambda _: next(times) > 1


async def patiently(browser: LiveBrowser, kind: str, **body: object) -> dict[str, Any]:
    """Ask as a person does who is told that Telegram can't be reached at the moment."""
    try:
        return await browser.ask(kind, **body)
    except Refused as refusal:
        if refusal.problem["status"] != 503:
            raise
        return await browser.ask(kind, **body)


@pytest.mark.parametrize("trouble", [{"cut": True, "after_effect": True}, {"half": True}, {"delay_s": 0.5}], ids=str)
async def test_a_phone_login_moved_to_another_data_centre_survives_trouble_on_the_way(
    stage: Stage, trouble: dict[str, Any]
) -> None:
    """PHONE_MIGRATE comes with the code's request; then the new line breaks or is slow."""
    person, workspace_id = owner_and_workspace()
    anna = stage.telegram.world.add_user("Anna", phone=DIGITS, password=PASSWORD, dc=4)
    boris = stage.telegram.world.add_user("Boris")
    browser = await stage.enter(person, workspace_id)
    stage.telegram.fault(Fault(method="auth.SendCode", times=1, when=second_time(), **trouble))
    await patiently(browser, "login.phone", phone=PHONE, owned=True)
    asked = await browser.ask("login.code", code=stage.telegram.code_of(DIGITS))
    assert asked["state"] == "password_needed"
    account_id = AccountId((await browser.ask("login.password", password=PASSWORD))["account_id"])
    await is_live(stage, person, workspace_id, account_id)
    stage.telegram.post(boris, anna, "hello")
    await browser.hear("message.new")
    order = {"chat_id": chat_with(account_id, boris), "client_id": ids.mint(), "text": "from data centre 4"}
    assert (await browser.ask("message.send", **order))["state"] == "sent"
    assert texts_of(boris) == ["hello", "from data centre 4"]
    assert len(stage.telegram.keyring.of(anna.id)) == 1


async def test_a_scanned_login_moved_while_the_line_breaks_ends_in_words_and_may_be_begun_again(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    anna = stage.telegram.world.add_user("Anna", dc=4)
    browser = await stage.enter(person, workspace_id)
    await browser.ask("login.qr", owned=True)
    stage.telegram.fault(Fault(method="auth.ImportLoginToken", cut=True, times=1))
    await scan(stage.telegram, anna, (await browser.hear("login.qr"))["url"])
    failed = await browser.hear("login.failed")
    assert failed["problem"]["status"] in (409, 503)
    assert accounts.list_accounts(person.handle(workspace_id)) == []
    await browser.ask("login.qr", owned=True)
    await scan(stage.telegram, anna, (await browser.hear("login.qr"))["url"])
    account_id = (await browser.hear("login.done"))["account_id"]
    await is_live(stage, person, workspace_id, account_id)


async def test_a_code_asked_for_too_often_is_told_with_telegrams_own_seconds(stage: Stage) -> None:
    """FLOOD_WAIT_86300: the daily limit of a number."""
    person, workspace_id = owner_and_workspace()
    stage.telegram.world.add_user("Anna", phone=DIGITS)
    browser = await stage.enter(person, workspace_id)
    stage.telegram.fault(Fault(method="auth.SendCode", error="FLOOD_WAIT_86300", times=1))
    with pytest.raises(Refused) as refusal:
        await browser.ask("login.phone", phone=PHONE, owned=True)
    assert (refusal.value.problem["status"], refusal.value.problem["retry_after_s"]) == (429, 86_300)
