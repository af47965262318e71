"""Push messages to browsers: turned on and off, sent once to each, and never with what it was about."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib import due_work, settings
from chalicelib.features.delivery.jobs import deliver as hand_on
from chalicelib.features.delivery.jobs import push
from chalicelib.features.delivery.model import GIVEN_UP_AFTER, PUSH
from chalicelib.features.notifications.model import DELIVER, NoticeKind
from chalicelib.services import Services
from chalicelib.table import proof
from chalicelib.table.due import CLAIM_S, Due, Lane, Poller
from dev.push_service import Subscription
from tests import pushing, scene
from tests.api_client import Answer, ApiClient, Browser
from tests.authenticator import proof_of
from tests.hand_clock import HandClock
from tests.handlers import Dropping
from tests.people import Mailbox, People, Person, deliver
from tests.pushing import Running


@pytest.fixture
def service(on_test_clock: Services) -> Iterator[Running]:
    with pushing.running() as running:
        yield running


class Told:
    """Ada, who is told of things in her browsers."""

    def __init__(self, api: ApiClient, ada: Person, service: Running, clock: HandClock) -> None:
        self.api, self.ada, self.service, self.clock = api, ada, service, clock
        [self.chat] = scene.chats_of(ada.workspace_id, scene.an_account(ada.workspace_id), 1)

    def turn_on(self, browser: Browser | None = None) -> Subscription:
        """In a browser of hers; gives what arrives there."""
        address, arriving = self.service.subscribe()
        assert self.put(address, browser).status == 204
        return arriving

    def put(self, address: object, browser: Browser | None = None) -> Answer:
        """Say where a browser's push service takes what is for it."""
        return self.api.put("/me/push", address, browser or self.ada.browser)

    def listed(self, browser: Browser | None = None) -> list[dict[str, Any]]:
        """The browsers she is told in."""
        found: list[dict[str, Any]] = self.api.get("/me/push", browser or self.ada.browser).body["browsers"]
        return found

    def tell(self, kind: NoticeKind = NoticeKind.REMINDER_DUE) -> str:
        """Have something happen that she is told of."""
        return scene.a_notice(self.ada.workspace_id, self.ada.user_id, self.chat.id, kind=kind, now=self.clock)

    def journal(self) -> list[str]:
        """Kinds of entries of her own log, newest first."""
        return [each["kind"] for each in self.api.get("/me/log", self.ada.browser).body["entries"]]


@pytest.fixture
def told(api: ApiClient, people: People, service: Running, clock: HandClock) -> Told:
    made = Told(api, people.new("Ada"), service, clock)
    deliver()
    return made


def test_a_browser_is_told_the_ids_alone_and_once(told: Told) -> None:
    """Per-kind settings for browser push (product.md section 7); who and where, never what (section 1.2)."""
    arriving = told.turn_on()
    notice_id = told.tell()
    deliver()
    deliver()
    path = f"/w/{told.ada.workspace_id}/chats?peek={told.chat.id}"
    assert arriving.arrived == [{"notice": notice_id, "path": path}]


def test_a_browser_is_added_listed_and_removed(told: Told, people: People) -> None:
    """Subscriptions are a browser's, and its person's to see and to end."""
    phone = Browser()
    people.sign_in(told.ada.email, phone)
    at_home, away = told.turn_on(), told.turn_on(phone)
    found = told.listed()
    assert sorted(each["current"] for each in found) == [False, True]
    assert told.api.get("/me/push", phone).body["public_key"] == pushing.PUBLIC
    assert "127.0.0.1" not in str(found), "an endpoint opens a browser to who knows it"
    [other] = [each["id"] for each in found if not each["current"]]
    for _ in range(2):
        assert told.api.delete(f"/me/push/{other}", told.ada.browser).status == 204
    told.tell()
    deliver()
    assert (len(at_home.arrived), len(away.arrived), len(told.listed())) == (1, 0, 1)
    assert (told.journal().count("push.turned_on"), told.journal().count("push.turned_off")) == (2, 1)


