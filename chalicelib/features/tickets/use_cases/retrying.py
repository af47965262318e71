"""Acts that look at what stands and write on condition that it still does: of several at once, one gets through."""

from collections.abc import Callable
from typing import TypeVar

from chalicelib.table.transaction import ChangedMeanwhile

Result = TypeVar("Result")


def tried(act: Callable[[], Result], *, times: int) -> Result:
    """What an act gives, which looks and tries again where somebody else was faster.

    Raises:
        ChangedMeanwhile: somebody else was, each time; nothing was written.
    """
    for _ in range(times - 1):
        try:
            return act()
        except ChangedMeanwhile:
            continue
    return act()
