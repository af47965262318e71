"""Every screen and dialog of signing in, light and dark, wide and narrow: axe finds nothing."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.axe import SIZES, too_wide, violations, violations_as_it_stands
from tests.browser.conftest import Enter
from tests.browser.people import PASSWORD, Person
from tests.browser.product import RunningProduct
from tests.browser.signing_in import SECURITY

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


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_on_the_screens_of_visitors(enter: Enter, product: RunningProduct, size: str) -> None:
    product.leave_room_for(2)
    viewport, look = SIZES[size]
    page = enter("/sign-in", viewport=viewport)
    found = {path: look(page, path) for path in PUBLIC}
    page.goto("/sign-in/verify")
    page.get_by_role("button", name="Use a backup code").click()
    found["a backup code"] = violations(page)
    assert {path: broken for path, broken in found.items() if broken} == {}


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_in_the_security_settings_and_their_dialogs(
    enter: Enter, product: RunningProduct, person: Person, size: str
) -> None:
    product.leave_room_for(1)
    viewport, look = SIZES[size]
    page = enter("/contact", person, viewport=viewport)
    found = {"settings": look(page, f"/w/{person.workspace_id}{SECURITY}")}
    for name in DIALOGS:
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        found[name] = violations_as_it_stands(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Set up").click()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Digit 1 of the code")).to_be_focused()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Digit 6 of the code")).to_be_visible()
    found["the authenticator app"] = [*violations_as_it_stands(page), *too_wide(dialog)]
    assert {name: broken for name, broken in found.items() if broken} == {}


def test_axe_finds_nothing_where_documents_wait_to_be_accepted(enter: Enter, person: Person) -> None:
    page = enter("/contact", person)
    page.route("**/api/me", _say_what_is_pending)
    page.goto(f"/w/{person.workspace_id}/welcome")
    expect(page.get_by_role("region", name=re.compile("^Text of"))).to_be_visible()
    found = violations_as_it_stands(page)
    page.get_by_role("button", name="Later").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert found + violations_as_it_stands(page) == []


def _say_what_is_pending(asked: Route) -> None:
    """Only where it is read: the browser's time zone is written to the same place."""
    if asked.request.method != "GET":
        asked.fallback()
        return
    me = asked.fetch().json()
    asked.fulfill(json={**me, "user": {**me["user"], "legal_pending": ["terms", "privacy"]}})
