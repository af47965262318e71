"""Chalice, made safe to serve from threads, its own refusals made problem documents.

Chalice keeps the current request in a plain attribute. On Lambda one request runs at a time; in a threaded server (the
local one) that attribute is another request's data. Here it is a context variable, in both places.
"""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from chalice.app import Chalice, Response

from chalicelib.edge import problem
from chalicelib.kernel import ids
from chalicelib.kernel.errors import Fact
from chalicelib.kernel.problems import MediaTypeUnsupported, MethodNotAllowed, UnexpectedFault

_request: ContextVar[Any] = ContextVar("current_request", default=None)
_lambda_context: ContextVar[Any] = ContextVar("lambda_context", default=None)

_REFUSALS: dict[int, type[Fact]] = {405: MethodNotAllowed, 415: MediaTypeUnsupported}


class SafeChalice(Chalice):
    """A Chalice whose current request belongs to the current thread of work."""

    def __init__(self, app_name: str) -> None:
        super().__init__(app_name)
        self.register_middleware(_answer_problems, "http")

    @property
    def current_request(self) -> Any:
        """The request being answered here."""
        return _request.get()

    @current_request.setter
    def current_request(self, value: Any) -> None:
        _request.set(value)

    @property
    def lambda_context(self) -> Any:
        """The invocation being answered here."""
        return _lambda_context.get()

    @lambda_context.setter
    def lambda_context(self, value: Any) -> None:
        _lambda_context.set(value)


def _answer_problems(request: Any, get_response: Callable[[Any], Response]) -> Response:
    """Say what Chalice refuses before a view is reached the way views say it."""
    answer = get_response(request)
    if answer.status_code < 400 or answer.headers.get("Content-Type") == problem.MEDIA_TYPE:
        return answer
    refusal = _REFUSALS.get(answer.status_code, UnexpectedFault)()
    ours = problem.response(refusal, request_id=ids.mint())
    allowed = answer.headers.get("Allow")
    return Response(
        body=ours.body,
        status_code=ours.status_code,
        headers=ours.headers if allowed is None else {**ours.headers, "Allow": allowed},
    )
