"""What nobody caught, and what libraries log: told by name, type and place, never by text, since texts quote input.

Telethon's errors quote packets, aiohttp's log lines requests, asyncio's the arguments of callbacks.
"""

import asyncio
import logging
import sys
from types import TracebackType
from typing import Any, Final

from chalicelib.logs import log

_OURS: Final = "wireroom"


def keep_texts_out() -> None:
    """Have every logger but our own, and every exception that Python itself would print, go through here."""
    logging.getLogger("telethon").setLevel(logging.CRITICAL + 1)
    root = logging.getLogger()
    root.handlers[:] = [_ByName(logging.WARNING)]
    logging.raiseExceptions = False
    sys.excepthook = _uncaught
    sys.unraisablehook = lambda unraisable: log.error("crash.unraisable", crash=unraisable.exc_value)


def of_loop(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """The event loop's handler of what nobody awaited."""
    log.error("crash.in_loop", crash=context.get("exception"))


class _ByName(logging.Handler):
    """Says that a library had something to say, and where."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.name == _OURS:  # it has a handler of its own, and says nothing that quotes
            return
        crash = record.exc_info[1] if record.exc_info else None
        place = f"{record.filename}:{record.lineno} {record.funcName}"
        if record.levelno >= logging.ERROR:
            log.error("library.said", crash=crash, logger=record.name, place=place)
        else:
            log.warning("library.said", logger=record.name, place=place)


def _uncaught(_: type[BaseException], crash: BaseException, __: TracebackType | None) -> None:
    log.error("crash.uncaught", crash=crash)
