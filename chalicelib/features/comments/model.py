"""Comments: threads of one level, text with members mentioned in it, files, a message quoted by reference. Pure."""

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from chalicelib.features.files.model import File, FileNotFound
from chalicelib.kernel import ids
from chalicelib.kernel.errors import Blame, ChatNotFound, Conflict, Forbidden, Invalid, NotFound
from chalicelib.kernel.ids import MINTED_LENGTH, ChatId, CommentId, FileId, UserId
from chalicelib.kernel.records import record
from chalicelib.kernel.roles import Role

MAX_TEXT_CHARACTERS: Final = 10_000
MAX_MENTIONS: Final = 20
MAX_FILES: Final = 10
MAX_ANSWERS: Final = 200
"""In one thread: it is shown whole."""
MENTIONED: Final = "@"
"""What stands in a stored text for somebody's name: the name itself is read when the comment is shown."""
_REFUSED: Final = frozenset({"Cc", "Cs"})


class SubjectKind(StrEnum):
    """What can be commented on."""

    CHAT = "chat"
    TICKET = "ticket"


class CommentNotFound(NotFound):
    """There is no such comment here, or it was deleted."""

    code = "comment-not-found"
    title = "There is no such comment. It may have been deleted."


class CommentInvalid(Invalid):
    """Nothing to say, too much of it, or letters nobody can see."""

    code = "comment-invalid"
    title = "This can't be a comment."


class MentionUnknown(Invalid):
    """Somebody is mentioned who is no member of the workspace."""

    code = "mention-unknown"
    title = "Only members of this workspace can be mentioned."


class CommentNotYours(Forbidden):
    """A comment is edited by its author, and deleted by its author or an Admin."""

    code = "comment-not-yours"
    title = "Only who wrote a comment edits it; an Admin may delete it."


class CommentChanged(Conflict):
    """It was edited after the version the caller saw; `standing` has the version that stands."""

    code = "comment-changed"
    title = "This comment was edited meanwhile. Look again and repeat."


class ThreadFull(Conflict):
    """A thread has as many answers as there may be."""

    code = "thread-full"
    title = "This thread is full. Begin a new one."


# Why a comment on anything is refused, besides that what it is on is not there.
NOT_WRITTEN: Final = (ChatNotFound, CommentNotFound, CommentInvalid, MentionUnknown, FileNotFound, ThreadFull)
NOT_EDITED: Final = (CommentNotFound, CommentNotYours, CommentInvalid, MentionUnknown, CommentChanged)
NOT_DELETED: Final = (CommentNotFound, CommentNotYours)


@record
class Subject:
    """What is commented on. Whoever makes one has made sure that it is there and that the caller may see it."""

    kind: SubjectKind
    id: str


@record
class Mention:
    """A member in the text; offset and length count UTF-16 units, as entities of messages do."""

    user_id: UserId
    offset: int
    length: int


@record
class Quote:
    """A message by reference: whoever may read the chat is shown it, and nobody else. No text of it is kept."""

    chat_id: ChatId
    message_id: int


@record
class Words:
    """What a comment says: in `text` each mention is one MENTIONED."""

    text: str
    mentions: tuple[Mention, ...] = ()

    @property
    def mentioned(self) -> set[UserId]:
        """Everybody mentioned."""
        return {mention.user_id for mention in self.mentions}

    def told(self, names: Mapping[UserId, str]) -> str:
        """The text with what members are called now; whoever has left is called by their id."""
        units, told, reached = self.text.encode("utf-16-le"), b"", 0
        for mention in self.mentions:
            named = f"{MENTIONED}{names.get(mention.user_id, mention.user_id)}"
            told += units[2 * reached : 2 * mention.offset] + named.encode("utf-16-le")
            reached = mention.offset + mention.length
        return (told + units[2 * reached :]).decode("utf-16-le")


