"""The wire: who may ask, errors, keys that make a repetition harmless, pages, expansion, faults; by the real client."""

from typing import Any

import pytest
import stripe

from tests.dev.stripe.beside import KEY, Beside, a_stripe
from tests.dev.stripe.conftest import Shop


def hour_later(beside: Beside, hours: float) -> None:
    beside.pass_days(hours / 24)


def test_a_wrong_key_is_refused(beside: Beside) -> None:
    with pytest.raises(stripe.AuthenticationError) as refusal:
        beside.another_client("sk_test_guessed").v1.customers.list()
    assert refusal.value.http_status == 401
    assert "sk_test_guessed" not in str(refusal.value)


def test_another_version_is_refused(beside: Beside) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="Invalid Stripe API version"):
        beside.another_client(KEY, stripe_version="2019-01-01").v1.customers.list()


def test_an_answer_names_its_request(beside: Beside) -> None:
    made = beside.client.v1.customers.create({"name": "Ada"})
    assert made.last_response is not None
    request_id = made.last_response.request_id
    assert request_id is not None
    assert request_id.startswith("req_")
    [event] = beside.client.v1.events.list({"type": "customer.created"}).data
    assert event.request is not None
    assert event.request.id == request_id


def test_what_is_not_there_is_said_so_with_code_and_param(beside: Beside) -> None:
    with pytest.raises(stripe.InvalidRequestError) as by_path:
        beside.client.v1.subscriptions.retrieve("sub_none")
    with pytest.raises(stripe.InvalidRequestError) as by_parameter:
        beside.client.v1.billing_portal.sessions.create({"customer": "cus_none"})
    assert (by_path.value.http_status, by_path.value.code, by_path.value.param) == (404, "resource_missing", "id")
    assert (by_parameter.value.http_status, by_parameter.value.param) == (400, "customer")


def test_a_parameter_this_stripe_does_not_know_is_refused_and_nothing_is_done(beside: Beside) -> None:
    wish: Any = {"name": "Ada", "cash_balance": {"settings": {"reconciliation_mode": "manual"}}}
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        beside.client.v1.customers.create(wish)
    assert (refusal.value.code, refusal.value.param) == ("parameter_unknown", "cash_balance")
    assert beside.client.v1.customers.list().data == []
    assert beside.client.v1.events.list({"type": "customer.created"}).data == []


def test_a_request_this_stripe_does_not_know_is_refused_and_counted(beside: Beside) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="Unrecognized request URL"):
        beside.client.v1.coupons.list()
    assert "GET /v1/coupons, which is not here" in beside.control("GET", "/calls")


def test_a_repetition_with_the_key_gets_the_first_answer_and_does_nothing(beside: Beside) -> None:
    customers = beside.client.v1.customers
    first, second = (customers.create({"name": "Ada"}, {"idempotency_key": "command-1"}) for _ in range(2))
    assert first.id == second.id
    assert [each.id for each in customers.list().data] == [first.id]
    assert first.last_response is not None
    assert second.last_response is not None
    assert "Idempotent-Replayed" not in first.last_response.headers
    assert second.last_response.headers["Idempotent-Replayed"] == "true"
    assert second.last_response.headers["Original-Request"] == first.last_response.request_id


def test_a_key_with_other_parameters_is_refused(beside: Beside) -> None:
    customers = beside.client.v1.customers
    customers.create({"name": "Ada"}, {"idempotency_key": "command-1"})
    with pytest.raises(stripe.IdempotencyError) as refusal:
        customers.create({"name": "Bob"}, {"idempotency_key": "command-1"})
    assert refusal.value.http_status == 400
    assert len(customers.list().data) == 1


def test_a_key_is_forgotten_after_a_day(beside: Beside) -> None:
    customers = beside.client.v1.customers
    first = customers.create({"name": "Ada"}, {"idempotency_key": "command-1"})
    hour_later(beside, 23.9)
    again = customers.create({"name": "Ada"}, {"idempotency_key": "command-1"})
    hour_later(beside, 0.2)
    anew = customers.create({"name": "Ada"}, {"idempotency_key": "command-1"})
    assert first.id == again.id != anew.id


def test_a_refusal_of_parameters_does_not_use_a_key_up(beside: Beside) -> None:
    sessions = beside.client.v1.billing_portal.sessions
    with pytest.raises(stripe.InvalidRequestError):
        sessions.create({"customer": "cus_none"}, {"idempotency_key": "command-1"})
    customer = Shop(beside).customer()
    assert sessions.create({"customer": customer.id}, {"idempotency_key": "command-1"}).customer == customer.id


def test_a_declined_change_stays_declined_for_its_key_even_with_a_better_card(beside: Beside, shop: Shop) -> None:
    customer = shop.customer()
    made = shop.subscribe(customer, ("pro_month", 1))
    wish: Any = {
        "items": [{"id": made["items"].data[0].id, "quantity": 2}],
        "proration_behavior": "always_invoice",
        "payment_behavior": "error_if_incomplete",
    }
    for card in ("pm_card_chargeCustomerFail", "pm_card_visa"):
        shop.use_card(customer, card)
        with pytest.raises(stripe.CardError):
            beside.client.v1.subscriptions.update(made.id, wish, {"idempotency_key": "command-1"})
    changed = beside.client.v1.subscriptions.update(made.id, wish, {"idempotency_key": "command-2"})
    assert changed["items"].data[0].quantity == 2


