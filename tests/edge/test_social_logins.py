"""Logins: linked only after proof of the existing one, unlinked while another way in stays (product.md section 2)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.features.social_sign_in import gateway
from chalicelib.features.social_sign_in.model import Provider, ProviderAccount
from chalicelib.kernel import ids
from chalicelib.table.following_up import TAKEN_UP_AFTER
from tests.api_client import Answer, ApiClient, Browser
from tests.hand_clock import HandClock
from tests.people import PASSWORD, Mailbox, People, Person, deliver
from tests.providers import Providers, Somebody, Traveller
from tests.races import in_between

KNOWN = {"proof": {"password": PASSWORD}}
NOTHING: dict[str, Any] = {"proof": {}}


def an_address() -> str:
    return f"{ids.mint()[10:].lower()}@example.com"


def linked(api: ApiClient, browser: Browser) -> list[str]:
    """The providers somebody signs in with."""
    return [login["provider"] for login in api.get("/me/logins", browser).body["logins"]]


def link(api: ApiClient, providers: Providers, provider: str, who: Somebody, browser: Browser, **proof: Any) -> Answer:
    """Link a login from the settings."""
    begun = api.post(f"/me/logins/{provider}", proof or KNOWN, browser)
    assert begun.status == 200, begun.body
    back = providers.visit(begun.body["url"], who)
    return api.post(f"/me/logins/{provider}/finish", back.body(), browser)


def events(api: ApiClient, browser: Browser) -> list[str]:
    """What stands in somebody's own log, newest first."""
    return [entry["kind"] for entry in api.get("/me/log", browser).body["entries"]]


def reset_password(api: ApiClient, mailbox: Mailbox, person: Person) -> None:
    """Have somebody set another password by a mailed link."""
    api.post("/password-resets", {"email": person.email})
    deliver()
    wish = {"token": mailbox.last_token(person.email), "password": "rowing past the old pier"}
    assert api.post("/password-resets/finish", wish).status == 204


@pytest.fixture
def pending(traveller: Traveller, people: People) -> tuple[Person, Browser, Somebody]:
    """Somebody with an account, who just came by Google with the same address in a browser that is not signed in."""
    anna, browser = people.new(), Browser()
    who = Somebody(email=anna.email)
    assert traveller.sign_in("google", who, browser).body["next"] == "link"
    return anna, browser, who


def test_a_known_address_opens_nothing_until_the_existing_login_is_proven(
    api: ApiClient, traveller: Traveller, pending: tuple[Person, Browser, Somebody]
) -> None:
    anna, browser, who = pending
    assert browser.token is None
    assert api.post("/me/logins/pending", None, browser).status == 401
    assert traveller.sign_in("google", who, Browser()).body["next"] == "link"
    assert linked(api, anna.browser) == []


def test_after_signing_in_the_pending_login_is_linked(
    api: ApiClient,
    traveller: Traveller,
    people: People,
    mailbox: Mailbox,
    pending: tuple[Person, Browser, Somebody],
) -> None:
    anna, browser, who = pending
    people.sign_in(anna.email, browser)
    made = api.post("/me/logins/pending", None, browser)
    assert (made.status, made.body["provider"], made.body["email"]) == (201, "google", anna.email)
    assert linked(api, browser) == ["google"]
    signed_in = traveller.sign_in("google", who, Browser())
    assert (signed_in.body["next"], signed_in.body["me"]["user"]["id"]) == ("done", anna.user_id)
    assert "login.linked" in events(api, browser)
    deliver()
    assert "Google was linked to your account" in [letter["Subject"] for letter in mailbox.of(anna.email)]


def test_a_pending_login_is_linked_once(
    api: ApiClient, people: People, pending: tuple[Person, Browser, Somebody]
) -> None:
    anna, browser, _ = pending
    people.sign_in(anna.email, browser)
    twin = Browser(token=browser.token, jar=dict(browser.jar))
    assert api.post("/me/logins/pending", None, browser).status == 201
    again = api.post("/me/logins/pending", None, twin)
    assert (again.status, again.code) == (409, "pending-login-over")


def test_a_session_from_before_does_not_prove_the_existing_login(
    api: ApiClient, traveller: Traveller, people: People, clock: HandClock
) -> None:
    anna = people.new()
    clock.advance(timedelta(seconds=1))
    traveller.sign_in("google", Somebody(email=anna.email), anna.browser)
    refused = api.post("/me/logins/pending", None, anna.browser)
    assert (refused.status, refused.code) == (403, "sign-in-not-fresh")
    assert linked(api, anna.browser) == []


