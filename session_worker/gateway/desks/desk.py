"""The desk of one socket: every request there is, told apart by its `type`, and what answers it."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Final, Union

import msgspec
from msgspec import Meta

from chalicelib.adapters import shapes
from session_worker.gateway.admission import Visitor
from session_worker.gateway.desks import (
    accounts,
    conversation,
    finding,
    groups,
    login,
    media,
    reading,
    scheduled,
    writing,
)
from session_worker.gateway.desks.reach import Answers, Push, Reach, Rooms
from session_worker.gateway.frames import Request
from session_worker.wire import Wire

RenewPass = Callable[[str], Awaitable[None]]

_KINDS: Final = (accounts, conversation, finding, groups, login, media, reading, scheduled, writing)


class Renew(Request, frozen=True, tag="renew"):
    """A new pass, so that the socket may stay."""

    gateway_pass: Annotated[str, Meta(max_length=4_096)] = msgspec.field(name="pass")


class Ping(Request, frozen=True, tag="ping"):
    """Nothing but an answer: after a sleep the browser asks whether its socket still leads anywhere."""


REQUESTS: Final[tuple[type[Request], ...]] = (
    Renew,
    Ping,
    *(
        struct
        for kind in _KINDS
        for struct in vars(kind).values()
        if isinstance(struct, type) and issubclass(struct, Request) and struct is not Request
    ),
)
"""Every request there is; unknown ones and unknown fields are refused."""
_ANY: Final = Union[REQUESTS]  # noqa: UP007 - made at run time


def read_request(raw: str) -> Request:
    """A request frame.

    Raises:
        Invalid: naming the field.
        Unreadable: not JSON.
    """
    request: Request = shapes.decoded(raw, _ANY)
    return request


class Desk:
    """Answers the requests of one visitor."""

    def __init__(self, rooms: Rooms, visitor: Visitor, *, push: Push, renew: RenewPass) -> None:
        reach = self._reach = Reach(rooms, visitor, push)
        self._renew_pass = renew
        self._login = login.desk_of(reach)
        self._look = rooms.following.look(visitor.workspace_id, visitor.user_id)
        self._answers: Answers = {
            Renew: self._renew,
            Ping: _pong,
            **login.answers(self._login),
            **accounts.answers(reach),
            **conversation.answers(reach),
            **finding.answers(reach),
            **groups.answers(reach),
            **media.answers(reach),
            **reading.answers(reach, self._look),
            **scheduled.answers(reach),
            **writing.answers(reach),
        }

    def welcome(self) -> Wire:
        """The answer to hello: which of the visitor's connections live here, and how they are."""
        visitor = self._reach.visitor
        states = self._reach.rooms.connections.states_of(visitor.workspace_id, visitor.user_id)
        known = [{"account_id": account_id, "state": state} for account_id, state in states]
        return {"type": "welcome", "seq": 0, "connections": known}

    async def answer(self, request: Request) -> Wire:
        """The result of a request. Raises the facts of the room that does it."""
        return await self._answers[type(request)](request)

    async def close(self) -> None:
        """The socket is gone: end what belongs to it alone."""
        self._look.turn_away()
        await self._login.close()

    async def _renew(self, request: Renew) -> Wire:
        await self._renew_pass(request.gateway_pass)
        return {}


async def _pong(_: Ping) -> Wire:
    return {}
