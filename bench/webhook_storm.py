"""A thousand events, each handled three times, shuffled, eight at once, two of a hundred handlers killed half-way.

What stands then has to be what one tidy pass leaves, and each effect to have come once: else there is no figure. The
events are those of real purchases and changes at the local Stripe, which the handlers ask as they ask Stripe.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any
from unittest import mock

import stripe

from bench import stand_in
from bench.measure import Figure, report, stated
from chalicelib import settings
from chalicelib.features.billing import use_cases as billing
from chalicelib.features.billing.repository import ProviderEvents, Records
from chalicelib.features.billing.use_cases import Shop
from chalicelib.features.billing.use_cases.buying import require_customer
from chalicelib.features.seats.repository import Seats
from chalicelib.kernel import ids
from chalicelib.kernel.actors import system
from chalicelib.kernel.ids import WorkspaceId
from chalicelib.kernel.payments import ToldEvent
from chalicelib.table import keys
from chalicelib.table.journal import JournalRow
from chalicelib.table.proof import WorkspaceRow
from chalicelib.table.tenant import Installation, Tenant, for_job
from chalicelib.table.transaction import Transaction
from dev.stripe.objects.shop import PRICES

EVENTS = 1_000
"""Ten thousand take the better part of an hour on two cores, most of it the stand-ins': `measure(events=10_000)`."""
COPIES = 3
AT_ONCE = 8
KILLED_OF_A_HUNDRED = 2
CHANGES_A_WORKSPACE = 40
_KEY = "sk_test_bench"
_PATIENCE_S = 20


class Killed(BaseException):
    """The handler's process died; no handler of ours sees it."""


def measure(*, events: int = EVENTS) -> Figure:
    """Seconds until all of it is settled."""
    with stand_in.writing(), _stripe() as url:
        shop, installation = _sell(url), Installation()
        tenants: list[Tenant] = []
        told: list[ToldEvent] = []
        while len(told) < events:
            tenants.append(_a_customer(shop))
            told += _happen(url, tenants[-1], shop, events - len(told))
        for event in told:
            ProviderEvents(installation).remember(event)
        took_s = _storm([event.id for event in told], installation, shop)
        stands = [_standing(tenant) for tenant in tenants]
        for event in told:
            billing.settle(event.id, installation=installation, shop=shop)
        for tenant in tenants:
            billing.reconcile(tenant=tenant, shop=shop)
        _demand(stands == [_standing(tenant) for tenant in tenants], "a tidy pass leaves something else")
        for tenant in tenants:
            _demand_once(tenant, url, shop)
        return stated("webhook_storm", took_s, unit="s")


def _storm(events: Sequence[str], installation: Installation, shop: Shop) -> float:
    """Have all handled, as often as it takes; the queue gives back what failed."""
    chance = random.Random(7)
    waiting = [*events] * COPIES
    begun_s = time.monotonic()
    with _mortal(chance), ThreadPoolExecutor(AT_ONCE) as pool:
        while waiting:
            chance.shuffle(waiting)
            done = pool.map(lambda event_id: _is_settled(event_id, installation, shop), waiting)
            waiting = [event_id for event_id, is_done in zip(waiting, done, strict=True) if not is_done]
    return time.monotonic() - begun_s


def _is_settled(event_id: str, installation: Installation, shop: Shop) -> bool:
    try:
        billing.settle(event_id, installation=installation, shop=shop)
    except (Exception, Killed):  # noqa: BLE001 - each handling is a unit of its own
        return False
    return True


@contextmanager
def _mortal(chance: random.Random) -> Iterator[None]:
    """Handlers that die before a change of theirs, or right after it."""
    commit = Transaction._commit

    def commit_or_die(change: Transaction) -> None:
        dies = chance.random() < KILLED_OF_A_HUNDRED / 100
        if dies and chance.random() < 1 / 2:
            raise Killed
        commit(change)
        if dies:
            raise Killed

    with mock.patch.object(Transaction, "_commit", commit_or_die):
        yield


