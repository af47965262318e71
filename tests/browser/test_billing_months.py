"""A renewal that fails, months later, and is made good: with a product of its own, in whose Stripe time passes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.buying import FAILING, GOOD, buy, choose_card, give_card
from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.product import RunningProduct, running_product

A_MONTH_S = 32 * 86_400


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProduct]:
    """A product whose Stripe runs ahead of it."""
    with running_product(tmp_path_factory.mktemp("months")) as started:
        yield started


def test_a_failed_payment_is_said_on_every_page_until_it_is_made_good(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    page = buy(enter, person, pro=1)
    give_card(page, FAILING)
    product.stripe("/clock", {"ahead_s": A_MONTH_S})
    page.goto(f"/w/{person.workspace_id}/inbox")
    banner = page.get_by_role("status").filter(has_text="A payment failed.")
    expect(banner).to_be_visible()
    banner.get_by_role("button", name="Mend the payment").click()
    choose_card(page, GOOD)
    page.get_by_role("button", name="Pay now").click()
    expect(page.get_by_role("button", name="Pay now")).to_have_count(0)
    page.get_by_role("link", name="Return to Wireroom").click()
    expect(page.get_by_role("heading", name="What you pay")).to_be_visible()
    expect(banner).to_have_count(0)
