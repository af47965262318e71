"""The journal: an append-only entry in the same transaction as each change to shared data (product.md section 10)."""

import hashlib
import json
from typing import Any

from pynamodb.attributes import UnicodeAttribute

from chalicelib.kernel import clock
from chalicelib.kernel.actors import Actor
from chalicelib.kernel.clock import Clock
from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, MomentAttribute, Row
from chalicelib.table.rows import Rows
from chalicelib.table.transaction import Transaction, mint_entry

MAX_VALUE_CHARACTERS = 1_000
"""Longer old and new values are kept as an excerpt and a hash."""
_EXCERPT_CHARACTERS = 200


class JournalRow(Row, discriminator="journal"):
    """One entry: who changed what, from what, to what."""

    at = MomentAttribute()
    event = UnicodeAttribute()
    target = UnicodeAttribute()
    actor_kind = UnicodeAttribute()
    actor_id = UnicodeAttribute()
    actor_name = UnicodeAttribute()
    address = UnicodeAttribute()
    device = UnicodeAttribute()
    old = DocumentAttribute(null=True)
    new = DocumentAttribute(null=True)


class JournalledTransaction(Transaction):
    """A tenant's transaction: it commits only together with its entry."""

    def __init__(self, bound: str, home: Rows, actor: Actor, now: Clock, once: str | None) -> None:
        super().__init__(bound, home, now().timestamp(), once)
        self._actor = actor
        self._clock = now
        self._recorded: dict[str, Any] | None = None

    def record(self, event: str, *, target: str, old: Any = None, new: Any = None) -> None:
        """Say what this change is. `event` is a noun and a past participle (`column.created`); one entry covers it."""
        self._recorded = {"event": event, "target": target, "old": _bounded(old), "new": _bounded(new)}

    def _entry(self) -> Row:
        if self._recorded is None:
            raise ValueError("a change to shared data without its journal entry")
        at = self._clock()
        partition = keys.journal_partition(at)
        return JournalRow(
            self._bound + partition.suffix,
            keys.entry(mint_entry(at.timestamp())),
            at=at,
            actor_kind=self._actor.kind,
            actor_id=self._actor.id,
            actor_name=self._actor.name,
            address=self._actor.address,
            device=self._actor.device,
            **self._recorded,
        )


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
