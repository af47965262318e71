"""The local Stripe's process: `python -m dev.stripe port`, its key and the endpoint's secrets in the environment."""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from dev.loopback import refuse_all_but_loopback
from dev.stripe.service import Setup, serving
from dev.stripe.snapshot import SnapshotUnreadable
from dev.stripe.webhooks import Endpoint

KEY, WEBHOOK_SECRETS = "STRIPE_STAND_IN_KEY", "STRIPE_STAND_IN_WEBHOOK_SECRETS"
_CANNOT_START = 2


def setup_of(arguments: Sequence[str], variables: Mapping[str, str]) -> Setup:
    """The command line and the secrets. Ends the process with a sentence when unclear."""
    parser = argparse.ArgumentParser(prog="python -m dev.stripe", description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("--pages", default="", help="the address that people reach the pages at")
    parser.add_argument("--endpoint", default="", help="where events are sent")
    parser.add_argument("--seed", default="", help="of ids, which are then the same each time")
    parser.add_argument("--state", type=Path, help="file to go on from, written at the end")
    chosen = parser.parse_args(arguments)
    secrets = tuple(each for each in variables.get(WEBHOOK_SECRETS, "").split(",") if each)
    if not variables.get(KEY):
        parser.error(f"{KEY} is not set")
    if chosen.endpoint and not secrets:
        parser.error(f"{WEBHOOK_SECRETS} is not set, and events are signed")
    return Setup(
        key=variables[KEY],
        port=chosen.port,
        pages=chosen.pages,
        seed=chosen.seed,
        endpoints=[Endpoint(url=chosen.endpoint, secrets=secrets)] if chosen.endpoint else [],
        state=chosen.state,
    )


async def _run(setup: Setup) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with serving(setup):
        await stopped.wait()


def main() -> int:
    """Run until SIGTERM or SIGINT; 2 when it cannot start, with the reason said."""
    refuse_all_but_loopback()
    try:
        asyncio.run(_run(setup_of(sys.argv[1:], os.environ)))
    except (OSError, SnapshotUnreadable) as trouble:
        print(f"The local Stripe cannot start: {trouble}", file=sys.stderr)
        return _CANNOT_START
    return 0


if __name__ == "__main__":
    sys.exit(main())
