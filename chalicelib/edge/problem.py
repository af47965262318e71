"""Problem documents as HTTP carries them."""

import json
from typing import Final

from chalice.app import Response

from chalicelib import settings
from chalicelib.kernel.errors import Fact
from chalicelib.kernel.problems import BodyTooLarge, UnexpectedFault, document, retry_after_s, status_of

__all__ = [
    "MEDIA_TYPE",
    "BodyTooLarge",
    "UnexpectedFault",
    "document",
    "response",
    "retry_after_s",
    "status_of",
    "to_json",
]

MEDIA_TYPE: Final = "application/problem+json"


def to_json(problem: dict[str, object]) -> str:
    """A problem as it travels."""
    return json.dumps(problem, ensure_ascii=False, separators=(",", ":"))


def response(fact: Fact, *, request_id: str) -> Response:
    """A fact as the answer to a request."""
    headers: dict[str, str | list[str]] = {"Content-Type": MEDIA_TYPE, "Cache-Control": "no-store"}
    wait_s = retry_after_s(fact)
    if wait_s is not None:
        headers["Retry-After"] = str(wait_s)
    written = document(fact, origin=settings.current().public_origin, request_id=request_id)
    return Response(body=to_json(written), status_code=status_of(fact), headers=headers)
