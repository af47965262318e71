"""Sessions: how long they live, who sees them, and every way they end (product.md section 2)."""

from datetime import timedelta

import pytest

from chalicelib.features.sessions.model import MAX_SESSIONS
from chalicelib.kernel import ids
from chalicelib.table import people_keys, proof
from chalicelib.table.tenant import Installation
from tests.api_client import Answer, ApiClient, Browser
from tests.authenticator import proof_of
from tests.hand_clock import HandClock
from tests.people import PASSWORD, People, Person, session_token


def sessions_of(api: ApiClient, browser: Browser) -> list[dict[str, object]]:
    """The list somebody sees."""
    found: list[dict[str, object]] = api.get("/me/sessions", browser).body["sessions"]
    return found


def end(api: ApiClient, person: Person, session_id: object, **shown: object) -> Answer:
    """End one of somebody's sessions."""
    return api.post(f"/me/sessions/{session_id}/end", proof_of(person) | shown, person.browser)


def test_signing_out_ends_this_session_only(api: ApiClient, people: People) -> None:
    anna, phone = people.new(), Browser()
    people.sign_in(anna.email, phone)
    out = api.post("/sign-out", None, anna.browser)
    assert (out.status, out.body) == (204, None)
    assert "Max-Age=0" in out.cookies[0]
    assert api.get("/me", anna.browser).status == 401
    assert api.get("/me", phone).status == 200


def test_a_session_ends_after_14_idle_days(api: ApiClient, people: People, clock: HandClock) -> None:
    anna = people.new()
    clock.advance(proof.IDLE - timedelta(milliseconds=1))
    assert len(sessions_of(api, anna.browser)) == 1
    clock.advance(proof.IDLE)
    assert api.get("/me", anna.browser).status == 401


def test_use_keeps_a_session_alive_for_90_days_and_no_longer(api: ApiClient, people: People, clock: HandClock) -> None:
    anna = people.new()
    for _ in range(6):
        clock.advance(timedelta(days=13))
        assert api.get("/me", anna.browser).status == 200
    clock.advance(timedelta(days=12))
    assert api.get("/me", anna.browser).status == 401


def test_the_list_says_where_and_since_when_and_which_is_this_one(
    api: ApiClient, people: People, clock: HandClock
) -> None:
    anna, phone = people.new(), Browser(device="Phone 2.0")
    clock.advance(timedelta(minutes=11))
    people.sign_in(anna.email, phone)
    newest, first = sessions_of(api, anna.browser)
    assert (newest["address"], newest["device"], newest["current"]) == (phone.address, "Phone 2.0", False)
    assert (first["address"], first["device"], first["current"]) == (anna.browser.address, anna.browser.device, True)
    assert first["created_at"] != newest["created_at"]
    assert first["seen_at"] == newest["seen_at"], "the list itself is a use"
    assert [session["second_factor"] for session in (newest, first)] == [False, False]


def test_what_has_ended_is_not_listed(api: ApiClient, people: People, clock: HandClock) -> None:
    anna = people.new()
    for _ in range(2):
        people.sign_in(anna.email, Browser())
    clock.advance(timedelta(days=13))
    api.get("/me", anna.browser)
    clock.advance(timedelta(days=2))
    assert [session["current"] for session in sessions_of(api, anna.browser)] == [True]


def test_a_session_is_called_by_a_name_that_finds_no_row(
    api: ApiClient, people: People, installation: Installation
) -> None:
    anna = people.new()
    [session] = sessions_of(api, anna.browser)
    assert ids.is_minted_shape(str(session["id"]))
    kept = str(installation.rows(people_keys.user(anna.user_id)).plain(people_keys.SESSIONS))
    assert str(session["id"]) not in kept
    assert str(session["id"]) not in (anna.browser.token or "")


def test_one_session_can_be_ended_by_its_person(api: ApiClient, people: People) -> None:
    anna, lost, phone = people.new(), Browser(device="Lost"), Browser()
    for browser in (lost, phone):
        people.sign_in(anna.email, browser)
    [target] = [each for each in sessions_of(api, anna.browser) if each["device"] == "Lost"]
    assert end(api, anna, target["id"]).status == 204
    assert api.get("/me", lost).status == 401
    assert api.get("/me", phone).status == 200
    again = end(api, anna, target["id"])
    assert (again.status, again.code) == (404, "session-not-found")


