"""Every bench of the worker runs and answers a figure."""

from pathlib import Path

import pytest

from tests.bench.small_runs import OF_WORKERS, expect_a_figure


@pytest.mark.parametrize("name", OF_WORKERS)
def test_it_measures(name: str, tmp_path: Path) -> None:
    expect_a_figure(name, tmp_path)
