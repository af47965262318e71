"""Half an hour of messages both ways, through one worker: none lost, none twice, and its memory stays flat."""

from pathlib import Path

from dev.telegram import Emulator
from tests.local_aws import LocalAws
from tests.soak.conftest import Count
from tests.worker.gateway.traffic import Traffic

MOST_GROWN_MB = 8
"""In the second half: what remembered sends and recent messages take before they are full, and what allocators keep."""


async def test_a_worker_carries_the_traffic_and_does_not_grow(
    telegram: Emulator, local_aws: LocalAws, tmp_path: Path, minutes: float, counted: Count
) -> None:
    result = await Traffic(telegram, local_aws, tmp_path / "log", accounts=20).run(minutes * 60, sample_s=5)
    counted(str(result))
    assert (result.missed, result.doubled) == (0, 0)
    assert (result.not_arrived, result.arrived_twice) == (0, 0)
    assert result.grown_mb < MOST_GROWN_MB
