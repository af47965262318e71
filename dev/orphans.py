"""One run a checkout: a lock that dies with its holder, and a list of its processes to end after a kill."""

import fcntl
import json
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import TextIO

_PATIENCE_S = 3


class AlreadyRunning(Exception):
    """Another run of this checkout holds the lock; the message carries its process number and address."""


class Register:
    """The processes of this run, on disk, so that the next run can end what a kill left over.

    A number alone may meanwhile belong to somebody else, so each is kept with the moment its process began.
    """

    def __init__(self, folder: Path, address: str) -> None:
        self._folder = folder
        self._address = address
        self._lock: TextIO | None = None
        self._begun: dict[str, str] = {}

    def take(self) -> None:
        """Hold the lock until this process ends.

        Raises:
            AlreadyRunning: nothing was touched.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = (self._folder / "run.lock").open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "another process"
            lock.close()
            raise AlreadyRunning(f"Wireroom already runs from this checkout ({holder}); stop that one first.") from None
        lock.truncate(0)
        lock.write(f"process {os.getpid()}, {self._address}")
        lock.flush()
        self._lock = lock

    def end_leftovers(self) -> int:
        """End the processes of a killed run, and say how many there were."""
        left = [int(pid) for pid, begun in self._read().items() if began(int(pid)) == begun]
        for pid in left:
            _kill_group(pid)
        deadline = time.monotonic() + _PATIENCE_S
        while any(began(pid) for pid in left) and time.monotonic() < deadline:
            time.sleep(0.02)
        self._write()
        return len(left)

    def add(self, pid: int) -> None:
        """Note a process we started."""
        if begun := began(pid):
            self._begun[str(pid)] = begun
            self._write()

    def remove(self, pid: int) -> None:
        """Forget a process that has ended."""
        if self._begun.pop(str(pid), None):
            self._write()

    def _read(self) -> dict[str, str]:
        try:
            kept: dict[str, str] = json.loads((self._folder / "processes.json").read_text())
        except (FileNotFoundError, ValueError):
            return {}
        return kept

    def _write(self) -> None:
        new = self._folder / "processes.json.new"
        new.write_text(json.dumps(self._begun))
        new.replace(self._folder / "processes.json")


def began(pid: int) -> str:
    """The moment a process began, in the system's own notation; empty when there is no such process."""
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        try:
            after_name = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return ""
        return "" if after_name[0] in "ZX" else after_name[19]
    shown = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return shown.stdout.strip()


def _kill_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
