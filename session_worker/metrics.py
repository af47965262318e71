"""What the worker counts of itself, written as log lines that CloudWatch reads metrics from (Embedded Metric Format).

A metric is of the whole task: nothing here knows a workspace, a person, an account or a chat. Declare one by a line
below and emit it where it happens; `make openapi` writes the table of docs/runbook.md from these declarations.
Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

import asyncio
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from chalicelib.logs import log

NAMESPACE: Final = "Wireroom"
SERVICE: Final = "session-worker"
FLUSH_S: Final = 60
"""CloudWatch adds up what the tasks say within a minute: the sum of a gauge is that of all tasks."""
MOST_VALUES: Final = 100
"""As many values may one metric carry in one line."""


class Unit(StrEnum):
    """CloudWatch's units."""

    COUNT = "Count"
    BYTES = "Bytes"
    SECONDS = "Seconds"
    MILLISECONDS = "Milliseconds"


class Counter:
    """How often something happened since the last line; nothing is written while it is zero."""

    kind: Final = "counter"

    def __init__(self, name: str, meaning: str, unit: Unit = Unit.COUNT) -> None:
        self.name, self.meaning, self.unit = name, meaning, unit
        self._sum = 0

    def add(self, more: int = 1) -> None:
        """It happened."""
        self._sum += more

    def drain(self) -> int | None:
        """What has come together; begins anew."""
        taken, self._sum = self._sum, 0
        return taken or None


class Gauge:
    """How much there is now. The last value stands until another is set; nothing is written before the first."""

    kind: Final = "gauge"

    def __init__(self, name: str, meaning: str, unit: Unit = Unit.COUNT) -> None:
        self.name, self.meaning, self.unit = name, meaning, unit
        self._value: float | None = None

    def set(self, value: float) -> None:
        """It is so much."""
        self._value = value

    def drain(self) -> float | None:
        """The value that stands."""
        return self._value


class Distribution:
    """How long or large each one was: a fair sample of those since the last line, for percentiles."""

    kind: Final = "distribution"

    def __init__(self, name: str, meaning: str, unit: Unit) -> None:
        self.name, self.meaning, self.unit = name, meaning, unit
        self._sample: list[float] = []
        self._seen = 0

    def observe(self, value: float) -> None:
        """One more; each of a minute's has the same chance to be in the sample (Source: Vitter's algorithm R)."""
        self._seen += 1
        if len(self._sample) < MOST_VALUES:
            self._sample.append(round(value, 3))
            return
        place = random.randrange(self._seen)  # noqa: S311 - a sample, no secret
        if place < MOST_VALUES:
            self._sample[place] = round(value, 3)

    def drain(self) -> list[float] | None:
        """The sample; begins anew."""
        taken, self._sample, self._seen = self._sample, [], 0
        return taken or None


Metric = Counter | Gauge | Distribution

# The process
LOOP_LAG: Final = Distribution(
    "LoopLag", "how late the event loop runs what is due; all work waits so long", Unit.MILLISECONDS
)
MEMORY: Final = Gauge("Memory", "resident memory of the process", Unit.BYTES)

# Leases and connections
SHARDS: Final = Gauge("Shards", "shards this task holds; in sum those of the installation")
LEASES_LOST: Final = Counter("LeasesLost", "times this task stopped itself: its beats did not arrive, or it was fenced")
TASKS_FENCED: Final = Counter("TasksFenced", "silent tasks that this one shut out")
CONNECTIONS: Final = Gauge("Connections", "connections that are kept here, in whatever state")
CONNECTIONS_LIVE: Final = Gauge("ConnectionsLive", "those of them that are connected")
CONNECTIONS_LOST: Final = Counter("ConnectionsLost", "times a connected one lost its line")
CONNECTIONS_PARKED: Final = Gauge("ConnectionsParked", "connections that are only listened to, as nobody looks")
UPDATES_WAITING: Final = Gauge("UpdatesWaiting", "packets of updates that wait until what was missed is fetched")
UPDATES_SILENCE: Final = Gauge(
    "UpdatesSilence", "how long the quietest of the live connections has heard nothing", Unit.SECONDS
)
DIFFERENCES_TOO_LONG: Final = Counter(
    "DifferencesTooLong", "times Telegram no longer told what was missed, so that chats were read anew"
)
CHANNELS_FOLLOWED: Final = Gauge("ChannelsFollowed", "channels and supergroups asked for, as somebody looks at them")
SESSIONS_ENDED: Final = Counter("SessionsEnded", "logins that Telegram ended, and accounts it closed")
TABLE_TIME: Final = Distribution(
    "TableTime",
    "calls of table and KMS for people and connections, their wait for a thread included",
    Unit.MILLISECONDS,
)
TABLE_AWAY: Final = Counter("TableAway", "those of them that took too long")

