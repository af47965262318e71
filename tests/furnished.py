"""A workspace with one of everything a path can name, for the tests that walk every route."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from chalicelib.adapters import files
from chalicelib.kernel.ids import AccountId, ChatId
from tests import scene
from tests.api_client import ApiClient
from tests.people import People, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Furnished:
    """The workspace's owner, and a real id for each parameter of a path."""

    owner: Person
    ids: dict[str, str]


def furnish(api: ApiClient, people: People, names: Iterable[str] | None = None) -> Furnished:
    """Make such a workspace, with what these parameters name or with everything.

    A route with a new parameter fails the boundary test until `Rooms` has it.
    """
    rooms = Rooms(api, people.new("Olga"))
    return Furnished(owner=rooms.owner, ids={name: getattr(rooms, name) for name in names or PARAMETERS})


class Rooms:
    """A workspace that holds one of a thing from the moment its id is asked for."""

    def __init__(self, api: ApiClient, owner: Person) -> None:
        self.owner = owner
        self.workspace_id = owner.workspace_id
        self.user_id = owner.user_id
        self.provider = "google"
        self._api = api
        self._kept = files.kept(owner.workspace_id)

    @cached_property
    def account_id(self) -> str:
        return scene.an_account(self.workspace_id)

    @cached_property
    def chat_id(self) -> str:
        [chat] = scene.chats_of(self.workspace_id, AccountId(self.account_id), 1)
        return chat.id

    @cached_property
    def column_id(self) -> str:
        return self._made("columns", {"name": "Stage", "type": "number"})

    @cached_property
    def view_id(self) -> str:
        return self._made("views", {"name": "Hot", "content": {}, "is_shared": True})

    @cached_property
    def bulk_edit_id(self) -> str:
        return self._made("bulk-edits", {"chat_ids": [self.chat_id], "field": f"column:{self.column_id}", "value": 7})

    @cached_property
    def import_id(self) -> str:
        file_id = self._uploaded("leads.csv", "text/csv", b"id,a\n\n", used_for="import")
        made: str = self._post("imports", {"file_id": file_id})["import"]["id"]
        return made

    @cached_property
    def invite_id(self) -> str:
        return self._made("invites", {"role": "member"})

    @cached_property
    def session_id(self) -> str:
        [session] = self._api.get("/me/sessions", self.owner.browser).body["sessions"]
        return str(session["id"])

    @cached_property
    def ticket_id(self) -> str:
        return self._made("tickets", {"title": "Printer on fire"})

    @cached_property
    def field_id(self) -> str:
        return self._made("ticket-fields", {"name": "Topic", "type": "text"})

    @cached_property
    def template_id(self) -> str:
        return self._made("templates", {"name": "Hello", "text": "Hello", "is_shared": True})

    @cached_property
    def folder_id(self) -> str:
        return self._made("template-folders", {"name": "Sales", "is_shared": True})

    @cached_property
    def export_id(self) -> str:
        return self._made("activity/exports", {})

    @cached_property
    def data_export_id(self) -> str:
        return self._made("exports", {})

    @cached_property
    def comment_id(self) -> str:
        return self._made(f"chats/{self.chat_id}/comments", {"text": "Call back."})

    @cached_property
    def file_id(self) -> str:
        return self._uploaded("a.txt", "text/plain", b"fox", used_for="comment")

    @cached_property
    def seat_id(self) -> str:
        [seat] = self._api.get(f"/workspaces/{self.workspace_id}/seats", self.owner.browser).body["seats"]
        return str(seat["id"])

    @cached_property
    def reminder_id(self) -> str:
        return self._made("reminders", {"text": "Call", "when": {"preset": "tomorrow"}})

    @cached_property
    def notice_id(self) -> str:
        return scene.a_notice(self.workspace_id, self.user_id, ChatId(self.chat_id))

    def _made(self, what: str, wish: object) -> str:
        made: str = self._post(what, wish)["id"]
        return made

    def _post(self, what: str, wish: object) -> Any:
        return self._api.post(f"/workspaces/{self.workspace_id}/{what}", wish, self.owner.browser).body

    def _uploaded(self, name: str, kind: str, content: bytes, *, used_for: str) -> str:
        file_id = self._made("files", {"name": name, "size": len(content), "type": kind, "for": used_for})
        self._kept.put(self._kept.key_of(file_id), content, content_type=kind)
        self._post(f"files/{file_id}/check", None)
        return file_id


PARAMETERS: Final = ("workspace_id", "user_id", "provider", *(name for name in vars(Rooms) if name.endswith("_id")))
"""Of every path; what one needs another for is made with it."""
