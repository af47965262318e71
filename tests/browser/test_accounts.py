"""An account's connection ends: by its person's wish, or because Telegram ended the session."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.product import RunningProduct
from tests.browser.screens import (
    SOFIA,
    approve_shown_qr,
    await_connected,
    chats_of,
    connect_by_qr,
    connected_account,
    eventually,
)


def test_disconnecting_asks_for_the_label_and_ends_the_session_at_telegram(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    page = enter(f"/w/{person.workspace_id}/inbox", person)
    before = _sessions(product)
    await_connected(connect_by_qr(page, product, SOFIA))
    assert len(_sessions(product)) == len(before) + 1
    titles = {chat["title"] for chat in chats_of(person)}
    page.goto(f"/w/{person.workspace_id}/settings/accounts")
    dialog = _disconnect_dialog(page)
    button = dialog.get_by_role("button", name="Disconnect account")
    dialog.get_by_label("Type Sofia Marchetti to confirm").fill("Sofia")
    expect(button).to_be_disabled()
    dialog.get_by_label("Type Sofia Marchetti to confirm").fill("Sofia Marchetti")
    button.click()
    expect(dialog).to_have_count(0)
    eventually("the session is gone at Telegram", lambda: _sessions(product) == before)
    chats = eventually("nothing private is left", lambda: _all_public(person))
    assert {chat["title"] for chat in chats} == titles, "the cards stay in the workspace"
    page.goto(f"/w/{person.workspace_id}/inbox/{chats[0]['id']}")
    expect(page.get_by_text("You cannot read this chat")).to_be_visible()


def test_a_session_that_telegram_ended_is_said_and_reconnected(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    page = enter(f"/w/{person.workspace_id}/inbox", person)
    await_connected(connect_by_qr(page, product, SOFIA))
    owner = product.telegram_account(SOFIA)["user_id"]
    product.telegram(f"/accounts/{owner}/end-sessions", {})
    banner = page.get_by_text("Telegram ended the session of Sofia Marchetti.")
    expect(banner).to_be_visible()
    assert _own_state(person) == "needs_login"
    page.get_by_role("link", name="Reconnect").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("checkbox", name="This account is mine to use").check()
    approve_shown_qr(dialog, product, SOFIA)
    await_connected(dialog)
    expect(banner).to_have_count(0)
    assert _own_state(person) == "connected"
    expect(page.get_by_role("region", name="Conversations").get_by_text("Giulia Romano").first).to_be_visible()


def test_a_proxy_of_ones_own_is_given_told_when_it_is_away_and_removed(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    page = _on_the_accounts_page(enter, product, person)
    dialog = _proxy_dialog(page)
    dialog.get_by_label("Host").fill("no host")
    dialog.get_by_label("Port").fill("0")
    dialog.get_by_role("button", name="Save proxy").click()
    expect(dialog.get_by_text("Enter a port from 1 to 65535.")).to_be_visible()
    dialog.get_by_label("Port").fill("9")
    dialog.get_by_role("button", name="Save proxy").click()
    expect(dialog.get_by_text("is a name like proxy.example.com, or an IPv4 address")).to_be_visible()
    dialog.get_by_label("Host").fill("127.0.0.1")
    dialog.get_by_role("button", name="Save proxy").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_text("Connects through a proxy")).to_be_visible()
    expect(page.get_by_text("Your proxy does not answer, or does not reach Telegram.")).to_be_visible()

    dialog = _proxy_dialog(page)
    dialog.get_by_role("button", name="Remove proxy").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_text("Connects through a proxy")).to_have_count(0)
    eventually("it is connected again", lambda: _own_state(person) == "connected")


def test_a_link_to_an_mtproxy_is_pasted_and_what_is_no_secret_is_said_at_its_field(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    page = _on_the_accounts_page(enter, product, person)
    dialog = _proxy_dialog(page)
    page.evaluate("navigator.clipboard.writeText('https://t.me/proxy?server=127.0.0.1&port=9&secret=dd12')")
    dialog.get_by_label("Host").press("ControlOrMeta+v")
    expect(dialog.get_by_label("MTProxy")).to_be_checked()
    expect(dialog.get_by_label("Host")).to_have_value("127.0.0.1")
    expect(dialog.get_by_label("Port")).to_have_value("9")
    assert violations(page) == []
    dialog.get_by_role("button", name="Save proxy").click()
    expect(dialog.get_by_text("is what stands after secret= in an MTProxy's link")).to_be_visible()
    dialog.get_by_label("Secret", exact=True).fill("dd" + "12" * 16)
    dialog.get_by_role("button", name="Save proxy").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_text("Your proxy does not answer, or does not reach Telegram.")).to_be_visible()


def _on_the_accounts_page(enter: Enter, product: RunningProduct, person: Person) -> Page:
    page = enter(f"/w/{person.workspace_id}/inbox", person)
    await_connected(connect_by_qr(page, product, SOFIA))
    page.goto(f"/w/{person.workspace_id}/settings/accounts")
    return page


def _proxy_dialog(page: Page) -> Locator:
    page.get_by_role("button", name="Actions for Sofia Marchetti").click()
    page.get_by_role("menuitem", name="Proxy…").click()
    return page.get_by_role("dialog", name="Proxy of Sofia Marchetti")


def _disconnect_dialog(page: Page) -> Locator:
    page.get_by_role("button", name="Actions for Sofia Marchetti").click()
    page.get_by_role("menuitem", name="Disconnect").click()
    return page.get_by_role("dialog", name="Disconnect Sofia Marchetti?")


def _sessions(product: RunningProduct) -> set[str]:
    return {each["hash"] for each in product.telegram_account(SOFIA)["sessions"]}


def _all_public(person: Person) -> list[dict[str, object]]:
    """Every card, once none of them shows what is private; nothing before."""
    chats = chats_of(person)
    return chats if all(chat["private"] is None for chat in chats) else []


def _own_state(person: Person) -> str:
    [own] = [each for each in connected_account(person)["connections"] if each["mine"]]
    return str(own["state"])
