"""Signing in with a second factor, sessions, and changing how one signs in (product.md section 2), on the screens."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.people import PASSWORD, Person, letters, mailed_link
from tests.browser.product import RunningProduct
from tests.browser.screens import eventually
from tests.browser.signing_in import (
    SECURITY,
    expect_signed_in,
    prove,
    save_backup_codes,
    section,
    set_up_second_factor,
    sign_in,
    type_app_code,
)

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
ENDED_WITHIN_MS = 20_000
NEW_PASSWORD = "granite ferry violin october"


def test_a_second_device_shows_a_code_stands_in_the_list_with_a_notice_and_is_revoked(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    """TOTP is set up; a second device signs in and appears in the list with a notice mail; it is revoked."""
    product.leave_room_for(6)
    page = enter(SECURITY, person)
    phone = set_up_second_factor(page)
    second = enter("/sign-in", user_agent=FIREFOX)
    sign_in(second, person.email)
    expect(second).to_have_url(re.compile("/sign-in/verify$"))
    type_app_code(second, phone.code())
    expect_signed_in(second)
    page.reload()
    sessions = section(page, "Where you are signed in")
    firefox = sessions.get_by_role("listitem").filter(has_text="Firefox on Linux")
    expect(firefox.get_by_text("Two-step verified")).to_be_visible()
    expect(sessions.get_by_text("This device")).to_have_count(1)
    mailbox = enter("/dev/mail")
    notice = mailbox.get_by_role("article").filter(has_text=person.email).filter(has_text="Firefox on Linux")
    expect(notice.get_by_role("heading", name="New sign-in to your account")).to_be_visible()
    firefox.get_by_role("button", name="Sign out Firefox on Linux").click()
    prove(page, "Sign out", code=phone.backup_codes[0])
    expect(firefox).to_have_count(0)
    expect(sessions).to_be_focused()
    expect(second).to_have_url(re.compile("/sign-in"), timeout=ENDED_WITHIN_MS)


def test_a_wrong_code_empties_the_boxes_and_says_so(enter: Enter, product: RunningProduct, person: Person) -> None:
    product.leave_room_for(6)
    phone = set_up_second_factor(enter(SECURITY, person))
    page = enter("/sign-in")
    sign_in(page, person.email)
    type_app_code(page, "000000")
    expect(page.get_by_role("status").get_by_text("This code is not right.")).to_be_visible()
    expect(page.get_by_label("Digit 1 of the code")).to_be_focused()
    for digit in range(1, 7):
        expect(page.get_by_label(f"Digit {digit} of the code")).to_have_value("")
    page.evaluate("code => navigator.clipboard.writeText(code)", phone.code())
    page.keyboard.press("Control+V")
    expect_signed_in(page)


def test_a_backup_code_lets_in_once(enter: Enter, product: RunningProduct, person: Person) -> None:
    """Backup codes are single-use."""
    product.leave_room_for(8)
    phone = set_up_second_factor(enter(SECURITY, person))
    for is_let_in in (True, False):
        page = enter("/sign-in")
        sign_in(page, person.email)
        page.get_by_role("button", name="Use a backup code").click()
        page.get_by_label("Backup code").fill(phone.backup_codes[0])
        page.get_by_role("button", name="Continue").click()
        if is_let_in:
            expect_signed_in(page)
        else:
            expect(page.get_by_text("This code is not right, or was used before.")).to_be_visible()
            expect(page.get_by_label("Backup code")).to_be_focused()


def test_new_backup_codes_replace_the_old_ones_and_turning_off_asks_for_one(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    product.leave_room_for(7)
    page = enter(SECURITY, person)
    phone = set_up_second_factor(page)
    page.get_by_role("button", name="Make new codes").click()
    prove(page, "Make new codes", code=phone.code())
    codes = save_backup_codes(page.get_by_role("dialog", name="Your new backup codes"))
    assert not set(codes) & set(phone.backup_codes)
    page.get_by_role("button", name="Turn off").click()
    prove(page, "Turn off", code=phone.backup_codes[0])
    expect(page.get_by_role("alert").get_by_text("That is not your password or code.")).to_be_visible()
    prove(page, "Turn off", code=codes[0])
    expect(section(page, "Two-step verification").get_by_role("button", name="Set up")).to_be_visible()
    status, entered = person.api("POST", "/sign-in", {"email": person.email, "password": PASSWORD})
    assert (status, entered["next"]) == (200, "done")


def test_a_sign_in_that_took_too_long_begins_again_in_words(enter: Enter) -> None:
    page = enter("/sign-in/verify?next=%2Fcontact")
    type_app_code(page, "123456")
    expect(page.get_by_role("status").get_by_text("That sign-in took too long. Begin again.")).to_be_visible()
    expect(page).to_have_url(re.compile("next=%2Fcontact"))


def test_too_many_tries_count_down(enter: Enter) -> None:
    page = enter("/sign-in")
    page.route("**/api/sign-in", lambda asked: asked.fulfill(status=429, headers={"Retry-After": "75"}, json=TOO_MANY))
    page.clock.install(time=time.time())
    sign_in(page, "ada@people.localhost")
    button = page.get_by_role("button", name="Sign in", exact=True)
    expect(page.get_by_role("alert")).to_contain_text(re.compile(r"Try again in 1:1\d"))
    expect(button).to_be_disabled()
    page.clock.run_for(80_000)
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(button).to_be_enabled()


TOO_MANY = {"type": "", "title": "Too many requests.", "status": 429, "code": "too-many-requests", "request_id": "R1"}


def test_a_new_password_is_advised_on_and_signs_out_elsewhere(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    """Changing the password ends all other sessions; one that is guessed too soon is refused with advice."""
    product.leave_room_for(3)
    here, elsewhere = person.token, _signed_in_again(person)
    person.token = here
    page = enter(SECURITY, person)
    page.get_by_role("button", name="Change password").click()
    dialog = page.get_by_role("dialog", name="Change password")
    dialog.get_by_label("Your password").fill(PASSWORD)
    dialog.get_by_label("New password").fill("passwordpassword")
    dialog.get_by_role("button", name="Change password").click()
    expect(dialog.get_by_text("is guessed too soon.")).to_be_visible()
    expect(dialog.get_by_label("New password")).to_be_focused()
    dialog.get_by_label("New password").fill(NEW_PASSWORD)
    dialog.get_by_role("button", name="Change password").click()
    expect(dialog).to_have_count(0)
    assert person.api("GET", "/me")[0] == 200
    person.token = elsewhere
    assert person.api("GET", "/me")[0] == 401
    assert person.api("POST", "/sign-in", {"email": person.email, "password": NEW_PASSWORD})[0] == 200


def _signed_in_again(person: Person) -> str:
    """The token of another session."""
    person.token = ""
    assert person.api("POST", "/sign-in", {"email": person.email, "password": PASSWORD})[0] == 200
    return person.token


def test_an_account_moves_to_another_address_by_the_link_sent_there(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    """The link waits while its holder signs in, and never stands in an address."""
    product.leave_room_for(4)
    page = enter(SECURITY, person)
    moved = f"moved.{person.email}"
    page.get_by_role("button", name="Change e-mail address").click()
    page.get_by_role("dialog").get_by_label("New e-mail address").fill(moved)
    prove(page, "Send the link")
    expect(page.get_by_role("dialog").get_by_text(moved)).to_be_visible()
    link = eventually("the link is mailed", lambda: mailed_link(product, moved, "/confirm-move"))
    assert person.api("GET", "/me")[1]["user"]["email"] == person.email
    signed_out = enter(link)
    signed_out.get_by_role("link", name="Sign in to confirm").click()
    expect(signed_out).to_have_url(f"{product.origin}/sign-in?next=%2Fconfirm-move")
    sign_in(signed_out, person.email)
    signed_out.get_by_role("button", name="Move my account").click()
    expect(signed_out.get_by_role("heading", name="Your account has moved")).to_be_visible()
    assert person.api("GET", "/me")[1]["user"]["email"] == moved
    eventually("the old address is told", lambda: "Your e-mail address was changed" in _subjects(product, person.email))


def _subjects(product: RunningProduct, email: str) -> list[str]:
    return [letter["Subject"] for letter in letters(product, email)]


def test_everywhere_else_is_signed_out_at_once(enter: Enter, product: RunningProduct, person: Person) -> None:
    product.leave_room_for(1)
    here, elsewhere = person.token, _signed_in_again(person)
    person.token = here
    page = enter(SECURITY, person)
    page.get_by_role("button", name="Sign out everywhere else").click()
    prove(page, "Sign out everywhere else")
    expect(section(page, "Where you are signed in").get_by_role("listitem")).to_have_count(1)
    person.token = elsewhere
    assert person.api("GET", "/me")[0] == 401


def test_a_refused_sign_in_stands_in_the_own_log(enter: Enter, person: Person) -> None:
    assert person.api("POST", "/sign-in", {"email": person.email, "password": "not this one at all"})[0] == 401
    eventually("the refusal is noted", lambda: "session.refused" in _kinds(person))
    page = enter(SECURITY, person)
    log = section(page, "Your log")
    expect(log.get_by_role("listitem").filter(has_text="Sign-in refused: wrong password")).to_be_visible()
    expect(log.get_by_role("listitem").filter(has_text="Signed in").first).to_be_visible()


def _kinds(person: Person) -> list[str]:
    status, log = person.api("GET", "/me/log")
    assert status == 200, log
    return [entry["kind"] for entry in log["entries"]]


@pytest.mark.parametrize("path", ["/me/sessions", "/me/log"])
def test_what_can_not_be_loaded_says_so_and_can_be_tried_again(enter: Enter, person: Person, path: str) -> None:
    """Errors are in words, with what to do and a request id."""
    page = enter("/contact", person)
    page.route(f"**/api{path}", lambda asked: asked.fulfill(status=500, json=FAULT))
    page.goto(f"/w/{person.workspace_id}{SECURITY}")
    failed = page.get_by_role("alert")
    expect(failed.get_by_text("01REQUESTID")).to_be_visible()
    page.unroute(f"**/api{path}")
    failed.get_by_role("button", name="Try again").click()
    expect(failed).to_have_count(0)


FAULT = {"type": "", "title": "A fault.", "status": 500, "code": "unexpected-fault", "request_id": "01REQUESTID"}


def test_only_the_keyboard_is_needed_to_prove_oneself(enter: Enter, product: RunningProduct, person: Person) -> None:
    product.leave_room_for(2)
    page = enter(SECURITY, person)
    opener = page.get_by_role("button", name="Change e-mail address")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("New e-mail address")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Enter an e-mail address, such as ada@example.com.")).to_be_visible()
    page.keyboard.type(f"other.{person.email}")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_text(f"other.{person.email}")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()


def test_a_letter_s_link_leads_to_the_settings_after_signing_in(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    product.leave_room_for(1)
    page: Page = enter(SECURITY)
    sign_in(page, person.email)
    expect(page).to_have_url(f"{product.origin}/w/{person.workspace_id}{SECURITY}")
