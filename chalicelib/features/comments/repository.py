"""The comments on one subject, and how many there are, behind a tenant's handle."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.expressions.operand import Path

from chalicelib.features.comments.model import (
    MAX_ANSWERS,
    Comment,
    CommentChanged,
    CommentNotFound,
    Mention,
    Quote,
    Subject,
    SubjectKind,
    Thread,
    Words,
    is_comment_shape,
)
from chalicelib.kernel.ids import ChatId, CommentId, FileId, UserId
from chalicelib.table import cards_keys, comment_keys, cursors, keys
from chalicelib.table.items import DocumentAttribute, MomentAttribute, Row
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.keys import Partition
from chalicelib.table.tenant import PartitionRow, Tenant


class CommentRow(Row, discriminator="comment"):
    """A comment: ids, its text, and no name of anybody."""

    author_id = UnicodeAttribute()
    text = UnicodeAttribute()
    mentions = DocumentAttribute()
    file_ids = DocumentAttribute()
    quote = DocumentAttribute(null=True)
    at = MomentAttribute()
    edited_at = MomentAttribute(null=True)
    version = NumberAttribute()
    answers = NumberAttribute()
    is_deleted = BooleanAttribute(default=False)


_STANDS: Final = Row.pk.exists() & (CommentRow.is_deleted == False)  # noqa: E712 - a condition, not a comparison
_COMMENTS: Final = Path("comments")
_KIND: Final = Path("row_kind")
"""An update that makes the row does not write its kind by itself."""


class Comments:
    """The comments on one subject."""

    def __init__(self, tenant: Tenant, subject: Subject) -> None:
        self._tenant = tenant
        self._partition = _partition(subject)
        self._rows = tenant.rows(self._partition)
        self._scope = f"{keys.tenant_prefix(tenant.workspace_id)}{self._partition.suffix}\x00comments"
        self._counts = _counts_of(subject, self._partition)

    def page(self, *, limit: int, cursor: str | None) -> tuple[list[Thread], str | None]:
        """Threads, the newest first, each whole; and the cursor of those before them. Mostly one query.

        Raises:
            CursorInvalid: not a cursor of this list.
        """
        end = comment_keys.COMMENTS_END if cursor is None else cursors.open_signed(self._scope, cursor)
        found = self._between(comment_keys.COMMENTS, end, limit=limit)
        if not found:
            return [], None
        whole = [*found, *self._rest_of(found[-1])]
        next_cursor = cursors.sign(self._scope, comment_keys.comment(whole[-1].id)) if len(found) == limit else None
        return _threads(whole), next_cursor

    def require(self, comment_id: CommentId) -> Comment:
        """One comment: one read unit, none for what can't be an id.

        Raises:
            CommentNotFound: none, or a deleted one.
        """
        sk = comment_keys.comment(comment_id)
        row = self._rows.get(CommentRow, sk) if is_comment_shape(comment_id) else None
        if row is None or row.is_deleted:
            raise CommentNotFound
        return _comment(row)

    def create(self, change: JournalledTransaction, comment: Comment) -> None:
        """Write a comment and count it; an answer also where it hangs, while there is room."""
        self._tenant.register(self._partition)
        row = self._rows.new(
            CommentRow,
            comment_keys.comment(comment.id),
            author_id=comment.author_id,
            text=comment.words.text,
            mentions=msgspec.to_builtins(comment.words.mentions),
            file_ids=list(comment.file_ids),
            quote=None if comment.quote is None else msgspec.to_builtins(comment.quote),
            at=comment.at,
            version=comment.version,
            answers=0,
        )
        change.create(row)
        self._count(change, 1)
        if comment.root_id is not None:
            room = _STANDS & (CommentRow.answers < MAX_ANSWERS)
            change.update(self._row(comment.root_id), [CommentRow.answers.add(1)], room)

    def rewrite(self, change: JournalledTransaction, comment: Comment, at: datetime) -> None:
        """Write other words, unless somebody wrote since the version before was read."""
        actions = [
            CommentRow.text.set(comment.words.text),
            CommentRow.mentions.set(msgspec.to_builtins(comment.words.mentions)),
            CommentRow.edited_at.set(at),
            CommentRow.version.set(comment.version),
        ]
        unchanged = _STANDS & (CommentRow.version == comment.version - 1)
        change.update(self._row(comment.id), actions, unchanged, refusal=CommentChanged())

    def remove(self, change: JournalledTransaction, comment: Comment) -> None:
        """Take a comment away; of one that has answers an empty place is left, for as long as it has any."""
        self._count(change, -1)
        as_read = _STANDS & (CommentRow.answers == comment.answers)
        if comment.answers:
            emptied = [CommentRow.is_deleted.set(True), CommentRow.text.set(""), CommentRow.mentions.set([])]
            emptied += [CommentRow.file_ids.set([]), CommentRow.quote.remove()]
            change.update(self._row(comment.id), emptied, as_read)
            return
        change.delete(self._row(comment.id), as_read)
        if comment.root_id is not None:
            self._discount_answer(change, comment.root_id)

    def _discount_answer(self, change: JournalledTransaction, root_id: CommentId) -> None:
        """One answer less; with the last one goes the empty place of a comment that was deleted."""
        root = self._rows.get(CommentRow, comment_keys.comment(root_id))
        if root is not None and root.is_deleted and root.answers == 1:
            change.delete(self._row(root_id), CommentRow.answers == 1)
        else:
            change.update(self._row(root_id), [CommentRow.answers.add(-1)], CommentRow.answers >= 1)

    def _rest_of(self, last: Comment) -> list[Comment]:
        """What is missing of the thread a page breaks off in, the newest first: nothing where it ends with a root."""
        if last.root_id is None:
            return []
        root_sk = comment_keys.comment(last.root_id)
        root = self._rows.get(CommentRow, root_sk)
        rest = self._between(root_sk, comment_keys.comment(last.id), limit=MAX_ANSWERS)
        return [*rest, *([] if root is None else [_comment(root)])]

    def newest(self, *, limit: int) -> list[Comment]:
        """The newest rows as they lie, emptied ones included: one query."""
        return self._between(comment_keys.COMMENTS, comment_keys.COMMENTS_END, limit=limit)

    def purge(self, change: JournalledTransaction, comment: Comment) -> None:
        """Remove a comment's row whatever hangs on it; for one whose subject is gone."""
        change.delete(self._row(comment.id))

    def forget_count(self, change: JournalledTransaction) -> None:
        """Remove the row that counts; for a subject that is gone and has a partition of its own."""
        partition, sk, _kind = self._counts
        change.delete(self._tenant.rows(partition).new(Row, sk))

    def _between(self, first: str, last: str, *, limit: int) -> list[Comment]:
        rows = self._rows.between(CommentRow, first, last, limit=limit, newest_first=True)
        return [_comment(row) for row in rows]

    def _count(self, change: JournalledTransaction, by: int) -> None:
        partition, sk, kind = self._counts
        change.update(self._tenant.rows(partition).new(Row, sk), [_COMMENTS.add(by), _KIND.set(kind)])

    def _row(self, comment_id: CommentId) -> CommentRow:
        return self._rows.new(CommentRow, comment_keys.comment(comment_id))