# Sending
SENDS: Final = Counter("Sends", "messages that Telegram took")
SENDS_FAILED: Final = Counter("SendsFailed", "messages that Telegram refused; their senders were told why")
SENDS_UNKNOWN: Final = Counter("SendsUnknown", "messages of which nobody can say whether Telegram took them")
WAITS_ASKED: Final = Counter("WaitsAsked", "times Telegram asked an account to wait (FLOOD_WAIT)")
ACCOUNTS_LIMITED: Final = Counter("AccountsLimited", "times Telegram limited an account (PEER_FLOOD)")

# Files
FILES_FETCHED: Final = Counter("FilesFetched", "files of messages that were begun to be fetched for who opened them")
FILE_BYTES: Final = Counter("FileBytes", "bytes of files carried to Telegram and from there", Unit.BYTES)
TRANSIT_SWEPT: Final = Counter("TransitSwept", "files found in the transit bucket after 23 hours: dead tasks left them")

# Browsers' sockets
SOCKETS: Final = Gauge("Sockets", "browsers' sockets that live here")
SOCKETS_FORWARDED: Final = Gauge("SocketsForwarded", "sockets accepted here and held by the task that owns their shard")
SOCKETS_OPENED: Final = Counter("SocketsOpened", "sockets let in")
SOCKETS_REFUSED: Final = Counter("SocketsRefused", "sockets not let in: no good pass, no hello, a foreign door")
SOCKETS_TOO_MANY: Final = Counter("SocketsTooMany", "sockets refused as one session, person or address had too many")
SOCKETS_RESYNCED: Final = Counter("SocketsResynced", "sockets closed as their browser took frames too slowly")
SOCKETS_MOVED: Final = Counter("SocketsMoved", "sockets told to come back, as their shard went to another task")
FRAMES_SENT: Final = Counter("FramesSent", "frames written to browsers")
FRAMES_REPLACED: Final = Counter("FramesReplaced", "events that a newer state made needless before they left")
REQUESTS: Final = Counter("Requests", "requests of browsers")
REQUESTS_LIMITED: Final = Counter("RequestsLimited", "requests refused as one socket asked too much")
REQUESTS_CRASHED: Final = Counter("RequestsCrashed", "requests that ended in a fault of ours")
REQUEST_TIME: Final = Distribution(
    "RequestTime", "from a request to its answer, Telegram's part included", Unit.MILLISECONDS
)

# Between tasks
FORWARDS_FAILED: Final = Counter("ForwardsFailed", "sockets kept here as the owner of their shard was not reached")
FORWARDS_REFUSED: Final = Counter("ForwardsRefused", "conversations another task sent us for a shard we do not hold")
FORWARDS_FORGED: Final = Counter("ForwardsForged", "tasks that answered with another key than their row names")


def registered() -> Iterator[Metric]:
    """Every metric declared in this module, in that order."""
    return (value for value in globals().values() if isinstance(value, Counter | Gauge | Distribution))


def line(stage: str, at_ms: int) -> dict[str, Any] | None:
    """The fields of one log line with all that came together, which begins anew; None where nothing did."""
    drained = [(metric, metric.drain()) for metric in registered()]
    told = [(metric, value) for metric, value in drained if value is not None]
    if not told:
        return None
    directive = {
        "Namespace": f"{NAMESPACE}/{stage}",
        "Dimensions": [["service"]],
        "Metrics": [{"Name": metric.name, "Unit": metric.unit} for metric, _ in told],
    }
    head = {"_aws": {"Timestamp": at_ms, "CloudWatchMetrics": [directive]}, "service": SERVICE}
    return head | {metric.name: value for metric, value in told}


class Reporter:
    """Writes a line a minute until it is stopped. `samples` set gauges just before. Its owner starts and stops it."""

    def __init__(self, stage: str, samples: Sequence[Callable[[], None]] = ()) -> None:
        self._stage = stage
        self._samples = samples
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin."""
        self._task = asyncio.create_task(self._run(), name="metrics")

    async def stop(self) -> None:
        """Write what is left and end."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self.report()

    def report(self) -> None:
        """Write a line now."""
        for sample in self._samples:
            sample()
        MEMORY.set(_resident_bytes())
        fields = line(self._stage, time.time_ns() // 1_000_000)
        if fields is not None:
            log.info("metrics", **fields)

    async def _run(self) -> None:
        """Look once a second how late the loop is; write in the middle of each minute, so that none has two lines."""
        now = asyncio.get_running_loop().time
        while True:
            report_at = now() + FLUSH_S - (time.time() + FLUSH_S / 2) % FLUSH_S
            while now() < report_at:
                due_at = now() + 1
                await asyncio.sleep(1)
                LOOP_LAG.observe(max(0.0, now() - due_at) * 1_000)
            self.report()


def _resident_bytes() -> int:
    """What the kernel counts as ours now; 0 where it does not say (Source: proc(5), /proc/pid/statm)."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
