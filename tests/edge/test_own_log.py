"""A person's own log: how they signed in, who tried, and what changed about it (product.md section 2)."""

from datetime import timedelta

import pytest

from chalicelib.features.identity.use_cases.log import PAGE
from chalicelib.kernel import ids
from chalicelib.table import cipher, people_keys
from chalicelib.table.cipher import Purpose
from chalicelib.table.tenant import Installation
from tests.api_client import ApiClient, Browser
from tests.authenticator import Phone, proof_of, turn_on
from tests.hand_clock import HandClock
from tests.local_aws import LocalAws
from tests.people import PASSWORD, Mailbox, People, deliver


def kinds(api: ApiClient, browser: Browser) -> list[str]:
    """What the log says happened, newest first."""
    return [entry["kind"] for entry in api.get("/me/log", browser).body["entries"]]


def test_it_tells_the_story_of_an_account(api: ApiClient, people: People, clock: HandClock, mailbox: Mailbox) -> None:
    def later() -> None:
        clock.advance(timedelta(seconds=1))

    anna, laptop = people.new(), Browser()
    later()
    people.sign_in(anna.email, laptop)
    later()
    api.post("/sign-out", None, laptop)
    later()
    api.post("/sign-in", {"email": anna.email, "password": "not it not it"}, Browser())
    later()
    deliver()
    later()
    setup = api.post("/me/second-factor/setup", proof_of(anna), anna.browser)
    later()
    phone = Phone(secret=setup.body["secret"], clock=clock)
    api.post("/me/second-factor", {"code": phone.code()}, anna.browser)
    api.post("/me/backup-codes", proof_of(anna, phone), anna.browser)
    later()
    api.post("/me/password", proof_of(anna, phone) | {"new_password": "rowing past the old pier"}, anna.browser)
    later()
    assert kinds(api, anna.browser) == [
        "password.changed",
        "backup_codes.made",
        "second_factor.enabled",
        "second_factor.setup_begun",
        "session.refused",
        "session.ended",
        "session.opened",
        "session.opened",
    ]


def test_whence_a_refused_try_came_waits_four_days_at_most_for_its_place_in_the_log(
    api: ApiClient, people: People, clock: HandClock, local_aws: LocalAws
) -> None:
    anna, device = people.new(), f"Browser {ids.mint()}"
    api.post("/sign-in", {"email": anna.email, "password": "not it not it"}, Browser(device=device))
    pages = local_aws.client("dynamodb").get_paginator("scan").paginate(TableName=local_aws.outputs["TableName"])
    [waiting] = [item for page in pages for item in page["Items"] if device in str(item)]
    assert int(waiting["expires_at"]["N"]) == int((clock() + timedelta(days=4)).timestamp())


def test_an_entry_says_when_and_from_where(api: ApiClient, people: People, clock: HandClock) -> None:
    anna = people.new()
    clock.advance(timedelta(seconds=1))
    laptop = Browser(address="203.0.113.9", device="Laptop 3.0")
    people.sign_in(anna.email, laptop)
    [opened, *_] = api.get("/me/log", anna.browser).body["entries"]
    [session] = [each for each in api.get("/me/sessions", anna.browser).body["sessions"] if not each["current"]]
    assert (opened["address"], opened["device"], opened["by"]) == ("203.0.113.9", "Laptop 3.0", "user")
    assert (opened["target"], opened["at"]) == (session["id"], session["created_at"])
    assert opened["new"] == {"known_device": False}


def test_it_pages_newest_first_through_the_months(
    api: ApiClient, people: People, clock: HandClock, installation: Installation
) -> None:
    anna = people.new()
    for number in range(PAGE + 20):
        clock.advance(timedelta(days=1))
        api.patch("/me", {"full_name": f"Anna {number}"}, anna.browser)
        if number % 10 == 0:
            people.sign_in(anna.email, anna.browser)
    found: list[str] = []
    cursor = ""
    while cursor is not None:
        page = api.get(f"/me/log?cursor={cursor}" if cursor else "/me/log", anna.browser).body
        assert len(page["entries"]) <= PAGE
        found += [entry["at"] for entry in page["entries"]]
        cursor = page["next_cursor"]
    assert found == sorted(found, reverse=True)
    assert len(found) == 1 + PAGE + 20 + 2 * 7, "each sign-in ends the session before it"


