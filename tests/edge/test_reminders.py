"""Reminders: set, put off, done, taken back; and told of when they are due, once."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.features.reminders.jobs import ring
from chalicelib.features.reminders.model import DONE_KEPT_FOR, MAX_OPEN, RING
from chalicelib.features.reminders.repository import Reminders
from chalicelib.kernel import ids
from chalicelib.kernel.ids import UserId
from chalicelib.kernel.roles import Role
from chalicelib.services import Services
from chalicelib.table import notices_keys
from chalicelib.table.due import CLAIM_S, Due, Poller
from tests.api_client import ApiClient
from tests.hand_clock import HandClock
from tests.handlers import Dropping
from tests.people import Mailbox, People, deliver
from tests.reminding import Office
from tests.scene import a_chat, a_job
from tests.team import Team


@pytest.fixture
def office(api: ApiClient, clock: HandClock) -> Office:
    made = Office(api, clock)
    deliver()
    return made


def test_when_it_is_due_whom_it_is_for_is_told_once_and_it_is_overdue_until_done(office: Office) -> None:
    """Reminders on a chat, at a time, delivered in the app (product.md section 7)."""
    made = office.in_h(2)
    office.pass_h(1.75)
    assert office.told() == []
    office.pass_h(0.25)
    deliver()
    assert office.told() == ["You wanted to be reminded of “Contact 1”"]
    [standing] = office.mine()
    assert (standing["rings_at"], standing["done_at"], standing["due_at"]) == (None, None, made["due_at"])
    assert office.do(made, "done").body["done_at"] is not None


def test_a_teammate_is_told_who_wanted_it(office: Office) -> None:
    """For oneself or a teammate (product.md section 7)."""
    nora = office.team.id("nora")
    made = office.in_h(1, **{"for": nora})
    assert (made["for"], made["made_by"]["name"]) == ({"id": nora, "name": "Nora"}, "Max")
    assert office.mine() == []
    assert office.mine("nora") == [made]
    office.pass_h(1)
    assert office.told("nora") == ["Max wanted you to be reminded of “Contact 1”"]
    assert office.told() == []


def test_one_about_nothing_says_what_it_is_for_and_says_so_nowhere_else(office: Office) -> None:
    """Notifications say who and where, never what (product.md section 1.2)."""
    when = {"at": (office.clock() + timedelta(hours=1)).isoformat()}
    answer = office.ask("POST", "/reminders", {"text": "Order the cake", "when": when})
    assert (answer.status, answer.body["about"], answer.body["text"]) == (201, None, "Order the cake")
    office.pass_h(1)
    assert office.told() == ["You wanted to be reminded of the workspace"]


def test_one_about_a_ticket_knows_it_by_its_id(office: Office) -> None:
    ticket = ids.mint()
    made = office.in_h(1, about={"kind": "ticket", "id": ticket})
    assert made["about"] == {"kind": "ticket", "id": ticket, "name": None}


def test_by_mail_it_comes_too(api: ApiClient, people: People, mailbox: Mailbox, clock: HandClock) -> None:
    """Delivered in the app and by e-mail (product.md section 7)."""
    olga = people.new("Olga")
    base = f"/workspaces/{olga.workspace_id}/reminders"
    when = {"at": (clock() + timedelta(hours=1)).isoformat()}
    assert api.post(base, {"text": "Order the cake", "when": when}, olga.browser).status == 201
    clock.advance(timedelta(hours=1))
    deliver()
    deliver()
    [letter] = [each for each in mailbox.of(olga.email) if "reminded" in each["Subject"]]
    assert "cake" not in str(letter)


class Killed(BaseException):
    """The process ends here."""


def test_a_process_that_is_killed_while_it_rings_leaves_it_to_the_next_and_it_is_told_once(
    office: Office, on_test_clock: Services
) -> None:
    office.in_h(1)

    def ring_and_die(work: Due) -> None:
        ring(work)
        raise Killed

    office.clock.advance(timedelta(hours=1))
    doomed = Dropping()
    doomed[RING] = ring_and_die
    with pytest.raises(Killed):
        Poller(doomed, on_test_clock.installation).tick()
    office.clock.advance(timedelta(seconds=CLAIM_S))
    deliver()
    assert len(office.told()) == 1


def test_one_that_repeats_comes_again_done_or_not(office: Office) -> None:
    """Repeating if wished (product.md section 7)."""
    made = office.in_h(1, repeat="daily")
    office.pass_h(1)
    office.pass_h(24)
    assert len(office.told()) == 2
    done = office.do(made, "done").body
    assert done["done_at"] is None
    began = datetime.fromisoformat(made["due_at"]).replace(second=0, microsecond=0)
    assert datetime.fromisoformat(done["due_at"]) == began + timedelta(days=2)
    office.pass_h(24)
    assert len(office.told()) == 3


def test_snoozed_it_comes_later_and_no_more_at_its_old_time(office: Office) -> None:
    """Snooze (product.md section 7)."""
    made = office.in_h(1)
    assert office.do(made, "snooze", {"when": {"preset": "in_1_h"}}).status == 200
    snoozed = office.do(made, "snooze", {"when": {"at": (office.clock() + timedelta(hours=3)).isoformat()}})
    assert snoozed.status == 200
    office.pass_h(2)
    assert office.told() == []
    office.pass_h(1)
    assert len(office.told()) == 1


def test_what_is_done_or_taken_away_does_not_ring(office: Office) -> None:
    """Done (product.md section 7)."""
    done, gone = office.in_h(1), office.in_h(1)
    assert office.do(done, "done").status == 200
    assert office.ask("DELETE", f"/reminders/{gone['id']}").status == 204
    office.pass_h(2)
    assert office.told() == []
    assert [each["id"] for each in office.mine()] == [done["id"]]


def test_what_was_done_by_mistake_is_taken_back_and_rings_at_its_time(office: Office) -> None:
    made = office.in_h(1)
    office.do(made, "done")
    back = office.do(made, "restore", {"due_at": made["due_at"]})
    assert (back.status, back.body) == (200, made)
    office.pass_h(1)
    assert len(office.told()) == 1
    office.do(made, "done")
    assert office.do(made, "restore", {"due_at": made["due_at"]}).body["rings_at"] is None
    office.pass_h(1)
    assert len(office.told()) == 1, "it was told of already"


def test_done_twice_is_done_once(office: Office) -> None:
    made = office.in_h(1)
    first, second = office.do(made, "done"), office.do(made, "done")
    assert (first.status, second.status) == (200, 200)
    assert first.body == second.body
    assert office.team.events().count("reminder.done") == 1


def test_another_text_time_and_repetition_are_kept_and_journalled(office: Office) -> None:
    made = office.in_h(1, text="Call", repeat="daily")
    change = {"text": "Write", "when": {"at": (office.clock() + timedelta(hours=5)).isoformat()}, "repeat": None}
    changed = office.ask("PATCH", f"/reminders/{made['id']}", change)
    assert (changed.status, changed.body["text"], changed.body["repeat"]) == (200, "Write", None)
    assert office.mine() == [changed.body]
    entry = office.team.entry("reminder.changed")
    assert (entry.old["text"], entry.new["text"], entry.old["repeat"]) == ("Call", "Write", "daily")
    office.pass_h(2)
    assert office.told() == []


def test_everybody_sees_what_is_to_be_remembered_of_a_chat_until_it_is_done(office: Office) -> None:
    """What the workspace shares is the CRM layer, reminders too (product.md section 1.3)."""
    later, sooner = office.in_h(2), office.in_h(1, by="olga")
    path = f"/chats/{office.chat.id}/reminders"
    assert [each["id"] for each in office.ask("GET", path, by="nora").body["reminders"]] == [sooner["id"], later["id"]]
    office.do(later, "done")
    assert [each["id"] for each in office.ask("GET", path, by="nora").body["reminders"]] == [sooner["id"]]
    strange = a_chat(office.account_id, 99)
    assert office.ask("GET", f"/chats/{strange.id}/reminders").code == "chat-not-found"


def test_only_whom_it_is_for_and_who_made_it_change_it(office: Office) -> None:
    made = office.in_h(1, **{"for": office.team.id("nora")})
    assert office.do(made, "done", by="olga").code == "reminder-not-yours"
    assert office.do(made, "snooze", {"when": {"preset": "tomorrow"}}, by="nora").status == 200
    assert office.do(made, "done", by="max").status == 200


def test_the_wall_clock_is_that_of_whom_it_is_for(office: Office, people: People) -> None:
    """At a time, or tomorrow, in the person's own time zone."""
    nora = people.new("Nora")
    people.join(nora, olga := people.new("Olga"))
    assert office.api.patch("/me", {"time_zone": "Asia/Kathmandu"}, nora.browser).status == 200
    body = {"text": "Call", "for": nora.user_id, "when": {"preset": "tomorrow"}}
    made = office.api.post(f"/workspaces/{olga.workspace_id}/reminders", body, olga.browser)
    due_at = datetime.fromisoformat(made.body["due_at"]).astimezone(UTC)
    assert (due_at.hour, due_at.minute) == (3, 15), "nine o'clock in Kathmandu, UTC+05:45"


