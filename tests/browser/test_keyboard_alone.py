"""Work without a mouse: every key is pressed, nothing is clicked."""

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


def test_signing_in_table_view_and_chats_need_no_mouse(enter: Enter, product: RunningProduct, bare: Person) -> None:
    mark = ids.mint()[-8:]
    say(product, ELENA, MAYA, f"Are you there? {mark}")
    column(bare, "Next step", "text")
    page = enter("/sign-in", viewport=WIDE)
    _sign_in(page, bare)
    _edit_the_table(page, bare)
    _save_a_view(page, f"Mine {mark}")
    _press(page, "g", "i")
    _walk_to(page, ELENA)
    expect(page.get_by_role("textbox", name="Message", exact=True)).to_be_visible()


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
    _reach(page, cell, key="ArrowRight", there="cell => cell.ariaSelected === 'true'")
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


def _reach(page: Page, target: Locator, *, key: str = "Tab", there: str = IS_FOCUSED) -> None:
    """Press a key until the target is reached, as somebody does who sees where they are."""
    expect(target).to_be_attached()
    for _ in range(STOPS):
        if target.evaluate(there):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} never reached {target}")
