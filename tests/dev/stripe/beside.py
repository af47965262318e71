"""The local Stripe running beside a test, its back door, whoever clicks on its pages, and an endpoint that listens."""

import asyncio
import re
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import requests
import stripe
from aiohttp import web

from dev.stripe.service import Setup, serving

KEY = "sk_test_of_the_tests"
SECRET = "whsec_planted_for_the_tests"
PATIENCE_S = 20
DAY_S = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One delivery as it came."""

    body: bytes
    signature: str

    @property
    def event(self) -> Any:
        """What it says, once its signature was found good."""
        return stripe.Webhook.construct_event(self.body, self.signature, SECRET)


@dataclass(slots=True)
class Listener:
    """An endpoint of the product's. It answers with the next of `answers`, and 200 when there is none."""

    received: list[Received] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    url: str = ""

    def types(self) -> list[str]:
        """The types of what came, in order."""
        return [each.event.type for each in self.received]

    async def take(self, request: web.Request) -> web.Response:
        """Keep one."""
        body, signature = await request.read(), request.headers["Stripe-Signature"]
        self.received.append(Received(body=body, signature=signature))
        return web.Response(status=self.answers.pop(0) if self.answers else 200)


class Beside:
    """One local Stripe, through the client that the product uses and through its back door."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self._http = stripe.RequestsClient(session=requests.Session())
        self.client = self.another_client(KEY)
        self._door = requests.Session()

    def another_client(self, key: str, **choices: Any) -> stripe.StripeClient:
        """A client with another key or other choices."""
        addresses: Any = {"api": self.address}
        return stripe.StripeClient(key, base_addresses=addresses, http_client=self._http, **choices)

    def control(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Ask the back door, which must agree."""
        answer = self._door.request(method, f"{self.address}/control{path}", json=body or {}, timeout=PATIENCE_S)
        assert answer.ok, answer.text
        return answer.json() if answer.content else None

    def listen(self, listener: Listener, *secrets: str) -> None:
        """Have events sent there, signed with these secrets."""
        self.control("POST", "/endpoints", {"url": listener.url, "secrets": list(secrets or (SECRET,))})

    def settle(self) -> None:
        """Wait until every delivery is done with."""
        self.control("POST", "/deliveries/settle", {"within_s": PATIENCE_S})

    def pass_days(self, days: float) -> None:
        """Let time pass."""
        self.control("POST", "/clock", {"ahead_s": int(days * DAY_S)})

    def look(self, url: str) -> requests.Response:
        """Open a page."""
        return self._door.get(url, timeout=PATIENCE_S)

    def click(self, url: str, **form: str) -> requests.Response:
        """Send a page's form; a redirect is not followed."""
        return self._door.post(url, data=form, timeout=PATIENCE_S, allow_redirects=False)

    def close(self) -> None:
        """Let go of the lines."""
        self._http.close()  # type: ignore[no-untyped-call]
        self._door.close()


@contextmanager
def a_stripe(**choices: Any) -> Iterator[Beside]:
    """A local Stripe of its own in a thread of its own."""
    with _in_a_thread(serving(Setup(key=KEY, seed="tests", **choices))) as port:
        beside = Beside(port)
        try:
            yield beside
        finally:
            beside.close()


@contextmanager
def a_listener() -> Iterator[Listener]:
    """An endpoint in a thread of its own."""
    listener = Listener()
    with _in_a_thread(_listening(listener)) as port:
        listener.url = f"http://127.0.0.1:{port}/hooks"
        yield listener


def shown_text(page: requests.Response) -> str:
    """What a page says, without its marks."""
    return " ".join(re.sub(r"<style>.*</style>|<[^>]+>", " ", page.text, flags=re.DOTALL).split())


@asynccontextmanager
async def _listening(listener: Listener) -> AsyncIterator[int]:
    app = web.Application()
    app.router.add_post("/hooks", listener.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


@contextmanager
def _in_a_thread(service: AbstractAsyncContextManager[int]) -> Iterator[int]:
    """Serve on an event loop beside this one, since the client blocks; gives the port."""
    ready: list[int] = []
    begun, end = threading.Event(), threading.Event()
    thread = threading.Thread(target=asyncio.run, args=(_serve(service, ready.append, begun, end),))
    thread.start()
    try:
        assert begun.wait(PATIENCE_S)
        yield ready[0]
    finally:
        end.set()
        thread.join(PATIENCE_S)


async def _serve(
    service: AbstractAsyncContextManager[int],
    tell: Callable[[int], None],
    begun: threading.Event,
    end: threading.Event,
) -> None:
    async with service as port:
        tell(port)
        begun.set()
        await asyncio.to_thread(end.wait)
