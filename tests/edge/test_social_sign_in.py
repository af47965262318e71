"""Signing in with Google, Microsoft, LinkedIn and Facebook: there and back (product.md section 2)."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib import settings
from chalicelib.features.social_sign_in.model import Provider
from chalicelib.kernel import ids, tokens
from chalicelib.table import keys, people_keys
from chalicelib.table.items import Row
from chalicelib.table.tenant import Installation
from tests import authenticator
from tests.api_client import ApiClient, Browser
from tests.hand_clock import HandClock
from tests.people import People
from tests.providers import Providers, Return, Somebody, Traveller, configured

EVERY_PROVIDER = pytest.mark.parametrize("provider", list(Provider))


def somebody() -> Somebody:
    """Nobody has met them before."""
    return Somebody(email=f"{ids.mint()[10:].lower()}@example.com")


@pytest.fixture
def newcomer(traveller: Traveller) -> Somebody:
    """Somebody who has signed up with Google."""
    who = somebody()
    traveller.sign_up("google", who, Browser())
    return who


@EVERY_PROVIDER
def test_who_signed_up_with_a_provider_signs_in_with_it(api: ApiClient, traveller: Traveller, provider: str) -> None:
    who, browser = somebody(), Browser()
    traveller.sign_up(provider, who, Browser())
    answer = traveller.sign_in(provider, who, browser)
    assert (answer.status, answer.body["next"]) == (200, "done")
    assert answer.body["me"]["user"]["email"] == who.email
    assert api.get("/me", browser).body["user"]["full_name"] == who.full_name


@EVERY_PROVIDER
def test_every_way_there_has_pkce_and_state_and_openid_connect_a_nonce(traveller: Traveller, provider: str) -> None:
    page = urlsplit(traveller.leave(provider, Browser()))
    asked = {name: values[0] for name, values in parse_qs(page.query).items()}
    assert asked["response_type"] == "code"
    assert (asked["code_challenge_method"], len(asked["code_challenge"])) == ("S256", 43)
    assert len(asked["state"]) >= 43
    assert asked["redirect_uri"] == f"{settings.current().public_origin}/sign-in/return/{provider}"
    assert ("nonce" in asked) == (provider != Provider.FACEBOOK)


def test_a_provider_that_turns_pkce_down_is_sent_none(api: ApiClient, identity_provider: Providers) -> None:
    with configured(f"http://127.0.0.1:{identity_provider.port}", pkce=False):
        url = api.post("/sign-in/linkedin", {}).body["url"]
    assert "code_challenge" not in url
    assert {"state", "nonce"} <= parse_qs(urlsplit(url).query).keys()


def test_no_two_ways_there_have_anything_secret_in_common(traveller: Traveller) -> None:
    browser = Browser()
    one, other = (parse_qs(urlsplit(traveller.leave("google", browser)).query) for _ in range(2))
    assert all(one[name] != other[name] for name in ("state", "nonce", "code_challenge"))


def test_the_flow_lies_under_the_hash_of_a_cookie_scripts_cannot_read(
    api: ApiClient, identity_provider: Providers, installation: Installation
) -> None:
    browser = Browser()
    begun = api.post("/sign-in/google", {}, browser)
    [cookie] = begun.cookies
    assert cookie.startswith("wireroom-sign-in=")
    assert "Max-Age=600; HttpOnly; SameSite=Lax" in cookie
    row = installation.rows(people_keys.sign_in_flow(tokens.hashed(browser.jar["wireroom-sign-in"]))).get(
        Row, keys.ONLY
    )
    assert row is not None
    state = parse_qs(urlsplit(begun.body["url"]).query)["state"][0]
    kept = json.dumps(row.serialize(), default=str)
    assert state not in kept
    assert browser.jar["wireroom-sign-in"] not in kept


def test_only_configured_providers_are_offered(api: ApiClient, identity_provider: Providers) -> None:
    assert api.get("/sign-in/providers").body == {
        "providers": [
            {"id": "google", "name": "Google"},
            {"id": "microsoft", "name": "Microsoft"},
            {"id": "linkedin", "name": "LinkedIn"},
            {"id": "facebook", "name": "Facebook"},
        ]
    }
    with configured(None):
        assert api.get("/sign-in/providers").body == {"providers": []}
        refused = api.post("/sign-in/google", {})
    assert (refused.status, refused.code) == (404, "provider-not-offered")


@pytest.mark.parametrize("provider", ["github", "Google", "google%00", "%F0%9F%A6%8A"])
def test_an_unknown_provider_is_not_offered(api: ApiClient, identity_provider: Providers, provider: str) -> None:
    refused = api.post(f"/sign-in/{provider}", {})
    assert (refused.status, refused.code) == (404, "provider-not-offered")


def test_people_come_back_to_the_page_they_wanted(
    api: ApiClient, traveller: Traveller, identity_provider: Providers, newcomer: Somebody
) -> None:
    browser = Browser()
    url = traveller.leave("google", browser, next="/workspaces/1/chats?view=2")
    answer = traveller.come_back("google", identity_provider.visit(url, newcomer), browser)
    assert answer.body["return_to"] == "/workspaces/1/chats?view=2"


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "/\\evil.example", "chats", "/\n"])
def test_people_are_sent_to_no_page_of_others(api: ApiClient, identity_provider: Providers, path: str) -> None:
    refused = api.post("/sign-in/google", {"next": path})
    assert (refused.status, refused.code, refused.pointers) == (422, "return-path-invalid", ["/next"])


def test_a_wrong_state_signs_nobody_in_and_leaves_the_right_one_good(traveller: Traveller, newcomer: Somebody) -> None:
    browser = Browser()
    back = traveller.go("google", newcomer, browser)
    refused = traveller.come_back("google", back, browser, state=tokens.new())
    assert (refused.status, refused.code, refused.cookies) == (409, "sign-in-over", [])
    assert traveller.come_back("google", back, browser).body["next"] == "done"


def test_a_return_is_good_only_in_the_browser_it_began_in(traveller: Traveller, newcomer: Somebody) -> None:
    """Login CSRF: what somebody else brought back signs nobody in as them."""
    mallory, victim = Browser(), Browser()
    back = traveller.go("google", newcomer, mallory)
    traveller.leave("google", victim)
    for browser in (victim, Browser()):
        refused = traveller.come_back("google", back, browser)
        assert (refused.status, refused.code, refused.cookies) == (409, "sign-in-over", [])


def test_a_stolen_code_is_refused_under_the_thief_s_own_state(traveller: Traveller, newcomer: Somebody) -> None:
    """Code injection: the code was asked for with another verifier."""
    thief, victim = Browser(), Browser()
    stolen = traveller.go("google", newcomer, victim)
    own = traveller.go("google", somebody(), thief)
    refused = traveller.come_back("google", Return(code=stolen.code, state=own.state), thief)
    assert (refused.status, refused.code, refused.cookies) == (403, "provider-refused", [])


def test_a_return_is_good_once(traveller: Traveller, newcomer: Somebody) -> None:
    browser = Browser()
    back = traveller.go("google", newcomer, browser)
    flow = dict(browser.jar)
    assert traveller.come_back("google", back, browser).status == 200
    assert "wireroom-sign-in" not in browser.jar
    again = traveller.come_back("google", back, Browser(jar=flow))
    assert (again.status, again.code) == (409, "sign-in-over")


def test_a_code_that_was_used_is_refused_in_a_new_flow(traveller: Traveller, newcomer: Somebody) -> None:
    browser = Browser()
    used = traveller.go("google", newcomer, browser)
    assert traveller.come_back("google", used, browser).status == 200
    fresh = traveller.go("google", newcomer, browser)
    refused = traveller.come_back("google", Return(code=used.code, state=fresh.state), browser)
    assert (refused.status, refused.code) == (403, "provider-refused")


def test_of_two_who_bring_the_same_return_at_once_one_is_let_in(traveller: Traveller, newcomer: Somebody) -> None:
    browser = Browser()
    back = traveller.go("google", newcomer, browser)
    twins = [Browser(jar=dict(browser.jar)) for _ in range(2)]
    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda twin: traveller.come_back("google", back, twin), twins))
    assert sorted(answer.status for answer in answers) == [200, 409]


def test_a_return_from_one_provider_is_none_from_another(traveller: Traveller, newcomer: Somebody) -> None:
    browser = Browser()
    back = traveller.go("google", newcomer, browser)
    refused = traveller.come_back("microsoft", back, browser)
    assert (refused.status, refused.code) == (409, "sign-in-over")


def test_who_stays_away_for_ten_minutes_begins_again(
    traveller: Traveller, newcomer: Somebody, clock: HandClock
) -> None:
    browser = Browser()
    back = traveller.go("google", newcomer, browser)
    clock.advance(timedelta(minutes=10))
    refused = traveller.come_back("google", back, browser)
    assert (refused.status, refused.code) == (409, "sign-in-over")


def test_somebody_whose_address_changed_at_the_provider_is_who_they_were(traveller: Traveller) -> None:
    subject = ids.mint()
    before, after = (Somebody(email=somebody().email, subject=subject) for _ in range(2))
    traveller.sign_up("google", before, Browser())
    answer = traveller.sign_in("google", after, Browser())
    assert (answer.body["next"], answer.body["me"]["user"]["email"]) == ("done", before.email)


def test_a_second_factor_is_asked_for_behind_every_provider(
    api: ApiClient, traveller: Traveller, identity_provider: Providers, people: People, clock: HandClock
) -> None:
    anna, who, browser = people.new(), somebody(), Browser()
    begun = api.post("/me/logins/google", authenticator.proof_of(anna), anna.browser)
    back = identity_provider.visit(begun.body["url"], who)
    assert api.post("/me/logins/google/finish", back.body(), anna.browser).status == 201
    phone = authenticator.turn_on(api, anna, clock)
    answer = traveller.sign_in("google", who, browser)
    assert (answer.status, answer.body["next"], answer.body["me"]) == (200, "second-factor", None)
    assert browser.token is None
    shown = authenticator.finish(api, phone.next_code(), browser)
    assert (shown.status, shown.body["me"]["user"]["id"]) == (200, anna.user_id)


def test_a_provider_s_new_key_is_asked_for(
    traveller: Traveller, identity_provider: Providers, newcomer: Somebody
) -> None:
    identity_provider.signer.rotate()
    assert traveller.sign_in("google", newcomer, Browser()).body["next"] == "done"


def test_twenty_one_tries_a_minute_from_one_address_are_one_too_many(
    api: ApiClient, identity_provider: Providers
) -> None:
    browser = Browser()
    wrong = {"code": "c", "state": "s"}
    statuses = [api.post("/sign-in/google/finish", wrong, browser).status for _ in range(21)]
    assert statuses == [409] * 20 + [429]
