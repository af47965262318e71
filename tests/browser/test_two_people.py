"""Two people in one workspace: the CRM layer is shared, what Telegram says is for who connected the account."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from chalicelib.kernel import ids
from tests.browser.conftest import Enter
from tests.browser.people import Person, bring_in, join
from tests.browser.product import RunningProduct
from tests.browser.screens import (
    MAYA,
    await_connected,
    chats_of,
    connect_by_qr,
    connected_account,
    copies_at_telegram,
    open_chat,
    send,
)

ASK = """
async ([passValue, frames]) => new Promise((resolve, reject) => {
  const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/live/socket`);
  const answers = [];
  socket.onopen = () => socket.send(JSON.stringify({type: 'hello', pass: passValue}));
  socket.onerror = () => reject(new Error('the socket failed'));
  socket.onmessage = ({data}) => {
    const frame = JSON.parse(data);
    if (frame.type === 'welcome') frames.forEach((each) => socket.send(JSON.stringify(each)));
    if (frame.re !== undefined) answers.push(frame);
    if (answers.length === frames.length) { socket.close(); resolve(answers); }
  };
})
"""


@pytest.fixture
def teammate(person: Person) -> Person:
    """A second member of the first person's workspace, who has connected nothing."""
    other = join(person.product, "Sam Ferrer")
    bring_in(person, other)
    return other


def test_a_teammate_sees_every_card_and_nothing_of_what_telegram_says(
    enter: Enter, product: RunningProduct, person: Person, teammate: Person
) -> None:
    mine = enter(f"/w/{person.workspace_id}/inbox", person)
    await_connected(connect_by_qr(mine, product, MAYA))
    own, seen = chats_of(person), chats_of(teammate)
    assert [chat["id"] for chat in seen] == [chat["id"] for chat in own]
    assert len(own) >= 10
    assert all(chat["private"] is not None for chat in own)
    assert all(chat["private"] is None for chat in seen)
    assert connected_account(person)["phone"] is not None
    assert "elena_petrova" not in json.dumps(seen)
    theirs = enter(f"/w/{teammate.workspace_id}/inbox", teammate)
    answers = _asked(theirs, teammate, [frame for chat in seen for frame in _private_wishes(chat["id"])])
    assert {answer["type"] for answer in answers} == {"problem"}
    assert {answer["problem"]["code"] for answer in answers} == {"not-found"}
    assert {answer["problem"]["status"] for answer in answers} == {404}
    missing = _asked(theirs, teammate, _private_wishes(ids.mint() + "0" * ids.PEER_LENGTH))
    assert _said(missing) == _said(answers[: len(missing)]), "a foreign id answers exactly as a missing one"


def test_a_teammate_without_the_account_is_told_why_there_are_no_messages(
    enter: Enter, product: RunningProduct, person: Person, teammate: Person
) -> None:
    mine = enter(f"/w/{person.workspace_id}/inbox", person)
    await_connected(connect_by_qr(mine, product, MAYA))
    chat = chats_of(teammate)[0]
    theirs = enter(f"/w/{teammate.workspace_id}/inbox/{chat['id']}", teammate)
    expect(theirs.get_by_text("You cannot read this chat")).to_be_visible()
    details = theirs.get_by_role("complementary", name="Details")
    expect(
        details.get_by_text("Only people who connected this account read its messages. 1 person did.")
    ).to_be_visible()


def test_two_people_on_one_account_both_read_and_one_send_is_one_message(
    enter: Enter, product: RunningProduct, person: Person, teammate: Person
) -> None:
    first = enter(f"/w/{person.workspace_id}/inbox", person)
    await_connected(connect_by_qr(first, product, MAYA))
    second = enter(f"/w/{teammate.workspace_id}/inbox", teammate)
    await_connected(connect_by_qr(second, product, MAYA))
    text = f"Both of us {ids.mint()}"
    open_chat(first, "Chloé Dubois")
    theirs = open_chat(second, "Chloé Dubois")
    details = first.get_by_role("complementary", name="Details")
    expect(details.get_by_text("You and 1 other who connected this account read its messages")).to_be_visible()
    send(first, text)
    expect(theirs.get_by_text(text)).to_be_visible()
    assert len(copies_at_telegram(product, text)) == 2


def test_a_value_set_by_one_appears_at_the_other_within_a_second_or_so(
    enter: Enter, product: RunningProduct, person: Person, teammate: Person
) -> None:
    mine = enter(f"/w/{person.workspace_id}/inbox", person)
    await_connected(connect_by_qr(mine, product, MAYA))
    status, column = person.api("POST", f"/workspaces/{person.workspace_id}/columns", {"name": "Stage", "type": "text"})
    assert status == 201, column
    chat = chats_of(person)[0]
    theirs = enter(f"/w/{teammate.workspace_id}/inbox/{chat['id']}", teammate)
    details = theirs.get_by_role("complementary", name="Details")
    shown = details.get_by_role("textbox", name="Stage")
    expect(shown).to_have_value("")
    where = f"/workspaces/{person.workspace_id}/chats/{chat['id']}/values/{column['id']}"
    status, value = person.api("PUT", where, {"value": "Won", "version": None})
    assert status == 200, value
    expect(shown).to_have_value("Won", timeout=4_000)


def _private_wishes(chat_id: str) -> list[dict[str, object]]:
    wishes: list[dict[str, object]] = [
        {"type": "chat.history", "chat_id": chat_id, "before_id": None, "limit": 10},
        {"type": "message.send", "chat_id": chat_id, "client_id": ids.mint(), "text": "not mine"},
        {"type": "message.edit", "chat_id": chat_id, "message_id": 1, "text": "not mine"},
        {"type": "message.delete", "chat_id": chat_id, "message_ids": [1]},
        {"type": "chat.read", "chat_id": chat_id, "up_to_id": 1},
        {"type": "media.open", "chat_id": chat_id, "message_id": 1},
        {"type": "message.get", "chat_id": chat_id, "message_ids": [1]},
        {"type": "chat.draft", "chat_id": chat_id, "text": "not mine"},
        {"type": "scheduled.list", "chat_id": chat_id},
    ]
    return [{"id": f"{number}-{chat_id[-6:]}", **wish} for number, wish in enumerate(wishes)]


def _asked(page: Page, person: Person, frames: list[dict[str, object]]) -> list[dict[str, Any]]:
    """What the gateway answers to these frames, on a socket of this person's."""
    answers: list[dict[str, Any]] = []
    for start in range(0, len(frames), 20):
        status, issued = person.api("POST", f"/workspaces/{person.workspace_id}/gateway-passes")
        assert status == 201, issued
        answers += page.evaluate(ASK, [issued["pass"], frames[start : start + 20]])
    return answers


def _said(answers: list[dict[str, Any]]) -> list[dict[str, object]]:
    return [{name: value for name, value in each["problem"].items() if name != "request_id"} for each in answers]
