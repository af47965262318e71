"""The activity log (product.md section 10): read, filtered, followed live, taken away as a file."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Enter
from tests.browser.people import Person, bring_in, join
from tests.browser.product import RunningProduct

AT_ONCE_MS = 4_000
"""A change is pushed within a second; a loaded machine gets some more."""
EXPORTED_WITHIN_MS = 45_000
MORE_THAN_A_PAGE = 60


@pytest.fixture
def teammate(product: RunningProduct, person: Person) -> Person:
    """A second member of the first person's workspace."""
    other = join(product, "Sam Ferrer")
    bring_in(person, other)
    return other


def test_g_l_leads_to_the_log_which_says_who_changed_what_from_what_to_what(enter: Enter, person: Person) -> None:
    _rename(person, "Northwind sales")
    page = enter(f"/w/{person.workspace_id}/inbox", person)
    expect(page.get_by_role("heading", name="Inbox")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("l")
    row = _row(page, "Renamed the workspace")
    expect(row.get_by_role("cell", name="Robin Vale", exact=True)).to_be_visible()
    expect(row.get_by_role("link", name="Northwind sales")).to_be_visible()
    expect(row.get_by_role("cell", name="Name was Robin Vale's workspace and is now Northwind sales")).to_be_visible()
    expect(row.locator("time")).to_have_attribute("title", re.compile(r"\d{4}"))
    expect(page.get_by_text("The log begins here.")).to_be_visible()


def test_a_row_opens_to_every_field_and_to_address_and_device(enter: Enter, person: Person) -> None:
    """Admins and Owners read the log with addresses and devices."""
    _rename(person, "Northwind sales")
    page = _log(enter, person)
    _row(page, "Renamed the workspace").get_by_role("button", name="Details").click()
    difference = page.get_by_role("table", name="What changed")
    expect(difference.get_by_role("row", name="Name Robin Vale's workspace Northwind sales")).to_be_visible()
    expect(page.get_by_text(person.address, exact=True)).to_be_visible()
    expect(page.get_by_text("workspace.renamed")).to_be_visible()


def test_a_member_reads_the_log_without_addresses_and_cannot_take_it_away(
    enter: Enter, person: Person, teammate: Person
) -> None:
    page = _log(enter, teammate)
    _row(page, "Joined the workspace").get_by_role("button", name="Details").click()
    expect(page.get_by_text("member.joined")).to_be_visible()
    expect(page.get_by_text("Address", exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name="Export CSV")).to_have_count(0)


def test_rows_are_walked_and_opened_by_keyboard(enter: Enter, person: Person) -> None:
    _rename(person, "One")
    _rename(person, "Two")
    page = _log(enter, person)
    first, second = page.get_by_role("button", name="Details: Robin Vale, Renamed the workspace").all()
    first.focus()
    page.keyboard.press("ArrowDown")
    expect(second).to_be_focused()
    page.keyboard.press("Enter")
    expect(second).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowUp")
    expect(first).to_be_focused()


def test_filters_stand_in_the_address_and_make_the_same_log_again(
    enter: Enter, person: Person, teammate: Person
) -> None:
    """Filter actor, kind, object and dates; pasting the address reproduces the screen."""
    _rename(person, "Northwind sales")
    page = _log(enter, person)
    page.get_by_role("combobox", name="Who").click()
    page.get_by_role("option", name="Sam Ferrer").click()
    expect(_row(page, "Joined the workspace")).to_have_count(1)
    expect(_row(page, "Renamed the workspace")).to_have_count(0)
    page.get_by_role("combobox", name="Event").fill("Members: every")
    page.get_by_role("option", name="Members: everything").click()
    page.get_by_label("Days, in UTC").click()
    page.get_by_role("button", name="Today").click()
    expect(page).to_have_url(re.compile(r"\?actor=\w+&kind=member&from=[\d-]+&to=[\d-]+$"))
    again = enter(page.url, person)
    expect(_row(again, "Joined the workspace")).to_have_count(1)
    expect(again.get_by_role("combobox", name="Who")).to_have_value("Sam Ferrer")
    again.get_by_role("button", name="Clear filters").click()
    expect(_row(again, "Renamed the workspace")).to_have_count(1)
    assert again.url.endswith("/activity")


def test_filters_that_nothing_fits_say_so_and_let_go(enter: Enter, person: Person) -> None:
    page = enter(f"/w/{person.workspace_id}/activity?kind=column.purged&from=2020-01-01&to=2020-01-02", person)
    expect(page.get_by_role("heading", name="No entry matches")).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="Clear filters").last.click()
    expect(_row(page, "Created the workspace")).to_have_count(1)


