"""The session worker as a process of its own, to be killed."""

import asyncio
import os
import re
import signal
import sys
from pathlib import Path

from dev.telegram import Emulator
from tests.local_aws import ROOT, LocalAws
from tests.worker.gateway.browser import PATIENCE_S
from tests.worker.gateway.stage import worker_environment

_LISTENING = re.compile(r'"gateway\.listening".*"port":(\d+)')


class WorkerProcess:
    """`python -m session_worker`, its log in a file."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self._process = process
        self.log = log

    @classmethod
    async def start(cls, telegram: Emulator, aws: LocalAws, log: Path, **different: str) -> "WorkerProcess":
        """Start one; `port` gives where it listens."""
        chosen = {"WIREROOM_ABORT_AFTER_S": "4", "WIREROOM_FENCE_AFTER_S": "6", **different}
        environment = worker_environment(telegram, **chosen)
        with log.open("ab") as output:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "session_worker",
                cwd=ROOT,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={"PATH": os.environ["PATH"], **aws.environment, **environment},
            )
        return cls(process, log)

    async def port(self) -> int:
        """Where its gateway listens; waits for it."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                found = _LISTENING.search(self.log.read_text())
                if found:
                    return int(found[1])
                assert self._process.returncode is None, self.log.read_text()
                await asyncio.sleep(0.05)

    def resident_bytes(self) -> int:
        """How much memory it holds now."""
        pages = Path(f"/proc/{self._process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def pause(self) -> None:
        """Let it stand still, as on a machine that is out of time; the kernel goes on taking what it is sent."""
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on as if nothing had been."""
        self._process.send_signal(signal.SIGCONT)

    async def kill(self) -> None:
        """End it as the kernel would: at once, with nothing said."""
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()

    async def stop(self) -> int:
        """Tell it to stop; gives its exit status."""
        if self._process.returncode is None:
            self._process.terminate()
        async with asyncio.timeout(PATIENCE_S):
            return await self._process.wait()
