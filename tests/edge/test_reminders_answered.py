"""Reminders that wait for an answer, and who may know that one came."""

from datetime import timedelta

import pytest

from chalicelib.kernel import ids
from tests.api_client import ApiClient
from tests.hand_clock import HandClock
from tests.people import deliver
from tests.reminding import Office


@pytest.fixture
def office(api: ApiClient, clock: HandClock) -> Office:
    made = Office(api, clock)
    deliver()
    return made


@pytest.mark.parametrize(("message", "told", "is_answered"), [(None, 1, False), ("out", 1, False), ("in", 0, True)])
def test_only_if_no_reply_is_told_where_none_came(
    office: Office, message: str | None, told: int, is_answered: bool
) -> None:
    """“Only if no reply”: an answer that came first ends it without a word."""
    office.connect("max")
    office.in_h(2, only_if_no_reply=True, repeat="daily")
    office.pass_h(1)
    if message is not None:
        office.hear(is_outgoing=message == "out")
    office.pass_h(1)
    assert len(office.told()) == told
    [standing] = office.mine()
    assert (standing["is_answered"], standing["done_at"] is not None) == (is_answered, is_answered)


def test_whether_somebody_answers_is_for_the_connected_alone(office: Office) -> None:
    """Unread count, preview, messages are not seen by people not connected (product.md section 1.3)."""
    office.connect("max")
    when = {"preset": "tomorrow"}
    for by, whom in (("nora", "nora"), ("max", "nora"), ("nora", "max")):
        body = {"about": office.about, "when": when, "for": office.team.id(whom), "only_if_no_reply": True}
        assert office.ask("POST", "/reminders", body, by=by).code == "reminder-needs-connection"
    ticket = {"about": {"kind": "ticket", "id": ids.mint()}, "when": when, "only_if_no_reply": True}
    assert office.ask("POST", "/reminders", ticket).code == "reminder-needs-connection"


def test_who_is_connected_no_more_is_told_and_learns_nothing_of_the_answer(office: Office) -> None:
    office.connect("max")
    office.in_h(1, only_if_no_reply=True)
    office.clock.advance(timedelta(minutes=30))
    office.hear(is_outgoing=False)
    office.disconnect("max")
    office.pass_h(1)
    assert len(office.told()) == 1


def test_who_is_not_connected_can_not_tell_from_list_or_log_that_an_answer_came(office: Office) -> None:
    """Messages are seen by nobody who is not connected (product.md section 1.3)."""
    office.connect("max")
    path = f"/chats/{office.chat.id}/reminders"
    for is_answered in (False, True):
        waiting = office.in_h(2, only_if_no_reply=True)
        assert [each["id"] for each in office.ask("GET", path, by="max").body["reminders"]][-1:] == [waiting["id"]]
        assert office.ask("GET", path, by="nora").body["reminders"] == []
        office.pass_h(1)
        if is_answered:
            office.hear(is_outgoing=False)
        office.pass_h(1)
    told, quiet = (entry for entry in office.team.journal() if entry.event == "reminder.rang")
    assert told.new.keys() == quiet.new.keys()
    assert (told.actor.name, quiet.actor.name) == ("Wireroom", "Wireroom")
