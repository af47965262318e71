"""A whole run with the real local AWS and emulator, the rest only listening; one process, as `make run` is."""

import asyncio
import os
import sys
from dataclasses import replace
from pathlib import Path

from dev import orphans, settings, snapshots
from dev.processes import Program
from dev.product import Product
from dev.run import PortTaken, Run, refuse_taken_ports

STAND_IN = Path(__file__).parent / "stand_in.py"


def with_stand_ins(planned: Product) -> Product:
    return replace(
        planned,
        worker=_stand_in(planned.worker),
        services=tuple(map(_stand_in, planned.services)),
        demo=replace(planned.demo, command=["true"]),
    )


def _stand_in(program: Program) -> Program:
    return replace(program, command=[sys.executable, STAND_IN, *map(str, program.ready_ports)])


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    here = settings.read()
    snapshots.EVERY_S = float(os.environ.get("SNAPSHOT_EVERY_S", "15"))
    register = orphans.Register(here.local, here.public_origin)
    try:
        register.take()
        register.end_leftovers()
        refuse_taken_ports(here)
    except (orphans.AlreadyRunning, PortTaken) as refusal:
        say(str(refusal))
        return 1
    run = Run(
        here=here,
        register=register,
        say=say,
        ready=lambda: say("ready"),
        adjust=with_stand_ins,
    )
    return asyncio.run(run.live())


if __name__ == "__main__":
    sys.exit(main())
