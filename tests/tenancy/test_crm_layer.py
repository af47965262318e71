"""Two workspaces: nothing of one is read or written from the other; a foreign id answers as a missing one."""

import pytest

from chalicelib.kernel import ids
from chalicelib.kernel.roles import Role
from tests.api_client import Answer
from tests.local_aws import LocalAws
from tests.scene import Desk, a_person, a_workspace, an_account, chats_of


class Firm:
    """A workspace with an owner connected to an account, a chat, a column and a value."""

    def __init__(self) -> None:
        self.owner = a_person()
        self.workspace_id = a_workspace((self.owner, Role.OWNER))
        self.account_id = an_account(self.workspace_id, self.owner)
        [chat] = chats_of(self.workspace_id, self.account_id, 1)
        self.chat_id = chat.id
        self.browser = Desk(person=self.owner, workspace_id=self.workspace_id)
        column = self.browser.send("POST", "/columns", {"name": "Secret plan", "type": "text"})
        self.column_id = column.body["id"]
        path = f"/chats/{self.chat_id}/values/{self.column_id}"
        assert self.browser.send("PUT", path, {"value": "secret value", "version": None}).status == 200


@pytest.fixture(scope="module")
def firms(local_aws: LocalAws) -> tuple[Firm, Firm]:
    return Firm(), Firm()


def same_answer(one: Answer, other: Answer) -> bool:
    """Whether two problems differ in nothing but their request ids."""
    fields = set(one.body) - {"request_id"}
    return one.status == other.status and all(one.body[name] == other.body[name] for name in fields)


CALLS = [
    ("GET", "/chats/{chat}", None),
    ("GET", "/chats?account_id={account}", None),
    ("PUT", "/chats/{chat}/values/{own_column}", {"value": "x", "version": None}),
    ("PUT", "/chats/{own_chat}/values/{column}", {"value": "x", "version": None}),
    ("PATCH", "/chats/{chat}/card", {"version": 0, "priority": "low"}),
    ("PATCH", "/columns/{column}", {"name": "Mine"}),
    ("POST", "/columns/{column}/options", {"name": "Mine"}),
    ("DELETE", "/columns/{column}", None),
    ("POST", "/columns/{column}/move", {"after": None}),
    ("POST", "/columns/{own_column}/move", {"after": "{column}"}),
    ("POST", "/columns/{column}/merges", {"option_id": "a", "into": "b"}),
    ("GET", "/columns/{column}/usage", None),
    ("POST", "/columns/{column}/conversion/preview", {"to": "number"}),
    ("POST", "/columns/{column}/conversion", {"to": "long_text"}),
    ("GET", "/chats/{chat}/values/{own_column}", None),
    ("GET", "/chats/{own_chat}/values/{column}", None),
]


@pytest.mark.parametrize(("method", "path", "body"), CALLS)
def test_a_foreign_id_answers_exactly_as_a_missing_one(
    firms: tuple[Firm, Firm], method: str, path: str, body: object
) -> None:
    mine, theirs = firms
    own = {"own_column": mine.column_id, "own_chat": mine.chat_id}
    foreign = path.format(chat=theirs.chat_id, account=theirs.account_id, column=theirs.column_id, **own)
    missing = path.format(chat="0" * 42, account=ids.mint(), column=ids.mint(), **own)
    answers = [
        mine.browser.send(method, address, _naming(body, column_id))
        for address, column_id in ((foreign, theirs.column_id), (missing, ids.mint()))
    ]
    assert answers[0].status == 404
    assert same_answer(*answers)
    [_, theirs_still] = theirs.browser.get("/columns").body["columns"]
    assert (theirs_still["name"], theirs_still["conversion"]) == ("Secret plan", None)
    assert theirs.browser.get(f"/chats/{theirs.chat_id}").body["values"][theirs.column_id]["value"] == "secret value"


def _naming(body: object, column_id: str) -> object:
    """The body with the column it names, if it names one."""
    return {"after": column_id} if body == {"after": "{column}"} else body


@pytest.mark.parametrize("path", ["/chats", "/chats/{chat}", "/columns", "/changes"])
def test_a_workspace_of_others_is_not_there(firms: tuple[Firm, Firm], path: str) -> None:
    mine, theirs = firms
    intruder = Desk(person=mine.owner, workspace_id=theirs.workspace_id)
    answer = intruder.get(path.format(chat=theirs.chat_id))
    assert (answer.status, answer.code) == (404, "not-found")
    assert "secret" not in str(answer.body).lower()


@pytest.mark.parametrize("path", ["/chats", "/columns", "/changes"])
def test_nobody_signed_in_sees_nothing(firms: tuple[Firm, Firm], path: str) -> None:
    answer = Desk(person=None, workspace_id=firms[0].workspace_id).get(path)
    assert (answer.status, answer.code) == (401, "unauthenticated")


def test_lists_hold_nothing_of_others(firms: tuple[Firm, Firm]) -> None:
    mine, theirs = firms
    body = mine.browser.get("/chats").body
    assert [chat["id"] for chat in body["chats"]] == [mine.chat_id]
    assert theirs.column_id not in str(mine.browser.get("/columns").body)
