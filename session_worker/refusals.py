"""Facts as browsers are told them over the socket."""

from typing import Any

from chalicelib import settings
from chalicelib.kernel import ids, problems
from chalicelib.kernel.errors import Fact


def problem_of(refusal: Fact, request_id: str | None = None) -> dict[str, Any]:
    """The problem document of a refusal; one that answers no request gets an id of its own."""
    origin = settings.current().public_origin
    return problems.document(refusal, origin=origin, request_id=request_id or ids.mint())
