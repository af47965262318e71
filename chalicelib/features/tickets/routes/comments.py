"""Routes of comments on tickets: the tickets' own paths, and the comments' use cases."""

from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.comments import use_cases as comments
from chalicelib.features.comments.model import (
    Comment,
    CommentChanged,
    CommentInvalid,
    CommentNotFound,
    CommentNotYours,
    MentionUnknown,
    ThreadFull,
)
from chalicelib.features.comments.schemas import CommentChangeIn, CommentIn, CommentOut, CommentsOut, CommentsQuery
from chalicelib.features.files.model import FileNotFound
from chalicelib.features.tickets import use_cases
from chalicelib.features.tickets.model.facts import TicketNotFound
from chalicelib.kernel.errors import ChatNotFound
from chalicelib.kernel.ids import CommentId, TicketId
from chalicelib.kernel.permissions import Action
from chalicelib.table.cursors import CursorInvalid
from chalicelib.table.transaction import ChangedMeanwhile

api = Api(__name__)


@api.get(
    "/workspaces/{workspace_id}/tickets/{ticket_id}/comments",
    allow=Action.SEE_CRM,
    query=CommentsQuery,
    answer=CommentsOut,
    raises=(TicketNotFound, CursorInvalid),
)
def list_ticket_comments(call: Call, query: CommentsQuery, ticket_id: str) -> CommentsOut:
    """Comments on a ticket in threads, the newest first, in pages."""
    subject = use_cases.as_subject(TicketId(ticket_id), tenant=call.tenant)
    page = comments.list_comments(subject, limit=query.limit, cursor=query.cursor, tenant=call.tenant)
    shown = [comment for thread in page.items for comment in (thread.comment, *thread.answers)]
    return CommentsOut.of(page, comments.shown_beside(shown, tenant=call.tenant))


@api.post(
    "/workspaces/{workspace_id}/tickets/{ticket_id}/comments",
    allow=Action.EDIT_VALUES,
    body=CommentIn,
    answer=CommentOut,
    status=201,
    once=True,
    raises=(
        TicketNotFound,
        ChatNotFound,
        CommentNotFound,
        CommentInvalid,
        MentionUnknown,
        FileNotFound,
        ThreadFull,
        ChangedMeanwhile,
    ),
)
def write_ticket_comment(call: Call, body: CommentIn, ticket_id: str) -> CommentOut:
    """Comment on a ticket, or answer a comment there. Members who are mentioned are told, and who is answered."""
    command = body.to_command(use_cases.as_subject(TicketId(ticket_id), tenant=call.tenant))
    return _out(call, comments.write_comment(command, tenant=call.tenant, once=call.idempotency_key))


@api.patch(
    "/workspaces/{workspace_id}/tickets/{ticket_id}/comments/{comment_id}",
    allow=Action.EDIT_VALUES,
    body=CommentChangeIn,
    answer=CommentOut,
    raises=(TicketNotFound, CommentNotFound, CommentNotYours, CommentInvalid, MentionUnknown, CommentChanged),
)
def edit_ticket_comment(call: Call, body: CommentChangeIn, ticket_id: str, comment_id: str) -> CommentOut:
    """Edit a comment of one's own."""
    command = body.to_command(use_cases.as_subject(TicketId(ticket_id), tenant=call.tenant), comment_id)
    return _out(call, comments.edit_comment(command, tenant=call.tenant))


@api.delete(
    "/workspaces/{workspace_id}/tickets/{ticket_id}/comments/{comment_id}",
    allow=Action.SEE_CRM,
    answer=None,
    status=204,
    raises=(TicketNotFound, CommentNotFound, CommentNotYours, ChangedMeanwhile),
)
def delete_ticket_comment(call: Call, ticket_id: str, comment_id: str) -> None:
    """Delete a comment of one's own, or as an Admin anybody's; its files go with it, its answers stay."""
    subject = use_cases.as_subject(TicketId(ticket_id), tenant=call.tenant)
    comments.delete_comment(subject, CommentId(comment_id), tenant=call.tenant)


def _out(call: Call, comment: Comment) -> CommentOut:
    return CommentOut.of(comment, comments.shown_beside([comment], tenant=call.tenant))
