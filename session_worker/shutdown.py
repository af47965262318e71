"""How the process ends: step after step, each within its time whatever hangs, so that all are done before ECS kills.

The times are said here and nowhere else. infra/worker.yaml's StopTimeout is more than their sum.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, Final

from chalicelib.logs import log

VISITS_S: Final = 8
"""For sockets to be closed and ports freed."""
SENDS_S: Final = 12
"""For what Telegram was told of, and for what other tasks and the stream's relay know of this one."""
FINISH_SENDS_S: Final = 10
"""Of it for the sends alone."""
SHARDS_S: Final = 45
"""For states to be kept, lines to be closed and shards to be released; and for files in transit to be removed."""
DRAIN_S: Final = 40
"""Of it for handing shards over in peace; what is left then is ended at once, and its leases run out."""
LAST_WORDS_S: Final = 2
"""For the metrics."""
THREADS_S: Final = 18
"""So long a call that hangs may keep a thread, and Python's end waits for it: three tries of one and five seconds."""
WITHIN_S: Final = VISITS_S + SENDS_S + SHARDS_S + LAST_WORDS_S + THREADS_S
_CALLED_OFF_S: Final = 0.5


async def step(seconds: float, **works: Coroutine[Any, Any, object]) -> None:
    """Do a step's works side by side. One that is late is called off and one that crashes is said; the next step comes.

    What a late one leaves behind is found by who takes over: leases run out, sweeps remove files, watches end.
    """
    tasks = {asyncio.create_task(work, name=f"shutdown {name}"): name for name, work in works.items()}
    done, late = await asyncio.wait(tasks, timeout=seconds)
    for task in late:
        log.warning("shutdown.late", step=tasks[task])
        task.cancel()
    if late:
        await asyncio.wait(late, timeout=_CALLED_OFF_S)
    for task in done:
        if not task.cancelled() and (crash := task.exception()) is not None:
            log.error("shutdown.crashed", step=tasks[task], crash=crash)
