"""Getting back in: a mailed link, good once and for 30 minutes, that ends all sessions (product.md section 2)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from chalicelib.table.following_up import TAKEN_UP_AFTER
from tests.api_client import Answer, ApiClient, Browser
from tests.authenticator import begin, finish, proof_of, turn_on
from tests.hand_clock import HandClock
from tests.people import PASSWORD, Mailbox, People, deliver

NEW = "rowing past the old pier"


def ask(api: ApiClient, email: str) -> Answer:
    """Ask for a link, and have what is due sent."""
    answer = api.post("/password-resets", {"email": email})
    deliver()
    return answer


def finish_reset(api: ApiClient, token: str, password: str = NEW) -> Answer:
    """Set a password by a link."""
    return api.post("/password-resets/finish", {"token": token, "password": password})


def sign_in(api: ApiClient, email: str, password: str) -> int:
    """Sign in from somewhere new; the status."""
    return api.post("/sign-in", {"email": email, "password": password}).status


def test_a_mailed_link_sets_another_password_and_signs_nobody_in(
    api: ApiClient, people: People, mailbox: Mailbox
) -> None:
    anna = people.new()
    asked = ask(api, f" {anna.email.upper()} ")
    assert (asked.status, asked.body) == (202, {"email": anna.email})
    letter = mailbox.of(anna.email)[-1]
    assert letter["Subject"] == "Set a new password"
    assert "/reset-password#" in letter["BodyText"]
    answer = finish_reset(api, mailbox.last_token(anna.email))
    assert (answer.status, answer.cookies) == (204, [])
    assert (sign_in(api, anna.email, PASSWORD), sign_in(api, anna.email, NEW)) == (401, 200)


def test_it_ends_every_session_and_a_letter_tells(api: ApiClient, people: People, mailbox: Mailbox) -> None:
    anna, phone = people.new(), Browser()
    people.sign_in(anna.email, phone)
    ask(api, anna.email)
    finish_reset(api, mailbox.last_token(anna.email))
    assert [api.get("/me", browser).status for browser in (anna.browser, phone)] == [401, 401]
    deliver()
    assert mailbox.of(anna.email)[-1]["Subject"] == "Your password was changed"


def test_a_reset_is_answered_once_it_is_done_and_sessions_end_a_minute_later_if_that_was_refused(
    api: ApiClient,
    people: People,
    mailbox: Mailbox,
    clock: HandClock,
    ending_refused: Callable[[], AbstractContextManager[None]],
) -> None:
    anna = people.new()
    ask(api, anna.email)
    with ending_refused():
        assert finish_reset(api, mailbox.last_token(anna.email)).status == 204
    clock.advance(TAKEN_UP_AFTER)
    deliver()
    assert api.get("/me", anna.browser).status == 401


def test_it_leaves_the_second_factor_on(api: ApiClient, people: People, mailbox: Mailbox, clock: HandClock) -> None:
    """OWASP ASVS 5.0, 6.4.3."""
    anna, browser = people.new(), Browser()
    phone = turn_on(api, anna, clock)
    ask(api, anna.email)
    finish_reset(api, mailbox.last_token(anna.email))
    begun = api.post("/sign-in", {"email": anna.email, "password": NEW}, browser)
    assert begun.body["next"] == "second-factor"
    assert finish(api, phone.next_code(), browser).status == 200
    assert begin(api, anna, Browser()).status == 401


def test_a_link_works_once(api: ApiClient, people: People, mailbox: Mailbox) -> None:
    anna = people.new()
    ask(api, anna.email)
    token = mailbox.last_token(anna.email)
    assert finish_reset(api, token).status == 204
    again = finish_reset(api, token, "a third fine passphrase")
    assert (again.status, again.code) == (404, "link-not-valid")
    assert sign_in(api, anna.email, NEW) == 200


def test_a_link_is_good_for_30_minutes(api: ApiClient, people: People, mailbox: Mailbox, clock: HandClock) -> None:
    anna = people.new()
    ask(api, anna.email)
    clock.advance(timedelta(minutes=30))
    assert finish_reset(api, mailbox.last_token(anna.email)).code == "link-not-valid"
    assert sign_in(api, anna.email, PASSWORD) == 200


def test_the_newest_link_replaces_the_older(api: ApiClient, people: People, mailbox: Mailbox) -> None:
    anna = people.new()
    ask(api, anna.email)
    older = mailbox.last_token(anna.email)
    ask(api, anna.email)
    assert finish_reset(api, older).code == "link-not-valid"
    assert finish_reset(api, mailbox.last_token(anna.email)).status == 204


def test_an_unfit_password_leaves_the_link_good(api: ApiClient, people: People, mailbox: Mailbox) -> None:
    anna = people.new()
    ask(api, anna.email)
    token = mailbox.last_token(anna.email)
    for password in ("short", anna.email):
        refused = finish_reset(api, token, password)
        assert (refused.status, refused.code, refused.pointers) == (422, "password-unfit", ["/password"])
    assert finish_reset(api, token).status == 204


def test_an_unknown_address_is_answered_alike_and_gets_no_letter(
    api: ApiClient, people: People, mailbox: Mailbox
) -> None:
    anna = people.new()
    known, unknown = ask(api, anna.email), ask(api, f"no.{anna.email}")
    assert (known.status, known.headers.keys()) == (unknown.status, unknown.headers.keys())
    assert unknown.body == {"email": f"no.{anna.email}"}
    assert mailbox.of(f"no.{anna.email}") == []


def test_strangers_can_have_five_links_in_half_an_hour_sent_to_one_address_and_can_t_tell(
    api: ApiClient, people: People, mailbox: Mailbox, clock: HandClock
) -> None:
    """The newest of them is good for as long: nobody is kept from getting back in."""
    clock.set((clock() + timedelta(hours=1)).replace(minute=5))
    anna = people.new()
    before = len(mailbox.of(anna.email))
    assert [ask(api, anna.email).status for _ in range(7)] == [202] * 7
    assert len(mailbox.of(anna.email)) - before == 5
    clock.advance(timedelta(minutes=24))
    assert finish_reset(api, mailbox.last_token(anna.email)).status == 204


def test_letters_of_other_kinds_leave_room_for_the_way_back_in(
    api: ApiClient, people: People, mailbox: Mailbox, clock: HandClock
) -> None:
    clock.set((clock() + timedelta(hours=1)).replace(minute=5))
    anna, mallory = people.new(), people.new("Mallory")
    for n in range(6):
        taken = {"email": anna.email, "full_name": "Eve", "username": f"eve{n}{anna.username}"[:32], "password": NEW}
        api.post("/sign-up", taken | {"accept_terms": True, "is_16_or_older": True})
        api.post("/me/email", {"email": anna.email, "proof": {"password": PASSWORD}}, mallory.browser)
    ask(api, anna.email)
    assert finish_reset(api, mailbox.last_token(anna.email)).status == 204


def test_a_wish_to_move_without_the_password_takes_no_letter_from_anybody(
    api: ApiClient, people: People, clock: HandClock
) -> None:
    clock.set((clock() + timedelta(hours=1)).replace(minute=5))
    anna, thief = people.new(), people.new("Thief")
    wanted = f"wanted.{anna.email}"
    for _ in range(5):
        wrong = api.post("/me/email", {"email": wanted, "proof": {"password": "not it not it"}}, thief.browser)
        assert wrong.code == "proof-wrong"
    assert api.post("/me/email", {"email": wanted, "proof": {"password": PASSWORD}}, anna.browser).status == 202


def test_who_gets_back_in_by_mail_has_proven_the_address(api: ApiClient, people: People, mailbox: Mailbox) -> None:
    anna = people.new(is_verified=False)
    ask(api, anna.email)
    finish_reset(api, mailbox.last_token(anna.email))
    people.sign_in_with(anna.email, NEW, anna.browser)
    assert api.get("/me", anna.browser).body["user"]["email_verified"] is True


def test_a_link_that_would_move_the_account_elsewhere_dies_with_it(
    api: ApiClient, people: People, mailbox: Mailbox
) -> None:
    """Whoever signed up with somebody else's address, and asked for a move, keeps nothing of it."""
    squatter = people.new(is_verified=False)
    elsewhere = f"elsewhere.{squatter.email}"
    api.post("/me/email", proof_of(squatter) | {"email": elsewhere}, squatter.browser)
    deliver()
    move = mailbox.last_token(elsewhere)
    ask(api, squatter.email)
    assert finish_reset(api, mailbox.last_token(squatter.email)).status == 204
    assert api.post("/verify-email", {"token": move}).status == 404
    assert api.get("/me", squatter.browser).status == 401
    assert sign_in(api, squatter.email, NEW) == 200


@pytest.mark.parametrize("token", ["x", ".", "0" * 26 + ".", "0" * 26 + "." + "A" * 43, "é.é", "A" * 100])
def test_a_forged_link_sets_nothing(api: ApiClient, token: str) -> None:
    refused = finish_reset(api, token)
    assert (refused.status, refused.code) == (404, "link-not-valid")


def test_a_link_of_another_purpose_sets_no_password(api: ApiClient, people: People, mailbox: Mailbox) -> None:
    anna = people.new(is_verified=False)
    assert finish_reset(api, mailbox.last_token(anna.email)).code == "link-not-valid"


@pytest.mark.parametrize("email", ["anna", "", "a@b", "anna@example.com\nBcc: all@example.com"])
def test_what_is_no_address_is_said_to_be_none(api: ApiClient, email: str) -> None:
    assert api.post("/password-resets", {"email": email}).status == 422


def test_no_token_stands_in_the_table_or_the_log(
    api: ApiClient, people: People, mailbox: Mailbox, logged: Callable[[], str]
) -> None:
    anna = people.new()
    ask(api, anna.email)
    token = mailbox.last_token(anna.email)
    finish_reset(api, token)
    secret = token.partition(".")[2]
    assert secret
    assert secret not in logged()
