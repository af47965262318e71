"""Getting back in, and leaving (product.md sections 2 and 14): reset, hard reset, deletion and its way back."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.people import PASSWORD, Person, bring_in, join, mailed_link
from tests.browser.product import RunningProduct
from tests.browser.screens import eventually
from tests.browser.signing_in import SECURITY, expect_signed_in, prove, sign_in

NEW_PASSWORD = "granite ferry violin october"


def test_a_forgotten_password_is_replaced_by_a_mailed_link_that_works_once(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    """Recovery: an e-mailed single-use link that ends all sessions."""
    product.leave_room_for(5)
    page = enter("/sign-in")
    page.get_by_role("link", name="Forgot your password?").click()
    _ask_for_link(page, person.email)
    link = eventually("the link is mailed", lambda: mailed_link(product, person.email, "/reset-password"))
    page.goto(link)
    expect(page).to_have_url(f"{product.origin}/reset-password")
    field = page.get_by_label("New password")
    field.fill("passwordpassword")
    page.get_by_role("button", name="Set password").click()
    expect(page.get_by_text("is guessed too soon.")).to_be_visible()
    field.fill(NEW_PASSWORD)
    page.get_by_role("button", name="Set password").click()
    expect(page.get_by_text("Your new password is set. Sign in with it.")).to_be_visible()
    assert person.api("GET", "/me")[0] == 401, "every session ended"
    sign_in(page, person.email, NEW_PASSWORD)
    expect_signed_in(page)
    again = enter(link)
    again.get_by_label("New password").fill(NEW_PASSWORD)
    again.get_by_role("button", name="Set password").click()
    expect(again.get_by_role("heading", name="This link does not work")).to_be_visible()
    again.get_by_role("link", name="Send a new link").click()
    expect(again).to_have_url(f"{product.origin}/forgot")


def test_asking_for_a_link_says_the_same_of_an_address_nobody_has(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    """Equal text for known and unknown e-mails, and another letter only after a minute."""
    product.leave_room_for(2)
    said = []
    for email in (person.email, "nobody.at.all@people.localhost"):
        page = enter("/forgot")
        _ask_for_link(page, email)
        expect(page.get_by_role("button", name=re.compile(r"Send again in \d:\d\d"))).to_be_disabled()
        said.append(re.sub(r"\d:\d\d", "", page.locator("main").inner_text()).replace(email, "…"))
    assert said[0] == said[1]


def _ask_for_link(page: Page, email: str) -> None:
    expect(page.get_by_role("heading", name="Forgot your password?")).to_be_visible()
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", name="Check your mail")).to_be_visible()


def test_an_incomplete_link_leads_to_a_new_one(enter: Enter) -> None:
    page = enter("/reset-password")
    expect(page.get_by_role("heading", name="This link does not work")).to_be_visible()
    expect(page.get_by_role("link", name="Send a new link")).to_be_visible()


def test_disconnecting_everything_signs_out_everywhere(enter: Enter, product: RunningProduct, person: Person) -> None:
    """Hard reset: one button, typed and proven."""
    product.leave_room_for(1)
    page = enter(SECURITY, person)
    page.get_by_role("button", name="Disconnect everything").click()
    dialog = page.get_by_role("dialog", name="Disconnect everything?")
    expect(dialog.get_by_role("button", name="Disconnect everything")).to_be_disabled()
    dialog.get_by_label(re.compile("to confirm")).fill(_username(person))
    prove(page, "Disconnect everything")
    expect(page.get_by_role("status").get_by_text("Your Telegram accounts are disconnected")).to_be_visible()
    expect(page).to_have_url(re.compile("/sign-in"))
    assert person.api("GET", "/me")[0] == 401
    assert person.api("POST", "/sign-in", {"email": person.email, "password": PASSWORD})[0] == 200


def _username(person: Person) -> str:
    return str(person.api("GET", "/me")[1]["user"]["username"])


def test_an_account_is_deleted_and_taken_back_by_the_mailed_link(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    """Leaving: sessions end at once; for seven days a mailed link undoes it."""
    product.leave_room_for(3)
    page = enter(SECURITY, person)
    _delete(page, person)
    expect(page.get_by_text("We mailed you a link that takes it back.")).to_be_visible()
    sign_in(page, person.email)
    expect(page.get_by_role("alert").get_by_text("This account is being deleted.")).to_be_visible()
    link = eventually("the way back is mailed", lambda: mailed_link(product, person.email, "/keep-account"))
    page.goto(link)
    page.get_by_role("button", name="Keep my account").click()
    expect(page.get_by_text("Your account is back. Sign in as before.")).to_be_visible()
    assert person.api("POST", "/sign-in", {"email": person.email, "password": PASSWORD})[0] == 200
    page.goto(link)
    page.get_by_role("button", name="Keep my account").click()
    expect(page.get_by_role("heading", name="This link does not work")).to_be_visible()


def test_the_only_owner_of_a_shared_workspace_is_told_which_before_leaving(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    bring_in(person, join(product, "Sam Ferrer"))
    product.leave_room_for(1)
    page = enter(SECURITY, person)
    _delete(page, person)
    refused = page.get_by_role("dialog").get_by_role("alert")
    refused.get_by_role("link", name="Robin Vale's workspace").click()
    expect(page).to_have_url(f"{product.origin}/w/{person.workspace_id}/settings/members")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert person.api("GET", "/me")[0] == 200


def _delete(page: Page, person: Person) -> None:
    page.get_by_role("button", name="Delete my account").click()
    page.get_by_role("dialog").get_by_label(re.compile("to confirm")).fill(_username(person))
    prove(page, "Delete my account")


def test_who_has_no_workspace_still_reaches_their_security_settings(enter: Enter, person: Person) -> None:
    page = enter("/contact", person)
    page.route("**/api/me", lambda asked: asked.fulfill(json={**asked.fetch().json(), "workspaces": []}))
    page.goto(SECURITY)
    expect(page.get_by_role("heading", name="Where you are signed in")).to_be_visible()
    expect(page.get_by_role("button", name="Sign out", exact=True)).to_be_visible()
    assert person.api("POST", "/sign-out")[0] == 204
    page.get_by_role("button", name="Change password").click()
    page.get_by_role("dialog").get_by_label("New password").fill(NEW_PASSWORD)
    prove(page, "Change password")
    expect(page).to_have_url(re.compile("/sign-in.*next=%2Fsettings%2Fsecurity"))
