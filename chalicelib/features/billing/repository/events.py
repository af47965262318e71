"""What a provider told: a row an event, written once and settled once. Ids and what became of it, never the body."""

from datetime import datetime, timedelta
from typing import Final

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.features.billing.model import (
    EVENT_KEPT_FOR,
    EVENT_ROW,
    PROVIDER,
    EventSettled,
    EventState,
    ProviderEvent,
)
from chalicelib.kernel import clock
from chalicelib.kernel.payments import ToldEvent
from chalicelib.table import billing_keys, keys
from chalicelib.table.items import MomentAttribute, Row
from chalicelib.table.rows import Rows
from chalicelib.table.tenant import Installation, Tenant
from chalicelib.table.transaction import Transaction

_MOST: Final = 100


class EventRow(Row, discriminator=EVENT_ROW):
    """One event. It lies in the index `gsi1` until it is settled; `gsi1sk` is when the sweep may take it up."""

    event_type = UnicodeAttribute()
    created_at = MomentAttribute()
    is_live = BooleanAttribute()
    object_id = UnicodeAttribute()
    customer = UnicodeAttribute()
    state = UnicodeAttribute()
    attempts = NumberAttribute(default=0)
    received_at = MomentAttribute()
    settled_at = MomentAttribute(null=True)


class ProviderEvents:
    """Every event of the last ninety days."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def remember(self, told: ToldEvent) -> bool:
        """Keep an event; False where it is known. One conditional put: the index makes it two write units."""
        now = self._installation.now()
        row = self._rows(told.id).new(
            EventRow,
            keys.ONLY,
            event_type=told.type,
            created_at=told.created_at,
            is_live=told.is_live,
            object_id=told.object_id,
            customer=told.customer,
            state=EventState.RECEIVED.value,
            received_at=now,
            expires_at=int((now + EVENT_KEPT_FOR).timestamp()),
            gsi1pk=billing_keys.WAITING_EVENTS,
            gsi1sk=clock.to_wire(now),
        )
        return self._rows(told.id).put(row, Row.pk.does_not_exist())

    def get(self, event_id: str) -> ProviderEvent | None:
        """An event: one read unit."""
        row = self._rows(event_id).get(EventRow, keys.ONLY)
        return None if row is None else _event(event_id, row)

    def waiting(self, *, before: datetime) -> list[str]:
        """Ids of events that nobody has settled and that may be taken up, oldest first, at most a hundred: a query."""
        found = self._installation.in_second_order(EventRow, billing_keys.WAITING_EVENTS, limit=_MOST)
        return [_id_of(row) for row in found if row.gsi1sk <= clock.to_wire(before)]

    def settle(self, change: Transaction, event: ProviderEvent, state: EventState, *, tenant: Tenant) -> None:
        """Mark an event as part of what it brought about. Raises EventSettled: another did; nothing is written."""
        row = tenant.installation_rows(_key(event.told.id)).new(EventRow, keys.ONLY)
        change.update(row, _settled(state, tenant.now()), _is_open(), refusal=EventSettled())

    def settle_alone(self, event: ProviderEvent, state: EventState) -> None:
        """Mark an event that brought nothing about; one that is settled stays as it is."""
        rows = self._rows(event.told.id)
        rows.update(rows.new(EventRow, keys.ONLY), _settled(state, self._installation.now()), _is_open())

    def put_off(self, event: ProviderEvent, by: timedelta) -> None:
        """Have the sweep leave an event alone for a while, and count that it was tried."""
        rows = self._rows(event.told.id)
        again = clock.to_wire(self._installation.now() + by)
        rows.update(rows.new(EventRow, keys.ONLY), [EventRow.gsi1sk.set(again), EventRow.attempts.add(1)], _is_open())

    def _rows(self, event_id: str) -> Rows:
        return self._installation.rows(_key(event_id))


def _key(event_id: str) -> keys.InstallationKey:
    return billing_keys.provider_event(PROVIDER, event_id)


def _id_of(row: EventRow) -> str:
    return str(row.pk).rpartition("#")[2]


def _settled(state: EventState, at: datetime) -> list[Action]:
    return [
        EventRow.state.set(state.value),
        EventRow.settled_at.set(at),
        EventRow.gsi1pk.remove(),
        EventRow.gsi1sk.remove(),
    ]


def _is_open() -> Condition:
    waits: Condition = EventRow.state.is_in(EventState.RECEIVED.value, EventState.STUCK.value)
    return waits


def _event(event_id: str, row: EventRow) -> ProviderEvent:
    told = ToldEvent(
        id=event_id,
        type=row.event_type,
        created_at=row.created_at,
        is_live=row.is_live,
        object_id=row.object_id,
        customer=row.customer,
    )
    return ProviderEvent(
        told=told,
        state=EventState(row.state),
        attempts=int(row.attempts),
    )
