"""Runs every bench in a process of its own, writes bench/results.json and prints it as a table."""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results.json"
BENCHES = (
    "cold_start",
    "list_page",
    "point_read",
    "journalled_write",
    "auth_overhead",
    "worker_memory",
    "worker_message_cpu",
)
_PATIENCE_S = 900


def main() -> int:
    """Measure all, or those named as arguments; 1 when a figure is not met."""
    figures = [_measured(name) for name in sys.argv[1:] or BENCHES]
    RESULTS.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n")
    _print(figures)
    return int(any(figure["ratio"] > figure["most"] for figure in figures))


def _measured(name: str) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        answer = Path(folder) / "figure.json"
        command = [sys.executable, "-m", f"bench.{name}", str(answer)]
        subprocess.run(command, cwd=HERE.parent, check=True, stdout=subprocess.DEVNULL, timeout=_PATIENCE_S)
        figure: dict[str, Any] = json.loads(answer.read_text())
        return figure


def _print(figures: list[dict[str, Any]]) -> None:
    print(f"{'bench':<22}{'ours':>12}{'baseline':>12}  {'unit':<6}{'ratio':>8}{'at most':>9}")
    for each in figures:
        mark = "" if each["ratio"] <= each["most"] else "  not met"
        numbers = f"{each['ours']:>12,.1f}{each['baseline']:>12,.1f}"
        print(f"{each['name']:<22}{numbers}  {each['unit']:<6}{each['ratio']:>8.2f}{each['most']:>9.2f}{mark}")


if __name__ == "__main__":
    sys.exit(main())
