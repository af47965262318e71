"""How many sockets one session, one person and one address may hold at a task."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from chalicelib import settings
from chalicelib.kernel.errors import TooMany
from session_worker import metrics

MAX_OF_SESSION: Final = 20
"""Each tab has one: more than a person keeps open."""
MAX_OF_PERSON: Final = 50
MAX_OF_ADDRESS: Final = 500
"""An office behind one address."""
_RETRY_S: Final = 30


class TooManySockets(TooMany):
    """This session, person or address has as many live sockets as it may have. Closing a tab makes room."""

    code = "too-many-sockets"
    title = "Too many tabs are open here."


class Crowd:
    """Who is here, counted. Used on the loop alone."""

    def __init__(self) -> None:
        self._here: Counter[tuple[str, str]] = Counter()

    @contextmanager
    def room_for(self, **who: str) -> Iterator[None]:
        """A place while the block lasts, for any of `session`, `person` and `address`.

        Raises:
            TooManySockets: one of them has all it may have.
        """
        names = [(kind, name) for kind, name in who.items() if name]
        if any(self._here[name] >= _most(name[0]) for name in names):
            metrics.SOCKETS_TOO_MANY.add()
            raise TooManySockets(retry_after_s=_RETRY_S)
        self._here.update(names)
        try:
            yield
        finally:
            self._here.subtract(names)
            for name in names:
                if not self._here[name]:
                    del self._here[name]


def _most(kind: str) -> int:
    factor = settings.current().limits_factor
    return {"session": MAX_OF_SESSION, "person": MAX_OF_PERSON, "address": MAX_OF_ADDRESS * factor}[kind]
