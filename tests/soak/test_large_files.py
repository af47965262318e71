"""Files of the size people send, through a worker whose memory is looked at."""

from pathlib import Path

from dev.telegram import Emulator
from tests.local_aws import LocalAws
from tests.soak.conftest import Count
from tests.worker.gateway.large_files import GROWTH_BYTES, carried_both_ways

SIZE_BYTES = 200 * 1024 * 1024
_MB = 1024 * 1024


async def test_200_mb_go_both_ways_in_little_memory(
    telegram: Emulator, local_aws: LocalAws, tmp_path: Path, counted: Count
) -> None:
    sending, opening = await carried_both_ways(telegram, local_aws, tmp_path, SIZE_BYTES)
    counted(f"200 MB: the worker grew by {sending // _MB} MB sending and by {opening // _MB} MB opening")
    assert max(sending, opening) < GROWTH_BYTES
