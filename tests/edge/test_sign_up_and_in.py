"""Signing up, confirming the address, signing in and out (product.md section 2)."""

from collections import Counter
from datetime import timedelta

import pytest
from botocore.exceptions import ReadTimeoutError

from chalicelib.features.identity import use_cases
from chalicelib.features.legal import use_cases as legal
from chalicelib.kernel import ids
from chalicelib.table import aws
from chalicelib.table.tenant import Installation
from tests.api_client import Answer, ApiClient, Browser
from tests.authenticator import proof_of
from tests.hand_clock import HandClock
from tests.people import PASSWORD, Mailbox, People, deliver
from tests.staff import named_as_staff


def wish(username: str, **changes: object) -> dict[str, object]:
    """What somebody writes to sign up."""
    return {
        "email": f"{username}@example.com",
        "full_name": "Anna Petrova",
        "username": username,
        "password": PASSWORD,
        "accept_terms": True,
        "is_16_or_older": True,
    } | changes


def a_name() -> str:
    """A username nobody has."""
    return f"u_{ids.mint()[10:].lower()}"


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
        "has_password": True,
        "second_factor": False,
        "backup_codes_left": None,
        "legal_pending": [],
        "deletes_at": None,
        "is_staff": False,
        "time_zone": None,
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


def test_an_address_of_the_staff_is_confirmed_only_by_who_is_signed_in_to_its_account(
    api: ApiClient, people: People, mailbox: Mailbox
) -> None:
    """Whoever owns the address may click a genuine letter without making a stranger staff."""
    mallory, other = people.new("Mallory", is_verified=False), people.new()
    token = {"token": mailbox.last_token(mallory.email)}
    with named_as_staff(mallory):
        for browser in (None, other.browser):
            assert api.post("/verify-email", token, browser).status == 401
        user = api.get("/me", mallory.browser).body["user"]
        assert (user["email_verified"], user["is_staff"]) == (False, False)
        assert api.post("/verify-email", token, mallory.browser).status == 200
        assert api.get("/me", mallory.browser).body["user"]["is_staff"] is True


def test_who_signs_up_where_somebody_else_did_before_takes_the_account_over(
    api: ApiClient, people: People, mailbox: Mailbox
) -> None:
    """An account waiting under somebody's address is nobody's: its owner gets it with a password of their own."""
    mallory = people.new("Mallory", is_verified=False)
    refused = api.post("/me/second-factor/setup", proof_of(mallory), mallory.browser)
    assert (refused.status, refused.code) == (409, "email-unverified")
    assert api.post("/sign-up", wish(a_name(), email=mallory.email, full_name="Vera")).status == 202
    letter = mailbox.of(mallory.email)[-1]
    assert letter["Subject"] == "Finish signing up"
    assert "/reset-password#" in letter["BodyText"]
    mine = {"token": mailbox.last_token(mallory.email), "password": "rowing past the old pier"}
    assert api.post("/password-resets/finish", mine).status == 204
    assert api.get("/me", mallory.browser).status == 401
    assert sign_in(api, mallory.email, PASSWORD).status == 401
    entered = sign_in(api, mallory.email, "rowing past the old pier")
    assert (entered.status, entered.body["next"]) == (200, "done")
    assert entered.body["me"]["user"]["email_verified"] is True


def test_letters_to_an_address_nobody_confirmed_repeat_nothing_a_stranger_wrote(
    api: ApiClient, people: People, mailbox: Mailbox
) -> None:
    """Whoever signs up with somebody's address can't have a text of their own sent there."""
    mallory = people.new("Mallory wins at evil example", is_verified=False)
    api.post("/verification-mails", None, mallory.browser)
    api.post("/password-resets", {"email": mallory.email})
    api.post("/sign-up", wish(a_name(), email=mallory.email, full_name="Mallory wins at evil example"))
    change = {"proof": {"password": PASSWORD}, "new_password": "rowing past the old pier"}
    assert api.post("/me/password", change, mallory.browser).status == 204
    deliver()
    sent = mailbox.of(mallory.email)
    assert len(sent) >= 5
    assert [letter["Subject"] for letter in sent if "Mallory" in str(letter)] == []


def test_a_letter_that_could_not_be_sent_is_sent_by_trying_again(api: ApiClient, mailbox: Mailbox) -> None:
    events, wanted = aws.client("sesv2").meta.events, wish(a_name())

    def lost(**_: object) -> None:
        raise ReadTimeoutError(endpoint_url="http://mail")

    events.register("before-call.sesv2.SendEmail", lost)
    try:
        refused = api.post("/sign-up", wanted)
    finally:
        events.unregister("before-call.sesv2.SendEmail", lost)
    assert (refused.status, refused.code) == (503, "unavailable")
    assert api.post("/sign-up", wanted).status == 202
    finished = {"token": mailbox.last_token(str(wanted["email"])), "password": PASSWORD}
    assert api.post("/password-resets/finish", finished).status == 204


def test_one_address_is_signed_up_with_five_times_an_hour_whether_it_is_known_or_not(
    api: ApiClient, people: People, clock: HandClock
) -> None:
    clock.set((clock() + timedelta(hours=1)).replace(minute=5))
    anna = people.new()
    clock.set((clock() + timedelta(hours=1)).replace(minute=5))
    for email in (anna.email, f"new.{anna.email}"):
        answers = [api.post("/sign-up", wish(a_name(), email=email)) for _ in range(6)]
        assert [answer.status for answer in answers] == [202] * 5 + [429]
        free = wish(a_name(), email=email)
        assert api.post("/sign-up", free).status == 429
        assert api.post("/sign-up", free | {"email": f"x{free['email']}"}).status == 202, "no username is kept by it"


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


