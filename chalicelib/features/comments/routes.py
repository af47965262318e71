"""Paths of comments on chats. Those on tickets are the tickets' own, by the same use cases."""

from __future__ import annotations

from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.comments import schemas, use_cases
from chalicelib.features.comments.model import NOT_DELETED, NOT_EDITED, NOT_WRITTEN, Comment, Subject
from chalicelib.kernel.errors import ChatNotFound
from chalicelib.kernel.ids import ChatId, CommentId
from chalicelib.kernel.permissions import Action
from chalicelib.table.cursors import CursorInvalid
from chalicelib.table.transaction import ChangedMeanwhile

api = Api(__name__)


@api.get(
    "/workspaces/{workspace_id}/chats/{chat_id}/comments",
    allow=Action.SEE_CRM,
    raises=(ChatNotFound, CursorInvalid),
)
def list_chat_comments(call: Call, query: schemas.CommentsQuery, chat_id: str) -> schemas.CommentsOut:
    """Comments on a chat in threads, the newest first, in pages."""
    page = use_cases.list_comments(_on(call, chat_id), limit=query.limit, cursor=query.cursor, tenant=call.tenant)
    shown = [comment for thread in page.items for comment in (thread.comment, *thread.answers)]
    return schemas.CommentsOut.of(page, use_cases.shown_beside(shown, tenant=call.tenant))


@api.post(
    "/workspaces/{workspace_id}/chats/{chat_id}/comments",
    allow=Action.EDIT_VALUES,
    status=201,
    once=True,
    raises=(*NOT_WRITTEN, ChangedMeanwhile),
)
def write_chat_comment(call: Call, body: schemas.CommentIn, chat_id: str) -> schemas.CommentOut:
    """Comment on a chat, or answer a comment there. Members who are mentioned are told, and who is answered."""
    command = body.to_command(_on(call, chat_id))
    return _out(call, use_cases.write_comment(command, tenant=call.tenant, once=call.idempotency_key))


@api.patch(
    "/workspaces/{workspace_id}/chats/{chat_id}/comments/{comment_id}",
    allow=Action.EDIT_VALUES,
    raises=(ChatNotFound, *NOT_EDITED),
)
def edit_chat_comment(call: Call, body: schemas.CommentChangeIn, chat_id: str, comment_id: str) -> schemas.CommentOut:
    """Edit a comment of one's own."""
    command = body.to_command(_on(call, chat_id), comment_id)
    return _out(call, use_cases.edit_comment(command, tenant=call.tenant))


@api.delete(
    "/workspaces/{workspace_id}/chats/{chat_id}/comments/{comment_id}",
    allow=Action.SEE_CRM,
    status=204,
    raises=(ChatNotFound, *NOT_DELETED, ChangedMeanwhile),
)
def delete_chat_comment(call: Call, chat_id: str, comment_id: str) -> None:
    """Delete a comment of one's own, or as an Admin anybody's; its files go with it, its answers stay."""
    use_cases.delete_comment(_on(call, chat_id), CommentId(comment_id), tenant=call.tenant)


def _on(call: Call, chat_id: str) -> Subject:
    return use_cases.on_chat(ChatId(chat_id), tenant=call.tenant)


def _out(call: Call, comment: Comment) -> schemas.CommentOut:
    return schemas.CommentOut.of(comment, use_cases.shown_beside([comment], tenant=call.tenant))