def test_nobody_ends_another_s(told: Told, people: People) -> None:
    told.turn_on()
    [mine] = told.listed()
    assert told.api.delete(f"/me/push/{mine['id']}", people.new("Mallory").browser).code == "session-not-found"
    assert told.listed() == [mine]


def test_a_browser_that_subscribes_anew_is_told_at_its_new_address_alone(told: Told) -> None:
    before, after = told.turn_on(), told.turn_on()
    told.tell()
    deliver()
    assert (len(before.arrived), len(after.arrived), len(told.listed())) == (0, 1, 1)


@pytest.mark.parametrize("way", ["sign-out", "everywhere else", "password", "idle"])
def test_with_the_session_it_ends_however_that_ends(told: Told, people: People, way: str) -> None:
    """Removed at sign-out: it lies in the session's row."""
    phone = Browser()
    people.sign_in(told.ada.email, phone)
    arriving = told.turn_on(phone)
    if way == "sign-out":
        assert told.api.post("/sign-out", None, phone).status == 204
    elif way == "everywhere else":
        assert told.api.post("/me/sessions/end", proof_of(told.ada), told.ada.browser).status == 204
    elif way == "password":
        body = proof_of(told.ada) | {"new_password": "rowing past the old pier"}
        assert told.api.post("/me/password", body, told.ada.browser).status == 204
    else:
        told.clock.advance(proof.IDLE)
        people.sign_in(told.ada.email, told.ada.browser)
    told.tell()
    deliver()
    assert (told.listed(), arriving.arrived) == ([], [])


@pytest.mark.parametrize("status", [404, 410])
def test_when_the_push_service_says_it_is_over_it_is(told: Told, status: int) -> None:
    told.turn_on()
    told.service.service.faults.append({"status": status})
    told.tell()
    deliver()
    assert told.listed() == []
    assert told.journal().count("push.turned_off") == 1


def test_an_address_that_came_meanwhile_stays_when_the_old_one_is_over(told: Told) -> None:
    told.turn_on()
    told.tell()
    due_work.postman().tick()
    arriving = told.turn_on()
    deliver()
    assert (len(told.listed()), len(arriving.arrived)) == (1, 1)


@pytest.mark.parametrize("endpoint", ["https://169.254.169.254/latest", "http://localhost/x", "https://evil.example/"])
def test_an_address_at_no_push_service_is_refused(told: Told, endpoint: str) -> None:
    address, _ = told.service.subscribe()
    refused = told.put(address | {"endpoint": endpoint})
    assert (refused.status, refused.code) == (422, "push-address-unfit")
    assert told.listed() == []


def test_keys_that_nothing_can_be_sealed_for_are_refused(told: Told) -> None:
    address, _ = told.service.subscribe()
    refused = told.put(address | {"keys": {"p256dh": "AAAA", "auth": "AAAA"}})
    assert (refused.status, refused.code) == (422, "push-address-unfit")


def test_where_there_are_no_keys_that_way_is_not_configured(api: ApiClient, people: People) -> None:
    ada = people.new("Ada")
    assert api.get("/me/push", ada.browser).body == {"public_key": None, "browsers": []}
    body = {"endpoint": "https://web.push.apple.com/x", "keys": {"p256dh": "AAAA", "auth": "AAAA"}}
    assert api.put("/me/push", body, ada.browser).code == "push-not-configured"


def test_a_kind_that_is_not_wanted_there_sends_none(told: Told) -> None:
    """Per-kind settings for app, e-mail, Telegram, browser push (product.md section 7)."""
    arriving = told.turn_on()
    body = {"kinds": {"reminder.due": ["app"]}, "quiet_hours": None}
    assert told.api.put("/me/notifications", body, told.ada.browser).status == 200
    told.tell()
    deliver()
    assert arriving.arrived == []


def test_what_was_read_before_the_service_was_asked_does_not_go_out(told: Told) -> None:
    arriving = told.turn_on()
    notice_id = told.tell()
    due_work.postman().tick()
    path = f"/workspaces/{told.ada.workspace_id}/notifications/{notice_id}/read"
    assert told.api.put(path, None, told.ada.browser).status == 204
    deliver()
    assert arriving.arrived == []


