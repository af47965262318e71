"""A chat's own fields in its details: edited in place, seen by a teammate at once, undone, and refused in words."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations, violations_as_it_stands
from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.screens import chats_of, eventually
from tests.browser.table import WIDE

ELENA = "Elena Petrova"


def test_a_chat_is_assigned_and_named_in_its_details_and_a_teammate_sees_it_at_once(
    enter: Enter, bare: Person, teammate_of_settled: Person
) -> None:
    chat_id = _chat_id(bare)
    mine = _details(enter(f"/w/{bare.workspace_id}/chats?peek={chat_id}", bare, viewport=WIDE))
    theirs = _details(enter(f"/w/{bare.workspace_id}/chats?peek={chat_id}", teammate_of_settled, viewport=WIDE))
    _pick(theirs, "Assignee", "Robin Vale")
    _pick(mine, "Priority", "High")
    _write(mine, "First name", "Lena")
    for details in (mine, theirs):
        expect(details.get_by_role("button", name="Assignee: Robin Vale")).to_be_visible(timeout=4_000)
        expect(details.get_by_role("button", name="Priority: High")).to_be_visible(timeout=4_000)
        expect(details.get_by_role("heading", name="Lena")).to_be_visible(timeout=4_000)
        expect(details.get_by_text(ELENA)).to_be_visible()
    assert violations_as_it_stands(mine.page) == []
    mine.page.reload()
    expect(mine.get_by_role("button", name="Assignee: Robin Vale")).to_be_visible()


def test_an_edit_of_a_card_is_undone_and_a_wrong_one_is_refused_in_words(enter: Enter, bare: Person) -> None:
    page = enter(f"/w/{bare.workspace_id}/chats?peek={_chat_id(bare)}", bare, viewport=WIDE)
    details = _details(page)
    _write(details, "Phone number", "+49 30 1234567")
    toast = page.get_by_role("alert").filter(has_text="Phone number changed")
    with _saving(page):
        toast.get_by_role("button", name="Undo").click()
    expect(details.get_by_role("textbox", name="Phone number")).to_have_value("")
    _write(details, "Phone number", "+49 30 7654321")
    details.get_by_role("button", name="Close details").focus()
    with _saving(page):
        page.keyboard.press("Control+z")
    expect(details.get_by_role("textbox", name="Phone number")).to_have_value("")
    expect(toast).to_have_count(0)
    before = details.get_by_role("textbox", name="E-mail").input_value()
    details.get_by_role("textbox", name="E-mail").fill("nobody")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("E-mail was not saved"))).to_be_visible()
    expect(details.get_by_role("textbox", name="E-mail")).to_have_value(before)


def test_a_record_leads_to_its_history_and_back(enter: Enter, bare: Person) -> None:
    page = enter(f"/w/{bare.workspace_id}/chats?peek={_chat_id(bare)}", bare, viewport=WIDE)
    _write(_details(page), "E-mail", "elena@example.org")
    _details(page).get_by_role("link", name="History of changes").click()
    expect(page).to_have_url(re.compile(f"activity.*{_chat_id(bare)}"))
    entry = page.get_by_role("row").filter(has_text="elena@example.org").first
    entry.get_by_role("link").last.click()
    expect(_details(page).get_by_role("textbox", name="E-mail")).to_have_value("elena@example.org")


def _chat_id(person: Person) -> str:
    [chat] = [each for each in chats_of(person) if each["telegram_title"] == ELENA]
    return str(chat["id"])


def _details(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Details")


def _pick(details: Locator, field: str, option: str) -> None:
    details.get_by_role("button", name=f"{field}: empty").click()
    with _saving(details.page):
        details.get_by_role("option", name=option).click()


def _write(details: Locator, field: str, text: str) -> None:
    details.get_by_role("textbox", name=field).fill(text)
    with _saving(details.page):
        details.page.keyboard.press("Enter")


def _saving(page: Page) -> Any:
    return page.expect_response(lambda answer: answer.url.endswith("/card") and answer.ok)


def test_all_rows_shown_get_one_value_and_it_is_taken_back(enter: Enter, bare: Person) -> None:
    page = enter(f"/w/{bare.workspace_id}/chats", bare, viewport=WIDE)
    shown = len(chats_of(bare))
    page.get_by_role("button", name="Edit all rows shown").click()
    dialog = page.get_by_role("dialog", name=re.compile(f"Edit {shown} chats"))
    dialog.get_by_role("combobox", name="Field").click()
    page.get_by_role("option", name="Priority").click()
    dialog.get_by_role("button", name="Priority: empty").click()
    dialog.get_by_role("option", name="Low").click()
    assert violations(page) == []
    dialog.get_by_role("button", name="Apply").click()
    expect(dialog.get_by_text(re.compile("were changed"))).to_be_visible()
    assert {chat["card"]["priority"] for chat in chats_of(bare)} == {"low"}
    dialog.get_by_role("button", name="Done").click()
    expect(page.get_by_role("alert").filter(has_text="were changed.")).to_be_visible()
    page.get_by_role("heading", name="Chats").click()
    page.keyboard.press("Control+z")
    eventually(
        "all have what they had before",
        lambda: {chat["card"]["priority"] for chat in chats_of(bare)} <= {None, "high"},
    )


def test_chats_are_shared_out_in_turn(enter: Enter, bare: Person) -> None:
    page = enter(f"/w/{bare.workspace_id}/chats", bare, viewport=WIDE)
    page.get_by_role("button", name="Edit all rows shown").click()
    dialog = page.get_by_role("dialog", name=re.compile("Edit"))
    dialog.get_by_role("combobox", name="Field").click()
    page.get_by_role("option", name="Assignee, shared out").click()
    dialog.get_by_role("checkbox", name="Robin Vale").check()
    assert violations(page) == []
    dialog.get_by_role("button", name="Share out").click()
    expect(dialog.get_by_text(re.compile("changed"))).to_be_visible()
    assert len({chat["card"]["assignee"] for chat in chats_of(bare)}) == 1