STRANGER = UserId(ids.mint())


@pytest.mark.parametrize(
    ("different", "status", "code"),
    [
        ({"when": {}}, 422, "reminder-time-invalid"),
        ({"when": {"preset": "tomorrow", "wall": "2099-01-01T09:00"}}, 422, "reminder-time-invalid"),
        ({"when": {"at": "2020-01-01T00:00:00Z"}}, 422, "reminder-time-invalid"),
        ({"when": {"at": "2099-01-01T00:00:00Z"}}, 422, "reminder-time-invalid"),
        ({"when": {"at": "2027-01-01T00:00:00"}}, 422, "invalid"),
        ({"when": {"wall": "2027-02-30T09:00"}}, 422, "reminder-time-invalid"),
        ({"when": {"wall": "9999-12-31T23:59"}}, 422, "reminder-time-invalid"),
        ({"when": {"preset": "someday"}}, 422, "invalid"),
        ({"text": "x" * 501}, 422, "reminder-text-invalid"),
        ({"about": None, "text": "  "}, 422, "reminder-text-invalid"),
        ({"about": {"kind": "chat", "id": "x"}}, 404, "chat-not-found"),
        ({"for": STRANGER}, 404, "member-not-found"),
        ({"for": "x"}, 404, "member-not-found"),
        ({"repeat": "hourly"}, 422, "invalid"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(
    office: Office, different: dict[str, object], status: int, code: str
) -> None:
    body = {"about": office.about, "when": {"preset": "tomorrow"}, "text": "Call", **different}
    answer = office.ask("POST", "/reminders", body)
    assert (answer.status, answer.code) == (status, code)
    assert office.mine() == []
    assert "reminder.created" not in office.team.events()


def test_nobody_restores_a_reminder_to_a_time_that_none_ever_had(office: Office) -> None:
    made = office.in_h(1)
    for due_at in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z"):
        assert office.do(made, "restore", {"due_at": due_at}).code == "reminder-time-invalid"


def test_repeating_the_request_sets_one(office: Office) -> None:
    key = {"idempotency-key": ids.mint()}
    body = {"about": office.about, "when": {"preset": "tomorrow"}}
    first, again = (office.ask("POST", "/reminders", body, headers=key) for _ in range(2))
    assert (first.status, again.status, first.body) == (201, 201, again.body)
    assert len(office.mine()) == 1


def test_without_a_seat_reminders_are_read_and_not_set(api: ApiClient, clock: HandClock) -> None:
    """What is not paid for is read-only (product.md section 3)."""
    team = Team(seats=None, olga=Role.OWNER)
    desk = team.desk("olga")
    assert desk.get("/reminders").status == 200
    refused = desk.send("POST", "/reminders", {"text": "Call", "when": {"preset": "tomorrow"}})
    assert (refused.status, refused.code) == (403, "seat-needed")


def test_a_member_has_five_hundred_at_most(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.features.reminders.use_cases.MAX_OPEN", 2)
    assert MAX_OPEN == 500
    done, _ = office.in_h(1), office.in_h(1)
    refused = office.ask("POST", "/reminders", {"about": office.about, "when": {"preset": "tomorrow"}})
    assert (refused.status, refused.code) == (409, "reminder-limit-reached")
    office.do(done, "done")
    office.in_h(1)


def test_with_a_membership_its_reminders_and_notices_end(office: Office) -> None:
    office.in_h(1, **{"for": office.team.id("nora")})
    office.pass_h(1)
    assert office.told("nora") != []
    nora, job = office.team.id("nora"), a_job(office.workspace_id, office.clock)
    assert office.ask("DELETE", f"/members/{nora}", by="olga").status == 204
    deliver()
    assert job.rows(notices_keys.member_partition(nora)).count() == 0


def test_what_is_done_is_forgotten_after_thirty_days(office: Office) -> None:
    made = office.in_h(1)
    office.do(made, "done")
    reminders = Reminders(a_job(office.workspace_id, office.clock))
    office.clock.advance(DONE_KEPT_FOR - timedelta(seconds=1))
    assert len(reminders.of_member(office.team.id("max"))) == 1
    office.clock.advance(timedelta(seconds=1))
    assert reminders.of_member(office.team.id("max")) == []
