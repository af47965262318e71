"""Contacts and groups: who is known to which account, and the way to their chats."""

from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.screens import chats_of
from tests.browser.table import WIDE

ELENA = "Elena Petrova"


def test_people_and_groups_are_listed_with_who_knows_them_and_lead_to_their_chats(
    enter: Enter, settled: Person, teammate_of_settled: Person
) -> None:
    page = enter(f"/w/{settled.workspace_id}/inbox", settled, viewport=WIDE)
    page.get_by_role("link", name="Contacts").click()
    elena = page.get_by_role("list", name="People").get_by_role("listitem").filter(has_text=ELENA).first
    expect(elena).to_contain_text("@elena_petrova")
    assert violations(page) == []
    page.get_by_role("tab", name="Groups").click()
    groups = page.get_by_role("list", name="Groups").get_by_role("listitem")
    titles = [chat["title"] for chat in chats_of(settled) if chat["kind"] in {"group", "channel"}]
    expect(groups.filter(has_text=titles[0]).first).to_contain_text("members")
    page.get_by_role("tab", name="People").click()
    elena.get_by_role("link", name="Maya Lindqvist").click()
    expect(page.get_by_role("complementary", name="Details").get_by_role("heading", name=ELENA)).to_be_visible()
    theirs = enter(f"/w/{settled.workspace_id}/contacts", teammate_of_settled, color_scheme="dark")
    seen = theirs.get_by_role("list", name="People").get_by_role("listitem").filter(has_text=ELENA).first
    expect(seen).to_contain_text("Maya Lindqvist")
    expect(seen).not_to_contain_text("@elena_petrova")
    assert violations(theirs) == []
