"""What Owners do to pay: on our page of plan and seats, and on the pages that stand in for Stripe's."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Enter
from tests.browser.people import Person

FAILING = re.compile("0341")
"""A card that a customer may keep, and that pays nothing."""
GOOD = re.compile("5555 5555")


def buy(enter: Enter, person: Person, *, pro: int, **options: object) -> Page:
    """Pay for Pro seats by the month; until they are there."""
    page = enter(f"/w/{person.workspace_id}/settings/billing", person, **options)
    page.get_by_role("textbox", name="Pro seats").fill(str(pro))
    page.get_by_role("button", name="Continue to payment").click()
    page.get_by_role("button", name="Subscribe").click()
    expect(page.get_by_text("Paid. The seats are there.")).to_be_visible()
    return page


def give_card(page: Page, number: re.Pattern[str]) -> None:
    """Go to the portal and have another card charged from now on."""
    page.get_by_role("button", name="Cards and addresses").click()
    choose_card(page, number)


def choose_card(page: Page, number: re.Pattern[str]) -> None:
    """The same, on the portal."""
    page.get_by_role("radio", name=number).check()
    page.get_by_role("button", name="Use this card").click()
    expect(page.get_by_role("heading", name=re.compile("^Card: ••••"))).to_be_visible()


def seats(page: Page) -> Locator:
    """The section of seats, with their table."""
    return page.locator("#seats")
