"""The second factor: TOTP with one step of drift, each code once, and ten backup codes (product.md section 2)."""

import base64
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from chalicelib.kernel.ids import UserId
from chalicelib.table import people_keys
from chalicelib.table.following_up import TAKEN_UP_AFTER
from chalicelib.table.tenant import Installation
from tests.api_client import ApiClient, Browser
from tests.authenticator import Phone, begin, finish, proof_of, turn_on
from tests.hand_clock import HandClock
from tests.people import Mailbox, People, deliver


def rows_of(user_id: UserId, installation: Installation) -> str:
    """Everything the table keeps of a person, as text."""
    return str(installation.rows(people_keys.user(user_id)).stretch("!", "~", limit=1_000))


def test_a_set_up_gives_160_bits_for_an_app_and_changes_nothing_yet(api: ApiClient, people: People) -> None:
    anna = people.new()
    setup = api.post("/me/second-factor/setup", proof_of(anna), anna.browser)
    assert setup.status == 201
    assert len(base64.b32decode(setup.body["secret"])) == 20
    assert setup.body["uri"].startswith("otpauth://totp/Wireroom:")
    assert setup.body["secret"] in setup.body["uri"]
    assert begin(api, anna, Browser()).body["next"] == "done"


def test_nobody_turns_one_on_before_the_address_is_theirs(api: ApiClient, people: People, mailbox: Mailbox) -> None:
    """Who signed up with somebody else's address can't shut them out of the account they will get back by mail."""
    squatter = people.new(is_verified=False)
    refused = api.post("/me/second-factor/setup", proof_of(squatter), squatter.browser)
    assert (refused.status, refused.code) == (409, "email-unverified")
    api.post("/verify-email", {"token": mailbox.last_token(squatter.email)})
    assert api.post("/me/second-factor/setup", proof_of(squatter), squatter.browser).status == 201


def test_the_first_code_turns_it_on_and_a_wrong_one_does_not(api: ApiClient, people: People, clock: HandClock) -> None:
    anna = people.new()
    setup = api.post("/me/second-factor/setup", proof_of(anna), anna.browser)
    wrong = api.post("/me/second-factor", {"code": "000000"}, anna.browser)
    assert (wrong.status, wrong.code) == (422, "code-wrong")
    assert begin(api, anna, Browser()).body["next"] == "done"
    phone = Phone(secret=setup.body["secret"], clock=clock)
    on = api.post("/me/second-factor", {"code": phone.code()}, anna.browser)
    assert on.status == 201
    assert len(set(on.body["backup_codes"])) == 10
    user = api.get("/me", anna.browser).body["user"]
    assert (user["second_factor"], user["backup_codes_left"]) == (True, 10)


def test_a_set_up_waits_an_hour_and_a_newer_one_replaces_it(api: ApiClient, people: People, clock: HandClock) -> None:
    anna = people.new()
    first = api.post("/me/second-factor/setup", proof_of(anna), anna.browser).body["secret"]
    second = api.post("/me/second-factor/setup", proof_of(anna), anna.browser).body["secret"]
    replaced = api.post("/me/second-factor", {"code": Phone(secret=first, clock=clock).code()}, anna.browser)
    assert replaced.code == "code-wrong"
    clock.advance(timedelta(hours=1))
    late = api.post("/me/second-factor", {"code": Phone(secret=second, clock=clock).code()}, anna.browser)
    assert (late.status, late.code) == (409, "setup-over")


def test_a_second_one_is_not_set_up_beside_it(api: ApiClient, people: People, clock: HandClock) -> None:
    anna = people.new()
    phone = turn_on(api, anna, clock)
    refused = api.post("/me/second-factor/setup", proof_of(anna, phone), anna.browser)
    assert (refused.status, refused.code) == (409, "second-factor-on")


