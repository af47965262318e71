"""Views over the table: filtered, saved, shared, linked; all of it in the address (product.md section 5, Views)."""

import re
from urllib.parse import unquote

from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.table import WIDE, Table


def test_a_filter_is_built_said_in_words_and_reproduced_by_its_address(enter: Enter, settled: Person) -> None:
    page = enter(f"/w/{settled.workspace_id}/chats", settled, viewport=WIDE)
    Table(page, settled)
    all_rows = _row_count(page)
    page.get_by_role("button", name="Filter", exact=True).click()
    builder = page.get_by_role("group", name="Filter").last
    builder.get_by_role("button", name="Add a condition").click()
    _choose(page, "Field", "Type")
    _choose(page, "Value", "Private")
    builder.get_by_role("button", name="Add a group").click()
    inner = page.get_by_role("group", name="Group of conditions")
    inner.get_by_role("button", name="Add a condition").click()
    inner.get_by_role("textbox", name="Value").fill("a")
    inner.get_by_role("button", name="Add a condition").click()
    inner.get_by_role("textbox", name="Value").last.fill("e")
    assert violations(page) == []
    page.keyboard.press("Escape")
    chips = page.get_by_role("group", name="Filter")
    expect(chips.get_by_text("Type is Private")).to_be_visible()
    expect(chips.get_by_text("Name contains “a” or Name contains “e”")).to_be_visible()
    shown = _row_count(page)
    assert 0 < shown < all_rows
    assert '"any"' in unquote(page.url)
    again = enter(page.url, settled, viewport=WIDE, color_scheme="dark")
    Table(again, settled)
    expect(again.get_by_text("Name contains “a” or Name contains “e”")).to_be_visible()
    assert _row_count(again) == shown
    assert violations(again) == []
    again.get_by_role("button", name=re.compile("^Remove: Type is Private")).click()
    expect(again.get_by_text("Type is Private")).to_have_count(0)


def test_a_view_is_saved_changed_shared_and_opened_by_its_link(
    enter: Enter, bare: Person, teammate_of_settled: Person
) -> None:
    filtered = '{"all":[{"field":"kind","is":"is","value":"private"}]}'
    page = enter(f"/w/{bare.workspace_id}/chats?filter={filtered}", bare, viewport=WIDE)
    Table(page, bare)
    shown = _row_count(page)
    page.get_by_role("button", name="Save as a new view").click()
    dialog = page.get_by_role("dialog", name="New view")
    dialog.get_by_role("textbox", name="Name").fill("People")
    dialog.get_by_role("radio", name="Star").click()
    assert violations(page) == []
    dialog.get_by_role("button", name="Save view").click()
    tabs = page.get_by_role("navigation", name="Views")
    tab = tabs.get_by_role("link", name="People")
    expect(tab).to_have_attribute("aria-current", "page")
    expect(tab.get_by_role("img", name="Only you")).to_be_visible()
    page.get_by_role("button", name="Remove: Type is Private").click()
    expect(tab.get_by_role("img", name="Not saved")).to_be_visible()
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_text("Type is Private")).to_be_visible()
    expect(tab.get_by_role("img", name="Not saved")).to_have_count(0)
    page.get_by_role("button", name="Actions on the view People").click()
    page.get_by_role("menuitem", name="Share with the workspace").click()
    expect(tab.get_by_role("img", name="Only you")).to_have_count(0)
    link = re.sub(r"\?.*", "", page.url) + "?view=" + _view_id(bare, "People")
    theirs = enter(link, teammate_of_settled, viewport=WIDE)
    Table(theirs, teammate_of_settled)
    assert _row_count(theirs) == shown
    their_tab = theirs.get_by_role("navigation", name="Views").get_by_role("link", name="People")
    expect(their_tab).to_have_attribute("aria-current", "page")
    page.get_by_role("button", name="Actions on the view People").click()
    page.get_by_role("menuitem", name="Delete view").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete view").click()
    expect(tab).to_have_count(0)
    expect(their_tab).to_have_count(0)


def test_a_view_is_copied_moved_renamed_and_opened_by_default(enter: Enter, bare: Person) -> None:
    """Tabs of one's own; the default is what the table opens with."""
    content = {"layout": "table", "filter": {"all": []}, "sort": [], "columns": [], "frozen": 1, "group_by": None}
    body = {"name": "Leads", "icon": None, "is_shared": False, "content": content}
    status, made = bare.api("POST", f"/workspaces/{bare.workspace_id}/views", body)
    assert status == 201, made
    page = enter(f"/w/{bare.workspace_id}/chats?view={made['id']}", bare, viewport=WIDE)
    tabs = page.get_by_role("navigation", name="Views")
    _act(page, "Leads", "Duplicate")
    page.get_by_role("dialog", name="Duplicate the view").get_by_role("button", name="Save view").click()
    expect(tabs.get_by_role("link", name="Copy of Leads")).to_have_attribute("aria-current", "page")
    _act(page, "Copy of Leads", "Move to the left")
    expect(tabs.get_by_role("link").nth(1)).to_contain_text("Copy of Leads")
    _act(page, "Copy of Leads", "Name and icon")
    dialog = page.get_by_role("dialog", name="Name and icon")
    dialog.get_by_role("textbox", name="Name").fill("First leads")
    dialog.get_by_role("radio", name="Flag").click()
    dialog.get_by_role("button", name="Save view").click()
    with page.expect_response(lambda answer: answer.url.endswith("/default-view") and answer.ok):
        _act(page, "First leads", "Always open with this view")
    page.goto(f"/w/{bare.workspace_id}/chats")
    expect(tabs.get_by_role("link").nth(1)).to_contain_text("First leads")
    expect(tabs.get_by_role("link", name="First leads")).to_have_attribute("aria-current", "page")


def _act(page: Page, view: str, act: str) -> None:
    page.get_by_role("button", name=f"Actions on the view {view}").click()
    page.get_by_role("menuitem", name=act).click()


def _choose(page: Page, field: str, option: str) -> None:
    page.get_by_role("combobox", name=field).or_(page.get_by_role("textbox", name=field)).last.click()
    page.get_by_role("option", name=option, exact=True).click()


def _row_count(page: Page) -> int:
    """How many rows the footer says are shown."""
    status = page.get_by_role("status").filter(has_text=re.compile(r"\d+ (of \d+ )?rows?$"))
    found = re.match(r"(\d+)", status.inner_text())
    assert found is not None
    return int(found[1])


def _view_id(person: Person, name: str) -> str:
    status, body = person.api("GET", f"/workspaces/{person.workspace_id}/views")
    assert status == 200, body
    [view] = [each for each in body["views"] if each["name"] == name]
    return str(view["id"])
