"""A workspace's activity log for tests: changes that are nothing but their entries, and changes held on their way."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from chalicelib.table import connection, keys
from chalicelib.table.feeds import FeedRow
from chalicelib.table.proof import Caller, prove_membership
from chalicelib.table.tenant import Tenant
from tests.hand_clock import HandClock
from tests.people import Person


def handle(person: Person, clock: HandClock) -> Tenant:
    """Their workspace in their hands, as a request would have it."""
    caller = Caller(address=person.browser.address, device=person.browser.device)
    return prove_membership(person.browser.token or "", person.workspace_id, caller, now=clock)[1]


def note(tenant: Tenant, target: str, event: str = "note.changed", **values: Any) -> None:
    """A change to shared data with nothing but its entry to it."""
    with tenant.transaction() as change:
        change.put(tenant.rows(keys.WORKSPACE).new(FeedRow, "NOTE", chat_id="1"))
        change.record(event, target=target, **values)


def notes(tenant: Tenant, clock: HandClock, names: Sequence[str], every: timedelta = timedelta(seconds=1)) -> None:
    """A change about each of these, one after another."""
    for name in names:
        clock.advance(every)
        note(tenant, name)


class Held:
    """Changes that were sent and do not arrive until they are let go, as on a slow line."""

    def __init__(self) -> None:
        self._gates: dict[str, tuple[threading.Event, threading.Event]] = {}
        self._threads: dict[str, threading.Thread] = {}

    def send(self, make: Callable[[str], object], name: str) -> None:
        """Begin the change of that name; its entry has its id when this returns."""
        arrived, _ = self._gates[name] = (threading.Event(), threading.Event())
        self._threads[name] = threading.Thread(target=make, args=(name,), name=name)
        self._threads[name].start()
        assert arrived.wait(10)

    def let_go(self, name: str) -> None:
        """Let it arrive; it is committed when this returns."""
        self._gates[name][1].set()
        self._threads[name].join(10)
        assert not self._threads[name].is_alive()

    def hold(self, **_: Any) -> None:
        """botocore's `before-send` handler, called in the thread that sends."""
        arrived, go = self._gates.get(threading.current_thread().name, (None, None))
        if arrived is not None and go is not None:
            arrived.set()
            go.wait(10)


@contextmanager
def holding() -> Iterator[Held]:
    """Hold the changes that are sent through it, and no others."""
    made = Held()
    events = connection.writer().meta.events
    events.register("before-send.dynamodb.TransactWriteItems", made.hold)
    try:
        yield made
    finally:
        events.unregister("before-send.dynamodb.TransactWriteItems", made.hold)
