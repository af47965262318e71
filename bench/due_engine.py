"""Ten thousand pieces of work due at one minute, taken up by several pollers at once: each is done once, or no figure.

The work itself is nothing: the figure is what finding, claiming and removing take, table included. Product.md's promise
is a minute; what a piece does comes on top.
"""

import time
import zlib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, Final

from bench import stand_in
from bench.measure import Figure, report, stated
from chalicelib import settings
from chalicelib.kernel import clock, ids
from chalicelib.table import keys
from chalicelib.table.due import Due, DueRow, Lane, Poller
from chalicelib.table.tenant import Installation

WORKS: Final = 10_000
POLLERS: Final = 4
"""As many tasks of the worker; the schedule's function is one more of the kind."""
_WORK: Final = "bench.nothing"
_BATCH: Final = 25


def measure(*, works: int = WORKS) -> Figure:
    """Seconds until all of it is done."""
    with stand_in.writing() as stock:
        installation = Installation()
        _plan(stock, works, installation)
        done: list[str] = []
        begun_s = time.monotonic()
        _work_off(done, works, installation)
        took_s = time.monotonic() - begun_s
    [(_, most)] = Counter(done).most_common(1)
    if len(done) != works or most != 1:
        raise RuntimeError(f"of {works} pieces {len(set(done))} were done, one of them {most} times")
    return stated("due_engine", took_s, unit="s")


def _plan(stock: Any, works: int, installation: Installation) -> None:
    at = clock.to_wire(datetime.now(UTC))
    puts = [{"PutRequest": {"Item": _due(installation, at).serialize()}} for _ in range(works)]
    for start in range(0, works, _BATCH):
        stock.batch_write_item(RequestItems={settings.current().table: puts[start : start + _BATCH]})


def _due(installation: Installation, at: str) -> DueRow:
    """As `due.schedule` makes it."""
    due_id = ids.mint()
    shard = zlib.crc32(due_id.encode()) % keys.DUE_SHARDS
    row = installation.rows(keys.due_row(due_id)).new(DueRow, keys.ONLY, work=_WORK, facts={"id": due_id})
    row.due_pk, row.due_sk = keys.due_partition(shard, Lane.GENERAL), at
    return row


def _work_off(done: list[str], works: int, installation: Installation) -> None:
    """Tick until all is done; a tick that overlaps with another's finds its share taken and comes again."""

    def note(work: Due) -> None:
        done.append(work.facts["id"])

    def tick_on(poller: Poller) -> None:
        while len(done) < works:
            poller.tick()

    pollers = [Poller({_WORK: note}, installation) for _ in range(POLLERS)]
    with ThreadPoolExecutor(POLLERS) as pool:
        list(pool.map(tick_on, pollers))


if __name__ == "__main__":
    report(measure())
