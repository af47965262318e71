"""A workspace with one of everything a path can name, for the tests that walk every route."""

from dataclasses import dataclass

from chalicelib.adapters import files
from tests import scene
from tests.api_client import ApiClient
from tests.people import People, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Furnished:
    """The workspace's owner, and a real id for each parameter of a path."""

    owner: Person
    ids: dict[str, str]


def furnish(api: ApiClient, people: People) -> Furnished:
    """Make such a workspace. A route with a new parameter fails the boundary test until it is made here."""
    olga = people.new("Olga")
    base = f"/workspaces/{olga.workspace_id}"
    account_id = scene.an_account(olga.workspace_id)
    [chat] = scene.chats_of(olga.workspace_id, account_id, 1)
    column = api.post(f"{base}/columns", {"name": "Stage", "type": "number"}, olga.browser)
    reminder = api.post(f"{base}/reminders", {"text": "Call", "when": {"preset": "tomorrow"}}, olga.browser)
    view = api.post(f"{base}/views", {"name": "Hot", "content": {}, "is_shared": True}, olga.browser)
    change = {"chat_ids": [chat.id], "field": f"column:{column.body['id']}", "value": 7}
    bulk_edit = api.post(f"{base}/bulk-edits", change, olga.browser)
    invite = api.post(f"{base}/invites", {"role": "member"}, olga.browser)
    export = api.post(f"{base}/activity/exports", {}, olga.browser)
    data_export = api.post(f"{base}/exports", None, olga.browser)
    file = api.post(f"{base}/files", {"name": "a.txt", "size": 3, "type": "text/plain", "for": "comment"}, olga.browser)
    kept = files.kept(olga.workspace_id)
    kept.put(kept.key_of(file.body["id"]), b"fox", content_type="text/plain")
    api.post(f"{base}/files/{file.body['id']}/check", None, olga.browser)
    listed = {"name": "leads.csv", "size": 6, "type": "text/csv", "for": "import"}
    leads = api.post(f"{base}/files", listed, olga.browser).body["id"]
    kept.put(kept.key_of(leads), b"id,a\n\n", content_type="text/csv")
    api.post(f"{base}/files/{leads}/check", None, olga.browser)
    imported = api.post(f"{base}/imports", {"file_id": leads}, olga.browser)
    comment = api.post(f"{base}/chats/{chat.id}/comments", {"text": "Call back."}, olga.browser)
    ticket = api.post(f"{base}/tickets", {"title": "Printer on fire"}, olga.browser)
    field = api.post(f"{base}/ticket-fields", {"name": "Topic", "type": "text"}, olga.browser)
    template = api.post(f"{base}/templates", {"name": "Hello", "text": "Hello", "is_shared": True}, olga.browser)
    folder = api.post(f"{base}/template-folders", {"name": "Sales", "is_shared": True}, olga.browser)
    [seat] = api.get(f"{base}/seats", olga.browser).body["seats"]
    [session] = api.get("/me/sessions", olga.browser).body["sessions"]
    return Furnished(
        owner=olga,
        ids={
            "workspace_id": olga.workspace_id,
            "account_id": account_id,
            "chat_id": chat.id,
            "column_id": column.body["id"],
            "view_id": view.body["id"],
            "bulk_edit_id": bulk_edit.body["id"],
            "import_id": imported.body["import"]["id"],
            "invite_id": invite.body["id"],
            "session_id": session["id"],
            "ticket_id": ticket.body["id"],
            "field_id": field.body["id"],
            "template_id": template.body["id"],
            "folder_id": folder.body["id"],
            "export_id": export.body["id"],
            "data_export_id": data_export.body["id"],
            "comment_id": comment.body["id"],
            "file_id": file.body["id"],
            "user_id": olga.user_id,
            "provider": "google",
            "seat_id": seat["id"],
            "reminder_id": reminder.body["id"],
            "notice_id": scene.a_notice(olga.workspace_id, olga.user_id, chat.id),
        },
    )


def unfurnished(people: People) -> Furnished:
    """The same for paths that name the workspace at most: somebody new and what signing up made."""
    olga = people.new("Olga")
    return Furnished(owner=olga, ids={"workspace_id": olga.workspace_id})
