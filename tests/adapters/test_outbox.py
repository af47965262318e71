"""Letters that must arrive: posted with a change, sent soon after it, tried again while mail is away."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.adapters import outbox
from chalicelib.adapters.mail import Letter
from chalicelib.adapters.outbox import GIVEN_UP_AFTER, TRIED_AGAIN_AFTER
from chalicelib.kernel import ids
from chalicelib.table import keys
from chalicelib.table.due import MAX_ATTEMPTS, Lane, Poller
from chalicelib.table.items import Row
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import ChangedMeanwhile
from tests.hand_clock import HandClock
from tests.handlers import Dropping
from tests.local_aws import LocalAws
from tests.people import Mailbox


@pytest.fixture
def letter() -> Letter:
    """A letter to somebody who never got one."""
    to = f"{ids.mint().lower()}@example.com"
    return Letter(to=to, subject="Hello", paragraphs=("First", "Second"), link="https://x.example/", link_text="Look")


@pytest.fixture
def poller(installation: Installation, clock: HandClock) -> Poller:
    """What sends them. Letters that other tests left are dropped: they would be sent, and given up, before this one."""
    left = Poller(Dropping(), Installation(lambda: clock() + 2 * GIVEN_UP_AFTER), lane=Lane.LETTERS)
    while left.tick():
        continue
    return Poller({outbox.LETTER: outbox.send}, installation, lane=Lane.LETTERS)


def post(letter: Letter, installation: Installation, *, only_beside: str | None = None) -> None:
    """Post a letter with a change, which demands that some row is there, if one is named."""
    with installation.transaction(keys.TASKS) as change:
        if only_beside is not None:
            row = installation.rows(keys.TASKS).new(Row, only_beside)
            change.check(row, Row.pk.exists(), refusal=ChangedMeanwhile())
        outbox.post(change, installation, letter)


def waiting(letter: Letter, local_aws: LocalAws) -> list[dict[str, Any]]:
    """Every row that names whom a letter is to, read past the guard."""
    pages = local_aws.client("dynamodb").get_paginator("scan").paginate(TableName=local_aws.outputs["TableName"])
    return [item for page in pages for item in page["Items"] if letter.to in str(item)]


def test_a_letter_is_sent_once_and_whole(
    letter: Letter, poller: Poller, installation: Installation, mailbox: Mailbox
) -> None:
    post(letter, installation)
    assert mailbox.of(letter.to) == []
    poller.tick()
    poller.tick()
    [sent] = mailbox.of(letter.to)
    assert (sent["Subject"], "Second" in sent["BodyText"]) == ("Hello", True)
    assert "Look: https://x.example/" in sent["BodyText"]


def test_a_change_that_fails_sends_nothing(
    letter: Letter, poller: Poller, installation: Installation, mailbox: Mailbox
) -> None:
    with pytest.raises(ChangedMeanwhile):
        post(letter, installation, only_beside=ids.mint())
    poller.tick()
    assert mailbox.of(letter.to) == []


def test_while_mail_is_away_it_waits_and_then_arrives(
    letter: Letter,
    poller: Poller,
    installation: Installation,
    mailbox: Mailbox,
    clock: HandClock,
    mail_away: Callable[[], AbstractContextManager[None]],
) -> None:
    post(letter, installation)
    with mail_away():
        for _ in range(3):
            poller.tick()
            clock.advance(TRIED_AGAIN_AFTER)
    assert mailbox.of(letter.to) == []
    poller.tick()
    assert len(mailbox.of(letter.to)) == 1


def test_a_security_notice_outlives_three_days_without_mail(
    letter: Letter,
    poller: Poller,
    installation: Installation,
    mailbox: Mailbox,
    clock: HandClock,
    mail_away: Callable[[], AbstractContextManager[None]],
) -> None:
    post(letter, installation)
    with mail_away():
        for _ in range(MAX_ATTEMPTS + 35):
            poller.tick()
            clock.advance(timedelta(hours=1))
    poller.tick()
    assert len(mailbox.of(letter.to)) == 1


def test_a_letter_that_could_not_be_sent_for_three_days_is_dropped_and_a_person_told(
    letter: Letter,
    poller: Poller,
    installation: Installation,
    local_aws: LocalAws,
    clock: HandClock,
    mail_away: Callable[[], AbstractContextManager[None]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    post(letter, installation)
    with mail_away():
        poller.tick()
        clock.advance(GIVEN_UP_AFTER)
        assert "letter.given_up" not in caplog.messages
        poller.tick()
    assert [line.levelname for line in caplog.records if line.message == "letter.given_up"] == ["ERROR"]
    assert not [line for line in caplog.records if letter.to in str(vars(line))]
    assert waiting(letter, local_aws) == []


def test_whom_a_letter_is_to_is_kept_four_days_at_most_whatever_becomes_of_it(
    letter: Letter, installation: Installation, local_aws: LocalAws, clock: HandClock
) -> None:
    post(letter, installation)
    [row] = waiting(letter, local_aws)
    assert int(row["expires_at"]["N"]) == int((clock() + timedelta(days=4)).timestamp())
