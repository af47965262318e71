"""Signing up, confirming the address, signing in and out (product.md section 2)."""

from datetime import timedelta

import pytest
from botocore.exceptions import ReadTimeoutError

from chalicelib.kernel import ids
from chalicelib.table import aws, proof
from tests.api_client import Answer, ApiClient, Browser
from tests.hand_clock import HandClock
from tests.people import PASSWORD, Mailbox, People


def wish(username: str, **changes: object) -> dict[str, object]:
    """What somebody writes to sign up."""
    return {
        "email": f"{username}@example.com",
        "full_name": "Anna Petrova",
        "username": username,
        "password": PASSWORD,
        "accept_terms": True,
    } | changes


def sign_in(api: ApiClient, email: str, password: str, browser: Browser | None = None) -> Answer:
    """Try to sign in."""
    return api.post("/sign-in", {"email": email, "password": password}, browser)


def without_request_id(answer: Answer) -> dict[str, object]:
    """A problem as a caller could compare it."""
    return {name: value for name, value in answer.body.items() if name != "request_id"}


def test_a_new_person_owns_a_workspace_of_their_own(api: ApiClient, people: People) -> None:
    anna = people.new("Anna Петрова 🦊")
    me = api.get("/me", anna.browser)
    assert me.status == 200
    assert me.body["user"] == {
        "id": anna.user_id,
        "email": anna.email,
        "email_verified": True,
        "full_name": "Anna Петрова 🦊",
        "username": anna.username,
    }
    [own] = me.body["workspaces"]
    assert (own["name"], own["role"]) == ("Anna Петрова 🦊's workspace", "owner")


def test_an_address_is_unconfirmed_until_its_link_is_opened(api: ApiClient, people: People, mailbox: Mailbox) -> None:
    anna = people.new(is_verified=False)
    assert api.get("/me", anna.browser).body["user"]["email_verified"] is False
    answer = api.post("/verify-email", {"token": mailbox.last_token(anna.email)})
    assert (answer.status, answer.body) == (200, {"email": anna.email})
    assert api.get("/me", anna.browser).body["user"]["email_verified"] is True


def test_a_link_works_once(api: ApiClient, people: People, mailbox: Mailbox) -> None:
    anna = people.new(is_verified=False)
    token = mailbox.last_token(anna.email)
    assert api.post("/verify-email", {"token": token}).status == 200
    again = api.post("/verify-email", {"token": token})
    assert (again.status, again.code) == (404, "link-not-valid")


def test_a_link_is_good_for_24_hours(api: ApiClient, people: People, mailbox: Mailbox, clock: HandClock) -> None:
    anna = people.new(is_verified=False)
    clock.advance(timedelta(hours=24))
    late = api.post("/verify-email", {"token": mailbox.last_token(anna.email)})
    assert (late.status, late.code) == (404, "link-not-valid")
    assert api.get("/me", anna.browser).body["user"]["email_verified"] is False


def test_the_link_can_be_sent_again(api: ApiClient, people: People, mailbox: Mailbox) -> None:
    anna = people.new(is_verified=False)
    assert api.post("/verification-mails", None, anna.browser).status == 202
    assert len(mailbox.of(anna.email)) == 2
    assert api.post("/verify-email", {"token": mailbox.last_token(anna.email)}).status == 200
    refused = api.post("/verification-mails", None, anna.browser)
    assert (refused.status, refused.code) == (409, "email-already-verified")


def test_signing_up_with_a_known_address_looks_the_same_and_tells_its_holder(
    api: ApiClient, people: People, mailbox: Mailbox
) -> None:
    anna = people.new()
    stranger = api.post("/sign-up", wish(f"{anna.username}x"[-32:], email="new." + anna.email))
    known = api.post("/sign-up", wish(f"{anna.username}y"[-32:], email=f" {anna.email.upper()} ", full_name="Eve"))
    assert (known.status, stranger.status) == (202, 202)
    assert known.body == {"email": anna.email}
    assert known.headers.keys() == stranger.headers.keys()
    letter = mailbox.of(anna.email)[-1]
    assert letter["Subject"] == "You already have a Wireroom account"
    assert "Eve" not in letter["BodyText"]
    assert sign_in(api, anna.email, PASSWORD).status == 200
    assert api.get("/me", anna.browser).body["user"]["full_name"] == anna.full_name


