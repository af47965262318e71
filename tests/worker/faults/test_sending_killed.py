"""Workers killed while they send: everything arrives, in its order, and nothing twice."""

import random
from collections.abc import Callable
from pathlib import Path

from dev.telegram import Emulator
from tests.local_aws import LocalAws
from tests.worker.faults.killing import Killing

KILLS = 3


async def test_a_worker_killed_at_random_moments_while_sending_loses_and_doubles_nothing(
    telegram: Emulator, local_aws: LocalAws, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    seed = random.SystemRandom().randrange(1 << 32)
    killing = Killing(telegram, local_aws, tmp_path, seed)
    await killing.run(KILLS)
    record_property("counted", f"seed {seed}, killed at {killing.moments}")
    assert killing.received == killing.sent, (seed, killing.moments)
