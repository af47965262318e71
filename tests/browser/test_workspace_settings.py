"""The workspace itself (product.md section 3): name, logo, what Members may, and its deletion."""

import struct
import zlib
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations, violations_as_it_stands
from tests.browser.conftest import Enter
from tests.browser.people import PASSWORD, Person, bring_in, join
from tests.browser.product import RunningProduct
from tests.browser.signing_in import SECURITY, Phone, prove, save_backup_codes, set_up_second_factor, type_app_code

AT_ONCE_MS = 4_000
"""A change is pushed within a second; a loaded machine gets some more."""
ASKED_AGAIN_MS = 25_000
"""Nobody has a socket to a workspace that is being deleted: its screen asks now and then."""
TOO_LARGE = 600 * 1024
SHOWN = "element => element.complete && element.naturalWidth > 0"


@pytest.fixture
def teammate(product: RunningProduct, person: Person) -> Person:
    """A second member of the first person's workspace."""
    other = join(product, "Sam Ferrer")
    bring_in(person, other)
    return other


def test_a_new_name_is_everybodys_at_once(enter: Enter, person: Person, teammate: Person) -> None:
    page, theirs = _general(enter, person), _general(enter, teammate)
    page.get_by_label("Workspace name").fill("Northwind sales")
    page.get_by_role("button", name="Save name").click()
    expect(page.get_by_text("Workspace renamed.")).to_be_visible()
    expect(theirs.get_by_role("button", name="Workspace: Northwind sales")).to_be_visible(timeout=AT_ONCE_MS)
    expect(theirs.get_by_label("Workspace name")).to_have_value("Northwind sales")
    expect(theirs.get_by_role("button", name="Save name")).to_have_count(0)


def test_an_owner_says_after_how_long_members_are_told_of_a_chat_that_waits(enter: Enter, person: Person) -> None:
    page = _general(enter, person)
    hours = page.get_by_label("Hours a chat may wait for a reply")
    hours.fill("9000")
    expect(page.get_by_text("A whole number from 1 to")).to_be_visible()
    hours.fill("4")
    page.get_by_role("button", name="Save alerts").click()
    expect(page.get_by_text("Alerts saved.")).to_be_visible()
    page.reload()
    expect(hours).to_have_value("4")


def test_an_owner_switches_what_members_may_and_members_see_how_it_stands(
    enter: Enter, person: Person, teammate: Person
) -> None:
    """Toggles are an Owner's; their defaults: exporting data off, creating tickets on."""
    page, theirs = _general(enter, person), _general(enter, teammate)
    expect(page.get_by_role("switch", name="Create tickets")).to_be_checked()
    exporting = page.get_by_role("switch", name="Export data")
    expect(exporting).not_to_be_checked()
    expect(theirs.get_by_role("switch")).to_have_count(0)
    expect(_standing(theirs, "Export data", "Off")).to_be_visible()
    expect(theirs.get_by_text("Only Owners may do this. Ask Robin Vale.").first).to_be_visible()
    exporting.check(force=True)
    expect(page.get_by_text("Export data: on.")).to_be_visible()
    expect(_standing(theirs, "Export data", "On")).to_be_visible(timeout=AT_ONCE_MS)
    page.get_by_role("button", name="Undo").click()
    expect(exporting).not_to_be_checked()
    expect(_standing(theirs, "Export data", "Off")).to_be_visible(timeout=AT_ONCE_MS)


def test_a_second_factor_is_asked_of_everybody_only_by_who_has_one(enter: Enter, person: Person) -> None:
    page = _general(enter, person)
    page.get_by_role("switch", name="Require two-step verification").click(force=True)
    dialog = page.get_by_role("dialog", name="Require two-step verification?")
    expect(dialog.get_by_text("1 person here does not use it yet")).to_be_visible()
    dialog.get_by_role("button", name="Require it").click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    dialog.get_by_role("link", name="Set up your own first").click()
    expect(page).to_have_url(f"{person.product.origin}/w/{person.workspace_id}/settings/security")


