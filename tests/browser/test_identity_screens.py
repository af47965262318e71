"""Every screen and dialog of signing in, light and dark, wide and narrow: axe finds nothing."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.axe import violations, violations_at, violations_in_both_schemes
from tests.browser.conftest import Enter
from tests.browser.people import PASSWORD, Person
from tests.browser.product import RunningProduct
from tests.browser.signing_in import SECURITY

SIZES = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
LOOKS = [("desktop", "light"), ("desktop", "dark"), ("phone", "light")]
"""The colours of a phone are those of the desktop."""
PUBLIC = [
    "/sign-in?notice=password-reset",
    "/sign-in/verify",
    "/sign-in/return/google?error=access_denied",
    "/sign-in/return/google?code=forged&state=forged",
    "/forgot",
    "/reset-password",
    "/reset-password#token",
    "/confirm-move#token",
    "/keep-account#token",
    "/keep-second-factor#token",
    "/sign-up/social/confirm#token",
    "/legal/terms",
    "/legal/sub-processors",
    "/legal/no-such-document",
    "/contact",
]
DIALOGS = [
    "Change e-mail address",
    "Change password",
    "Set up",
    "Link Google",
    "Disconnect everything",
    "Delete my account",
]

every_look = pytest.mark.parametrize("scheme", ["light", "dark"])


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_on_the_screens_of_visitors(enter: Enter, product: RunningProduct, size: str) -> None:
    product.leave_room_for(2)
    page = enter("/sign-in", viewport=SIZES[size])
    look = violations_in_both_schemes if size == "desktop" else violations_at
    found = {path: look(page, path) for path in PUBLIC}
    page.goto("/sign-in/verify")
    page.get_by_role("button", name="Use a backup code").click()
    found["a backup code"] = violations(page)
    assert {path: broken for path, broken in found.items() if broken} == {}


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_axe_finds_nothing_in_the_security_settings_and_their_dialogs(
    enter: Enter, product: RunningProduct, person: Person, size: str, scheme: str
) -> None:
    product.leave_room_for(1)
    page = enter("/contact", person, viewport=SIZES[size], color_scheme=scheme)
    found = {"settings": violations_at(page, f"/w/{person.workspace_id}{SECURITY}")}
    for name in DIALOGS:
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        found[name] = violations(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Set up").click()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Digit 1 of the code")).to_be_focused()
    found["the authenticator app"] = violations(page)
    assert {name: broken for name, broken in found.items() if broken} == {}


@every_look
def test_axe_finds_nothing_where_documents_wait_to_be_accepted(enter: Enter, person: Person, scheme: str) -> None:
    page = enter("/contact", person, color_scheme=scheme)
    page.route("**/api/me", _say_what_is_pending)
    page.goto(f"/w/{person.workspace_id}/welcome")
    expect(page.get_by_role("region", name=re.compile("^Text of"))).to_be_visible()
    found = violations(page)
    page.get_by_role("button", name="Later").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert found + violations(page) == []


def _say_what_is_pending(asked: Route) -> None:
    """Only where it is read: the browser's time zone is written to the same place."""
    if asked.request.method != "GET":
        asked.fallback()
        return
    me = asked.fetch().json()
    asked.fulfill(json={**me, "user": {**me["user"], "legal_pending": ["terms", "privacy"]}})


def test_nothing_is_wider_than_a_small_phone(enter: Enter, product: RunningProduct, person: Person) -> None:
    """Everything works at 320 pixels."""
    product.leave_room_for(2)
    page = enter("/sign-in", viewport={"width": 320, "height": 640})
    wide = {path: width for path in PUBLIC if (width := _width_of(page, path)) > 320}
    settings = enter(f"/w/{person.workspace_id}{SECURITY}", person, viewport={"width": 320, "height": 640})
    settings.get_by_role("button", name="Set up").click()
    settings.get_by_label("Your password").fill(PASSWORD)
    settings.get_by_role("button", name="Continue").click()
    expect(settings.get_by_label("Digit 6 of the code")).to_be_visible()
    dialog = settings.get_by_role("dialog")
    assert wide == {}
    assert dialog.evaluate("it => it.scrollWidth <= it.clientWidth")


def _width_of(page: Page, path: str) -> int:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    return int(page.evaluate("document.documentElement.scrollWidth"))
