"""A worker killed 50 times while it sends: everything arrives, in its order, and nothing twice."""

import random
from pathlib import Path

from dev.telegram import Emulator
from tests.local_aws import LocalAws
from tests.soak.conftest import Count
from tests.worker.faults.killing import Killing

KILLS = 50


async def test_a_worker_killed_fifty_times_while_sending_loses_and_doubles_nothing(
    telegram: Emulator, local_aws: LocalAws, tmp_path: Path, counted: Count
) -> None:
    seed = random.SystemRandom().randrange(1 << 32)
    killing = Killing(telegram, local_aws, tmp_path, seed)
    await killing.run(KILLS)
    sent, received = (sum(len(texts) for texts in side) for side in (killing.sent, killing.received))
    counted(f"seed {seed}: {KILLS} kills, {sent} sent, {received} received; {'; '.join(killing.moments)}")
    assert killing.received == killing.sent
