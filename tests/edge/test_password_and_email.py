"""Changing how one signs in: another password, another address (product.md section 2)."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.table.following_up import TAKEN_UP_AFTER
from tests.api_client import Answer, ApiClient, Browser
from tests.authenticator import proof_of, turn_on
from tests.hand_clock import HandClock
from tests.people import PASSWORD, Mailbox, People, Person, deliver
from tests.staff import named_as_staff

NEW = "rowing past the old pier"


def change_password(
    api: ApiClient, person: Person, new: str = NEW, different: Mapping[str, object] | None = None
) -> Answer:
    """Have another password; `different` is put in place of what a body should have."""
    body = proof_of(person) | {"new_password": new} | dict(different or {})
    return api.post("/me/password", body, person.browser)


def change_email(api: ApiClient, person: Person, email: str) -> Answer:
    """Ask for another address, and have what is due sent."""
    answer = api.post("/me/email", proof_of(person) | {"email": email}, person.browser)
    deliver()
    return answer


def change_how(api: ApiClient, person: Person, change: str, reset_token: str, clock: HandClock) -> None:
    """Change how somebody signs in, in one of the ways there are."""
    match change:
        case "password":
            assert change_password(api, person).status == 204
        case "second factor":
            phone = turn_on(api, person, clock)
            off = api.post("/me/second-factor/off", proof_of(person, phone), person.browser)
            assert off.status == 204
        case "reset":
            wish = {"token": reset_token, "password": NEW}
            assert api.post("/password-resets/finish", wish).status == 204
        case _:
            assert api.post("/me/hard-reset", proof_of(person), person.browser).status == 204


def open_link(api: ApiClient, token: str, person: Person) -> Answer:
    """Open the link that moves an account, in somebody's browser."""
    return api.post("/me/email/confirm", {"token": token}, person.browser)


def test_a_new_password_replaces_the_old_and_ends_all_other_sessions(
    api: ApiClient, people: People, mailbox: Mailbox
) -> None:
    anna, phone = people.new(), Browser()
    people.sign_in(anna.email, phone)
    assert change_password(api, anna).status == 204
    assert (api.get("/me", anna.browser).status, api.get("/me", phone).status) == (200, 401)
    tried = [api.post("/sign-in", {"email": anna.email, "password": each}).status for each in (PASSWORD, NEW)]
    assert tried == [401, 200]
    deliver()
    assert "Your password was changed" in [letter["Subject"] for letter in mailbox.of(anna.email)]


def test_a_new_password_is_answered_once_it_is_set_and_sessions_end_a_minute_later_if_that_was_refused(
    api: ApiClient,
    people: People,
    clock: HandClock,
    ending_refused: Callable[[], AbstractContextManager[None]],
) -> None:
    anna, phone = people.new(), Browser()
    people.sign_in(anna.email, phone)
    with ending_refused():
        assert change_password(api, anna).status == 204
    clock.advance(TAKEN_UP_AFTER)
    deliver()
    assert (api.get("/me", anna.browser).status, api.get("/me", phone).status) == (200, 401)


@pytest.mark.parametrize(
    ("shown", "code", "pointers"),
    [
        ({"proof": {}}, "proof-wrong", ["/proof/password"]),
        ({"proof": {"password": "not it not it"}}, "proof-wrong", []),
        ({"proof": {"code": "123456"}}, "proof-wrong", ["/proof/password"]),
        ({"new_password": "short"}, "password-unfit", ["/new_password"]),
        ({"new_password": "qwertyuiop12"}, "password-unfit", ["/new_password"]),
        ({"new_password": "x" * 257}, "invalid", ["/new_password"]),
        ({"proof": None}, "invalid", ["/proof"]),
        ({"proof": {"passwort": "x"}}, "invalid", ["/proof"]),
    ],
)
def test_what_does_not_fit_changes_nothing(
    api: ApiClient, people: People, shown: dict[str, object], code: str, pointers: list[str]
) -> None:
    anna = people.new()
    refused = change_password(api, anna, different=shown)
    assert (refused.status, refused.code, refused.pointers) == (422, code, pointers)
    assert api.post("/sign-in", {"email": anna.email, "password": PASSWORD}).status == 200


def test_mailed_links_die_with_the_password_they_were_sent_under(
    api: ApiClient, people: People, mailbox: Mailbox
) -> None:
    anna = people.new()
    api.post("/password-resets", {"email": anna.email})
    deliver()
    reset = mailbox.last_token(anna.email)
    change_email(api, anna, f"new.{anna.email}")
    assert change_password(api, anna).status == 204
    assert api.post("/password-resets/finish", {"token": reset, "password": PASSWORD}).status == 404
    assert api.post("/verify-email", {"token": mailbox.last_token(f"new.{anna.email}")}).status == 404


def test_a_password_made_of_what_others_know_of_one_is_refused(api: ApiClient, people: People) -> None:
    anna = people.new("Konstantin Wassilewski")
    for password in ("konstantin wassilewski", anna.email, f"{anna.username}1"):
        assert change_password(api, anna, password).code == "password-unfit"


