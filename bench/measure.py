"""How everything here is measured: ours and the baseline in turns, processor time of this process, medians."""

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

WARM_UP_ROUNDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One result. `ratio` is ours by baseline, and `most` what it may be at most; None for what is only stated."""

    name: str
    ours: float
    baseline: float | None
    ratio: float | None
    unit: str
    most: float | None

    def of_each(self, times: int) -> "Figure":
        """The same of one of that many in a row."""
        other = None if self.baseline is None else round(self.baseline / times, 3)
        return replace(self, ours=round(self.ours / times, 3), baseline=other)


def in_turns(
    name: str, ours: Callable[[], object], baseline: Callable[[], object], *, rounds: int, most: float
) -> Figure:
    """Run both in turns, swapping who is first, and compare the medians of their processor time, in microseconds.

    What the tables' stand-ins compute is theirs: they are other processes.
    """
    spent: tuple[list[float], list[float]] = ([], [])
    work = (ours, baseline)
    for round_number in range(WARM_UP_ROUNDS + rounds):
        for place in (0, 1) if round_number % 2 else (1, 0):
            used = _used_by(work[place])
            if round_number >= WARM_UP_ROUNDS:
                spent[place].append(used)
    return compared(name, spent[0], spent[1], unit="µs", most=most)


def compared(name: str, ours: list[float], baseline: list[float], *, unit: str, most: float) -> Figure:
    """The figure of two series."""
    one, other = statistics.median(ours), statistics.median(baseline)
    return Figure(
        name=name, ours=round(one, 1), baseline=round(other, 1), ratio=round(one / other, 3), unit=unit, most=most
    )


def stated(name: str, ours: float, *, unit: str) -> Figure:
    """A figure that nothing is held against."""
    return Figure(name=name, ours=round(ours, 1), baseline=None, ratio=None, unit=unit, most=None)


def report(figure: Figure) -> None:
    """Write the figure where the caller of this bench wants it: the file it names, else the terminal."""
    text = json.dumps(asdict(figure))
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(text)
    else:
        print(text, file=sys.stderr)


def _used_by(work: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    begun = time.process_time()
    work()
    used = time.process_time() - begun
    gc.enable()
    return used * 1e6
