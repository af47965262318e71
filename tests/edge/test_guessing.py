"""Guessing passwords: slowed down for whoever guesses, never for a browser the account knows (product.md section 2)."""

from datetime import timedelta

import pytest

from chalicelib.adapters import passwords
from chalicelib.adapters.limits import Limits
from chalicelib.features.identity import use_cases
from chalicelib.features.sessions.use_cases import Visit
from chalicelib.features.sign_in import use_cases as sign_in_slice
from chalicelib.features.sign_in.model import SignIn, WrongCredentials
from chalicelib.kernel.errors import TooMany
from chalicelib.table.proof import Caller
from chalicelib.table.tenant import Installation
from tests.api_client import Answer, ApiClient, Browser, some_address
from tests.guessing import gets_in_from_a_known_device, guessed_from_everywhere
from tests.hand_clock import HandClock
from tests.people import PASSWORD, Mailbox, People, deliver


def sign_in(api: ApiClient, email: str, password: str, browser: Browser | None = None) -> Answer:
    """Try to sign in."""
    return api.post("/sign-in", {"email": email, "password": password}, browser)


def told(answer: Answer) -> tuple[int, dict[str, object]]:
    """All a caller learns."""
    return answer.status, {name: value for name, value in answer.body.items() if name != "request_id"}


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


def test_who_is_signed_in_is_counted_by_themselves_and_not_by_an_address_they_share(
    api: ApiClient, people: People
) -> None:
    anna, guest = people.new(), people.new("Gustav")
    guest.browser.address = anna.browser.address
    renamed = [api.patch("/me", {"full_name": f"Gustav {n}"}, guest.browser).status for n in range(21)]
    assert renamed == [200] * 20 + [429]
    assert api.patch("/me", {"full_name": "Anna"}, anna.browser).status == 200
    guest.browser.address = some_address()
    assert api.patch("/me", {"full_name": "Gustav"}, guest.browser).status == 429


def test_from_the_fifth_failure_on_each_try_waits_twice_as_long_up_to_15_minutes(
    api: ApiClient, people: People, clock: HandClock
) -> None:
    anna = people.new()
    waits: list[int] = []
    for n in range(18):
        answer = sign_in(api, anna.email, f"guess number {n}")
        if answer.status == 429:
            waits.append(int(answer.headers["Retry-After"]))
            clock.advance(timedelta(seconds=waits[-1]))
            answer = sign_in(api, anna.email, f"guess number {n}")
        assert answer.status == 401
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]


def test_an_unknown_address_is_slowed_down_alike(api: ApiClient, people: People) -> None:
    anna = people.new()
    known, unknown = (
        [told(sign_in(api, email, f"guess number {n}")) for n in range(7)] for email in (anna.email, f"no.{anna.email}")
    )
    assert known == unknown
    assert [status for status, _ in known] == [401] * 5 + [429] * 2


@pytest.mark.parametrize("keeps", ["cookie", "address and device"])
def test_a_known_browser_gets_in_while_strangers_wait(
    api: ApiClient, people: People, clock: HandClock, keeps: str
) -> None:
    anna = people.new()
    clock.advance(timedelta(minutes=1))
    for n in range(7):
        sign_in(api, anna.email, f"guess number {n}")
    assert sign_in(api, anna.email, PASSWORD).status == 429
    known = (
        Browser(jar=dict(anna.browser.jar))
        if keeps == "cookie"
        else Browser(address=anna.browser.address, device=anna.browser.device)
    )
    assert sign_in(api, anna.email, PASSWORD, known).status == 200
    assert sign_in(api, anna.email, PASSWORD).status == 429, "it did not help the strangers"


def test_the_cookie_of_another_person_s_browser_opens_no_way_around_the_delay(api: ApiClient, people: People) -> None:
    anna, mallory = people.new(), people.new("Mallory")
    for n in range(5):
        sign_in(api, anna.email, f"guess number {n}")
    assert sign_in(api, anna.email, PASSWORD, Browser(jar=dict(mallory.browser.jar))).status == 429


def test_a_known_browser_that_guesses_is_a_stranger_after_20_tries_an_hour(
    api: ApiClient, people: People, clock: HandClock
) -> None:
    anna = people.new()
    clock.advance(timedelta(hours=1))
    stolen = dict(anna.browser.jar)
    tried = [sign_in(api, anna.email, f"guess number {n}", Browser(jar=dict(stolen))).status for n in range(27)]
    assert tried == [401] * 25 + [429] * 2
    clock.advance(timedelta(hours=1))
    assert sign_in(api, anna.email, PASSWORD, Browser(jar=stolen)).status == 200


def test_a_browser_from_before_a_reset_waits_as_strangers_do(api: ApiClient, people: People, mailbox: Mailbox) -> None:
    """Whoever was thrown out by it has the cookie still."""
    anna, thief = people.new(), Browser()
    people.sign_in(anna.email, thief)
    api.post("/password-resets", {"email": anna.email})
    deliver()
    reset = {"token": mailbox.last_token(anna.email), "password": "rowing past the old pier"}
    assert api.post("/password-resets/finish", reset).status == 204
    tried = [sign_in(api, anna.email, f"guess number {n}", thief).status for n in range(6)]
    assert tried == [401] * 5 + [429]