@record
class Comment:
    """One comment. `answers` is how many it has; deleted, it stays without words for as long as there are any."""

    id: CommentId
    author_id: UserId
    words: Words
    at: datetime
    version: int = 1
    file_ids: tuple[FileId, ...] = ()
    quote: Quote | None = None
    edited_at: datetime | None = None
    is_deleted: bool = False
    answers: int = 0

    @property
    def root_id(self) -> CommentId | None:
        """The comment this one answers."""
        return root_of(self.id)

    def edited(self, words: Words, at: datetime) -> "Comment":
        """The same with other words."""
        return replace(self, words=words, edited_at=at, version=self.version + 1)

    def is_deleted_by(self, user_id: UserId, role: Role) -> bool:
        """Whether somebody may delete it."""
        return user_id == self.author_id or role.rank >= Role.ADMIN.rank

    def journalled(self) -> dict[str, Any]:
        """What the journal keeps of it; a long text as excerpt and hash."""
        return {"comment_id": self.id, "text": self.words.text, "files": len(self.file_ids)}


@record
class Thread:
    """A comment and its answers, oldest first."""

    comment: Comment
    answers: tuple[Comment, ...]


@record
class WriteComment:
    """Say something about a subject, or in answer to a comment on it."""

    subject: Subject
    words: Words
    answers: CommentId | None = None
    file_ids: tuple[FileId, ...] = ()
    quote: Quote | None = None


@record
class EditComment:
    """Say it otherwise. `version` is the one the caller saw; without it the last writer wins."""

    subject: Subject
    comment_id: CommentId
    words: Words
    version: int | None = None


def root_of(comment_id: CommentId) -> CommentId | None:
    """What an answer answers; None for a comment that is none."""
    return CommentId(comment_id[:MINTED_LENGTH]) if len(comment_id) > MINTED_LENGTH else None


def is_comment_shape(text: str) -> bool:
    """Whether text could be a comment's id, or an answer's."""
    halves = (text[:MINTED_LENGTH], text[MINTED_LENGTH:])
    return ids.is_minted_shape(halves[0]) and (not halves[1] or ids.is_minted_shape(halves[1]))


def new_id(at_s: float, answers: CommentId | None) -> CommentId:
    """The id of a comment of this moment; an answer's begins with that of what it answers."""
    return CommentId((answers or "") + ids.mint(at_s))


def parsed(words: Words, members: Collection[UserId], *, may_be_empty: bool) -> Words:
    """The words as they are kept: names of members mentioned are left out, since they may change and be erased.

    Raises:
        CommentInvalid: blames `/text` or the mention.
        MentionUnknown: blames the first mention of somebody who is no member.
    """
    if len(words.text) > MAX_TEXT_CHARACTERS:
        raise CommentInvalid(blames=(Blame("/text", f"has at most {MAX_TEXT_CHARACTERS} characters"),))
    if any(unicodedata.category(letter) in _REFUSED and letter not in "\n\t" for letter in words.text):
        raise CommentInvalid(blames=(Blame("/text", "has characters that can't be shown"),))
    if not may_be_empty and not words.text.strip():
        raise CommentInvalid(blames=(Blame("/text", "says nothing"),))
    for place, mention in enumerate(words.mentions):
        if mention.user_id not in members:
            raise MentionUnknown(blames=(Blame(f"/mentions/{place}/user_id", "is no member"),))
    return _without_names(words)


def _without_names(words: Words) -> Words:
    units = words.text.encode("utf-16-le")
    kept, mentions, reached = b"", list[Mention](), 0
    for place, mention in enumerate(words.mentions):
        start, end = mention.offset, mention.offset + mention.length
        if not (reached <= start < end and _can_be_cut(units, start) and _can_be_cut(units, end)):
            raise CommentInvalid(
                blames=(Blame(f"/mentions/{place}", "is no place in the text, or not behind the last"),)
            )
        kept += units[2 * reached : 2 * start]
        mentions.append(replace(mention, offset=len(kept) // 2, length=len(MENTIONED)))
        kept += MENTIONED.encode("utf-16-le")
        reached = end
    return Words(text=(kept + units[2 * reached :]).decode("utf-16-le"), mentions=tuple(mentions))


def _can_be_cut(units: bytes, place: int) -> bool:
    """Whether this is a place in the text, and not in the middle of a letter. Source: RFC 2781, 2.2."""
    high = units[2 * place + 1 : 2 * place + 2] if place >= 0 else b""
    return 0 <= 2 * place <= len(units) and not b"\xdc" <= high <= b"\xdf"


@record
class Beside:
    """What is shown beside comments: what members are called now, and files by their id."""

    names: Mapping[UserId, str]
    files: Mapping[FileId, File]
