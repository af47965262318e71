"""What Telegram has an account wait for, in words where people look; and who is signed in to it."""

import re

import pytest
from playwright.sync_api import expect

from chalicelib.kernel import ids
from tests.browser.axe import violations
from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.product import RunningProduct
from tests.browser.screens import MAYA, await_connected, connect_by_qr, copies_at_telegram, open_chat, send

ROOM = "Customer council"


@pytest.mark.usefixtures("settled")
def test_a_wait_and_a_limit_are_said_at_the_composer_and_on_the_card_and_resumed_by_hand(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    page = enter(f"/w/{person.workspace_id}/inbox", person)
    await_connected(connect_by_qr(page, product, MAYA))
    log = open_chat(page, ROOM)
    fault = {"method": "messages.SendMessage", "user_id": product.telegram_account(MAYA)["user_id"], "times": 1}
    mark = ids.mint()[-8:]

    product.telegram("/faults", {**fault, "error": "FLOOD_WAIT_8"})
    send(page, f"Patience {mark}")
    expect(page.get_by_text(re.compile(r"Telegram asks this account to wait until \d"))).to_be_visible()
    expect(page.get_by_text(re.compile("asks this account to wait"))).to_have_count(0)
    expect(log.get_by_text(f"Patience {mark}")).to_be_visible()

    product.telegram("/faults", {**fault, "error": "PEER_FLOOD"})
    send(page, f"Too many {mark}")
    notice = page.get_by_role("status").filter(has_text="Telegram limits whom this account writes to")
    expect(notice).to_be_visible()
    page.goto(f"/w/{person.workspace_id}/settings/accounts")
    expect(page.get_by_text("Only people who have written to it get messages until you resume.")).to_be_visible()
    expect(page.get_by_text(re.compile("half its pace until"))).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_text("Telegram limits whom")).to_have_count(0)

    page.get_by_role("button", name=re.compile("Actions for")).click()
    page.get_by_role("menuitem", name="Sessions at Telegram").click()
    sessions = page.get_by_role("dialog", name=re.compile("at Telegram"))
    ours = sessions.get_by_role("listitem").filter(has_text="This connection")
    expect(ours).to_have_count(1)
    expect(ours.get_by_role("button", name="End session")).to_have_count(0)
    others = sessions.get_by_role("button", name="End session")
    count = others.count()
    assert count > 0
    others.first.click()
    asked = page.get_by_role("dialog", name="End session")
    expect(asked.get_by_text(re.compile("signed out of Telegram at once"))).to_be_visible()
    assert violations(page) == []
    asked.get_by_role("button", name="Cancel").click()
    expect(others).to_have_count(count)
    others.first.click()
    asked.get_by_role("button", name="End session").click()
    expect(others).to_have_count(count - 1)
    assert copies_at_telegram(product, f"Too many {mark}") == []


def test_a_frozen_account_is_said_so_with_the_way_to_appeal(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    page = enter(f"/w/{person.workspace_id}/inbox", person)
    await_connected(connect_by_qr(page, product, MAYA))
    open_chat(page, ROOM)
    user_id, mark = product.telegram_account(MAYA)["user_id"], ids.mint()[-8:]
    fault = {"method": "messages.SendMessage", "user_id": user_id, "error": "FROZEN_METHOD_INVALID", "times": 1}
    product.telegram("/faults", fault)
    send(page, f"Frozen {mark}")
    banner = page.get_by_role("status").filter(has_text="Telegram closed or froze Maya Lindqvist.")
    banner.get_by_role("link", name="See why").click()
    expect(page.get_by_text("appeal in Telegram, at @SpamBot")).to_be_visible()
    assert copies_at_telegram(product, f"Frozen {mark}") == []