def test_a_refused_card_is_refused_the_same_way_again(beside: Beside, shop: Shop) -> None:
    subscription = shop.subscribe(shop.customer(), payment_behavior="default_incomplete")
    shop.use_card(type("Named", (), {"id": subscription.customer}), "pm_card_chargeCustomerFail")
    for _ in range(2):
        with pytest.raises(stripe.CardError) as refusal:
            beside.client.v1.invoices.pay(str(subscription.latest_invoice), {}, {"idempotency_key": "command-1"})
        assert refusal.value.code == "card_declined"
    assert shop.last_invoice(subscription).attempt_count == 1


def test_lists_come_in_pages_the_newest_first(beside: Beside) -> None:
    customers = beside.client.v1.customers
    made = [customers.create({"name": f"number {number}"}).id for number in range(5)]
    page = customers.list({"limit": 2})
    assert ([each.id for each in page.data], page.has_more) == (made[:2:-1], True)
    assert [each.id for each in customers.list({"limit": 2}).auto_paging_iter()] == made[::-1]
    before = customers.list({"limit": 2, "ending_before": made[1]})
    assert ([each.id for each in before.data], before.has_more) == ([made[3], made[2]], True)


@pytest.mark.parametrize("limit", [0, 101])
def test_a_page_has_one_to_a_hundred(beside: Beside, limit: int) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="between 1 and 100"):
        beside.client.v1.events.list({"limit": limit})


def test_events_are_listed_by_time_and_type(beside: Beside) -> None:
    beside.client.v1.customers.create({"name": "before"})
    beside.pass_days(1)
    now = beside.control("GET", "/clock")["now"]
    beside.client.v1.customers.create({"name": "after"})
    found = beside.client.v1.events.list({"created": {"gte": now}, "types": ["customer.created"]})
    assert [each.data.object["name"] for each in found.data] == ["after"]


def test_what_an_id_names_is_put_in_its_place_when_asked_for(shop: Shop) -> None:
    paths = ["customer", "latest_invoice.payments.data.payment.payment_intent", "items.data.price.product"]
    made = shop.subscribe(shop.customer(), ("pro_month", 1), expand=paths)
    assert made.customer.email == "ada@example.org"
    assert made.latest_invoice.payments.data[0].payment.payment_intent.status == "succeeded"
    assert made["items"].data[0].price.product.name == "Pro seat"
    assert isinstance(shop.read(made).customer, str)


@pytest.mark.parametrize("path", ["nothing", "id", "name", "address.country", "a.b.c.d.e"])
def test_what_leads_nowhere_can_not_be_expanded(beside: Beside, path: str) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        beside.client.v1.customers.create({"name": "Ada", "address": {"country": "FR"}, "expand": [path]})
    assert refusal.value.param == "expand"
    assert beside.client.v1.customers.list().data == []


def test_the_same_seed_mints_the_same_ids() -> None:
    made = []
    for _ in range(2):
        with a_stripe() as beside:
            made.append([beside.client.v1.customers.create({"name": "Ada"}).id for _ in range(2)])
    assert made[0] == made[1]
    assert made[0][0] != made[0][1]


@pytest.mark.parametrize(("fault", "raised"), [("server-error", stripe.APIError), ("too-many", stripe.RateLimitError)])
def test_a_fault_strikes_as_often_as_it_was_ordered(beside: Beside, fault: str, raised: type[Exception]) -> None:
    beside.control("POST", "/faults", {"fault": fault, "path": "/v1/customers"})
    with pytest.raises(raised):
        beside.client.v1.customers.create({"name": "Ada"})
    assert beside.client.v1.customers.list().data == []
    beside.client.v1.customers.create({"name": "Ada"})


def test_a_client_that_lost_the_answer_asks_again_with_its_key_and_nothing_is_done_twice(beside: Beside) -> None:
    beside.control("POST", "/faults", {"fault": "cut-after", "path": "/v1/customers"})
    patient = beside.another_client(KEY, max_network_retries=2)
    made = patient.v1.customers.create({"name": "Ada"}, {"idempotency_key": "command-1"})
    assert [each.id for each in beside.client.v1.customers.list().data] == [made.id]
    assert beside.control("GET", "/calls")["POST /v1/customers"] == 2


def test_a_line_that_was_cut_before_anything_happened_left_nothing(beside: Beside) -> None:
    beside.control("POST", "/faults", {"fault": "cut", "path": "/v1/customers"})
    with pytest.raises(stripe.APIConnectionError):
        beside.another_client(KEY, max_network_retries=0).v1.customers.create({"name": "Ada"})
    assert beside.client.v1.customers.list().data == []


def test_metadata_is_laid_over_what_there_was(beside: Beside) -> None:
    customers = beside.client.v1.customers
    made = customers.create({"metadata": {"workspace": "W", "gone": "soon"}})
    changed = customers.update(made.id, {"metadata": {"gone": "", "new": "yes"}})
    assert changed.to_dict()["metadata"] == {"workspace": "W", "new": "yes"}


def test_the_back_door_takes_json_alone(beside: Beside) -> None:
    answer = beside.click(f"{beside.address}/control/clock", ahead_s="60")
    assert answer.status_code == 415
    assert beside.control("GET", "/clock")["ahead_s"] == 0