def test_in_quiet_hours_a_browser_is_told_when_they_end(told: Told, people: People) -> None:
    """Quiet hours, which a reminder alone does not wait for."""
    told.clock.set(datetime.fromisoformat("2027-01-15T23:00Z"))
    people.sign_in(told.ada.email, told.ada.browser)
    arriving = told.turn_on()
    quiet = {"kinds": {}, "quiet_hours": {"begins": "22:00", "ends": "07:00"}}
    assert told.api.put("/me/notifications", quiet, told.ada.browser).status == 200
    told.tell(NoticeKind.COMMENT_MENTION)
    deliver()
    assert arriving.arrived == []
    told.clock.set(datetime.fromisoformat("2027-01-16T07:00Z"))
    deliver()
    assert len(arriving.arrived) == 1


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("dies_after", [False, True])
@pytest.mark.parametrize(("work", "lane", "job"), [(DELIVER, Lane.LETTERS, hand_on), (PUSH, Lane.PUSH, push)])
def test_killed_anywhere_half_way_each_browser_shows_it_once(
    told: Told,
    people: People,
    on_test_clock: Services,
    work: str,
    lane: Lane,
    job: Callable[[Due], datetime | None],
    dies_after: bool,
) -> None:
    """Idempotent: a second message has the topic of the first, and takes its place."""
    phone = Browser()
    people.sign_in(told.ada.email, phone)
    browsers = [told.turn_on(), told.turn_on(phone)]

    def die(due: Due) -> None:
        if dies_after:
            job(due)
        raise Killed

    told.tell()
    if lane is Lane.PUSH:
        due_work.postman().tick()
    doomed = Dropping()
    doomed[work] = die
    with pytest.raises(Killed):
        Poller(doomed, on_test_clock.installation, lane=lane).tick()
    told.clock.advance(timedelta(seconds=CLAIM_S))
    deliver()
    assert [len(each.shown) for each in browsers] == [1, 1]


def test_a_pause_that_a_service_wants_is_kept_and_holds_up_no_other_browser(told: Told, people: People) -> None:
    phone = Browser()
    people.sign_in(told.ada.email, phone)
    browsers = [told.turn_on(), told.turn_on(phone)]
    told.service.service.faults.append({"status": 429, "retry_after": 90})
    told.tell()
    deliver()
    told.clock.advance(timedelta(seconds=89))
    deliver()
    assert sorted(len(each.arrived) for each in browsers) == [0, 1]
    told.clock.advance(timedelta(seconds=1))
    deliver()
    assert [len(each.arrived) for each in browsers] == [1, 1]


def test_while_a_service_is_away_it_waits_mail_does_not_and_after_a_day_it_is_old_news(
    told: Told, mailbox: Mailbox
) -> None:
    arriving = told.turn_on()
    told.service.service.faults += [{"status": 500}, {"status": 403}]
    told.tell()
    deliver()
    assert len([each for each in mailbox.of(told.ada.email) if "Contact 1" in each["Subject"]]) == 1
    told.clock.advance(timedelta(minutes=5))
    deliver()
    assert arriving.arrived == []
    told.clock.advance(GIVEN_UP_AFTER)
    deliver()
    assert arriving.arrived == []


def test_while_it_waits_less_than_a_day_it_goes_once_the_service_is_back(told: Told) -> None:
    arriving = told.turn_on()
    told.service.service.faults.append({"status": 503})
    told.tell()
    deliver()
    told.clock.advance(timedelta(minutes=5))
    deliver()
    assert len(arriving.arrived) == 1


def test_keys_endpoints_and_secrets_of_browsers_stand_in_no_log(told: Told, logged: Callable[[], str]) -> None:
    """No secret or token in logs: planted, and looked for."""
    address, _ = told.service.subscribe()
    assert told.put(address).status == 204
    told.service.service.faults.append({"status": 400})
    told.tell()
    deliver()
    lines = logged()
    known_as = settings.current().push
    shown = repr(known_as) + repr(settings.current())
    for secret in (str(address["endpoint"]), address["keys"]["auth"], pushing.PRIVATE.decode()):
        assert secret not in lines
        assert secret not in shown
