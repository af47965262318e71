"""Columns of every type in the table and beside a chat; their settings and those of tags (product.md section 5)."""

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.columns import ELENA, column, column_of, put
from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.screens import add_column
from tests.browser.table import WIDE, Table

AT_ONCE_MS = 4_000


def test_long_texts_choices_and_people_are_edited_in_the_table_and_beside_a_chat(
    enter: Enter, bare: Person, teammate_of_settled: Person
) -> None:
    page = enter(f"/w/{bare.workspace_id}/chats", bare, viewport=WIDE)
    table = Table(page, bare)
    add_column(page, "Notes", "Long text")
    add_column(page, "Interests", "Multiselect", options=["Price", "Speed"])
    add_column(page, "Owner", "Person")
    row = table.row_of(ELENA)
    table.select("Interests", row)
    page.keyboard.press("Enter")
    editor = page.get_by_role("combobox", name="Interests")
    editor.fill("speed")
    page.keyboard.press("Enter")
    editor.fill("Support")
    page.keyboard.press("Enter")
    expect(page.get_by_role("option", name="Support")).to_have_attribute("aria-selected", "true")
    with table.saving():
        page.keyboard.press("Tab")
    expect(table.cell("Interests", row)).to_have_text("Speed, Support")
    table.select("Owner", row)
    page.keyboard.press("Enter")
    page.get_by_role("combobox", name="Owner").fill("sam")
    with table.saving():
        page.keyboard.press("Enter")
    expect(table.cell("Owner", row)).to_have_text("Sam Ferrer")
    text = "First line\n" + "and more " * 100
    put(bare, column_of(bare, "Notes"), text)
    expect(table.cell("Notes", row)).to_contain_text("First line")
    table.select("Notes", row)
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Notes")).to_have_value(text.strip())
    page.keyboard.press("Escape")
    table.select("Name", row)
    page.keyboard.press("Space")
    details = page.get_by_role("complementary", name="Details")
    expect(details.get_by_role("button", name="Interests: Speed, Support")).to_be_visible()
    expect(details.get_by_role("button", name="Owner: Sam Ferrer")).to_be_visible()
    notes = details.get_by_role("textbox", name="Notes")
    expect(notes).to_have_value(text.strip())
    notes.fill("Short\nnow")
    with table.saving():
        notes.blur()
    expect(table.cell("Notes", row)).to_have_text("Short\nnow")


def test_columns_are_put_in_order_described_and_converted_only_where_nothing_is_lost(
    enter: Enter, bare: Person, teammate_of_settled: Person
) -> None:
    for name in ("Amount", "Stage", "Note"):
        column(bare, name, "text")
    put(bare, column_of(bare, "Amount"), "007")
    page = enter(f"/w/{bare.workspace_id}/settings/fields", bare)
    theirs = enter(f"/w/{bare.workspace_id}/settings/fields", teammate_of_settled)
    fields = page.get_by_role("list", name="Fields")
    expect(theirs.get_by_role("button", name="Add column")).to_have_count(0)
    handle = fields.get_by_role("button", name="Move Note")
    handle.focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_text("Note stands behind Amount now.")).to_be_attached()
    expect(handle).to_be_focused()
    said = ["Tags", "Amount", "Note", "Stage"]
    expect(fields.get_by_role("listitem")).to_contain_text(said)
    expect(theirs.get_by_role("list", name="Fields").get_by_role("listitem")).to_contain_text(said, timeout=AT_ONCE_MS)
    fields.get_by_role("button", name="Move Stage").drag_to(rows_of(fields).first, target_position={"x": 40, "y": 2})
    expect(fields.get_by_role("listitem")).to_contain_text(["Stage", "Tags", "Amount", "Note"])
    fields.get_by_role("button", name="Count the values of Amount").click()
    expect(fields.get_by_text("In 1 chat")).to_be_visible()
    fields.get_by_role("button", name="Edit Amount").click()
    dialog = page.get_by_role("dialog", name="Edit column")
    dialog.get_by_role("textbox", name="Description").fill("What they pay")
    dialog.get_by_role("checkbox", name="Required").check()
    dialog.get_by_role("button", name="Save column").click()
    expect(rows_of(fields).filter(has_text="Amount")).to_contain_text("What they pay")
    expect(rows_of(fields).filter(has_text="Amount")).to_contain_text("Required")
    fields.get_by_role("button", name="Edit Amount").click()
    pick_type(page, dialog, "Number")
    expect(dialog.get_by_text("1 value would be lost.")).to_be_visible()
    expect(dialog.get_by_role("row", name=f"{ELENA} 007")).to_be_visible()
    expect(dialog.get_by_role("button", name="Change type")).to_be_disabled()
    assert violations(page) == []
    put(bare, column_of(bare, "Amount"), "7", version=1)
    dialog.get_by_role("button", name="Keep the type").click()
    pick_type(page, dialog, "Number")
    expect(dialog.get_by_text("1 value fits.")).to_be_visible()
    dialog.get_by_role("button", name="Change type").click()
    expect(rows_of(fields).filter(has_text="Amount")).to_contain_text("Becoming Number")


