"""Every bench runs and answers a figure, those of the worker in the soak; how high it is, is not asked here."""

import json
from pathlib import Path

import pytest

from bench.__main__ import BENCHES, RESULTS, machine, with_table
from tests.bench.small_runs import OF_WORKERS, SMALL, expect_a_figure


def test_every_bench_has_a_small_run_here() -> None:
    assert set(SMALL) == set(BENCHES)


@pytest.mark.parametrize("name", [name for name in BENCHES if name not in OF_WORKERS])
def test_it_measures(name: str, tmp_path: Path) -> None:
    expect_a_figure(name, tmp_path)


def test_the_results_in_git_are_of_every_bench_and_the_readme_shows_them() -> None:
    figures = json.loads(RESULTS.read_text())
    readme = (RESULTS.parent / "README.md").read_text()
    assert [figure["name"] for figure in figures] == list(BENCHES)
    measured_on = readme.partition("\nMeasured on ")[2].partition(".\n<!--")[0]
    assert with_table(readme, figures, measured_on) == readme


def test_a_figure_that_is_only_stated_is_held_against_nothing() -> None:
    figure = {"name": "wait", "ours": 5.0, "baseline": None, "ratio": None, "unit": "ms", "most": None}
    empty = "<!-- table: written by make bench -->\n<!-- end of table -->\n"
    assert "| `wait` | 5.0 ms | | | stated |\n" in with_table(empty, [figure], machine())


def test_a_table_takes_the_place_of_the_one_before() -> None:
    figure = {"name": "list_page", "ours": 7000.0, "baseline": 14000.0, "ratio": 0.5, "unit": "µs", "most": 0.6}
    empty = "# Benches\n<!-- table: written by make bench -->\n<!-- end of table -->\nmore\n"
    once = with_table(empty, [figure], machine())
    assert "| `list_page` | 7,000.0 µs | 14,000.0 µs | 0.50 | 0.60 |\n" in once
    assert once.endswith("<!-- end of table -->\nmore\n")
    assert with_table(once, [figure], machine()) == once
