"""What people do on the screens, by the names that screen readers hear."""

import re
import time
from http import HTTPStatus
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, unquote

from playwright.sync_api import Locator, Page, expect

from tests.browser.people import Person
from tests.browser.product import RunningProduct
from tests.browser.trials import forget_trials

MAYA, DANIEL, SOFIA = "12025550101", "12025550102", "12025550103"
DANIELS_CLOUD_PASSWORD = "tower of glass"
SYNCED_WITHIN_MS = 30_000

_UNTIL_LOADED = """() => new Promise((loaded) => {
    let came = performance.now();
    const fetched = new PerformanceObserver(() => { came = performance.now(); });
    fetched.observe({type: "resource"});
    const look = () => {
        const said = [...document.querySelectorAll("[role=status]")].map((each) => each.textContent);
        if (said.includes("Loading") || performance.now() - came < 500) return setTimeout(look, 50);
        fetched.disconnect();
        loaded();
    };
    look();
})"""
"""Nothing says that it loads, and for half a second nothing came."""


def open_connect_dialog(page: Page, product: RunningProduct, tries: int = 2) -> Locator:
    """From the empty inbox to the dialog, with the account declared one's own; `tries` are what the login may take."""
    product.leave_room_for(tries)
    forget_trials(product)
    page.get_by_role("link", name="Connect account").first.click()
    dialog = page.get_by_role("dialog", name=re.compile("Connect"))
    dialog.get_by_role("checkbox", name="This account is mine to use").check()
    return dialog


def connect_by_qr(page: Page, product: RunningProduct, phone: str) -> Locator:
    """Show a QR code and approve it on the account's phone."""
    dialog = open_connect_dialog(page, product)
    approve_shown_qr(dialog, product, phone)
    return dialog


def approve_shown_qr(dialog: Locator, product: RunningProduct, phone: str) -> None:
    """Scan the QR code in the dialog with the account's phone."""
    expect(dialog.get_by_role("img", name="QR code to scan with Telegram")).to_be_visible()
    link = dialog.get_by_role("link", name="Open the demo phone")
    address = link.get_attribute("href") or ""
    owner = product.telegram_account(phone)
    product.telegram(f"/accounts/{owner['user_id']}/approve-qr", {"url": _approved(address)})


def ask_for_code(page: Page, product: RunningProduct, phone: str) -> Locator:
    """Have Telegram send a login code to a phone."""
    dialog = open_connect_dialog(page, product, tries=6)
    dialog.get_by_role("tab", name="Phone number").click()
    dialog.get_by_role("textbox", name="Phone number").fill(f"+{phone}")
    dialog.get_by_role("button", name="Send code").click()
    expect(dialog.get_by_label("Digit 1 of the login code")).to_be_visible()
    return dialog


def connect_by_phone(page: Page, product: RunningProduct, phone: str) -> Locator:
    """Ask for a login code by phone number and type the one that arrives."""
    dialog = ask_for_code(page, product, phone)
    type_code(dialog, login_code(product, phone))
    return dialog


def type_code(dialog: Locator, code: str) -> None:
    """Type a login code as from the keyboard; the last digit sends it."""
    dialog.get_by_label("Digit 1 of the login code").click()
    dialog.page.keyboard.type(code)


def login_code(product: RunningProduct, phone: str) -> str:
    """The newest login code that arrived on a phone."""
    return str(product.telegram_account(phone)["codes"][0]["code"])


def await_connected(dialog: Locator) -> None:
    """Until the dialog says that the account and its chats are there; then to the inbox."""
    expect(dialog.get_by_role("heading", name=re.compile("connected", re.IGNORECASE))).to_be_visible()
    expect(dialog.get_by_text("chats are in.")).to_be_visible(timeout=SYNCED_WITHIN_MS)
    bring_in_all(dialog)
    dialog.get_by_role("link", name="Open inbox").click()


