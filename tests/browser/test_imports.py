"""A file is imported as a person does it: chosen, mapped, checked, written, and taken back."""

from typing import Any

from playwright.sync_api import FilePayload, Locator, expect

from tests.browser.axe import violations
from tests.browser.columns import ELENA, chat_of, column_of, values
from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.screens import chats_of
from tests.browser.table import WIDE, Table

CSV = (
    "Username;Priority;Call;Tags\r\n@elena_petrova;High;+49 30 1234567;VIP\r\n"
    'nobody_we_know;Low;;"VIP, Berlin"\r\nelena_petrova;Low;;\r\n'
).encode("utf-16")
LEADS = FilePayload(name="leads.csv", mimeType="text/csv", buffer=CSV)


def test_a_file_is_mapped_checked_mended_imported_and_taken_back_by_keyboard(enter: Enter, bare: Person) -> None:
    other = _somebody_else(bare)
    _set_phone(bare, other, "+4930987654")
    page = enter(f"/w/{bare.workspace_id}/chats", bare, viewport=WIDE)
    page.get_by_role("button", name="Import a CSV file").press("Enter")
    dialog = page.get_by_role("dialog", name="Import a CSV file")
    expect(dialog.get_by_role("button", name="Choose a file")).to_be_focused()
    assert violations(page) == []
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(LEADS)
    expect(dialog.get_by_role("combobox", name="What Username is")).to_have_value("Telegram username")
    expect(dialog.get_by_role("combobox", name="What Priority is")).to_have_value("Priority")
    _choose(dialog, "What Call is", "Phone number")
    dialog.get_by_role("checkbox", name="Make missing options of Tags").press("Space")
    dialog.get_by_role("radio", name="Leave what is there").press("ArrowRight")
    expect(dialog.get_by_role("radio", name="Clear the value")).to_be_checked()
    assert violations(page) == []
    dialog.get_by_role("button", name="Check").press("Enter")
    expect(dialog.get_by_role("status")).to_have_text("1 row has a chat.")
    wrong = dialog.get_by_role("region", name="What is wrong").get_by_role("row")
    expect(wrong.nth(1)).to_contain_text("3")
    expect(wrong.nth(1)).to_contain_text("There is no such chat")
    expect(wrong.nth(2)).to_contain_text("An earlier row is for the same chat")
    expect(dialog.get_by_role("list", name="New options")).to_have_text("1 new option in Tags: VIP")
    assert violations(page) == []
    dialog.get_by_role("textbox", name="Instead, in line 3, Username").fill(f"@{other['private']['username']}")
    dialog.get_by_role("button", name="Check again").press("Enter")
    expect(dialog.get_by_role("status")).to_have_text("2 rows have a chat.")
    expect(dialog.get_by_role("list", name="New options")).to_have_text("2 new options in Tags: VIP, Berlin")
    expect(dialog.get_by_text("1 empty cell clears what is there.")).to_be_visible()
    elsewhere = Table(enter(f"/w/{bare.workspace_id}/chats", bare, viewport=WIDE), bare)
    elenas_tags = elsewhere.cell("Tags", elsewhere.row_of(ELENA))
    dialog.get_by_role("button", name="Import").press("Enter")
    expect(dialog.get_by_text("6 values were imported.")).to_be_visible()
    expect(dialog.get_by_text("2 options were made. They stay when the import is undone.")).to_be_visible()
    assert _card(bare, ELENA) == ("high", "+49301234567", ["VIP"])
    assert _card(bare, other["title"]) == ("low", None, ["VIP", "Berlin"])
    expect(elenas_tags).to_have_text("VIP")
    assert violations(page) == []
    dialog.get_by_role("button", name="Undo the import of leads.csv").press("Enter")
    expect(dialog.get_by_text("6 values are what they were before.")).to_be_visible()
    expect(dialog.get_by_text("2 options that were made stay")).to_be_visible()
    assert _card(bare, ELENA) == (None, None, None)
    assert _card(bare, other["title"]) == (None, "+4930987654", None)
    assert [each["name"] for each in column_of(bare, "Tags")["options"]] == ["VIP", "Berlin"]
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Import a CSV file")).to_be_focused()
    page.goto(f"/w/{bare.workspace_id}/settings/import")
    listed = page.get_by_role("list", name="Imports").get_by_role("listitem").filter(has_text="what they were before")
    expect(listed).to_contain_text("leads.csv")
    expect(listed).to_contain_text("2 options that were made stay")


def test_the_steps_of_an_import_are_as_readable_in_the_dark(enter: Enter, settled: Person) -> None:
    page = enter(f"/w/{settled.workspace_id}/settings/import", settled, color_scheme="dark")
    page.get_by_role("button", name="Import a CSV file").click()
    dialog = page.get_by_role("dialog", name="Import a CSV file")
    with page.expect_file_chooser() as chooser:
        dialog.get_by_role("button", name="Choose a file").click()
    chooser.value.set_files(LEADS)
    dialog.get_by_role("button", name="Check").click()
    expect(dialog.get_by_role("region", name="What is wrong")).to_be_visible()
    assert violations(page) == []
    dialog.get_by_role("button", name="Back").click()
    expect(dialog.get_by_role("list", name="Columns of the file")).to_be_visible()
    assert violations(page) == []


def _choose(dialog: Locator, column: str, field: str) -> None:
    dialog.get_by_role("combobox", name=column).click()
    dialog.page.get_by_role("option", name=field, exact=True).click()


def _somebody_else(person: Person) -> dict[str, Any]:
    """A chat that alone has its username and its title, and is not Elena's."""
    chats = [each for each in chats_of(person) if each["private"] and each["private"]["username"]]
    names = [each["private"]["username"] for each in chats]
    return next(each for each in chats if each["title"] != ELENA and names.count(each["private"]["username"]) == 1)


def _set_phone(person: Person, chat: dict[str, Any], phone: str) -> None:
    where = f"/workspaces/{person.workspace_id}/chats/{chat['id']}/card"
    status, answer = person.api("PATCH", where, {"version": chat["card"]["version"], "phone": phone})
    assert status == 200, answer


def _card(person: Person, title: str) -> tuple[object, object, object]:
    """Priority, phone and tags of a chat."""
    card = chat_of(person, title)["card"]
    return card["priority"], card["phone"], values(person, title).get("Tags")
