"""The life of one run: start everything, keep it saved, stop it in an order that loses nothing."""

import asyncio
import contextlib
import shutil
import signal
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from dev import local_secrets, product, stack
from dev.orphans import Register
from dev.processes import NotReady, Processes, Program
from dev.product import Product
from dev.settings import LOOPBACK, DevSettings
from dev.snapshots import Generations, SnapshotFailed, Snapshots, state_file

LAST_SNAPSHOT_WITHIN_S = 2.0
_PURPOSES = {
    "edge": "the app's address",
    "api": "the API",
    "worker": "the session worker",
    "aws": "the local AWS",
    "telegram_dc2": "Telegram's data centre 2",
    "telegram_dc4": "Telegram's data centre 4",
    "telegram_control": "the Telegram emulator's control door",
    "identity_provider": "the identity provider",
    "stripe": "the local Stripe",
}

Say = Callable[[str], None]


class PortTaken(Exception):
    """Another program listens where ours would; the message says which variable moves ours."""


def refuse_taken_ports(here: DevSettings) -> None:
    """Look before the first process starts.

    Raises:
        PortTaken: for the first port that is taken.
    """
    for field in fields(here.ports):
        port = getattr(here.ports, field.name)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                raise PortTaken(
                    f"Port {port} ({_PURPOSES[field.name]}) is taken by another program; "
                    f"end it, or set WIREROOM_PORT_{field.name.upper()} to a free one."
                ) from None


@dataclass(slots=True)
class Run:
    """One run of the local product."""

    here: DevSettings
    register: Register
    say: Say
    ready: Callable[[], None]
    adjust: Callable[[Product], Product] = lambda planned: planned

    async def live(self) -> int:
        """Run until told to stop (0) or until a process that must run ends (1)."""
        stop = asyncio.Event()
        processes = Processes(self.here.logs, self.register, self.say)
        with _stopping_on_signals(stop):
            beginning = asyncio.create_task(self._start(processes), name="start")
            saving: asyncio.Task[None] | None = None
            try:
                if await _first_of(beginning, stop, processes.lost):
                    saving = asyncio.create_task(self._snapshots().keep_taking(self.say), name="snapshots")
                    await _either(stop, processes.lost)
            except (NotReady, SnapshotFailed, stack.StackFailed) as trouble:
                processes.lost_reason = str(trouble)
                processes.lost.set()
            finally:
                whole = beginning.done() and not beginning.cancelled() and beginning.exception() is None
                await _cancel(beginning, saving)
                await self._stop(processes, save=whole)
        if processes.lost.is_set():
            self.say(f"Stopped, since {processes.lost_reason}")
            return 1
        return 0

    async def _start(self, processes: Processes) -> None:
        self.here.local.mkdir(parents=True, exist_ok=True)
        secrets = local_secrets.load_or_make(self.here.local / "secrets.json")
        begin_from = Generations(self.here.generations).current()
        _restore_states(self.here.local, begin_from)
        planned = self.adjust(self._planned({}, secrets, begin_from))
        with self._step("local AWS, Telegram emulator and local Stripe"):
            await _start_together(processes, planned.aws, planned.telegram, planned.stripe)
        with self._step("tables, buckets, queues and keys"):
            outputs = await asyncio.to_thread(
                stack.deploy, self.here.aws_endpoint, public_origin=self.here.public_origin
            )
        shared = stack.environment(self.here.aws_endpoint, outputs, secrets, public_origin=self.here.public_origin)
        planned = self.adjust(self._planned(shared, secrets, begin_from))
        with self._step("API, worker, events and edge"):
            await _start_together(processes, planned.worker, *planned.services)
        if begin_from is None:
            with self._step("demo people"):
                await processes.finish(planned.demo)
            await self._snapshots().take()
        self.ready()

    @contextlib.contextmanager
    def _step(self, what: str) -> Iterator[None]:
        began_at_s = time.monotonic()
        yield
        self.say(f"  {what}: {time.monotonic() - began_at_s:.1f} s")

    def _planned(self, shared: dict[str, str], secrets: local_secrets.Secrets, begin_from: Path | None) -> Product:
        return Product(
            aws=product.local_aws(self.here, begin_from),
            telegram=product.telegram(self.here, self.here.local / state_file(product.TELEGRAM)),
            stripe=product.stripe(self.here, secrets, self.here.local / state_file(product.STRIPE)),
            worker=product.worker(self.here, shared),
            services=product.services(self.here, shared, secrets),
            demo=product.demo(shared),
        )

    def _snapshots(self) -> Snapshots:
        return Snapshots(
            Generations(self.here.generations),
            aws_endpoint=self.here.aws_endpoint,
            controls={product.TELEGRAM: self.here.telegram_control, product.STRIPE: f"{self.here.stripe}/control"},
        )

    async def _stop(self, processes: Processes, *, save: bool) -> None:
        """Whoever writes first, while Telegram and the table still answer; those that remember last."""
        await processes.stop(product.WORKER, *product.SERVICES)
        if save and all(processes.running(name) for name in product.STAND_INS):
            try:
                async with asyncio.timeout(LAST_SNAPSHOT_WITHIN_S):
                    await self._snapshots().take()
            except SnapshotFailed as trouble:
                self.say(f"The last seconds were not saved: {trouble}")
            except TimeoutError:
                self.say(f"The last seconds were not saved: it took more than {LAST_SNAPSHOT_WITHIN_S:g} s")
        await processes.stop(*product.STAND_INS)
        await processes.stop_all()


def _restore_states(local: Path, begin_from: Path | None) -> None:
    """Put where the stand-ins read their worlds what the snapshot has of each, or nothing at all for a new one."""
    for name in map(state_file, (product.TELEGRAM, product.STRIPE)):
        (local / name).unlink(missing_ok=True)
        if begin_from is not None and (begin_from / name).exists():
            shutil.copyfile(begin_from / name, local / name)


async def _start_together(processes: Processes, *programs: Program) -> None:
    results = await asyncio.gather(*(processes.start(program) for program in programs), return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result


async def _first_of(beginning: asyncio.Task[None], *events: asyncio.Event) -> bool:
    """Whether the beginning was done before any of the events; what it raised is raised here."""
    waits = [asyncio.create_task(event.wait()) for event in events]
    await asyncio.wait([beginning, *waits], return_when=asyncio.FIRST_COMPLETED)
    await _cancel(*waits)
    if not beginning.done():
        return False
    await beginning
    return True


async def _either(*events: asyncio.Event) -> None:
    waits = [asyncio.create_task(event.wait()) for event in events]
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    await _cancel(*waits)


async def _cancel(*tasks: asyncio.Task[Any] | None) -> None:
    owned = [task for task in tasks if task is not None]
    for task in owned:
        task.cancel()
    await asyncio.gather(*owned, return_exceptions=True)


@contextlib.contextmanager
def _stopping_on_signals(stop: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    for number in numbers:
        loop.add_signal_handler(number, stop.set)
    try:
        yield
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)
