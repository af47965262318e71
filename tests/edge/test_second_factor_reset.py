"""A lost second factor is reset with staff's help after 72 hours and notices (product.md section 2)."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.features.second_factor import use_cases as second_factor
from chalicelib.features.staff.model import RESET_AFTER
from chalicelib.kernel import clock as wire
from chalicelib.kernel import ids
from chalicelib.table import keys
from chalicelib.table.due import CLAIM_S
from tests import authenticator
from tests.api_client import Answer, ApiClient, Browser
from tests.authenticator import Phone
from tests.hand_clock import HandClock
from tests.local_aws import LocalAws
from tests.people import Mailbox, People, Person, deliver
from tests.races import killed_after
from tests.staff import named_as_staff

REASON = "Called us from the number on their invoice"
BEING_RESET = "Your second factor is being reset"
WAS_RESET = "Your second factor was removed"
DAY = timedelta(hours=24)


@pytest.fixture
def anna(people: People) -> Person:
    """Who will have lost their phone."""
    return people.new("Anna")


@pytest.fixture
def phone(api: ApiClient, anna: Person, clock: HandClock) -> Phone:
    """What she will have lost."""
    return authenticator.turn_on(api, anna, clock)


@pytest.fixture
def maya(api: ApiClient, people: People, clock: HandClock) -> Iterator[Person]:
    """Somebody of the staff, whose session showed a second factor."""
    somebody = people.new("Maya Lindqvist")
    authenticator.turn_on(api, somebody, clock)
    with named_as_staff(somebody):
        yield somebody


def start(api: ApiClient, staff: Person, email: str, reason: str = REASON) -> Answer:
    return api.post("/staff/second-factor-resets", {"email": email, "reason": reason}, staff.browser)


def sign_in(api: ApiClient, person: Person, code: str, browser: Browser) -> Answer:
    """Sign in with password and code."""
    assert authenticator.begin(api, person, browser).body["next"] == "second-factor"
    return authenticator.finish(api, code, browser)


def pass_by(clock: HandClock, by: timedelta) -> None:
    """Let time pass, and what is due then be done."""
    clock.advance(by)
    deliver()


def letters(mailbox: Mailbox, person: Person, subject: str) -> list[str]:
    return [letter["BodyText"] for letter in mailbox.of(person.email) if letter["Subject"] == subject]


def token_in(text: str) -> str:
    assert "/keep-second-factor#" in text
    return text.rsplit("#", 1)[1].split()[0]


def own_log(api: ApiClient, person: Person) -> list[dict[str, Any]]:
    """The person's own log about the second factor, oldest first."""
    answer = api.get("/me/log", person.browser)
    assert answer.status == 200, answer.body
    found: list[dict[str, Any]] = [
        entry for entry in answer.body["entries"] if entry["kind"].startswith("second_factor.")
    ]
    return found[::-1]


def has_second_factor(api: ApiClient, person: Person) -> bool:
    """Whether the password alone does not let them in."""
    answer = api.post("/sign-in", {"email": person.email, "password": person.password}, Browser())
    assert answer.status == 200, answer.body
    return bool(answer.body["next"] == "second-factor")


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
    log = own_log(api, anna)
    assert [entry["kind"] for entry in log] == [
        "second_factor.enabled",
        "second_factor.reset_started",
        *["second_factor.reset_announced"] * 3,
        "second_factor.reset",
    ]
    assert log[1]["by"] == "staff"
    assert log[1]["new"] == {"reason": REASON, "ends_at": wire.to_wire(begun + RESET_AFTER), "staff": "Maya Lindqvist"}
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


def test_nothing_goes_on_before_a_letter_was_taken(
    api: ApiClient,
    maya: Person,
    anna: Person,
    phone: Phone,
    mailbox: Mailbox,
    clock: HandClock,
    mail_away: Callable[[], AbstractContextManager[None]],
) -> None:
    start(api, maya, anna.email)
    with mail_away():
        for _ in range(12):
            pass_by(clock, timedelta(hours=7))
    assert has_second_factor(api, anna)
    assert letters(mailbox, anna, BEING_RESET) == []


