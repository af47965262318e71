"""The chats as a board: cards dragged, moved from the keyboard, seen by others, taken back."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations, violations_as_it_stands
from tests.browser.columns import ELENA, column, values
from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.table import WIDE

STAGES = [{"name": "Lead"}, {"name": "Won"}]


def test_a_card_is_dragged_to_another_lane_and_others_see_it_there(
    enter: Enter, bare: Person, teammate_of_settled: Person
) -> None:
    column(bare, "Stage", "select", options=STAGES)
    page = enter(f"/w/{bare.workspace_id}/chats", bare, viewport=WIDE)
    page.get_by_role("button", name="Show as a board").click()
    expect(page).to_have_url(re.compile("layout=board"))
    other = enter(f"/w/{bare.workspace_id}/chats?layout=board", teammate_of_settled, viewport=WIDE)
    expect(_card(other, "No value")).to_be_visible()
    _drag(page, _card(page, "No value"), _lane(page, "Won"))
    expect(_card(page, "Won")).to_be_visible()
    expect(_card(other, "Won")).to_be_visible(timeout=4_000)
    expect(page.get_by_text(f"{ELENA} moved to Won").first).to_be_visible()
    assert values(bare, ELENA) == {"Stage": "Won"}
    page.get_by_role("button", name="Undo").last.click()
    expect(_card(other, "No value")).to_be_visible(timeout=4_000)
    assert values(bare, ELENA) == {}


def test_everything_on_a_board_is_done_from_the_keyboard(enter: Enter, bare: Person) -> None:
    column(bare, "Stage", "select", options=STAGES)
    column(bare, "Next step", "text")
    page = enter(f"/w/{bare.workspace_id}/chats?layout=board", bare, viewport=WIDE)
    card = _card(page, "No value")
    page.get_by_role("button", name="Collapse No value").focus()
    page.keyboard.press("Tab")
    for _ in range(20):
        if card.evaluate("card => card === document.activeElement"):
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Alt+ArrowRight")
    expect(_card(page, "Lead")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text=f"{ELENA} moved to Lead")).to_be_attached()
    page.keyboard.press("m")
    menu = page.get_by_role("menu", name="Move to")
    expect(menu.get_by_role("menuitem", name="Lead")).to_be_disabled()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(_card(page, "Lead")).to_be_focused()
    page.keyboard.press("m")
    menu.get_by_role("menuitem", name="Won").press("Enter")
    expect(_card(page, "Won")).to_be_focused()
    page.keyboard.press("Enter")
    details = page.get_by_role("complementary", name="Details")
    expect(details.get_by_role("heading", name=ELENA)).to_be_visible()
    assert values(bare, ELENA) == {"Stage": "Won"}


def test_a_board_is_arranged_and_stays_so(enter: Enter, bare: Person) -> None:
    column(bare, "Stage", "select", options=STAGES)
    column(bare, "Seats", "number")
    path = f"/w/{bare.workspace_id}/chats?layout=board"
    page = enter(path, bare, viewport=WIDE)
    page.get_by_role("button", name="Collapse Won").click()
    page.get_by_role("button", name="Board", exact=True).click()
    menu = page.get_by_role("dialog", name="Board")
    menu.get_by_role("combobox", name="Sum up").select_option("Seats")
    menu.get_by_role("checkbox", name="Seats").check()
    assert violations_as_it_stands(page) == []
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("arranged="))
    page.reload()
    expect(page.get_by_role("button", name="Expand Won")).to_be_visible()
    expect(_lane(page, "No value")).to_contain_text("Seats: 0")
    assert violations_as_it_stands(page) == []


def test_without_a_column_to_group_by_the_board_offers_to_make_one(enter: Enter, bare: Person) -> None:
    page = enter(f"/w/{bare.workspace_id}/chats?layout=board", bare)
    expect(page.get_by_role("heading", name="No column to group by")).to_be_visible()
    page.get_by_role("button", name="Add column").click()
    expect(page.get_by_role("dialog", name="New column")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Group by Assignee").click()
    expect(_lane(page, "Robin Vale")).to_be_visible()


def _lane(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=re.compile(f"^{name} "))


def _card(page: Page, lane: str) -> Locator:
    return _lane(page, lane).get_by_role("button", name=ELENA, exact=True)


def _drag(page: Page, card: Locator, lane: Locator) -> None:
    """As a hand does: pragmatic drag and drop reads where the pointer is from the browser's own events."""
    start, end = card.bounding_box(), lane.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 120, steps=8)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 130)
    page.mouse.up()
