"""The contact form: a letter to the operator, from somebody who can be answered, kept nowhere here."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib import settings
from chalicelib.adapters.limits import Limits
from chalicelib.adapters.mail import Mail
from chalicelib.features.legal.model import MAX_MESSAGE_CHARACTERS
from chalicelib.features.legal.use_cases import CONTACTED, CONTACTING
from chalicelib.kernel import ids
from chalicelib.kernel.errors import TooMany, Unavailable
from chalicelib.services import Services
from tests.api_client import ApiClient, Browser, some_address
from tests.local_aws import LocalAws
from tests.people import Mailbox


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address that WIREROOM_CONTACT_TO names in this test."""
    address = f"desk-{ids.mint().lower()}@example.com"
    monkeypatch.setenv("WIREROOM_CONTACT_TO", address)
    settings.current.cache_clear()
    yield address
    settings.current.cache_clear()


def wish(**different: Any) -> dict[str, Any]:
    """A message that fits."""
    return {"name": "Ada Byron", "email": "ada@example.com", "message": "Hello,\n\nwhere are you?"} | different


def test_a_message_becomes_a_letter_to_the_operator_answered_to_its_writer(
    api: ApiClient, desk: str, mailbox: Mailbox
) -> None:
    answer = api.post("/contact", wish())
    assert (answer.status, answer.body) == (202, None)
    [letter] = mailbox.of(desk)
    assert letter["Subject"] == "Ada Byron wrote through the contact form"
    assert letter["BodyText"].startswith("From Ada Byron, ada@example.com:\n\nHello,\n\nwhere are you?\n\n-- \n")


def test_the_answer_goes_to_the_writer(api: ApiClient, desk: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = []
    monkeypatch.setattr(Mail, "send", lambda _, letter: sent.append(letter))
    assert api.post("/contact", wish()).status == 202
    assert [(letter.to, letter.reply_to) for letter in sent] == [(desk, "ada@example.com")]


def test_without_a_desk_of_its_own_the_sender_of_mails_is_written_to(api: ApiClient, mailbox: Mailbox) -> None:
    name = f"Ada {ids.mint()}"
    assert api.post("/contact", wish(name=name)).status == 202
    assert [letter["Subject"].partition(" wrote")[0] for letter in mailbox.of(settings.current().mail_from)][-1] == name


@pytest.mark.parametrize(
    ("different", "pointer"),
    [
        ({"name": "Ada\r\nBcc: everybody@example.com"}, "/name"),
        ({"name": "Ada\nSubject: Win"}, "/name"),
        ({"name": "x" * 81}, "/name"),
        ({"name": " "}, "/name"),
        ({"email": "ada@example.com\r\nBcc: everybody@example.com"}, "/email"),
        ({"email": "ada@example.com, everybody@example.com"}, "/email"),
        ({"email": "ada"}, "/email"),
        ({"message": " \n "}, "/message"),
        ({"message": "x" * (MAX_MESSAGE_CHARACTERS + 1)}, "/message"),
        ({"message": "x" * 900_000}, "/message"),
        ({"message": "bell\x07"}, "/message"),
        ({"message": None}, "/message"),
    ],
)
def test_headers_are_not_smuggled_in_and_huge_texts_not_sent(
    api: ApiClient, desk: str, mailbox: Mailbox, different: dict[str, Any], pointer: str
) -> None:
    answer = api.post("/contact", wish(**different))
    assert (answer.status, answer.pointers) == (422, [pointer])
    assert mailbox.of(desk) == []


def test_a_longer_body_than_any_request_has_is_refused(api: ApiClient, desk: str, mailbox: Mailbox) -> None:
    assert api.post("/contact", wish(message="x" * 1_000_001)).status == 413
    assert mailbox.of(desk) == []


def test_an_address_writes_five_times_an_hour(api: ApiClient, desk: str, mailbox: Mailbox) -> None:
    browser = Browser(address=some_address())
    statuses = [api.post("/contact", wish(), browser).status for _ in range(CONTACTING.most + 1)]
    assert statuses == [202] * CONTACTING.most + [429]
    assert len(mailbox.of(desk)) == CONTACTING.most
    assert api.post("/contact", wish(), Browser(address=some_address())).status == 202


def test_everybody_together_writes_two_hundred_times_an_hour(
    api: ApiClient, desk: str, mailbox: Mailbox, on_test_clock: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = Limits.take

    def is_full(limits: Limits, limit: Any, who: str) -> None:
        if limit == CONTACTED:
            raise TooMany(retry_after_s=60)
        take(limits, limit, who)

    monkeypatch.setattr(Limits, "take", is_full)
    answer = api.post("/contact", wish())
    assert (answer.status, answer.headers["Retry-After"]) == (429, "60")
    assert mailbox.of(desk) == []


def test_a_letter_that_is_not_taken_is_said_to_be_not_sent(
    api: ApiClient, desk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise Unavailable

    monkeypatch.setattr(Mail, "send", away)
    assert api.post("/contact", wish()).status == 503


def test_a_message_is_never_logged_nor_stored(
    api: ApiClient, desk: str, mailbox: Mailbox, local_aws: LocalAws, caplog: pytest.LogCaptureFixture
) -> None:
    planted = f"planted {ids.mint()}"
    for body in (wish(message=planted), wish(message=planted, email="no address"), wish(message=f"{planted}\x00")):
        api.post("/contact", body)
    assert planted in mailbox.of(desk)[0]["BodyText"]
    said = [str(vars(line)) for line in caplog.records]
    assert len([line for line in said if "POST /contact" in line]) == 3
    assert [line for line in said if planted in line] == []
    pages = (
        local_aws.client("dynamodb").get_paginator("scan").paginate(TableName=local_aws.environment["WIREROOM_TABLE"])
    )
    assert not [page for page in pages if planted in json.dumps(page["Items"], default=str)]


def test_a_message_that_another_site_sends_is_refused(api: ApiClient, desk: str, mailbox: Mailbox) -> None:
    answer = api.post("/contact", wish(), headers={"Origin": "https://elsewhere.example"})
    assert (answer.status, answer.code) == (403, "foreign-origin")
    assert mailbox.of(desk) == []
