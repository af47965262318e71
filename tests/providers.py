"""The identity provider, running beside the tests, and somebody who clicks through its page."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from chalicelib import settings
from chalicelib.kernel import ids
from dev.identity_provider.faults import Fault
from dev.identity_provider.server import Provider, configuration
from tests.api_client import Answer, ApiClient, Browser
from tests.people import Mailbox
from tests.served import served

SECRET = "planted-client-secret"
PATIENCE_S = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """Who is signed in at the provider; what is left out is made up."""

    email: str
    full_name: str = "Ingrid Solheim"
    is_verified: bool = True
    subject: str = ""

    def form(self) -> dict[str, str]:
        """As the page's form sends it."""
        chosen = {
            "decision": "allow",
            "email": self.email,
            "full_name": self.full_name,
            "subject": self.subject,
        }
        return chosen | ({"email_verified": "yes"} if self.is_verified else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """What the browser comes back with; `code` is empty where the person cancelled."""

    code: str
    state: str

    def body(self, **changes: str) -> dict[str, str]:
        """What the page of the app posts."""
        return {"code": self.code, "state": self.state} | changes


class Providers:
    """All four, at one address."""

    def __init__(self, provider: Provider, port: int) -> None:
        self.signer = provider.signer
        self.grants = provider.grants
        self.port = port
        self._faults = provider.faults

    def go_wrong(self, fault: Fault, times: int = 1) -> None:
        """Have the next answers, or the next ID tokens, be wrong."""
        self._faults.add(fault, times)

    def do_right(self) -> None:
        """Forget the faults that are still to come."""
        self._faults.clear()

    def visit(self, url: str, who: Somebody) -> Return:
        """Be somebody on the page the browser was sent to, and come back."""
        page = urlsplit(url)
        line = HTTPConnection(page.netloc, timeout=PATIENCE_S)
        try:
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            line.request("POST", f"{page.path}?{page.query}", urlencode(who.form()), form)
            answer = line.getresponse()
            assert answer.status == 302, answer.read()
            back = parse_qs(urlsplit(answer.headers["Location"]).query)
        finally:
            line.close()
        return Return(code=back.get("code", [""])[0], state=back["state"][0])


class Traveller:
    """Goes to a provider and comes back to the app."""

    def __init__(self, api: ApiClient, providers: Providers, mailbox: Mailbox) -> None:
        self._api = api
        self._providers = providers
        self._mailbox = mailbox

    def leave(self, provider: str, browser: Browser, **body: str) -> str:
        """Begin to sign in; returns where the browser is sent."""
        begun = self._api.post(f"/sign-in/{provider}", body, browser)
        assert begun.status == 200, begun.body
        url: str = begun.body["url"]
        return url

    def go(self, provider: str, who: Somebody, browser: Browser) -> Return:
        """Begin to sign in and be somebody there; returns what the browser comes back with."""
        return self._providers.visit(self.leave(provider, browser), who)

    def come_back(self, provider: str, back: Return, browser: Browser, **changes: Any) -> Answer:
        """Post what the browser came back with."""
        return self._api.post(f"/sign-in/{provider}/finish", back.body(**changes), browser)

    def sign_in(self, provider: str, who: Somebody, browser: Browser) -> Answer:
        """All of it; a session that comes of it stays in the browser."""
        answer = self.come_back(provider, self.go(provider, who, browser), browser)
        take_session(answer, browser)
        return answer

    def show_address(self, email: str, browser: Browser) -> Answer:
        """Have a link mailed and open it in the same browser."""
        asked = self._api.post("/sign-up/social/email", {"email": email}, browser)
        assert asked.status == 202, asked.body
        return self._api.post("/sign-up/social/email/confirm", {"token": self._mailbox.last_token(email)}, browser)

    def sign_up(self, provider: str, who: Somebody, browser: Browser, **changes: object) -> Answer:
        """Sign in for the first time, show the address where the provider does not vouch for it, and sign up."""
        answer = self.sign_in(provider, who, browser)
        if answer.body["next"] == "email":
            answer = self.show_address(who.email, browser)
        assert answer.body["next"] == "sign-up", answer.body
        made = self._api.post("/sign-up/social", sign_up_form(**changes), browser)
        take_session(made, browser)
        return made


def sign_up_form(**changes: object) -> dict[str, object]:
    """What somebody writes who signs up by a provider."""
    username = f"u_{ids.mint()[10:].lower()}"
    wish = {"username": username, "full_name": "Ingrid Solheim", "accept_terms": True, "is_16_or_older": True}
    return wish | changes


def take_session(answer: Answer, browser: Browser) -> None:
    """Keep the session an answer sets."""
    for cookie in answer.cookies:
        name, _, value = cookie.partition(";")[0].partition("=")
        if name == "wireroom":
            browser.token = value


@contextmanager
def running() -> Iterator[Providers]:
    """The providers on a free port, in a thread of their own; the settings name them while it runs."""
    provider = Provider(client_secret=SECRET, return_to=f"{settings.current().public_origin}/sign-in/return/")
    with served(provider.application()) as port, configured(f"http://127.0.0.1:{port}"):
        yield Providers(provider, port)


@contextmanager
def configured(address: str | None, **more: object) -> Iterator[None]:
    """Have the settings name the providers at an address, with more said of each; None names none at all."""
    named = {} if address is None else json.loads(configuration(address, SECRET))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WIREROOM_SIGN_IN_PROVIDERS", json.dumps({name: known | more for name, known in named.items()}))
        settings.current.cache_clear()
        yield
    settings.current.cache_clear()