def test_the_password_alone_opens_nothing(api: ApiClient, people: People, clock: HandClock) -> None:
    anna, browser = people.new(), Browser()
    phone = turn_on(api, anna, clock)
    begun = begin(api, anna, browser)
    assert (begun.status, begun.body) == (200, {"next": "second-factor", "me": None})
    assert [cookie.partition("=")[0] for cookie in begun.cookies] == ["wireroom-challenge"]
    assert "; HttpOnly; SameSite=Lax" in begun.cookies[0]
    assert "Max-Age=600" in begun.cookies[0]
    assert api.get("/me", browser).status == 401
    done = finish(api, phone.next_code(), browser)
    assert (done.status, done.body["next"]) == (200, "done")
    assert api.get("/me", browser).status == 200
    assert "wireroom-challenge" not in browser.jar


def test_turning_it_on_ends_the_other_sessions_and_marks_this_one(
    api: ApiClient, people: People, clock: HandClock
) -> None:
    anna, laptop = people.new(), Browser()
    people.sign_in(anna.email, laptop)
    turn_on(api, anna, clock)
    assert api.get("/me", laptop).status == 401
    [session] = api.get("/me/sessions", anna.browser).body["sessions"]
    assert (session["current"], session["second_factor"]) == (True, True)


def test_it_is_answered_once_it_is_on_or_off_and_what_follows_comes_a_minute_later_if_it_was_refused(
    api: ApiClient,
    people: People,
    clock: HandClock,
    ending_refused: Callable[[], AbstractContextManager[None]],
) -> None:
    """The backup codes are shown once; an answer that loses them leaves nothing to get back in with."""
    anna, laptop, tablet = people.new(), Browser(), Browser()
    people.sign_in(anna.email, laptop)
    with ending_refused():
        phone = turn_on(api, anna, clock)
    assert len(phone.backup_codes) == 10
    clock.advance(TAKEN_UP_AFTER)
    deliver()
    assert api.get("/me", laptop).status == 401
    begin(api, anna, tablet)
    finish(api, phone.next_code(), tablet)
    with ending_refused():
        assert api.post("/me/second-factor/off", proof_of(anna, phone), anna.browser).status == 204
    clock.advance(TAKEN_UP_AFTER)
    deliver()
    assert api.get("/me", tablet).status == 401


@pytest.mark.parametrize(("off_s", "status"), [(-61, 422), (-29, 200), (0, 200), (29, 200), (61, 422)])
def test_a_phone_whose_clock_is_off_by_29_s_gets_in_and_by_61_s_does_not(
    api: ApiClient, people: People, clock: HandClock, off_s: int, status: int
) -> None:
    """product.md section 2: one step of drift."""
    anna, browser = people.new(), Browser()
    phone = turn_on(api, anna, clock)
    clock.advance(timedelta(minutes=5))
    begin(api, anna, browser)
    assert finish(api, phone.code(off_s=off_s), browser).status == status


def test_a_code_opens_one_session_and_is_refused_from_then_on(api: ApiClient, people: People, clock: HandClock) -> None:
    """product.md section 2: a code is usable once."""
    anna, thief = people.new(), Browser()
    phone, mine = turn_on(api, anna, clock), Browser()
    code = phone.next_code()
    begin(api, anna, mine)
    begin(api, anna, thief)
    assert finish(api, code, mine).status == 200
    replayed = finish(api, code, thief)
    assert (replayed.status, replayed.code) == (422, "code-wrong")
    assert api.get("/me", thief).status == 401


def test_the_code_that_turned_it_on_opens_no_session(api: ApiClient, people: People, clock: HandClock) -> None:
    anna, browser = people.new(), Browser()
    phone = turn_on(api, anna, clock)
    begin(api, anna, browser)
    assert finish(api, phone.code(), browser).code == "code-wrong"


def test_the_code_of_the_step_before_is_refused_once_a_newer_was_taken(
    api: ApiClient, people: People, clock: HandClock
) -> None:
    anna, browser = people.new(), Browser()
    phone = turn_on(api, anna, clock)
    clock.advance(timedelta(minutes=5))
    before, now = phone.code(off_s=-30), phone.code()
    begin(api, anna, browser)
    assert finish(api, now, browser).status == 200
    begin(api, anna, browser)
    assert finish(api, before, browser).code == "code-wrong"


