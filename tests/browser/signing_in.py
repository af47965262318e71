"""How people sign in and prove who they are on the screens, with an authenticator app where they have one."""

import time
from dataclasses import dataclass, field

import pyotp
from playwright.sync_api import Locator, Page, expect

from tests.browser.people import PASSWORD

SECURITY = "/settings/security"
STEP_S = 30


@dataclass(slots=True, kw_only=True)
class Phone:
    """An authenticator app, and the backup codes its person wrote down."""

    secret: str
    backup_codes: list[str] = field(default_factory=list)
    _shown: int = 0

    def code(self) -> str:
        """A code that was not shown before: each is good once, and that of the next half minute already now."""
        step = max(int(time.time()) // STEP_S, self._shown + 1)
        assert step <= int(time.time()) // STEP_S + 1, "two codes a half minute; take a backup code"
        self._shown = step
        return str(pyotp.TOTP(self.secret).generate_otp(step))


def section(page: Page, title: str) -> Locator:
    """A card of the settings by its heading."""
    return page.locator("section").filter(has=page.get_by_role("heading", name=title))


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Send e-mail and password from the sign-in page."""
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def expect_signed_in(page: Page) -> None:
    """The app is there."""
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()


def type_app_code(page: Page, code: str) -> None:
    """Type the six digits as from the keyboard; the last one sends them."""
    page.get_by_label("Digit 1 of the code").click()
    page.keyboard.type(code)


def prove(page: Page, action: str, *, code: str | None = None) -> None:
    """Show password and code in the dialog that asks for them, and go on."""
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Your password").fill(PASSWORD)
    if code is not None:
        dialog.get_by_label("Code from your authenticator app").fill(code)
    dialog.get_by_role("button", name=action, exact=True).click()


def set_up_second_factor(page: Page) -> Phone:
    """From the security settings through the three steps of the dialog."""
    page.get_by_role("button", name="Set up").click()
    dialog = page.get_by_role("dialog", name="Set up two-step verification")
    prove(page, "Continue")
    expect(dialog.get_by_role("img", name="QR code to scan with your authenticator app")).to_be_visible()
    phone = Phone(secret=dialog.locator("code").inner_text())
    type_app_code(page, phone.code())
    phone.backup_codes = save_backup_codes(dialog)
    expect(section(page, "Two-step verification").get_by_text("10 of 10 left.")).to_be_visible()
    return phone


def save_backup_codes(dialog: Locator) -> list[str]:
    """Write down the codes a dialog shows, and say so."""
    codes = dialog.get_by_role("list", name="Backup codes").get_by_role("listitem")
    expect(codes).to_have_count(10)
    shown = codes.all_inner_texts()
    dialog.get_by_role("checkbox", name="I saved them").check()
    dialog.get_by_role("button", name="Done").click()
    return shown
