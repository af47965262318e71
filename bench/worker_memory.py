"""Resident memory a connected account: our worker at 1,000 accounts, against bare Telethon with its defaults.

The first accounts pay for what is there once (modules, pools, the first page of each arena) and are not counted.
"""

import asyncio

from bench.measure import Figure, compared, report
from bench.worker_pair import a_pair

COUNTED = 1_000
_UNCOUNTED = 40
_REST_S = 3


def measure(*, accounts: int = COUNTED, uncounted: int = _UNCOUNTED) -> Figure:
    """KB an account."""
    return asyncio.run(_measure(accounts, uncounted))


async def _measure(counted: int, uncounted: int) -> Figure:
    async with a_pair(counted + uncounted) as pair:
        sizes = []
        for more in (uncounted, counted):
            await pair.connect(more)
            await asyncio.sleep(_REST_S)
            sizes.append((await pair.ours.ask(do="rss"), await pair.bare.ask(do="rss")))
        (ours_before, bare_before), (ours, bare) = sizes
    return compared(
        "worker_memory",
        [(ours - ours_before) / 1024 / counted],
        [(bare - bare_before) / 1024 / counted],
        unit="KB",
        most=0.75,
    )


if __name__ == "__main__":
    report(measure())
