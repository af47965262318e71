"""Signing up with a provider: an address is proven before it is anybody's (product.md section 2)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from chalicelib.features.social_sign_in.model import Provider
from chalicelib.kernel import ids
from tests.api_client import ApiClient, Browser
from tests.hand_clock import HandClock
from tests.house import keys_that_name, whole_table
from tests.local_aws import LocalAws
from tests.people import Mailbox, People
from tests.providers import Somebody, Traveller, sign_up_form, take_session

VOUCHING = pytest.mark.parametrize("provider", [Provider.GOOGLE, Provider.MICROSOFT, Provider.LINKEDIN])
EVERY_PROVIDER = pytest.mark.parametrize("provider", list(Provider))


def an_address() -> str:
    return f"{ids.mint()[10:].lower()}@example.com"


@VOUCHING
def test_an_unknown_address_the_provider_vouches_for_signs_up(
    api: ApiClient, traveller: Traveller, provider: str
) -> None:
    browser, email = Browser(), an_address()
    answer = traveller.sign_in(provider, Somebody(email=email, full_name="Ingrid Solheim"), browser)
    assert answer.status == 200
    assert answer.body == {
        "next": "sign-up",
        "return_to": "/",
        "me": None,
        "email": email,
        "full_name": "Ingrid Solheim",
    }
    assert browser.token is None
    made = api.post("/sign-up/social", sign_up_form(full_name="Ingrid S."), browser)
    assert (made.status, made.body["next"]) == (200, "done")
    take_session(made, browser)
    user = api.get("/me", browser).body["user"]
    assert (user["email"], user["email_verified"], user["full_name"]) == (email, True, "Ingrid S.")
    assert user["has_password"] is False
    assert len(made.body["me"]["workspaces"]) == 1


def test_an_account_made_with_a_provider_has_no_password_to_guess(api: ApiClient, traveller: Traveller) -> None:
    who = Somebody(email=an_address())
    traveller.sign_up("google", who, Browser())
    for password in ("", "x" * 20):
        refused = api.post("/sign-in", {"email": who.email, "password": password})
        assert refused.status in {401, 422}


@EVERY_PROVIDER
def test_an_address_nobody_vouches_for_never_signs_up(api: ApiClient, traveller: Traveller, provider: str) -> None:
    browser = Browser()
    answer = traveller.sign_in(provider, Somebody(email=an_address(), is_verified=False), browser)
    assert (answer.status, answer.body["next"]) == (200, "email")
    refused = api.post("/sign-up/social", sign_up_form(), browser)
    assert (refused.status, refused.code, refused.cookies) == (409, "email-not-proven", [])


@EVERY_PROVIDER
def test_an_address_nobody_vouches_for_is_never_linked_to_its_account(
    api: ApiClient, traveller: Traveller, people: People, provider: str
) -> None:
    anna, mallory = people.new(), Browser()
    answer = traveller.sign_in(provider, Somebody(email=anna.email, is_verified=False), mallory)
    assert answer.body["next"] == "email"
    mallory.token = people.new().browser.token
    assert api.post("/me/logins/pending", None, mallory).code == "email-not-proven"
    anna.browser.jar.update(mallory.jar)
    assert api.post("/me/logins/pending", None, anna.browser).code == "email-not-proven"


@pytest.mark.parametrize("email", ["", "no address"])
def test_who_shows_no_address_is_asked_for_one(traveller: Traveller, email: str) -> None:
    answer = traveller.sign_in("google", Somebody(email=email, subject=ids.mint()), Browser())
    assert (answer.body["next"], answer.body["email"]) == ("email", None)


def test_an_address_is_shown_to_be_theirs_by_a_link_opened_in_the_same_browser(
    api: ApiClient, traveller: Traveller, mailbox: Mailbox
) -> None:
    browser, email = Browser(), an_address()
    traveller.sign_in("facebook", Somebody(email=email), browser)
    shown = traveller.show_address(email, browser)
    assert (shown.body["next"], shown.body["email"]) == ("sign-up", email)
    made = api.post("/sign-up/social", sign_up_form(), browser)
    assert made.body["me"]["user"]["email_verified"] is True
    assert "Facebook" in mailbox.of(email)[0]["BodyText"]


def test_a_link_opened_in_another_browser_shows_nothing(api: ApiClient, traveller: Traveller, mailbox: Mailbox) -> None:
    """Whoever owns the address can't be made to prove it for somebody else."""
    mallory, victim, email = Browser(), Browser(), an_address()
    traveller.sign_in("facebook", Somebody(email="mallory@example.com"), mallory)
    api.post("/sign-up/social/email", {"email": email}, mallory)
    opened = api.post("/sign-up/social/email/confirm", {"token": mailbox.last_token(email)}, victim)
    assert (opened.status, opened.code) == (409, "pending-login-over")
    assert api.post("/sign-up/social", sign_up_form(), mallory).code == "email-not-proven"


