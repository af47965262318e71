"""Finding: messages in one chat and in all, somebody new by username; and a group made, looked at and managed."""

import re

from playwright.sync_api import Locator, Page, expect

from chalicelib.kernel import ids
from tests.browser.axe import violations
from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.product import RunningProduct
from tests.browser.screens import MAYA, copies_at_telegram, open_chat, say

SPEAKER = "Elena Petrova"
STRANGER = "Giulia Romano"
PHONE = {"width": 390, "height": 844}


def test_words_are_found_in_all_chats_and_in_the_open_one_and_stand_in_no_address(
    enter: Enter, product: RunningProduct, settled: Person
) -> None:
    mark = ids.mint()[-8:]
    said = [f"Lighthouse {mark} number {number}" for number in range(3)]
    for text in said:
        say(product, SPEAKER, MAYA, text)
    page = enter(f"/w/{settled.workspace_id}/inbox", settled)
    conversations = page.get_by_role("region", name="Conversations")
    conversations.get_by_label("Search chats").fill(f"lighthouse {mark}")
    found = conversations.get_by_role("region", name="Messages")
    expect(found.get_by_role("button")).to_have_count(3)
    assert violations(page) == []
    found.get_by_role("button", name=re.compile(said[0])).click()
    in_place = page.get_by_role("region", name="Message in its place")
    expect(in_place.locator('[aria-current="true"]')).to_have_text(re.compile(said[0]))
    in_place.get_by_role("button", name="Latest messages").click()
    expect(in_place).to_have_count(0)
    page.keyboard.press("Control+f")
    pane = page.get_by_role("search", name="Search in this chat")
    pane.get_by_role("searchbox").fill(mark)
    expect(pane.get_by_role("status")).to_have_text("3 results")
    for expected in (said[2], said[1]):
        page.keyboard.press("Enter")
        expect(in_place.locator('[aria-current="true"]')).to_have_text(re.compile(expected))
    page.keyboard.press("Shift+Enter")
    expect(pane.get_by_role("status")).to_have_text("1 of 3")
    assert violations(page) == []
    assert mark not in page.url
    pane.get_by_role("button", name=re.compile(said[0])).press("Enter")
    expect(pane.get_by_role("status")).to_have_text("3 of 3")
    pane.get_by_role("button", name="Close search").press("Enter")
    expect(pane).to_have_count(0)
    expect(page.get_by_role("log", name="Messages").get_by_text(said[2])).to_be_visible()
    assert has_focus(page)


def test_on_a_phone_a_search_keeps_its_words_while_its_hits_are_looked_at_and_ends_with_the_visit(
    enter: Enter, product: RunningProduct, settled: Person
) -> None:
    mark = ids.mint()[-8:]
    said = [f"Breakwater {mark} number {number}" for number in range(2)]
    for text in said:
        say(product, SPEAKER, MAYA, text)
    page = enter(f"/w/{settled.workspace_id}/inbox", settled, viewport=PHONE)
    log = open_chat(page, SPEAKER)
    page.get_by_role("button", name="Search in this chat").click()
    pane = page.get_by_role("search", name="Search in this chat")
    pane.get_by_role("searchbox").fill(mark)
    pane.get_by_role("button", name=re.compile(said[1])).click()
    in_place = page.get_by_role("region", name="Message in its place")
    expect(in_place.locator('[aria-current="true"]')).to_have_text(re.compile(said[1]))
    expect(pane.get_by_role("status")).to_have_text("1 of 2")
    pane.get_by_role("button", name="Older result").click()
    expect(in_place.locator('[aria-current="true"]')).to_have_text(re.compile(said[0]))
    assert violations(page) == []
    pane.get_by_role("button", name="Results").click()
    expect(pane.get_by_role("searchbox")).to_have_value(mark)
    pane.get_by_role("button", name=re.compile(said[0])).click()
    in_place.get_by_role("button", name="Latest messages").click()
    expect(log.get_by_text(said[1])).to_be_visible()
    assert has_focus(page)
    pane.get_by_role("button", name="Newer result").click()
    expect(in_place).to_be_visible()
    page.go_back()
    open_chat(page, SPEAKER)
    expect(in_place).to_have_count(0)
    expect(pane).to_have_count(0)
    expect(log.get_by_text(said[1])).to_be_visible()


