"""Chalice, made safe to serve from threads.

Chalice keeps the current request in a plain attribute. On Lambda one request runs at a time; in a threaded server (the
local one) that attribute is another request's data. Here it is a context variable, in both places.
"""

from contextvars import ContextVar
from typing import Any

from chalice.app import Chalice

_request: ContextVar[Any] = ContextVar("current_request", default=None)
_lambda_context: ContextVar[Any] = ContextVar("lambda_context", default=None)


class SafeChalice(Chalice):
    """A Chalice whose current request belongs to the current thread of work."""

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
