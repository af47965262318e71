"""Subscriptions under random wishes, cards, months and events against what Stripe itself says in the end.

Events come late, twice, shuffled, in part, and to handlers that die. Whenever all of them have come, seats are those
that Stripe's subscription pays for, and until then.
"""

import random
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from chalicelib.features.billing import use_cases as billing
from chalicelib.features.billing.model import GRACE, Confirmed, Order, Previewed
from chalicelib.features.billing.repository import Customers, ProviderEvents
from chalicelib.features.billing.use_cases import Shop
from chalicelib.features.seats.model import Interval, SeatState
from chalicelib.features.seats.repository import Seats
from chalicelib.kernel.actors import Actor, ActorKind
from chalicelib.kernel.payments import ToldEvent
from chalicelib.kernel.permissions import Grants
from chalicelib.kernel.roles import Role
from chalicelib.table.tenant import Installation, Member, Tenant
from tests.cashier import Cashier
from tests.hand_clock import HandClock
from tests.races import killed_after, outcome_of
from tests.team import Team

FEW = st.integers(0, 3)
GOOD, FAILING = "4242424242424242", "4000000000000341"


class SubscriptionsAgainstStripe(RuleBasedStateMachine):
    """One workspace; `late` are the events nobody has told us of yet."""

    cashier: ClassVar[Cashier]
    shop: ClassVar[Shop]

    def __init__(self) -> None:
        super().__init__()
        self.clock = HandClock()
        self.clock.set(self.cashier.now())
        self.team = Team(seats=None, olga=Role.OWNER)
        self.installation = Installation(self.clock)
        self.late: list[str] = []
        self.chance = random.Random(7)

    def owner(self) -> Tenant:
        """The Owner's handle."""
        olga = self.team.people["olga"]
        actor = Actor(kind=ActorKind.USER, id=olga.user_id, name=olga.name)
        member = Member(user_id=olga.user_id, grants=Grants(role=Role.OWNER, toggles={}), version=1)
        return Tenant(self.team.workspace_id, actor, member, self.clock)

    def customer(self) -> str | None:
        """Who they are to Stripe."""
        return Customers(self.owner()).get()

    def at_stripe(self) -> list[dict[str, Any]]:
        """Their subscriptions as Stripe has them, newest first."""
        customer = self.customer()
        if customer is None:
            return []
        found: list[dict[str, Any]] = self.cashier.ask("GET", f"/v1/subscriptions?customer={customer}&status=all")[
            "data"
        ]
        return found

    def is_running(self) -> bool:
        """Whether one is neither over nor failing."""
        return any(each["status"] == "active" for each in self.at_stripe())

    @rule(basic=FEW, pro=FEW)
    def is_bought(self, basic: int, pro: int) -> None:
        """Seats are ordered and paid, unless there is a subscription already."""
        order = Order(interval=Interval.MONTH, basic=basic, pro=pro, extra=0)
        page = outcome_of(lambda: billing.open_checkout(order, tenant=self.owner(), shop=self.shop))
        if isinstance(page, str):
            self.cashier.pay(page)
        self.hear()

    @precondition(is_running)
    @rule(basic=FEW, pro=FEW)
    def is_changed(self, basic: int, pro: int) -> None:
        """An Owner looks at another number and confirms it."""
        order, owner = Order(interval=Interval.MONTH, basic=basic, pro=pro, extra=0), self.owner()
        seen = outcome_of(lambda: billing.preview_change(order, tenant=owner, shop=self.shop))
        if isinstance(seen, Previewed):
            wish = Confirmed(order=order, prorated_at=seen.preview.prorated_at, version=seen.version)
            outcome_of(lambda: billing.confirm_change(wish, tenant=owner, shop=self.shop))
        self.hear()

    @precondition(is_running)
    @rule(ends=st.booleans())
    def is_cancelled_or_renewed(self, ends: bool) -> None:
        """It is to end with its period, or not after all."""
        outcome_of(lambda: billing.end_with_period(Interval.MONTH, ends=ends, tenant=self.owner(), shop=self.shop))
        self.hear()

    @precondition(is_running)
    @rule(number=st.sampled_from([GOOD, FAILING]))
    def gives_a_card(self, number: str) -> None:
        """The card that renewals are charged to is another one."""
        portal = billing.open_portal(tenant=self.owner(), shop=self.shop)
        self.cashier.click(portal, {"decision": "card", "number": number})
        self.hear()

    @rule(days=st.integers(1, 20))
    def time_passes(self, days: int) -> None:
        """Renewals, attempts, ends."""
        self.cashier.wait(timedelta(days=days))
        self.clock.set(self.cashier.now())
        self.hear()

    @rule(most=st.integers(1, 12), dies_after=st.none() | st.integers(0, 2))
    def some_events_come(self, most: int, dies_after: int | None) -> None:
        """A few, shuffled, some of them again later; the handler may die on the way."""
        self.chance.shuffle(self.late)
        for event_id in self.late[:most]:
            if dies_after is None:
                self.settle(event_id)
            else:
                self.dies(event_id, dies_after)
        self.late = self.late[most // 2 :]

    @rule()
    def all_events_have_come(self) -> None:
        """The rest comes, and what had died is handed out again: now seats are what Stripe says."""
        self.chance.shuffle(self.late)
        for event_id in self.late + ProviderEvents(self.installation).waiting(before=self.clock()):
            self.settle(event_id)
        self.late = []
        self.agrees()

    def teardown(self) -> None:
        """However it went, the rest comes in the end."""
        self.all_events_have_come()

    def agrees(self) -> None:
        """Compare with Stripe, by its own words."""
        running = [each for each in self.at_stripe() if each["status"] in {"active", "past_due"}]
        paid = [seat for seat in Seats(self.owner()).all() if seat.state_at(self.clock()) is not SeatState.EXPIRED]
        if not running or expected_end(running[0]) <= self.clock():
            assert paid == []
            return
        wanted = {item["price"]["id"]: item["quantity"] for item in running[0]["items"]["data"]}
        there = {f"price_{plan}_month": sum(seat.plan == plan for seat in paid) for plan in ("basic", "pro")}
        assert {price: many for price, many in there.items() if many} == wanted
        assert {seat.paid_until for seat in paid} == {expected_end(running[0])}

    def hear(self) -> None:
        """What happened is on its way to us."""
        customer = self.customer()
        for event in self.cashier.fresh_events(customer) if customer else ():
            about = event["data"]["object"]
            told = ToldEvent(
                id=event["id"],
                type=event["type"],
                created_at=datetime.fromtimestamp(event["created"], UTC),
                is_live=False,
                object_id=about["id"],
                customer=about["customer"],
            )
            ProviderEvents(self.installation).remember(told)
            self.late.append(event["id"])

    def settle(self, event_id: str) -> None:
        """As the queue's handler does."""
        billing.settle(event_id, installation=self.installation, shop=self.shop)

    def dies(self, event_id: str, writes: int) -> None:
        """A handler that dies after so many writes."""
        with pytest.MonkeyPatch.context() as patch:
            killed_after(writes, lambda: self.settle(event_id), patch)


def expected_end(subscription: dict[str, Any]) -> datetime:
    """Until when it pays for seats, by product.md: its period, or seven days after the last one that was paid."""
    item = subscription["items"]["data"][0]
    begun, ends = (datetime.fromtimestamp(item[f"current_period_{edge}"], UTC) for edge in ("start", "end"))
    return ends if subscription["status"] == "active" else min(begun + GRACE, ends)


@pytest.mark.usefixtures("local_aws")
def test_seats_agree_with_stripe_after_random_wishes_events_duplicates_and_crashes(
    cashier: Cashier, shop: Shop
) -> None:
    SubscriptionsAgainstStripe.cashier, SubscriptionsAgainstStripe.shop = cashier, shop
    few = settings(
        max_examples=2,
        stateful_step_count=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),  # a shorter example would take minutes to find
    )
    run_state_machine_as_test(SubscriptionsAgainstStripe, settings=few)