def test_a_pending_login_is_linked_to_no_other_account(
    api: ApiClient, people: People, pending: tuple[Person, Browser, Somebody]
) -> None:
    _, browser, _ = pending
    people.sign_in(people.new().email, browser)
    refused = api.post("/me/logins/pending", None, browser)
    assert (refused.status, refused.code) == (409, "pending-login-elsewhere")


@pytest.mark.parametrize("provider", list(Provider))
def test_a_login_is_linked_from_the_settings_whatever_its_address(
    api: ApiClient, traveller: Traveller, identity_provider: Providers, people: People, provider: str
) -> None:
    anna, who = people.new(), Somebody(email=an_address(), is_verified=False)
    made = link(api, identity_provider, provider, who, anna.browser)
    assert (made.status, made.body["email"]) == (201, who.email)
    assert traveller.sign_in(provider, who, Browser()).body["me"]["user"]["id"] == anna.user_id


def test_linking_asks_for_what_only_the_person_knows(
    api: ApiClient, identity_provider: Providers, people: People
) -> None:
    anna = people.new()
    for proof in (NOTHING, {"proof": {"password": "wrong wrong wrong"}}):
        refused = api.post("/me/logins/google", proof, anna.browser)
        assert (refused.status, refused.code, refused.cookies) == (422, "proof-wrong", [])