def commented(tenant: Tenant, kind: SubjectKind, after: str, *, limit: int) -> list[Subject]:
    """Subjects of a kind behind one that somebody began to comment on, in the order of their ids: one query."""
    first, last = comment_keys.commented_after(_LISTED[kind], after)
    rows = tenant.rows(keys.WORKSPACE).between(PartitionRow, first, last, limit=limit)
    return [Subject(kind=kind, id=comment_keys.commented_of(row.sk)) for row in rows]


_LISTED: Final = {
    SubjectKind.CHAT: comment_keys.CHATS_COMMENTED,
    SubjectKind.TICKET: comment_keys.TICKETS_COMMENTED,
}


def _partition(subject: Subject) -> Partition:
    match subject.kind:
        case SubjectKind.CHAT:
            return comment_keys.chat_comments(ChatId(subject.id))
        case SubjectKind.TICKET:
            return comment_keys.ticket_comments(subject.id)


def _counts_of(subject: Subject, partition: Partition) -> tuple[Partition, str, str]:
    """The row that counts: of a chat it lies beside its others, where lists of chats read it; and that row's kind."""
    match subject.kind:
        case SubjectKind.CHAT:
            chat_id = ChatId(subject.id)
            return keys.chat_partition(chat_id), cards_keys.chat_counts(chat_id), "chat_counts"
        case SubjectKind.TICKET:
            return partition, comment_keys.COUNTS, "ticket_counts"


def _threads(newest_first: Sequence[Comment]) -> list[Thread]:
    """Whole threads from their comments, which come newest first, a root behind its answers."""
    threads: list[Thread] = []
    answers: list[Comment] = []
    for comment in newest_first:
        if comment.root_id is None:
            threads.append(Thread(comment=comment, answers=tuple(reversed(answers))))
            answers = []
        else:
            answers.append(comment)
    return threads


def _comment(row: CommentRow) -> Comment:
    edited_at: Any = row.attribute_values.get("edited_at")
    return Comment(
        id=comment_keys.comment_of(row.sk),
        author_id=UserId(row.author_id),
        words=Words(text=row.text, mentions=tuple(msgspec.convert(row.mentions, list[Mention]))),
        at=row.at,
        version=int(row.version),
        file_ids=tuple(FileId(each) for each in row.file_ids),
        quote=None if row.quote is None else msgspec.convert(row.quote, Quote),
        edited_at=edited_at,
        is_deleted=row.is_deleted,
        answers=int(row.answers),
    )
