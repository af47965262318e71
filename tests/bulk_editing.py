"""The scene of bulk edits: an account of some chats, and its Owner who edits them."""

from typing import Any

from chalicelib.kernel.ids import AccountId, ChatId
from chalicelib.kernel.roles import Role
from tests.api_client import Answer
from tests.scene import Desk, a_person, a_workspace, an_account, chats_of, connected


class Office:
    """A workspace of an Owner connected to an account of so many chats, with a text column."""

    def __init__(self, chats: int = 3) -> None:
        self.owner = a_person("Ada Byron")
        self.workspace_id = a_workspace((self.owner, Role.OWNER))
        self.account_id: AccountId = an_account(self.workspace_id, self.owner)
        connected(self.workspace_id, self.account_id, self.owner)
        self.chat_ids: list[ChatId] = [chat.id for chat in chats_of(self.workspace_id, self.account_id, chats)]
        self.browser = Desk(person=self.owner, workspace_id=self.workspace_id)
        self.column = self.browser.send("POST", "/columns", {"name": "Stage", "type": "text"}).body["id"]
        self.field = f"column:{self.column}"

    def edit(self, value: object, field: str | None = None, *chat_ids: str, **more: Any) -> Answer:
        """Give chats a value: all of them, in the column, if nothing else is said."""
        body = {"chat_ids": chat_ids or self.chat_ids, "field": field or self.field, "value": value}
        return self.browser.send("POST", "/bulk-edits", body, **more)

    def undo(self, edit: dict[str, Any]) -> Answer:
        """Take it back."""
        return self.browser.send("POST", f"/bulk-edits/{edit['id']}/undo")

    def put(self, chat_id: ChatId, value: object, version: int | None = None) -> None:
        """Give one chat a value."""
        body = {"value": value, "version": version}
        assert self.browser.send("PUT", f"/chats/{chat_id}/values/{self.column}", body).status == 200

    def values(self) -> list[object]:
        """What the chats have in the column, in the order of their ids."""
        shown = self.browser.get("/chats?limit=200").body["chats"]
        return [chat["values"].get(self.column, {"value": None})["value"] for chat in shown]

    def cards(self, field: str) -> list[object]:
        """What the chats have in a field of their own."""
        return [chat["card"][field] for chat in self.browser.get("/chats?limit=200").body["chats"]]

    def log(self) -> list[tuple[str, Any]]:
        """Kinds and new values of what the log has of bulk edits, oldest first."""
        entries = self.browser.get("/activity?kind=bulk_edit").body["entries"]
        return [(entry["kind"], entry["new"]) for entry in reversed(entries)]
