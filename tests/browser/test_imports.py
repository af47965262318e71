"""A file is imported as a person does it: chosen, mapped, checked, written, and taken back."""

from playwright.sync_api import FilePayload, Locator, expect

from tests.browser.axe import violations
from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.screens import chats_of
from tests.browser.table import WIDE

CSV = (
    "Username;Priority;Call\r\n@elena_petrova;High;+49 30 1234567\r\nnobody_we_know;Low;\r\nelena_petrova;Low;\r\n"
).encode("utf-16")
LEADS = FilePayload(name="leads.csv", mimeType="text/csv", buffer=CSV)


def test_a_file_is_mapped_checked_mended_imported_and_taken_back_by_keyboard(enter: Enter, settled: Person) -> None:
    page = enter(f"/w/{settled.workspace_id}/chats", settled, viewport=WIDE)
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
    assert violations(page) == []
    dialog.get_by_role("button", name="Check").press("Enter")
    expect(dialog.get_by_role("status")).to_have_text("1 row has a chat.")
    wrong = dialog.get_by_role("region", name="What is wrong").get_by_role("row")
    expect(wrong.nth(1)).to_contain_text("3")
    expect(wrong.nth(1)).to_contain_text("There is no such chat")
    expect(wrong.nth(2)).to_contain_text("An earlier row is for the same chat")
    assert violations(page) == []
    dialog.get_by_role("textbox", name="Instead, in line 3, Username").fill(_somebody_else(settled))
    dialog.get_by_role("button", name="Check again").press("Enter")
    expect(dialog.get_by_role("status")).to_have_text("2 rows have a chat.")
    dialog.get_by_role("button", name="Import").press("Enter")
    expect(dialog.get_by_text("3 values were imported.")).to_be_visible()
    assert _elena(settled) == ("high", "+49301234567")
    assert violations(page) == []
    dialog.get_by_role("button", name="Undo the import of leads.csv").press("Enter")
    expect(dialog.get_by_text("3 values are what they were before.")).to_be_visible()
    assert _elena(settled) == (None, None)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Import a CSV file")).to_be_focused()
    page.goto(f"/w/{settled.workspace_id}/settings/import")
    listed = page.get_by_role("list", name="Imports").get_by_role("listitem").filter(has_text="what they were before")
    expect(listed).to_contain_text("leads.csv")


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


def _somebody_else(person: Person) -> str:
    names: list[str | None] = [each["private"]["username"] for each in chats_of(person) if each["private"]]
    return "@" + next(name for name in names if name and name != "elena_petrova" and names.count(name) == 1)


def _elena(person: Person) -> tuple[str | None, str | None]:
    [chat] = [each for each in chats_of(person) if each["telegram_title"] == "Elena Petrova"]
    return chat["card"]["priority"], chat["card"]["phone"]
