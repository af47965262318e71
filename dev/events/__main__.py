"""The events process: `python -m dev.events`. One thread a source, as each may wait long."""

import importlib
import signal
import threading
from typing import Any, assert_never

from chalicelib import settings
from chalicelib.logs import log
from dev import stack
from dev.events.handlers import AnyHandler, QueueHandler, ScheduleHandler, StreamHandler, registered
from dev.events.queue import Queue
from dev.events.schedule import Schedule
from dev.events.stream import Stream


def main() -> None:
    """Feed every handler of app.py until SIGTERM; the call under way is finished."""
    stop = threading.Event()

    def stop_soon(*_: Any) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, stop_soon)
    signal.signal(signal.SIGINT, stop_soon)
    handlers = registered(importlib.import_module("app").app)
    threads = [threading.Thread(target=_feeder(handler, stop).run, name=handler.name) for handler in handlers]
    for thread in threads:
        thread.start()
    log.info("events.started", handlers=[handler.name for handler in handlers])
    stop.wait()
    for thread in threads:
        thread.join()


def _feeder(handler: AnyHandler, stop: threading.Event) -> Stream | Queue | Schedule:
    endpoint = settings.current().endpoint_url
    if endpoint is None:
        raise SystemExit("dev/events feeds the local AWS alone; AWS_ENDPOINT_URL is not set.")
    match handler:
        case StreamHandler():
            return Stream(handler, stack.client("dynamodbstreams", endpoint), stop)
        case QueueHandler():
            return Queue(handler, stack.client("sqs", endpoint), stop)
        case ScheduleHandler():
            return Schedule(handler, stop)
        case _:
            assert_never(handler)


if __name__ == "__main__":
    main()