def test_a_link_on_its_way_when_the_password_is_reset_is_never_made(
    api: ApiClient,
    traveller: Traveller,
    identity_provider: Providers,
    people: People,
    mailbox: Mailbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A thief who comes back from their own provider at that moment is as far out as their session."""
    anna, thief, theirs = people.new(), Browser(), Somebody(email=an_address())
    people.sign_in(anna.email, thief)
    back = identity_provider.visit(api.post("/me/logins/google", KNOWN, thief).body["url"], theirs)
    account_of = gateway.account_of

    def asked_slowly(*asked: Any, **more: Any) -> ProviderAccount:
        found = account_of(*asked, **more)
        reset_password(api, mailbox, anna)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(gateway, "account_of", asked_slowly)
        refused = api.post("/me/logins/google/finish", back.body(), thief)
    assert (refused.status, refused.code) == (409, "sign-in-over")
    assert traveller.sign_in("google", theirs, Browser()).body["next"] == "sign-up"


def test_a_pending_login_overtaken_by_a_reset_is_not_linked(
    api: ApiClient,
    people: People,
    mailbox: Mailbox,
    monkeypatch: pytest.MonkeyPatch,
    pending: tuple[Person, Browser, Somebody],
) -> None:
    anna, browser, _ = pending
    people.sign_in(anna.email, browser)
    answers: list[Answer] = []
    in_between(
        lambda: answers.append(api.post("/me/logins/pending", None, browser)),
        lambda: reset_password(api, mailbox, anna),
        monkeypatch,
    )
    assert [(answer.status, answer.code) for answer in answers] == [(409, "changed-meanwhile")]


def test_an_account_whose_address_nobody_confirmed_takes_no_login(
    api: ApiClient, identity_provider: Providers, people: People
) -> None:
    """Pre-hijacking: whoever owns the address would find somebody else's key in the account."""
    mallory = people.new(is_verified=False)
    refused = api.post("/me/logins/google", KNOWN, mallory.browser)
    assert (refused.status, refused.code) == (409, "email-unverified")


def test_somebody_at_a_provider_is_one_person_here(
    api: ApiClient, identity_provider: Providers, people: People
) -> None:
    anna, boris, who = people.new(), people.new("Boris"), Somebody(email=an_address())
    assert link(api, identity_provider, "google", who, anna.browser).status == 201
    refused = link(api, identity_provider, "google", who, boris.browser)
    assert (refused.status, refused.code) == (409, "login-taken")
    assert linked(api, boris.browser) == []


def test_an_account_has_one_login_a_provider(api: ApiClient, identity_provider: Providers, people: People) -> None:
    anna = people.new()
    assert link(api, identity_provider, "google", Somebody(email=an_address()), anna.browser).status == 201
    refused = api.post("/me/logins/google", KNOWN, anna.browser)
    assert (refused.status, refused.code) == (409, "provider-linked")


def test_what_somebody_began_nobody_else_finishes(api: ApiClient, identity_provider: Providers, people: People) -> None:
    """A login of the attacker's is not slipped into a victim's account, nor a victim's into the attacker's."""
    anna, mallory = people.new(), people.new("Mallory")
    begun = api.post("/me/logins/google", KNOWN, mallory.browser)
    back = identity_provider.visit(begun.body["url"], Somebody(email=an_address()))
    stranger = Browser(token=anna.browser.token, jar=dict(mallory.browser.jar))
    for browser in (anna.browser, stranger):
        refused = api.post("/me/logins/google/finish", back.body(), browser)
        assert (refused.status, refused.code) == (409, "sign-in-over")
    assert linked(api, anna.browser) == []


def test_a_way_there_for_linking_does_not_sign_in_nor_the_other_way_round(
    api: ApiClient, traveller: Traveller, identity_provider: Providers, people: People
) -> None:
    anna, who = people.new(), Somebody(email=an_address())
    begun = api.post("/me/logins/google", KNOWN, anna.browser)
    back = identity_provider.visit(begun.body["url"], who)
    assert traveller.come_back("google", back, anna.browser).code == "sign-in-over"
    back = traveller.go("google", who, anna.browser)
    assert api.post("/me/logins/google/finish", back.body(), anna.browser).code == "sign-in-over"


def test_an_unlinked_login_signs_nobody_in(
    api: ApiClient, traveller: Traveller, identity_provider: Providers, people: People, mailbox: Mailbox
) -> None:
    anna, who = people.new(), Somebody(email=an_address())
    link(api, identity_provider, "google", who, anna.browser)
    assert api.post("/me/logins/google/off", KNOWN, anna.browser).status == 204
    assert linked(api, anna.browser) == []
    assert traveller.sign_in("google", who, Browser()).body["next"] == "sign-up"
    assert "login.unlinked" in events(api, anna.browser)
    deliver()
    assert "Google was unlinked from your account" in [letter["Subject"] for letter in mailbox.of(anna.email)]
    assert link(api, identity_provider, "google", who, anna.browser).status == 201


def test_unlinking_ends_every_other_session(
    api: ApiClient, traveller: Traveller, identity_provider: Providers, people: People
) -> None:
    anna, thief, who = people.new(), Browser(), Somebody(email=an_address())
    link(api, identity_provider, "google", who, anna.browser)
    traveller.sign_in("google", who, thief)
    assert api.get("/me", thief).status == 200
    assert api.post("/me/logins/google/off", KNOWN, anna.browser).status == 204
    assert api.get("/me", thief).status == 401
    assert api.get("/me", anna.browser).status == 200


def test_unlinking_is_answered_once_it_is_done_and_sessions_end_a_minute_later_if_that_was_refused(
    api: ApiClient,
    traveller: Traveller,
    identity_provider: Providers,
    people: People,
    clock: HandClock,
    ending_refused: Callable[[], AbstractContextManager[None]],
) -> None:
    anna, thief, who = people.new(), Browser(), Somebody(email=an_address())
    link(api, identity_provider, "google", who, anna.browser)
    traveller.sign_in("google", who, thief)
    with ending_refused():
        assert api.post("/me/logins/google/off", KNOWN, anna.browser).status == 204
    clock.advance(TAKEN_UP_AFTER)
    deliver()
    assert api.get("/me", thief).status == 401


def test_unlinking_asks_for_what_only_the_person_knows(
    api: ApiClient, identity_provider: Providers, people: People
) -> None:
    anna = people.new()
    link(api, identity_provider, "google", Somebody(email=an_address()), anna.browser)
    refused = api.post("/me/logins/google/off", NOTHING, anna.browser)
    assert (refused.status, refused.code) == (422, "proof-wrong")
    assert linked(api, anna.browser) == ["google"]


@pytest.mark.parametrize("provider", ["google", "github"])
def test_what_is_not_linked_cannot_be_unlinked(
    api: ApiClient, identity_provider: Providers, people: People, provider: str
) -> None:
    refused = api.post(f"/me/logins/{provider}/off", KNOWN, people.new().browser)
    assert (refused.status, refused.code) == (404, "login-not-found")


def test_the_last_way_in_cannot_be_unlinked(api: ApiClient, traveller: Traveller) -> None:
    browser = Browser()
    traveller.sign_up("google", Somebody(email=an_address()), browser)
    refused = api.post("/me/logins/google/off", NOTHING, browser)
    assert (refused.status, refused.code) == (409, "last-way-in")
    assert linked(api, browser) == ["google"]


def test_two_logins_unlinked_at_once_leave_one(
    api: ApiClient, traveller: Traveller, identity_provider: Providers
) -> None:
    browser = Browser()
    traveller.sign_up("google", Somebody(email=an_address()), browser)
    link(api, identity_provider, "linkedin", Somebody(email=an_address()), browser, **NOTHING)
    with ThreadPoolExecutor() as pool:
        paths = ("/me/logins/google/off", "/me/logins/linkedin/off")
        answers = list(pool.map(lambda path: api.post(path, NOTHING, browser), paths))
    assert sorted(answer.status for answer in answers) == [204, 409]
    assert len(linked(api, browser)) == 1
