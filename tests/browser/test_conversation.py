"""Two people with two Telegram accounts talk: what one does with messages, the other sees."""

import pytest
from playwright.sync_api import Locator, Page, expect

from chalicelib.kernel import ids
from tests.browser.axe import violations
from tests.browser.conftest import Enter
from tests.browser.people import Person, join
from tests.browser.product import RunningProduct
from tests.browser.screens import (
    MAYA,
    SOFIA,
    await_connected,
    connect_by_qr,
    copies_at_telegram,
    open_chat,
    send,
)

ROOM = "Customer council"


@pytest.fixture
def sofia(product: RunningProduct) -> Person:
    """Somebody else, in a workspace of their own."""
    return join(product, "Sofia Marchetti")


def bubble(log: Locator, text: str) -> Locator:
    """The message with that text; an answer, which quotes it, comes after it."""
    return log.get_by_role("article").filter(has_text=text).first


def act(page: Page, log: Locator, text: str, item: str) -> None:
    """Choose something from a message's menu."""
    message = bubble(log, text)
    message.hover()
    message.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name=item, exact=True).click()


def open_at_end(page: Page) -> Locator:
    """Open the group; it opens at what is unread, which may be far from its end."""
    log = open_chat(page, ROOM)
    expect(log.get_by_role("article").first).to_be_visible()
    log.press("End")
    return log


def field_of(page: Page) -> Locator:
    """Where messages are written."""
    return page.get_by_role("textbox", name="Message", exact=True)


def test_what_one_does_with_a_message_the_other_sees_at_once(
    enter: Enter, product: RunningProduct, person: Person, sofia: Person
) -> None:
    mine = enter(f"/w/{person.workspace_id}/inbox", person)
    await_connected(connect_by_qr(mine, product, MAYA))
    theirs = enter(f"/w/{sofia.workspace_id}/inbox", sofia)
    await_connected(connect_by_qr(theirs, product, SOFIA))
    log, their_log = open_at_end(mine), open_at_end(theirs)
    mark = ids.mint()[-8:]

    field_of(mine).press_sequentially("Plan ")
    expect(theirs.get_by_role("banner").or_(theirs.locator("header")).get_by_text("typing…").first).to_be_visible()
    field_of(mine).fill(f"Plan {mark}")
    field_of(mine).press("ControlOrMeta+a")
    field_of(mine).press("ControlOrMeta+b")
    expect(mine.get_by_role("region", name="How it will look").locator("strong")).to_have_text(f"Plan {mark}")
    mine.get_by_role("button", name="Send", exact=True).click()
    expect(bubble(their_log, f"Plan {mark}").locator("strong")).to_be_visible()

    act(theirs, their_log, f"Plan {mark}", "Reply")
    send(theirs, f"Agreed {mark}")
    answer = bubble(log, f"Agreed {mark}")
    expect(answer.get_by_role("button").filter(has_text=f"Plan {mark}")).to_be_visible()

    act(theirs, their_log, f"Plan {mark}", "React with 👍")
    reaction = bubble(log, f"Plan {mark}").get_by_role("button", name="👍, 1")
    expect(reaction).to_have_attribute("aria-pressed", "false")
    reaction.click()
    own = bubble(their_log, f"Plan {mark}").get_by_role("button", name="👍, 2")
    expect(own).to_have_attribute("aria-pressed", "true")

    field_of(theirs).press("ArrowUp")
    field_of(theirs).fill(f"Agreed, all of it {mark}")
    theirs.get_by_role("button", name="Save").click()
    expect(bubble(log, f"Agreed, all of it {mark}").get_by_text("edited")).to_be_visible()
    assert violations(mine) == []


def test_a_change_that_is_refused_is_opened_again_as_it_was_written(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    page = enter(f"/w/{person.workspace_id}/inbox", person)
    await_connected(connect_by_qr(page, product, MAYA))
    log = open_chat(page, "Chloé Dubois")
    mark = ids.mint()[-8:]
    send(page, f"First {mark}")
    expect(bubble(log, f"First {mark}").get_by_role("img", name="Sent")).to_be_visible()
    product.telegram("/faults", {"method": "messages.EditMessage", "error": "MESSAGE_EDIT_TIME_EXPIRED", "times": 1})
    act(page, log, f"First {mark}", "Edit")
    field_of(page).fill(f"Second {mark}")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("What you wrote is there when you edit the message again.")).to_be_visible()
    expect(field_of(page)).to_have_value(f"Second {mark}")
    expect(bubble(log, f"First {mark}")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(bubble(log, f"Second {mark}").get_by_text("edited")).to_be_visible()


def test_a_draft_and_a_scheduled_message_are_telegram_s_own_and_the_same_in_both_browsers(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    desk = enter(f"/w/{person.workspace_id}/inbox", person)
    await_connected(connect_by_qr(desk, product, MAYA))
    phone = enter(f"/w/{person.workspace_id}/inbox", person)
    mark = ids.mint()[-8:]
    open_chat(desk, "Chloé Dubois")
    field_of(desk).press("ControlOrMeta+ArrowUp")
    field_of(desk).fill(f"Half a thought {mark}")
    conversations = phone.get_by_role("region", name="Conversations")
    expect(conversations.get_by_text(f"Half a thought {mark}")).to_be_visible()
    open_chat(phone, "Chloé Dubois")
    expect(field_of(phone)).to_have_value(f"Half a thought {mark}")
    expect(phone.get_by_text("Reply to")).to_be_visible()

    desk.get_by_role("button", name="Send later or silently").click()
    desk.get_by_role("menuitem", name="Tomorrow at 9:00").click()
    expect(field_of(phone)).to_have_value("")
    phone.get_by_role("button", name="1 scheduled message").click()
    waiting = phone.get_by_role("dialog", name="Scheduled messages")
    expect(waiting.get_by_text(f"Half a thought {mark}")).to_be_visible()
    assert copies_at_telegram(product, f"Half a thought {mark}") == []
    waiting.get_by_role("button", name="Send now").click()
    expect(desk.get_by_role("log", name="Messages").get_by_text(f"Half a thought {mark}")).to_be_visible()
    expect(desk.get_by_role("button", name="1 scheduled message")).to_have_count(0)
    assert len(copies_at_telegram(product, f"Half a thought {mark}")) == 2

    act(desk, desk.get_by_role("log", name="Messages"), f"Half a thought {mark}", "Forward")
    chats = desk.get_by_role("dialog", name="Forward to…")
    chats.get_by_label("Search chats").fill("Elena")
    chats.get_by_role("button", name="Elena Petrova").click()
    expect(desk.get_by_text("Forwarded to Elena Petrova")).to_be_visible()
    assert len(copies_at_telegram(product, f"Half a thought {mark}")) == 4
    phone.keyboard.press("Escape")
    phone.get_by_role("button", name="Mark as unread").click()
    expect(desk.get_by_role("img", name="Marked as unread")).to_be_visible()
