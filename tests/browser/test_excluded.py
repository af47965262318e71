"""Which chats of an account the workspace gets: groups stay out until they are picked, and leave again the same way."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations_as_it_stands
from tests.browser.conftest import Enter
from tests.browser.people import Person, bring_in, join
from tests.browser.product import RunningProduct
from tests.browser.screens import MAYA, SYNCED_WITHIN_MS, chats_of, connect_by_qr, connected_account


def test_groups_stay_out_until_they_are_picked_and_leave_again_for_everybody(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    teammate = join(product, "Sam Ferrer")
    bring_in(person, teammate)
    mine = enter(f"/w/{person.workspace_id}/inbox", person)
    dialog = connect_by_qr(mine, product, MAYA)
    expect(dialog.get_by_text("chats are in.")).to_be_visible(timeout=SYNCED_WITHIN_MS)
    assert {chat["kind"] for chat in chats_of(person)} <= {"private", "bot"}
    title = _pick_one(dialog)
    picked = _chat_called(teammate, title)
    assert picked["kind"] in {"group", "channel"}
    theirs = enter(f"/w/{person.workspace_id}/chats?peek={picked['id']}", teammate)
    expect(_details(theirs).get_by_role("heading", name=title)).to_be_visible()
    expect(_details(theirs).get_by_role("button", name="Leave out of the workspace")).to_have_count(0)
    mine.goto(f"/w/{person.workspace_id}/chats?peek={picked['id']}")
    _leave_out(mine)
    expect(_details(theirs)).to_have_count(0, timeout=4_000)
    assert title not in [chat["title"] for chat in chats_of(person)]
    settings = enter(f"/w/{person.workspace_id}/settings/accounts", person)
    dialog = _manage(settings)
    dialog.get_by_role("searchbox", name="Search chats that stay out").fill(title)
    expect(dialog.get_by_role("listitem")).to_have_count(1)
    assert violations_as_it_stands(settings) == []
    dialog.get_by_role("switch", name="Bring in new groups").click()
    expect(dialog.get_by_role("switch", name="Bring in new groups")).to_be_checked()
    assert connected_account(person)["left_out"] == ["channel"]


def _pick_one(dialog: Locator) -> str:
    """Bring in the first of the chats that stay out; gives what it is called."""
    listed = dialog.get_by_role("list", name="Chats that stay out").get_by_role("listitem")
    title = listed.first.inner_text().partition(" · ")[0].strip()
    listed.first.get_by_role("checkbox").check()
    dialog.get_by_role("button", name="Bring in 1 chat").click()
    expect(dialog.page.get_by_text("The chats are in the workspace.")).to_be_visible()
    expect(listed.filter(has_text=title)).to_have_count(0)
    return title


def _leave_out(page: Page) -> None:
    _details(page).get_by_role("button", name="Leave out of the workspace").click()
    dialog = page.get_by_role("dialog", name="Leave out of the workspace")
    dialog.get_by_role("button", name="Leave out", exact=True).click()
    expect(_details(page)).to_have_count(0)


def _manage(page: Page) -> Locator:
    """Under the account's settings: what stays out of it."""
    page.get_by_role("button", name=re.compile("Actions for")).click()
    page.get_by_role("menuitem", name="Chats that stay out…").click()
    return page.get_by_role("dialog", name=re.compile("that stay out"))


def _details(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Details")


def _chat_called(person: Person, title: str) -> dict[str, str]:
    [chat] = [each for each in chats_of(person) if each["title"] == title]
    return chat