def test_ending_a_session_takes_the_password(api: ApiClient, people: People) -> None:
    """OWASP ASVS 5.0, 7.5.2."""
    anna, phone = people.new(), Browser()
    people.sign_in(anna.email, phone)
    target = next(each for each in sessions_of(api, anna.browser) if not each["current"])
    for path in (f"/me/sessions/{target['id']}/end", "/me/sessions/end"):
        refused = api.post(path, {"proof": {"password": "not it not it"}}, anna.browser)
        assert (refused.status, refused.code) == (422, "proof-wrong")
    assert api.get("/me", phone).status == 200


def test_nobody_ends_the_session_of_somebody_else(api: ApiClient, people: People) -> None:
    anna, mallory = people.new(), people.new("Mallory")
    [target] = sessions_of(api, anna.browser)
    foreign, missing = (end(api, mallory, each) for each in (target["id"], ids.mint()))
    assert (foreign.status, foreign.code) == (missing.status, missing.code) == (404, "session-not-found")
    assert api.get("/me", anna.browser).status == 200


def test_all_others_can_be_ended_at_once(api: ApiClient, people: People) -> None:
    anna = people.new()
    others = [Browser() for _ in range(3)]
    for browser in others:
        people.sign_in(anna.email, browser)
    assert api.post("/me/sessions/end", proof_of(anna), anna.browser).status == 204
    assert [api.get("/me", browser).status for browser in others] == [401, 401, 401]
    assert [session["current"] for session in sessions_of(api, anna.browser)] == [True]


def test_signing_in_anew_ends_the_session_the_browser_held(api: ApiClient, people: People) -> None:
    """OWASP ASVS 5.0, 7.2.4: a fresh token each time, and the old one is worth nothing."""
    anna = people.new()
    before = anna.browser.token
    people.sign_in(anna.email, anna.browser)
    assert anna.browser.token != before
    assert api.get("/me", Browser(token=before)).status == 401
    assert len(sessions_of(api, anna.browser)) == 1


def test_another_person_s_session_ends_too_when_somebody_signs_in_in_their_browser(
    api: ApiClient, people: People
) -> None:
    anna, boris = people.new(), people.new("Boris")
    before = anna.browser.token
    assert people.sign_in(boris.email, anna.browser)["user"]["id"] == boris.user_id
    assert api.get("/me", Browser(token=before)).status == 401
    [entry, *_] = api.get("/me/log", boris.browser).body["entries"]
    assert entry["kind"] == "session.opened"


def test_a_token_planted_before_signing_in_is_never_the_session(api: ApiClient, people: People) -> None:
    anna = people.new()
    planted = f"{anna.user_id}.{'A' * 43}"
    browser = Browser(token=planted)
    answer = api.post("/sign-in", {"email": anna.email, "password": PASSWORD}, browser)
    assert session_token(answer) != planted
    assert api.get("/me", Browser(token=planted)).status == 401


def test_nobody_has_more_than_50_sessions_and_the_one_unused_longest_goes_first(
    api: ApiClient, people: People, clock: HandClock
) -> None:
    """OWASP ASVS 5.0, 7.1.2."""
    anna = people.new()
    browsers = [Browser() for _ in range(MAX_SESSIONS)]
    for browser in browsers:
        clock.advance(timedelta(seconds=1))
        people.sign_in(anna.email, browser)
    assert len(sessions_of(api, browsers[-1])) == MAX_SESSIONS
    assert api.get("/me", anna.browser).status == 401
    assert api.get("/me", browsers[0]).status == 200
    ended = [e for e in api.get("/me/log", browsers[-1]).body["entries"] if e["kind"] == "session.ended"]
    assert [entry["new"] for entry in ended] == [{"reason": "one too many"}]


@pytest.mark.parametrize("session_id", ["x", "%00", "A" * 200, "..", "é"])
def test_a_name_that_is_none_finds_nothing(api: ApiClient, people: People, session_id: str) -> None:
    assert end(api, people.new(), session_id).status == 404
