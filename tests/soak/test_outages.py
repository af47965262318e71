"""Ten thousand dialogs, and the table away for as long as it may be, at the intervals of production."""

import pytest

from session_worker.settings import Intervals
from tests.soak.conftest import Count
from tests.worker.connections.conftest import empty_shards, rig
from tests.worker.connections.rig import Rig
from tests.worker.faults.test_gateway_outages import the_table_away
from tests.worker.faults.test_many_dialogs import dialogs_are_read_once_over_a_take_over
from tests.worker.faults.test_outages import Letters

__all__ = ["empty_shards", "rig"]

DIALOGS = 10_000
READ_WITHIN_S = 1_200


async def test_ten_thousand_dialogs_are_each_read_once(rig: Rig, counted: Count) -> None:
    counted(await dialogs_are_read_once_over_a_take_over(rig, DIALOGS, within_s=READ_WITHIN_S))


@pytest.mark.parametrize("seconds", [15, 25, 60])
async def test_the_table_unreachable_loses_and_doubles_nothing(rig: Rig, counted: Count, seconds: int) -> None:
    rig.intervals = Intervals(dialog_page_s=0.1)
    letters = Letters(rig)
    letters.patience_s = 240
    worker = await letters.begin()

    with the_table_away():
        await letters.keep_writing(seconds)

    await letters.all_are_heard()
    rig.workers.remove(worker)
    await worker.stop()  # a row is written every ten minutes, and when its account is handed over
    letters.check_none_twice()
    counted(f"the table away for {seconds} s: sent {len(letters.sent)}, received {len(set(letters.heard.texts))}")
