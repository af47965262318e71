"""The one door to threads: whatever blocks (table, KMS, big powers) goes through here and nowhere else."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from chalicelib.kernel.errors import Unavailable
from session_worker import metrics

P = ParamSpec("P")
T = TypeVar("T")


class Door:
    """A bounded set of threads. At most `threads` calls run; the others wait their turn.

    Calls that wait on purpose, as a queue's reader does, are not `timed`: they would say nothing about the table.
    """

    def __init__(self, threads: int, timeout_s: float, *, timed: bool = True) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="door")
        self._timeout_s = timeout_s
        self._timed = timed

    async def call(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of `work`, done in a thread.

        Raises:
            Unavailable: it took too long. The thread goes on, so `work` may still have its effect.
        """
        loop = asyncio.get_running_loop()
        begun = loop.time()
        done = loop.run_in_executor(self._threads, lambda: work(*args, **kwargs))
        try:
            # Not wait_for: until Python 3.12 it swallows a cancellation that comes as the work ends (cpython#86296).
            async with asyncio.timeout(self._timeout_s):
                return await done
        except TimeoutError:
            metrics.TABLE_AWAY.add()
            raise Unavailable("Our own storage took too long.") from None
        finally:
            if self._timed:
                metrics.TABLE_TIME.observe((loop.time() - begun) * 1_000)

    def close(self, *, is_patient: bool = True) -> None:
        """Take no more calls and let running ones end; waits for them, unless nothing hangs on how they end."""
        self._threads.shutdown(wait=is_patient, cancel_futures=True)