def test_the_account_moves_to_an_address_when_its_link_is_opened(
    api: ApiClient, people: People, mailbox: Mailbox
) -> None:
    anna = people.new()
    new = f"new.{anna.email}"
    asked = change_email(api, anna, f" {new.upper()} ")
    assert (asked.status, asked.body) == (202, {"email": new})
    assert api.get("/me", anna.browser).body["user"]["email"] == anna.email, "not before the link is opened"
    opened = open_link(api, mailbox.last_token(new), anna)
    assert (opened.status, opened.body) == (200, {"email": new})
    user = api.get("/me", anna.browser).body["user"]
    assert (user["email"], user["email_verified"]) == (new, True)
    tried = [api.post("/sign-in", {"email": each, "password": PASSWORD}).status for each in (anna.email, new)]
    assert tried == [401, 200]


def test_the_old_address_is_told_when_it_is_asked_and_when_it_happens(
    api: ApiClient, people: People, mailbox: Mailbox
) -> None:
    anna = people.new()
    new = f"new.{anna.email}"
    change_email(api, anna, new)
    open_link(api, mailbox.last_token(new), anna)
    deliver()
    asked, changed = [letter for letter in mailbox.of(anna.email) if new not in letter["To"]][-2:]
    assert asked["Subject"] == "Your e-mail address is about to change"
    assert changed["Subject"] == "Your e-mail address was changed"
    assert new in changed["BodyText"]


def test_the_old_address_is_free_again(api: ApiClient, people: People, mailbox: Mailbox) -> None:
    anna, boris = people.new(), people.new("Boris")
    change_email(api, anna, f"new.{anna.email}")
    open_link(api, mailbox.last_token(f"new.{anna.email}"), anna)
    change_email(api, boris, anna.email)
    assert open_link(api, mailbox.last_token(anna.email), boris).body == {"email": anna.email}


def test_a_link_moves_the_account_once_within_24_hours(
    api: ApiClient, people: People, mailbox: Mailbox, clock: HandClock
) -> None:
    anna = people.new()
    first, second = f"first.{anna.email}", f"second.{anna.email}"
    change_email(api, anna, first)
    clock.advance(timedelta(hours=24))
    late = open_link(api, mailbox.last_token(first), anna)
    assert (late.status, late.code) == (404, "link-not-valid")
    change_email(api, anna, second)
    token = mailbox.last_token(second)
    assert [open_link(api, token, anna).status for _ in range(2)] == [200, 404]


def test_the_newest_link_replaces_the_older(api: ApiClient, people: People, mailbox: Mailbox) -> None:
    anna = people.new()
    first, second = f"first.{anna.email}", f"second.{anna.email}"
    for email in (first, second):
        change_email(api, anna, email)
    assert open_link(api, mailbox.last_token(first), anna).status == 404
    assert open_link(api, mailbox.last_token(second), anna).status == 200


def test_of_two_wishes_while_mail_is_away_the_newer_counts(
    api: ApiClient,
    people: People,
    mailbox: Mailbox,
    clock: HandClock,
    mail_away: Callable[[], AbstractContextManager[None]],
) -> None:
    anna = people.new()
    mistyped, meant = f"mistyped.{anna.email}", f"meant.{anna.email}"
    with mail_away():
        change_email(api, anna, mistyped)
    change_email(api, anna, meant)
    clock.advance(timedelta(minutes=1))
    deliver()
    assert mailbox.of(mistyped) == []
    assert open_link(api, mailbox.last_token(meant), anna).status == 200


@pytest.mark.parametrize("is_delivered", [True, False])
@pytest.mark.parametrize("change", ["password", "second factor", "reset", "hard reset"])
def test_a_wish_to_move_dies_with_any_change_of_how_one_signs_in(
    api: ApiClient, people: People, mailbox: Mailbox, clock: HandClock, change: str, is_delivered: bool
) -> None:
    """Who throws an intruder out is not moved to an address the intruder asked for, its letter sent or waiting."""
    anna, thiefs = people.new(), f"thiefs.{people.new().email}"
    wish = proof_of(anna) | {"email": thiefs}
    if change == "reset":
        api.post("/password-resets", {"email": anna.email})
        deliver()
    reset_token = mailbox.last_token(anna.email)
    assert api.post("/me/email", wish, anna.browser).status == 202
    if is_delivered:
        deliver()
        assert mailbox.of(thiefs)
    change_how(api, anna, change, reset_token, clock)
    deliver()
    if is_delivered:
        people.sign_in_with(anna.email, NEW if change in {"password", "reset"} else PASSWORD, anna.browser)
        assert open_link(api, mailbox.last_token(thiefs), anna).code == "link-not-valid"
    else:
        assert mailbox.of(thiefs) == []