def bring_in_all(dialog: Locator) -> None:
    """Have no chat of the account that was just connected stay out of the workspace."""
    all_of_them, nothing = dialog.get_by_role("button", name="Bring in all"), dialog.get_by_text("Nothing stays out")
    expect(all_of_them.or_(nothing)).to_be_visible()
    if all_of_them.is_visible():
        all_of_them.click()
        expect(nothing).to_be_visible()


def open_chat(page: Page, title: str) -> Locator:
    """Open a chat from the inbox's list; gives its messages."""
    conversations = page.get_by_role("region", name="Conversations")
    conversations.get_by_label("Search chats").fill(title)
    conversations.get_by_text(title, exact=True).first.click()
    return page.get_by_role("log", name="Messages")


def await_loaded(page: Page) -> None:
    """Wait until the page has everything: scripts and data that it goes on loading by itself, too."""
    page.evaluate(_UNTIL_LOADED)


def send(page: Page, text: str) -> None:
    """Write and send a message in the open chat."""
    page.get_by_role("textbox", name="Message", exact=True).fill(text)
    page.get_by_role("button", name="Send", exact=True).click()


def copies_at_telegram(product: RunningProduct, text: str) -> list[dict[str, Any]]:
    """Every copy of a message in the boxes of the emulated Telegram."""
    return list(product.telegram(f"/messages?text={quote(text)}"))


def add_column(page: Page, name: str, kind: str, options: list[str] | None = None) -> None:
    """Make a column from wherever the page offers it."""
    page.get_by_role("button", name="Add column").click()
    dialog = page.get_by_role("dialog", name="New column")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_role("combobox", name="Type").click()
    page.get_by_role("option", name=kind, exact=True).click()
    for number, option in enumerate(options or [], start=1):
        dialog.get_by_role("button", name="Add option").click()
        dialog.get_by_role("textbox", name=f"Option {number}", exact=True).fill(option)
    dialog.get_by_role("button", name="Add column").click()
    expect(dialog).to_have_count(0)


def say(product: RunningProduct, speaker: str, phone: str, text: str) -> None:
    """Have one of the demo people write to an account."""
    [found] = [each for each in product.telegram("/people") if each["name"] == speaker]
    to = product.telegram_account(phone)["user_id"]
    words = {"to": to, "text": text}
    eventually("Telegram takes it", lambda: _is_said(product, f"/people/{found['user_id']}/say", words))


def _is_said(product: RunningProduct, path: str, words: dict[str, Any]) -> bool:
    """Telegram takes nothing for the moment in which the state of the local product is kept."""
    try:
        product.telegram(path, words)
    except HTTPError as refused:
        if refused.code != HTTPStatus.CONFLICT:
            raise
        return False
    return True


def connected_account(person: Person) -> dict[str, Any]:
    """The one account this person has connected in their workspace, as the API shows it."""
    status, found = person.api("GET", f"/workspaces/{person.workspace_id}/accounts")
    assert status == 200, found
    [account] = [each for each in found["accounts"] if each["mine"]]
    return dict(account)


def inbox_of(person: Person) -> str:
    """Where somebody's first chat is open."""
    return f"/w/{person.workspace_id}/inbox/{chats_of(person)[0]['id']}"


def chats_of(person: Person) -> list[dict[str, Any]]:
    """Every chat card of the workspace, as the API shows it to this person."""
    chats: list[dict[str, Any]] = []
    cursor = ""
    while True:
        status, page = person.api("GET", f"/workspaces/{person.workspace_id}/chats?limit=200{cursor}")
        assert status == 200, page
        chats += page["chats"]
        if page["next_cursor"] is None:
            return chats
        cursor = f"&cursor={page['next_cursor']}"


def eventually(what: str, holds: Any, *, within_s: float = 20) -> Any:
    """Wait for something outside the browser; gives the first true answer."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        answer = holds()
        if answer:
            return answer
        time.sleep(0.2)
    raise AssertionError(f"{what}: not within {within_s} s")


def _approved(address: str) -> str:
    return unquote(address.partition("#approve=")[2])
