"""The pages one clicks on in place of Stripe's: Checkout, the Customer Portal, an invoice."""

from typing import Any
from urllib.parse import urlsplit

import pytest
import stripe

from tests.dev.stripe.beside import Beside, Listener, shown_text
from tests.dev.stripe.conftest import Shop

BACK = "http://localhost:8480/w/W/billing"
GOOD, KEPT_BUT_BAD, DECLINED = "4242424242424242", "4000000000000341", "4000000000000002"


def a_session(beside: Beside, **more: Any) -> Any:
    wanted: Any = {
        "mode": "subscription",
        "line_items": [{"price": "price_pro_month", "quantity": 3}, {"price": "price_extra_month", "quantity": 1}],
        "success_url": f"{BACK}?bought={{CHECKOUT_SESSION_ID}}",
        "cancel_url": f"{BACK}?bought=nothing",
        "subscription_data": {"metadata": {"workspace": "W"}},
        **more,
    }
    return beside.client.v1.checkout.sessions.create(wanted)


def read(beside: Beside, session: Any) -> Any:
    return beside.client.v1.checkout.sessions.retrieve(session.id)


def buy(beside: Beside, session: Any, number: str = GOOD, **form: str) -> Any:
    return beside.click(session.url, decision="pay", number=number, email="ada@example.org", **form)


def test_the_page_shows_what_is_bought_and_the_cards_there_are(beside: Beside) -> None:
    page = beside.look(a_session(beside).url)
    assert page.status_code == 200
    text = shown_text(page)
    assert "3 × Pro seat each month 117.00 EUR" in text
    assert "4000 0000 0000 0341 is kept, and declines when charged" in text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_whoever_pays_is_sent_back_and_has_subscribed(beside: Beside, shop: Shop, listener: Listener) -> None:
    customer = shop.customer(card="")
    session = a_session(beside, customer=customer.id, client_reference_id="W", metadata={"command": "C"})
    assert (session.status, session.payment_status, session.amount_total) == ("open", "unpaid", 12_200)
    answer = buy(beside, session)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{BACK}?bought={session.id}")
    done = read(beside, session)
    assert (done.status, done.payment_status, done.client_reference_id) == ("complete", "paid", "W")
    bought = beside.client.v1.subscriptions.retrieve(done.subscription)
    assert (bought.status, bought.customer, bought.metadata["workspace"]) == ("active", customer.id, "W")
    assert bought.default_payment_method is not None
    beside.settle()
    event = listener.received[-1].event
    assert (event.type, event.data.object.subscription) == ("checkout.session.completed", bought.id)


def test_whoever_has_no_customer_yet_becomes_one(beside: Beside) -> None:
    session = a_session(beside, customer_email="ada@example.org")
    buy(beside, session, full_name="Ada Lovelace", country="FR")
    customer = beside.client.v1.customers.retrieve(read(beside, session).customer)
    assert (customer.email, customer.name) == ("ada@example.org", "Ada Lovelace")
    assert customer.address is not None
    assert customer.address.country == "FR"


@pytest.mark.parametrize("number", [DECLINED, KEPT_BUT_BAD, "4000000000009995", "1234"])
def test_a_card_that_does_not_pay_leaves_the_page_open_and_nothing_behind(beside: Beside, number: str) -> None:
    session = a_session(beside)
    answer = buy(beside, session, number)
    assert answer.status_code == 402
    assert "Your card" in shown_text(answer)
    assert read(beside, session).status == "open"
    assert beside.client.v1.customers.list().data == []
    assert beside.client.v1.subscriptions.list({"status": "all"}).data == []
    assert buy(beside, session).status_code == 303


def test_whoever_goes_back_has_bought_nothing(beside: Beside) -> None:
    session = a_session(beside)
    answer = beside.click(session.url, decision="cancel")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{BACK}?bought=nothing")
    assert read(beside, session).status == "open"


def test_a_page_is_paid_once(beside: Beside) -> None:
    session = a_session(beside)
    buy(beside, session)
    assert "no longer active" not in shown_text(beside.look(session.url))
    assert "This checkout is complete." in shown_text(beside.look(session.url))
    assert "This checkout is complete." in shown_text(buy(beside, session))
    assert len(beside.client.v1.subscriptions.list().data) == 1


def test_a_page_expires_after_a_day_or_when_the_product_says_so(beside: Beside, listener: Listener) -> None:
    by_time, by_hand = a_session(beside), a_session(beside)
    beside.client.v1.checkout.sessions.expire(by_hand.id)
    beside.pass_days(1.01)
    assert {read(beside, each).status for each in (by_time, by_hand)} == {"expired"}
    assert "This checkout is expired." in shown_text(beside.look(by_time.url))
    beside.settle()
    assert listener.types() == ["checkout.session.expired"] * 2
    with pytest.raises(stripe.InvalidRequestError):
        beside.client.v1.checkout.sessions.expire(by_hand.id)


def test_tax_is_reckoned_by_the_country_on_the_page(beside: Beside, shop: Shop) -> None:
    customer = shop.customer(card="", address={"city": "somewhere"})
    taxed: Any = {"customer": customer.id, "automatic_tax": {"enabled": True}}
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        a_session(beside, **taxed)
    assert refusal.value.code == "customer_tax_location_invalid"
    session = a_session(
        beside, **taxed, customer_update={"address": "auto", "name": "auto"}, tax_id_collection={"enabled": True}
    )
    buy(beside, session, country="AT", full_name="Ada GmbH", vat_id="ATU12345678")
    done = read(beside, session)
    assert (done.amount_total, done.total_details.amount_tax) == (12_200, 0)  # a business abroad
    assert done.customer_details.tax_ids[0].value == "ATU12345678"
    assert done.customer_details.address.country == "AT"