def test_who_has_no_second_factor_is_shut_out_until_they_set_one_up(
    enter: Enter, product: RunningProduct, person: Person, teammate: Person
) -> None:
    """A workspace may require two-factor of its members."""
    product.leave_room_for(8)
    set_up_second_factor(enter(SECURITY, person))
    theirs = enter(f"/w/{teammate.workspace_id}/chats", teammate)
    expect(theirs.get_by_role("heading", name="No chats yet")).to_be_visible()
    page = _general(enter, person)
    page.get_by_role("switch", name="Require two-step verification").click(force=True)
    page.get_by_role("dialog").get_by_role("button", name="Require it").click()
    expect(page.get_by_role("switch", name="Require two-step verification")).to_be_checked()
    expect(theirs.get_by_role("heading", name="Robin Vale's workspace asks for two-step verification")).to_be_visible()
    assert violations(theirs) == []
    theirs.get_by_role("button", name="Set up two-step verification").click()
    prove(theirs, "Continue")
    dialog = theirs.get_by_role("dialog", name="Set up two-step verification")
    type_app_code(theirs, Phone(secret=dialog.locator("code").inner_text()).code())
    save_backup_codes(dialog)
    expect(theirs.get_by_role("heading", name="No chats yet")).to_be_visible()


def test_a_logo_is_put_up_shown_to_everybody_and_taken_away(
    enter: Enter, person: Person, teammate: Person, tmp_path: Path
) -> None:
    page, theirs = _general(enter, person), _general(enter, teammate)
    picture = tmp_path / "logo.png"
    picture.write_bytes(_png(64))
    page.get_by_label("Picture").set_input_files(picture)
    expect(page.get_by_text("Logo changed.")).to_be_visible()
    logo = page.get_by_role("button", name="Workspace:").locator("img")
    expect(logo).to_be_visible()
    assert logo.evaluate(SHOWN)
    expect(theirs.get_by_role("button", name="Workspace:").locator("img")).to_be_visible(timeout=AT_ONCE_MS)
    page.get_by_role("button", name="Remove logo").click()
    expect(page.get_by_text("Logo removed.")).to_be_visible()
    expect(logo).to_have_count(0)


def test_what_is_no_logo_is_refused_in_words(enter: Enter, person: Person, tmp_path: Path) -> None:
    page = _general(enter, person)
    for name, content, words in [
        ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is no PNG, JPEG or WebP picture."),
        ("large.png", bytes(TOO_LARGE), "This picture is larger than 512 KB."),
        ("false.png", b"no picture at all", "A logo is a PNG, JPEG or WebP picture of at most 512 KB."),
    ]:
        (tmp_path / name).write_bytes(content)
        page.get_by_label("Picture").set_input_files(tmp_path / name)
        expect(page.get_by_role("alert").filter(has_text=words)).to_be_visible()
    expect(page.get_by_role("button", name="Remove logo")).to_have_count(0)


def test_a_workspace_is_deleted_with_name_and_password_and_brought_back(
    enter: Enter, person: Person, teammate: Person
) -> None:
    """Deleting asks for the name and once more who it is; for seven days an Owner can undo it."""
    theirs = enter(f"/w/{teammate.workspace_id}/chats", teammate)
    expect(theirs.get_by_role("heading", name="No chats yet")).to_be_visible()
    page = _general(enter, person)
    dialog = _ask_for_deletion(page)
    expect(dialog.get_by_label("In 7 days")).to_be_checked()
    dialog.get_by_role("button", name="Delete workspace").click()
    expect(page.get_by_role("heading", name="Robin Vale's workspace is to be deleted")).to_be_visible()
    expect(theirs.get_by_role("heading", name="Robin Vale's workspace is to be deleted")).to_be_visible()
    expect(theirs.get_by_text("An Owner of the workspace can undo this.")).to_be_visible()
    expect(theirs.get_by_role("button", name="Undo the deletion")).to_have_count(0)
    assert person.api("GET", f"/workspaces/{person.workspace_id}/members")[0] == 404
    page.goto("/")
    expect(page.get_by_role("heading", name="Robin Vale's workspace is to be deleted")).to_be_visible()
    page.get_by_role("button", name="Undo the deletion").click()
    expect(page.get_by_role("button", name="Workspace: Robin Vale's workspace")).to_be_visible()
    expect(theirs.get_by_role("heading", name="No chats yet")).to_be_visible(timeout=ASKED_AGAIN_MS)


