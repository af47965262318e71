"""Stripe as tests meet it: the stand-in as a process, somebody who pays on its pages, and what it tells, signed."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from chalicelib import settings
from chalicelib.features.billing import use_cases as billing
from chalicelib.features.billing.use_cases import Shop
from dev.stripe.objects.shop import PRICES
from dev.stripe.webhooks import signature
from tests.api_client import Answer, ApiClient
from tests.hand_clock import HandClock
from tests.local_aws import ROOT, free_port

KEY = "sk_test_stand_in"
SECRETS = ("whsec_now", "whsec_next")
GOOD_CARD = "4242424242424242"
FAILING_LATER = "4000000000000341"
_PATIENCE_S = 30

Event = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Cashier:
    """The stand-in at `url`; `told` are the ids of events that were handed on already."""

    url: str
    told: set[str] = field(default_factory=set)

    def now(self) -> datetime:
        """Its time, which may be far ahead."""
        return datetime.fromtimestamp(self._asked("GET", "/control/clock")["now"], UTC)

    def wait(self, by: timedelta) -> None:
        """Let time pass there: renewals, attempts, ends."""
        self._asked("POST", "/control/clock", {"ahead_s": int(by.total_seconds())})

    def pay(self, page: str, number: str = GOOD_CARD, country: str = "DE") -> int:
        """Buy on a page, as somebody with that card; the status it answers."""
        form = {"decision": "pay", "number": number, "country": country, "full_name": "Olga", "email": "o@example.com"}
        return self.click(page, form)

    def click(self, page: str, form: dict[str, str]) -> int:
        """Press a button of a page; the status it answers, a way on among them."""
        request = urllib.request.Request(page, urllib.parse.urlencode(form).encode())  # noqa: S310
        try:
            with urllib.request.build_opener(_Stay).open(request, timeout=_PATIENCE_S) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refusal:
            return refusal.code

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> Any:
        """A request to the API by hand, for what the product itself never asks."""
        body = None if form is None else urllib.parse.urlencode(form).encode()
        headers = {"Authorization": f"Bearer {KEY}"}
        request = urllib.request.Request(self.url + path, body, headers, method=method)  # noqa: S310
        with urllib.request.urlopen(request, timeout=_PATIENCE_S) as answer:  # noqa: S310
            return json.load(answer)

    def order_fault(self, fault: str, path: str, method: str = "POST") -> None:
        """Have the next such request fail."""
        self._asked("POST", "/control/faults", {"fault": fault, "path": path, "method": method})

    def do_right(self) -> None:
        """No faults any more."""
        self._asked("DELETE", "/control/faults")

    def fresh_events(self, customer: str) -> list[Event]:
        """What happened to a customer and was not handed on yet, oldest first."""
        found = [each for each in self._all_events() if _customer(each) == customer and each["id"] not in self.told]
        self.told |= {each["id"] for each in found}
        return found[::-1]

    def _all_events(self) -> Iterator[Event]:
        after = ""
        while True:
            page = self.ask("GET", f"/v1/events?limit=100{after}")
            yield from page["data"]
            if not page["has_more"]:
                return
            after = f"&starting_after={page['data'][-1]['id']}"

    def _asked(self, method: str, path: str, body: object = None) -> Any:
        sent = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, sent, headers, method=method)  # noqa: S310
        with urllib.request.urlopen(request, timeout=_PATIENCE_S) as answer:  # noqa: S310
            text = answer.read()
        return json.loads(text) if text else None


class _Stay(urllib.request.HTTPRedirectHandler):
    """A browser would go on to the app; nobody listens there."""

    def redirect_request(self, *_: Any) -> None:
        """Stay."""


def _customer(event: Event) -> str:
    return str(event["data"]["object"].get("customer") or "")


@contextmanager
def running(log: Path) -> Iterator[Cashier]:
    """A stand-in of its own; it ends with this block."""
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "dev.stripe", str(port)],
            cwd=ROOT,
            stdout=output,
            stderr=output,
            env={"PATH": os.environ["PATH"], "STRIPE_STAND_IN_KEY": KEY},
        )
    cashier = Cashier(url=f"http://127.0.0.1:{port}")
    try:
        _await_answer(cashier, process, log)
        yield cashier
    finally:
        process.terminate()
        process.wait(_PATIENCE_S)


def _await_answer(cashier: Cashier, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            cashier.now()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"the local Stripe did not start: {log.read_text()[-2000:]}")


@contextmanager
def configured(url: str, key: str = KEY) -> Iterator[Shop]:
    """An installation that sells by an account at that address, for the length of a block."""
    variables = {
        "WIREROOM_STRIPE_KEY": key,
        "WIREROOM_STRIPE_WEBHOOK_SECRETS": ",".join(SECRETS),
        "WIREROOM_STRIPE_PRICES": json.dumps(PRICES),
        "WIREROOM_STRIPE_API": url,
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        settings.current.cache_clear()
        yield billing.open_shop()
    settings.current.cache_clear()


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Carries what Stripe tells to the hook, as the internet would, at the test's own time."""

    api: ApiClient
    clock: HandClock

    def deliver(self, event: Event | bytes, *, secret: str = SECRETS[0], off_s: int = 0) -> Answer:
        """One event, signed `off_s` seconds from now."""
        raw = event if isinstance(event, bytes) else json.dumps(event, indent=2).encode()
        return self.send(raw, signature(raw, [secret], int(self.clock().timestamp()) + off_s))

    def send(self, raw: bytes, signed: str | None) -> Answer:
        """Bytes with any signature; no browser stands behind them, so no origin."""
        headers = {"Stripe-Signature": signed, "Origin": None, "Cookie": None}
        return self.api.request("POST", "/hooks/stripe", raw=raw, headers=headers)

    def deliver_all(self, events: Sequence[Event]) -> list[str]:
        """Several; their ids."""
        for event in events:
            assert self.deliver(event).status == 204
        return [event["id"] for event in events]
