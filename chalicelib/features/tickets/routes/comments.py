"""Routes of comments on tickets: the tickets' own paths, and the comments' use cases."""

from __future__ import annotations

from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.comments import schemas as comments_schemas
from chalicelib.features.comments import use_cases as comments
from chalicelib.features.comments.model import NOT_DELETED, NOT_EDITED, NOT_WRITTEN, Comment
from chalicelib.features.tickets import use_cases
from chalicelib.features.tickets.model.facts import TicketNotFound
from chalicelib.kernel.ids import CommentId, TicketId
from chalicelib.kernel.permissions import Action
from chalicelib.table.cursors import CursorInvalid
from chalicelib.table.transaction import ChangedMeanwhile

api = Api(__name__)


@api.get(
    "/workspaces/{workspace_id}/tickets/{ticket_id}/comments",
    allow=Action.SEE_CRM,
    raises=(TicketNotFound, CursorInvalid),
)
def list_ticket_comments(
    call: Call, query: comments_schemas.CommentsQuery, ticket_id: str
) -> comments_schemas.CommentsOut:
    """Comments on a ticket in threads, the newest first, in pages."""
    subject = use_cases.as_subject(TicketId(ticket_id), tenant=call.tenant)
    page = comments.list_comments(subject, limit=query.limit, cursor=query.cursor, tenant=call.tenant)
    shown = [comment for thread in page.items for comment in (thread.comment, *thread.answers)]
    return comments_schemas.CommentsOut.of(page, comments.shown_beside(shown, tenant=call.tenant))


@api.post(
    "/workspaces/{workspace_id}/tickets/{ticket_id}/comments",
    allow=Action.EDIT_VALUES,
    status=201,
    once=True,
    raises=(TicketNotFound, *NOT_WRITTEN, ChangedMeanwhile),
)
def write_ticket_comment(call: Call, body: comments_schemas.CommentIn, ticket_id: str) -> comments_schemas.CommentOut:
    """Comment on a ticket, or answer a comment there. Members who are mentioned are told, and who is answered."""
    command = body.to_command(use_cases.as_subject(TicketId(ticket_id), tenant=call.tenant))
    return _out(call, comments.write_comment(command, tenant=call.tenant, once=call.idempotency_key))


@api.patch(
    "/workspaces/{workspace_id}/tickets/{ticket_id}/comments/{comment_id}",
    allow=Action.EDIT_VALUES,
    raises=(TicketNotFound, *NOT_EDITED),
)
def edit_ticket_comment(
    call: Call, body: comments_schemas.CommentChangeIn, ticket_id: str, comment_id: str
) -> comments_schemas.CommentOut:
    """Edit a comment of one's own."""
    command = body.to_command(use_cases.as_subject(TicketId(ticket_id), tenant=call.tenant), comment_id)
    return _out(call, comments.edit_comment(command, tenant=call.tenant))


@api.delete(
    "/workspaces/{workspace_id}/tickets/{ticket_id}/comments/{comment_id}",
    allow=Action.SEE_CRM,
    status=204,
    raises=(TicketNotFound, *NOT_DELETED, ChangedMeanwhile),
)
def delete_ticket_comment(call: Call, ticket_id: str, comment_id: str) -> None:
    """Delete a comment of one's own, or as an Admin anybody's; its files go with it, its answers stay."""
    subject = use_cases.as_subject(TicketId(ticket_id), tenant=call.tenant)
    comments.delete_comment(subject, CommentId(comment_id), tenant=call.tenant)


def _out(call: Call, comment: Comment) -> comments_schemas.CommentOut:
    return comments_schemas.CommentOut.of(comment, comments.shown_beside([comment], tenant=call.tenant))
