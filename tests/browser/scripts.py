"""How much script pages bring: gzip, as every edge would send it."""

import gzip
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache

from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.conftest import new_context
from tests.browser.people import Person
from tests.browser.product import RunningProduct
from tests.browser.screens import inbox_of

ANOTHER_KIB = 122
"""What any page may bring on top of the inbox: 125 kB."""
KIB = 1024
_NARROW = 1100


def of_the_inbox(browser: Browser, person: Person, *, width: int = _NARROW) -> set[str]:
    """What a first visit to an open chat asks for, on a window too narrow for the details beside it."""
    return of_first_visit(browser, person.product, inbox_of(person), person, width=width)


def of_first_visit(
    browser: Browser, product: RunningProduct, path: str, person: Person | None = None, *, width: int = _NARROW
) -> set[str]:
    """What is asked for until the network rests, by a browser that has kept nothing."""
    context = new_context(browser, product, person, viewport={"width": width, "height": 900})
    page = context.new_page()
    with asked_for_by(page) as addresses:
        page.goto(path)
        expect(page.get_by_role("heading").first).to_be_visible()
        page.wait_for_load_state("networkidle")
    context.close()
    return addresses


@contextmanager
def asked_for_by(page: Page) -> Iterator[set[str]]:
    """The addresses of the scripts that a page asks for meanwhile, those its browser has kept among them."""
    addresses: set[str] = set()

    def note(asked: Request) -> None:
        if asked.resource_type == "script":
            addresses.add(asked.url)

    page.on("request", note)
    yield addresses
    page.remove_listener("request", note)


def kib_of(addresses: Iterable[str]) -> float:
    """What they weigh together."""
    return sum(map(_size, addresses)) / KIB


@cache
def _size(address: str) -> int:
    with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310
        return len(gzip.compress(answer.read(), 9))
