"""Tickets on the screen: made from a chat, worked on in table and board, seen by the other at once (product.md 7)."""

import re

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.axe import violations, violations_as_it_stands
from tests.browser.conftest import Enter
from tests.browser.people import Person, bring_in, join
from tests.browser.product import RunningProduct
from tests.browser.screens import MAYA, await_connected, connect_by_qr, open_chat

AT_ONCE_MS = 4_000
"""A change is pushed within a second; a loaded machine gets some more."""


@pytest.fixture
def teammate(person: Person) -> Person:
    """A second member of the first person's workspace."""
    other = join(person.product, "Sam Ferrer")
    bring_in(person, other)
    return other


def test_a_ticket_is_made_from_a_chat_moved_over_the_board_by_keys_and_seen_by_the_other_at_once(
    enter: Enter, product: RunningProduct, person: Person, teammate: Person
) -> None:
    """Table and Kanban; allowed moves are any to any; two browsers see each other's edits, files and words on it."""
    page = enter(f"/w/{person.workspace_id}/inbox", person)
    await_connected(connect_by_qr(page, product, MAYA))
    theirs = enter(f"/w/{teammate.workspace_id}/tickets", teammate)
    expect(theirs.get_by_role("heading", name="No tickets yet")).to_be_visible()
    assert violations(theirs) == []
    open_chat(page, "Chloé Dubois")
    _make_a_ticket_of_the_open_chat(page)
    expect(theirs.get_by_role("link", name="Refund for Chloé")).to_be_visible(timeout=AT_ONCE_MS)

    moved = _move_over_the_board(page, theirs)
    theirs.get_by_label("Priority of #1").select_option("high")
    theirs.get_by_role("link", name="Refund for Chloé").click()
    panel = theirs.get_by_role("complementary", name="Ticket #1")
    expect(panel.get_by_role("link", name="Chloé Dubois")).to_be_visible()
    _hang_two_files_and_take_one_off(panel)
    expect(lane(page, "Open").get_by_text("High")).to_be_visible(timeout=AT_ONCE_MS)
    moved.click()
    _comment_and_be_answered(panel, page)
    assert violations_as_it_stands(theirs) == []


def _make_a_ticket_of_the_open_chat(page: Page) -> None:
    page.get_by_role("log", name="Messages").click()
    page.keyboard.press("t")
    dialog = page.get_by_role("dialog", name="New ticket")
    expect(dialog.get_by_text("Chloé Dubois")).to_be_visible()
    assert violations(page) == []
    dialog.get_by_role("textbox", name="Title").fill("Refund for Chloé")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ticket #1 created.")).to_be_visible()


def _move_over_the_board(page: Page, theirs: Page) -> Locator:
    """To Open, on to Solved, and back again; gives the card."""
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.get_by_role("radio", name="Board").click()
    page.get_by_role("button", name="Refund for Chloé", exact=True).press("Alt+ArrowRight")
    moved = lane(page, "Open").get_by_role("button", name="Refund for Chloé", exact=True)
    expect(moved).to_be_visible()
    expect(theirs.get_by_label("Status of #1")).to_have_value("open", timeout=AT_ONCE_MS)
    moved.press("m")
    page.get_by_role("menuitem", name="Solved").click()
    expect(lane(page, "Solved").get_by_role("button", name="Refund for Chloé", exact=True)).to_be_visible()
    undo(page, "#1 moved to Solved.").click()
    expect(moved).to_be_visible()
    assert violations(page) == []
    return moved


def _hang_two_files_and_take_one_off(panel: Locator) -> None:
    note: FilePayload = {"name": "receipt.txt", "mimeType": "text/plain", "buffer": b"paid"}
    bill: FilePayload = {**note, "name": "bill.txt"}
    files = panel.get_by_role("region", name="Files")
    files.locator("input[type=file]").set_input_files([note, bill])
    expect(files.get_by_role("button", name="receipt.txt")).to_have_count(2)
    files.get_by_role("button", name="Remove bill.txt").click()
    asked = panel.page.get_by_role("dialog", name="Remove this file?")
    asked.get_by_role("button", name="Remove file").click()
    expect(files.get_by_role("button", name="bill.txt")).to_have_count(0)


