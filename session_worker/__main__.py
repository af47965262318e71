"""`python -m session_worker`: one task of the session worker, until it is told to stop."""

import asyncio
import sys

import uvloop

from chalicelib import settings
from chalicelib.settings import SettingMissing
from session_worker import app, last_words
from session_worker import settings as worker_settings
from session_worker.settings import SettingInvalid


def main() -> int:
    """Run until SIGTERM or SIGINT. 2 when a setting is missing or makes no sense; standard error names it."""
    try:
        settings.current()
        here = worker_settings.current()
    except (SettingMissing, SettingInvalid) as missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    last_words.keep_texts_out()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(app.run(here))
    return 0


if __name__ == "__main__":
    sys.exit(main())