def test_a_letter_that_could_not_be_sent_is_sent_by_trying_again(api: ApiClient, mailbox: Mailbox) -> None:
    events, wanted = aws.client("sesv2").meta.events, wish(f"u_{ids.mint()[10:].lower()}")

    def lost(**_: object) -> None:
        raise ReadTimeoutError(endpoint_url="http://mail")

    events.register("before-call.sesv2.SendEmail", lost)
    try:
        refused = api.post("/sign-up", wanted)
    finally:
        events.unregister("before-call.sesv2.SendEmail", lost)
    assert (refused.status, refused.code) == (503, "unavailable")
    assert api.post("/sign-up", wanted).status == 202
    assert api.post("/verify-email", {"token": mailbox.last_token(str(wanted["email"]))}).status == 200


@pytest.mark.parametrize("is_known", [True, False])
def test_a_username_tried_with_an_address_is_gone_for_others_whether_the_address_was_known_or_not(
    api: ApiClient, people: People, is_known: bool
) -> None:
    anna = people.new()
    tried = f"t{anna.username}"[-32:]
    email = anna.email if is_known else f"fresh.{anna.email}"
    assert api.post("/sign-up", wish(tried, email=email)).status == 202
    assert api.post("/sign-up", wish(tried, email=email)).status == 202
    other = api.post("/sign-up", wish(tried, email=f"other.{anna.email}"))
    assert (other.status, other.code) == (409, "username-taken")


def test_a_taken_username_makes_no_account(api: ApiClient, people: People) -> None:
    anna = people.new()
    refused = api.post("/sign-up", wish(anna.username, email=f"new.{anna.email}"))
    assert (refused.status, refused.code) == (409, "username-taken")
    assert sign_in(api, f"new.{anna.email}", PASSWORD).status == 401


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        ({"email": "anna"}, "email-invalid", "/email"),
        ({"email": "anna@localhost"}, "email-invalid", "/email"),
        ({"email": "анна@example.com"}, "email-invalid", "/email"),
        ({"email": "anna@example.com\nBcc: all@example.com"}, "email-invalid", "/email"),
        ({"email": "a" * 300 + "@example.com"}, "invalid", "/email"),
        ({"full_name": "   "}, "name-invalid", "/full_name"),
        ({"full_name": "An\u0000na"}, "name-invalid", "/full_name"),
        ({"full_name": "An\u202ena"}, "name-invalid", "/full_name"),
        ({"full_name": "A" * 81}, "name-invalid", "/full_name"),
        ({"full_name": "A" * 900_000}, "invalid", "/full_name"),
        ({"username": "Anna"}, "username-invalid", "/username"),
        ({"username": "an"}, "username-invalid", "/username"),
        ({"username": "anna petrova"}, "username-invalid", "/username"),
        ({"username": "anna_petrova\n"}, "username-invalid", "/username"),
        ({"username": "аnna_petrova"}, "username-invalid", "/username"),
        ({"password": "elevenchars"}, "password-unfit", "/password"),
        ({"password": "x" * 257}, "invalid", "/password"),
        (
            {"password": "Somebody.Long@example.com", "email": "somebody.long@example.com"},
            "password-unfit",
            "/password",
        ),
        ({"accept_terms": False}, "terms-not-accepted", "/accept_terms"),
        ({"accept_terms": "yes"}, "invalid", "/accept_terms"),
        ({"is_staff": True}, "invalid", ""),
    ],
)
def test_a_misfit_names_its_field(api: ApiClient, change: dict[str, object], code: str, pointer: str) -> None:
    refused = api.post("/sign-up", wish("misfit_person") | change)
    assert (refused.status, refused.code, refused.pointers) == (422, code, [pointer])


def test_signing_in_sets_a_cookie_scripts_cannot_read(api: ApiClient, people: People) -> None:
    anna = people.new()
    answer = sign_in(api, anna.email, PASSWORD)
    [cookie] = answer.cookies
    assert answer.body["user"]["id"] == anna.user_id
    assert cookie.startswith("wireroom=")
    assert "; HttpOnly; SameSite=Lax" in cookie
    assert f"Max-Age={90 * 86_400}" in cookie


