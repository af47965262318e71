"""Messages both ways while tabs come and go: each shown once, each sent once. At full length in the soak."""

from pathlib import Path

from dev.telegram import Emulator
from tests.local_aws import LocalAws
from tests.worker.gateway.traffic import Traffic


async def test_every_message_is_shown_once_in_every_tab_and_sent_once(
    telegram: Emulator, local_aws: LocalAws, tmp_path: Path
) -> None:
    counted = await Traffic(telegram, local_aws, tmp_path / "log", accounts=5).run(4, sample_s=0.5)
    assert (counted.written, counted.sent) == (80, 4)
    assert (counted.missed, counted.doubled) == (0, 0)
    assert (counted.not_arrived, counted.arrived_twice) == (0, 0)