def test_tags_are_made_coloured_renamed_and_merged(enter: Enter, bare: Person, teammate_of_settled: Person) -> None:
    page = enter(f"/w/{bare.workspace_id}/settings/tags", bare, color_scheme="dark")
    theirs = enter(f"/w/{bare.workspace_id}/settings/tags", teammate_of_settled)
    for name in ("VIP", "Prospect", "Customer"):
        page.get_by_role("textbox", name="New option").fill(name)
        page.keyboard.press("Enter")
        expect(page.get_by_role("textbox", name=f"Name of {name}")).to_be_visible()
    tags = page.get_by_role("list", name="Tags")
    put(bare, column_of(bare, "Tags"), [option_of(bare, "Tags", "Prospect")])
    page.reload()
    expect(rows_of(tags).nth(1)).to_contain_text("1 chat")
    field = page.get_by_role("textbox", name="Name of VIP")
    field.fill("Very important")
    field.press("Enter")
    expect(theirs.get_by_text("Very important")).to_be_visible(timeout=AT_ONCE_MS)
    page.get_by_role("button", name="Colour of Customer").click()
    page.get_by_role("menuitem", name="Violet").click()
    expect(page.get_by_role("menu")).to_have_count(0)
    page.get_by_role("button", name="Merge Prospect into another").click()
    dialog = page.get_by_role("dialog", name="Merge “Prospect”")
    expect(dialog.get_by_text("1 chat gets the other one instead.")).to_be_visible()
    assert violations(page) == []
    dialog.get_by_role("combobox", name="Into").click()
    page.get_by_role("option", name="Customer").click()
    dialog.get_by_role("button", name="Merge").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("textbox", name="Name of Prospect")).to_have_count(0)
    page.get_by_role("button", name="Take Very important away").click()
    expect(rows_of(tags)).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(rows_of(tags)).to_have_count(2)
    assert [option["hue"] for option in column_of(bare, "Tags")["options"] if option["name"] == "Customer"] == [
        "violet"
    ]


def rows_of(listed: Locator) -> Locator:
    return listed.get_by_role("listitem")


def pick_type(page: Page, dialog: Locator, name: str) -> None:
    dialog.get_by_role("combobox", name="Type").click()
    page.get_by_role("option", name=name, exact=True).click()


def option_of(person: Person, column: str, name: str) -> str:
    [found] = [option["id"] for option in column_of(person, column)["options"] if option["name"] == name]
    return str(found)


def test_files_hang_at_a_chat_in_its_cell_and_beside_it_and_others_see_them_at_once(
    enter: Enter, bare: Person, teammate_of_settled: Person
) -> None:
    column(bare, "Papers", "files")
    where = f"/w/{bare.workspace_id}/chats"
    page, theirs = enter(where, bare, viewport=WIDE), enter(where, teammate_of_settled, viewport=WIDE)
    table, seen = Table(page, bare), Table(theirs, teammate_of_settled)
    row = table.row_of(ELENA)
    table.select("Papers", row)
    page.keyboard.press("Enter")
    editor = page.get_by_role("group", name="Papers")
    papers: list[FilePayload] = [
        {"name": name, "mimeType": "text/plain", "buffer": b"signed"}
        for name in ("draft.txt", "offer.txt", "contract.txt")
    ]
    editor.locator("input[type=file]").set_input_files(papers)
    for name in ("draft.txt", "offer.txt", "contract.txt"):
        expect(editor.get_by_role("button", name=f"Remove {name}")).to_be_visible()
    assert violations(page) == []
    editor.get_by_role("button", name="Remove draft.txt").click()
    asked = page.get_by_role("dialog", name="Remove this file?")
    expect(asked.get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Escape")
    expect(asked).to_have_count(0)
    editor.get_by_role("button", name="Remove draft.txt").click()
    with table.saving():
        asked.get_by_role("button", name="Remove file").click()
    expect(editor.get_by_role("button", name="Remove draft.txt")).to_have_count(0)
    editor.get_by_role("button", name="Attach files").press("Escape")
    expect(editor).to_have_count(0)
    expect(table.cell("Papers", row)).to_have_text("2")
    expect(seen.cell("Papers", seen.row_of(ELENA))).to_have_text("2", timeout=AT_ONCE_MS)
    table.select("Papers", row)
    page.keyboard.press("Delete")
    page.keyboard.press("ControlOrMeta+z")
    expect(table.cell("Papers", row)).to_have_text("2")

    table.select("Name", row)
    page.keyboard.press("Space")
    beside = page.get_by_role("complementary", name="Details").get_by_role("group", name="Papers")
    beside.get_by_role("button", name="Remove offer.txt").click()
    assert violations(page) == []
    with table.saving():
        asked.get_by_role("button", name="Remove file").click()
    expect(beside.get_by_role("button", name="Remove contract.txt")).to_be_visible()
    expect(seen.cell("Papers", seen.row_of(ELENA))).to_have_text("1", timeout=AT_ONCE_MS)

    seen.select("Name", seen.row_of(ELENA))
    theirs.keyboard.press("Shift+Space")
    theirs.get_by_role("region", name="Selected chats").get_by_role("button", name="Edit…").click()
    many = theirs.get_by_role("dialog", name="Edit 1 chat")
    many.get_by_role("combobox", name="Field").click()
    theirs.get_by_role("option", name="Papers").click()
    expect(many.get_by_text("Files are attached chat by chat.")).to_be_visible()
    many.get_by_role("button", name="Apply").click()
    expect(table.cell("Papers", row)).to_have_text("", timeout=AT_ONCE_MS)
    many.get_by_role("button", name="Undo").click()
    expect(table.cell("Papers", row)).to_have_text("1", timeout=AT_ONCE_MS)
