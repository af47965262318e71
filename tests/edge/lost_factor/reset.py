"""What people and staff do about a reset."""

from datetime import timedelta
from typing import Any

from tests import authenticator
from tests.api_client import Answer, ApiClient, Browser
from tests.hand_clock import HandClock
from tests.people import Mailbox, Person, deliver

REASON = "Called us from the number on their invoice"
BEING_RESET = "Your second factor is being reset"
WAS_RESET = "Your second factor was removed"
DAY = timedelta(hours=24)


def start(api: ApiClient, staff: Person, email: str, reason: str = REASON) -> Answer:
    return api.post("/staff/second-factor-resets", {"email": email, "reason": reason}, staff.browser)


def sign_in(api: ApiClient, person: Person, code: str, browser: Browser) -> Answer:
    """Sign in with password and code."""
    assert authenticator.begin(api, person, browser).body["next"] == "second-factor"
    return authenticator.finish(api, code, browser)


def pass_by(clock: HandClock, by: timedelta) -> None:
    """Let time pass, and what is due then be done."""
    clock.advance(by)
    deliver()


def letters(mailbox: Mailbox, person: Person, subject: str) -> list[str]:
    return [letter["BodyText"] for letter in mailbox.of(person.email) if letter["Subject"] == subject]


def token_in(text: str) -> str:
    assert "/keep-second-factor#" in text
    return text.rsplit("#", 1)[1].split()[0]


def own_log(api: ApiClient, person: Person) -> list[dict[str, Any]]:
    """The person's own log about the second factor, oldest first."""
    answer = api.get("/me/log", person.browser)
    assert answer.status == 200, answer.body
    found: list[dict[str, Any]] = [
        entry for entry in answer.body["entries"] if entry["kind"].startswith("second_factor.")
    ]
    return found[::-1]


def has_second_factor(api: ApiClient, person: Person) -> bool:
    """Whether the password alone does not let them in."""
    answer = api.post("/sign-in", {"email": person.email, "password": person.password}, Browser())
    assert answer.status == 200, answer.body
    return bool(answer.body["next"] == "second-factor")
