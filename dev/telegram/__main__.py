"""The emulator as a process of the local product: the demo world, its people, and the door that plays the phone."""

import argparse
import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from dev import push_service
from dev.loopback import refuse_all_but_loopback
from dev.telegram import snapshot
from dev.telegram.control import Control, serve
from dev.telegram.demo import Diary, Residents, furnish
from dev.telegram.emulator import Emulator
from dev.telegram.limits import Figure, Figures
from dev.telegram.pace import Pace
from dev.telegram_bot import BELOW, local_bot

_CANNOT_START = 2
_ANY_PORTS = "2=0,4=0"
_LOGIN_CODES = Figure(burst=100, every_s=60)
"""Whoever tries the product logs in again and again; Telegram would make them wait for a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flags:
    """How to run. `ports`: data centre to port, 0 for a free one. `state`: None keeps nothing. `bot_hook`: no bot."""

    ports: dict[int, int]
    control_port: int
    state: Path | None
    lively: bool
    bot_hook: str | None


def flags_of(arguments: Sequence[str], variables: dict[str, str]) -> Flags:
    """The command line, with the environment for what it leaves out. Ends the process with a sentence when unclear."""
    parser = argparse.ArgumentParser(prog="python -m dev.telegram", description=__doc__)
    given = variables.get
    parser.add_argument(
        "--dc",
        action="append",
        metavar="DC=PORT",
        help="a data centre, 2 first; env TELEGRAM_EMULATOR_DCS=2=8484,4=8485",
    )
    parser.add_argument(
        "--control", type=int, default=given("TELEGRAM_EMULATOR_CONTROL", "0"), help="port of the back door"
    )
    parser.add_argument(
        "--state", type=Path, default=given("TELEGRAM_EMULATOR_STATE"), help="file to go on from, written at the end"
    )
    parser.add_argument(
        "--quiet", action="store_true", default=given("TELEGRAM_EMULATOR_QUIET") == "1", help="people only answer"
    )
    parser.add_argument("--bot-hook", help="where the Bot API's stand-in tells what the local bot hears")
    chosen = parser.parse_args(arguments)
    centres = chosen.dc or given("TELEGRAM_EMULATOR_DCS", _ANY_PORTS).split(",")
    try:
        ports = {int(dc): int(port) for dc, port in (centre.split("=") for centre in centres)}
    except ValueError:
        parser.error(f"--dc wants DC=PORT, as in 2=8484; got {' '.join(centres)}")
    state = Path(chosen.state) if chosen.state else None
    return Flags(
        ports=ports,
        control_port=chosen.control,
        state=state,
        lively=not chosen.quiet,
        bot_hook=chosen.bot_hook,
    )


class DemoTelegram:
    """The emulator with the demo world, its people and the back door; from the state file when there is one."""

    def __init__(self, flags: Flags) -> None:
        self._flags = flags
        restored = _restored(flags.state)
        dcs = tuple(flags.ports)
        if restored is None:
            self.emulator, self._diary = Emulator(dcs, ports=flags.ports), Diary()
            furnish(self.emulator.world, self.emulator.clock())
        else:
            self.emulator, self._diary = snapshot.revived(restored, dcs, flags.ports), restored.diary
        self.emulator.rules.limits = True
        self.emulator.limits.figures = replace(Figures(), login_codes=_LOGIN_CODES)

    async def run(self, stopped: asyncio.Event) -> None:
        """Serve until told to stop, then write the state."""
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self.emulator)
            pace = Pace(self.emulator.freeze, self.emulator.thaw)
            control = Control(self.emulator, pace, self.save)
            door = control.application()
            door.add_subapp(push_service.BELOW, push_service.PushService().application())
            if self._flags.bot_hook is not None:
                door.add_subapp(BELOW, local_bot(self._flags.bot_hook).application())
            port = await serve(door, self._flags.control_port, stack)
            residents = Residents(self.emulator, self._diary, is_lively=self._flags.lively)
            async with asyncio.TaskGroup() as tasks:
                life = tasks.create_task(residents.run())
                print(f"Telegram listens: data centres {self.emulator.ports}, control {port}", flush=True)
                await stopped.wait()
                self.emulator.freeze()
                life.cancel()
            if self._flags.state is not None:
                self.save(self._flags.state)

    def save(self, file: Path) -> int:
        """Write everything to a file; answers its size in bytes."""
        return snapshot.write(snapshot.taken(self.emulator, self._diary), file)


def _restored(state: Path | None) -> snapshot.Snapshot | None:
    if state is None or not state.exists():
        return None
    return snapshot.read(state)


async def _run(flags: Flags) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for ending in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(ending, stopped.set)
    await DemoTelegram(flags).run(stopped)


def main(arguments: Sequence[str], variables: dict[str, str], say: Callable[[str], object]) -> int:
    """Run until SIGTERM or SIGINT; 2 when it cannot start, with the reason said."""
    refuse_all_but_loopback()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    try:
        asyncio.run(_run(flags_of(arguments, variables)))
    except (OSError, snapshot.SnapshotUnreadable) as trouble:
        say(f"The Telegram emulator cannot start: {trouble}")
        return _CANNOT_START
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], dict(os.environ), lambda words: print(words, file=sys.stderr)))
