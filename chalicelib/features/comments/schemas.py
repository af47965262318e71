"""Comments as they travel."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.features.comments.model import (
    MAX_FILES,
    MAX_MENTIONS,
    MAX_TEXT_CHARACTERS,
    Beside,
    Comment,
    EditComment,
    Mention,
    Quote,
    Subject,
    Thread,
    Words,
    WriteComment,
)
from chalicelib.features.files.schemas import FileOut
from chalicelib.kernel.ids import ChatId, CommentId, FileId, UserId
from chalicelib.kernel.pages import Page

MAX_PAGE = 50
_Id = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
_Text = Annotated[str, msgspec.Meta(max_length=MAX_TEXT_CHARACTERS)]
_Place = Annotated[int, msgspec.Meta(ge=0, le=2 * MAX_TEXT_CHARACTERS)]


class CommentsQuery(msgspec.Struct, forbid_unknown_fields=True):
    """Which page: `limit` is of comments and answers together, and the thread it breaks off in comes whole."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=MAX_PAGE)] = MAX_PAGE
    cursor: str | None = None


class MentionIn(msgspec.Struct, forbid_unknown_fields=True):
    """Where in the text a member is named; counts UTF-16 units."""

    user_id: _Id
    offset: _Place
    length: Annotated[int, msgspec.Meta(ge=1, le=500)]

    def to_mention(self) -> Mention:
        """As the use case takes it."""
        return Mention(user_id=UserId(self.user_id), offset=self.offset, length=self.length)


_Mentions = Annotated[list[MentionIn], msgspec.Meta(max_length=MAX_MENTIONS)]


class QuoteIn(msgspec.Struct, forbid_unknown_fields=True):
    """A message to quote by reference; its text stays with those who may read it."""

    chat_id: _Id
    message_id: Annotated[int, msgspec.Meta(ge=1, le=2**53)]

    def to_quote(self) -> Quote:
        """As the use case takes it."""
        return Quote(chat_id=ChatId(self.chat_id), message_id=self.message_id)


class CommentIn(msgspec.Struct, forbid_unknown_fields=True):
    """What is to be said: a text, files or a quote. `answers` is the comment it answers, which is no answer itself.

    Mentions stand in their order; what they cover of the text is not kept, but whom it names.
    """

    text: _Text
    mentions: _Mentions = []
    answers: _Id | None = None
    file_ids: Annotated[list[_Id], msgspec.Meta(max_length=MAX_FILES)] = []
    quote: QuoteIn | None = None

    def to_command(self, subject: Subject) -> WriteComment:
        """As the use case takes it."""
        return WriteComment(
            subject=subject,
            words=_words(self.text, self.mentions),
            answers=None if self.answers is None else CommentId(self.answers),
            file_ids=tuple(dict.fromkeys(FileId(each) for each in self.file_ids)),
            quote=None if self.quote is None else self.quote.to_quote(),
        )


class CommentChangeIn(msgspec.Struct, forbid_unknown_fields=True):
    """What the author says instead. `version` is the one they saw; without it the last writer wins."""

    text: _Text
    mentions: _Mentions = []
    version: Annotated[int, msgspec.Meta(ge=1)] | None = None

    def to_command(self, subject: Subject, comment_id: str) -> EditComment:
        """As the use case takes it."""
        return EditComment(
            subject=subject,
            comment_id=CommentId(comment_id),
            words=_words(self.text, self.mentions),
            version=self.version,
        )


def _words(text: str, mentions: list[MentionIn]) -> Words:
    return Words(text=text, mentions=tuple(mention.to_mention() for mention in mentions))


class PersonOut(msgspec.Struct, forbid_unknown_fields=True):
    """Somebody as they are called now; `name` is null where they are no member any more."""

    id: str
    name: str | None

    @classmethod
    def of(cls, user_id: UserId, beside: Beside) -> "PersonOut":
        """One person."""
        return cls(id=user_id, name=beside.names.get(user_id))


class MentionOut(msgspec.Struct, forbid_unknown_fields=True):
    """Whom an `@` of the text stands for; `offset` counts UTF-16 units."""

    offset: int
    length: int
    member: PersonOut


class QuoteOut(msgspec.Struct, forbid_unknown_fields=True):
    """The message that is quoted, to be shown live to whoever may read that chat."""

    chat_id: str
    message_id: int


class CommentOut(msgspec.Struct, forbid_unknown_fields=True):
    """A comment. In `text` an `@` stands for each mention. A deleted one that has answers is left without words."""

    id: str
    author: PersonOut
    text: str
    mentions: list[MentionOut]
    files: list[FileOut]
    quote: QuoteOut | None
    at: datetime
    edited_at: datetime | None
    version: int
    is_deleted: bool

    @classmethod
    def of(cls, comment: Comment, beside: Beside) -> "CommentOut":
        """One comment; a file that is gone is left out."""
        quote, files = comment.quote, map(beside.files.get, comment.file_ids)
        return cls(
            id=comment.id,
            author=PersonOut.of(comment.author_id, beside),
            text=comment.words.text,
            mentions=[
                MentionOut(offset=each.offset, length=each.length, member=PersonOut.of(each.user_id, beside))
                for each in comment.words.mentions
            ],
            files=[FileOut.of(file) for file in files if file is not None],
            quote=None if quote is None else QuoteOut(chat_id=quote.chat_id, message_id=quote.message_id),
            at=comment.at,
            edited_at=comment.edited_at,
            version=comment.version,
            is_deleted=comment.is_deleted,
        )


class ThreadOut(msgspec.Struct, forbid_unknown_fields=True):
    """A comment and all its answers, oldest first."""

    comment: CommentOut
    answers: list[CommentOut]


class CommentsOut(msgspec.Struct, forbid_unknown_fields=True):
    """Threads, the newest first."""

    threads: list[ThreadOut]
    next_cursor: str | None

    @classmethod
    def of(cls, page: Page[Thread], beside: Beside) -> "CommentsOut":
        """One page."""
        threads = [
            ThreadOut(
                comment=CommentOut.of(thread.comment, beside),
                answers=[CommentOut.of(answer, beside) for answer in thread.answers],
            )
            for thread in page.items
        ]
        return cls(threads=threads, next_cursor=page.next_cursor)
