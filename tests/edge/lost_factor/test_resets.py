"""A lost second factor is reset with staff's help after 72 hours and notices (product.md section 2)."""

from datetime import timedelta

import pytest

from chalicelib.features.staff.model import RESET_AFTER
from chalicelib.kernel import clock as wire
from chalicelib.kernel import ids
from tests import authenticator
from tests.api_client import ApiClient, Browser
from tests.authenticator import Phone
from tests.edge.lost_factor.reset import (
    BEING_RESET,
    DAY,
    REASON,
    WAS_RESET,
    has_second_factor,
    letters,
    own_log,
    pass_by,
    sign_in,
    start,
    token_in,
)
from tests.hand_clock import HandClock
from tests.people import Mailbox, People, Person, deliver


def test_it_takes_72_hours_and_letters_at_once_and_after_24_and_48_hours(
    api: ApiClient, maya: Person, anna: Person, phone: Phone, mailbox: Mailbox, clock: HandClock
) -> None:
    begun = clock()
    answer = start(api, maya, f" {anna.email.upper()}")
    assert (answer.status, answer.body) == (
        202,
        {
            "user_id": anna.user_id,
            "email": anna.email,
            "reason": REASON,
            "started_at": wire.to_wire(begun),
            "ends_at": wire.to_wire(begun + RESET_AFTER),
        },
    )
    told = []
    for hours in (0, 23, 1, 23, 1, 23):
        pass_by(clock, timedelta(hours=hours))
        told.append(len(letters(mailbox, anna, BEING_RESET)))
    assert told == [1, 1, 2, 2, 3, 3]
    assert has_second_factor(api, anna)
    assert letters(mailbox, anna, WAS_RESET) == []
    pass_by(clock, timedelta(hours=1))
    assert clock() == begun + RESET_AFTER
    assert not has_second_factor(api, anna)
    deliver()
    assert len(letters(mailbox, anna, WAS_RESET)) == 1
    assert len(letters(mailbox, anna, BEING_RESET)) == 3


def test_at_the_end_every_session_ends_and_backup_codes_are_no_good(
    api: ApiClient, maya: Person, anna: Person, phone: Phone, clock: HandClock
) -> None:
    start(api, maya, anna.email)
    for _ in range(4):
        deliver()
        clock.advance(DAY)
    assert api.get("/me", anna.browser).status == 401
    entered = api.post("/sign-in", {"email": anna.email, "password": anna.password}, Browser())
    assert entered.body["next"] == "done"
    assert entered.body["me"]["user"]["second_factor"] is False


def test_all_of_it_stands_in_the_persons_own_log(
    api: ApiClient, people: People, maya: Person, anna: Person, phone: Phone, clock: HandClock
) -> None:
    clock.advance(timedelta(hours=1))
    begun = clock()
    start(api, maya, anna.email)
    pass_by(clock, timedelta(hours=1))
    for _ in range(3):
        pass_by(clock, DAY)
    people.sign_in(anna.email, anna.browser)
    log = [entry for entry in own_log(api, anna) if entry["kind"].startswith("second_factor.reset")]
    assert [entry["kind"] for entry in log] == [
        "second_factor.reset_started",
        *["second_factor.reset_announced"] * 3,
        "second_factor.reset",
    ]
    assert log[0]["by"] == "staff"
    assert log[0]["new"] == {"reason": REASON, "ends_at": wire.to_wire(begun + RESET_AFTER), "staff": "Maya Lindqvist"}
    assert maya.browser.address not in {entry["address"] for entry in log}


@pytest.mark.parametrize("hours", [1, 25, 71])
def test_signing_in_with_the_second_factor_calls_it_off(
    api: ApiClient,
    maya: Person,
    anna: Person,
    phone: Phone,
    mailbox: Mailbox,
    clock: HandClock,
    hours: int,
) -> None:
    start(api, maya, anna.email)
    for _ in range(hours):
        pass_by(clock, timedelta(hours=1))
    told = len(letters(mailbox, anna, BEING_RESET))
    assert sign_in(api, anna, phone.next_code(), anna.browser).status == 200
    for _ in range(4):
        pass_by(clock, DAY)
    assert has_second_factor(api, anna)
    assert len(letters(mailbox, anna, BEING_RESET)) == told
    assert own_log(api, anna)[-1]["kind"] == "second_factor.reset_called_off"


def test_signing_in_with_a_backup_code_calls_it_off(
    api: ApiClient, maya: Person, anna: Person, phone: Phone, clock: HandClock
) -> None:
    start(api, maya, anna.email)
    clock.advance(timedelta(hours=1))
    assert sign_in(api, anna, phone.backup_codes[0], anna.browser).status == 200
    for _ in range(4):
        pass_by(clock, DAY)
    assert has_second_factor(api, anna)


