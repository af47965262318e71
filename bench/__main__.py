"""Runs benches in processes of their own, writes results.json and the table in README.md, and prints it."""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results.json"
README = HERE / "README.md"
BENCHES = (
    "cold_start",
    "list_page",
    "sync_100k",
    "point_read",
    "journalled_write",
    "journal_writes",
    "bulk_edit_1000",
    "auth_overhead",
    "webhook_accept",
    "webhook_storm",
    "due_engine",
    "permission_check",
    "worker_memory",
    "parked_memory",
    "failover_seconds",
    "idle_cpu",
    "worker_message_cpu",
    "gateway_frame",
    "filter_100k_ms",
    "update_to_browser_p99_ms",
    "grid_fps",
    "board_fps",
)
WRITE = "--write"
_PATIENCE_S = 1_200
"""`webhook_storm` takes some minutes, the others less."""
_BEGIN, _END = "<!-- table: written by make bench -->\n", "<!-- end of table -->\n"


def main(arguments: list[str]) -> int:
    """Measure those named, or all; 1 when a figure is not met. All are written, those named with `--write` alone.

    Each is written once it is measured: one that fails takes no other with it.
    """
    names = [name for name in arguments if name != WRITE]
    figures = []
    for name in names or BENCHES:
        figures.append(_measured(name))
        if not names or WRITE in arguments:
            _write(figures)
    _print(figures)
    return int(not all(_is_met(figure) for figure in figures))


def _write(measured: list[dict[str, Any]]) -> None:
    known = {figure["name"]: figure for figure in (*json.loads(RESULTS.read_text()), *measured)}
    figures = [known[name] for name in BENCHES if name in known]
    RESULTS.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n")
    README.write_text(with_table(README.read_text(), figures, machine()))


def with_table(text: str, figures: list[dict[str, Any]], measured_on: str) -> str:
    """The README with these figures in the place of those that stand in it."""
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    rows = [f"| `{each['name']}` | {each['ours']:,} {each['unit']} | {_compared(each)} |\n" for each in figures]
    head = "| Bench | Ours | Baseline | Ratio | At most |\n| --- | ---: | ---: | ---: | ---: |\n"
    return f"{before}{_BEGIN}{head}{''.join(rows)}\nMeasured on {measured_on}.\n{_END}{after}"


def _compared(figure: dict[str, Any]) -> str:
    if figure["most"] is None:
        return "| | stated"
    return f"{figure['baseline']:,} {figure['unit']} | {figure['ratio']:.2f} | {figure['most']:.2f}"


def _is_met(figure: dict[str, Any]) -> bool:
    return figure["most"] is None or figure["ratio"] <= figure["most"]


def machine() -> str:
    """What the figures were measured on."""
    model = "an unnamed processor"
    told = Path("/proc/cpuinfo")
    for line in told.read_text().splitlines() if told.exists() else ():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    system = f"{platform.system()} {platform.machine()}"
    return f"{os.cpu_count()} cores of {model}, {system}, Python {platform.python_version()}"


def _measured(name: str) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        answer = Path(folder) / "figure.json"
        command = [sys.executable, "-m", f"bench.{name}", str(answer)]
        subprocess.run(command, cwd=HERE.parent, check=True, stdout=subprocess.DEVNULL, timeout=_PATIENCE_S)
        figure: dict[str, Any] = json.loads(answer.read_text())
        return figure


def _print(figures: list[dict[str, Any]]) -> None:
    print(f"{'bench':<26}{'ours':>12}{'baseline':>12}  {'unit':<6}{'ratio':>8}{'at most':>9}")
    for each in figures:
        if each["most"] is None:
            print(f"{each['name']:<26}{each['ours']:>12,.1f}{'':>12}  {each['unit']:<6}  stated")
            continue
        mark = "" if _is_met(each) else "  not met"
        numbers = f"{each['ours']:>12,.1f}{each['baseline']:>12,.1f}"
        print(f"{each['name']:<26}{numbers}  {each['unit']:<6}{each['ratio']:>8.2f}{each['most']:>9.2f}{mark}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
