"""A day's work without a mouse: every key is pressed, nothing is clicked."""

import re

from playwright.sync_api import Locator, Page, expect

from chalicelib.kernel import ids
from tests.browser.columns import ELENA, column
from tests.browser.conftest import Enter
from tests.browser.people import PASSWORD, Person
from tests.browser.product import RunningProduct
from tests.browser.screens import MAYA, say
from tests.browser.table import WIDE, Table

STOPS = 80
"""More stops of the Tab key than any page has before what is looked for."""


def test_table_view_chat_ticket_comment_reminder_and_template_need_no_mouse(
    enter: Enter, product: RunningProduct, bare: Person
) -> None:
    mark = ids.mint()[-8:]
    say(product, ELENA, MAYA, f"Are you there? {mark}")
    column(bare, "Stage", "select", options=[{"name": "Lead"}, {"name": "Won"}])
    column(bare, "Next step", "text")
    _keep_template(bare, mark)
    page = enter("/sign-in", viewport=WIDE)
    _sign_in(page, bare)
    _edit_the_table(page, bare)
    _save_a_view(page, f"Mine {mark}")
    _press(page, "g", "i")
    _walk_to(page, ELENA)
    expect(page.get_by_role("textbox", name="Message", exact=True)).to_be_visible()
    _set_fields(page)
    _need_no_answer(page)
    _make_a_ticket(page, mark)
    _comment(page, mark)
    _set_a_reminder(page, mark)
    _send_a_template(page, mark)


def _sign_in(page: Page, person: Person) -> None:
    _reach(page, page.get_by_label("E-mail"))
    page.keyboard.type(person.email)
    _reach(page, page.get_by_label("Password", exact=True))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    expect(page.get_by_role("region", name="Conversations")).to_be_visible()


def _edit_the_table(page: Page, person: Person) -> None:
    _press(page, "g", "c")
    table = Table(page, person)
    _reach(page, page.get_by_test_id("data-grid-canvas"))
    cell = table.cell("Next step", 0)
    _walk_right(page, cell)
    with table.saving():
        table.type("Call")
        page.keyboard.press("Enter")
    expect(cell).to_have_text("Call")
    with table.saving():
        page.keyboard.press("Control+z")
    expect(cell).to_have_text("")


def _save_a_view(page: Page, name: str) -> None:
    _reach(page, page.get_by_role("button", name="Save as a new view"), key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="New view").get_by_role("textbox", name="Name")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=name)).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("dialog")).to_have_count(0)


def _set_fields(page: Page) -> None:
    """One key opens each: who looks after the chat, and its stage."""
    details = page.get_by_role("complementary", name="Details")
    expect(details.get_by_role("button", name="Assignee: empty")).to_be_visible()
    for key, field, value in (("a", "Assignee", "Robin Vale"), ("s", "Stage", "Won")):
        page.keyboard.press(key)
        expect(details.get_by_role("combobox", name=field)).to_be_focused()
        page.keyboard.type(value)
        page.keyboard.press("Enter")
        expect(details.get_by_role("button", name=f"{field}: {value}")).to_be_focused()
    page.keyboard.press("l")
    expect(details.get_by_role("combobox", name="Tags")).to_be_focused()
    page.keyboard.press("Escape")


def _need_no_answer(page: Page) -> None:
    reply = page.get_by_role("group", name="Reply")
    expect(reply).to_contain_text("Waiting for a reply")
    page.keyboard.press("e")
    expect(reply).to_contain_text("Needs no reply")


def _make_a_ticket(page: Page, mark: str) -> None:
    page.keyboard.press("t")
    expect(page.get_by_role("dialog", name="New ticket").get_by_role("textbox", name="Title")).to_be_focused()
    page.keyboard.type(f"Refund {mark}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary", name="Details").get_by_text(f"Refund {mark}")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


def _comment(page: Page, mark: str) -> None:
    page.keyboard.press("n")
    expect(page.get_by_role("textbox", name="Internal comment")).to_be_focused()
    page.keyboard.type(f"They are cross {mark}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log", name="Messages").get_by_text(f"They are cross {mark}")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("textbox", name="Internal comment")).to_have_count(0)
    expect(page.get_by_role("log", name="Messages")).to_be_focused()


def _set_a_reminder(page: Page, mark: str) -> None:
    page.keyboard.press("h")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("textbox", name="What for")).to_be_focused()
    page.keyboard.type(f"Ask again {mark}")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("complementary", name="Details").get_by_text(f"Ask again {mark}")).to_be_visible()


def _send_a_template(page: Page, mark: str) -> None:
    field = page.get_by_role("textbox", name="Message", exact=True)
    _reach(page, field)
    page.keyboard.type(f"/hi-{mark}", delay=30)
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(field).to_have_value(f"Good day {mark}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log", name="Messages").get_by_text(f"Good day {mark}")).to_be_visible()
    expect(field).to_be_focused()


def _keep_template(person: Person, mark: str) -> None:
    body = {"name": f"Greeting {mark}", "text": f"Good day {mark}", "shortcut": f"hi-{mark}", "is_shared": False}
    status, made = person.api("POST", f"/workspaces/{person.workspace_id}/templates", body)
    assert status == 201, made


def _walk_to(page: Page, chat: str) -> None:
    """To the next chat until it is this one, as the page is called."""
    expect(page).to_have_title(re.compile("Inbox"))
    for _ in range(STOPS):
        shown = re.sub(r"^\(\d+\) ", "", page.title())
        if shown.startswith(chat):
            return
        page.keyboard.press("j")
        expect(page).not_to_have_title(re.compile(f"{re.escape(shown)}$"))


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


IS_FOCUSED = "element => element === document.activeElement"


def _walk_right(page: Page, cell: Locator) -> None:
    """Go from cell to cell; what is read aloud follows the cursor."""
    selected = page.locator("[role=gridcell][aria-selected=true]")
    for _ in range(STOPS):
        if cell.get_attribute("aria-selected") == "true":
            return
        was = selected.get_attribute("id") if selected.count() else ""
        page.keyboard.press("ArrowRight")
        expect(selected).not_to_have_attribute("id", was or "")
    raise AssertionError(f"ArrowRight never reached {cell}")


def _reach(page: Page, target: Locator, *, key: str = "Tab") -> None:
    """Press a key until the target is reached, as somebody does who sees where they are."""
    expect(target).to_be_attached()
    for _ in range(STOPS):
        if target.evaluate(IS_FOCUSED):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} never reached {target}")
