"""The journal: an append-only entry in the same transaction as each change (product.md section 10).

A workspace's entries lie in its own partitions, a person's sign-ins in theirs. Old and new values are sealed under the
key of whose log it is, name, address and device under the key of whoever acted: destroying a key erases both here and
in every copy (decision 0018).
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from pynamodb.attributes import UnicodeAttribute

from chalicelib.kernel import clock
from chalicelib.kernel.actors import Actor, ActorKind
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.records import record
from chalicelib.table import cipher, keys
from chalicelib.table.cipher import Purpose, SealBroken
from chalicelib.table.items import BytesAttribute, MomentAttribute, Row
from chalicelib.table.rows import Rows
from chalicelib.table.transaction import Transaction, mint_entry

MAX_VALUE_CHARACTERS = 1_000
"""Longer old and new values are kept as an excerpt and a hash."""
_EXCERPT_CHARACTERS = 200
FRESH = timedelta(milliseconds=500)
"""How long after its id an entry may be sent: with the 2 s an attempt lives well within what the feeds wait."""
_ACTOR: Final = "actor"
_ABOUT: Final = "about"
"""Keep what is sealed of the actor, and under the key of whom it is about, apart from the rest of the same entry."""

PartitionOf = Callable[[datetime], str]


class JournalRow(Row, discriminator="journal"):
    """One entry: who changed what. `values` is sealed {"old", "new"}, `who` sealed {"name", "address", "device"}.

    `about` is whose key the values are sealed under besides the log's, where they say what somebody is called.
    """

    at = MomentAttribute()
    event = UnicodeAttribute()
    target = UnicodeAttribute()
    actor_kind = UnicodeAttribute()
    actor_id = UnicodeAttribute()
    values = BytesAttribute()
    about = UnicodeAttribute(null=True)
    who = BytesAttribute(null=True)


@record
class Entry:
    """An entry opened. What was sealed under a destroyed key is gone: `name` is then empty, `old` and `new` None."""

    id: str
    at: datetime
    event: str
    target: str
    actor: Actor
    old: Any
    new: Any


@record
class Home:
    """Whose journal: the owner of the key its values are sealed under, and the partition of a moment.

    `partition_of` is asked right before an entry is written there, and may do what has to come first.
    """

    owner: str
    partition_of: PartitionOf


@record
class _Recorded:
    """What an entry says, before it has an id."""

    event: str
    target: str
    values: Mapping[str, Any]
    about: str | None


class JournalledTransaction(Transaction):
    """A change that commits only together with its entry."""

    def __init__(self, bound: str, rows: Rows, home: Home, actor: Actor, now: Clock, once: str | None) -> None:
        super().__init__(bound, rows, now().timestamp(), once)
        self._journal = home
        self._actor = actor
        self._clock = now
        self._recorded: _Recorded | None = None

    def record(self, event: str, *, target: str, old: Any = None, new: Any = None, about: str | None = None) -> None:
        """Say what this change is. `event` is a noun and a past participle (`column.created`); one entry covers it.

        Values that say what a person is called are `about` them: sealed under their key, too, so that they are gone
        when either the log's owner or the person is erased.
        """
        self._recorded = _Recorded(
            event=event, target=target, values={"old": _bounded(old), "new": _bounded(new)}, about=about
        )

    def _entry(self) -> Row:
        """Composed once more where it took long, as it does when a key was fetched: an id must not be old (`feeds`)."""
        at = self._clock()
        entry = self._composed(at)
        return entry if self._clock() - at < FRESH else self._composed(self._clock())

    def _composed(self, at: datetime) -> Row:
        if self._recorded is None:
            raise ValueError("a change to shared data without its journal entry")
        told, owner = self._recorded, self._journal.owner
        entry_id = mint_entry(at.timestamp())
        # Sealed first: where the key is destroyed, no partition is opened either.
        values = _seal_values(told.values, entry_id, owner=owner, about=told.about)
        who = _who(self._actor, entry_id)
        return JournalRow(
            self._journal.partition_of(at),
            keys.entry(entry_id),
            at=at,
            event=told.event,
            target=told.target,
            actor_kind=self._actor.kind,
            actor_id=self._actor.id,
            values=values,
            about=told.about,
            who=who,
        )


def opened(row: JournalRow, owner: str) -> Entry:
    """An entry as its readers see it; `owner` is whose journal it lies in. No call but for keys not in memory."""
    values = _open_values(row, owner)
    return Entry(
        id=row.sk,
        at=row.at,
        event=row.event,
        target=row.target,
        actor=_actor(row),
        old=values.get("old"),
        new=values.get("new"),
    )


def _actor(row: JournalRow) -> Actor:
    if row.who is None:
        return Actor(kind=ActorKind(row.actor_kind), id=row.actor_id, name="Wireroom")
    who = _open(row.actor_id, row.sk + _ACTOR, row.who)
    return Actor(
        kind=ActorKind(row.actor_kind),
        id=row.actor_id,
        name=who.get("name", ""),
        address=who.get("address", ""),
        device=who.get("device", ""),
    )


def _who(actor: Actor, entry_id: str) -> bytes | None:
    if actor.kind is ActorKind.SYSTEM:
        return None
    return _seal(actor.id, entry_id + _ACTOR, {"name": actor.name, "address": actor.address, "device": actor.device})


def _seal_values(values: Mapping[str, Any], entry_id: str, *, owner: str, about: str | None) -> bytes:
    """Under the log's key; what is about a person under theirs first, so that it takes both to read it."""
    if about is None:
        return _seal(owner, entry_id, values)
    inner = _seal(about, entry_id + _ABOUT, values)
    return cipher.current().seal(owner, Purpose.JOURNAL, entry_id, inner)


def _open_values(row: JournalRow, owner: str) -> dict[str, Any]:
    if row.about is None:
        return _open(owner, row.sk, row.values)
    try:
        inner = cipher.current().open(owner, Purpose.JOURNAL, row.sk, row.values)
    except SealBroken:
        return {}
    return _open(row.about, row.sk + _ABOUT, inner)


def _seal(owner: str, item_id: str, content: Any) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return cipher.current().seal(owner, Purpose.JOURNAL, item_id, text.encode())


def _open(owner: str, item_id: str, sealed: bytes) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(cipher.current().open(owner, Purpose.JOURNAL, item_id, sealed))
    except SealBroken:
        return {}
    return found


def _bounded(value: Any) -> Any:
    """The value as it may stand in the journal: of a record each member by itself, so that ids stay readable."""
    return {name: _cut(each) for name, each in value.items()} if isinstance(value, dict) else _cut(value)


def _cut(value: Any) -> Any:
    """A value, or of a long one an excerpt and a hash of the whole."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=_plain)
    if len(text) <= MAX_VALUE_CHARACTERS:
        return value if isinstance(value, str) else json.loads(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"excerpt": text[:_EXCERPT_CHARACTERS], "sha256": digest, "characters": len(text)}


def _plain(value: Any) -> str:
    return clock.to_wire(value)
