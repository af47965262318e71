"""Whatever is sent to any route, the answer is a problem document and never a 500."""

import sys
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.edge.api import Route
from tests.api_client import Answer, ApiClient
from tests.every_route import body_of, every_route, filled, name_of, odd_bodies, parameters_of
from tests.furnished import Furnished
from tests.people import People

MEDIA_TYPE = "application/problem+json"
ODD_IDS = ["x", "%00", "%2F..%2F", "%F0%9F%A6%8A", "a" * 3_000, "%FF", "0" * 26, "0" * 42, "İ" * 26, "%20", "WS%23"]
ODD_QUERIES = ["limit=0", "limit=-1", "limit=1e9", "limit=x", "cursor=x", "cursor=%00", "cursor=" + "A" * 4_000, "a=b"]


def is_problem(answer: Answer) -> bool:
    """Whether a refusal is said as all are."""
    return (
        400 <= answer.status < 500
        and answer.headers["Content-Type"] == MEDIA_TYPE
        and {"type", "title", "status", "code", "request_id"} <= answer.body.keys()
        and answer.body["status"] == answer.status
    )


def an_id(parameter: str) -> str:
    """A well-formed id of nothing."""
    return "0" * (42 if parameter == "chat_id" else 26)


@pytest.mark.usefixtures("unlimited")
@pytest.mark.parametrize("route", [route for route in every_route() if route.body], ids=name_of)
def test_odd_bodies(api: ApiClient, furnished_once: Furnished, route: Route) -> None:
    for raw in odd_bodies(route):
        answer = api.request(route.method, filled(route, furnished_once.ids), furnished_once.owner.browser, raw=raw)
        assert answer.status < 300 or is_problem(answer), (raw[:200], answer)


@pytest.mark.usefixtures("unlimited")
def test_odd_ids_in_every_path(api: ApiClient, people: People) -> None:
    anna = people.new()
    tried = 0
    for route in every_route():
        names = ["workspace_id", *parameters_of(route)] if "{" in route.path else []
        good = {name: anna.workspace_id if name == "workspace_id" else an_id(name) for name in names}
        for name in names:
            for odd in ODD_IDS:
                path = filled(route, good | {name: odd})
                answer = api.request(route.method, path, anna.browser, body=body_of(route))
                assert is_problem(answer), (name_of(route), odd[:50], answer)
                assert answer.status in {404, 422}, (name_of(route), odd[:50], answer)
                tried += 1
    sys.stdout.write(f"{tried} odd paths\n")


@pytest.mark.usefixtures("unlimited")
@pytest.mark.parametrize("query", ODD_QUERIES)
def test_odd_queries(api: ApiClient, furnished_once: Furnished, query: str) -> None:
    for route in every_route():
        if route.query is None:
            continue
        extra = f"&account_id={furnished_once.ids['account_id']}" if route.path.endswith("/chats") else ""
        answer = api.get(f"{filled(route, furnished_once.ids)}?{query}{extra}", furnished_once.owner.browser)
        assert is_problem(answer) or answer.status == 200, (name_of(route), answer)


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_only_json_is_taken(api: ApiClient, media_type: str) -> None:
    answer = api.post("/sign-in", {"email": "a@b.co", "password": "x"}, headers={"Content-Type": media_type})
    assert (answer.status, answer.code) == (415, "media-type-unsupported")
    assert is_problem(answer)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "HEAD", "TRACE", "BREW"])
def test_a_verb_nobody_knows(api: ApiClient, method: str) -> None:
    answer = api.request(method, "/sign-in")
    assert (answer.status, answer.code, answer.headers["Allow"]) == (405, "method-not-allowed", "POST")
    assert is_problem(answer)


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"Origin": "https://evil.example"}, "foreign-origin"),
        ({"Origin": "null"}, "foreign-origin"),
        ({"Origin": None}, "foreign-origin"),
        ({"Origin": None, "Sec-Fetch-Site": "cross-site"}, "foreign-origin"),
        ({"X-Origin-Secret": None}, "origin-closed"),
        ({"X-Origin-Secret": "guess"}, "origin-closed"),
    ],
)
def test_changes_come_from_our_own_pages_through_the_front_door(
    api: ApiClient, people: People, headers: dict[str, Any], code: str
) -> None:
    anna = people.new()
    answer = api.patch("/me", {"full_name": "Mallory"}, anna.browser, headers=headers)
    assert (answer.status, answer.code) == (403, code)
    assert api.get("/me", anna.browser).body["user"]["full_name"] == anna.full_name


def test_a_browser_that_names_no_origin_but_its_site_is_ours(api: ApiClient, people: People) -> None:
    anna = people.new()
    headers = {"Origin": None, "Sec-Fetch-Site": "same-origin"}
    assert api.patch("/me", {"full_name": "Anna"}, anna.browser, headers=headers).status == 200


def test_what_crashes_is_a_500_without_detail(
    api: ApiClient, monkeypatch: pytest.MonkeyPatch, logged: Callable[[], str]
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("s3cret")

    monkeypatch.setattr("chalicelib.adapters.limits.Limits.take", crash)
    answer = api.post("/sign-in", {"email": "a@b.co", "password": "x"})
    assert (answer.status, answer.code) == (500, "unexpected-fault")
    assert "s3cret" not in str(answer.body)
    assert "s3cret" not in logged()