def test_somebody_new_is_looked_up_and_written_to(enter: Enter, product: RunningProduct, settled: Person) -> None:
    page = enter(f"/w/{settled.workspace_id}/inbox", settled)
    page.get_by_role("button", name="New conversation").click()
    dialog = page.get_by_role("dialog", name="New conversation")
    name = dialog.get_by_label("Username or t.me link")
    name.fill("nobody_of_this_name")
    dialog.get_by_role("button", name="Look up").click()
    expect(dialog.get_by_text("Nobody has this username.")).to_be_visible()
    name.fill("https://t.me/giulia_romano")
    dialog.get_by_role("button", name="Look up").click()
    expect(dialog.get_by_text(STRANGER, exact=True)).to_be_visible()
    assert violations(page) == []
    text = f"Buongiorno {ids.mint()[-8:]}"
    dialog.get_by_label("First message").fill(text)
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("log", name="Messages").get_by_text(text)).to_be_visible()
    expect(page.get_by_role("heading", name=STRANGER).first).to_be_visible()
    assert len(copies_at_telegram(product, text)) == 2


def test_a_group_is_made_looked_at_and_managed(enter: Enter, product: RunningProduct, settled: Person) -> None:
    page = enter(f"/w/{settled.workspace_id}/inbox", settled)
    title = f"Harbour {ids.mint()[-6:]}"
    page.get_by_role("button", name="New conversation").click()
    dialog = page.get_by_role("dialog", name="New conversation")
    dialog.get_by_role("radio", name="New group or channel").check()
    dialog.get_by_role("textbox", name="Name", exact=True).fill(title)
    dialog.get_by_role("button", name="Create").click()
    expect(dialog).to_have_count(0)
    about = details(page).get_by_role("region", name="In Telegram")
    expect(about.get_by_text("Owner").first).to_be_visible()
    me = product.telegram_account(MAYA)["user_id"]
    refused = {"method": "channels.InviteToChannel", "user_id": me, "error": "USER_PRIVACY_RESTRICTED", "times": 1}
    product.telegram("/faults", refused)
    about.get_by_label("Add a member").fill("@elena_petrova")
    about.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("This person lets only contacts add them to groups.")).to_have_count(1)
    about.get_by_role("button", name="Add", exact=True).click()
    expect(about.get_by_role("heading", name="2 members")).to_be_visible()
    about.get_by_role("button", name="Make an invite link").click()
    expect(about.get_by_text("https://t.me/+")).to_be_visible()
    about.get_by_role("button", name="What members may").click()
    polls = about.get_by_role("switch", name="Send polls")
    polls.click(force=True)
    expect(polls).not_to_be_checked()
    assert violations(page) == []
    about.get_by_role("button", name="Name and description").click()
    edit = page.get_by_role("dialog", name="Name and description")
    edit.get_by_role("textbox", name="Name").fill(f"{title} office")
    edit.get_by_role("button", name="Save").click()
    expect(edit).to_have_count(0)
    expect(details(page).get_by_role("heading", name=f"{title} office")).to_be_visible()
    about.get_by_role("button", name="Change Elena Petrova").click()
    page.get_by_role("menuitem", name="Remove from the group").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(about.get_by_role("heading", name="1 member", exact=True)).to_be_visible()
    page.reload()
    expect(details(page).get_by_role("heading", name=f"{title} office")).to_be_visible()
    expect(details(page).get_by_role("switch", name="Send polls")).to_have_count(0)
    open_chat(page, "Customer council")
    expect(details(page).get_by_text("This account is:")).to_be_visible()
    assert violations(page) == []


def details(page: Page) -> Locator:
    """The panel beside the conversation."""
    return page.get_by_role("complementary", name="Details")


def has_focus(page: Page) -> bool:
    """Whether some element has the focus: without one a keyboard begins at the top of the page."""
    return bool(page.evaluate("document.activeElement !== document.body"))
