"""Columns and values in the table: made, edited, refused, undone, shared, and all of it by keyboard."""

from playwright.sync_api import Page, expect

from tests.browser.columns import ELENA, column, put, values
from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.screens import add_column
from tests.browser.table import WIDE, Table

BUSY = """() => {
    const soon = window.setTimeout;
    window.setTimeout = (call, afterMs, ...rest) => soon(call, (afterMs ?? 0) + 400, ...rest);
}"""
"""Has what a page puts off by a moment come late, as on a busy machine."""


def test_a_column_of_each_type_is_added_and_edited_in_place(enter: Enter, bare: Person) -> None:
    page = enter(f"/w/{bare.workspace_id}/chats", bare, viewport=WIDE)
    table = Table(page, bare)
    add_column(page, "Next step", "Text")
    add_column(page, "Seats", "Number")
    add_column(page, "Renewal", "Date")
    add_column(page, "Stage", "Select", options=["Lead", "Won"])
    add_column(page, "Contract", "Checkbox")
    row = table.row_of(ELENA)
    table.enter("Next step", row, "Send the offer")
    table.enter("Seats", row, "1,234.5")
    _pick_a_date(page, table, row, "2026-12-24")
    _pick_an_option(page, table, row, "Lead")
    with table.saving():
        table.click("Contract", row)
    expect(table.cell("Next step", row)).to_have_text("Send the offer")
    assert values(bare, ELENA) == {
        "Next step": "Send the offer",
        "Seats": 1234.5,
        "Renewal": "2026-12-24",
        "Stage": "Lead",
        "Contract": True,
    }
    table.select("Name", row)
    page.keyboard.press("Space")
    details = page.get_by_role("complementary", name="Details")
    expect(details.get_by_role("textbox", name="Next step")).to_have_value("Send the offer")
    expect(details.get_by_role("textbox", name="Seats")).to_have_value("1234.5")
    expect(details.get_by_role("button", name="Renewal: Dec 24, 2026")).to_be_visible()
    expect(details.get_by_role("button", name="Stage: Lead")).to_be_visible()
    expect(details.get_by_role("checkbox", name="Contract")).to_be_checked()


def test_what_is_typed_fast_on_a_busy_machine_is_kept(enter: Enter, bare: Person) -> None:
    column(bare, "Next step", "text")
    page = enter(f"/w/{bare.workspace_id}/chats", bare, viewport=WIDE)
    table = Table(page, bare)
    page.evaluate(BUSY)
    table.enter("Next step", table.row_of(ELENA), "Call")
    assert values(bare, ELENA) == {"Next step": "Call"}
    table.select("Next step", table.row_of(ELENA))
    page.keyboard.type("Write")
    page.keyboard.press("Escape")
    expect(table.cell("Next step", table.row_of(ELENA))).to_have_text("Call")
    assert values(bare, ELENA) == {"Next step": "Call"}


def test_a_member_makes_an_option_while_editing_and_others_see_it(
    enter: Enter, bare: Person, teammate_of_settled: Person
) -> None:
    column(bare, "Stage", "select", options=[{"name": "Lead"}])
    page = enter(f"/w/{bare.workspace_id}/chats", teammate_of_settled, viewport=WIDE)
    expect(page.get_by_role("button", name="Add column")).to_have_count(0)
    table = Table(page, teammate_of_settled)
    own = enter(f"/w/{bare.workspace_id}/chats", bare, viewport=WIDE)
    row = table.row_of(ELENA)
    _pick_an_option(page, table, row, "Negotiating")
    expect(table.cell("Stage", row)).to_have_text("Negotiating")
    seen = Table(own, bare)
    expect(seen.cell("Stage", seen.row_of(ELENA))).to_have_text("Negotiating", timeout=4_000)


def test_an_option_taken_away_is_still_read_where_it_was_chosen(enter: Enter, bare: Person) -> None:
    stage = column(bare, "Stage", "select", options=[{"name": "Lead"}, {"name": "Won"}])
    lead, won = stage["options"]
    put(bare, stage, lead["id"])
    where = f"/workspaces/{bare.workspace_id}/columns/{stage['id']}"
    assert bare.api("PATCH", where, {"options": [won]})[0] == 200
    page = enter(f"/w/{bare.workspace_id}/chats", bare, viewport=WIDE)
    table = Table(page, bare)
    row = table.row_of(ELENA)
    expect(table.cell("Stage", row)).to_have_text("Lead")
    table.select("Stage", row)
    page.keyboard.press("Enter")
    expect(page.get_by_role("option", name="Won")).to_be_visible()
    expect(page.get_by_role("option", name="Lead")).to_have_count(0)


