"""Every screen, light and dark, wide and narrow: axe finds nothing, no error is logged, little script is brought."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import SIZES, violations_as_it_stands, violations_in_both_schemes
from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.screens import await_loaded, inbox_of
from tests.browser.scripts import ANOTHER_KIB, asked_for_by, kib_of, of_the_inbox
from tests.browser.table import Table

Opening = Callable[[Page], object]

PUBLIC = ["/sign-in", "/sign-up", "/invite#unknown", "/confirm#unknown", "/nowhere"]
OF_A_WORKSPACE = [
    "welcome",
    "inbox",
    "chats",
    "templates",
    "chats?layout=board",
    "tickets",
    "tickets?layout=board",
    "activity",
    "contacts",
    "contacts?of=groups",
    "activity?kind=column.purged",
    "notifications",
    "reminders",
    "settings/accounts",
    "settings/general",
    "settings/fields",
    "settings/tags",
    "settings/tickets",
    "settings/members",
    "settings/billing",
    "settings/export",
    "settings/import",
    "settings/background-work",
]
PERSONAL = ["/settings/profile", "/settings/notifications", "/settings/appearance", "/settings/security"]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("size", SIZES)
def test_no_screen_breaks_a_rule_of_axe_logs_an_error_or_brings_much_script(
    enter: Enter, browser: Browser, settled: Person, size: str
) -> None:
    viewport, look = SIZES[size]
    inbox = of_the_inbox(browser, settled)
    page = enter(f"/w/{settled.workspace_id}/inbox", settled, viewport=viewport)
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda crash: faults.append(str(crash)))
    broken: dict[str, list[str]] = {}
    brought: dict[str, float] = {}
    for path in [*(f"/w/{settled.workspace_id}/{each}" for each in OF_A_WORKSPACE), inbox_of(settled), *PERSONAL]:
        with asked_for_by(page) as scripts:
            broken[path] = look(page, path)
        assert scripts, "a page asks for its scripts even where the browser has kept them"
        brought[path] = kib_of(scripts - inbox)
    assert {path: rules for path, rules in broken.items() if rules} == {}
    assert {path: kib for path, kib in brought.items() if kib > ANOTHER_KIB} == {}
    assert faults == []


def test_axe_finds_nothing_in_dialogs_and_menus(enter: Enter, settled: Person) -> None:
    at = f"/w/{settled.workspace_id}"
    page = enter(f"{at}/chats", settled)
    found = _opened(page, _over_the_table(settled))
    page.goto(f"{at}/chats?layout=board")
    page.get_by_role("button", name="Group by Priority").click()
    found |= _opened(page, OVER_THE_BOARD)
    page.goto(f"{at}/tickets")
    found |= _opened(page, OVER_TICKETS)
    page.goto(inbox_of(settled))
    found |= _opened(page, OVER_A_CHAT)
    assert {name: broken for name, broken in found.items() if broken} == {}


def _opened(page: Page, openings: dict[str, Opening]) -> dict[str, list[str]]:
    """What axe finds while each of them is open; Escape closes it."""
    found: dict[str, list[str]] = {}
    for name, opening in openings.items():
        opening(page)
        found[name] = violations_as_it_stands(page)
        page.keyboard.press("Escape")
    return found


def _over_the_table(person: Person) -> dict[str, Opening]:
    return {
        "columns": _buttons("Columns"),
        "filter": _buttons("Filter", "Add a condition"),
        "new view": _buttons("Save as a new view"),
        "new column": _buttons("Add column"),
        "bulk edit": _buttons("Edit all rows shown"),
        "header": lambda page: Table(page, person).menu("Priority"),
        "row beside": lambda page: _on_first_row(page, person, "Space"),
        "selected": lambda page: _on_first_row(page, person, "Shift+Space"),
    }


def _on_first_row(page: Page, person: Person, key: str) -> None:
    Table(page, person).select("Name", 0)
    page.keyboard.press(key)


def _buttons(*names: str) -> Opening:
    """Buttons that are pressed one after the other."""

    def press(page: Page) -> None:
        for name in names:
            page.get_by_role("button", name=name, exact=True).click()

    return press


def _key(key: str, shown: str, *, beside: str) -> Opening:
    """A key that opens a dialog or a region of that name, on a page that has this button by then."""

    def press(page: Page) -> None:
        expect(page.get_by_role("button", name=beside, exact=True)).to_be_visible()
        await_loaded(page)
        page.locator("main").focus()
        page.keyboard.press(key)
        expect(page.get_by_role("dialog", name=shown).or_(page.get_by_role("region", name=shown))).to_be_visible()

    return press


OVER_THE_BOARD: dict[str, Opening] = {"board": _buttons("Board")}
OVER_TICKETS: dict[str, Opening] = {"new ticket": _key("c", "New ticket", beside="New ticket")}
A_CHAT = "Set a reminder"
OVER_A_CHAT: dict[str, Opening] = {
    "reminder": _key("h", "Remind of", beside=A_CHAT),
    "ticket of a chat": _key("t", "New ticket", beside=A_CHAT),
    "comment": _key("n", "Internal comment", beside=A_CHAT),
    "shortcuts": _key("Shift+?", "Keyboard shortcuts", beside=A_CHAT),
}


def test_axe_finds_nothing_for_a_visitor(enter: Enter) -> None:
    page = enter("/sign-in")
    found = {path: violations_in_both_schemes(page, path) for path in PUBLIC}
    assert {path: broken for path, broken in found.items() if broken} == {}