def test_an_entry_leads_to_everything_about_its_object(enter: Enter, person: Person, teammate: Person) -> None:
    _rename(person, "Northwind sales")
    page = _log(enter, person)
    _row(page, "Joined the workspace").get_by_role("button", name="Details").click()
    page.get_by_role("button", name="Only this object").click()
    expect(_row(page, "Renamed the workspace")).to_have_count(0)
    expect(_row(page, "Joined the workspace")).to_have_count(1)
    expect(page.get_by_role("combobox", name="Object")).to_have_value("Sam Ferrer")


def test_new_entries_come_by_themselves_and_wait_while_somebody_reads(
    enter: Enter, person: Person, teammate: Person
) -> None:
    """Live, without moving what is being read."""
    page = _log(enter, teammate)
    page.mouse.move(5, 5)
    _rename(person, "Northwind sales")
    expect(_row(page, "Renamed the workspace")).to_have_count(1, timeout=AT_ONCE_MS)
    rows = page.get_by_role("table", name="Activity log").get_by_role("row")
    rows.nth(1).hover()
    _rename(person, "Southwind sales")
    chip = page.get_by_role("button", name="1 new entry")
    expect(chip).to_be_visible(timeout=AT_ONCE_MS)
    expect(_row(page, "Renamed the workspace")).to_have_count(1)
    _rename(person, "Westwind sales")
    expect(page.get_by_role("button", name="2 new entries")).to_be_visible(timeout=AT_ONCE_MS)
    page.get_by_role("button", name="2 new entries").click()
    expect(_row(page, "Renamed the workspace")).to_have_count(3)
    expect(rows.nth(1)).to_contain_text("Westwind sales")


def test_what_was_journalled_without_network_is_there_after_it(enter: Enter, person: Person, teammate: Person) -> None:
    page = _log(enter, teammate)
    page.mouse.move(5, 5)
    page.context.set_offline(True)
    expect(page.get_by_text("No connection.")).to_be_visible()
    _rename(person, "Northwind sales")
    page.context.set_offline(False)
    expect(_row(page, "Renamed the workspace")).to_have_count(1)


def test_older_entries_come_when_the_end_is_near(enter: Enter, person: Person) -> None:
    for number in range(MORE_THAN_A_PAGE):
        _rename(person, f"Northwind {number}")
    page = _log(enter, person)
    page.get_by_role("table", name="Activity log").get_by_role("row").nth(40).scroll_into_view_if_needed()
    page.get_by_text("The log begins here.").scroll_into_view_if_needed()
    expect(_row(page, "Renamed the workspace")).to_have_count(MORE_THAN_A_PAGE)
    expect(_row(page, "Created the workspace")).to_have_count(1)


def test_the_log_is_exported_as_filtered_and_once_a_minute(
    enter: Enter, person: Person, teammate: Person, tmp_path: Path
) -> None:
    """CSV export: one a minute, by a link that works for five minutes."""
    _rename(person, "Northwind sales")
    page = enter(f"/w/{person.workspace_id}/activity?kind=workspace", person)
    with page.expect_download(timeout=EXPORTED_WITHIN_MS) as saved:
        page.get_by_role("button", name="Export CSV").click()
        expect(page.get_by_role("button", name=re.compile(r"Export again in \d:\d\d"))).to_be_disabled()
    expect(page.get_by_text("2 entries are in the file.")).to_be_visible()
    expect(page.get_by_text(re.compile(r"The link works for 4:\d\d"))).to_be_visible()
    saved.value.save_as(tmp_path / "log.csv")
    assert saved.value.suggested_filename.endswith(".csv")
    with (tmp_path / "log.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["kind"] for row in rows] == ["workspace.created", "workspace.renamed"]
    page.get_by_role("link", name="Inbox").click()
    page.get_by_role("link", name="Activity").click()
    with page.expect_download() as again:
        page.get_by_role("button", name="Save again").click()
    assert again.value.suggested_filename == saved.value.suggested_filename


def test_an_export_that_comes_too_soon_is_counted_down(enter: Enter, person: Person) -> None:
    """The limit is the workspace's: another Admin's export counts, too."""
    page = _log(enter, person)
    exports = f"/workspaces/{person.workspace_id}/activity/exports"
    assert person.api("POST", exports, {})[0] == 202
    page.get_by_role("button", name="Export CSV").click()
    expect(page.get_by_role("button", name=re.compile(r"Export again in 0:\d\d"))).to_be_disabled()


def _log(enter: Enter, someone: Person) -> Page:
    page = enter(f"/w/{someone.workspace_id}/activity", someone)
    expect(page.get_by_role("table", name="Activity log")).to_be_visible()
    return page


def _row(page: Page, sentence: str) -> Locator:
    return page.get_by_role("table", name="Activity log").get_by_role("row").filter(has_text=sentence)


def _rename(person: Person, name: str) -> None:
    status, workspace = person.api("PATCH", f"/workspaces/{person.workspace_id}", {"name": name})
    assert status == 200, workspace
