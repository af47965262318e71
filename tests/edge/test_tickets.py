"""Routes of tickets: what a ticket holds, who may what, and every kind of bad input."""

from itertools import permutations
from typing import Any

import pytest

from chalicelib.kernel import ids
from chalicelib.kernel.permissions import Toggle
from chalicelib.kernel.plans import Plan
from chalicelib.kernel.roles import Role
from tests.local_aws import LocalAws
from tests.scene import a_job, give_seat, switch
from tests.team import Team
from tests.ticketing import Helpdesk

STATUSES = ["new", "open", "pending", "blocked", "solved", "closed"]


@pytest.fixture(scope="module")
def desk(local_aws: LocalAws) -> Helpdesk:
    return Helpdesk()


def test_tickets_have_a_number_unique_in_the_workspace_and_what_was_said_of_them(local_aws: LocalAws) -> None:
    desk = Helpdesk()
    plain = desk.ticket("First")
    full = desk.ticket(
        "Second",
        description="It burns.\n\tVery much.",
        status="open",
        priority="high",
        assignee=desk.owner_id,
        due_on="2026-12-24",
        chat_ids=[desk.chat_ids[0]],
        quotes=[{"chat_id": desk.chat_ids[0], "message_id": 7}],
    )
    assert (plain["number"], full["number"]) == (1, 2)
    assert (plain["status"], plain["priority"], plain["assignee"], plain["version"]) == ("new", "medium", None, 1)
    assert (plain["created"]["by"], plain["sla"]["state"]) == (desk.member_id, "not_set")
    shown = desk.owner.get(f"/tickets/{full['id']}").body
    assert shown == full
    assert {**shown, "description": "It burns.\n\tVery much.", "due_on": "2026-12-24"} == full
    assert shown["quotes"] == [{"chat_id": desk.chat_ids[0], "message_id": 7}]
    assert Helpdesk().ticket()["number"] == 1


def test_repeating_a_creation_makes_one_ticket(desk: Helpdesk) -> None:
    body, key = {"title": "Once"}, {"idempotency-key": ids.mint()}
    first = desk.member.send("POST", "/tickets", body, headers=key)
    again = desk.member.send("POST", "/tickets", body, headers=key)
    assert (first.status, again.status) == (201, 201)
    assert first.body == again.body
    assert desk.listed("?text=Once") == ["Once"]


def test_allowed_moves_are_any_to_any(desk: Helpdesk) -> None:
    ticket = desk.ticket()
    for before, after in permutations(STATUSES, 2):
        if ticket["status"] != before:
            ticket = desk.moved(ticket, before)
        ticket = desk.moved(ticket, after)
        assert ticket["status"] == after


def test_solved_and_closed_stamp_who_and_when_and_reopening_clears_that(desk: Helpdesk) -> None:
    solved = desk.moved(desk.ticket(), "solved")
    assert solved["solved"] == {"at": solved["changed_at"], "by": desk.member_id}
    assert solved["closed"] is None
    closed = desk.moved(solved, "closed")
    assert closed["solved"] == solved["solved"]
    assert closed["closed"] == {"at": closed["changed_at"], "by": desk.member_id}
    reopened = desk.moved(closed, "open")
    assert (reopened["solved"], reopened["closed"]) == (None, None)
    assert desk.moved(reopened, "closed")["solved"] is None


def test_two_people_change_two_parts_at_once(desk: Helpdesk) -> None:
    ticket = desk.ticket()
    assert desk.change(ticket, title="Printer off").status == 200
    answer = desk.change(ticket, priority="high")
    assert (answer.body["title"], answer.body["priority"], answer.body["version"]) == ("Printer off", "high", 3)


def test_a_late_writer_is_shown_what_stands(desk: Helpdesk) -> None:
    ticket = desk.ticket()
    first = desk.change(ticket, title="Mine", status="open").body
    late = desk.change(ticket, title="Theirs", priority="high")
    assert (late.status, late.code) == (409, "ticket-changed")
    assert late.body["standing"] == {"version": 2, "parts": {"title": "Mine"}}
    assert desk.member.get(f"/tickets/{ticket['id']}").body == first
    assert desk.change(ticket, title="Theirs", seen=2).body["title"] == "Theirs"


def test_wanting_what_stands_is_no_conflict_and_writes_nothing(desk: Helpdesk) -> None:
    ticket = desk.ticket()
    after = desk.change(ticket, title="Same").body
    assert desk.change(ticket, title=" Same ").body == after
    assert desk.change(after).body == after


