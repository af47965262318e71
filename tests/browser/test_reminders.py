"""Reminders and what one is told of (product.md section 7): set, rung, read, put off, done, by hand and by keyboard."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations_as_it_stands
from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.screens import chats_of

RUNG_WITHIN_MS = 30_000
"""Due work is looked for every few seconds."""
OF_A_DIALOG = "[role=dialog]"
"""Alone: what lies dimmed behind it is looked at by itself elsewhere."""


def set_reminder(by: Person, text: str, seconds: float, **more: Any) -> None:
    """Have somebody's own script set one that is due in so many seconds."""
    when = {"at": (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()}
    status, made = by.api("POST", f"/workspaces/{by.workspace_id}/reminders", {"text": text, "when": when, **more})
    assert status == 201, made


def go(page: Page, key: str) -> None:
    """The sequence that leads to a place."""
    page.locator("main").focus()
    page.keyboard.press("g")
    page.keyboard.press(key)


def group(page: Page, name: str) -> Locator:
    """A group of reminders."""
    return page.get_by_role("region", name=name, exact=True)


def test_a_teammate_s_reminder_rings_the_bell_and_is_read_put_off_done_and_taken_back(
    enter: Enter, settled: Person, teammate_of_settled: Person
) -> None:
    """Delivered in the app, live; list with unread count; snooze, done and undo."""
    chat = chats_of(settled)[0]
    sam = teammate_of_settled.api("GET", "/me")[1]["user"]["id"]
    page = enter(f"/w/{settled.workspace_id}/activity", teammate_of_settled)
    expect(page.get_by_role("link", name="Notifications", exact=True)).to_be_visible()
    set_reminder(settled, "Send the offer", 2, **{"for": sam, "about": {"kind": "chat", "id": chat["id"]}})
    bell = page.get_by_role("link", name="Notifications, 1 unread")
    expect(bell).to_be_visible(timeout=RUNG_WITHIN_MS)
    expect(page.get_by_role("alert").get_by_text("Robin Vale wanted you to be reminded of")).to_be_visible()
    page.get_by_role("alert").get_by_role("button", name="Close").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    go(page, "n")
    notice = page.get_by_role("listitem").filter(has_text="wanted you to be reminded of")
    expect(notice).to_contain_text(chat["title"])
    expect(notice).not_to_contain_text("Send the offer")
    assert violations_as_it_stands(page) == []
    page.get_by_role("button", name="Mark all read").click()
    expect(page.get_by_role("link", name="Notifications", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Mark all read")).to_have_count(0)
    go(page, "r")
    row = group(page, "Overdue").get_by_role("listitem").filter(has_text="Send the offer")
    expect(row.get_by_role("link", name=chat["title"])).to_be_visible()
    assert violations_as_it_stands(page) == []
    row.get_by_role("button", name="Actions for Send the offer").click()
    page.get_by_role("menuitem", name="Tomorrow, 9:00").click()
    expect(group(page, "Tomorrow").get_by_text("Send the offer")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(group(page, "Overdue").get_by_text("Send the offer")).to_be_visible()
    page.get_by_role("checkbox", name="Done: Send the offer").click()
    expect(group(page, "Done").get_by_text("Send the offer")).to_be_visible()
    page.get_by_role("checkbox", name="Done: Send the offer").click()
    expect(group(page, "Overdue").get_by_text("Send the offer")).to_be_visible()


def test_h_in_a_chat_sets_a_reminder_and_a_line_adds_one_by_keyboard_alone(enter: Enter, settled: Person) -> None:
    """Reminders on a chat, at a time or tomorrow; quick add."""
    chat = chats_of(settled)[0]
    page = enter(f"/w/{settled.workspace_id}/inbox/{chat['id']}", settled)
    expect(page.get_by_role("button", name="Set a reminder")).to_be_visible()
    page.locator("main").focus()
    page.keyboard.press("h")
    dialog = page.get_by_role("dialog", name=f"Remind of {chat['title']}")
    expect(dialog).to_have_css("opacity", "1")
    assert violations_as_it_stands(page, OF_A_DIALOG) == []
    expect(dialog.get_by_role("textbox", name="What for")).to_be_focused()
    page.keyboard.type("Ask about the invoice")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    go(page, "r")
    expect(group(page, "Tomorrow").get_by_text("Ask about the invoice")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.type("Order the cake")
    page.keyboard.press("Enter")
    expect(group(page, "Tomorrow").get_by_text("Order the cake")).to_be_visible()


def test_how_one_is_told_is_chosen_by_kind_and_way_and_stays(enter: Enter, person: Person) -> None:
    """Per-kind settings for the ways there are, and quiet hours on one's own wall clock."""
    page = enter("/settings/notifications", person)
    mentions = page.get_by_role("checkbox", name="Somebody mentions me in a comment: E-mail")
    expect(mentions).to_be_checked()
    mentions.uncheck()
    page.get_by_role("switch", name="Keep quiet every day").click()
    page.get_by_label("From", exact=True).fill("21:30")
    expect(page.get_by_role("combobox", name="Your time zone")).to_have_value(re.compile("UTC"))
    assert violations_as_it_stands(page) == []
    page.wait_for_load_state("networkidle")
    page.reload()
    expect(page.get_by_role("checkbox", name="Somebody mentions me in a comment: E-mail")).not_to_be_checked()
    expect(page.get_by_role("checkbox", name="Somebody mentions me in a comment: In the app")).to_be_checked()
    expect(page.get_by_label("From", exact=True)).to_have_value("21:30")


def test_the_bot_is_linked_by_opening_it_and_pressing_start(enter: Enter, person: Person) -> None:
    """By the reminder bot on Telegram once the person links it."""
    page = enter("/settings/notifications", person)
    page.get_by_role("button", name="Link Telegram").click()
    assert violations_as_it_stands(page) == []
    chat = page.context.new_page()
    chat.goto(page.get_by_role("link", name="Open the bot").get_attribute("href") or "")
    chat.get_by_role("button", name="Start").click()
    expect(chat.get_by_text("You are linked.")).to_be_visible()
    expect(page.get_by_text("Linked with @")).to_be_visible()
    page.get_by_role("button", name="Unlink").click()
    expect(page.get_by_role("button", name="Link Telegram")).to_be_visible()
