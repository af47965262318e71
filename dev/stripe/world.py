"""Everything this Stripe knows: its objects as JSON, the time, the ids it gave; and how a request is undone."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

from dev.stripe.mint import minted
from dev.stripe.wire.refusals import no_such

API_VERSION = "2026-10-28.endive"
"""The version the pinned client speaks, and the only one this Stripe does. A test compares the two."""

REPLIES_LAST_S = 86_400
"""How long a repeated request gets the first one's answer."""

Thing = dict[str, Any]
"""One object as Stripe serves it. Keys that begin with "_" are ours and are never shown."""


class Rules(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What an operator chooses on Stripe's dashboard.

    `retry_days`: days from one failed attempt at a renewal to the next. `after_last`: what becomes of the subscription
    when the last fails. `livemode`: whether objects say they are of live mode.
    """

    retry_days: tuple[int, ...] = (3, 5, 7)
    after_last: Literal["cancel", "unpaid", "past_due"] = "cancel"
    livemode: bool = False


class Reply(msgspec.Struct, kw_only=True):
    """An answer kept for whoever repeats the request with its key. `asked` is method, path and parameters."""

    asked: str
    status: int
    body: Thing
    request_id: str
    at: int


class State(msgspec.Struct, kw_only=True):
    """One moment of a world; `ahead_s` is how far its time is ahead of the machine's."""

    seed: str
    count: int = 0
    ahead_s: int = 0
    things: dict[str, Thing] = {}
    replies: dict[str, Reply] = {}
    rules: Rules = msgspec.field(default_factory=Rules)


@dataclass(slots=True)
class _Undo:
    """What must be put back: objects as they were (None: there was none), and the counter."""

    count: int
    before: dict[str, Thing | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """The request that events say they come from; both None when time did it."""

    request_id: str | None = None
    idempotency_key: str | None = None


class World:
    """The objects by id, in the order they were made. `wall` gives the machine's time in seconds since 1970."""

    def __init__(self, state: State, pages: str, wall: Callable[[], float] = time.time) -> None:
        self.state = state
        self.pages = pages
        self.cause = Cause()
        self.fresh_events: list[Thing] = []
        self._wall = wall
        self._moment: int | None = None
        self._undo: _Undo | None = None
        self._kinds: dict[str, dict[str, Thing]] = {}
        for thing in state.things.values():
            self._kinds.setdefault(thing["object"], {})[thing["id"]] = thing

    @property
    def rules(self) -> Rules:
        """What the dashboard would say."""
        return self.state.rules

    def now(self, customer: str | None = None) -> int:
        """The time for a customer: their test clock's, or this world's."""
        clock_id = self.state.things.get(customer, {}).get("test_clock") if customer else None
        if clock_id:
            return int(self.state.things[clock_id]["frozen_time"])
        return int(self._wall()) + self.state.ahead_s if self._moment is None else self._moment

    @contextmanager
    def at(self, moment: int) -> Iterator[None]:
        """Let it be that moment for whatever happens inside."""
        before, self._moment = self._moment, moment
        try:
            yield
        finally:
            self._moment = before

    def mint(self, prefix: str) -> str:
        """The next id."""
        self.state.count += 1
        return minted(self.state.seed, self.state.count, prefix)

    def add(self, thing: Thing) -> Thing:
        """Keep a new object."""
        self._remember(thing["id"], None)
        self._place(thing)
        return thing

    def get(self, kind: str, name: str, *, param: str = "") -> Thing:
        """An object to read or to change.

        Raises:
            Refused: there is none of that kind and id, or it was deleted; `param` names the parameter that asked.
        """
        thing = self._kinds.get(kind, {}).get(name)
        if thing is None or thing.get("deleted"):
            raise no_such(kind, name, param=param)
        self._remember(name, thing)
        return thing

    def find(self, name: str) -> Thing | None:
        """An object of whatever kind, to look at."""
        return self.state.things.get(name)

    def all(self, kind: str) -> list[Thing]:
        """The objects of a kind, the oldest first, to look at; what is to be changed is taken by `get`."""
        return [thing for thing in self._kinds.get(kind, {}).values() if not thing.get("deleted")]

    def of(self, kind: str, owner: str, value: str) -> list[Thing]:
        """Those of a kind whose field `owner` names an object."""
        return [thing for thing in self.all(kind) if thing.get(owner) == value]

    def forget(self, name: str, stub: Thing) -> Thing:
        """Delete an object; its id stays taken, by a stub that says so."""
        self._remember(name, self.state.things[name])
        self._place(stub)
        return stub

    def reply_to(self, key: str) -> Reply | None:
        """What the first request with this key was answered, for a day."""
        kept = self.state.replies.get(key)
        return kept if kept is not None and kept.at + REPLIES_LAST_S > self.now() else None

    def keep_reply(self, key: str, reply: Reply) -> None:
        """Keep an answer, and drop those whose day is over; they stand in the order of their time."""
        replies = self.state.replies
        replies.pop(key, None)
        replies[key] = reply
        while (oldest := next(iter(replies))) != key and replies[oldest].at + REPLIES_LAST_S <= reply.at:
            del replies[oldest]

    @contextmanager
    def change(self, *, pretends: bool = False) -> Iterator[None]:
        """All that happens inside, or nothing: when it raises what keeps no effect, or when it only pretends."""
        self._undo, told = _Undo(self.state.count), len(self.fresh_events)
        try:
            yield
        except BaseException as trouble:
            pretends = not getattr(trouble, "keeps_effect", False)
            raise
        finally:
            if pretends:
                self._put_back(self._undo)
                del self.fresh_events[told:]
            self._undo = None

    def _put_back(self, undo: _Undo) -> None:
        self.state.count = undo.count
        for name, before in undo.before.items():
            if before is not None:
                self._place(before)  # where it stood: the order of lists is that of making
            else:
                made = self.state.things.pop(name)
                del self._kinds[made["object"]][name]

    def _remember(self, name: str, thing: Thing | None) -> None:
        if self._undo is not None and name not in self._undo.before:
            self._undo.before[name] = deepcopy(thing)

    def _place(self, thing: Thing) -> None:
        self.state.things[thing["id"]] = thing
        self._kinds.setdefault(thing["object"], {})[thing["id"]] = thing
