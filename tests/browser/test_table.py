"""The table as a spreadsheet: columns arranged, ranges pasted and filled, other people's edits, rows taken together."""

import json
import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.columns import ELENA, column, put, values
from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.table import WIDE, Table

STAGES = [{"name": "Lead"}, {"name": "Won"}]


def test_columns_are_moved_hidden_frozen_widened_and_stay_so(enter: Enter, bare: Person) -> None:
    stage, seats = column(bare, "Stage", "select", options=STAGES), column(bare, "Seats", "number")
    page = enter(f"/w/{bare.workspace_id}/chats", bare, viewport=WIDE)
    table = Table(page, bare)
    grid = page.get_by_test_id("grid")
    expect(grid).to_have_attribute("data-columns", _side_by_side(stage, seats))
    table.menu("Seats").get_by_role("menuitem", name="Move left").click()
    expect(grid).to_have_attribute("data-columns", _side_by_side(seats, stage))
    x, y = table.header("Name", edge=True)
    table.drag(table.header("Stage"), (x + 40, y))
    expect(grid).to_have_attribute("data-columns", re.compile(rf'^\["title","{stage["id"]}"'))
    x, y = table.header("Stage", edge=True)
    table.drag((x - 1, y), (x + 60, y))
    table.select("Seats", 0)
    page.keyboard.press("Alt+ArrowDown")
    page.get_by_role("menuitem", name="Hide").click()
    expect(grid).not_to_have_attribute("data-columns", re.compile(seats["id"]))
    table.menu("Stage").get_by_role("menuitem", name="Freeze up to here").click()
    arranged, widths = _shown(page), _said(page, "widths")
    assert widths[1] != 150, "no longer the width of its type"
    expect(page).to_have_url(re.compile(r"frozen%22(:|%3A)2"))
    page.reload()
    Table(page, bare)
    assert (_shown(page), _said(page, "widths")) == (arranged, widths)
    page.get_by_role("button", name="Columns").click()
    dialog = page.get_by_role("dialog", name="Columns")
    expect(dialog.get_by_role("checkbox", name="Seats")).not_to_be_checked()
    assert violations(page) == []
    dialog.get_by_role("checkbox", name="Seats").check()
    dialog.get_by_role("radio", name="Compact").check(force=True)
    expect(grid).to_have_attribute("data-row-height", "32")
    expect(grid).to_have_attribute("data-columns", re.compile(seats["id"]))
    dialog.get_by_role("button", name="Reset").click()
    expect(grid).to_have_attribute("data-columns", _side_by_side(stage, seats))


def test_a_range_is_copied_pasted_over_mixed_columns_filled_and_cleared_each_as_one_step(
    enter: Enter, bare: Person
) -> None:
    column(bare, "Next step", "text")
    column(bare, "Seats", "number")
    column(bare, "Stage", "select", options=STAGES)
    column(bare, "Contract", "checkbox")
    page = enter(f"/w/{bare.workspace_id}/chats", bare, viewport=WIDE)
    table = Table(page, bare)
    table.select("Next step", 0)
    pasted = "Call\t12\twon\tyes\n'=Write'\ttwelve\tLost\tno"
    page.evaluate("text => navigator.clipboard.writeText(text)", pasted)
    page.keyboard.press("Control+v")
    expect(page.get_by_text("2 cells were left as they were.")).to_be_visible()
    expect(page.get_by_text("6 values changed")).to_be_visible()
    _expect(table, 0, {"Next step": "Call", "Seats": "12", "Stage": "Won"})
    _expect(table, 1, {"Next step": "'=Write'", "Seats": "", "Stage": ""})
    expect(page.get_by_test_id("grid")).to_have_attribute("data-marks", "2")
    page.keyboard.press("Control+z")
    _expect(table, 0, {"Next step": "", "Seats": "", "Stage": ""})
    _expect(table, 1, {"Next step": "", "Seats": "", "Stage": ""})
    page.keyboard.press("Control+Shift+z")
    expect(table.cell("Stage", 0)).to_have_text("Won")
    table.select("Seats", 0)
    page.keyboard.press("Shift+ArrowRight")
    for _ in range(2):
        page.keyboard.press("Shift+ArrowDown")
    expect(_footer(page)).to_contain_text("6 cells selected")
    page.keyboard.press("Control+d")
    expect(table.cell("Stage", 2)).to_have_text("Won")
    expect(_footer(page)).to_contain_text("Sum 36")
    page.keyboard.press("Control+c")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.splitlines() == ["12\tWon"] * 3
    page.keyboard.press("Delete")
    expect(table.cell("Seats", 2)).to_have_text("")
    page.keyboard.press("Control+z")
    expect(table.cell("Seats", 2)).to_have_text("12")
    page.keyboard.press("Control+z")
    expect(table.cell("Stage", 2)).to_have_text("")
    table.select("Next step", 0)
    table.drag(table.corner("Next step", 0), table.corner("Next step", 2))
    expect(table.cell("Next step", 2)).to_have_text("Call")