def _comment_and_be_answered(panel: Locator, page: Page) -> None:
    talk, mine = panel.get_by_role("region", name="Comments"), page.get_by_role("region", name="Comments")
    talk.get_by_role("textbox", name="Comment on this ticket").fill("Paid back today.")
    talk.get_by_role("button", name="Comment internally").click()
    said = mine.get_by_role("article", name="Comment by Sam Ferrer")
    expect(said).to_contain_text("Paid back today.", timeout=AT_ONCE_MS)
    said.get_by_role("button", name="Answer").click()
    page.keyboard.type("Thanks!")
    page.keyboard.press("Enter")
    expect(talk.get_by_role("list", name="Answers")).to_contain_text("Thanks!", timeout=AT_ONCE_MS)


def test_sla_states_are_shown_with_time_left_and_filters_stand_in_the_address(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    """An Admin promises hours and adds a field; a badge says how a ticket stands; lists are narrowed and sorted by it.

    A file hangs in the ticket's own field.
    """
    page = enter(f"/w/{person.workspace_id}/inbox", person)
    await_connected(connect_by_qr(page, product, MAYA))
    page.goto(f"/w/{person.workspace_id}/settings/tickets")
    page.get_by_role("combobox", name="Hours for every ticket").fill("8")
    page.get_by_label("Hours, High priority").fill("0")
    page.get_by_label("Warn so many minutes before").fill("x")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Whole minutes from 1 to 10,080.")).to_be_visible()
    page.get_by_label("Warn so many minutes before").fill("30")
    page.get_by_role("switch", name="Count working hours only").check(force=True)
    expect(page.get_by_label("Monday, from")).to_have_value("09:00")
    assert violations(page) == []
    page.get_by_role("switch", name="Count working hours only").uncheck(force=True)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. It holds for every ticket.")).to_be_visible()
    page.get_by_role("button", name="Add field").click()
    field = page.get_by_role("dialog", name="New field")
    field.get_by_role("textbox", name="Name").fill("Papers")
    field.get_by_label("Type").select_option("files")
    field.get_by_role("button", name="Add field").click()
    expect(page.get_by_role("listitem").filter(has_text="Papers")).to_contain_text("Files")

    page.goto(f"/w/{person.workspace_id}/tickets")
    expect(page.get_by_role("heading", name="No tickets yet")).to_be_visible()
    for title, priority in (("Slow", "medium"), ("Urgent", "high")):
        page.keyboard.press("c")
        dialog = page.get_by_role("dialog", name="New ticket")
        dialog.get_by_role("textbox", name="Title").fill(title)
        dialog.get_by_label("Priority").select_option(priority)
        dialog.get_by_role("button", name="Create ticket").click()
        expect(dialog).to_have_count(0)
    expect(row(page, "Slow").get_by_text(re.compile("^Due in [78] hr"))).to_be_visible()
    expect(row(page, "Urgent").get_by_text("No SLA")).to_be_visible()
    page.get_by_label("Any SLA").select_option("healthy")
    expect(page.get_by_text("1 of 2 tickets")).to_be_visible()
    expect(page).to_have_url(re.compile("sla=healthy"))
    page.get_by_label("Search tickets").fill("nothing")
    expect(page.get_by_role("heading", name="No ticket matches")).to_be_visible()
    page.get_by_role("button", name="Clear the filters").click()
    expect(page.get_by_role("row", name=re.compile("Slow"))).to_be_visible()
    assert violations(page) == []

    row(page, "Slow").get_by_role("link", name="Slow").click()
    papers = page.get_by_role("complementary", name="Ticket #1").get_by_role("group", name="Papers")
    scan: FilePayload = {"name": "scan.txt", "mimeType": "text/plain", "buffer": b"signed"}
    papers.locator("input[type=file]").set_input_files([scan])
    expect(papers.get_by_role("button", name="Remove scan.txt")).to_be_visible()
    expect(row(page, "Slow").get_by_role("cell", name="📎 1")).to_be_visible()
    page.reload()
    expect(papers.get_by_role("button", name="Remove scan.txt")).to_be_visible()
    assert violations(page) == []
    papers.get_by_role("button", name="Remove scan.txt").click()
    page.get_by_role("dialog", name="Remove this file?").get_by_role("button", name="Remove file").click()
    expect(row(page, "Slow").get_by_role("cell", name="📎 1")).to_have_count(0)


def undo(page: Page, said: str) -> Locator:
    """The way back that a toast offers."""
    return page.get_by_role("alert").filter(has_text=said).get_by_role("button", name="Undo")


def lane(page: Page, name: str) -> Locator:
    """A lane of the board."""
    return page.get_by_role("region", name=re.compile(f"^{name}"))


def row(page: Page, title: str) -> Locator:
    """A row of the table."""
    return page.get_by_role("row").filter(has=page.get_by_role("link", name=title, exact=True))
