"""How much script a person downloads before they can work: gzip, as every edge would send it."""

import gzip
import urllib.request

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.conftest import new_context
from tests.browser.people import Person
from tests.browser.product import RunningProduct
from tests.browser.screens import chats_of

KIB = 1024
INBOX_KIB = 195
"""The inbox with a chat open, on a window too narrow for the details beside it: 200 kB."""
NARROW = 1100
ANOTHER_KIB = 122
"""What any other page may bring on top of that: 125 kB."""
OTHERS = [
    "chats",
    "chats?layout=board",
    "welcome",
    "templates",
    "tickets",
    "tickets?layout=board",
    "activity",
    "notifications",
    "reminders",
    "settings/notifications",
    "contacts",
    "settings/accounts",
    "settings/profile",
    "settings/appearance",
    "settings/security",
    "settings/members",
    "settings/general",
    "settings/fields",
    "settings/tags",
    "settings/tickets",
    "settings/billing",
    "settings/background-work",
]


@pytest.fixture(scope="module")
def inbox(browser: Browser, product: RunningProduct, settled: Person) -> set[str]:
    """The scripts of the inbox with an open chat, by address."""
    return _scripts(browser, product, settled, f"inbox/{chats_of(settled)[0]['id']}")


def test_the_inbox_with_an_open_chat_stays_small(inbox: set[str]) -> None:
    assert _kib(inbox) <= INBOX_KIB


@pytest.mark.parametrize("path", OTHERS)
def test_another_page_brings_little_more(
    browser: Browser, product: RunningProduct, settled: Person, inbox: set[str], path: str
) -> None:
    assert _kib(_scripts(browser, product, settled, path) - inbox) <= ANOTHER_KIB


def test_the_details_beside_a_chat_bring_little_more(
    browser: Browser, product: RunningProduct, settled: Person, inbox: set[str]
) -> None:
    path = f"inbox/{chats_of(settled)[0]['id']}"
    wide = _scripts(browser, product, settled, path, width=1440)
    assert wide > inbox
    assert _kib(wide - inbox) <= ANOTHER_KIB


def test_signing_in_loads_nothing_of_a_workspace(browser: Browser, product: RunningProduct, inbox: set[str]) -> None:
    context = new_context(browser, product)
    fetched = {_name(address) for address in _fetched(context, "/sign-in")}
    assert fetched.isdisjoint({"workspace", "inbox"})
    assert {_name(address) for address in inbox} >= {"workspace", "inbox"}, "the files are still called so"


def _scripts(browser: Browser, product: RunningProduct, person: Person, path: str, width: int = NARROW) -> set[str]:
    """Every script that a first visit fetches until the network rests."""
    context = new_context(browser, product, person, viewport={"width": width, "height": 900})
    return _fetched(context, f"/w/{person.workspace_id}/{path}")


def _fetched(context: BrowserContext, path: str) -> set[str]:
    page = context.new_page()
    fetched: set[str] = set()
    page.on("request", lambda asked: fetched.add(asked.url) if asked.resource_type == "script" else None)
    page.goto(path)
    expect(page.get_by_role("heading").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    context.close()
    return fetched


def _name(address: str) -> str:
    """`https://…/assets/inbox-C0ffee12.js` is of the file `inbox`."""
    return address.rpartition("/")[2].partition("-")[0]


def _kib(addresses: set[str]) -> float:
    return sum(len(gzip.compress(_body(address), 9)) for address in addresses) / KIB


def _body(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310
        return bytes(answer.read())
