"""Payment fails: 7 days' grace with notices, then Expired (product.md section 13)."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.adapters.mail import Mail
from chalicelib.features.billing.model import GRACE
from chalicelib.features.billing.use_cases import dunning
from chalicelib.features.seats import use_cases as seats
from chalicelib.features.seats.model import SeatState
from tests.edge.billing.counter import Counter
from tests.people import Mailbox, deliver

FAILING = "4000000000000341"


@pytest.fixture
def failing(counter: Counter) -> Counter:
    """A plan whose renewal has failed a moment ago; Olga sits on its seat."""
    counter.buy(pro=1)
    seats.take_seat(counter.seats()[0].id, tenant=counter.owner())
    change_card(counter, FAILING)
    counter.wait(timedelta(days=31, hours=2))
    counter.catch_up()
    assert counter.subscription()["status"] == "past_due"
    return counter


def change_card(counter: Counter, number: str) -> None:
    portal = counter.ask("portal").body["url"]
    assert counter.cashier.click(portal, {"decision": "card", "number": number}) == 303


def pay_by_hand(counter: Counter) -> None:
    """Give a good card and pay what is open."""
    change_card(counter, "4242424242424242")
    [bill] = counter.cashier.ask("GET", f"/v1/invoices?customer={counter.customer}&status=open")["data"]
    portal = counter.ask("portal").body["url"]
    assert counter.cashier.click(portal, {"decision": "pay", "invoice": bill["id"]}) == 303


def letters(counter: Counter, mailbox: Mailbox) -> list[dict[str, Any]]:
    counter.do_due_work()
    deliver()
    return [each for each in mailbox.of(counter.olga.email) if "failed" in each["Subject"]]


def test_payment_fails_and_seats_stay_for_seven_days_after_the_paid_period(failing: Counter) -> None:
    shown = failing.subscription()
    [seat] = failing.seats()
    period_start = seat.paid_until - GRACE
    assert period_start <= failing.at.clock() <= period_start + timedelta(days=3, hours=3), "a month has 28 to 31 days"
    assert shown["grace_ends_at"] is not None
    assert seat.state_at(failing.at.clock()) is SeatState.FILLED
    failing.wait(GRACE)
    assert seat.state_at(failing.at.clock()) is SeatState.EXPIRED
    [seat] = failing.seats()
    assert seat.user_id == failing.olga.user_id, "nothing is lost"


def test_owners_are_written_to_at_once_three_days_before_and_on_the_last_day(
    failing: Counter, mailbox: Mailbox
) -> None:
    ends_at = failing.seats()[0].paid_until
    assert len(letters(failing, mailbox)) == 1
    assert len(letters(failing, mailbox)) == 1, "once a stage"
    failing.wait(ends_at - timedelta(days=3, minutes=1) - failing.at.clock())
    assert len(letters(failing, mailbox)) == 1
    failing.wait(timedelta(minutes=2))
    assert len(letters(failing, mailbox)) == 2
    failing.wait(timedelta(days=2))
    told = letters(failing, mailbox)
    assert len(told) == 3
    assert f"{ends_at.day} {ends_at:%B %Y}" in told[-1]["BodyText"]
    assert f"/w/{failing.olga.workspace_id}/settings/billing" in told[-1]["BodyText"]
    failing.wait(timedelta(days=2))
    assert len(letters(failing, mailbox)) == 3


def test_letters_are_for_owners_only(failing: Counter, mailbox: Mailbox) -> None:
    anna = failing.people.new("Anna")
    failing.people.join(anna, failing.olga, role="admin")
    assert len(letters(failing, mailbox)) == 1
    assert [each for each in mailbox.of(anna.email) if "failed" in each["Subject"]] == []


def test_a_stage_that_is_taken_up_twice_sends_one_letter(failing: Counter, mailbox: Mailbox) -> None:
    for _ in range(2):
        dunning.tell(failing.seats()[0].interval, tenant=failing.tenant, installation=failing.at.installation)
    assert len(letters(failing, mailbox)) == 1


def test_what_is_paid_after_all_goes_on_and_nobody_is_written_to_any_more(failing: Counter, mailbox: Mailbox) -> None:
    assert len(letters(failing, mailbox)) == 1
    pay_by_hand(failing)
    failing.catch_up()
    shown = failing.subscription()
    assert (shown["status"], shown["grace_ends_at"]) == ("active", None)
    [seat] = failing.seats()
    assert seat.paid_until - failing.at.clock() > timedelta(days=27)
    failing.wait(timedelta(days=6))
    assert len(letters(failing, mailbox)) == 1


def test_what_recovers_after_the_grace_comes_back_with_whoever_sat_on_it(failing: Counter) -> None:
    failing.wait(GRACE + timedelta(days=1))
    pay_by_hand(failing)
    failing.catch_up()
    [seat] = failing.seats()
    assert (seat.user_id, seat.state_at(failing.at.clock())) == (failing.olga.user_id, SeatState.FILLED)


def test_what_is_never_paid_ends_and_expires(failing: Counter) -> None:
    ended = failing.seats()[0].paid_until
    for _ in range(4):
        failing.wait(timedelta(days=7))
        failing.catch_up()
    assert failing.billing()["subscriptions"] == []
    [seat] = failing.seats()
    assert seat.state_at(failing.at.clock()) is SeatState.EXPIRED
    assert seat.paid_until <= ended, "the grace is not given twice"


def test_ses_away_delays_the_letters_and_nothing_else(
    failing: Counter, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chalicelib.kernel.errors import Unavailable

    def away(*_: object) -> None:
        raise Unavailable

    with monkeypatch.context() as patched:
        patched.setattr(Mail, "send", away)
        assert letters(failing, mailbox) == []
    failing.wait(timedelta(minutes=11))
    assert len(letters(failing, mailbox)) == 1
