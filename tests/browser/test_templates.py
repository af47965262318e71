"""Templates: written with variables and a preview, found by `/` in the composer, and never sent with a hole in them."""

import re
from typing import Any

from playwright.sync_api import FilePayload, Locator, Page, expect

from chalicelib.kernel import ids
from tests.browser.axe import violations, violations_as_it_stands
from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.product import RunningProduct
from tests.browser.screens import copies_at_telegram, eventually, open_chat

CHAT = "Elena Petrova"


def keep(person: Person, name: str, text: str, **more: Any) -> dict[str, Any]:
    """Keep a template by the API."""
    body = {"name": name, "text": text, "is_shared": True, **more}
    status, made = person.api("POST", f"/workspaces/{person.workspace_id}/templates", body)
    assert status == 201, made
    return dict(made)


def forget_all(person: Person) -> None:
    """Remove what other tests kept."""
    where = f"/workspaces/{person.workspace_id}/templates"
    for each in person.api("GET", where)[1]["templates"]:
        assert person.api("DELETE", f"{where}/{each['id']}")[0] == 204


def field_of(page: Page) -> Locator:
    """Where messages are written."""
    return page.get_by_role("textbox", name="Message", exact=True)


def test_a_template_is_written_from_a_starter_guarded_shared_live_deleted_and_brought_back(
    enter: Enter, settled: Person, teammate_of_settled: Person
) -> None:
    forget_all(settled)
    page = enter(f"/w/{settled.workspace_id}/templates", settled)
    theirs = enter(f"/w/{settled.workspace_id}/templates", teammate_of_settled)
    expect(theirs.get_by_role("heading", name="No templates yet")).to_be_visible()
    assert violations_as_it_stands(page) == []

    page.get_by_role("button", name="Welcome").click()
    preview = page.get_by_role("region", name="Preview")
    page.get_by_role("combobox", name="Preview for").fill(CHAT)
    page.get_by_role("option", name=CHAT).click()
    expect(preview).to_contain_text("Hello Elena, thank you")
    text = page.get_by_role("textbox", name="Text")
    text.press("ControlOrMeta+End")
    page.get_by_role("button", name="Variable").click()
    page.get_by_role("combobox", name="Variable").fill("Telegram")
    page.get_by_role("option", name="Telegram account").click()
    page.get_by_role("textbox", name="Where there is nothing").fill("us")
    assert violations_as_it_stands(page) == []
    page.get_by_role("button", name="Insert").click()
    expect(text).to_have_value(re.compile(r"^Hello {{contact.first_name\|there}}, .*\?{{account.name\|us}}$"))
    expect(text).to_be_focused()
    expect(preview).not_to_contain_text("{{")

    page.get_by_role("link", name="Inbox").first.click()
    guard = page.get_by_role("dialog", name="Leave without saving?")
    assert violations_as_it_stands(page) == []
    guard.get_by_role("button", name="Cancel").click()
    page.get_by_role("switch", name="Shared with the workspace").check()
    page.get_by_role("button", name="Save template").click()
    expect(page.get_by_role("navigation", name="Templates").get_by_role("link", name="Welcome")).to_be_visible()
    theirs.get_by_role("link", name="Welcome").click()
    expect(theirs.get_by_text("Only Admins and Owners may do this.")).to_be_visible()
    expect(theirs.get_by_role("textbox", name="Name")).not_to_be_editable()

    name = page.get_by_role("textbox", name="Name")
    name.fill("A warm welcome")
    page.get_by_role("button", name="Save template").click()
    expect(theirs.get_by_role("textbox", name="Name")).to_have_value("A warm welcome")
    page.get_by_role("button", name="Delete template").click()
    expect(theirs.get_by_role("heading", name="This template is not here")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(theirs.get_by_role("textbox", name="Name")).to_have_value("A warm welcome")
    expect(name).to_have_value("A warm welcome")


def test_a_template_that_somebody_changed_first_is_not_written_over(enter: Enter, settled: Person) -> None:
    kept = keep(settled, f"Prices {ids.mint()}", "Ten euros")
    path = f"/workspaces/{settled.workspace_id}/templates/{kept['id']}"
    page = enter(f"/w/{settled.workspace_id}/templates/{kept['id']}", settled)
    text = page.get_by_role("textbox", name="Text")
    text.fill("Twelve euros")
    body = {"name": kept["name"], "text": "Eleven euros", "is_shared": True, "version": 1}
    assert settled.api("PUT", path, body)[0] == 200
    page.get_by_role("button", name="Save template").click()
    expect(page.get_by_role("alert")).to_contain_text("Somebody changed this template meanwhile")
    expect(text).to_have_value("Twelve euros")
    page.get_by_role("button", name="Show what stands, and drop my changes").click()
    expect(text).to_have_value("Eleven euros")


def test_slash_finds_a_template_fills_it_for_the_chat_and_sends_nothing_with_a_hole_in_it(
    enter: Enter, product: RunningProduct, settled: Person
) -> None:
    mark = ids.mint()[-8:]
    status, column = settled.api(
        "POST", f"/workspaces/{settled.workspace_id}/columns", {"name": f"Stage {mark}", "type": "text"}
    )
    assert status == 201, column
    bold = [{"type": "bold", "offset": 0, "length": 5}]
    keep(settled, f"Greeting {mark}", f"Hello {{{{contact.first_name}}}} {mark}", shortcut=f"hi-{mark}", entities=bold)
    keep(settled, f"Where we are {mark}", f"Now {{{{column.{column['key']}}}}} {mark}")
    page = enter(f"/w/{settled.workspace_id}/inbox", settled)
    log = open_chat(page, CHAT)
    expect(log.get_by_role("article").first).to_be_visible()
    field = field_of(page)

    field.press_sequentially("/")
    options = page.get_by_role("option")
    expect(options.nth(1)).to_be_visible()
    expect(options.first).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    assert violations_as_it_stands(page) == []
    field.press_sequentially(f"hi-{mark}")
    expect(page.get_by_role("region", name="Preview")).to_have_text(f"Hello Elena {mark}")
    field.press("Enter")
    expect(field).to_have_value(f"Hello Elena {mark}")
    expect(page.get_by_role("region", name="How it will look").locator("strong")).to_have_text("Hello")
    field.press("Enter")
    expect(log.get_by_text(f"Elena {mark}")).to_be_visible()
    eventually("it is at Telegram", lambda: copies_at_telegram(product, f"Hello Elena {mark}"))

    field.press_sequentially("/where")
    expect(page.get_by_role("region", name="Preview").locator("mark")).to_be_visible()
    field.press("Enter")
    hole = f"{{{{column.{column['key']}}}}}"
    expect(field).to_have_value(f"Now {hole} {mark}")
    field.press("Enter")
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_disabled()
    expect(page.get_by_role("region", name="How it will look").locator("mark")).to_have_text(hole)
    assert violations_as_it_stands(page) == []
    page.get_by_role("region", name="To fill in").get_by_role("button", name=f"Stage {mark}").click()
    page.keyboard.type("shipping")
    expect(field).to_have_value(f"Now shipping {mark}")
    field.press("Enter")
    expect(log.get_by_text(f"Now shipping {mark}")).to_be_visible()
    assert copies_at_telegram(product, hole) == []

    field.press_sequentially("/where")
    field.press("Enter")
    page.get_by_role("button", name="Send as it is").click()
    expect(log.get_by_text(f"Now {hole} {mark}")).to_be_visible()
    field.press_sequentially(f"/nothing {mark}")
    expect(page.get_by_text("No template matches.")).to_be_visible()
    field.press("Escape")
    field.press("Enter")
    expect(log.get_by_text(f"/nothing {mark}")).to_be_visible()


def test_the_files_of_a_template_follow_its_text_to_telegram(
    enter: Enter, product: RunningProduct, settled: Person
) -> None:
    mark = ids.mint()[-8:]
    kept = keep(settled, f"Prices {mark}", f"Our prices {mark}", shortcut=f"prices-{mark}")
    page = enter(f"/w/{settled.workspace_id}/templates/{kept['id']}", settled)
    files = page.get_by_role("region", name="Files")
    listed: list[FilePayload] = [
        {"name": name, "mimeType": "text/plain", "buffer": name.encode()} for name in (f"list-{mark}.txt", "old.txt")
    ]
    files.locator("input[type=file]").set_input_files(listed)
    expect(files.get_by_role("button", name="Remove old.txt")).to_be_visible()
    expect(files.get_by_role("button", name=f"Remove list-{mark}.txt")).to_be_visible()
    page.get_by_role("button", name="Save template").click()
    expect(page.get_by_text("Template saved.")).to_be_visible()
    assert violations(page) == []

    page = enter(f"/w/{settled.workspace_id}/inbox", settled, color_scheme="dark")
    log = open_chat(page, CHAT)
    expect(log.get_by_role("article").first).to_be_visible()
    field = field_of(page)
    field.press_sequentially(f"/prices-{mark}")
    expect(page.get_by_role("option").get_by_role("img", name="2 files")).to_be_visible()
    field.press("Enter")
    going = page.get_by_role("list", name="Files that follow the text")
    expect(going.get_by_role("listitem")).to_have_count(2)
    going.get_by_role("button", name="Leave old.txt out").click()
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_enabled()
    expect(page.get_by_role("button", name="Send later or silently")).to_be_disabled()
    assert violations(page) == []
    field.press("Enter")
    expect(going).to_have_count(0)
    expect(log.get_by_text(f"list-{mark}.txt")).to_be_visible()
    eventually("it is at Telegram", lambda: copies_at_telegram(product, f"Our prices {mark}"))
    expect(log.get_by_text("old.txt")).to_have_count(0)
