"""Notices on their way out of the app: once each, when they may, and never with what it was about."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.features.delivery.model import GIVEN_UP_AFTER
from chalicelib.features.notifications.model import DELIVER, About, AboutKind, Notice, NoticeKind
from chalicelib.features.notifications.use_cases import announce
from chalicelib.kernel.ids import UserId
from chalicelib.services import Services
from chalicelib.table import due
from chalicelib.table.due import CLAIM_S, Due, Lane, Poller
from tests import scene
from tests.api_client import ApiClient
from tests.hand_clock import HandClock
from tests.handlers import Dropping
from tests.local_aws import LocalAws
from tests.people import Mailbox, People, Person, deliver
from tests.stream import Stream


class Office:
    """Olga's workspace, in which Max is told of things."""

    def __init__(self, api: ApiClient, people: People, mailbox: Mailbox, clock: HandClock) -> None:
        self.api, self.mailbox, self.clock = api, mailbox, clock
        self.olga, self.max = people.new("Olga"), people.new("Max")
        people.join(self.max, self.olga)
        self.workspace_id = self.olga.workspace_id
        [self.chat] = scene.chats_of(self.workspace_id, scene.an_account(self.workspace_id), 1)
        deliver()

    def tell(self, kind: NoticeKind = NoticeKind.COMMENT_MENTION, by: UserId | None = None) -> str:
        """Have something happen that Max is told of."""
        who = self.olga.user_id if by is None and kind is not NoticeKind.REMINDER_DUE else by
        return scene.a_notice(self.workspace_id, self.max.user_id, self.chat.id, kind=kind, by=who, now=self.clock)

    def letters(self, person: Person | None = None) -> list[dict[str, Any]]:
        """Letters about the chat that Max, or somebody, has got."""
        found = self.mailbox.of((person or self.max).email)
        return [letter for letter in found if "Contact 1" in letter["Subject"]]

    def prefer(self, kinds: object, quiet_hours: object = None) -> None:
        """Have Max say how he wants to be told."""
        body = {"kinds": kinds, "quiet_hours": quiet_hours}
        assert self.api.put("/me/notifications", body, self.max.browser).status == 200


@pytest.fixture
def stream(local_aws: LocalAws) -> Stream:
    return Stream(local_aws)


@pytest.fixture
def office(api: ApiClient, people: People, mailbox: Mailbox, clock: HandClock) -> Office:
    return Office(api, people, mailbox, clock)


def test_a_letter_says_who_and_where_and_leads_there(office: Office) -> None:
    """Notifications say who and where, never what (product.md section 1.2)."""
    office.tell()
    deliver()
    [letter] = office.letters()
    assert letter["Subject"] == "Olga mentioned you in a comment on “Contact 1”"
    assert f"/w/{office.workspace_id}/chats?peek={office.chat.id}" in letter["BodyText"]
    assert "/settings/notifications" in letter["BodyText"]
    assert office.letters(office.olga) == []


def test_however_often_it_is_handed_out_one_letter_goes(office: Office) -> None:
    told = office.tell()
    deliver()
    again = {"user_id": office.max.user_id, "notice_id": told}
    job = scene.a_job(office.workspace_id, office.clock)
    for name in ("once", "twice"):
        with job.transaction() as change:
            due.schedule(change, job, DELIVER, job.now(), again, lane=Lane.LETTERS, name=f"{told}{name}")
            change.record("value.set", target=told)
    deliver()
    assert len(office.letters()) == 1


PLANTED = "the-offer-is-4217-euros"


def test_the_text_of_what_it_tells_of_is_in_nothing_that_goes_out_or_is_kept_for_it(
    office: Office, stream: Stream, logged: Callable[[], str]
) -> None:
    """Notifications say who and where, never what: a text is planted in the very change, and looked for everywhere."""
    job = scene.a_job(office.workspace_id, office.clock)
    about = About(kind=AboutKind.CHAT, id=office.chat.id)
    notice = Notice(kind=NoticeKind.COMMENT_ANSWER, to=office.max.user_id, about=about, by=office.olga.user_id)
    office.prefer({"comment.answer": ["app", "email"]})
    with job.transaction() as change:
        announce(change, notice, tenant=job)
        change.record("value.set", target=office.chat.id, new={"value": PLANTED})
    deliver()
    [letter] = office.letters()
    shown = office.api.get(f"/workspaces/{office.workspace_id}/notifications", office.max.browser).body
    written = [each for each in stream.records() if PLANTED in str(each)]
    assert letter["Subject"].startswith("Olga answered")
    assert (PLANTED in str(letter), PLANTED in str(shown), PLANTED in logged(), written) == (False, False, False, [])