def test_what_is_sold_can_be_listed(beside: Beside) -> None:
    sold = beside.client.v1.checkout.sessions.line_items.list(a_session(beside).id)
    assert [(each.description, each.quantity, each.amount_total) for each in sold.data] == [
        ("Pro seat", 3, 11_700),
        ("Extra Telegram account", 1, 500),
    ]


@pytest.mark.parametrize("change", [{"mode": "payment"}, {"ui_mode": "embedded_page"}, {"line_items": []}])
def test_what_is_not_done_here_is_refused(beside: Beside, change: Any) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        a_session(beside, **change)


def portal_of(beside: Beside, customer: Any) -> str:
    made = beside.client.v1.billing_portal.sessions.create({"customer": customer.id, "return_url": BACK})
    return made.url


def test_the_portal_shows_what_one_has(beside: Beside, shop: Shop) -> None:
    customer = shop.customer()
    shop.subscribe(customer, ("pro_month", 2))
    page = beside.look(portal_of(beside, customer))
    text = shown_text(page)
    assert "2 × Pro seat active; renews" in text
    assert "•••• 4242" in text
    assert "78.00 EUR" in text
    assert f'href="{BACK}"' in page.text


def test_in_the_portal_one_cancels_and_renews(beside: Beside, shop: Shop) -> None:
    customer = shop.customer()
    made = shop.subscribe(customer, ("pro_month", 2))
    url = portal_of(beside, customer)
    answer = beside.click(url, decision="cancel", subscription=made.id)
    assert answer.status_code == 303
    assert shop.read(made).cancel_at_period_end is True
    assert "ends" in shown_text(beside.look(url))
    beside.click(url, decision="renew", subscription=made.id)
    assert shop.read(made).cancel_at_period_end is False


def test_a_card_changed_in_the_portal_pays_for_what_was_bought_by_checkout(
    beside: Beside, shop: Shop, listener: Listener
) -> None:
    customer = shop.customer(card="")
    session = a_session(beside, customer=customer.id)
    buy(beside, session)
    url = portal_of(beside, customer)
    beside.click(url, decision="card", number=KEPT_BUT_BAD)
    bought = beside.client.v1.subscriptions.retrieve(read(beside, session).subscription)
    beside.pass_days(32)
    assert shop.read(bought).status == "past_due"
    assert "Pay now" in shown_text(beside.look(portal_of(beside, customer)))
    beside.settle()
    assert "invoice.payment_failed" in listener.types()


def test_an_open_invoice_is_paid_in_the_portal(beside: Beside, shop: Shop) -> None:
    customer = shop.customer()
    made = shop.subscribe(customer, ("pro_month", 1))
    shop.use_card(customer, "pm_card_chargeCustomerFail")
    beside.pass_days(32)
    url, invoice = portal_of(beside, customer), str(shop.read(made).latest_invoice)
    refused = beside.click(url, decision="pay", invoice=invoice)
    assert (refused.status_code, "declined" in shown_text(refused)) == (402, True)
    beside.click(url, decision="card", number=GOOD)
    assert beside.click(url, decision="pay", invoice=invoice).status_code == 303
    assert shop.read(made).status == "active"


def test_a_card_that_may_not_be_kept_changes_nothing(beside: Beside, shop: Shop) -> None:
    customer = shop.customer()
    answer = beside.click(portal_of(beside, customer), decision="card", number=DECLINED)
    assert answer.status_code == 402
    kept = beside.client.v1.customers.retrieve(customer.id).invoice_settings
    assert kept is not None
    assert kept.default_payment_method == customer.invoice_settings.default_payment_method


def test_nobody_ends_or_pays_in_the_portal_what_is_somebody_else_s(beside: Beside, shop: Shop) -> None:
    theirs = shop.subscribe(shop.customer(), ("pro_month", 1))
    url = portal_of(beside, shop.customer())
    beside.click(url, decision="cancel", subscription=theirs.id)
    assert shop.read(theirs).cancel_at_period_end is False


def test_the_portal_s_address_is_good_for_an_hour(beside: Beside, shop: Shop) -> None:
    url = portal_of(beside, shop.customer())
    beside.pass_days(1 / 12)
    page = beside.look(url)
    assert (page.status_code, "expired" in shown_text(page)) == (404, True)


def test_an_invoice_has_a_page(beside: Beside, shop: Shop) -> None:
    invoice = shop.last_invoice(shop.subscribe(shop.customer(), ("pro_month", 1)))
    assert urlsplit(invoice.hosted_invoice_url).path == f"/pages/invoices/{invoice.id}"
    assert "Total 39.00 EUR" in shown_text(beside.look(invoice.hosted_invoice_url))


@pytest.mark.parametrize("page", ["checkout/cs_none", "portal/bps_none", "invoices/in_none"])
def test_a_page_of_nothing_says_so(beside: Beside, page: str) -> None:
    answer = beside.look(f"{beside.address}/pages/{page}")
    assert (answer.status_code, "No such" in shown_text(answer)) == (404, True)


def test_what_people_write_is_shown_as_they_wrote_it(beside: Beside, shop: Shop) -> None:
    customer = shop.customer(name="<script>alert(1)</script>")
    page = beside.look(portal_of(beside, customer))
    assert "<script>" not in page.text
    assert "&lt;script&gt;" in page.text
