"""The handlers app.py registered, found by walking Chalice's own list, so that nobody lists them a second time."""

import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from chalice.app import DynamoDBEventConfig, ScheduledEventConfig, SQSEventConfig

from chalicelib.edge.chalice_app import SafeChalice

Handler = Callable[[dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class LambdaContext:
    """The part of Lambda's context that a handler may look at."""

    function_name: str
    aws_request_id: str = field(default_factory=lambda: str(uuid.uuid4()))


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamHandler:
    """Takes batches of a table's changes."""

    name: str
    stream_arn: str
    batch_size: int
    call: Handler


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueHandler:
    """Takes batches of a queue's messages."""

    name: str
    queue: str
    batch_size: int
    call: Handler


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleHandler:
    """Is called every so often."""

    name: str
    every_s: float
    call: Handler


AnyHandler = StreamHandler | QueueHandler | ScheduleHandler


class UnknownSource(Exception):
    """app.py registers an event source that runs in the cloud and that dev/events can't feed yet."""


def registered(app: SafeChalice) -> list[AnyHandler]:
    """Every event handler of the app.

    Raises:
        UnknownSource: naming the handler.
    """
    return [_handler(app, source) for source in app.event_sources]


def _handler(app: SafeChalice, source: Any) -> AnyHandler:
    call = _caller(app, source)
    match source:
        case DynamoDBEventConfig():
            return StreamHandler(
                name=source.name, stream_arn=source.stream_arn, batch_size=source.batch_size, call=call
            )
        case SQSEventConfig():
            queue = source.queue or str(source.queue_arn).rpartition(":")[2]
            return QueueHandler(name=source.name, queue=queue, batch_size=source.batch_size, call=call)
        case ScheduledEventConfig():
            return ScheduleHandler(name=source.name, every_s=_period_s(source), call=call)
        case _:
            raise UnknownSource(f"{source.name}: dev/events can't feed a {type(source).__name__} yet")


def _caller(app: SafeChalice, source: Any) -> Handler:
    """Lambda runs one call of a function's instance at a time, and so does this."""
    handler = app.handler_map[source.name]
    turn = threading.Lock()

    def call(event: dict[str, Any]) -> Any:
        with turn:
            return handler(event, LambdaContext(source.name))

    return call


def _period_s(source: ScheduledEventConfig) -> float:
    expression = source.schedule_expression
    text = expression if isinstance(expression, str) else expression.to_string()
    units_s = {"minute": 60, "hour": 3600, "day": 86400}
    words = text.removeprefix("rate(").removesuffix(")").split()
    if len(words) == 2 and words[0].isdecimal() and words[1].rstrip("s") in units_s:
        return float(int(words[0]) * units_s[words[1].rstrip("s")])
    raise UnknownSource(f"{source.name}: dev/events understands rate(...), not {text}")
