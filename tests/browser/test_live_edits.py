"""Two browsers in one workspace see each other's edits at once: on the table, the board and a ticket."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.columns import ELENA, chat_of, column
from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.table import WIDE, Table

AT_ONCE_MS = 4_000
"""A change is pushed within a second; a loaded machine gets some more."""


@pytest.fixture
def both(enter: Enter, settled: Person, teammate_of_settled: Person) -> "Both":
    """A browser of each of two members."""
    return Both(enter("/", settled, viewport=WIDE), enter("/", teammate_of_settled, viewport=WIDE))


@dataclass(frozen=True, slots=True)
class Both:
    """Two people before the same page."""

    mine: Page
    theirs: Page

    def go(self, path: str) -> None:
        """To a page of their workspace."""
        for page in (self.mine, self.theirs):
            page.goto(path)


def test_edits_in_the_table_are_seen_at_once(both: Both, bare: Person, teammate_of_settled: Person) -> None:
    column(bare, "Next step", "text")
    both.go(f"/w/{bare.workspace_id}/chats")
    mine, theirs = Table(both.mine, bare), Table(both.theirs, teammate_of_settled)
    my_row, their_row = mine.row_of(ELENA), theirs.row_of(ELENA)
    mine.enter("Next step", my_row, "Send the offer")
    expect(theirs.cell("Next step", their_row)).to_have_text("Send the offer", timeout=AT_ONCE_MS)
    theirs.enter("Next step", their_row, "Call them")
    expect(mine.cell("Next step", my_row)).to_have_text("Call them", timeout=AT_ONCE_MS)
    theirs.select("Priority", their_row)
    both.theirs.keyboard.press("Enter")
    both.theirs.get_by_role("combobox", name="Priority").fill("High")
    both.theirs.keyboard.press("Enter")
    expect(mine.cell("Priority", my_row)).to_have_text("High", timeout=AT_ONCE_MS)
    both.theirs.get_by_role("button", name="Undo").first.click()
    expect(mine.cell("Priority", my_row)).to_have_text("", timeout=AT_ONCE_MS)


def test_moves_on_the_board_are_seen_at_once(both: Both, bare: Person) -> None:
    """Kanban by any select field: here by one that every chat has of its own."""
    both.go(f"/w/{bare.workspace_id}/chats?layout=board")
    for page in (both.mine, both.theirs):
        page.get_by_role("button", name="Group by Priority").click()
        expect(_card(page, "No value")).to_be_visible()
    _move(both.mine, "No value", "High")
    expect(_card(both.theirs, "High")).to_be_visible(timeout=AT_ONCE_MS)
    _move(both.theirs, "High", "Low")
    expect(_card(both.mine, "Low")).to_be_visible(timeout=AT_ONCE_MS)
    assert chat_of(bare, ELENA)["card"]["priority"] == "low"
    _move(both.mine, "Low", "No value")
    expect(_card(both.theirs, "No value")).to_be_visible(timeout=AT_ONCE_MS)


def test_changes_of_a_ticket_are_seen_at_once(both: Both, settled: Person) -> None:
    body = {"title": "Printer on fire", "chat_ids": [chat_of(settled, ELENA)["id"]]}
    status, ticket = settled.api("POST", f"/workspaces/{settled.workspace_id}/tickets", body)
    assert status == 201, ticket
    both.go(f"/w/{settled.workspace_id}/tickets/{ticket['id']}")
    mine, theirs = (
        page.get_by_role("complementary", name=f"Ticket #{ticket['number']}") for page in (both.mine, both.theirs)
    )
    mine.get_by_role("textbox", name="Title").fill("Printer on fire again")
    mine.get_by_role("textbox", name="Title").press("Enter")
    expect(theirs.get_by_role("textbox", name="Title")).to_have_value("Printer on fire again", timeout=AT_ONCE_MS)
    theirs.get_by_label(re.compile("^Priority of")).select_option("high")
    expect(mine.get_by_label(re.compile("^Priority of"))).to_have_value("high", timeout=AT_ONCE_MS)
    both.theirs.get_by_role("heading", name="Tickets").click()
    both.theirs.keyboard.press("Control+z")
    expect(mine.get_by_label(re.compile("^Priority of"))).to_have_value("medium", timeout=AT_ONCE_MS)


def _card(page: Page, lane: str) -> Locator:
    return page.get_by_role("region", name=re.compile(f"^{lane} ")).get_by_role("button", name=ELENA, exact=True)


def _move(page: Page, lane: str, to: str) -> None:
    _card(page, lane).press("m")
    page.get_by_role("menu", name="Move to").get_by_role("menuitem", name=to).press("Enter")
    expect(_card(page, to)).to_be_visible()
