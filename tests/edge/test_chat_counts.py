"""How many comments and tickets hang on a chat: told with it, filtered by, and of an excluded one not at all."""

import pytest

from chalicelib.kernel import ids
from tests.local_aws import LocalAws
from tests.scene import connected
from tests.ticketing import Helpdesk


@pytest.fixture
def desk(local_aws: LocalAws) -> Helpdesk:
    return Helpdesk()


def counts(desk: Helpdesk, place: int = 0) -> tuple[int, int]:
    """What a chat says for itself, which is what a list says of it."""
    shown = desk.member.get(f"/chats/{desk.chat_ids[place]}").body
    [listed] = [chat for chat in desk.member.get("/chats").body["chats"] if chat["id"] == desk.chat_ids[place]]
    assert listed == shown
    return shown["comments"], shown["tickets"]


def comment(desk: Helpdesk, **more: str) -> str:
    """Say something about the first chat; its id."""
    answer = desk.member.send("POST", f"/chats/{desk.chat_ids[0]}/comments", {"text": "Call them", **more})
    assert answer.status == 201, answer.body
    return str(answer.body["id"])


def found(desk: Helpdesk, field: str, operator: str, value: int) -> list[str]:
    """The chats a filter takes."""
    wanted = {"filter": {"field": field, "is": operator, "value": value}}
    answer = desk.member.send("POST", "/chats/query", wanted)
    assert answer.status == 200, answer.body
    return [chat["id"] for chat in answer.body["chats"]]


def test_a_chat_tells_how_many_comments_and_tickets_hang_on_it(desk: Helpdesk) -> None:
    assert counts(desk) == (0, 0)
    root = comment(desk)
    comment(desk, answers=root)
    ticket = desk.ticket(chat_ids=desk.chat_ids)
    assert (counts(desk), counts(desk, 1)) == ((2, 1), (0, 1))
    desk.change(ticket, chat_ids=desk.chat_ids[1:])
    assert desk.member.send("DELETE", f"/chats/{desk.chat_ids[0]}/comments/{root}").status == 204
    assert (counts(desk), counts(desk, 1)) == ((1, 0), (0, 1)), "the answer stands, what it answered does not"


def test_chats_are_filtered_by_how_many_comments_and_tickets_they_have(desk: Helpdesk) -> None:
    comment(desk)
    desk.ticket(chat_ids=desk.chat_ids[1:])
    assert found(desk, "comments", "gt", 0) == desk.chat_ids[:1]
    assert found(desk, "comments", "is", 0) == desk.chat_ids[1:]
    assert found(desk, "tickets", "gte", 1) == desk.chat_ids[1:]


def test_of_an_excluded_chat_nobody_is_told_what_hangs_on_it(desk: Helpdesk) -> None:
    comment(desk)
    desk.ticket(chat_ids=desk.chat_ids[:1])
    account_id = ids.account_of(desk.chat_ids[0])
    assert desk.owner.person is not None
    connected(desk.workspace_id, account_id, desk.owner.person)
    wish = {"chat_ids": desk.chat_ids[:1], "excluded": True}
    answer = desk.owner.send("POST", f"/accounts/{account_id}/excluded-chats", wish)
    assert answer.body == {"changed": 1}
    shown = desk.owner.get(f"/chats/{desk.chat_ids[0]}").body
    assert (shown["comments"], shown["tickets"]) == (0, 0)
    assert desk.member.get(f"/chats/{desk.chat_ids[0]}").code == "chat-not-found"
