"""What people do with comments. The caller made sure of the subject: `on_chat` does so of chats."""

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from chalicelib.features.chats import use_cases as chats
from chalicelib.features.comments import repository
from chalicelib.features.comments.model import (
    MAX_ANSWERS,
    Beside,
    Comment,
    CommentChanged,
    CommentInvalid,
    CommentNotYours,
    EditComment,
    Quote,
    Subject,
    SubjectKind,
    Thread,
    ThreadFull,
    WriteComment,
    new_id,
    parsed,
)
from chalicelib.features.comments.repository import Comments
from chalicelib.features.files import use_cases as files
from chalicelib.features.files.model import Place, PlaceKind
from chalicelib.features.notifications import use_cases as notifications
from chalicelib.features.notifications.model import About, AboutKind, Notice, NoticeKind
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.kernel.errors import Blame, ChatNotFound
from chalicelib.kernel.ids import ChatId, CommentId, UserId
from chalicelib.kernel.pages import Page
from chalicelib.kernel.permissions import Action
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import AlreadyDone

_PURGED_AT_ONCE: Final = 100
_SUBJECTS: Final = 100
_ABOUT: Final = {SubjectKind.CHAT: AboutKind.CHAT, SubjectKind.TICKET: AboutKind.TICKET}


def on_chat(chat_id: ChatId, *, tenant: Tenant) -> Subject:
    """A chat as something to comment on, for whoever sees its card: two reads. Raises ChatNotFound."""
    chats.shared_card(chat_id, tenant=tenant)
    return Subject(kind=SubjectKind.CHAT, id=chat_id)


def list_comments(subject: Subject, *, limit: int, cursor: str | None, tenant: Tenant) -> Page[Thread]:
    """Threads on a subject, the newest first, each whole: mostly one query.

    Raises:
        CursorInvalid: not a cursor of this list.
    """
    threads, next_cursor = Comments(tenant, subject).page(limit=limit, cursor=cursor)
    return Page(items=threads, next_cursor=next_cursor)


def every_subject(after: Subject | None, *, tenant: Tenant) -> Iterator[Subject]:
    """What was ever commented on, behind one: chats, then tickets, in the order of their ids. A query a hundred.

    Whether it is still there, and theirs to see, is for the caller to ask.
    """
    kinds = list(SubjectKind)
    for kind in kinds if after is None else kinds[kinds.index(after.kind) :]:
        reached = after.id if after is not None and after.kind is kind else ""
        while found := repository.commented(tenant, kind, reached, limit=_SUBJECTS):
            yield from found
            reached = found[-1].id


def shown_beside(comments: Iterable[Comment], *, tenant: Tenant) -> Beside:
    """What these comments are shown with: one query, and a batch read a hundred files."""
    file_ids = [file_id for comment in comments for file_id in comment.file_ids]
    found = files.files_of(file_ids, tenant=tenant) if file_ids else {}
    return Beside(names=workspaces.member_names(tenant=tenant), files=found)


def write_comment(command: WriteComment, *, tenant: Tenant, once: str | None = None) -> Comment:
    """Say something; members who are mentioned are told, and whoever wrote what is answered.

    One query (the members) and two reads for a quote or an answer; one transaction of 3 rows, an answer 4, with a row
    a file and one a person told.

    Raises:
        PermissionMissing, SeatNeeded: the acting member may not comment.
        CommentInvalid, MentionUnknown: no words a comment can have.
        CommentNotFound: what is to be answered is not there, or is an answer itself.
        ChatNotFound: the message to quote is in no chat the author reads.
        FileNotFound: a file they did not put up for a comment, or that hangs elsewhere.
        ThreadFull: no room for another answer.
        ChangedMeanwhile: what is answered was deleted, or its last room taken, at the same moment. Nothing was written.
    """
    author_id = tenant.require(Action.EDIT_VALUES).user_id
    members = workspaces.member_names(tenant=tenant)
    may_be_empty = bool(command.file_ids or command.quote)
    comments, at = Comments(tenant, command.subject), tenant.now()
    comment = Comment(
        id=new_id(at.timestamp(), command.answers),
        author_id=author_id,
        words=parsed(command.words, members, may_be_empty=may_be_empty),
        at=at,
        file_ids=command.file_ids,
        quote=_quote(command.quote, tenant),
    )
    answered = None if command.answers is None else _answered(command.answers, comments)
    try:
        with tenant.transaction(once=once) as change:
            comments.create(change, comment)
            files.attach(change, comment.file_ids, _place(comment.id), tenant=tenant)
            _tell(change, command.subject, comment, _to_tell(comment, answered, members), tenant)
            change.record("comment.created", target=command.subject.id, new=comment.journalled())
            change.leaves(comment_id=comment.id)
    except AlreadyDone as done:
        return comments.require(CommentId(done.outcome["comment_id"]))
    return comment


