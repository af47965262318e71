"""Where a chat opens, what is told of its messages, and where the focus is after what one does in it."""

import re

import pytest
from playwright.sync_api import expect

from chalicelib.kernel import ids
from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.screens import open_chat


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_a_chat_opens_at_what_is_unread_or_at_its_end(enter: Enter, settled: Person, width: int) -> None:
    page = enter(f"/w/{settled.workspace_id}/inbox", settled, viewport={"width": width, "height": 844})
    for title in ("Product news", "Elena Petrova", "Python meetup Berlin"):
        messages = open_chat(page, title)
        sought = messages.get_by_text("Unread messages").or_(messages.get_by_role("article").last).first
        expect(sought).to_be_in_viewport()
        page.goto(f"/w/{settled.workspace_id}/inbox")


def test_a_channel_s_post_says_how_many_have_seen_it(enter: Enter, settled: Person) -> None:
    messages = open_chat(enter(f"/w/{settled.workspace_id}/inbox", settled), "Product news")
    expect(messages.get_by_role("article").last.get_by_text(re.compile("^[0-9,]+ views?$"))).to_be_attached()


def test_after_sending_and_after_a_link_that_was_not_made_one_writes_on(enter: Enter, settled: Person) -> None:
    page = enter(f"/w/{settled.workspace_id}/inbox", settled)
    messages = open_chat(page, "Saved messages")
    field = page.get_by_role("textbox", name="Message", exact=True)
    field.fill("To be linked")
    field.press("ControlOrMeta+a")
    page.get_by_role("button", name="Formatting").click()
    page.get_by_role("button", name="Link", exact=True).click()
    expect(page.get_by_role("textbox", name="Address of the link")).to_be_focused()
    page.get_by_role("button", name="Cancel").click()
    expect(field).to_be_focused()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(field).to_be_focused()
    quiet = f"Quietly {ids.mint()}"
    page.keyboard.type(quiet)
    page.get_by_role("button", name="Send later or silently").click()
    page.get_by_role("menuitem", name="Send without sound").click()
    expect(messages.get_by_text(quiet)).to_be_visible()
    expect(field).to_be_focused()
