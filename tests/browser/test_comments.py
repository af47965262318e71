"""Internal comments (product.md sections 6 and 7): written beside messages, seen by the team, never by the contact."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations, violations_as_it_stands
from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.product import RunningProduct
from tests.browser.screens import await_loaded, copies_at_telegram, inbox_of, open_chat

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c63f8ffff3f0005fe02fea7d6059b0000000049454e44ae426082"
)
FAR_UP_PX = -1_000
TOO_LARGE = 50 * 1024 * 1024 + 1


def panel_of(page: Page) -> Locator:
    """The comments in the chat's details."""
    return page.get_by_role("region", name="Comments")


def test_two_people_comment_on_a_chat_by_keyboard_and_see_it_at_once(
    enter: Enter, settled: Person, teammate_of_settled: Person, product: RunningProduct
) -> None:
    mine, theirs = enter(inbox_of(settled), settled), enter(inbox_of(teammate_of_settled), teammate_of_settled)
    log = mine.get_by_role("log", name="Messages")
    expect(log.get_by_role("article").first).to_be_visible()
    expect(panel_of(theirs).get_by_text("Everyone in this workspace sees this")).to_be_visible()

    mine.locator("body").press("n")
    mode = mine.get_by_role("region", name="Internal comment")
    field = mode.get_by_role("textbox", name="Internal comment")
    expect(field).to_be_focused()
    expect(mine.get_by_role("textbox", name="Message")).to_have_count(0)
    expect(mode.get_by_role("button", name="Comment internally")).to_be_disabled()
    mine.keyboard.type("@sam")
    expect(mine.get_by_role("option", name="Sam Ferrer")).to_have_attribute("aria-selected", "true")
    assert violations(mine) == []
    mine.keyboard.press("Enter")
    expect(field).to_have_value("@Sam Ferrer ")
    mine.keyboard.type("can you call them back?")
    mine.keyboard.press("Enter")
    said = "@Sam Ferrer can you call them back?"
    expect(log.get_by_role("article", name="Internal comment by Robin Vale").filter(has_text=said)).to_be_visible()
    expect(field).to_have_value("")
    mine.keyboard.press("Escape")
    expect(mine.get_by_role("textbox", name="Message")).to_be_visible()

    comment = panel_of(theirs).get_by_role("article", name="Comment by Robin Vale").filter(has_text=said)
    expect(comment).to_be_visible()
    comment.get_by_role("button", name="Answer").click()
    expect(theirs.get_by_role("textbox", name="Answer")).to_be_focused()
    theirs.keyboard.type("Calling now.")
    theirs.keyboard.press("Enter")
    expect(log.get_by_role("article", name="Internal comment by Sam Ferrer")).to_contain_text("Calling now.")
    expect(panel_of(mine).get_by_role("list", name="Answers")).to_contain_text("Calling now.")
    assert copies_at_telegram(product, "Calling now.") == []
    for page in (mine, theirs):
        page.reload()
        expect(panel_of(page).get_by_text("Calling now.")).to_be_visible()
        assert violations_as_it_stands(page) == []


def test_whoever_comments_while_reading_further_up_sees_the_comment(enter: Enter, settled: Person) -> None:
    page = enter(f"/w/{settled.workspace_id}/inbox", settled)
    log = open_chat(page, "Product news")
    expect(log.get_by_role("article").first).to_be_visible()
    latest = page.get_by_role("button", name=re.compile("Latest messages|new message"))
    log.hover()
    page.mouse.wheel(0, FAR_UP_PX)
    expect(latest).to_be_visible()
    await_loaded(page)
    page.locator("body").press("n")
    expect(page.get_by_role("textbox", name="Internal comment")).to_be_focused()
    page.keyboard.type("Shall we answer this one?")
    page.keyboard.press("Enter")
    expect(log.get_by_role("article", name="Internal comment").filter(has_text="Shall we answer")).to_be_visible()
    expect(latest).to_have_count(0)


def test_a_comment_carries_a_file_and_says_what_is_wrong_with_another(
    enter: Enter, settled: Person, tmp_path: Path
) -> None:
    page = enter(inbox_of(settled), settled)
    panel = panel_of(page)
    fox, large = tmp_path / "fox.png", tmp_path / "large.bin"
    fox.write_bytes(PNG)
    with large.open("wb") as made:
        made.truncate(TOO_LARGE)
    panel.locator("input[type=file]").set_input_files([fox, large])
    waiting = panel.get_by_role("list", name="Files to attach")
    expect(waiting.get_by_role("listitem", name="large.bin")).to_contain_text("Larger than 50 MB.")
    say = panel.get_by_role("button", name="Comment internally")
    expect(say).to_be_disabled()
    waiting.get_by_role("button", name="Remove large.bin").click()
    expect(say).to_be_enabled()
    say.click()
    expect(panel.get_by_role("button", name="Open fox.png")).to_be_visible()
    expect(waiting).to_have_count(0)
    picture = panel.get_by_role("img", name="fox.png")
    expect(picture).to_be_visible()
    assert picture.evaluate("img => img.complete && img.naturalWidth === 1")

    item = panel.get_by_role("article").filter(has=page.get_by_role("img", name="fox.png"))
    item.get_by_role("button", name="Edit comment").click()
    page.get_by_role("textbox", name="Edit comment").fill("A fox.")
    page.keyboard.press("Enter")
    expect(item).to_contain_text("edited")
    item.get_by_role("button", name="Delete comment").click()
    dialog = page.get_by_role("dialog", name="Delete this comment?")
    assert violations(page) == []
    dialog.get_by_role("button", name="Delete comment").click()
    expect(picture).to_have_count(0)


def test_a_message_is_commented_on_and_quoted_to_those_who_read_it_alone(
    enter: Enter, settled: Person, teammate_of_settled: Person
) -> None:
    mine, theirs = enter(inbox_of(settled), settled), enter(inbox_of(teammate_of_settled), teammate_of_settled)
    message = mine.locator("[data-message-id]").filter(has=mine.locator("div[dir=auto]")).last
    expect(message).to_be_visible()
    text = message.locator("div[dir=auto]").last.text_content()
    assert text
    message.hover()
    mine.get_by_role("button", name="More").last.click()
    mine.get_by_role("menuitem", name="Comment internally").click()
    mode = mine.get_by_role("region", name="Internal comment")
    expect(mode).to_contain_text(text)
    mine.get_by_role("textbox", name="Internal comment").fill("This one.")
    mine.keyboard.press("Enter")
    expect(panel_of(mine).get_by_role("article").filter(has_text="This one.")).to_contain_text(text)
    seen = panel_of(theirs).get_by_role("article").filter(has_text="This one.")
    expect(seen).to_contain_text("Only people connected to this account see it.")
    expect(seen).not_to_contain_text(text)


def test_on_a_phone_a_comment_is_written_in_place_of_a_message(enter: Enter, settled: Person) -> None:
    page = enter(inbox_of(settled), settled, viewport={"width": 390, "height": 844})
    page.get_by_role("button", name="Internal comment").click()
    expect(page.get_by_role("textbox", name="Internal comment")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []
    page.get_by_role("button", name="Back to the message").click()
    expect(page.get_by_role("textbox", name="Message")).to_be_visible()