class Killed(BaseException):
    """The process ends here."""


def test_a_process_that_is_killed_before_the_letter_leaves_it_to_the_next_and_one_arrives(
    office: Office, on_test_clock: Services
) -> None:
    def die(_: Due) -> None:
        raise Killed

    told = office.tell()
    doomed = Dropping()
    doomed[DELIVER] = die
    with pytest.raises(Killed):
        Poller(doomed, on_test_clock.installation, lane=Lane.LETTERS).tick()
    deliver()
    assert office.letters() == [], f"{told} is still claimed by who died"
    office.clock.advance(timedelta(seconds=CLAIM_S))
    deliver()
    assert len(office.letters()) == 1


def test_while_mail_is_away_it_waits_and_then_goes_once(
    office: Office, mail_away: Callable[[], AbstractContextManager[None]]
) -> None:
    office.tell()
    with mail_away():
        deliver()
    assert office.letters() == []
    office.clock.advance(timedelta(minutes=5))
    deliver()
    deliver()
    assert len(office.letters()) == 1


def test_after_a_day_of_waiting_it_is_old_news(
    office: Office, mail_away: Callable[[], AbstractContextManager[None]]
) -> None:
    office.tell()
    with mail_away():
        deliver()
    office.clock.advance(GIVEN_UP_AFTER)
    deliver()
    assert office.letters() == []
    page = office.api.get(f"/workspaces/{office.workspace_id}/notifications", office.max.browser).body
    assert page["unread"] == 1, "in the app it stands all the same"


def test_what_was_read_in_the_app_meanwhile_does_not_go_out(office: Office) -> None:
    told = office.tell()
    path = f"/workspaces/{office.workspace_id}/notifications/{told}/read"
    assert office.api.put(path, None, office.max.browser).status == 204
    deliver()
    assert office.letters() == []


def test_a_kind_that_is_not_wanted_by_mail_sends_none(office: Office) -> None:
    """Per-kind settings for app, e-mail, Telegram (product.md section 7)."""
    office.prefer({"comment.mention": ["app"]})
    office.tell()
    office.tell(NoticeKind.CHAT_ASSIGNED)
    deliver()
    assert [letter["Subject"] for letter in office.letters()] == ["Olga assigned “Contact 1” to you"]


def test_who_has_left_is_told_nothing_more(office: Office) -> None:
    office.tell()
    path = f"/workspaces/{office.workspace_id}/members/{office.max.user_id}"
    assert office.api.delete(path, office.olga.browser).status == 204
    deliver()
    assert office.letters() == []


def test_an_address_that_nobody_has_confirmed_gets_no_letter(office: Office, people: People) -> None:
    nora = people.new("Nora", is_verified=False)
    [chat] = scene.chats_of(nora.workspace_id, scene.an_account(nora.workspace_id), 1)
    scene.a_notice(nora.workspace_id, nora.user_id, chat.id, by=office.olga.user_id, now=office.clock)
    deliver()
    assert office.letters(nora) == []


@pytest.mark.parametrize(
    ("now", "until"),
    [
        # Berlin, UTC+1 in winter: 22:00 to 07:00 there.
        ("2027-01-15T22:30Z", "2027-01-16T06:00Z"),
        ("2027-01-16T05:59Z", "2027-01-16T06:00Z"),
        # The night in which clocks go forward is an hour shorter.
        ("2027-03-27T21:30Z", "2027-03-28T05:00Z"),
    ],
)
def test_in_quiet_hours_it_waits_for_their_end_on_the_person_s_own_wall_clock(
    office: Office, people: People, now: str, until: str
) -> None:
    """Quiet hours, in the person's time zone."""
    office.clock.set(datetime.fromisoformat(now))
    people.sign_in(office.max.email, office.max.browser)
    assert office.api.patch("/me", {"time_zone": "Europe/Berlin"}, office.max.browser).status == 200
    office.prefer({}, {"begins": "22:00", "ends": "07:00"})
    office.tell()
    deliver()
    office.clock.set(datetime.fromisoformat(until) - timedelta(seconds=1))
    deliver()
    assert office.letters() == []
    office.clock.advance(timedelta(seconds=1))
    deliver()
    assert len(office.letters()) == 1


def test_a_reminder_comes_when_it_was_asked_for_in_quiet_hours_too(office: Office) -> None:
    office.prefer({}, {"begins": "00:00", "ends": "23:59"})
    office.tell(NoticeKind.REMINDER_DUE)
    deliver()
    assert [letter["Subject"] for letter in office.letters()] == ["You wanted to be reminded of “Contact 1”"]
