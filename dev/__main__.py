"""`python -m dev`: the whole product on this machine. `make run` gets here through dev/bootstrap.py."""

import asyncio
import os
import sys

from dev import product, settings
from dev.demo.people import PEOPLE
from dev.orphans import AlreadyRunning, Register
from dev.run import PortTaken, Run, refuse_taken_ports
from dev.settings import BadSetting, DevSettings


def main() -> int:
    """Run until Ctrl-C. Gives the exit code: 0 stopped on demand, 1 refused or broken, with one sentence why."""
    try:
        here = settings.read()
        leaves_this_machine = product.speaks_to_telegram_itself(os.environ)
        product.speaks_to_stripe_itself(os.environ)
        register = Register(here.local, here.public_origin)
        register.take()
        if ended := register.end_leftovers():
            _say(f"Ended {ended} processes of a run that was killed.")
        refuse_taken_ports(here)
    except (AlreadyRunning, BadSetting, PortTaken) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    _say("Starting Wireroom")
    run = Run(
        here=here,
        register=register,
        say=_say,
        ready=lambda: _welcome(here, leaves_this_machine=leaves_this_machine),
    )
    return asyncio.run(run.live())


def _welcome(here: DevSettings, *, leaves_this_machine: bool) -> None:
    people = "\n".join(f"    {person.email:<28} {person.password}" for person in PEOPLE)
    telegram = (
        "  Telegram              the real one: accounts you connect are your own"
        if leaves_this_machine
        else f"  A phone with Telegram {here.public_origin}/dev/phone"
    )
    _say(
        f"\nWireroom is ready: {here.public_origin}\n\n"
        f"  Sign in as one of these, or sign up:\n{people}\n\n"
        f"  Sent mails            {here.public_origin}/dev/mail\n"
        f"{telegram}\n"
        f"  Logs                  {here.logs}\n\n"
        "Ctrl-C stops it; everything is kept."
    )


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
