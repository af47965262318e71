"""Live: the network goes and comes back, and the other side writes, edits, deletes and reads."""

from playwright.sync_api import Page, expect

from chalicelib.kernel import ids
from tests.browser.conftest import Enter
from tests.browser.people import Person, join
from tests.browser.product import RunningProduct
from tests.browser.screens import (
    DANIEL,
    DANIELS_CLOUD_PASSWORD,
    MAYA,
    await_connected,
    await_loaded,
    connect_by_phone,
    copies_at_telegram,
    eventually,
    open_chat,
    say,
    send,
)

NO_NETWORK = "No connection. What you see may be old; it catches up by itself."


def test_what_was_written_and_what_came_without_network_is_there_once(
    enter: Enter, product: RunningProduct, settled: Person
) -> None:
    page = enter(f"/w/{settled.workspace_id}/inbox", settled)
    messages = open_chat(page, "Анна Смирнова")
    expect(messages.get_by_role("article").first).to_be_visible()
    await_loaded(page)
    written, came = f"Queued {ids.mint()}", f"Meanwhile {ids.mint()}"
    page.context.set_offline(True)
    expect(page.get_by_text(NO_NETWORK)).to_be_visible()
    send(page, written)
    expect(messages.get_by_text(written)).to_be_visible()
    expect(messages.get_by_role("img", name="Sending")).to_be_visible()
    say(product, "Анна Смирнова", MAYA, came)
    page.context.set_offline(False)
    expect(page.get_by_text(NO_NETWORK)).to_have_count(0)
    expect(messages.get_by_role("img", name="Sending")).to_have_count(0)
    expect(messages.get_by_text(came)).to_have_count(1)
    expect(messages.get_by_text(written)).to_have_count(1)
    assert len(copies_at_telegram(product, written)) == 2, "one in the sender's box, one in the recipient's"


def test_the_other_side_reads_edits_and_deletes(enter: Enter, product: RunningProduct, settled: Person) -> None:
    """Maya and Daniel are in one group, each in a Wireroom of their own."""
    daniel = join(product, "Dana Reed")
    theirs = enter(f"/w/{daniel.workspace_id}/inbox", daniel)
    dialog = connect_by_phone(theirs, product, DANIEL)
    dialog.get_by_label("Cloud password").fill(DANIELS_CLOUD_PASSWORD)
    dialog.get_by_role("button", name="Continue").click()
    await_connected(dialog)
    page = enter(f"/w/{settled.workspace_id}/inbox", settled)
    mine, his = open_chat(page, "Launch crew"), open_chat(theirs, "Launch crew")
    text = f"In the group {ids.mint()}"
    send(page, text)
    expect(his.get_by_text(text)).to_be_visible()
    expect(mine.get_by_role("article").filter(has_text=text).get_by_role("img", name="Read")).to_be_visible()
    _act(page, text, "Edit")
    box = page.get_by_role("textbox", name="Message", exact=True)
    expect(box).to_have_value(text)
    box.fill(f"{text}, corrected")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(his.get_by_text(f"{text}, corrected")).to_be_visible()
    expect(his.get_by_role("article").filter(has_text=text).get_by_text("edited")).to_be_visible()
    _act(page, text, "Delete for everyone")
    page.get_by_role("dialog").get_by_role("button", name="Delete for everyone").click()
    expect(his.get_by_text(text)).to_have_count(0)
    expect(mine.get_by_text(text)).to_have_count(0)
    eventually("it is gone at Telegram", lambda: not copies_at_telegram(product, f"{text}, corrected"))


def test_an_unread_chat_is_counted_and_opening_it_reads_it(
    enter: Enter, product: RunningProduct, settled: Person
) -> None:
    page = enter(f"/w/{settled.workspace_id}/inbox", settled)
    text = f"Unread {ids.mint()}"
    say(product, "Дмитрий Кузнецов", MAYA, text)
    conversations = page.get_by_role("region", name="Conversations")
    expect(conversations.get_by_text(text)).to_be_visible()
    chat_id = conversations.locator("[data-chat-id]").filter(has_text=text).get_attribute("data-chat-id")
    row = conversations.locator(f"[data-chat-id='{chat_id}']")
    expect(row.get_by_text("unread", exact=True)).to_have_count(1)
    row.click()
    expect(page.get_by_role("log", name="Messages").get_by_text(text)).to_be_visible()
    expect(row.get_by_text("unread", exact=True)).to_have_count(0)


def test_a_channel_telegram_does_not_push_is_live_while_it_is_open(
    enter: Enter, product: RunningProduct, settled: Person
) -> None:
    title = "Python meetup Berlin"
    speaker, channel_id = _speaker_in(product, title)
    before = product.telegram("/rules")["poll_after_s"]
    product.telegram(f"/channels/{channel_id}/pushes", {"withheld": True})
    product.telegram("/rules", {"poll_after_s": 1}, method="PATCH")
    try:
        page = enter(f"/w/{settled.workspace_id}/inbox", settled)
        messages = open_chat(page, title)
        expect(messages.get_by_role("article").first).to_be_visible()
        text = f"Not pushed {ids.mint()}"
        product.telegram(f"/people/{speaker}/say", {"to": channel_id, "text": text})
        expect(messages.get_by_text(text)).to_be_visible()
    finally:
        product.telegram("/rules", {"poll_after_s": before}, method="PATCH")
        product.telegram(f"/channels/{channel_id}/pushes", {"withheld": False})


def _speaker_in(product: RunningProduct, title: str) -> tuple[int, int]:
    """Somebody who may write in a room, and the room."""
    found = (
        (person["user_id"], place["id"])
        for person in product.telegram("/people")
        for place in person["places"]
        if place["title"] == title
    )
    return next(found)


def _act(page: Page, text: str, action: str) -> None:
    bubble = page.get_by_role("log", name="Messages").get_by_role("article").filter(has_text=text)
    bubble.hover()
    bubble.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name=action).click()