def test_that_a_username_and_an_address_are_one_persons_is_not_told(api: ApiClient, people: People) -> None:
    anna = people.new()
    for email in (anna.email, f"new.{anna.email}"):
        refused = api.post("/sign-up", wish(anna.username, email=email))
        assert (refused.status, refused.code) == (409, "username-taken")


@pytest.mark.parametrize("is_known", [True, False])
def test_the_browser_somebody_signs_up_in_is_a_strangers_to_an_account_until_the_address_is_confirmed_in_it(
    api: ApiClient, people: People, clock: HandClock, is_known: bool
) -> None:
    """Else guessing after signing up would tell whether an account was made."""
    anna, browser = people.new(), Browser()
    email = anna.email if is_known else f"new.{anna.email}"
    assert api.post("/sign-up", wish(a_name(), email=email), browser).status == 202
    clock.advance(timedelta(minutes=1))
    tried = [sign_in(api, email, f"wrong guess {n}", browser).status for n in range(7)]
    assert tried == [401] * 5 + [429] * 2


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
        ({"password": "wireroom2026"}, "password-unfit", "/password"),
        ({"password": "password1234"}, "password-unfit", "/password"),
        ({"accept_terms": False}, "terms-not-accepted", "/accept_terms"),
        ({"accept_terms": "yes"}, "invalid", "/accept_terms"),
        ({"is_16_or_older": False}, "too-young", "/is_16_or_older"),
        ({"is_staff": True}, "invalid", ""),
    ],
)
def test_a_misfit_names_its_field(api: ApiClient, change: dict[str, object], code: str, pointer: str) -> None:
    refused = api.post("/sign-up", wish("misfit_person") | change)
    assert (refused.status, refused.code, refused.pointers) == (422, code, [pointer])


@pytest.mark.parametrize(
    ("password", "advice"),
    [
        ("qwertyuiop[]", "Add another word or two. Uncommon words are better."),
        ("abcabcabcabc", "Avoid repeated words and characters."),
    ],
)
def test_a_password_that_is_guessed_soon_is_refused_with_advice_and_never_quoted(
    api: ApiClient, password: str, advice: str
) -> None:
    """product.md section 2: zxcvbn score 3 or more."""
    refused = api.post("/sign-up", wish(a_name(), password=password))
    assert refused.code == "password-unfit"
    assert advice in refused.body["errors"][0]["detail"]
    assert password not in str(refused.body)


@pytest.mark.parametrize("password", ["ключ от старой лодки", "🦊 over 🌊 at ½ past", "tide tables" + " and more" * 27])
def test_a_password_has_any_characters_and_up_to_256_of_them(api: ApiClient, password: str) -> None:
    username = a_name()
    assert api.post("/sign-up", wish(username, password=password)).status == 202
    assert sign_in(api, f"{username}@example.com", password).status == 200
    assert sign_in(api, f"{username}@example.com", password[:-1]).status == 401


def test_what_stood_in_force_is_what_somebody_accepted(
    api: ApiClient, people: People, installation: Installation
) -> None:
    """product.md section 2: versioned terms, accepted at sign-up."""
    anna = people.new()
    accepted = use_cases.get_person(anna.user_id, installation=installation)
    assert accepted is not None
    assert accepted.accepted == legal.current().versions()


def test_signing_in_sets_a_cookie_scripts_cannot_read(api: ApiClient, people: People) -> None:
    anna = people.new()
    answer = sign_in(api, anna.email, PASSWORD)
    session, device = answer.cookies
    assert (answer.body["next"], answer.body["me"]["user"]["id"]) == ("done", anna.user_id)
    assert session.startswith("wireroom=")
    assert device.startswith("wireroom-device=")
    for cookie, days in ((session, 90), (device, 400)):
        assert "; HttpOnly; SameSite=Lax" in cookie
        assert f"Max-Age={days * 86_400}" in cookie


def test_the_address_is_found_in_any_case(api: ApiClient, people: People) -> None:
    anna = people.new()
    assert sign_in(api, f"  {anna.email.upper()}", PASSWORD).status == 200


@pytest.mark.parametrize("token", ["", "x", "a.b", f"{'0' * 26}.{'A' * 43}", "é.é", f"{'0' * 26}.{'A' * 5_000}"])
def test_a_forged_cookie_is_nobody(api: ApiClient, token: str) -> None:
    answer = api.get("/me", Browser(token=token))
    assert (answer.status, answer.code) == (401, "unauthenticated")


def test_other_cookies_do_not_hide_the_session(api: ApiClient, people: People) -> None:
    anna = people.new()
    cookie = f'prefs={{"a":[1]}}; wireroom={anna.browser.token}; x'
    assert api.get("/me", headers={"Cookie": cookie}).status == 200


def test_signing_up_costs_the_same_calls_but_one_whether_the_address_is_known_or_not(
    api: ApiClient, people: People, calls_made: list[str]
) -> None:
    """product.md section 2: equal time for known and unknown e-mails; here as what the time is spent on."""
    anna = people.new()
    spent: list[Counter[str]] = []
    for email in (anna.email, f"new.{anna.email}"):
        calls_made.clear()
        assert api.post("/sign-up", wish(a_name(), email=email)).status == 202
        spent.append(Counter(calls_made))
    known, unknown = spent
    assert known - unknown == Counter({"PutItem": 1}), "the username stays taken in either case"
    assert unknown - known == Counter()
    assert known["GenerateDataKey"] == 2
