"""How much script a person downloads before they can work. What other pages add is looked at in test_screens.py."""

import pytest
from playwright.sync_api import Browser

from tests.browser.people import Person
from tests.browser.product import RunningProduct
from tests.browser.scripts import ANOTHER_KIB, kib_of, of_first_visit, of_the_inbox

INBOX_KIB = 195
"""The inbox with a chat open: 200 kB."""
WIDE = 1440


@pytest.fixture(scope="module")
def inbox(browser: Browser, settled: Person) -> set[str]:
    """The scripts of the inbox with an open chat, by address."""
    return of_the_inbox(browser, settled)


def test_the_inbox_with_an_open_chat_stays_small(inbox: set[str]) -> None:
    assert kib_of(inbox) <= INBOX_KIB


def test_the_details_beside_a_chat_bring_little_more(browser: Browser, settled: Person, inbox: set[str]) -> None:
    wide = of_the_inbox(browser, settled, width=WIDE)
    assert wide > inbox
    assert kib_of(wide - inbox) <= ANOTHER_KIB


def test_signing_in_loads_nothing_of_a_workspace(browser: Browser, product: RunningProduct, inbox: set[str]) -> None:
    fetched = {_name(address) for address in of_first_visit(browser, product, "/sign-in")}
    assert fetched.isdisjoint({"workspace", "inbox"})
    assert {_name(address) for address in inbox} >= {"workspace", "inbox"}, "the files are still called so"


def _name(address: str) -> str:
    """`https://…/assets/inbox-C0ffee12.js` is of the file `inbox`."""
    return address.rpartition("/")[2].partition("-")[0]
