"""The main job, start to end: sign up, connect a Telegram account, see its chats, set a value, send a message."""

from playwright.sync_api import Page, expect

from chalicelib.kernel import ids
from tests.browser.conftest import Enter
from tests.browser.people import PASSWORD, Person, mailed_link
from tests.browser.product import RunningProduct
from tests.browser.screens import (
    DANIEL,
    DANIELS_CLOUD_PASSWORD,
    MAYA,
    SOFIA,
    ask_for_code,
    await_connected,
    connect_by_phone,
    connect_by_qr,
    copies_at_telegram,
    login_code,
    open_chat,
    send,
    type_code,
)


def test_a_new_person_signs_up_confirms_by_mail_and_signs_in(enter: Enter, product: RunningProduct) -> None:
    mark = ids.mint()[-8:].lower()
    email = f"{mark}@people.localhost"
    page = enter("/sign-up")
    page.get_by_label("Full name").fill("Ada Quill")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Username").fill(f"ada_{mark}")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("checkbox", name="I am 16 or older").check()
    page.get_by_role("checkbox", name="I accept the terms").check()
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_text(email)).to_be_visible()
    page.goto(mailed_link(product, email))
    page.get_by_role("link", name="Continue").click()
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()


def test_the_main_job_by_qr_code(enter: Enter, product: RunningProduct, person: Person) -> None:
    page = enter(f"/w/{person.workspace_id}/inbox", person)
    await_connected(connect_by_qr(page, product, MAYA))
    messages = open_chat(page, "Elena Petrova")
    text = f"By QR {ids.mint()}"
    send(page, text)
    expect(messages.get_by_text(text)).to_be_visible()
    expect(messages.get_by_role("img", name="Sent").last).to_be_visible()
    assert len(copies_at_telegram(product, text)) == 2, "one in the sender's box, one in the recipient's"
    set_a_value(page)


def test_the_main_job_by_phone_with_a_cloud_password(enter: Enter, product: RunningProduct, person: Person) -> None:
    page = enter(f"/w/{person.workspace_id}/inbox", person)
    dialog = connect_by_phone(page, product, DANIEL)
    dialog.get_by_label("Cloud password").fill("not the tower of glass")
    dialog.get_by_role("button", name="Continue").click()
    expect(dialog.get_by_label("Cloud password")).to_have_value("")
    expect(dialog.get_by_label("Cloud password")).to_have_attribute("data-invalid", "true")
    dialog.get_by_label("Cloud password").fill(DANIELS_CLOUD_PASSWORD)
    dialog.get_by_role("button", name="Continue").click()
    await_connected(dialog)
    messages = open_chat(page, "Omar Farouk")
    text = f"By phone {ids.mint()}"
    send(page, text)
    expect(messages.get_by_text(text)).to_be_visible()
    expect(messages.get_by_role("img", name="Sent").last).to_be_visible()


def test_a_wrong_code_is_said_and_can_be_typed_again(enter: Enter, product: RunningProduct, person: Person) -> None:
    page = enter(f"/w/{person.workspace_id}/inbox", person)
    dialog = ask_for_code(page, product, SOFIA)
    right = login_code(product, SOFIA)
    type_code(dialog, "".join(str(9 - int(digit)) for digit in right))
    expect(dialog.get_by_role("alert")).to_be_visible()
    type_code(dialog, right)
    await_connected(dialog)
    expect(page.get_by_role("region", name="Conversations").get_by_text("Giulia Romano").first).to_be_visible()


def test_an_answer_arrives_live(enter: Enter, product: RunningProduct, person: Person) -> None:
    page = enter(f"/w/{person.workspace_id}/inbox", person)
    await_connected(connect_by_qr(page, product, MAYA))
    messages = open_chat(page, "Noah Bennett")
    expect(page.get_by_role("textbox", name="Message", exact=True)).to_be_visible()
    [noah] = [each for each in product.telegram("/people") if each["name"] == "Noah Bennett"]
    text = f"Live {ids.mint()}"
    product.telegram(f"/people/{noah['user_id']}/say", {"to": product.telegram_account(MAYA)["user_id"], "text": text})
    expect(messages.get_by_text(text)).to_be_visible(timeout=5_000)


def set_a_value(page: Page) -> None:
    """Make a column in the details panel and give the open chat a value; it is there after a reload."""
    details = page.get_by_role("complementary", name="Details")
    details.get_by_role("button", name="Add column").click()
    dialog = page.get_by_role("dialog", name="New column")
    dialog.get_by_label("Name").fill("Next step")
    dialog.get_by_role("button", name="Add column").click()
    value = details.get_by_role("textbox", name="Next step")
    with page.expect_response(lambda answer: "/values/" in answer.url and answer.ok):
        value.fill("Send the offer")
        value.press("Enter")
    page.reload()
    expect(value).to_have_value("Send the offer")