@pytest.mark.parametrize("password", ["wrong wrong wrong", "", "\u0000" * 12])
def test_a_wrong_password_and_an_unknown_address_are_answered_alike(
    api: ApiClient, people: People, password: str
) -> None:
    anna = people.new()
    wrong, unknown = (sign_in(api, email, password) for email in (anna.email, f"no.{anna.email}"))
    assert wrong.status == unknown.status
    assert without_request_id(wrong) == without_request_id(unknown)
    assert wrong.cookies == []


def test_the_address_is_found_in_any_case(api: ApiClient, people: People) -> None:
    anna = people.new()
    assert sign_in(api, f"  {anna.email.upper()}", PASSWORD).status == 200


def test_signing_out_ends_this_session_only(api: ApiClient, people: People) -> None:
    anna = people.new()
    phone = Browser()
    people.sign_in(anna.email, phone)
    out = api.post("/sign-out", None, anna.browser)
    assert out.status == 204
    assert out.body is None
    assert "Max-Age=0" in out.cookies[0]
    assert api.get("/me", anna.browser).status == 401
    assert api.get("/me", phone).status == 200


def test_a_session_ends_after_14_idle_days(api: ApiClient, people: People, clock: HandClock) -> None:
    anna = people.new()
    clock.advance(proof.IDLE)
    assert api.get("/me", anna.browser).status == 401


def test_use_keeps_a_session_alive_for_90_days_and_no_longer(api: ApiClient, people: People, clock: HandClock) -> None:
    anna = people.new()
    for _ in range(6):
        clock.advance(timedelta(days=13))
        assert api.get("/me", anna.browser).status == 200
    clock.advance(timedelta(days=12))
    assert api.get("/me", anna.browser).status == 401


@pytest.mark.parametrize("token", ["", "x", "a.b", f"{'0' * 26}.{'A' * 43}", "é.é", f"{'0' * 26}.{'A' * 5_000}"])
def test_a_forged_cookie_is_nobody(api: ApiClient, token: str) -> None:
    answer = api.get("/me", Browser(token=token))
    assert (answer.status, answer.code) == (401, "unauthenticated")


def test_other_cookies_do_not_hide_the_session(api: ApiClient, people: People) -> None:
    anna = people.new()
    cookie = f'prefs={{"a":[1]}}; wireroom={anna.browser.token}; x'
    assert api.get("/me", headers={"Cookie": cookie}).status == 200


def test_twenty_one_tries_a_minute_from_one_address_are_one_too_many(api: ApiClient, clock: HandClock) -> None:
    browser = Browser()
    answers = [sign_in(api, f"n{n}@example.com", "wrong wrong wrong", browser) for n in range(21)]
    assert [answer.status for answer in answers] == [401] * 20 + [429]
    wait_s = int(answers[-1].headers["Retry-After"])
    assert 1 <= wait_s <= 60
    clock.advance(timedelta(seconds=wait_s))
    assert sign_in(api, "n@example.com", "wrong wrong wrong", browser).status == 401


def test_one_v6_customer_is_one_address(api: ApiClient) -> None:
    browsers = [Browser(address=f"[2001:db8:aa:{n // 30:x}::{n:x}]") for n in range(42)]
    statuses = [sign_in(api, f"v{n}@example.com", "wrong wrong", browser).status for n, browser in enumerate(browsers)]
    assert statuses.count(429) == 10


def test_guessing_at_one_account_is_slowed_down_and_its_own_devices_are_not(
    api: ApiClient, people: People, clock: HandClock
) -> None:
    anna = people.new()
    clock.advance(timedelta(minutes=1))
    guesses = [sign_in(api, anna.email, f"guess number {n}") for n in range(12)]
    assert [guess.status for guess in guesses] == [401] * 10 + [429] * 2
    assert sign_in(api, anna.email, PASSWORD).status == 429
    known = Browser(address=anna.browser.address, device=anna.browser.device)
    assert sign_in(api, anna.email, PASSWORD, known).status == 200
    strangers = [sign_in(api, f"no.{anna.email}", f"guess number {n}").status for n in range(12)]
    assert strangers == [401] * 10 + [429] * 2
