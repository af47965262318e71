"""Mail that is away and processes that die leave a lost second factor its 72 hours (product.md section 2)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.features.second_factor import use_cases as second_factor
from chalicelib.table import people_keys
from chalicelib.table.due import CLAIM_S
from tests.api_client import ApiClient
from tests.authenticator import Phone
from tests.edge.lost_factor.reset import (
    BEING_RESET,
    DAY,
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
from tests.local_aws import LocalAws
from tests.people import Mailbox, Person, deliver
from tests.races import killed_after


def test_nothing_goes_on_while_mail_is_away_and_then_each_letter_leaves_her_a_day_to_call_it_off(
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
        ExpressionAttributeValues={":pk": {"S": people_keys.user(anna.user_id)}},
    )
    assert people_keys.SECOND_FACTOR_RESET in str(kept["Items"])
    assert secret not in str(kept["Items"])
    assert [line for line in caplog.records if secret in str(vars(line))] == []
