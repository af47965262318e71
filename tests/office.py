"""A workspace at work on its columns, for tests of columns and values through the API."""

from typing import Any

from chalicelib.kernel.ids import ChatId
from chalicelib.kernel.roles import Role
from tests.api_client import Answer
from tests.scene import Desk, a_person, a_workspace, an_account, chats_of


class Office:
    """A workspace with an owner and a member, and chats of one account."""

    def __init__(self, chats: int = 1) -> None:
        owner, member = a_person("Ada Byron"), a_person("Max Born")
        workspace_id = a_workspace((owner, Role.OWNER), (member, Role.MEMBER))
        account_id = an_account(workspace_id, owner)
        self.chat_ids = [chat.id for chat in chats_of(workspace_id, account_id, chats)]
        self.chat_id: ChatId = self.chat_ids[0]
        self.owner = Desk(person=owner, workspace_id=workspace_id)
        self.member = Desk(person=member, workspace_id=workspace_id)

    def column(self, kind: str = "text", name: str = "Note", **more: Any) -> dict[str, Any]:
        """A column of this type."""
        answer = self.owner.send("POST", "/columns", {"name": name, "type": kind, **more})
        assert answer.status == 201, answer.body
        made: dict[str, Any] = answer.body
        return made

    def tags(self) -> dict[str, Any]:
        """The tags, as they stand."""
        [tags] = [column for column in self.columns() if column["reserved"]]
        return tags

    def columns(self) -> list[dict[str, Any]]:
        """Every column in its order."""
        shown: list[dict[str, Any]] = self.member.get("/columns").body["columns"]
        return shown

    def put(self, column_id: str, value: object, version: int | None = None, chat: int = 0) -> Answer:
        """Set a value of a chat."""
        path = f"/chats/{self.chat_ids[chat]}/values/{column_id}"
        return self.member.send("PUT", path, {"value": value, "version": version})

    def values(self, chat: int = 0) -> dict[str, Any]:
        """A chat's values as they are shown."""
        shown: dict[str, Any] = self.member.get(f"/chats/{self.chat_ids[chat]}").body["values"]
        return shown
