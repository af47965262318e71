"""Starts, watches and stops the processes of the local product; knows nothing of what they do."""

import asyncio
import os
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dev import orphans

READY_POLL_S = 0.05
RESTART_AFTER_S = (0.2, 1.0, 3.0, 10.0)
"""How long a restarted process waits before each attempt; one that ran for a minute begins again at the first."""
_SETTLED_AFTER_S = 60
_TAIL_LINES = 5


class NotReady(Exception):
    """A process ended or stayed silent while it was started; the message says which and where its log is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One process to run. `ready_ports` must accept connections before it counts as started."""

    name: str
    command: Sequence[str | Path]
    environment: Mapping[str, str] = field(repr=False)
    folder: Path
    ready_ports: Sequence[int] = ()
    ready_within_s: float = 20
    restart: bool = False
    stop_within_s: float = 1.0


@dataclass(slots=True)
class _Child:
    program: Program
    process: asyncio.subprocess.Process
    started_at_s: float
    watcher: asyncio.Task[None] | None = None
    restarts: int = 0


class Processes:
    """The running processes, in the order they were started.

    `lost` is set when one that isn't restarted ends by itself; `lost_reason` then says which and why.
    """

    def __init__(self, logs: Path, register: orphans.Register, say: Callable[[str], None]) -> None:
        self._logs = logs
        self._register = register
        self._say = say
        self._children: dict[str, _Child] = {}
        self.lost = asyncio.Event()
        self.lost_reason = ""

    async def start(self, program: Program) -> None:
        """Run a program and wait until it listens.

        Raises:
            NotReady: it ended, or didn't listen in time; it is stopped then.
        """
        self._put_last_log_aside(program)
        child = _Child(program, await self._spawn(program), time.monotonic())
        self._children[program.name] = child
        await self._await_ready(child)
        child.watcher = asyncio.create_task(self._watch(child), name=f"watch {program.name}")

    async def finish(self, program: Program) -> None:
        """Run a program to its end.

        Raises:
            NotReady: it failed, or took longer than it may; it is stopped then.
        """
        child = _Child(program, await self._spawn(program), time.monotonic())
        self._children[program.name] = child
        try:
            code = await asyncio.wait_for(child.process.wait(), program.ready_within_s)
        except TimeoutError:
            raise NotReady(f"{program.name} was not done within {program.ready_within_s:g} s") from None
        await self.stop(program.name)
        if code != 0:
            raise NotReady(f"{program.name} failed ({_ending(code)}): {self._last_words(program)}")

    async def stop(self, *names: str) -> None:
        """End these together by SIGTERM, and whoever outstays its time by SIGKILL. Unknown names are skipped."""
        going = [self._children.pop(name) for name in names if name in self._children]
        await asyncio.gather(*(self._end(child) for child in going))

    async def stop_all(self) -> None:
        """End whatever still runs, the last started first."""
        for name in reversed(list(self._children)):
            await self.stop(name)

    def running(self, name: str) -> bool:
        """Whether a process is up at this moment."""
        child = self._children.get(name)
        return child is not None and child.process.returncode is None

    async def _spawn(self, program: Program) -> asyncio.subprocess.Process:
        self._logs.mkdir(parents=True, exist_ok=True)
        with self._log(program).open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *map(str, program.command),
                cwd=program.folder,
                env=dict(program.environment),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C reaches us alone, so that the order of stopping is ours
            )
        self._register.add(process.pid)
        return process

    async def _await_ready(self, child: _Child) -> None:
        program = child.program
        deadline = time.monotonic() + program.ready_within_s
        for port in program.ready_ports:
            while not await listens(port):
                if child.process.returncode is not None:
                    raise NotReady(f"{program.name} ended while starting: {self._last_words(program)}")
                if time.monotonic() > deadline:
                    raise NotReady(
                        f"{program.name} did not answer within {program.ready_within_s:.0f} s; "
                        f"its log is {self._log(program)}"
                    )
                await asyncio.sleep(READY_POLL_S)

    async def _watch(self, child: _Child) -> None:
        """Notice a process that ends by itself; restart it or report it."""
        while True:
            code = await child.process.wait()
            self._register.remove(child.process.pid)
            if not child.program.restart:
                self._lose(child, code)
                return
            await self._restart(child, code)

    def _lose(self, child: _Child, code: int) -> None:
        if not self.lost.is_set():
            self.lost_reason = f"{child.program.name} ended ({_ending(code)}): {self._last_words(child.program)}"
            self.lost.set()

    async def _restart(self, child: _Child, code: int) -> None:
        if time.monotonic() - child.started_at_s > _SETTLED_AFTER_S:
            child.restarts = 0
        pause_s = RESTART_AFTER_S[min(child.restarts, len(RESTART_AFTER_S) - 1)]
        self._say(f"{child.program.name} ended ({_ending(code)}); starting it again in {pause_s:g} s")
        await asyncio.sleep(pause_s)
        child.restarts += 1
        child.started_at_s = time.monotonic()
        child.process = await self._spawn(child.program)

    async def _end(self, child: _Child) -> None:
        if child.watcher is not None:
            child.watcher.cancel()
            await asyncio.gather(child.watcher, return_exceptions=True)
        if child.process.returncode is None:
            _signal(child.process.pid, signal.SIGTERM)
            try:
                await asyncio.wait_for(child.process.wait(), child.program.stop_within_s)
            except TimeoutError:
                self._say(f"{child.program.name} did not stop within {child.program.stop_within_s:g} s; killed")
                _signal(child.process.pid, signal.SIGKILL)
                await child.process.wait()
        self._register.remove(child.process.pid)

    def _put_last_log_aside(self, program: Program) -> None:
        """Keep the last run's words and begin anew, so that logs neither vanish at once nor grow for ever."""
        if (log := self._log(program)).exists():
            log.replace(log.with_suffix(".previous.log"))

    def _log(self, program: Program) -> Path:
        return self._logs / f"{program.name}.log"

    def _last_words(self, program: Program) -> str:
        log = self._log(program)
        lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()][-_TAIL_LINES:]
        return "\n  ".join([f"its log is {log}", *lines])


async def listens(port: int) -> bool:
    """Whether something on loopback accepts connections at a port."""
    try:
        async with asyncio.timeout(1):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
    except (OSError, TimeoutError):
        return False
    writer.close()
    return True


def _signal(pid: int, number: signal.Signals) -> None:
    """To the process and what it started: each is the leader of its own group."""
    try:
        os.killpg(pid, number)
    except ProcessLookupError:
        return


def _ending(code: int) -> str:
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name
