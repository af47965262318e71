"""What can go wrong, as facts. Slices name theirs after what is so; the edge alone knows which status that is.

Fact
├── Unauthenticated    who are you?
├── NotFound           missing, or somebody else's: both look the same
├── Invalid            what was asked for makes no sense
│   └── Unreadable     it could not even be read
├── Forbidden          you may not
├── Conflict           not as things stand
├── TooMany            later, in retry_after_s
└── Unavailable        we can't now; try in retry_after_s
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Blame:
    """One thing wrong with the input. `pointer` is a JSON pointer into it (Source: RFC 6901); empty for the whole."""

    pointer: str
    detail: str


class Fact(Exception):
    """A refusal the caller can act on.

    `code` is stable and clients switch on it; `title` is one sentence for people, the same for every occurrence;
    `detail` says more about this one; `standing` carries what a client needs to recover (JSON values only).
    """

    code: ClassVar[str]
    title: ClassVar[str]

    def __init__(
        self, detail: str = "", *, blames: tuple[Blame, ...] = (), standing: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.blames = blames
        self.standing = dict(standing or {})


class Unauthenticated(Fact):
    """Nobody is signed in, or no longer."""

    code = "unauthenticated"
    title = "Sign in to go on."


class NotFound(Fact):
    """It does not exist for this caller."""

    code = "not-found"
    title = "There is nothing here, or it is not yours to see."


class ChatNotFound(NotFound):
    """The workspace has no such chat. Here, since more than one slice hangs things on chats."""

    code = "chat-not-found"
    title = "There is no such chat."


class MemberNotFound(NotFound):
    """Nobody of this id belongs to the workspace. Here, since seats are held by members, too."""

    code = "member-not-found"
    title = "There is no such member here."


class Invalid(Fact):
    """The request was understood and makes no sense; `blames` names the places."""

    code = "invalid"
    title = "Something in the request is not right."


class Unreadable(Invalid):
    """The request could not be read as what it should be."""

    code = "unreadable"
    title = "The request could not be read."


class Forbidden(Fact):
    """The caller is known and may not."""

    code = "forbidden"
    title = "You may not do this."


class ForeignOrigin(Forbidden):
    """A state-changing request that another site may have caused."""

    code = "foreign-origin"
    title = "This request did not come from the app."


class OriginClosed(Forbidden):
    """The request reached us past the front door."""

    code = "origin-closed"
    title = "Use the public address."


class Conflict(Fact):
    """It makes sense, only not as things stand."""

    code = "conflict"
    title = "That does not fit with how things stand now."


class TooMany(Fact):
    """Too often; the same request may be tried again after `retry_after_s` seconds."""

    code = "too-many-requests"
    title = "Too many requests."

    def __init__(self, detail: str = "", *, retry_after_s: int) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s


class Unavailable(Fact):
    """A part we need does not answer; try again after `retry_after_s` seconds."""

    code = "unavailable"
    title = "This is not available at the moment."

    def __init__(self, detail: str = "", *, retry_after_s: int = 5) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s
