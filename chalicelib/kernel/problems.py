"""Facts as RFC 9457 problem documents, over HTTP and over the gateway alike; only this room knows statuses."""

import math
from typing import Final

from chalicelib.kernel.errors import (
    Conflict,
    Fact,
    Forbidden,
    Invalid,
    NotFound,
    TooMany,
    Unauthenticated,
    Unavailable,
    Unreadable,
)


class BodyTooLarge(Unreadable):
    """More bytes than any request of ours has."""

    code = "body-too-large"
    title = "The request is too large."


class MediaTypeUnsupported(Unreadable):
    """The body is said to be something other than JSON."""

    code = "media-type-unsupported"
    title = "Requests carry application/json."


class MethodNotAllowed(Fact):
    """The address exists and does not know this verb."""

    code = "method-not-allowed"
    title = "This address does not take this kind of request."


class NoSuchRoute(NotFound):
    """No route of ours has this path and verb."""

    code = "no-such-route"
    title = "There is nothing at this address."


class SocketRefused(Forbidden):
    """The gateway answered the opening of a socket with a refusal; the status is the gateway's own."""

    code = "socket-refused"
    title = "The gateway refused the socket."


class OriginAway(Unavailable):
    """What should answer behind the front door does not, or answers nonsense."""

    code = "origin-away"
    title = "The part that answers this is away. Try again in a moment."


class AnswerTooLate(Unavailable):
    """The front door stopped waiting; whether the request was carried out is unknown."""

    code = "answer-too-late"
    title = "The answer took too long. Look whether it was done before you repeat it."


class UnexpectedFault(Fact):
    """Something broke on our side; the log has it under the request id."""

    code = "unexpected-fault"
    title = "Something went wrong on our side. It has been noted."


_STATUSES: Final[tuple[tuple[type[Fact], int], ...]] = (
    (BodyTooLarge, 413),
    (MediaTypeUnsupported, 415),
    (MethodNotAllowed, 405),
    (Unreadable, 400),
    (Unauthenticated, 401),
    (Forbidden, 403),
    (NotFound, 404),
    (Conflict, 409),
    (Invalid, 422),
    (TooMany, 429),
    (OriginAway, 502),
    (AnswerTooLate, 504),
    (Unavailable, 503),
)


def status_of(fact: Fact | type[Fact]) -> int:
    """The HTTP status of a fact."""
    kind = fact if isinstance(fact, type) else type(fact)
    return next((status for parent, status in _STATUSES if issubclass(kind, parent)), 500)


def retry_after_s(fact: Fact) -> int | None:
    """Whole seconds after which the same request makes sense again, where that is known."""
    match fact:
        case TooMany() | Unavailable():
            return max(1, math.ceil(fact.retry_after_s))
        case _:
            return None


def document(fact: Fact, *, origin: str, request_id: str) -> dict[str, object]:
    """The problem document. Source: RFC 9457, 3. `code`, `request_id`, `errors` and `standing` are our extensions."""
    problem: dict[str, object] = {
        "type": f"{origin}/problems/{fact.code}",
        "title": fact.title,
        "status": status_of(fact),
        "code": fact.code,
        "request_id": request_id,
    }
    if fact.detail:
        problem["detail"] = fact.detail
    if fact.blames:
        problem["errors"] = [{"pointer": blame.pointer, "detail": blame.detail} for blame in fact.blames]
    if fact.standing:
        problem["standing"] = fact.standing
    wait_s = retry_after_s(fact)
    if wait_s is not None:
        problem["retry_after_s"] = wait_s
    return problem
