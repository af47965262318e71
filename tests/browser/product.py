"""The whole local product, started for the browser tests as `make run` starts it, on ports and folders of its own."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from chalicelib.adapters.limits import SIGNING_IN
from dev.product import LIMITS_FACTOR
from dev.settings import ROOT, Ports
from tests.local_aws import free_port

READY_WITHIN_S = 90
STOPPED_WITHIN_S = 20
READY = "Wireroom is ready"
MARGIN = 6
QUIET = {"TELEGRAM_EMULATOR_QUIET": "1"}
"""Nobody of the demo world writes unasked: a chat that moves up would be another one under the pointer."""


@dataclass(slots=True, kw_only=True)
class RunningProduct:
    """A started product: its one origin, its folders, its processes."""

    origin: str
    local: Path
    ports: Ports
    process: subprocess.Popen[str] = field(repr=False)
    _tries: list[int] = field(default_factory=list, repr=False)

    def leave_room_for(self, tries: int) -> None:
        """Wait where that many tries at logging in would not fit into this minute's limit of the browsers' one address.

        The other tries of that address, signing up and in on a page, are few and covered by the margin.
        """
        minute = int(time.time()) // SIGNING_IN.per_s
        if self._tries.count(minute) + tries > SIGNING_IN.most * LIMITS_FACTOR - MARGIN:
            time.sleep((minute + 1) * SIGNING_IN.per_s - time.time())
        self._tries += [int(time.time()) // SIGNING_IN.per_s] * tries

    def telegram(self, path: str, body: dict[str, Any] | None = None, method: str | None = None) -> Any:
        """Ask the emulator's control door, which plays Telegram's side and the people on the phones.

        Without a method: a POST where there is a body, else a GET.
        """
        return _asked(self.ports.telegram_control, path, body, method)

    def stripe(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """Ask the back door of the local Stripe, where its time is moved."""
        return _asked(self.ports.stripe, f"/control{path}", body)

    def telegram_account(self, phone: str) -> dict[str, Any]:
        """One account of the demo world, as the control door shows it."""
        [found] = [each for each in self.telegram("/accounts") if each["phone"].lstrip("+") == phone]
        return dict(found)

    def logs(self) -> str:
        """Everything every process has written."""
        return "".join(path.read_text(errors="replace") for path in sorted((self.local / "logs").glob("*.log")))


def _asked(port: int, path: str, body: dict[str, Any] | None, method: str | None = None) -> Any:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
        method=method,
    )
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
        text = answer.read()
    return json.loads(text) if text else None


@contextmanager
def running_product(local: Path, **different: str) -> Iterator[RunningProduct]:
    """Start the product in a folder of its own, with variables besides those of its ports; stop it as Ctrl-C does."""
    ports = Ports(**{each.name: free_port() for each in fields(Ports)})
    variables = {f"WIREROOM_PORT_{name.name.upper()}": str(getattr(ports, name.name)) for name in fields(Ports)}
    output = local / "run.log"
    local.mkdir(parents=True, exist_ok=True)
    with output.open("w") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "dev"],
            cwd=ROOT,
            env={**os.environ, **variables, "WIREROOM_LOCAL": str(local), **QUIET, **different},
            stdout=written,
            stderr=subprocess.STDOUT,
            text=True,
        )
    try:
        _await_ready(process, output)
        yield RunningProduct(origin=f"http://localhost:{ports.edge}", local=local, ports=ports, process=process)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=STOPPED_WITHIN_S)


def _await_ready(process: subprocess.Popen[str], output: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        if READY in output.read_text():
            return
        time.sleep(0.1)
    raise RuntimeError(f"the product did not start:\n{output.read_text()[-3000:]}")