def _a_customer(shop: Shop) -> Tenant:
    """A workspace that is a customer."""
    tenant = for_job(WorkspaceId(ids.mint()), system("bench"))
    rows = tenant.rows(keys.WORKSPACE)
    rows.put(rows.new(WorkspaceRow, keys.PROFILE, name="Acme", created_at=datetime.now(UTC)))
    require_customer(tenant, shop)
    return tenant


def _happen(url: str, tenant: Tenant, shop: Shop, most: int) -> list[ToldEvent]:
    """Seats are bought and changed, again and again; what is told of it, at most so many."""
    client, customer = _client(url), require_customer(tenant, shop)
    card = client.v1.payment_methods.attach("pm_card_visa", params={"customer": customer})
    bought = client.v1.subscriptions.create(
        params={
            "customer": customer,
            "default_payment_method": card.id,
            "items": [{"price": PRICES["pro_month"], "quantity": 1}],
        }
    )
    [item] = bought["items"]["data"]
    for number in range(CHANGES_A_WORKSPACE):
        seats = 2 + number % 7
        client.v1.subscriptions.update(
            bought.id,
            params={"items": [{"id": item["id"], "quantity": seats}], "proration_behavior": "always_invoice"},
        )
    listed = client.v1.events.list(params={"limit": 100}).auto_paging_iter()
    since = takewhile(lambda event: event["type"] != "customer.created", (each.to_dict() for each in listed))
    return [_told(event) for event in since if event["data"]["object"].get("customer") == customer][:most]


def _told(event: dict[str, Any]) -> ToldEvent:
    about = event["data"]["object"]
    return ToldEvent(
        id=event["id"],
        type=event["type"],
        created_at=datetime.fromtimestamp(event["created"], UTC),
        is_live=event["livemode"],
        object_id=about.get("id", ""),
        customer=about["customer"],
    )


def _standing(tenant: Tenant) -> list[object]:
    """All that events bring about."""
    records = Records(tenant)
    seats = sorted(Seats(tenant).all(), key=lambda seat: seat.id)
    return [*seats, *records.subscriptions()]


def _demand_once(tenant: Tenant, url: str, shop: Shop) -> None:
    """Each bill was recorded once, and seats are as many as Stripe says."""
    month = keys.journal_partition(datetime.now(UTC))
    entries = tenant.rows(month).between(JournalRow, "!", "~", limit=100_000)
    bills = Counter(entry.target for entry in entries if entry.event == "invoice.recorded")
    _demand(set(bills.values()) <= {1}, "a bill was recorded twice")
    running = _client(url).v1.subscriptions.list(params={"customer": require_customer(tenant, shop)})
    [item] = running.data[0]["items"]["data"]
    _demand(len(Seats(tenant).all()) == item["quantity"], "other seats than are paid")


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise RuntimeError(otherwise)


def _client(url: str) -> stripe.StripeClient:
    return stripe.StripeClient(_KEY, base_addresses={"api": url})


def _sell(url: str) -> Shop:
    os.environ |= {
        "WIREROOM_STRIPE_KEY": _KEY,
        "WIREROOM_STRIPE_WEBHOOK_SECRETS": "whsec_bench",
        "WIREROOM_STRIPE_PRICES": json.dumps(PRICES),
        "WIREROOM_STRIPE_API": url,
    }
    settings.current.cache_clear()
    return billing.open_shop()


@contextmanager
def _stripe() -> Iterator[str]:
    """The local Stripe."""
    port = stand_in.free_port()
    environment = {"PATH": os.environ["PATH"], "STRIPE_STAND_IN_KEY": _KEY}
    process = subprocess.Popen([sys.executable, "-m", "dev.stripe", str(port)], env=environment)
    try:
        stand_in.await_port(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(_PATIENCE_S)


if __name__ == "__main__":
    report(measure())
