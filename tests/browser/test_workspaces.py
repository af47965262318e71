"""Workspaces: made, switched between, joined by invitation; what a member may not do is not offered."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Enter
from tests.browser.people import PASSWORD, Person, bring_in, join
from tests.browser.product import RunningProduct


def test_a_workspace_is_made_and_switched_to_and_from(enter: Enter, person: Person) -> None:
    page = enter(f"/w/{person.workspace_id}/inbox", person)
    _switcher(page).click()
    page.get_by_role("menuitem", name="Create a workspace").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Create workspace").click()
    expect(dialog.get_by_text("Enter a name.")).to_be_visible()
    dialog.get_by_label("Workspace name").fill("Northwind sales")
    dialog.get_by_role("button", name="Create workspace").click()
    expect(page.get_by_role("button", name="Workspace: Northwind sales")).to_be_visible()
    _switcher(page).click()
    page.get_by_role("menuitem", name="Robin Vale's workspace").click()
    expect(page.get_by_role("button", name="Workspace: Robin Vale's workspace")).to_be_visible()
    expect(page).to_have_url(f"{person.product.origin}/w/{person.workspace_id}/inbox")


def test_a_second_person_joins_by_link_and_sees_no_admin_actions(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    page = enter(f"/w/{person.workspace_id}/settings/members", person)
    page.get_by_role("button", name="Invite", exact=True).click()
    dialog = page.get_by_role("dialog", name="Invite to the workspace")
    dialog.get_by_role("button", name="Create link").click()
    link = dialog.get_by_label("Invitation link").input_value()
    other = join(product, "Sam Ferrer")
    theirs = enter(link, other)
    expect(theirs.get_by_role("heading", name="Join Robin Vale's workspace")).to_be_visible()
    theirs.get_by_role("button", name="Join as Sam Ferrer").click()
    expect(theirs.get_by_role("button", name="Workspace: Robin Vale's workspace")).to_be_visible()
    theirs.goto(f"/w/{person.workspace_id}/settings/members")
    expect(theirs.get_by_text("Robin Vale", exact=True)).to_be_visible()
    expect(theirs.get_by_role("button", name="Invite", exact=True)).to_have_count(0)
    expect(theirs.get_by_role("heading", name="Invitations")).to_have_count(0)
    theirs.goto(f"/w/{person.workspace_id}/chats")
    expect(theirs.get_by_role("heading", name="No chats yet")).to_be_visible()
    expect(theirs.get_by_role("button", name="Add column")).to_have_count(0)
    page.reload()
    expect(page.get_by_text("Sam Ferrer")).to_be_visible()


@pytest.fixture
def guest(product: RunningProduct) -> Person:
    """Somebody who opens invitation links."""
    return join(product, "Sam Ferrer")


def test_a_used_a_revoked_and_an_unknown_link_are_refused_in_words(enter: Enter, person: Person, guest: Person) -> None:
    used, revoked = _invite(person), _invite(person)
    assert guest.api("POST", "/invites/accept", {"token": _token(used)})[0] == 200
    assert person.api("DELETE", f"/workspaces/{person.workspace_id}/invites/{revoked['id']}")[0] == 204
    page = enter(str(used["link"]), guest)
    expect(page.get_by_role("heading", name="This invitation was used already")).to_be_visible()
    again = enter(str(revoked["link"]), guest)
    expect(again.get_by_role("heading", name="This invitation was taken back")).to_be_visible()
    unknown = enter("/invite#not-a-token-of-ours", guest)
    expect(unknown.get_by_role("heading", name="This invitation does not exist")).to_be_visible()


def test_a_member_is_led_to_the_workspace_they_are_in_already(enter: Enter, person: Person, guest: Person) -> None:
    bring_in(person, guest)
    page = enter(str(_invite(person)["link"]), guest)
    page.get_by_role("button", name="Join as Sam Ferrer").click()
    expect(page.get_by_role("heading", name="You are in this workspace already")).to_be_visible()
    page.get_by_role("link", name="Open the workspace").click()
    expect(page.get_by_role("button", name="Workspace: Robin Vale's workspace")).to_be_visible()


def test_a_link_for_another_address_waits_while_somebody_else_signs_in(
    enter: Enter, product: RunningProduct, person: Person, guest: Person
) -> None:
    meant = join(product, "Kim Stone")
    page = enter(str(_invite(person, email=meant.email)["link"]), guest)
    page.get_by_role("button", name="Join as Sam Ferrer").click()
    expect(page.get_by_role("heading", name="This invitation is for someone else")).to_be_visible()
    page.get_by_role("button", name="Sign in as somebody else").click()
    page.get_by_label("E-mail").fill(meant.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Join as Kim Stone").click()
    expect(page.get_by_role("button", name="Workspace: Robin Vale's workspace")).to_be_visible()


def test_a_link_of_somebody_who_may_no_longer_invite_counts_no_more(
    enter: Enter, product: RunningProduct, person: Person, guest: Person
) -> None:
    """What the inviter may not do any longer, their link may not either."""
    admin = join(product, "Ada Lind")
    bring_in(person, admin, "admin")
    link = str(_invite(admin)["link"])
    status, found = person.api("GET", f"/workspaces/{person.workspace_id}/members")
    assert status == 200, found
    [admin_id] = [each["user_id"] for each in found["members"] if each["full_name"] == "Ada Lind"]
    path = f"/workspaces/{person.workspace_id}/members/{admin_id}"
    assert person.api("PATCH", path, {"role": "member"})[0] == 200
    page = enter(link, guest)
    expect(page.get_by_role("heading", name="This invitation no longer counts")).to_be_visible()
    expect(page.get_by_text("Ask an Admin or Owner there for a new link.")).to_be_visible()


def _switcher(page: Page) -> Locator:
    return page.get_by_role("button", name="Workspace:")


def _invite(owner: Person, email: str | None = None) -> dict[str, object]:
    status, invite = owner.api("POST", f"/workspaces/{owner.workspace_id}/invites", {"role": "member", "email": email})
    assert status == 201, invite
    return dict(invite)


def _token(invite: dict[str, object]) -> str:
    return str(invite["link"]).rpartition("#")[2]
