"""Stripe Checkout for seats, annual and monthly (product.md section 13): bought once, by one Owner at a time."""

from datetime import timedelta

import pytest

from chalicelib.features.billing.model import CHECKOUT_LIFE
from chalicelib.features.billing.repository import Records
from chalicelib.features.billing.use_cases import buying
from chalicelib.features.seats.model import Interval
from chalicelib.table import billing_keys
from chalicelib.table.items import Row
from tests.edge.billing.counter import Counter, an_order
from tests.people import People
from tests.races import Killed


def test_checkout_sells_seats_by_the_month(counter: Counter) -> None:
    page = counter.page(pro=3, extra=2)
    assert counter.seats() == [], "nothing is there before it is paid"
    assert counter.cashier.pay(page) == 303
    counter.catch_up()
    shown = counter.subscription()
    assert (shown["status"], shown["pro"], shown["basic"], shown["extra"]) == ("active", 3, 0, 2)
    assert shown["next_minor"] == 3 * 3_900 + 2 * 500
    assert {(seat.plan, seat.interval) for seat in counter.seats()} == {("pro", "month")}
    assert len(counter.seats()) == 3
    until = {seat.paid_until for seat in counter.seats()}
    assert len(until) == 1
    assert timedelta(days=28) <= until.pop() - counter.at.clock() <= timedelta(days=31, hours=1)


def test_annual_and_monthly_seats_stand_side_by_side(counter: Counter) -> None:
    counter.buy(basic=1)
    counter.buy(interval="year", pro=1, extra=1)
    assert [(plan, interval) for plan, interval, _ in counter.standing()] == [("basic", "month"), ("pro", "year")]
    assert counter.subscription("year")["next_minor"] == 39_000 + 5_000
    [yearly] = [seat for seat in counter.seats() if seat.interval is Interval.YEAR]
    assert yearly.paid_until - counter.at.clock() >= timedelta(days=364)


def test_prices_are_those_that_are_configured_at_stripe(counter: Counter) -> None:
    prices = {(each["kind"], each["interval"]): each["amount_minor"] for each in counter.billing()["prices"]}
    assert prices == {
        ("basic", "month"): 2_900,
        ("basic", "year"): 29_000,
        ("pro", "month"): 3_900,
        ("pro", "year"): 39_000,
        ("extra", "month"): 500,
        ("extra", "year"): 5_000,
    }


def test_a_webhook_before_the_redirect_and_one_long_after_it_fill_the_plan_once(counter: Counter) -> None:
    assert counter.cashier.pay(counter.page(pro=1)) == 303
    told = counter.events()
    first = [each for each in told if each["type"] == "customer.subscription.created"]
    counter.settle(counter.post.deliver_all(first))
    assert len(counter.seats()) == 1
    before = counter.standing()
    counter.settle(counter.post.deliver_all([each for each in told if each not in first]))
    assert counter.standing() == before


def test_a_card_that_is_refused_buys_nothing(counter: Counter) -> None:
    assert counter.cashier.pay(counter.page(pro=1), "4000000000000002") == 402
    counter.catch_up()
    assert counter.seats() == []
    assert counter.billing()["subscriptions"] == []


def test_the_same_wish_opens_the_same_page(counter: Counter) -> None:
    first = counter.ask("checkout", an_order(pro=1), "a wish")
    assert counter.ask("checkout", an_order(pro=1), "a wish").body == first.body


def test_of_two_owners_only_the_last_page_can_be_paid_on(counter: Counter) -> None:
    first = counter.page(pro=1)
    second = counter.page(pro=2)
    assert counter.cashier.pay(first) in {400, 402}
    assert counter.cashier.pay(second) == 303
    counter.catch_up()
    assert len(counter.seats()) == 2


def test_of_two_owners_who_buy_at_once_the_second_is_told_that_the_first_has_paid(counter: Counter) -> None:
    assert counter.cashier.pay(counter.page(pro=1)) == 303
    answer = counter.ask("checkout", an_order(pro=2))
    assert (answer.status, answer.code) == (409, "checkout-under-way")
    assert len(counter.seats()) == 1, "what was bought shows although nobody has told yet"
    assert counter.ask("checkout", an_order(pro=2)).code == "already-subscribed"


