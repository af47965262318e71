"""Calls a handler every so often, as EventBridge's schedules do; sooner, as nobody waits a minute at their own desk."""

import threading
import uuid
from datetime import UTC, datetime
from typing import Final

from chalicelib.logs import log
from dev.events.handlers import ScheduleHandler

LONGEST_PERIOD_S: Final = 10.0
"""EventBridge knows no period under a minute; what a schedule does here is seen this much sooner."""


class Schedule:
    """One handler's clock. The first call comes after one period, the next one period after the last ended."""

    def __init__(self, handler: ScheduleHandler, stop: threading.Event) -> None:
        self._handler = handler
        self._stop = stop

    def run(self) -> None:
        """Tick until told to stop."""
        while not self._stop.wait(min(self._handler.every_s, LONGEST_PERIOD_S)):
            try:
                self._handler.call(event_for(self._handler.name))
            except Exception as crash:  # noqa: BLE001 - the border of a unit of work
                log.error("events.handler_failed", crash=crash, handler=self._handler.name)


def event_for(name: str) -> dict[str, object]:
    """What a schedule of that name hands over now. Source: EventBridge, scheduled events."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "000000000000",
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": "eu-central-1",
        "resources": [f"arn:aws:events:eu-central-1:000000000000:rule/{name}"],
        "detail": {},
    }