def test_after_mail_was_away_each_letter_still_leaves_her_a_day_to_call_it_off(
    api: ApiClient,
    maya: Person,
    anna: Person,
    phone: Phone,
    mailbox: Mailbox,
    clock: HandClock,
    mail_away: Callable[[], AbstractContextManager[None]],
) -> None:
    start(api, maya, anna.email)
    with mail_away():
        for _ in range(12):
            pass_by(clock, timedelta(hours=7))
    told = []
    for hours in (1, 23, 1, 23, 1, 23):
        pass_by(clock, timedelta(hours=hours))
        told.append(len(letters(mailbox, anna, BEING_RESET)))
    assert told == [1, 1, 2, 2, 3, 3]
    assert has_second_factor(api, anna)
    pass_by(clock, timedelta(hours=1))
    assert not has_second_factor(api, anna)


def test_a_letter_that_went_out_late_says_when_the_second_factor_goes_then(
    api: ApiClient,
    maya: Person,
    anna: Person,
    phone: Phone,
    mailbox: Mailbox,
    clock: HandClock,
    mail_away: Callable[[], AbstractContextManager[None]],
) -> None:
    start(api, maya, anna.email)
    pass_by(clock, timedelta(0))
    with mail_away():
        pass_by(clock, timedelta(hours=40))
    pass_by(clock, timedelta(hours=1))
    late = letters(mailbox, anna, BEING_RESET)[1]
    assert f"removed at {clock() + 2 * DAY:%Y-%m-%d %H:%M} UTC" in late
    pass_by(clock, DAY)
    pass_by(clock, timedelta(hours=23, minutes=59))
    assert has_second_factor(api, anna)
    pass_by(clock, timedelta(minutes=1))
    assert not has_second_factor(api, anna)


@pytest.mark.parametrize("commits", range(2))
def test_killed_at_the_end_it_is_finished_by_the_next(
    api: ApiClient,
    maya: Person,
    anna: Person,
    phone: Phone,
    mailbox: Mailbox,
    clock: HandClock,
    monkeypatch: pytest.MonkeyPatch,
    commits: int,
) -> None:
    start(api, maya, anna.email)
    deliver()
    for _ in range(2):
        pass_by(clock, DAY)
    clock.advance(DAY)
    assert killed_after(commits, deliver, monkeypatch)
    pass_by(clock, timedelta(seconds=CLAIM_S))
    deliver()
    assert not has_second_factor(api, anna)
    assert len(letters(mailbox, anna, WAS_RESET)) == 1


def test_a_code_shown_at_the_very_end_is_not_overlooked(
    api: ApiClient,
    maya: Person,
    anna: Person,
    phone: Phone,
    clock: HandClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start(api, maya, anna.email)
    deliver()
    for _ in range(2):
        pass_by(clock, DAY)
    clock.advance(DAY)
    used_since = second_factor.second_factor_used_since

    def overtaken(*arguments: Any, **more: Any) -> bool:
        answer = used_since(*arguments, **more)
        if not answer:
            assert sign_in(api, anna, phone.next_code(), anna.browser).status == 200
        return answer

    with monkeypatch.context() as race:
        race.setattr(second_factor, "second_factor_used_since", overtaken)
        deliver()
    pass_by(clock, timedelta(minutes=1))
    assert has_second_factor(api, anna)
    assert own_log(api, anna)[-1]["kind"] == "second_factor.reset_called_off"


def test_tokens_of_letters_lie_nowhere(
    api: ApiClient,
    maya: Person,
    anna: Person,
    phone: Phone,
    mailbox: Mailbox,
    local_aws: LocalAws,
    caplog: pytest.LogCaptureFixture,
) -> None:
    start(api, maya, anna.email)
    deliver()
    secret = token_in(letters(mailbox, anna, BEING_RESET)[0]).partition(".")[2]
    kept = local_aws.client("dynamodb").query(
        TableName=local_aws.environment["WIREROOM_TABLE"],
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": keys.user(anna.user_id)}},
    )
    assert keys.SECOND_FACTOR_RESET in str(kept["Items"])
    assert secret not in str(kept["Items"])
    assert [line for line in caplog.records if secret in str(vars(line))] == []
