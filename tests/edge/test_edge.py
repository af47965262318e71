"""The edge itself: cookies, the OpenAPI document, equal cost for known and unknown people."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import extract_parameters
from openapi_spec_validator import validate

from chalicelib import settings
from chalicelib.edge import cookies, openapi
from chalicelib.edge.api import Allow
from tests.api_client import ApiClient
from tests.every_route import every_route
from tests.people import People

NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def secure_origin(local_aws: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Settings of an installation on https."""
    monkeypatch.setenv("WIREROOM_PUBLIC_ORIGIN", "https://wireroom.example")
    settings.current.cache_clear()
    yield
    settings.current.cache_clear()


@pytest.mark.usefixtures("secure_origin")
def test_on_https_the_cookie_is_bound_to_the_host() -> None:
    cookie = cookies.issue("token", NOW + timedelta(hours=1), NOW)
    assert cookie == "__Host-wireroom=token; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax; Secure"
    assert cookies.read("a=b; __Host-wireroom=token") == "token"
    assert cookies.read("wireroom=token") is None


@pytest.mark.usefixtures("local_aws")
def test_a_cookie_of_a_longer_name_is_not_ours() -> None:
    assert cookies.read("xwireroom=token; wireroomx=token; wireroom") in {None, ""}
    assert cookies.read(None) is None


def test_the_openapi_document_is_valid_and_whole() -> None:
    from app import apis

    document = openapi.document(apis(), version="1.0")
    validate(document)
    described = {(method, path) for path, item in document["paths"].items() for method in item}
    assert described == {(route.method.lower(), route.path) for route in every_route()}


def test_every_operation_has_its_own_name_and_says_what_it_does() -> None:
    names = [route.view.__name__ for route in every_route()]
    assert len(names) == len(set(names))
    assert [route.path for route in every_route() if not route.view.__doc__] == []


def test_what_anyone_may_call_is_a_short_list() -> None:
    assert {route.path for route in every_route() if route.allow is Allow.ANYONE} == {
        "/health",
        "/sign-up",
        "/sign-up/social",
        "/sign-up/social/email",
        "/sign-up/social/email/confirm",
        "/sign-in",
        "/sign-in/second-factor",
        "/sign-in/providers",
        "/sign-in/{provider}",
        "/sign-in/{provider}/finish",
        "/password-resets",
        "/password-resets/finish",
        "/verify-email",
        "/invites/look-up",
        "/legal",
        "/legal/{document_name}",
        "/contact",
        "/second-factor-resets/cancel",
        "/deletions/undo",
        "/hooks/stripe",
        "/hooks/telegram-bot",
    }


def test_what_anyone_may_try_is_limited() -> None:
    unlimited = {r.path for r in every_route() if r.allow is Allow.ANYONE and r.method != "GET" and r.limit is None}
    assert unlimited == {r.path for r in every_route() if r.raw is not None}, "whose sender signs what it sends"


def test_the_api_says_that_it_answers(api: ApiClient) -> None:
    answer = api.get("/health")
    assert (answer.status, answer.body) == (200, {"status": "ok"})
    assert answer.headers["Cache-Control"] == "no-store"


def test_known_and_unknown_people_are_refused_at_equal_cost(
    api: ApiClient, people: People, verified_hashes: list[str]
) -> None:
    anna = people.new()
    verified_hashes.clear()
    for email in (anna.email, f"no.{anna.email}"):
        assert api.post("/sign-in", {"email": email, "password": "wrong wrong wrong"}).status == 401
    known, unknown = (extract_parameters(kept) for kept in verified_hashes)
    assert known == unknown