def test_a_link_is_good_once_and_only_the_newest(api: ApiClient, traveller: Traveller, mailbox: Mailbox) -> None:
    browser, email = Browser(), an_address()
    traveller.sign_in("facebook", Somebody(email=email), browser)
    path = "/sign-up/social/email/confirm"
    assert api.post(path, {"token": "made up"}, browser).code == "link-not-valid"
    api.post("/sign-up/social/email", {"email": email}, browser)
    first = mailbox.last_token(email)
    assert traveller.show_address(email, browser).status == 200
    for token in (first, mailbox.last_token(email)):
        assert api.post(path, {"token": token}, browser).code == "link-not-valid"


def test_whether_an_address_has_an_account_is_told_only_to_its_owner(
    api: ApiClient, traveller: Traveller, people: People, mailbox: Mailbox
) -> None:
    anna, browser, unknown = people.new(), Browser(), an_address()
    traveller.sign_in("facebook", Somebody(email=""), browser)
    asked = [api.post("/sign-up/social/email", {"email": email}, browser) for email in (anna.email, unknown)]
    assert [(answer.status, answer.headers.keys()) for answer in asked] == [(202, asked[0].headers.keys())] * 2
    assert mailbox.of(anna.email)[-1]["Subject"] == mailbox.of(unknown)[-1]["Subject"]
    assert traveller.show_address(anna.email, browser).body["next"] == "link"


def test_strangers_can_have_five_letters_an_hour_sent_to_an_address(
    api: ApiClient, traveller: Traveller, local_aws: LocalAws
) -> None:
    email, statuses = an_address(), []
    for _ in range(6):
        browser = Browser()
        traveller.sign_in("facebook", Somebody(email=""), browser)
        statuses.append(api.post("/sign-up/social/email", {"email": email}, browser).status)
    assert statuses == [202] * 5 + [429]
    assert keys_that_name(email, whole_table(local_aws)) == []


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        ({"accept_terms": False}, "terms-not-accepted", "/accept_terms"),
        ({"is_16_or_older": False}, "too-young", "/is_16_or_older"),
        ({"username": "Ingrid Solheim"}, "username-invalid", "/username"),
        ({"full_name": "  "}, "name-invalid", "/full_name"),
        ({"email": "other@example.com"}, "invalid", ""),
    ],
)
def test_a_misfit_names_its_field_and_may_be_mended(
    api: ApiClient, traveller: Traveller, change: dict[str, object], code: str, pointer: str
) -> None:
    browser = Browser()
    traveller.sign_in("google", Somebody(email=an_address()), browser)
    refused = api.post("/sign-up/social", sign_up_form() | change, browser)
    assert (refused.status, refused.code, refused.pointers) == (422, code, [pointer])
    assert api.post("/sign-up/social", sign_up_form(), browser).status == 200


def test_a_taken_username_makes_no_account(api: ApiClient, traveller: Traveller, people: People) -> None:
    browser, anna = Browser(), people.new()
    traveller.sign_in("google", Somebody(email=an_address()), browser)
    refused = api.post("/sign-up/social", sign_up_form(username=anna.username), browser)
    assert (refused.status, refused.code) == (409, "username-taken")
    assert api.post("/sign-up/social", sign_up_form(), browser).status == 200


def test_two_sign_ups_at_once_of_one_new_person_make_one_account(api: ApiClient, traveller: Traveller) -> None:
    who = Somebody(email=an_address())
    browsers = [Browser(), Browser()]
    for browser in browsers:
        assert traveller.sign_in("google", who, browser).body["next"] == "sign-up"
    with ThreadPoolExecutor() as pool:
        made = list(pool.map(lambda browser: api.post("/sign-up/social", sign_up_form(), browser), browsers))
    assert [answer.status for answer in made] == [200, 200]
    assert len({answer.body["me"]["user"]["id"] for answer in made}) == 1


def test_a_pending_login_waits_for_fifteen_minutes(api: ApiClient, traveller: Traveller, clock: HandClock) -> None:
    browser = Browser()
    traveller.sign_in("google", Somebody(email=an_address()), browser)
    clock.advance(timedelta(minutes=15))
    late = api.post("/sign-up/social", sign_up_form(), browser)
    assert (late.status, late.code) == (409, "pending-login-over")


def test_a_pending_login_is_another_browser_s_business(api: ApiClient, traveller: Traveller) -> None:
    traveller.sign_in("google", Somebody(email=an_address()), Browser())
    for browser in (Browser(), Browser(jar={"wireroom-pending": "made up"})):
        refused = api.post("/sign-up/social", sign_up_form(), browser)
        assert (refused.status, refused.code) == (409, "pending-login-over")


def test_an_address_that_got_an_account_meanwhile_is_asked_for_its_login(api: ApiClient, traveller: Traveller) -> None:
    google, linkedin, email = Browser(), Browser(), an_address()
    assert traveller.sign_in("google", Somebody(email=email), google).body["next"] == "sign-up"
    traveller.sign_up("linkedin", Somebody(email=email), linkedin)
    refused = api.post("/sign-up/social", sign_up_form(), google)
    assert (refused.status, refused.code) == (409, "account-exists")
    traveller.sign_in("linkedin", Somebody(email=email), google)
    assert api.post("/me/logins/pending", None, google).status == 201
