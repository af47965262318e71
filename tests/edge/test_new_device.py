"""A letter tells of each sign-in with a browser the account does not know (product.md section 2, notices)."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.adapters.outbox import TRIED_AGAIN_AFTER
from tests.api_client import ApiClient, Browser
from tests.authenticator import proof_of
from tests.hand_clock import HandClock
from tests.people import PASSWORD, Mailbox, People, Person, deliver

SUBJECT = "New sign-in to your account"
NEW = "rowing past the old pier"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0 Safari/537.36"


def notices(mailbox: Mailbox, person: Person) -> list[dict[str, Any]]:
    """The letters about new browsers somebody got."""
    deliver()
    return [letter for letter in mailbox.of(person.email) if letter["Subject"] == SUBJECT]


def test_the_browser_one_signed_up_with_is_known(people: People, mailbox: Mailbox) -> None:
    assert notices(mailbox, people.new()) == []


def test_a_new_browser_is_told_of_by_time_browser_and_address_and_known_from_then_on(
    people: People, mailbox: Mailbox, clock: HandClock
) -> None:
    anna, laptop = people.new(), Browser(device=CHROME, address="203.0.113.9")
    people.sign_in(anna.email, laptop)
    [letter] = notices(mailbox, anna)
    for told in (f"{clock():%H:%M} UTC", "Chrome on Windows", "203.0.113.9", "/settings/security"):
        assert told in letter["BodyText"]
    people.sign_in(anna.email, laptop)
    assert len(notices(mailbox, anna)) == 1


def test_the_cookie_is_what_a_browser_is_known_by_wherever_it_goes(people: People, mailbox: Mailbox) -> None:
    anna = people.new()
    people.sign_in(anna.email, Browser(jar=dict(anna.browser.jar), device="Test Browser 2.0"))
    assert notices(mailbox, anna) == []


def test_a_browser_without_the_cookie_is_told_of_though_it_comes_from_the_same_address_and_device(
    people: People, mailbox: Mailbox
) -> None:
    """A whole office shares an address and a user agent."""
    anna = people.new()
    people.sign_in(anna.email, Browser(address=anna.browser.address, device=anna.browser.device))
    assert len(notices(mailbox, anna)) == 1


def test_a_browser_is_known_for_400_days(people: People, mailbox: Mailbox, clock: HandClock) -> None:
    anna = people.new()
    for days, letters in ((399, 0), (400, 1)):
        clock.advance(timedelta(days=days))
        people.sign_in(anna.email, anna.browser)
        assert len(notices(mailbox, anna)) == letters


def test_after_a_new_password_only_the_browser_that_set_it_is_known(
    api: ApiClient, people: People, mailbox: Mailbox
) -> None:
    anna, laptop = people.new(), Browser()
    people.sign_in(anna.email, laptop)
    assert len(notices(mailbox, anna)) == 1
    assert api.post("/me/password", proof_of(anna) | {"new_password": NEW}, anna.browser).status == 204
    for browser, letters in ((anna.browser, 1), (laptop, 2), (laptop, 2)):
        people.sign_in_with(anna.email, NEW, browser)
        assert len(notices(mailbox, anna)) == letters


def test_after_a_reset_no_browser_is_known(api: ApiClient, people: People, mailbox: Mailbox) -> None:
    anna = people.new()
    api.post("/password-resets", {"email": anna.email})
    deliver()
    reset = {"token": mailbox.last_token(anna.email), "password": NEW}
    assert api.post("/password-resets/finish", reset).status == 204
    people.sign_in_with(anna.email, NEW, anna.browser)
    assert len(notices(mailbox, anna)) == 1


@pytest.mark.parametrize("which", ["one", "others"])
def test_the_browser_of_a_session_ended_in_the_list_is_known_no_more(
    api: ApiClient, people: People, mailbox: Mailbox, which: str
) -> None:
    anna, lost = people.new(), Browser()
    people.sign_in(anna.email, lost)
    [there] = [each["id"] for each in api.get("/me/sessions", anna.browser).body["sessions"] if not each["current"]]
    path = f"/me/sessions/{there}/end" if which == "one" else "/me/sessions/end"
    assert api.post(path, proof_of(anna), anna.browser).status == 204
    for browser, letters in ((anna.browser, 1), (lost, 2)):
        people.sign_in(anna.email, browser)
        assert len(notices(mailbox, anna)) == letters


def test_signing_out_leaves_the_browser_known(api: ApiClient, people: People, mailbox: Mailbox) -> None:
    anna = people.new()
    assert api.post("/sign-out", None, anna.browser).status == 204
    people.sign_in(anna.email, anna.browser)
    assert notices(mailbox, anna) == []


def test_a_browser_two_people_share_is_known_to_each_by_themselves(people: People, mailbox: Mailbox) -> None:
    anna, boris = people.new(), people.new("Boris")
    people.sign_in(boris.email, anna.browser)
    assert len(notices(mailbox, boris)) == 1
    people.sign_in(anna.email, anna.browser)
    assert notices(mailbox, anna) == []


@pytest.mark.parametrize("planted", ["x", "A" * 42, "A" * 44, "A" * 42 + "=", "<script>"])
def test_a_browser_that_brings_no_token_of_ours_gets_one(api: ApiClient, people: People, planted: str) -> None:
    anna, browser = people.new(), Browser(jar={"wireroom-device": planted})
    people.sign_in(anna.email, browser)
    assert len(browser.jar["wireroom-device"]) == 43
    assert browser.jar["wireroom-device"] != planted


def test_a_letter_repeats_nothing_that_whoever_signed_in_wrote(people: People, mailbox: Mailbox) -> None:
    anna = people.new()
    people.sign_in(anna.email, Browser(device="Pay at https://evil.example now"))
    [letter] = notices(mailbox, anna)
    assert "evil" not in letter["BodyText"] + letter["BodyHtml"]
    assert "an unknown browser" in letter["BodyText"]


def test_mail_being_away_delays_the_letter_and_never_fails_the_sign_in(
    api: ApiClient, people: People, mailbox: Mailbox, clock: HandClock, mail_away: Any
) -> None:
    anna = people.new()
    with mail_away():
        answer = api.post("/sign-in", {"email": anna.email, "password": PASSWORD}, Browser())
        assert answer.status == 200
        assert notices(mailbox, anna) == []
    clock.advance(TRIED_AGAIN_AFTER)
    assert len(notices(mailbox, anna)) == 1
