"""Which tickets a list shows, and in which order. Pure."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from chalicelib.features.files.model import File
from chalicelib.features.tickets.model.sla import Priority, Reckoning, SlaState
from chalicelib.features.tickets.model.tickets import Status, Ticket
from chalicelib.kernel import clock
from chalicelib.kernel.ids import ChatId, UserId
from chalicelib.kernel.records import record

MAX_PAGE: Final = 500
MAX_SORTED_PAGE: Final = 100
"""Of a list in another order than the table's: with the longest descriptions still an answer that a Lambda may give."""
MOST_LOOKED_AT: Final = 2_000
"""Tickets a request looks through for those its filters take; a rare one is found by asking on from there."""


class Order(StrEnum):
    """By what tickets are sorted."""

    NEWEST = "newest"
    OLDEST = "oldest"
    CHANGED = "changed"
    URGENCY = "urgency"
    PRIORITY = "priority"
    STATUS = "status"
    DUE_ON = "due_on"
    TITLE = "title"


@record
class Reckoned:
    """A ticket, how it stands towards its promise, and what is known of its files, as far as that was read."""

    ticket: Ticket
    sla: Reckoning
    files: tuple[File, ...] = ()


@record
class TicketFilters:
    """Which tickets: None takes all. `assignees` may hold None, for those nobody sees to.

    `text` takes a ticket when each of its words stands in title or description, or is its number (`42` or `#42`).
    """

    statuses: Collection[Status] | None = None
    priorities: Collection[Priority] | None = None
    assignees: Collection[UserId | None] | None = None
    sla: Collection[SlaState] | None = None
    chat_id: ChatId | None = None
    text: str = ""

    def take(self, reckoned: Reckoned, now: datetime) -> bool:
        """Whether a ticket is one of these."""
        ticket = reckoned.ticket
        return (
            (self.statuses is None or ticket.status in self.statuses)
            and (self.priorities is None or ticket.priority in self.priorities)
            and (self.assignees is None or ticket.assignee in self.assignees)
            and (self.chat_id is None or self.chat_id in ticket.chat_ids)
            and (self.sla is None or reckoned.sla.state_at(now) in self.sla)
            and self._says(ticket)
        )

    def _says(self, ticket: Ticket) -> bool:
        words = self.text.casefold().split()
        if not words:
            return True
        text, number = f"{ticket.title}\n{ticket.description}".casefold(), str(ticket.number)
        return all(word.removeprefix("#") == number or word in text for word in words)


Place = tuple[str, ...]
"""Where a ticket stands in an order: compared as texts, the id last."""


def place_of(reckoned: Reckoned, order: Order) -> Place:
    """Where a ticket stands in an order; of two alike the newer one first."""
    return (*_KEYS[order](reckoned), _backwards(reckoned.ticket.id))


def _backwards(minted: str) -> str:
    """A text that sorts the other way round than an id does."""
    return "".join(chr(0x7F - ord(letter)) for letter in minted)


def _urgency(reckoned: Reckoned) -> Place:
    """What is late or falls due first; then what waits, what nothing was promised of, and what is done."""
    sla = reckoned.sla
    if sla.done_at is not None or reckoned.ticket.status.is_done:
        return ("4", "")
    if sla.hours is None:
        return ("3", "")
    if sla.due_at is None:
        return ("2", f"{0 if sla.left is None else sla.left.total_seconds():012.0f}")
    return ("1", clock.to_wire(sla.due_at))


_Key = Callable[[Reckoned], Place]
_PRIORITIES: Final = {Priority.HIGH: "1", Priority.MEDIUM: "2", Priority.LOW: "3"}
_STATUSES: Final = {status: str(place) for place, status in enumerate(Status)}
_NEVER: Final = "9999-99-99"
_KEYS: Final[Mapping[Order, _Key]] = {
    Order.NEWEST: lambda _each: (),
    Order.OLDEST: lambda each: (each.ticket.id,),
    Order.CHANGED: lambda each: (_backwards(clock.to_wire(each.ticket.changed_at)),),
    Order.URGENCY: _urgency,
    Order.PRIORITY: lambda each: (_PRIORITIES[each.ticket.priority],),
    Order.STATUS: lambda each: (_STATUSES[each.ticket.status],),
    Order.DUE_ON: lambda each: (each.ticket.due_on or _NEVER,),
    Order.TITLE: lambda each: (each.ticket.title.casefold(),),
}
