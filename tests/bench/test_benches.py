"""Every bench runs and answers a figure; how high it is, is not asked here."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.__main__ import BENCHES, RESULTS, machine, with_table

ROOT = Path(__file__).resolve().parents[2]
SMALL = {
    "cold_start": "rounds=1",
    "list_page": "rounds=2, chats=110",
    "point_read": "rounds=2, chats=10",
    "journalled_write": "rounds=2",
    "journal_writes": "",
    "bulk_edit_1000": "chats=90",
    "auth_overhead": "rounds=2",
    "webhook_accept": "rounds=2",
    "webhook_storm": "events=40",
    "permission_check": "rounds=2",
    "worker_memory": "accounts=3, uncounted=2",
    "parked_memory": "accounts=3, uncounted=2, check_s=0.5",
    "due_engine": "works=60",
    "sync_100k": "rows=700",
    "failover_seconds": "accounts=2, scale=10",
    "idle_cpu": "accounts=2, seconds=1",
    "worker_message_cpu": "accounts=2, burst=20, rounds=1",
    "filter_100k_ms": "rows=2_000, rounds=4",
    "gateway_frame": "sockets=5, events=2, rounds=1",
    "update_to_browser_p99_ms": "accounts=2, per_s=50, seconds=1",
    "grid_fps": "chats=500, seconds=0.5, slowdown=1, rounds=1, jerk_ms=5_000",
    "board_fps": "chats=500, seconds=0.5, slowdown=1, rounds=1, jerk_ms=5_000",
}


def test_every_bench_has_a_small_run_here() -> None:
    assert set(SMALL) == set(BENCHES)


@pytest.mark.parametrize("name", BENCHES)
def test_it_measures(name: str, tmp_path: Path) -> None:
    answer = tmp_path / "figure.json"
    program = f"from bench import {name}, measure; measure.report({name}.measure({SMALL[name]}))"
    command = [sys.executable, "-c", program, str(answer)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, timeout=100)
    figure = json.loads(answer.read_text())
    assert figure["name"] == name
    is_memory = figure["unit"] == "KB"  # of three accounts, which is less than what a process takes or gives by chance
    assert is_memory or figure["ours"] > 0
    assert is_memory or figure["most"] is None or figure["baseline"] > 0
    assert set(figure) == {"name", "ours", "baseline", "ratio", "unit", "most"}


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
