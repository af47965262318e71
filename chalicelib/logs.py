"""One logger: JSON lines of an event name and fields. No field ever carries a body, code, token or password."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from aws_lambda_powertools import Logger

_bound: ContextVar[dict[str, object] | None] = ContextVar("log_fields", default=None)
_PLACES: Final = 8
_CALLER: Final = 3


class Log:
    """Writes an event with what was bound around it. `error` means that a person must act."""

    def __init__(self) -> None:
        self._logger = Logger(service="wireroom", use_rfc3339=True)

    def info(self, event: str, **fields: object) -> None:
        """Something happened as it should."""
        self._logger.info(event, extra=_with_bound(fields), stacklevel=_CALLER)

    def warning(self, event: str, **fields: object) -> None:
        """Something went wrong that mends itself."""
        self._logger.warning(event, extra=_with_bound(fields), stacklevel=_CALLER)

    def error(self, event: str, *, crash: BaseException | None = None, **fields: object) -> None:
        """A person must act. `crash` adds type and place of an exception, never its text: texts quote input."""
        if crash is not None:
            fields |= {"exception_type": type(crash).__qualname__, "places": _places(crash)}
        self._logger.error(event, extra=_with_bound(fields), stacklevel=_CALLER)


def _with_bound(fields: dict[str, object]) -> dict[str, object]:
    return {**(_bound.get() or {}), **fields}


def _places(crash: BaseException) -> list[str]:
    places: list[str] = []
    trace = crash.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-_PLACES:]


@contextmanager
def bound(**fields: object) -> Iterator[None]:
    """Add fields to every line of this block: request, tenant, member or connection."""
    token = _bound.set({**(_bound.get() or {}), **fields})
    try:
        yield
    finally:
        _bound.reset(token)


log: Final = Log()