def test_a_page_looks_into_13_months_at_most_and_the_next_goes_on_from_there(
    api: ApiClient, people: People, clock: HandClock, calls_made: list[str]
) -> None:
    anna = people.new()
    clock.advance(timedelta(days=3 * 365))
    people.sign_in(anna.email, anna.browser)
    found: list[list[str]] = []
    cursor: str | None = ""
    while cursor is not None:
        calls_made.clear()
        page = api.get(f"/me/log?cursor={cursor}" if cursor else "/me/log", anna.browser).body
        assert calls_made.count("Query") <= 13
        found.append([entry["kind"] for entry in page["entries"]])
        cursor = page["next_cursor"]
    assert found == [["session.opened"], [], ["session.opened"]]


def test_wrong_proofs_stand_in_it_by_the_session_they_were_shown_in_five_an_hour(
    api: ApiClient, people: People, clock: HandClock
) -> None:
    clock.set((clock() + timedelta(hours=1)).replace(minute=5))
    anna, thief = people.new(), Browser()
    clock.advance(timedelta(seconds=1))
    people.sign_in(anna.email, thief)
    for _ in range(6):
        clock.advance(timedelta(seconds=2))
        wrong = api.post("/me/sessions/end", {"proof": {"password": "not it not it"}}, thief)
        assert wrong.code == "proof-wrong"
    [theirs] = [each["id"] for each in api.get("/me/sessions", anna.browser).body["sessions"] if not each["current"]]
    refused = [e for e in api.get("/me/log", anna.browser).body["entries"] if e["kind"] == "proof.refused"]
    assert [entry["target"] for entry in refused] == [theirs] * 5


def test_wrong_passwords_keep_no_wrong_code_out_of_it(api: ApiClient, people: People, clock: HandClock) -> None:
    clock.set((clock() + timedelta(hours=1)).replace(minute=5))
    anna = people.new()
    turn_on(api, anna, clock)
    for number in range(5):
        api.post("/sign-in", {"email": anna.email, "password": f"guess number {number}"}, Browser())
    known = Browser(jar=dict(anna.browser.jar))
    api.post("/sign-in", {"email": anna.email, "password": PASSWORD}, known)
    api.post("/sign-in/second-factor", {"code": "000000"}, known)
    deliver()
    entries = api.get("/me/log", anna.browser).body["entries"]
    assert [e["new"]["wrong"] for e in entries if e["kind"] == "session.refused"].count("code") == 1


def test_nobody_reads_another_person_s_log(api: ApiClient, people: People, clock: HandClock) -> None:
    anna, boris = people.new(), people.new("Boris")
    for _ in range(PAGE):
        clock.advance(timedelta(minutes=1))
        people.sign_in(anna.email, anna.browser)
    cursor = api.get("/me/log", anna.browser).body["next_cursor"]
    assert cursor is not None
    foreign = api.get(f"/me/log?cursor={cursor}", boris.browser)
    assert (foreign.status, foreign.code) == (422, "cursor-invalid")
    assert kinds(api, boris.browser) == ["session.opened"]


@pytest.mark.parametrize("cursor", ["x", "A" * 60, "%F0%9F%A6%8A"])
def test_a_forged_cursor_is_refused(api: ApiClient, people: People, cursor: str) -> None:
    assert api.get(f"/me/log?cursor={cursor}", people.new().browser).code == "cursor-invalid"


def test_it_is_sealed_under_the_person_s_own_key(
    api: ApiClient, people: People, installation: Installation, clock: HandClock
) -> None:
    anna = people.new()
    stranger = Browser(address="203.0.113.77", device="Laptop 4.0")
    people.sign_in(anna.email, stranger)
    rows = installation.rows(people_keys.personal_journal(anna.user_id, clock()))
    kept = str(rows.stretch("0", "Z", limit=100))
    assert "session.opened" in kept
    assert "203.0.113.77" not in kept
    assert "Laptop 4.0" not in kept
    cipher.current().destroy(anna.user_id, Purpose.JOURNAL)
    [newest, *_] = api.get("/me/log", anna.browser).body["entries"]
    assert (newest["kind"], newest["address"], newest["new"]) == ("session.opened", "", None)


def test_nobody_has_no_log(api: ApiClient) -> None:
    assert api.get("/me/log", Browser()).status == 401


def test_no_password_stands_in_it(api: ApiClient, people: People, clock: HandClock) -> None:
    anna = people.new()
    api.post("/sign-in", {"email": anna.email, "password": "planted planted"}, Browser())
    deliver()
    assert PASSWORD not in str(api.get("/me/log", anna.browser).body)
    assert "planted" not in str(api.get("/me/log", anna.browser).body)
