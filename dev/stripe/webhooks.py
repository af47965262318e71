"""Webhooks: every event to every endpoint, signed, and again until it is taken; and the weather they travel in."""

import asyncio
import hmac
import json
import random
import time
from collections.abc import Iterable
from typing import Annotated, Literal

import aiohttp
import msgspec

from dev.stripe.wire.shown import shown
from dev.stripe.world import Thing, World

RETRIES_S = (5, 300, 1_800, 7_200, 18_000, 36_000, 43_200, 43_200, 43_200, 43_200)
"""Pauses between attempts: about three days, as Stripe's docs say of live mode."""
_WITHIN_S = 20.0
_ATTEMPTS_KEPT = 50_000

Order = Literal["as-made", "reversed", "shuffled"]


class Endpoint(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Where events go. With several `secrets` each signs, as while one is being replaced by the next."""

    url: str
    secrets: tuple[str, ...]
    enabled_events: tuple[str, ...] = ("*",)


class Weather(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """How deliveries fare.

    `at_once`: how many are on the line; one at a time they come in order, which Stripe promises nobody. `copies`: how
    often each is sent. `delay_s`: how long the first attempt waits. `lose`: so many deliveries are never sent. `hold`:
    they wait to be released. `skew_s`: added to the time in the signature. `pace`: a factor on the pauses between
    attempts.
    """

    at_once: Annotated[int, msgspec.Meta(ge=1)] = 1
    copies: int = 1
    delay_s: float = 0.0
    lose: int = 0
    hold: bool = False
    skew_s: int = 0
    pace: float = 1.0


class Attempt(msgspec.Struct, kw_only=True):
    """One time that an event was sent. `status` is 0 where nobody answered."""

    event: str
    type: str
    url: str
    number: int
    status: int


def signature(body: bytes, secrets: Iterable[str], at: int) -> str:
    """The Stripe-Signature header. Source: Stripe docs, "Verify webhook signatures manually"."""
    signed = f"{at}.".encode() + body
    macs = [hmac.new(secret.encode(), signed, "sha256").hexdigest() for secret in secrets]
    return ",".join([f"t={at}", *(f"v1={mac}" for mac in macs)])


class Deliveries:
    """What is under way. Lives on the event loop; `close` ends it."""

    def __init__(self, world: World, session: aiohttp.ClientSession) -> None:
        self.endpoints: list[Endpoint] = []
        self._weather = Weather()
        self.attempts: list[Attempt] = []
        self._world = world
        self._session = session
        self._held: list[tuple[Thing, Endpoint]] = []
        self._under_way: set[asyncio.Task[None]] = set()
        self._turns = asyncio.Semaphore(self._weather.at_once)

    @property
    def weather(self) -> Weather:
        """How deliveries fare now."""
        return self._weather

    @weather.setter
    def weather(self, weather: Weather) -> None:
        self._weather = weather
        self._turns = asyncio.Semaphore(weather.at_once)

    def send(self, events: Iterable[Thing]) -> None:
        """Begin to deliver events to all who want them."""
        for event in events:
            for endpoint in self.endpoints:
                if _wants(endpoint, event["type"]):
                    self._begin(event, endpoint)

    def resume(self) -> None:
        """Deliver what an earlier process had not brought to its end."""
        for event in self._world.all("event"):
            if event["pending_webhooks"]:
                event["pending_webhooks"] = 0
                self.send([event])

    def release(self, order: Order, seed: int) -> int:
        """Send what is held, in that order, and hold no more. Answers how many."""
        self.weather.hold = False
        held, self._held = self._held, []
        if order == "reversed":
            held.reverse()
        if order == "shuffled":
            random.Random(seed).shuffle(held)
        for event, endpoint in held:
            self._spawn(event, endpoint)
        return len(held)

    async def settled(self) -> None:
        """Wait until nothing is under way any more, attempts to come included; what is held is not waited for."""
        while self._under_way:
            await asyncio.wait(self._under_way)

    async def close(self) -> None:
        """Stop sending; what was not taken is known by its events' `pending_webhooks`."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    def _begin(self, event: Thing, endpoint: Endpoint) -> None:
        if self.weather.lose > 0:
            self.weather.lose -= 1
            return
        for _ in range(self.weather.copies):
            event["pending_webhooks"] += 1
            if self.weather.hold:
                self._held.append((event, endpoint))
            else:
                self._spawn(event, endpoint)

    def _spawn(self, event: Thing, endpoint: Endpoint) -> None:
        task = asyncio.create_task(self._deliver(event, endpoint), name=f"deliver {event['id']}")
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _deliver(self, event: Thing, endpoint: Endpoint) -> None:
        """The attempts, until one is taken or there is no more."""
        await asyncio.sleep(self.weather.delay_s)
        for number, pause_s in enumerate((*RETRIES_S, None), 1):
            status = await self._attempt(event, endpoint)
            self._note(event, endpoint, number, status)
            if 200 <= status < 300 or pause_s is None:
                break
            await asyncio.sleep(pause_s * self.weather.pace)
        event["pending_webhooks"] -= 1

    async def _attempt(self, event: Thing, endpoint: Endpoint) -> int:
        """One time, signed at the moment it goes out. Answers the status."""
        timeout = aiohttp.ClientTimeout(total=_WITHIN_S)
        async with self._turns:
            body, headers = self._signed(event, endpoint)
            sending = self._session.post(
                endpoint.url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            )
            try:
                async with sending as answered:
                    return answered.status
            except (aiohttp.ClientError, TimeoutError):
                return 0

    def _signed(self, event: Thing, endpoint: Endpoint) -> tuple[bytes, dict[str, str]]:
        body = json.dumps(shown(event), indent=2, ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
            "Stripe-Signature": signature(body, endpoint.secrets, int(time.time()) + self.weather.skew_s),
        }
        return body, headers

    def _note(self, event: Thing, endpoint: Endpoint, number: int, status: int) -> None:
        made = Attempt(event=event["id"], type=event["type"], url=endpoint.url, number=number, status=status)
        self.attempts.append(made)
        del self.attempts[:-_ATTEMPTS_KEPT]


def _wants(endpoint: Endpoint, kind: str) -> bool:
    return "*" in endpoint.enabled_events or kind in endpoint.enabled_events