def test_a_link_moves_nothing_but_for_the_person_who_asked_for_it(
    api: ApiClient, people: People, mailbox: Mailbox
) -> None:
    """Whoever owns the address may open a genuine letter without lending it to a stranger's account."""
    mallory, boris = people.new("Mallory"), people.new("Boris")
    wanted = f"wanted.{boris.email}"
    change_email(api, mallory, wanted)
    token = mailbox.last_token(wanted)
    assert api.post("/me/email/confirm", {"token": token}).status == 401
    assert api.post("/verify-email", {"token": token}).code == "link-not-valid"
    assert open_link(api, token, boris).code == "link-not-valid"
    assert api.get("/me", mallory.browser).body["user"]["email"] == mallory.email
    assert open_link(api, token, mallory).status == 200, "the link is still good"


def test_nobody_moves_to_an_address_of_the_staff(api: ApiClient, people: People, mailbox: Mailbox) -> None:
    mallory = people.new("Mallory")
    ops = replace(mallory, email=f"ops.{mallory.email}")
    with named_as_staff(ops):
        assert change_email(api, mallory, ops.email).status == 202
    assert mailbox.of(ops.email) == []


def test_an_address_named_as_staff_after_the_letter_is_not_moved_to(
    api: ApiClient, people: People, mailbox: Mailbox
) -> None:
    mallory = people.new("Mallory")
    ops = replace(mallory, email=f"ops.{mallory.email}")
    change_email(api, mallory, ops.email)
    with named_as_staff(ops):
        assert open_link(api, mailbox.last_token(ops.email), mallory).code == "link-not-valid"


def test_a_taken_address_is_answered_alike_and_its_holder_told(
    api: ApiClient, people: People, mailbox: Mailbox
) -> None:
    """The walls between accounts: nobody learns who has one."""
    anna, boris = people.new(), people.new("Boris")
    taken, free = change_email(api, anna, boris.email), change_email(api, anna, f"new.{anna.email}")
    assert (taken.status, taken.headers.keys()) == (free.status, free.headers.keys()) == (202, free.headers.keys())
    letter = mailbox.of(boris.email)[-1]
    assert letter["Subject"] == "Somebody entered your e-mail address"
    assert "#" not in letter["BodyText"]
    assert anna.email not in letter["BodyText"]
    assert api.get("/me", boris.browser).body["user"]["email"] == boris.email


def test_an_address_taken_before_the_link_is_opened_moves_nothing(
    api: ApiClient, people: People, mailbox: Mailbox
) -> None:
    anna, boris = people.new(), people.new("Boris")
    wanted = f"wanted.{anna.email}"
    tokens: list[str] = []
    for person in (anna, boris):
        change_email(api, person, wanted)
        tokens.append(mailbox.last_token(wanted))
    assert open_link(api, tokens[1], boris).status == 200
    late = open_link(api, tokens[0], anna)
    assert (late.status, late.code) == (404, "link-not-valid")
    assert api.get("/me", anna.browser).body["user"]["email"] == anna.email


def test_mailed_links_of_the_old_address_die_with_the_move(api: ApiClient, people: People, mailbox: Mailbox) -> None:
    anna = people.new(is_verified=False)
    confirm = mailbox.last_token(anna.email)
    api.post("/password-resets", {"email": anna.email})
    deliver()
    reset = mailbox.last_token(anna.email)
    change_email(api, anna, f"new.{anna.email}")
    assert open_link(api, mailbox.last_token(f"new.{anna.email}"), anna).status == 200
    assert api.post("/verify-email", {"token": confirm}).status == 404
    assert api.post("/password-resets/finish", {"token": reset, "password": NEW}).status == 404
    assert api.get("/me", anna.browser).body["user"]["email"] == f"new.{anna.email}"


@pytest.mark.parametrize(
    ("shown", "status", "code"),
    [
        ({"email": "anna"}, 422, "email-invalid"),
        ({"proof": {"password": "not it not it"}}, 422, "proof-wrong"),
        ({"proof": {}}, 422, "proof-wrong"),
    ],
)
def test_a_misfit_asks_for_nothing(
    api: ApiClient, people: People, mailbox: Mailbox, shown: dict[str, object], status: int, code: str
) -> None:
    anna = people.new()
    body = proof_of(anna) | {"email": f"new.{anna.email}"} | shown
    refused = api.post("/me/email", body, anna.browser)
    deliver()
    assert (refused.status, refused.code) == (status, code)
    assert mailbox.of(f"new.{anna.email}") == []


def test_the_address_one_has_is_no_change(api: ApiClient, people: People) -> None:
    anna = people.new()
    refused = change_email(api, anna, anna.email.upper())
    assert (refused.status, refused.code) == (409, "email-unchanged")


def test_with_a_second_factor_a_change_takes_its_code_too(api: ApiClient, people: People, clock: HandClock) -> None:
    """OWASP ASVS 5.0, 7.5.1: everything somebody signs in with, before what concerns signing in."""
    anna = people.new()
    phone = turn_on(api, anna, clock)
    for proof, status in ((proof_of(anna), 422), (proof_of(anna, phone), 204)):
        body = proof | {"new_password": NEW}
        assert api.post("/me/password", body, anna.browser).status == status
