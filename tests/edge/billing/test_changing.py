"""Proration on change, cancelling and its undoing (product.md section 13): what was seen is what is paid."""

from datetime import timedelta

import pytest

from chalicelib.adapters.stripe_api import Stripe
from chalicelib.features.billing.model import PREVIEW_LIFE
from chalicelib.features.seats import use_cases as seats
from chalicelib.features.seats.model import PaidBy, SeatState
from chalicelib.kernel.plans import Plan
from tests.edge.billing.counter import Counter, an_order
from tests.races import Killed


def test_proration_on_change_costs_what_the_preview_said(counter: Counter) -> None:
    counter.buy(pro=1)
    counter.wait(timedelta(days=10))
    seen = counter.preview(pro=3)
    assert 0 < seen["due_minor"] < 3 * 3_900
    assert seen["tax_minor"] > 0
    assert seen["due_minor"] == sum(line["amount_minor"] for line in seen["lines"]) + seen["tax_minor"]
    counter.wait(timedelta(minutes=10))
    confirmed = {"order": an_order(pro=3), "prorated_at": seen["prorated_at"], "version": seen["version"]}
    answer = counter.ask("change", confirmed)
    assert answer.status == 200, answer.body
    [shown] = answer.body["subscriptions"]
    assert shown["pro"] == 3
    assert len(counter.seats()) == 3, "seats follow before the answer"
    newest = counter.post.api.get(f"{counter.path}/invoices", counter.olga.browser).body["invoices"][0]
    assert (newest["status"], newest["paid_minor"]) == ("paid", seen["due_minor"])


def test_what_is_told_of_a_change_afterwards_changes_nothing_more(counter: Counter) -> None:
    counter.buy(pro=1)
    assert counter.change(pro=2, extra=1).status == 200
    before = counter.seats()
    counter.catch_up()
    assert counter.seats() == before


def test_seats_change_plan_with_whoever_sits_on_them(counter: Counter) -> None:
    counter.buy(basic=1)
    seats.take_seat(counter.seats()[0].id, tenant=counter.owner())
    assert counter.change(pro=1).status == 200
    [seat] = counter.seats()
    assert (seat.plan, seat.user_id) == (Plan.PRO, counter.olga.user_id)


def test_a_preview_changes_nothing(counter: Counter) -> None:
    counter.buy(pro=1)
    before = (counter.seats(), counter.subscription())
    counter.preview(pro=5, basic=2, extra=3)
    counter.catch_up()
    assert (counter.seats(), counter.subscription()) == before


def test_a_preview_of_half_an_hour_ago_is_not_confirmed(counter: Counter) -> None:
    counter.buy(pro=1)
    seen = counter.preview(pro=2)
    counter.wait(PREVIEW_LIFE + timedelta(minutes=1))
    answer = counter.ask(
        "change", {"order": an_order(pro=2), "prorated_at": seen["prorated_at"], "version": seen["version"]}
    )
    assert (answer.status, answer.code) == (409, "preview-stale")
    assert len(counter.seats()) == 1


def test_a_preview_of_what_another_owner_has_changed_is_not_confirmed(counter: Counter) -> None:
    counter.buy(pro=1)
    seen = counter.preview(pro=2)
    assert counter.change(pro=4).status == 200
    answer = counter.ask(
        "change", {"order": an_order(pro=2), "prorated_at": seen["prorated_at"], "version": seen["version"]}
    )
    assert answer.code == "preview-stale"
    assert len(counter.seats()) == 4


@pytest.mark.parametrize("prorated_at", ["1970-01-01T00:00:00Z", "2099-01-01T00:00:00Z"])
def test_nobody_chooses_the_moment_they_are_billed_from(counter: Counter, prorated_at: str) -> None:
    counter.buy(pro=1)
    seen = counter.preview(pro=2)
    answer = counter.ask("change", {"order": an_order(pro=2), "prorated_at": prorated_at, "version": seen["version"]})
    assert answer.code == "preview-stale"


def test_a_refused_card_leaves_everything_as_it_was(counter: Counter) -> None:
    counter.buy(pro=1)
    portal = counter.ask("portal").body["url"]
    assert counter.cashier.click(portal, {"decision": "card", "number": "4000000000000341"}) == 303
    before = counter.seats()
    answer = counter.change(pro=2)
    assert (answer.status, answer.code) == (409, "payment-refused")
    counter.catch_up()
    assert counter.seats() == before
    assert counter.subscription()["pro"] == 1


def test_a_downgrade_below_filled_seats_is_refused_with_what_to_free(counter: Counter) -> None:
    counter.buy(pro=2)
    anna = counter.people.new("Anna")
    counter.people.join(anna, counter.olga, has_seat=False)
    [hers, annas] = counter.seats()
    owner = counter.owner()
    seats.take_seat(hers.id, tenant=owner)
    seats.assign_seat(annas.id, anna.user_id, tenant=owner)
    answer = counter.ask("preview", an_order(pro=1))
    assert (answer.status, answer.code) == (409, "seats-in-use")
    assert answer.body["standing"] == {"free_first": 1, "in_use": 2}
    seats.free_seat(hers.id, tenant=owner)
    assert counter.change(pro=1).status == 200
    assert [seat.id for seat in counter.seats()] == [annas.id], "who sits on one stays"


