"""The demo phone: where a person without Telegram gets their login code and approves a QR code."""

from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.product import RunningProduct
from tests.browser.screens import SOFIA, await_connected, open_connect_dialog, type_code

SOFIAS_NAME = "Sofia Marchetti"


def test_the_phone_shows_the_login_code(enter: Enter, product: RunningProduct, person: Person) -> None:
    page = enter(f"/w/{person.workspace_id}/inbox", person)
    dialog = open_connect_dialog(page, product, tries=6)
    dialog.get_by_role("tab", name="Phone number").click()
    dialog.get_by_role("textbox", name="Phone number").fill(f"+{SOFIA}")
    dialog.get_by_role("button", name="Send code").click()
    expect(dialog.get_by_label("Digit 1 of the login code")).to_be_visible()
    phone = enter("/dev/phone/")
    phone.get_by_label("Whose phone").select_option(label=SOFIAS_NAME)
    codes = phone.get_by_role("region", name="Login codes")
    type_code(dialog, codes.get_by_role("listitem").first.locator("b").inner_text())
    await_connected(dialog)
    expect(phone.get_by_role("region", name="Sessions").get_by_role("listitem").first).to_be_visible()


def test_the_phone_approves_a_qr_code(enter: Enter, product: RunningProduct, person: Person) -> None:
    page = enter(f"/w/{person.workspace_id}/inbox", person)
    dialog = open_connect_dialog(page, product)
    with page.context.expect_page() as opened:
        dialog.get_by_role("link", name="Open the demo phone").click()
    phone = opened.value
    phone.get_by_label("Whose phone").select_option(label=SOFIAS_NAME)
    phone.get_by_role("button", name=f"Approve as {SOFIAS_NAME}").click()
    expect(phone.get_by_text(f"is let in as {SOFIAS_NAME}.")).to_be_visible()
    await_connected(dialog)