def test_without_a_version_the_last_writer_wins(desk: Helpdesk) -> None:
    ticket = desk.ticket()
    desk.change(ticket, title="First")
    answer = desk.member.send("PATCH", f"/tickets/{ticket['id']}", {"title": "Last"})
    assert answer.body["title"] == "Last"


def test_what_may_be_empty_is_cleared_by_null(desk: Helpdesk) -> None:
    ticket = desk.ticket(assignee=desk.owner_id, due_on="2026-12-24", description="Much")
    after = desk.change(ticket, assignee=None, due_on=None, description="").body
    assert (after["assignee"], after["due_on"], after["description"]) == (None, None, "")


def test_linked_chats_are_counted_on_each_chat(local_aws: LocalAws) -> None:
    desk = Helpdesk()
    first, second = desk.chat_ids
    one, two = desk.ticket(chat_ids=[first, second]), desk.ticket(chat_ids=[first])
    assert (desk.count_on(first), desk.count_on(second)) == (2, 1)
    desk.change(one, chat_ids=[second])
    assert (desk.count_on(first), desk.count_on(second)) == (1, 1)
    assert desk.member.send("DELETE", f"/tickets/{two['id']}").status == 204
    assert (desk.count_on(first), desk.count_on(second)) == (0, 1)
    assert desk.listed(f"?chat_id={second}") == ["Printer on fire"]
    assert desk.listed(f"?chat_id={first}") == []


def test_a_quote_is_a_reference_and_goes_with_its_chat(desk: Helpdesk) -> None:
    chat_id = desk.chat_ids[0]
    ticket = desk.ticket(chat_ids=[chat_id], quotes=[{"chat_id": chat_id, "message_id": 9}])
    after = desk.change(ticket, chat_ids=[]).body
    assert (after["chat_ids"], after["quotes"]) == ([], [])
    [quote] = ticket["quotes"]
    assert set(quote) == {"chat_id", "message_id"}


def test_a_deleted_ticket_is_gone_and_its_number_is_given_to_no_other(local_aws: LocalAws) -> None:
    desk = Helpdesk()
    ticket = desk.ticket()
    assert desk.member.send("DELETE", f"/tickets/{ticket['id']}").status == 204
    assert desk.member.get(f"/tickets/{ticket['id']}").code == "ticket-not-found"
    assert desk.change(ticket, title="Back").code == "ticket-not-found"
    assert desk.member.send("DELETE", f"/tickets/{ticket['id']}").code == "ticket-not-found"
    assert desk.ticket()["number"] == 2


@pytest.mark.parametrize("ticket_id", ["nope", "0" * 26, "SLA", "%2E%2E", "🙂", "A" * 300])
def test_a_ticket_that_is_not_there_is_not_found(desk: Helpdesk, ticket_id: str) -> None:
    for method, body in (("GET", None), ("PATCH", {"title": "x"}), ("DELETE", None)):
        answer = desk.owner.send(method, f"/tickets/{ticket_id}", body)
        assert (answer.status, answer.code) == (404, "ticket-not-found")


@pytest.mark.parametrize(
    ("more", "pointers"),
    [
        ({"title": ""}, ["/title"]),
        ({"title": "   "}, ["/title"]),
        ({"title": "x" * 201}, ["/title"]),
        ({"title": "a\nb"}, ["/title"]),
        ({"title": None}, ["/title"]),
        ({"description": "x" * 10_001}, ["/description"]),
        ({"description": "bell\u0007"}, ["/description"]),
        ({"status": "lost"}, ["/status"]),
        ({"priority": "urgent"}, ["/priority"]),
        ({"due_on": "2026-02-30"}, ["/due_on"]),
        ({"due_on": "20260203"}, ["/due_on"]),
        ({"due_on": "2026-W06-2"}, ["/due_on"]),
        ({"chat_ids": ["nope"]}, ["/chat_ids/0"]),
        ({"chat_ids": ["0" * 42]}, ["/chat_ids/0"]),
        ({"chat_ids": ["0" * 42] * 2}, ["/chat_ids/1"]),
        ({"chat_ids": ["x"] * 21}, ["/chat_ids"]),
        ({"quotes": [{"chat_id": "0" * 42, "message_id": 1}]}, ["/quotes/0/chat_id"]),
        ({"number": 7}, [""]),
        ({"values": {"0" * 26: "x"}}, [f"/values/{'0' * 26}"]),
    ],
)
def test_what_does_not_fit_is_refused_by_its_place(desk: Helpdesk, more: dict[str, Any], pointers: list[str]) -> None:
    ticket = desk.ticket("Before")
    made = desk.member.send("POST", "/tickets", {"title": "Never", **more})
    assert (made.status, made.pointers) == (422, pointers)
    answer = desk.change(ticket, **more)
    assert (answer.status, answer.pointers) == (422, pointers)
    assert desk.member.get(f"/tickets/{ticket['id']}").body == ticket


