"""What an Owner does about seats, step by step, and what Stripe tells of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib import due_work
from chalicelib.features.billing import use_cases as billing
from chalicelib.features.billing.repository import Customers
from chalicelib.features.billing.use_cases import Shop
from chalicelib.features.seats.model import Seat
from chalicelib.features.seats.repository import Seats
from chalicelib.kernel.actors import system
from chalicelib.services import Services
from chalicelib.table.proof import Caller, prove_membership
from chalicelib.table.tenant import Tenant, for_job
from tests.api_client import Answer
from tests.cashier import GOOD_CARD, Cashier, Event, Post
from tests.people import People, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """Olga's counter: `at` are the services of the test's clock."""

    olga: Person
    people: People
    shop: Shop
    cashier: Cashier
    post: Post
    at: Services

    def another(self) -> "Counter":
        """Somebody else's counter."""
        return replace(self, olga=self.people.new("Boris", has_seat=False))

    @property
    def path(self) -> str:
        """Her workspace's billing."""
        return f"/workspaces/{self.olga.workspace_id}/billing"

    @property
    def tenant(self) -> Tenant:
        """A job's handle on her workspace."""
        return for_job(self.olga.workspace_id, system("test"), now=self.at.clock)

    def owner(self) -> Tenant:
        """Her own handle, as she stands now."""
        token = self.olga.browser.token or ""
        caller = Caller(address="192.0.2.1", device="Test Browser")
        return prove_membership(token, self.olga.workspace_id, caller, now=self.at.clock)[1]

    @property
    def customer(self) -> str:
        """Who she is to Stripe."""
        found = Customers(self.tenant).get()
        assert found is not None
        return found

    def ask(self, what: str, body: Any = None, key: str | None = None, person: Person | None = None) -> Answer:
        """A wish of hers, or of another Owner's."""
        headers = {"Idempotency-Key": key}
        browser = (person or self.olga).browser
        return self.post.api.request("POST", f"{self.path}/{what}", browser, body=body, headers=headers)

    def billing(self) -> Any:
        """What the screen shows."""
        answer = self.post.api.get(self.path, self.olga.browser)
        assert answer.status == 200, answer.body
        return answer.body

    def subscription(self, interval: str = "month") -> Any:
        """One subscription as the screen shows it."""
        [found] = [each for each in self.billing()["subscriptions"] if each["interval"] == interval]
        return found

    def page(self, **order: Any) -> str:
        """The page on which an order is paid."""
        answer = self.ask("checkout", an_order(**order))
        assert answer.status == 201, answer.body
        return str(answer.body["url"])

    def buy(self, number: str = GOOD_CARD, **order: Any) -> None:
        """Order, pay, and have all of it told and settled."""
        assert self.cashier.pay(self.page(**order), number) == 303
        self.post.clock.set(self.cashier.now())
        self.catch_up()

    def preview(self, **order: Any) -> Any:
        """What a change would cost."""
        answer = self.ask("preview", an_order(**order))
        assert answer.status == 200, answer.body
        return answer.body

    def change(self, key: str | None = None, **order: Any) -> Answer:
        """Look at a change and confirm it."""
        seen = self.preview(**order)
        confirmed = {"order": an_order(**order), "prorated_at": seen["prorated_at"], "version": seen["version"]}
        return self.ask("change", confirmed, key)

    def events(self) -> list[Event]:
        """What Stripe has to tell of her and has not told."""
        return self.cashier.fresh_events(self.customer)

    def catch_up(self) -> None:
        """Have everything told and settled, in order, once."""
        self.settle(self.post.deliver_all(self.events()))

    def settle(self, events: Sequence[str]) -> None:
        """Settle events that were taken."""
        for event_id in events:
            billing.settle(event_id, installation=self.at.installation, shop=self.shop)

    def wait(self, by: timedelta, *, signs_in: bool = True) -> None:
        """Let time pass, here and there; Olga signs in again."""
        self.cashier.wait(by)
        self.post.clock.set(self.cashier.now())
        if signs_in:
            self.people.sign_in(self.olga.email, self.olga.browser)

    def do_due_work(self) -> None:
        """What is due about money."""
        due_work.biller().tick()

    def seats(self) -> list[Seat]:
        """All there are."""
        return Seats(self.tenant).all()

    def standing(self) -> list[tuple[str, str, datetime]]:
        """Each seat's plan, interval and until when it is paid."""
        return sorted((seat.plan.value, seat.interval.value, seat.paid_until) for seat in self.seats())


def an_order(*, interval: str = "month", basic: int = 0, pro: int = 0, extra: int = 0) -> dict[str, Any]:
    """An order as it travels."""
    return {"interval": interval, "basic": basic, "pro": pro, "extra": extra}