def test_a_backup_code_gets_in_once_however_it_is_typed_and_a_letter_tells(
    api: ApiClient, people: People, clock: HandClock, mailbox: Mailbox
) -> None:
    anna, browser = people.new(), Browser()
    code = turn_on(api, anna, clock).backup_codes[3]
    begin(api, anna, browser)
    assert finish(api, f" {code.upper().replace('-', ' ')} ", browser).status == 200
    assert api.get("/me", browser).body["user"]["backup_codes_left"] == 9
    deliver()
    subjects = [letter["Subject"] for letter in mailbox.of(anna.email)]
    assert "A backup code was used" in subjects
    assert code not in str(mailbox.of(anna.email))
    begin(api, anna, browser)
    assert finish(api, code, browser).code == "code-wrong"


def test_all_ten_backup_codes_work_and_then_none_is_left(api: ApiClient, people: People, clock: HandClock) -> None:
    anna = people.new()
    for code in turn_on(api, anna, clock).backup_codes:
        browser = Browser()
        begin(api, anna, browser)
        assert finish(api, code, browser).status == 200
    assert api.get("/me", browser).body["user"]["backup_codes_left"] == 0


def test_new_backup_codes_replace_the_old(api: ApiClient, people: People, clock: HandClock, mailbox: Mailbox) -> None:
    anna, browser = people.new(), Browser()
    phone = turn_on(api, anna, clock)
    made = api.post("/me/backup-codes", proof_of(anna, phone), anna.browser)
    assert made.status == 201
    assert not set(made.body["backup_codes"]) & set(phone.backup_codes)
    begin(api, anna, browser)
    assert finish(api, phone.backup_codes[0], browser).code == "code-wrong"
    assert finish(api, made.body["backup_codes"][0], browser).status == 200
    deliver()
    assert "New backup codes" in [letter["Subject"] for letter in mailbox.of(anna.email)]


def test_backup_codes_belong_to_a_second_factor(api: ApiClient, people: People) -> None:
    anna = people.new()
    refused = api.post("/me/backup-codes", proof_of(anna), anna.browser)
    assert (refused.status, refused.code) == (409, "second-factor-off")


def test_turning_it_off_takes_password_and_code_ends_the_other_sessions_and_forgets_who_showed_it(
    api: ApiClient, people: People, clock: HandClock, mailbox: Mailbox
) -> None:
    anna, laptop = people.new(), Browser()
    phone = turn_on(api, anna, clock)
    begin(api, anna, laptop)
    finish(api, phone.next_code(), laptop)
    assert api.post("/me/second-factor/off", proof_of(anna), anna.browser).pointers == ["/proof/code"]
    assert api.post("/me/second-factor/off", proof_of(anna, phone), anna.browser).status == 204
    assert api.get("/me", laptop).status == 401
    [session] = api.get("/me/sessions", anna.browser).body["sessions"]
    assert session["second_factor"] is False
    assert begin(api, anna, laptop).body["next"] == "done"
    again = api.post("/me/second-factor/off", proof_of(anna), anna.browser)
    assert (again.status, again.code) == (409, "second-factor-off")
    deliver()
    subjects = [letter["Subject"] for letter in mailbox.of(anna.email)]
    assert {"Your second factor is on", "Your second factor is off"} <= set(subjects)


def test_the_sixth_wrong_code_has_to_wait_longer_each_time_and_nobody_is_locked_out(
    api: ApiClient, people: People, clock: HandClock
) -> None:
    anna = people.new()
    phone = turn_on(api, anna, clock)
    waits: list[int] = []
    for _ in range(8):
        browser = Browser()
        begin(api, anna, browser)
        answer = finish(api, "000000", browser)
        if answer.status == 429:
            waits.append(int(answer.headers["Retry-After"]))
            clock.advance(timedelta(seconds=waits[-1]))
            answer = finish(api, "000000", browser)
        assert answer.code == "code-wrong"
    assert waits == [1, 2, 4]
    browser = Browser()
    begin(api, anna, browser)
    assert finish(api, phone.next_code(), browser).status == 200
    begin(api, anna, browser)
    assert finish(api, "000000", browser).code == "code-wrong"