def test_of_two_who_order_at_the_same_moment_one_is_told_of_the_other(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = buying._claim
    others: list[str] = []

    def claim_behind_another(*wish: object) -> object:
        if not others:
            others.append("begun")
            others[0] = counter.page(pro=1)
        return claim(*wish)  # type: ignore[arg-type]

    monkeypatch.setattr(buying, "_claim", claim_behind_another)
    answer = counter.ask("checkout", an_order(pro=2))
    assert (answer.status, answer.code) == (409, "checkout-under-way")
    assert counter.cashier.pay(others[0]) == 303


def test_a_page_whose_opener_died_is_found_again_and_closed(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Records, "note_checkout", die)
        with pytest.raises(Killed):
            counter.ask("checkout", an_order(pro=1))
    page = counter.page(pro=2)
    opened = counter.cashier.ask("GET", f"/v1/checkout/sessions?customer={counter.customer}")["data"]
    assert sorted(each["status"] for each in opened) == ["expired", "open"]
    assert counter.cashier.pay(page) == 303


def test_a_page_that_ran_out_stands_in_nobodys_way(counter: Counter) -> None:
    counter.page(pro=1)
    counter.wait(CHECKOUT_LIFE + timedelta(minutes=1))
    assert counter.cashier.pay(counter.page(pro=1)) == 303


def test_a_stripe_that_does_not_answer_is_told_as_such_and_costs_nothing(counter: Counter) -> None:
    counter.page(pro=1)
    for fault in ("server-error", "too-many", "cut"):
        counter.cashier.order_fault(fault, "/v1/checkout/sessions")
        assert counter.ask("checkout", an_order(pro=1), "a wish").status == 503
    assert counter.ask("checkout", an_order(pro=1), "a wish").status == 201


def test_an_answer_of_stripes_that_was_lost_is_found_by_the_same_key(counter: Counter) -> None:
    counter.cashier.order_fault("cut-after", "/v1/customers")
    assert counter.ask("checkout", an_order(pro=1), "a wish").status == 503
    assert counter.ask("checkout", an_order(pro=1), "a wish").status == 201
    made = counter.cashier.ask("GET", "/v1/customers?limit=100")["data"]
    of_hers = [each for each in made if each["metadata"].get("workspace_id") == counter.olga.workspace_id]
    assert [each["id"] for each in of_hers] == [counter.customer]


@pytest.mark.parametrize("extra", [0, 3])
def test_an_order_without_a_seat_is_refused(counter: Counter, extra: int) -> None:
    answer = counter.ask("checkout", an_order(extra=extra))
    assert (answer.status, answer.code) == (422, "order-empty")


def test_only_owners_see_and_do_what_is_about_money(counter: Counter, people: People) -> None:
    anna = people.new("Anna")
    people.join(anna, counter.olga, role="admin")
    for what in ("checkout", "preview"):
        assert counter.ask(what, an_order(pro=1), person=anna).code == "permission-missing"
    assert counter.post.api.get(counter.path, anna.browser).code == "permission-missing"


def test_where_nothing_is_sold_owners_are_told_so(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib import settings

    monkeypatch.delenv("WIREROOM_STRIPE_KEY")
    settings.current.cache_clear()
    assert counter.ask("checkout", an_order(pro=1)).code == "billing-not-configured"
    shown = {"is_configured": False, "is_customer": False, "prices": [], "subscriptions": []}
    assert counter.billing() == shown


def test_the_customer_portal_is_for_cards_and_invoices(counter: Counter) -> None:
    counter.buy(pro=1)
    answer = counter.ask("portal")
    assert answer.status == 201
    assert counter.cashier.click(answer.body["url"], {"decision": "card", "number": "5555555555554444"}) == 303
    listed = counter.post.api.get(f"{counter.path}/invoices", counter.olga.browser).body["invoices"]
    assert [(each["status"], each["currency"]) for each in listed] == [("paid", "eur")]
    assert listed[0]["total_minor"] > 3_900, "Stripe Tax adds to it"
    assert listed[0]["page"].startswith("http")


def test_no_card_data_is_held_and_no_name_or_address(counter: Counter) -> None:
    counter.buy(pro=1)
    kept = str(counter.tenant.rows(billing_keys.BILLING).between(Row, "!", "~", limit=100))
    assert counter.customer in kept
    assert [planted for planted in ("4242", "o@example.com", "Olga", "country", "last4") if planted in kept] == []
