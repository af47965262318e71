"""Members (product.md section 3): roles, permissions, aliases, removal, leaving; seen by others as it happens."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Enter
from tests.browser.people import PASSWORD, Person, bring_in, join
from tests.browser.product import RunningProduct

AT_ONCE_MS = 4_000
"""A change of one person's is on the other's screen within a second; a loaded machine gets some more."""


@pytest.fixture
def teammate(product: RunningProduct, person: Person) -> Person:
    """A second member of the first person's workspace."""
    other = join(product, "Sam Ferrer")
    bring_in(person, other)
    return other


def test_a_teammate_is_invited_and_their_new_role_is_in_the_log_of_both(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    """Invite a teammate, change a role, read it in the activity log live on the other screen."""
    page = _members(enter, person)
    page.get_by_role("button", name="Invite", exact=True).click()
    dialog = page.get_by_role("dialog", name="Invite to the workspace")
    dialog.get_by_role("button", name="Create link").click()
    link = dialog.get_by_label("Invitation link").input_value()
    dialog.get_by_role("button", name="Done").click()
    other = join(product, "Sam Ferrer")
    theirs = enter(link, other)
    theirs.get_by_role("button", name="Join as Sam Ferrer").click()
    expect(theirs.get_by_role("button", name="Workspace: Robin Vale's workspace")).to_be_visible()
    expect(_row(page, "Sam Ferrer")).to_be_visible(timeout=AT_ONCE_MS)
    theirs.keyboard.press("g")
    theirs.keyboard.press("l")
    log = theirs.get_by_role("table", name="Activity log")
    expect(log.get_by_role("row").filter(has_text="Joined the workspace")).to_have_count(1)
    theirs.mouse.move(5, 5)
    _choose_role(page, "Sam Ferrer", "Admin")
    changed = log.get_by_role("row").filter(has_text="Changed a role")
    expect(changed).to_contain_text("Robin Vale", timeout=AT_ONCE_MS)
    expect(changed).to_contain_text("Sam Ferrer")
    expect(changed.get_by_role("cell", name="Role was Member and is now Admin")).to_be_visible()
    expect(theirs.get_by_role("button", name="Export CSV")).to_be_visible()


def test_a_change_of_role_is_taken_back_by_undo(enter: Enter, person: Person, teammate: Person) -> None:
    page = _members(enter, person)
    _choose_role(page, "Sam Ferrer", "Admin")
    expect(page.get_by_text("Sam Ferrer is Admin now.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("combobox", name="Role of Sam Ferrer")).to_have_value("Member")
    assert _member(person, "Sam Ferrer")["role"] == "member"


def test_what_a_member_may_not_is_not_offered(enter: Enter, person: Person, teammate: Person) -> None:
    """A Member sees who is there, and neither roles to give nor invitations nor requests."""
    theirs = _members(enter, teammate)
    expect(_row(theirs, "Robin Vale")).to_contain_text("Owner")
    expect(theirs.get_by_role("combobox")).to_have_count(0)
    expect(theirs.get_by_role("columnheader", name="Two-step")).to_have_count(0)
    expect(theirs.get_by_role("heading", name="Invitations")).to_have_count(0)
    theirs.get_by_role("button", name="Actions for Robin Vale").click()
    expect(theirs.get_by_role("menuitem")).to_have_count(1)


def test_an_admin_acts_on_members_only(enter: Enter, product: RunningProduct, person: Person, teammate: Person) -> None:
    """People act on and grant only roles below their own."""
    admin = join(product, "Ada Lind")
    bring_in(person, admin, "admin")
    page = _members(enter, admin)
    expect(_row(page, "Sam Ferrer")).to_be_visible()
    expect(page.get_by_role("combobox")).to_have_count(0)
    assert _actions(page, "Robin Vale") == ["Show activity"]
    assert _actions(page, "Sam Ferrer") == [
        "Show activity",
        "Change alias",
        "Change permissions",
        "Remove from workspace",
    ]


def test_an_alias_is_what_everybody_sees(enter: Enter, person: Person, teammate: Person) -> None:
    page, theirs = _members(enter, person), _members(enter, teammate)
    dialog = _act(page, "Sam Ferrer", "Change alias")
    dialog.get_by_label("Alias").fill("Sam from Lisbon")
    dialog.get_by_role("button", name="Save alias").click()
    expect(_row(page, "Sam from Lisbon")).to_contain_text("Sam Ferrer")
    expect(_row(theirs, "Sam from Lisbon")).to_be_visible(timeout=AT_ONCE_MS)


def test_a_permission_is_given_to_one_member(enter: Enter, person: Person, teammate: Person) -> None:
    """The flag `manage columns` lets a Member do what otherwise Admins and Owners do."""
    page = _members(enter, person)
    columns = f"/workspaces/{person.workspace_id}/columns"
    assert teammate.api("POST", columns, {"name": "Stage", "type": "text"})[0] == 403
    dialog = _act(page, "Sam Ferrer", "Change permissions")
    dialog.get_by_label("Manage columns").check()
    dialog.get_by_role("button", name="Save permissions").click()
    expect(page.get_by_text("Permissions of Sam Ferrer changed.")).to_be_visible()
    expect(_row(page, "Sam Ferrer")).to_contain_text("Manage columns")
    assert teammate.api("POST", columns, {"name": "Stage", "type": "text"})[0] == 201


def test_removal_closes_the_removed_ones_screen_and_leads_them_on(
    enter: Enter, person: Person, teammate: Person
) -> None:
    page = _members(enter, person)
    theirs = enter(f"/w/{teammate.workspace_id}/chats", teammate)
    expect(theirs.get_by_role("heading", name="No chats yet")).to_be_visible()
    dialog = _act(page, "Sam Ferrer", "Remove from workspace")
    expect(dialog.get_by_text("Their Telegram accounts are logged out here")).to_be_visible()
    expect(dialog.get_by_role("button", name="Remove from workspace")).to_be_disabled()
    dialog.get_by_label("Type Sam Ferrer to confirm").fill("Sam Ferrer")
    dialog.get_by_role("button", name="Remove from workspace").click()
    expect(page.get_by_text("Sam Ferrer was removed.")).to_be_visible()
    expect(_row(page, "Sam Ferrer")).to_have_count(0)
    expect(theirs.get_by_role("heading", name="You are no longer in Robin Vale's workspace")).to_be_visible()
    theirs.get_by_role("link", name="Sam Ferrer's workspace").click()
    expect(theirs.get_by_role("button", name="Workspace: Sam Ferrer's workspace")).to_be_visible()


def test_a_foreign_workspace_and_a_missing_page_look_like_nothing_at_all(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    stranger = join(product, "Kim Stone")
    page = enter(f"/w/{person.workspace_id}/settings/members", stranger)
    expect(page.get_by_role("heading", name="There is nothing at this address")).to_be_visible()
    page.goto(f"/w/{stranger.workspace_id}/settings/nowhere")
    expect(page.get_by_role("heading", name="There is nothing at this address")).to_be_visible()
    expect(page.get_by_role("navigation", name="Main").first).to_be_visible()


def test_ownership_is_handed_over_with_the_name_and_the_password(
    enter: Enter, person: Person, teammate: Person
) -> None:
    """Ownership can be transferred; who did it is asked once more, and becomes Admin."""
    page = _members(enter, person)
    dialog = _act(page, "Sam Ferrer", "Hand over ownership")
    dialog.get_by_label("Type Sam Ferrer to confirm").fill("Sam Ferrer")
    dialog.get_by_label("Your password", exact=True).fill("not the password")
    dialog.get_by_role("button", name="Hand over ownership").click()
    expect(dialog.get_by_role("alert").or_(dialog.locator(".mantine-InputWrapper-error")).first).to_be_visible()
    dialog.get_by_label("Your password", exact=True).fill(PASSWORD)
    dialog.get_by_role("button", name="Hand over ownership").click()
    expect(page.get_by_text("Sam Ferrer owns the workspace now.")).to_be_visible()
    expect(_row(page, "Robin Vale")).to_contain_text("Admin")
    assert _member(person, "Sam Ferrer")["role"] == "owner"


def test_making_an_owner_is_asked_first(enter: Enter, person: Person, teammate: Person) -> None:
    page = _members(enter, person)
    _choose_role(page, "Sam Ferrer", "Owner")
    dialog = page.get_by_role("dialog", name="Make Sam Ferrer an Owner?")
    dialog.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("combobox", name="Role of Sam Ferrer")).to_have_value("Member")
    _choose_role(page, "Sam Ferrer", "Owner")
    page.get_by_role("dialog", name="Make Sam Ferrer an Owner?").get_by_role("button", name="Make Owner").click()
    expect(page.get_by_role("combobox", name="Role of Sam Ferrer")).to_have_value("Owner")
    expect(page.get_by_role("button", name="Leave the workspace")).to_be_visible()


def test_the_only_owner_is_told_what_has_to_come_first(enter: Enter, person: Person, teammate: Person) -> None:
    """An Owner may demote or remove Owners while one remains."""
    page = _members(enter, person)
    expect(_row(page, "Robin Vale")).to_contain_text("Make another Owner first to change this.")
    expect(page.get_by_text("A workspace needs an Owner, and you are the only one.")).to_be_visible()
    expect(page.get_by_role("button", name="Leave the workspace")).to_have_count(0)


def test_a_request_to_leave_is_seen_at_once_and_approved(enter: Enter, person: Person, teammate: Person) -> None:
    page, theirs = _members(enter, person), _members(enter, teammate)
    theirs.get_by_role("button", name="Ask to leave").click()
    dialog = theirs.get_by_role("dialog", name="Ask to leave Robin Vale's workspace")
    dialog.get_by_label("Reason (optional)").fill("I move to another team.")
    dialog.get_by_role("button", name="Ask to leave").click()
    expect(theirs.get_by_role("button", name="Withdraw the request")).to_be_visible()
    expect(page.get_by_role("heading", name="Requests to leave")).to_be_visible(timeout=AT_ONCE_MS)
    expect(page.get_by_text("I move to another team.")).to_be_visible()
    page.get_by_role("button", name="Approve the request of Sam Ferrer").click()
    page.get_by_role("dialog", name="Let Sam Ferrer go?").get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Sam Ferrer has left.")).to_be_visible()
    expect(_row(page, "Sam Ferrer")).to_have_count(0)
    expect(theirs.get_by_role("heading", name="You are no longer in Robin Vale's workspace")).to_be_visible()


def test_a_request_to_leave_is_withdrawn_or_denied(enter: Enter, person: Person, teammate: Person) -> None:
    """The asker may withdraw; an Admin or Owner approves or denies."""
    page, theirs = _members(enter, person), _members(enter, teammate)
    wish = f"/workspaces/{person.workspace_id}/leave-request"
    assert teammate.api("PUT", wish, {"reason": None})[0] == 200
    theirs.get_by_role("button", name="Withdraw the request").click()
    expect(theirs.get_by_role("button", name="Ask to leave")).to_be_visible()
    expect(page.get_by_role("heading", name="Requests to leave")).to_have_count(0)
    assert teammate.api("PUT", wish, {"reason": None})[0] == 200
    page.get_by_role("button", name="Deny the request of Sam Ferrer").click()
    expect(page.get_by_text("Sam Ferrer stays.")).to_be_visible()
    expect(theirs.get_by_role("button", name="Ask to leave")).to_be_visible(timeout=AT_ONCE_MS)


def test_an_invitation_is_sent_again_under_a_new_link_and_revoked_after_a_question(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    status, invite = person.api("POST", f"/workspaces/{person.workspace_id}/invites", {"role": "member"})
    assert status == 201, invite
    page = _members(enter, person)
    page.get_by_role("button", name="Resend the invitation for Anyone with the link").click()
    made = page.get_by_role("dialog", name="A new link for Anyone with the link")
    link = made.get_by_label("Invitation link").input_value()
    made.get_by_role("button", name="Done").click()
    guest = join(product, "Sam Ferrer")
    old = enter(str(invite["link"]), guest)
    expect(old.get_by_role("heading", name="This invitation does not exist")).to_be_visible()
    new = enter(link, guest)
    expect(new.get_by_role("button", name="Join as Sam Ferrer")).to_be_visible()
    page.get_by_role("button", name="Revoke the invitation for Anyone with the link").click()
    asked = page.get_by_role("dialog", name="Revoke the invitation?")
    asked.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="Revoke the invitation for Anyone with the link").click()
    asked.get_by_role("button", name="Revoke invitation").click()
    expect(page.get_by_text("Revoked", exact=True)).to_be_visible()
    new.get_by_role("button", name="Join as Sam Ferrer").click()
    expect(new.get_by_role("heading", name="This invitation was taken back")).to_be_visible()


def _members(enter: Enter, someone: Person) -> Page:
    page = enter(f"/w/{someone.workspace_id}/settings/members", someone)
    expect(page.get_by_role("heading", name="Members")).to_be_visible()
    return page


def _row(page: Page, name: str) -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_text(name, exact=True))


def _choose_role(page: Page, name: str, role: str) -> None:
    page.get_by_role("combobox", name=f"Role of {name}").click()
    page.get_by_role("option", name=role, exact=True).click()


def _act(page: Page, name: str, action: str) -> Locator:
    page.get_by_role("button", name=f"Actions for {name}").click()
    page.get_by_role("menuitem", name=action).click()
    return page.get_by_role("dialog")


def _actions(page: Page, name: str) -> list[str]:
    page.get_by_role("button", name=f"Actions for {name}").click()
    expect(page.get_by_role("menuitem").first).to_be_visible()
    names = page.get_by_role("menuitem").all_inner_texts()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menuitem")).to_have_count(0)
    return names


def _member(person: Person, full_name: str) -> dict[str, object]:
    status, found = person.api("GET", f"/workspaces/{person.workspace_id}/members")
    assert status == 200, found
    [member] = [each for each in found["members"] if each["full_name"] == full_name]
    return dict(member)
