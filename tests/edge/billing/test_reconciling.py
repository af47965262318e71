"""What finds what no event told, and what becomes of money when a workspace goes."""

from datetime import timedelta

import pytest

from chalicelib.features.billing import use_cases as billing
from chalicelib.features.billing.model import RECONCILED_EVERY, EventState
from chalicelib.features.billing.repository import ProviderEvents
from chalicelib.features.privacy.use_cases.workspace_erasing import erase_workspace
from chalicelib.table import billing_keys
from chalicelib.table.items import Row
from tests.edge.billing.counter import Counter


def test_a_daily_look_finds_what_never_came(counter: Counter) -> None:
    assert counter.cashier.pay(counter.page(pro=2)) == 303
    counter.do_due_work()
    assert counter.seats() == []
    counter.wait(RECONCILED_EVERY + timedelta(minutes=1))
    counter.do_due_work()
    assert len(counter.seats()) == 2
    assert counter.change(pro=3).status == 200
    counter.wait(timedelta(days=31))
    counter.do_due_work()
    assert {seat.paid_until > counter.at.clock() for seat in counter.seats()} == {True}, "it comes back every day"


def test_a_look_that_finds_nothing_new_writes_nothing(counter: Counter, calls_made: list[str]) -> None:
    counter.buy(pro=2)
    calls_made.clear()
    assert billing.reconcile(tenant=counter.tenant, shop=counter.shop) == counter.at.clock() + RECONCILED_EVERY
    assert {"TransactWriteItems", "PutItem", "UpdateItem"} & set(calls_made) == set()


def test_a_workspace_that_is_erased_pays_no_more(counter: Counter) -> None:
    counter.buy(pro=1)
    counter.buy(interval="year", basic=1)
    delete(counter)
    go_on_erasing(counter)
    counter.do_due_work()
    found = counter.cashier.ask("GET", f"/v1/subscriptions?customer={counter.customer}&status=all")["data"]
    assert [each["status"] for each in found] == ["canceled", "canceled"]


def test_a_deletion_that_is_taken_back_ends_no_subscription(counter: Counter) -> None:
    counter.buy(pro=1)
    delete(counter, now=False)
    gone_back = counter.post.api.delete(f"/workspaces/{counter.olga.workspace_id}/deletion", counter.olga.browser)
    assert gone_back.status == 204, gone_back.body
    counter.wait(timedelta(days=8))
    go_on_erasing(counter)
    counter.do_due_work()
    [running] = counter.cashier.ask("GET", f"/v1/subscriptions?customer={counter.customer}")["data"]
    assert running["status"] == "active"


def test_what_is_told_of_a_workspace_that_is_gone_is_nothing_to_do(counter: Counter) -> None:
    counter.buy(pro=1)
    delete(counter)
    for _ in range(8):
        go_on_erasing(counter)
        counter.wait(timedelta(days=1), signs_in=False)
    counter.do_due_work()
    told = counter.post.deliver_all(counter.events())
    counter.settle(told)
    found = {each.state for each in map(ProviderEvents(counter.at.installation).get, told) if each is not None}
    assert found == {EventState.IGNORED}


@pytest.mark.parametrize("years", [6, 8])
def test_billing_records_are_kept_seven_years(counter: Counter, years: int) -> None:
    counter.buy(pro=1)
    rows = counter.tenant.rows(billing_keys.BILLING).between(Row, "!", "~", limit=100)
    then = counter.at.clock() + timedelta(days=365 * years)
    assert {row.is_over(then) for row in rows} == {years > 7}


def go_on_erasing(counter: Counter) -> None:
    """A turn of the eraser."""
    erase_workspace(counter.olga.workspace_id, name="Acme", people=(), installation=counter.at.installation)


def delete(counter: Counter, *, now: bool = True) -> None:
    """As an Owner deletes it."""
    name = counter.post.api.get(f"/workspaces/{counter.olga.workspace_id}", counter.olga.browser).body["name"]
    wish = {"name": name, "now": now, "proof": {"password": counter.olga.password}}
    answer = counter.post.api.post(f"/workspaces/{counter.olga.workspace_id}/deletion", wish, counter.olga.browser)
    assert answer.status < 300, answer.body