def test_extra_accounts_that_stand_on_seats_are_not_ordered_away(counter: Counter) -> None:
    counter.buy(pro=1, extra=2)
    owner = counter.owner()
    seats.take_seat(counter.seats()[0].id, tenant=owner)
    seats.set_extra_accounts(counter.seats()[0].id, 2, tenant=owner)
    answer = counter.ask("preview", an_order(pro=1, extra=1))
    assert (answer.status, answer.code) == (409, "extras-in-use")
    assert answer.body["standing"]["free_first"] == 1


def test_monthly_extras_do_not_stand_on_annual_seats(counter: Counter) -> None:
    counter.buy(interval="year", pro=1)
    assert counter.ask("preview", an_order(interval="month", pro=1, extra=1)).code == "nothing-subscribed"
    assert counter.ask("checkout", an_order(interval="month", extra=1)).code == "order-empty"


def test_a_wish_that_is_repeated_is_carried_out_once(counter: Counter) -> None:
    counter.buy(pro=1)
    seen = counter.preview(pro=2)
    confirmed = {"order": an_order(pro=2), "prorated_at": seen["prorated_at"], "version": seen["version"]}
    for _ in range(3):
        assert counter.ask("change", confirmed, "one wish").status == 200
    assert len(counter.seats()) == 2
    assert len(counter.cashier.ask("GET", f"/v1/invoices?customer={counter.customer}")["data"]) == 2


@pytest.mark.parametrize("died", ["before", "after"])
def test_a_wish_that_was_cut_short_is_finished_by_its_repetition(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, died: str
) -> None:
    counter.buy(pro=1)
    seen = counter.preview(pro=2)
    confirmed = {"order": an_order(pro=2), "prorated_at": seen["prorated_at"], "version": seen["version"]}
    change = Stripe.change

    def die(*wish: object, **how: object) -> None:
        if died == "after":
            change(*wish, **how)  # type: ignore[arg-type]
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Stripe, "change", die)
        with pytest.raises(Killed):
            counter.ask("change", confirmed, "one wish")
    assert len(counter.seats()) == 1
    assert counter.ask("change", confirmed, "one wish").status == 200
    assert len(counter.seats()) == 2
    assert len(counter.cashier.ask("GET", f"/v1/invoices?customer={counter.customer}")["data"]) == 2


def test_a_wish_whose_answer_was_lost_is_finished_by_what_stripe_tells(counter: Counter) -> None:
    counter.buy(pro=1)
    counter.cashier.order_fault("cut-after", "/v1/subscriptions")
    assert counter.change(pro=2).status == 503
    counter.catch_up()
    assert len(counter.seats()) == 2


def test_what_is_cancelled_is_paid_until_its_period_ends(counter: Counter) -> None:
    counter.buy(pro=1)
    [seat] = counter.seats()
    answer = counter.ask("cancellation", {"interval": "month"})
    assert answer.status == 200, answer.body
    shown = counter.subscription()
    assert shown["cancels_at"] == shown["period_end"]
    assert (shown["next_at"], shown["next_minor"]) == (None, None)
    assert counter.seats() == [seat]
    counter.wait(timedelta(days=32))
    counter.catch_up()
    assert counter.billing()["subscriptions"] == []
    assert [each.state_at(counter.at.clock()) for each in counter.seats()] in ([], [SeatState.EXPIRED])


def test_a_cancellation_is_taken_back(counter: Counter) -> None:
    counter.buy(pro=1)
    counter.ask("cancellation", {"interval": "month"})
    assert counter.ask("renewal", {"interval": "month"}).status == 200
    assert counter.subscription()["cancels_at"] is None
    counter.wait(timedelta(days=32))
    counter.catch_up()
    [seat] = counter.seats()
    assert seat.state_at(counter.at.clock()) is SeatState.AVAILABLE


def test_a_cancellation_on_the_portal_meets_a_change_of_seats(counter: Counter) -> None:
    counter.buy(pro=1)
    seen = counter.preview(pro=2)
    [running] = counter.cashier.ask("GET", f"/v1/subscriptions?customer={counter.customer}")["data"]
    portal = counter.ask("portal").body["url"]
    assert counter.cashier.click(portal, {"decision": "cancel", "subscription": running["id"]}) == 303
    confirmed = {"order": an_order(pro=2), "prorated_at": seen["prorated_at"], "version": seen["version"]}
    assert counter.ask("change", confirmed).status == 200
    counter.catch_up()
    shown = counter.subscription()
    assert (shown["pro"], shown["cancels_at"]) == (2, shown["period_end"])


def test_what_is_over_is_bought_anew(counter: Counter) -> None:
    counter.buy(pro=1)
    counter.ask("cancellation", {"interval": "month"})
    counter.wait(timedelta(days=32))
    counter.catch_up()
    assert counter.ask("cancellation", {"interval": "month"}).code == "nothing-subscribed"
    counter.buy(basic=2)
    paid = [seat for seat in counter.seats() if seat.state_at(counter.at.clock()) is SeatState.AVAILABLE]
    assert [(seat.plan, seat.paid_by) for seat in paid] == [(Plan.BASIC, PaidBy.STRIPE)] * 2
