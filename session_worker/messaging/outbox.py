"""Rows of what people send from the app: ids and states for seven days, never a body (docs/data-model.md)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from pynamodb.attributes import UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.kernel.ids import AccountId, ChatId, ClientId, ConnectionId
from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, MomentAttribute, Row
from chalicelib.table.tenant import Tenant

KEPT: Final = timedelta(days=7)
REPEATABLE_FOR: Final = timedelta(minutes=10)
"""So long Telegram is sure to remember a `random_id`; later a repeat might become a second message."""


class SendState(StrEnum):
    """Where a send stands. `queued`: certainly not sent yet. `sending`: it may or may not have arrived."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"


class OutgoingRow(Row, discriminator="outgoing"):
    """One send. `login` tells auth keys apart: only the key that sent may repeat.

    `message_ids` is a list with one entry a part: the id it became, or null while nobody knows.
    """

    chat_id = UnicodeAttribute()
    state = UnicodeAttribute()
    login = UnicodeAttribute()
    tried_at = MomentAttribute()
    message_ids = DocumentAttribute()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A send as it is remembered; `tried_at` is the first time Telegram may have seen it."""

    client_id: ClientId
    chat_id: ChatId
    state: SendState
    login: str
    tried_at: datetime
    message_ids: tuple[int | None, ...] = (None,)
    """What each part became; None while that is not known."""

    @property
    def is_unseen(self) -> bool:
        """Whether Telegram is sure to have made nothing of it."""
        return self.state in (SendState.QUEUED, SendState.FAILED)

    def may_repeat(self, login: str, at: datetime) -> bool:
        """Whether handing it to Telegram again can't become a second message."""
        if self.is_unseen:
            return True
        return self.login == login and at - self.tried_at < REPEATABLE_FOR


class Outbox:
    """The sends of one connection."""

    def __init__(self, tenant: Tenant, account_id: AccountId, connection_id: ConnectionId) -> None:
        self._rows = tenant.rows(keys.account_partition(account_id))
        self._connection_id = connection_id

    def get(self, client_id: ClientId) -> Outgoing | None:
        """What is known of a send: one read unit."""
        row = self._rows.get(OutgoingRow, keys.outgoing(self._connection_id, client_id))
        return None if row is None else _outgoing(client_id, row)

    def begin(self, outgoing: Outgoing, *, over: Outgoing | None = None) -> bool:
        """Say, before Telegram is told, that it may be told: one write unit.

        False when the row is no longer `over`, as it was read: another task carries the send, and nothing was written.
        """
        return self._rows.put(
            self._rows.new(
                OutgoingRow,
                keys.outgoing(self._connection_id, outgoing.client_id),
                chat_id=outgoing.chat_id,
                state=outgoing.state,
                login=outgoing.login,
                tried_at=outgoing.tried_at,
                message_ids=list(outgoing.message_ids),
                expires_at=int((outgoing.tried_at + KEPT).timestamp()),
            ),
            Row.pk.does_not_exist() if over is None else _still(over.tried_at) & (OutgoingRow.state == over.state),
        )

    def settle(
        self, client_id: ClientId, state: SendState, message_ids: Sequence[int | None] = (), *, tried_at: datetime
    ) -> None:
        """Say what became of it, and of its parts where that is known: one write unit.

        That it was sent is the last word: what a task says late, that tried at another time or knows less, is not
        written.
        """
        row = self._rows.new(OutgoingRow, keys.outgoing(self._connection_id, client_id))
        actions = [OutgoingRow.state.set(state)]
        if message_ids:
            actions.append(OutgoingRow.message_ids.set(list(message_ids)))
        is_last_word = state is SendState.SENT
        self._rows.update(
            row,
            actions,
            Row.pk.exists() if is_last_word else _still(tried_at) & (OutgoingRow.state != SendState.SENT),
        )

    def claimed_messages(self, chat_id: ChatId, *, by_others_than: ClientId) -> set[int]:
        """Ids of a chat's messages that are known to be other sends': a query over the connection's week of sends."""
        own = keys.outgoing(self._connection_id, by_others_than)
        rows = self._rows.query(OutgoingRow, keys.outgoing_of(self._connection_id))
        return {
            number for row in rows if row.chat_id == chat_id and row.sk != own for number in row.message_ids if number
        }


def random_id_of(connection_id: ConnectionId, client_id: ClientId, part: int = 0) -> int:
    """The number by which Telegram knows a send: the same however often, and wherever, it is repeated."""
    digest = hashlib.sha256(f"{connection_id}#{client_id}#{part}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def random_ids_of(connection_id: ConnectionId, client_id: ClientId, parts: int) -> list[int]:
    """The numbers of all parts of a send."""
    return [random_id_of(connection_id, client_id, part) for part in range(parts)]


def _still(tried_at: datetime) -> Condition:
    return OutgoingRow.tried_at == tried_at


def _outgoing(client_id: ClientId, row: OutgoingRow) -> Outgoing:
    return Outgoing(
        client_id=client_id,
        chat_id=ChatId(row.chat_id),
        state=SendState(row.state),
        login=row.login,
        tried_at=row.tried_at,
        message_ids=tuple(row.message_ids),
    )