def test_what_others_do_shows_at_once_and_moves_nothing_from_under_the_cursor(
    enter: Enter, bare: Person, teammate_of_settled: Person
) -> None:
    next_step, seats = column(bare, "Next step", "text"), column(bare, "Seats", "number")
    page = enter(f"/w/{bare.workspace_id}/chats", teammate_of_settled, viewport=WIDE)
    table = Table(page, teammate_of_settled)
    table.menu("Next step").get_by_role("menuitem", name="Sort ascending").click()
    expect(page).to_have_url(re.compile("sort="))
    page.reload()
    table = Table(page, teammate_of_settled)
    page.evaluate(_NOTE_MARKS)
    row = table.row_of(ELENA)
    table.select("Seats", row)
    table.type("7")
    put(bare, next_step, "A call")
    expect(table.cell("Next step", row)).to_have_text("A call", timeout=4_000)
    with table.saving():
        page.keyboard.press("Enter")
    expect(table.cell("Name", 0)).to_have_text(ELENA)  # in order again once nothing is edited
    expect(table.cell("Seats", 0)).to_have_text("7")
    assert values(bare, ELENA) == {"Next step": "A call", "Seats": 7}
    assert "1" in page.evaluate("window.marks"), "the cell stood out"
    expect(page.get_by_test_id("grid")).to_have_attribute("data-marks", "0")
    table.select("Seats", 1)
    table.type("8")
    with page.expect_response(lambda answer: answer.url.endswith("/columns") and answer.ok):
        where = f"/workspaces/{bare.workspace_id}/columns/{seats['id']}"
        assert bare.api("DELETE", where)[0] == 204
    page.keyboard.press("Enter")
    expect(page.get_by_text("Someone deleted its column or its chat meanwhile")).to_be_visible()
    assert seats["id"] not in _shown(page)
    assert values(bare, ELENA) == {"Next step": "A call"}


def test_rows_are_taken_together_and_summed_up_under_their_columns(enter: Enter, bare: Person) -> None:
    column(bare, "Seats", "number")
    page = enter(f"/w/{bare.workspace_id}/chats", bare, viewport=WIDE)
    table = Table(page, bare)
    for row in range(2):
        table.select("Name", row)
        page.keyboard.press("Shift+Space")
    bar = page.get_by_role("region", name="Selected chats")
    expect(bar).to_contain_text("2 chats selected")
    bar.get_by_role("button", name="Edit…").click()
    dialog = page.get_by_role("dialog", name="Edit 2 chats")
    dialog.get_by_role("combobox", name="Field").click()
    page.get_by_role("option", name="Seats").click()
    dialog.get_by_role("textbox", name="Seats").fill("21")
    dialog.get_by_role("textbox", name="Seats").press("Enter")
    assert violations(page) == []
    dialog.get_by_role("button", name="Apply").click()
    expect(dialog.get_by_text("2 chats were changed.")).to_be_visible()
    dialog.get_by_role("button", name="Done").click()
    rows = int(_footer(page).inner_text().split()[0])
    expect(table.cell("Name", rows)).to_have_text(f"{rows} rows")
    page.mouse.click(*table.summary("Seats"))
    page.get_by_role("menuitem", name="Sum").click()
    expect(table.cell("Seats", rows)).to_have_text("Sum 42")
    bar.get_by_role("button", name="Export").click()
    expect(page.get_by_text("The export of 2 chats has begun.")).to_be_visible()
    bar.get_by_role("button", name="Export").click()
    expect(page.get_by_text(re.compile(r"Export again in \d:\d\d"))).to_be_visible()
    bar.get_by_role("button", name="Clear selection").click()
    expect(bar).to_have_count(0)
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("listitem").filter(has_text="Export of 2 chats")).to_be_visible()


_NOTE_MARKS = """() => {
    window.marks = [];
    const grid = document.querySelector("[data-testid=grid]");
    new MutationObserver(() => window.marks.push(grid.dataset.marks)).observe(grid, {attributeFilter: ["data-marks"]});
}"""


def _expect(table: Table, row: int, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        expect(table.cell(name, row)).to_have_text(text)


def _footer(page: Page) -> Locator:
    return page.get_by_role("status").filter(has_text="rows")


def _said(page: Page, name: str) -> Any:
    return json.loads(page.get_by_test_id("grid").get_attribute(f"data-{name}") or "[]")


def _shown(page: Page) -> list[str]:
    return list(_said(page, "columns"))


def _side_by_side(one: dict[str, Any], other: dict[str, Any]) -> re.Pattern[str]:
    return re.compile(f'"{one["id"]}","{other["id"]}"')