def edit_comment(command: EditComment, *, tenant: Tenant) -> Comment:
    """Say it otherwise, as its author alone may; who is mentioned only now is told. Saying the same writes nothing.

    A query and a read; one transaction of 2 rows and one a person told.

    Raises:
        PermissionMissing, SeatNeeded: the acting member may not comment.
        CommentNotFound: there is none, or it was deleted.
        CommentNotYours: somebody else wrote it.
        CommentInvalid, MentionUnknown: no words a comment can have.
        CommentChanged: it was edited after the version the caller saw. Nothing was written.
    """
    author_id = tenant.require(Action.EDIT_VALUES).user_id
    comments = Comments(tenant, command.subject)
    before = comments.require(command.comment_id)
    if before.author_id != author_id:
        raise CommentNotYours
    if command.version is not None and command.version != before.version:
        raise CommentChanged(standing={"version": before.version})
    members = workspaces.member_names(tenant=tenant)
    words = parsed(command.words, members, may_be_empty=bool(before.file_ids or before.quote))
    if words == before.words:
        return before
    at = tenant.now()
    after = before.edited(words, at)
    newly = dict.fromkeys(words.mentioned - before.words.mentioned, NoticeKind.COMMENT_MENTION)
    with tenant.transaction() as change:
        comments.rewrite(change, after, at)
        _tell(change, command.subject, after, newly, tenant)
        change.record("comment.edited", target=command.subject.id, old=before.journalled(), new=after.journalled())
    return after


def delete_comment(subject: Subject, comment_id: CommentId, *, tenant: Tenant) -> None:
    """Take a comment away with its files, as its author or an Admin may, seat or none. Its answers stay.

    One read, of an answer two; one transaction of 3 rows, an answer 4, and two a file.

    Raises:
        CommentNotFound: there is none, or it was deleted.
        CommentNotYours: somebody else wrote it, and the caller is no Admin.
        ChangedMeanwhile: it was answered, or lost an answer, at the same moment. It stands.
    """
    member = tenant.require(Action.SEE_CRM)
    comments = Comments(tenant, subject)
    comment = comments.require(comment_id)
    if not comment.is_deleted_by(member.user_id, member.role):
        raise CommentNotYours
    with tenant.transaction() as change:
        comments.remove(change, comment)
        files.detach(change, comment.file_ids, _place(comment.id), tenant=tenant)
        change.record("comment.deleted", target=subject.id, old=comment.journalled())


def purge_comments(subject: Subject, *, tenant: Tenant) -> None:
    """Remove all that was said about what is gone, with its files; for due work, repeated as often as it likes.

    A query for every hundred; a transaction of 2 rows and two a file for each comment, and one at the end.
    """
    comments = Comments(tenant, subject)
    while found := comments.newest(limit=_PURGED_AT_ONCE):
        for comment in found:
            with tenant.transaction() as change:
                comments.purge(change, comment)
                files.detach(change, comment.file_ids, _place(comment.id), tenant=tenant)
                change.record("comment.purged", target=subject.id, old=comment.journalled())
    with tenant.transaction() as change:
        comments.forget_count(change)
        change.record("ticket.comments_purged", target=subject.id)


def _quote(quote: Quote | None, tenant: Tenant) -> Quote | None:
    """A quote of what its author reads themselves. Raises ChatNotFound."""
    if quote is not None and chats.shared_card(quote.chat_id, tenant=tenant).private is None:
        raise ChatNotFound
    return quote


def _answered(comment_id: CommentId, comments: Comments) -> Comment:
    answered = comments.require(comment_id)
    if answered.root_id is not None:
        raise CommentInvalid(blames=(Blame("/answers", "is an answer itself"),))
    if answered.answers >= MAX_ANSWERS:
        raise ThreadFull(f"A comment has at most {MAX_ANSWERS} answers. Begin a new thread.")
    return answered


def _to_tell(comment: Comment, answered: Comment | None, members: Collection[UserId]) -> dict[UserId, NoticeKind]:
    """Whom to tell of a new comment, and of what: once each, and a mention says more than an answer."""
    told = dict.fromkeys(comment.words.mentioned, NoticeKind.COMMENT_MENTION)
    if answered is not None and answered.author_id in members:
        told.setdefault(answered.author_id, NoticeKind.COMMENT_ANSWER)
    return told


def _tell(
    change: JournalledTransaction, subject: Subject, comment: Comment, told: dict[UserId, NoticeKind], tenant: Tenant
) -> None:
    about = About(kind=_ABOUT[subject.kind], id=subject.id)
    for user_id, kind in sorted(told.items()):
        notice = Notice(kind=kind, to=user_id, about=about, by=comment.author_id)
        notifications.announce(change, notice, tenant=tenant)


def _place(comment_id: CommentId) -> Place:
    return Place(kind=PlaceKind.COMMENT, id=comment_id)