def test_a_workspace_that_is_erased_now_has_no_way_back(enter: Enter, person: Person) -> None:
    page = _general(enter, person)
    dialog = _ask_for_deletion(page)
    dialog.get_by_label("Now").check()
    dialog.get_by_role("button", name="Erase workspace now").click()
    gone = page.get_by_role("heading", name="You are no longer in Robin Vale's workspace")
    erasing = page.get_by_role("heading", name="Robin Vale's workspace is being erased")
    expect(gone.or_(erasing)).to_be_visible()
    expect(page.get_by_role("button", name="Undo the deletion")).to_have_count(0)
    expect(page.get_by_role("link", name="Create a workspace")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_on_what_stands_in_place_of_a_workspace(
    enter: Enter, product: RunningProduct, person: Person, width: int
) -> None:
    """The screens of a deleted workspace, of one that was left, and the dialogs that lead there."""
    look = {"viewport": {"width": width, "height": 900}}
    other = join(product, "Sam Ferrer")
    bring_in(person, other)
    theirs = enter(f"/w/{person.workspace_id}/settings/members", other, **look)
    page = enter(f"/w/{person.workspace_id}/settings/members", person, **look)
    page.get_by_role("button", name="Actions for Sam Ferrer").click()
    page.get_by_role("menuitem", name="Remove from workspace").click()
    removing = page.get_by_role("dialog", name="Remove Sam Ferrer?")
    removing.get_by_label("Type Sam Ferrer to confirm").fill("Sam Ferrer")
    found = violations_as_it_stands(page)
    removing.get_by_role("button", name="Remove from workspace").click()
    expect(theirs.get_by_role("heading", name="You are no longer in Robin Vale's workspace")).to_be_visible()
    found += violations_as_it_stands(theirs)
    page.goto(f"/w/{person.workspace_id}/settings/general")
    dialog = _ask_for_deletion(page)
    found += violations_as_it_stands(page)
    dialog.get_by_role("button", name="Delete workspace").click()
    expect(page.get_by_role("heading", name="Robin Vale's workspace is to be deleted")).to_be_visible()
    assert [*found, *violations_as_it_stands(page)] == []


def _general(enter: Enter, someone: Person) -> Page:
    page = enter(f"/w/{someone.workspace_id}/settings/general", someone)
    expect(page.get_by_role("heading", name="What Members may")).to_be_visible()
    return page


def _standing(page: Page, toggle: str, word: str) -> Locator:
    return page.locator("div").filter(has=page.get_by_text(toggle, exact=True)).get_by_text(word, exact=True).last


def _ask_for_deletion(page: Page) -> Locator:
    page.get_by_role("button", name="Delete workspace").click()
    dialog = page.get_by_role("dialog", name="Delete Robin Vale's workspace?")
    dialog.get_by_label("Type Robin Vale's workspace to confirm").fill("Robin Vale's workspace")
    dialog.get_by_label("Your password", exact=True).fill(PASSWORD)
    return dialog


def _png(side: int) -> bytes:
    """A small picture of one colour. Source: PNG specification, third edition, 5.3 and 11.2."""
    rows = b"".join(b"\x00" + b"\x17\x66\xc2" * side for _ in range(side))
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
