"""Lists of tickets: filters, text search, sorting and pages."""

import pytest

from tests.local_aws import LocalAws
from tests.ticketing import Helpdesk


@pytest.fixture(scope="module")
def desk(local_aws: LocalAws) -> Helpdesk:
    """Five tickets, each unlike the others."""
    desk = Helpdesk()
    desk.ticket("Alpha", priority="low", due_on="2026-12-24", description="The invoice of March")
    desk.ticket("Beta", priority="high", status="open", assignee=desk.owner_id, due_on="2026-11-30")
    desk.ticket("gamma", status="pending", assignee=desk.member_id, chat_ids=[desk.chat_ids[0]])
    desk.ticket("Дельта", status="solved", description="Straße")
    desk.ticket("Epsilon invoice", status="closed", priority="high")
    return desk


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", "Epsilon invoice,Дельта,gamma,Beta,Alpha"),
        ("?order=oldest", "Alpha,Beta,gamma,Дельта,Epsilon invoice"),
        ("?order=title", "Alpha,Beta,Epsilon invoice,gamma,Дельта"),
        ("?order=priority", "Epsilon invoice,Beta,Дельта,gamma,Alpha"),
        ("?order=status", "Alpha,Beta,gamma,Дельта,Epsilon invoice"),
        ("?order=due_on", "Beta,Alpha,Epsilon invoice,Дельта,gamma"),
        ("?status=open,pending", "gamma,Beta"),
        ("?priority=high", "Epsilon invoice,Beta"),
        ("?assignee=me", "gamma"),
        ("?assignee=nobody&status=new", "Alpha"),
        ("?text=invoice", "Epsilon invoice,Alpha"),
        ("?text=INVOICE%20march", "Alpha"),
        ("?text=%234", "Дельта"),
        ("?text=дельта", "Дельта"),
        ("?text=strasse", "Дельта"),
        ("?text=nothing", ""),
        ("?sla=not_set&priority=low", "Alpha"),
        ("?sla=breached", ""),
    ],
)
def test_table_with_text_search_facets_and_sort(desk: Helpdesk, query: str, titles: str) -> None:
    assert desk.listed(query) == (titles.split(",") if titles else [])


def test_assignees_are_named_by_their_ids_too(desk: Helpdesk) -> None:
    assert desk.listed(f"?assignee={desk.owner_id},{desk.member_id}") == ["gamma", "Beta"]


@pytest.mark.parametrize("order", ["newest", "oldest", "title", "urgency", "changed"])
def test_pages_hold_every_ticket_once(desk: Helpdesk, order: str) -> None:
    whole = desk.listed(f"?order={order}")
    paged: list[str] = []
    cursor = ""
    for _ in range(3):
        answer = desk.member.get(f"/tickets?order={order}&limit=2{cursor}").body
        paged += [ticket["title"] for ticket in answer["tickets"]]
        cursor = f"&cursor={answer['next_cursor']}"
    assert answer["next_cursor"] is None
    assert paged == whole


def test_a_page_of_a_rare_kind_may_be_short_and_says_that_more_may_follow(
    desk: Helpdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.features.tickets.use_cases.reading.MOST_LOOKED_AT", 2)
    first = desk.member.get("/tickets?text=beta").body
    assert (first["tickets"], first["next_cursor"] is None) == ([], False)
    second = desk.member.get(f"/tickets?text=beta&cursor={first['next_cursor']}").body
    assert [ticket["title"] for ticket in second["tickets"]] == ["Beta"]


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("?status=lost", "/status"),
        ("?priority=urgent", "/priority"),
        ("?sla=fine", "/sla"),
        ("?order=luck", "/order"),
        ("?limit=0", "/limit"),
        ("?limit=501", "/limit"),
        ("?cursor=AAAA", "/cursor"),
        ("?text=" + "x" * 201, "/text"),
        ("?colour=red", ""),
    ],
)
def test_a_list_nobody_can_make_is_refused_by_its_place(desk: Helpdesk, query: str, pointer: str) -> None:
    answer = desk.member.get(f"/tickets{query}")
    assert (answer.status, answer.pointers) == (422, [pointer])


def test_a_cursor_is_good_for_its_order_and_workspace_alone(desk: Helpdesk) -> None:
    cursor = desk.member.get("/tickets?limit=1").body["next_cursor"]
    assert desk.member.get(f"/tickets?order=title&cursor={cursor}").code == "cursor-invalid"
    assert Helpdesk().member.get(f"/tickets?cursor={cursor}").code == "cursor-invalid"