def test_a_known_browser_gets_in_while_strangers_guess_codes(api: ApiClient, people: People, clock: HandClock) -> None:
    """product.md section 2: failures on one account name never lock out a known device; nor do wrong codes."""
    anna = people.new()
    phone = turn_on(api, anna, clock)
    for _ in range(6):
        thief = Browser()
        begin(api, anna, thief)
        finish(api, "000000", thief)
    known, stranger = Browser(jar=dict(anna.browser.jar)), Browser()
    for browser, status in ((stranger, 429), (known, 200)):
        begin(api, anna, browser)
        assert finish(api, phone.code(off_s=30), browser).status == status


def test_a_challenge_lasts_ten_minutes(api: ApiClient, people: People, clock: HandClock) -> None:
    anna, browser = people.new(), Browser()
    phone = turn_on(api, anna, clock)
    begin(api, anna, browser)
    clock.advance(timedelta(minutes=10))
    late = finish(api, phone.code(), browser)
    assert (late.status, late.code) == (401, "challenge-over")


def test_a_challenge_opens_one_session(api: ApiClient, people: People, clock: HandClock) -> None:
    anna, browser = people.new(), Browser()
    phone = turn_on(api, anna, clock)
    begin(api, anna, browser)
    kept = dict(browser.jar)
    assert finish(api, phone.next_code(), browser).status == 200
    again = finish(api, phone.next_code(), Browser(jar=kept))
    assert (again.status, again.code) == (401, "challenge-over")


def test_a_challenge_is_tried_ten_times_at_most(api: ApiClient, people: People, clock: HandClock) -> None:
    anna, browser = people.new(), Browser()
    phone = turn_on(api, anna, clock)
    begin(api, anna, browser)
    challenge = browser.jar["wireroom-challenge"]
    for _ in range(10):
        clock.advance(timedelta(seconds=40))
        guess = Browser(jar={"wireroom-challenge": challenge})
        assert finish(api, "000000", guess).code == "code-wrong"
    clock.advance(timedelta(seconds=60))
    assert finish(api, phone.code(), browser).code == "challenge-over"


@pytest.mark.parametrize("jar", [{}, {"wireroom-challenge": "x"}, {"wireroom-challenge": "A" * 43}])
def test_a_code_without_its_challenge_opens_nothing(
    api: ApiClient, people: People, clock: HandClock, jar: dict[str, str]
) -> None:
    phone = turn_on(api, people.new(), clock)
    refused = finish(api, phone.next_code(), Browser(jar=jar))
    assert (refused.status, refused.code) == (401, "challenge-over")


def test_a_challenge_from_before_a_new_password_is_over(api: ApiClient, people: People, clock: HandClock) -> None:
    anna, thief = people.new(), Browser()
    phone = turn_on(api, anna, clock)
    begin(api, anna, thief)
    change = proof_of(anna, phone) | {"new_password": "another fine passphrase"}
    assert api.post("/me/password", change, anna.browser).status == 204
    assert finish(api, phone.next_code(), thief).code == "challenge-over"


def test_neither_secret_nor_codes_stand_in_the_table_or_the_log(
    api: ApiClient,
    people: People,
    clock: HandClock,
    installation: Installation,
    logged: Callable[[], str],
) -> None:
    anna, browser = people.new(), Browser()
    phone = turn_on(api, anna, clock)
    begin(api, anna, browser)
    challenge = browser.jar["wireroom-challenge"]
    shown = phone.next_code()
    finish(api, shown, browser)
    kept = rows_of(anna.user_id, installation) + logged()
    planted = [phone.secret, shown, challenge, *phone.backup_codes, *(c.replace("-", "") for c in phone.backup_codes)]
    assert [secret for secret in planted if secret in kept] == []
    assert "second_factor" in kept
