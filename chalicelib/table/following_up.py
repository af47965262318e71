"""What follows a committed change at once, and what due work takes up a minute later where that was cut short."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from chalicelib.kernel.errors import Fact
from chalicelib.logs import log

TAKEN_UP_AFTER: Final = timedelta(minutes=1)


@contextmanager
def follow_up() -> Iterator[None]:
    """Do what follows; a refusal on the way is no answer to the change, which stands, and is left to due work."""
    try:
        yield
    except Fact as refusal:
        log.warning("change.cut_short", code=refusal.code)