def test_a_wrong_code_calls_nothing_off(
    api: ApiClient, maya: Person, anna: Person, phone: Phone, clock: HandClock
) -> None:
    start(api, maya, anna.email)
    deliver()
    assert sign_in(api, anna, "000000", Browser()).status == 422
    for _ in range(3):
        pass_by(clock, DAY)
    assert not has_second_factor(api, anna)


@pytest.mark.parametrize("which", [0, 1, 2])
def test_the_link_of_any_letter_calls_it_off_once(
    api: ApiClient,
    maya: Person,
    anna: Person,
    phone: Phone,
    mailbox: Mailbox,
    clock: HandClock,
    which: int,
) -> None:
    start(api, maya, anna.email)
    deliver()
    for _ in range(2):
        pass_by(clock, DAY)
    token = token_in(letters(mailbox, anna, BEING_RESET)[which])
    assert api.post("/second-factor-resets/cancel", {"token": token}).status == 204
    again = api.post("/second-factor-resets/cancel", {"token": token})
    assert (again.status, again.code) == (404, "link-not-valid")
    pass_by(clock, DAY)
    assert has_second_factor(api, anna)
    assert letters(mailbox, anna, WAS_RESET) == []
    [called_off] = [entry for entry in own_log(api, anna) if entry["kind"] == "second_factor.reset_called_off"]
    assert called_off["by"] == "user"


@pytest.mark.parametrize(
    "forged", ["x", "{user}.x", "{user}.", ".{secret}", "{other}.{secret}", "{user}{secret}", "\x00"]
)
def test_a_forged_link_calls_nothing_off(
    api: ApiClient, maya: Person, anna: Person, phone: Phone, mailbox: Mailbox, forged: str
) -> None:
    start(api, maya, anna.email)
    deliver()
    user, _, secret = token_in(letters(mailbox, anna, BEING_RESET)[0]).partition(".")
    token = forged.format(user=user, secret=secret, other=ids.mint())
    refused = api.post("/second-factor-resets/cancel", {"token": token})
    assert (refused.status, refused.code) == (404, "link-not-valid")
    assert api.delete(f"/staff/second-factor-resets/{anna.user_id}", maya.browser).status == 204


def test_staff_can_call_it_off_and_begin_again(
    api: ApiClient, maya: Person, anna: Person, phone: Phone, mailbox: Mailbox, clock: HandClock
) -> None:
    start(api, maya, anna.email)
    deliver()
    path = f"/staff/second-factor-resets/{anna.user_id}"
    assert api.delete(path, maya.browser).status == 204
    assert (api.delete(path, maya.browser).status, api.delete(path, maya.browser).code) == (404, "reset-not-found")
    clock.advance(timedelta(hours=1))
    assert start(api, maya, anna.email).status == 202
    deliver()
    assert len(letters(mailbox, anna, BEING_RESET)) == 2
    clock.advance(timedelta(hours=71))
    deliver()
    assert has_second_factor(api, anna)


def test_turning_it_off_oneself_calls_it_off(
    api: ApiClient, maya: Person, anna: Person, phone: Phone, mailbox: Mailbox, clock: HandClock
) -> None:
    start(api, maya, anna.email)
    deliver()
    off = api.post("/me/second-factor/off", authenticator.proof_of(anna, phone), anna.browser)
    assert off.status == 204, off.body
    for _ in range(3):
        pass_by(clock, DAY)
    assert letters(mailbox, anna, WAS_RESET) == []
    assert own_log(api, anna)[-1]["kind"] == "second_factor.reset_called_off"


def test_there_is_one_reset_at_a_time(api: ApiClient, maya: Person, anna: Person, phone: Phone) -> None:
    assert start(api, maya, anna.email).status == 202
    refused = start(api, maya, anna.email)
    assert (refused.status, refused.code) == (409, "reset-under-way")


def test_who_has_no_second_factor_or_no_account_needs_no_reset(api: ApiClient, maya: Person, anna: Person) -> None:
    refused = start(api, maya, anna.email)
    assert (refused.status, refused.code) == (409, "no-second-factor-to-reset")
    unknown = start(api, maya, f"{ids.mint().lower()}@example.com")
    assert (unknown.status, unknown.code) == (404, "person-not-found")


@pytest.mark.parametrize("reason", ["", " ", "x" * 501, "because\x00"])
def test_a_reset_needs_a_reason(api: ApiClient, maya: Person, anna: Person, phone: Phone, reason: str) -> None:
    refused = start(api, maya, anna.email, reason)
    assert (refused.status, refused.pointers) == (422, ["/reason"])