def test_what_does_not_fit_is_said_and_not_stored(enter: Enter, bare: Person) -> None:
    column(bare, "Seats", "number")
    page = enter(f"/w/{bare.workspace_id}/chats", bare, viewport=WIDE)
    table = Table(page, bare)
    row = table.row_of(ELENA)
    table.select("Seats", row)
    page.evaluate("navigator.clipboard.writeText('12\\ntwelve')")
    with table.saving():
        page.keyboard.press("Control+v")
    expect(page.get_by_text("1 cell was left as it was. “twelve”: Not a number")).to_be_visible()
    expect(table.cell("Seats", row)).to_have_text("12")
    expect(table.cell("Seats", row + 1)).to_have_text("")
    table.select("Seats", row)
    table.type("many")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(table.cell("Seats", row)).to_have_text("12")
    assert values(bare, ELENA) == {"Seats": 12}


def test_edits_are_undone_and_done_again(enter: Enter, bare: Person) -> None:
    column(bare, "Next step", "text")
    page = enter(f"/w/{bare.workspace_id}/chats", bare, viewport=WIDE)
    table = Table(page, bare)
    row = table.row_of(ELENA)
    table.enter("Next step", row, "Call")
    table.enter("Next step", row, "Write")
    with table.saving():
        page.keyboard.press("Control+z")
    expect(table.cell("Next step", row)).to_have_text("Call")
    with table.saving():
        page.get_by_role("button", name="Undo").first.click()
    expect(table.cell("Next step", row)).to_have_text("")
    with table.saving():
        page.get_by_role("button", name="Redo").click()
    expect(table.cell("Next step", row)).to_have_text("Call")
    assert values(bare, ELENA) == {"Next step": "Call"}


def test_the_value_that_stands_is_shown_to_who_came_second(
    enter: Enter, bare: Person, teammate_of_settled: Person
) -> None:
    next_step = column(bare, "Next step", "text")
    page = enter("/", teammate_of_settled, viewport=WIDE)
    page.route_web_socket("**/live/socket", lambda socket: socket.close())
    page.goto(f"/w/{bare.workspace_id}/chats")
    table = Table(page, teammate_of_settled)
    row = table.row_of(ELENA)
    expect(table.cell("Next step", row)).to_have_text("")
    put(bare, next_step, "Theirs")
    table.select("Next step", row)
    table.type("Mine")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Someone set Next step to “Theirs” before you.")).to_be_visible()
    expect(table.cell("Next step", row)).to_have_text("Theirs")
    with table.saving():
        page.get_by_role("button", name="Overwrite").click()
    expect(table.cell("Next step", row)).to_have_text("Mine")
    assert values(bare, ELENA) == {"Next step": "Mine"}


def test_everything_is_done_from_the_keyboard(enter: Enter, bare: Person) -> None:
    column(bare, "Next step", "text")
    column(bare, "Seats", "number")
    page = enter(f"/w/{bare.workspace_id}/chats", bare, viewport=WIDE)
    table = Table(page, bare)
    table.select("Next step", 0)
    with table.saving():
        table.type("Hello")
        page.keyboard.press("Tab")
    with table.saving():
        table.type("7")
        page.keyboard.press("Enter")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    table.type("Not kept")
    page.keyboard.press("Escape")
    expect(table.cell("Next step", 0)).to_have_text("Hello")
    expect(table.cell("Next step", 1)).to_have_text("")
    expect(table.cell("Seats", 0)).to_have_text("7")
    page.keyboard.press("ArrowUp")
    with table.saving():
        page.keyboard.press("Delete")
    expect(table.cell("Next step", 0)).to_have_text("")
    page.keyboard.press("Space")
    details = page.get_by_role("complementary", name="Details")
    first = details.get_by_role("heading", level=2).inner_text()
    page.keyboard.press("ArrowDown")
    expect(details.get_by_role("heading", level=2)).not_to_have_text(first)


def _pick_a_date(page: Page, table: Table, row: int, day: str) -> None:
    table.select("Renewal", row)
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="Renewal").fill(day)
    with table.saving():
        page.keyboard.press("Enter")


def _pick_an_option(page: Page, table: Table, row: int, name: str) -> None:
    table.select("Stage", row)
    page.keyboard.press("Enter")
    page.get_by_role("combobox", name="Stage").fill(name)
    with table.saving():
        page.keyboard.press("Enter")