def test_a_quote_has_the_number_of_a_message(desk: Helpdesk) -> None:
    chat_id = desk.chat_ids[0]
    for message_id in (0, -1, 2**31):
        quotes = [{"chat_id": chat_id, "message_id": message_id}]
        answer = desk.member.send("POST", "/tickets", {"title": "Q", "chat_ids": [chat_id], "quotes": quotes})
        assert (answer.status, answer.pointers) == (422, ["/quotes/0/message_id"])


def test_a_chat_of_another_workspace_is_as_unknown_as_none(desk: Helpdesk) -> None:
    foreign = Helpdesk().chat_ids[0]
    answer = desk.member.send("POST", "/tickets", {"title": "Spy", "chat_ids": [foreign]})
    assert (answer.status, answer.pointers) == (422, ["/chat_ids/0"])


@pytest.mark.parametrize("assignee", ["nope", "0" * 26])
def test_a_stranger_is_assigned_nothing(desk: Helpdesk, assignee: str) -> None:
    answer = desk.member.send("POST", "/tickets", {"title": "x", "assignee": assignee})
    assert (answer.status, answer.code) == (404, "member-not-found")


def test_a_ticket_is_assigned_to_any_pro_member_and_to_no_other(local_aws: LocalAws) -> None:
    team = Team(olga=Role.OWNER, max=Role.MEMBER, ben=Role.MEMBER)
    give_seat(team.workspace_id, team.id("ben"), Plan.BASIC)
    made = team.desk("olga").send("POST", "/tickets", {"title": "x", "assignee": team.id("max")})
    assert (made.status, made.body["assignee"]) == (201, team.id("max"))
    answer = team.desk("olga").send("PATCH", f"/tickets/{made.body['id']}", {"assignee": team.id("ben")})
    assert (answer.status, answer.code) == (409, "assignee-not-pro")


@pytest.mark.parametrize(("seats", "code"), [(None, "seat-needed"), (Plan.BASIC, "pro-seat-needed")])
def test_everyone_reads_tickets_and_without_pro_nobody_works_on_them(
    local_aws: LocalAws, seats: Plan | None, code: str
) -> None:
    desk = Helpdesk(seats=seats)
    assert desk.listed() == []
    for method, path in (
        ("POST", "/tickets"),
        ("PATCH", f"/tickets/{ids.mint()}"),
        ("DELETE", f"/tickets/{ids.mint()}"),
    ):
        answer = desk.owner.send(method, path, None if method == "DELETE" else {"title": "x"})
        assert (answer.status, answer.code) == (403, code)


@pytest.mark.parametrize(
    ("toggle", "method"),
    [
        (Toggle.CREATE_TICKETS, "POST"),
        (Toggle.EDIT_TICKETS, "PATCH"),
        (Toggle.DELETE_TICKETS, "DELETE"),
    ],
)
def test_members_create_edit_and_delete_tickets_while_the_toggles_are_on(
    local_aws: LocalAws, toggle: Toggle, method: str
) -> None:
    desk = Helpdesk()
    ticket = desk.ticket()
    switch(toggle, a_job(desk.workspace_id), is_on=False)
    path = "/tickets" if method == "POST" else f"/tickets/{ticket['id']}"
    body = None if method == "DELETE" else {"title": "x"}
    refused = desk.member.send(method, path, body)
    assert (refused.status, refused.code) == (403, "permission-missing")
    assert desk.owner.send(method, path, body).status in {200, 201, 204}
    assert len(desk.listed()) == {"POST": 2, "PATCH": 1, "DELETE": 0}[method]


def test_where_tickets_are_switched_off_they_can_be_read_and_nothing_else(local_aws: LocalAws) -> None:
    desk = Helpdesk()
    desk.ticket("Kept")
    switch(Toggle.TICKETS, a_job(desk.workspace_id), is_on=False)
    assert desk.owner.send("POST", "/tickets", {"title": "x"}).code == "permission-missing"
    assert desk.listed() == ["Kept"]
