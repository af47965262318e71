"""An authenticator app on somebody's phone, and the way one comes to ask for its codes."""

from dataclasses import dataclass
from datetime import timedelta

import pyotp

from tests.api_client import Answer, ApiClient, Browser
from tests.hand_clock import HandClock
from tests.people import Person, session_token


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """Holds a secret; its clock is the test's. `backup_codes` are what its person wrote down."""

    secret: str
    clock: HandClock
    backup_codes: tuple[str, ...] = ()

    def code(self, *, off_s: int = 0) -> str:
        """What the app shows, its clock being off by so many seconds."""
        return pyotp.TOTP(self.secret).at(self.clock() + timedelta(seconds=off_s))

    def next_code(self) -> str:
        """What the app shows half a minute later, when it is that late."""
        self.clock.advance(timedelta(seconds=30))
        return self.code()


def proof_of(person: Person, phone: Phone | None = None) -> dict[str, object]:
    """The body field that says that it is still them."""
    shown = {"password": person.password}
    return {"proof": shown if phone is None else shown | {"code": phone.next_code()}}


def turn_on(api: ApiClient, person: Person, clock: HandClock) -> Phone:
    """Have somebody turn their second factor on."""
    setup = api.post("/me/second-factor/setup", proof_of(person), person.browser)
    assert setup.status == 201, setup.body
    phone = Phone(secret=setup.body["secret"], clock=clock)
    on = api.post("/me/second-factor", {"code": phone.code()}, person.browser)
    assert on.status == 201, on.body
    return Phone(secret=phone.secret, clock=clock, backup_codes=tuple(on.body["backup_codes"]))


def begin(api: ApiClient, person: Person, browser: Browser) -> Answer:
    """Sign in as far as the password goes; the browser keeps the challenge."""
    return api.post("/sign-in", {"email": person.email, "password": person.password}, browser)


def finish(api: ApiClient, code: str, browser: Browser) -> Answer:
    """Show a code; the browser keeps the session, if it gets one."""
    answer = api.post("/sign-in/second-factor", {"code": code}, browser)
    if answer.status == 200:
        browser.token = session_token(answer)
    return answer
