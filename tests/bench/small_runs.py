"""Each bench run small: whether it answers a figure, not how high that is."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parents[2]
SMALL: Final = {
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
OF_WORKERS: Final = (
    "worker_memory",
    "parked_memory",
    "failover_seconds",
    "idle_cpu",
    "worker_message_cpu",
    "update_to_browser_p99_ms",
)
"""Each begins several processes and waits for what they do: `make soak` runs them."""


def expect_a_figure(name: str, folder: Path) -> None:
    """Run it in a process of its own, as `make bench` does."""
    answer = folder / "figure.json"
    program = f"from bench import {name}, measure; measure.report({name}.measure({SMALL[name]}))"
    command = [sys.executable, "-c", program, str(answer)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, timeout=100)
    figure = json.loads(answer.read_text())
    assert figure["name"] == name
    is_memory = figure["unit"] == "KB"  # of three accounts, which is less than what a process takes or gives by chance
    assert is_memory or figure["ours"] > 0
    assert is_memory or figure["most"] is None or figure["baseline"] > 0
    assert set(figure) == {"name", "ours", "baseline", "ratio", "unit", "most"}