def test_made_up_cookies_give_the_place_of_a_session_no_more_tries(
    api: ApiClient, people: People, clock: HandClock
) -> None:
    clock.set((clock() + timedelta(hours=1)).replace(minute=5))
    anna = people.new()
    tried: list[int] = []
    for n in range(27):
        if n % 20 == 0:
            clock.advance(timedelta(minutes=1))
        made_up = Browser(address=anna.browser.address, device=anna.browser.device, jar={"wireroom-device": f"{n:043}"})
        tried.append(sign_in(api, anna.email, f"guess number {n}", made_up).status)
    assert tried == [401] * 25 + [429] * 2


def test_the_right_password_forgets_the_failures(api: ApiClient, people: People, clock: HandClock) -> None:
    anna = people.new()
    for n in range(4):
        sign_in(api, anna.email, f"guess number {n}")
    assert sign_in(api, anna.email, PASSWORD).status == 200
    assert [sign_in(api, anna.email, f"guess number {n}").status for n in range(5)] == [401] * 5


def test_failures_are_forgotten_after_a_day(api: ApiClient, people: People, clock: HandClock) -> None:
    anna = people.new()
    for n in range(5):
        sign_in(api, anna.email, f"guess number {n}")
    clock.advance(timedelta(days=1))
    assert [sign_in(api, anna.email, f"guess number {n}").status for n in range(5)] == [401] * 5


def test_a_thousand_tries_over_as_many_addresses_test_five_passwords_and_shut_nobody_out(
    people: People, installation: Installation, verified_hashes: list[str]
) -> None:
    """product.md section 2: failures on one account name add delay and never lock out a known device."""
    anna = people.new()
    verified_hashes.clear()
    assert guessed_from_everywhere(anna, 1_000, installation) == {WrongCredentials: 5, TooMany: 995}
    assert len(verified_hashes) == 5
    assert gets_in_from_a_known_device(anna, installation)


def test_a_day_of_guessing_tests_a_hundred_passwords(
    people: People,
    installation: Installation,
    clock: HandClock,
    verified_hashes: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    anna = people.new()
    verified_hashes.clear()
    end, limits = clock() + timedelta(days=1), Limits(installation)
    while clock() < end:
        visit = Visit(caller=Caller(address=f"10.0.{len(verified_hashes)}.1", device="Bot"))
        try:
            guess = SignIn(email=anna.email, password="guess after guess")
            sign_in_slice.sign_in(guess, visit=visit, installation=installation, limits=limits)
        except TooMany as refusal:
            clock.advance(timedelta(seconds=refusal.retry_after_s))
        except WrongCredentials:
            continue
    assert 90 <= len(verified_hashes) <= 115


@pytest.mark.parametrize("password", ["wrong wrong wrong", "", "\u0000" * 12])
def test_a_wrong_password_and_an_unknown_address_are_answered_alike(
    api: ApiClient, people: People, password: str
) -> None:
    anna = people.new()
    wrong, unknown = (sign_in(api, email, password) for email in (anna.email, f"no.{anna.email}"))
    assert told(wrong) == told(unknown)
    assert wrong.cookies == unknown.cookies == []


def test_a_refusal_costs_as_many_calls_whether_the_address_is_known_or_not(
    api: ApiClient, people: People, calls_made: list[str], verified_hashes: list[str]
) -> None:
    """product.md section 2: equal time for known and unknown e-mails; here as what the time is spent on."""
    anna = people.new()
    spent: list[tuple[list[str], int]] = []
    for email in (anna.email, f"no.{anna.email}"):
        calls_made.clear()
        verified_hashes.clear()
        assert sign_in(api, email, "wrong wrong wrong").status == 401
        spent.append((list(calls_made), len(verified_hashes)))
    assert spent[0] == spent[1]
    assert spent[0][1] == 1


def test_asking_for_a_reset_costs_as_many_calls_whether_the_address_is_known_or_not(
    api: ApiClient, people: People, calls_made: list[str]
) -> None:
    anna = people.new()
    spent: list[list[str]] = []
    for email in (anna.email, f"no.{anna.email}"):
        calls_made.clear()
        assert api.post("/password-resets", {"email": email}).status == 202
        spent.append(list(calls_made))
    assert spent[0] == spent[1]


def test_five_refusals_an_hour_stand_in_the_log_of_whose_account_was_tried(
    api: ApiClient, people: People, clock: HandClock
) -> None:
    clock.set((clock() + timedelta(hours=1)).replace(minute=5))
    anna, tried_from = people.new(), Browser(address="198.51.100.7", device="Stranger 1.0")
    for n in range(7):
        sign_in(api, anna.email, f"guess number {n}", tried_from)
        clock.advance(timedelta(minutes=1))
    deliver()
    entries = api.get("/me/log", anna.browser).body["entries"]
    refused = [entry for entry in entries if entry["kind"] == "session.refused"]
    assert len(refused) == 5
    assert {(entry["address"], entry["device"]) for entry in refused} == {("198.51.100.7", "Stranger 1.0")}
    assert {entry["new"]["wrong"] for entry in refused} == {"password"}


def test_a_hash_of_older_parameters_is_made_anew_by_the_right_password(
    api: ApiClient, people: People, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = people.new()
    before = use_cases.get_person(anna.user_id, installation=installation)
    passwords._hasher.cache_clear()
    monkeypatch.setattr(passwords, "PASSES", passwords.PASSES + 1)
    try:
        assert sign_in(api, anna.email, PASSWORD).status == 200
        after = use_cases.get_person(anna.user_id, installation=installation)
        assert sign_in(api, anna.email, PASSWORD).status == 200
    finally:
        passwords._hasher.cache_clear()
    assert before is not None
    assert after is not None
    assert before.password_hash != after.password_hash
    assert f"t={passwords.PASSES}," in str(after.password_hash)
    assert api.get("/me", anna.browser).status == 200
