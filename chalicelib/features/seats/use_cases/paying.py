"""How seats follow what is paid."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from chalicelib.features.seats.model import PaidSeats, SeatChange, reckoned
from chalicelib.features.seats.repository import Seats, Standings
from chalicelib.features.seats.use_cases.steps import settle_coverage
from chalicelib.kernel import clock, ids
from chalicelib.kernel.ids import SeatId
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant

_AT_ONCE: Final = 35
"""Seats a transaction: with the copies their holders have, two rows each."""

Finish = Callable[[JournalledTransaction], None]
"""Adds to the last transaction what has to be true together with it, at most ten rows."""


def apply_paid(paid: PaidSeats, *, tenant: Tenant, finish: Finish | None = None) -> bool:
    """Bring the seats of one payer and interval to what is paid, and say whether anything had to be done.

    `paid` is the whole of it at one moment, so that repeating it, also after it was cut short, goes on to the same
    end. `finish` adds to the last transaction; where nothing had to be done there is none, and it is not called.
    Connections of whom nobody pays for any more, or pays for again, are seen to by due work at once; those that lapse,
    when they do. A query, a read, and a transaction for each 35 seats that change, up to 150 write units.

    Raises:
        ChangedMeanwhile: somebody changed a seat, or what is paid, at the same moment; a repetition goes on.
    """
    # As the table keeps moments, or the same would never be the same.
    paid = replace(paid, paid_until=clock.from_wire(clock.to_wire(paid.paid_until)))
    seats = Seats(tenant)
    paying = seats.paying(paid.paid_by, paid.interval)
    changes = reckoned(seats.all(), paid, now=tenant.now(), new_id=lambda: SeatId(ids.mint(tenant.now().timestamp())))
    if not changes and paying.extra == paid.extra:
        return False
    parts = [changes[start : start + _AT_ONCE] for start in range(0, len(changes), _AT_ONCE)] or [[]]
    for part in parts:
        is_last = part is parts[-1]
        with tenant.transaction() as change:
            extra = paid.extra if is_last else paying.extra
            paying = seats.pay(change, paid.paid_by, paid.interval, paying, extra=extra)
            _write(change, part, tenant)
            change.record("seats.paid", target=tenant.workspace_id, new=paid.journalled())
            if is_last:
                settle_coverage(change, tenant, tenant.now())
                settle_coverage(change, tenant, paid.paid_until)
                if finish is not None:
                    finish(change)
    return True


def _write(change: JournalledTransaction, part: Sequence[SeatChange], tenant: Tenant) -> None:
    for each in part:
        Seats(tenant).write(change, each)
        if each.before is not None and each.after is not None and each.before.user_id is not None:
            Standings(tenant).carry(change, each.before.user_id, each.before.held(), each.after.held())
