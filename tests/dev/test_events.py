"""dev/events against the real local AWS: what reaches a handler, what comes again, what is left alone."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from chalice.app import Rate

from chalicelib.edge.chalice_app import SafeChalice
from dev.events import schedule
from dev.events.handlers import QueueHandler, ScheduleHandler, StreamHandler, UnknownSource, registered
from dev.events.queue import Queue
from dev.events.schedule import Schedule, event_for
from dev.events.stream import Stream
from tests.local_aws import LocalAws

PATIENCE_S = 15


class Seen:
    """A handler that keeps its events and answers as it is told, one answer a call and then always the last."""

    def __init__(self, *answers: Any) -> None:
        self.events: list[Any] = []
        self._answers = list(answers) or [None]

    def __call__(self, event: Any) -> Any:
        self.events.append(event)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer(event) if callable(answer) else answer


def eventually(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline, "did not come true"
        time.sleep(0.02)


@contextmanager
def running(make: Callable[[threading.Event], Stream | Queue | Schedule]) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=make(stop).run)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(PATIENCE_S)
        assert not thread.is_alive()


@pytest.fixture
def table(local_aws: LocalAws, request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """A table of this test alone, and its stream."""
    dynamodb = local_aws.client("dynamodb")
    name = f"events-{abs(hash(request.node.name))}"
    made = dynamodb.create_table(
        TableName=name,
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )
    yield name, made["TableDescription"]["LatestStreamArn"]
    dynamodb.delete_table(TableName=name)


@pytest.fixture
def queue(local_aws: LocalAws, request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """A queue of this test alone whose messages come again after a second: its name and address."""
    sqs = local_aws.client("sqs")
    name = f"events-{abs(hash(request.node.name))}"
    url = sqs.create_queue(QueueName=name, Attributes={"VisibilityTimeout": "1"})["QueueUrl"]
    yield name, url
    sqs.delete_queue(QueueUrl=url)


def stream_of(local_aws: LocalAws, arn: str, handler: Seen) -> Callable[[threading.Event], Stream]:
    made = StreamHandler(name="relay", stream_arn=arn, batch_size=100, call=handler)
    return lambda stop: Stream(made, local_aws.client("dynamodbstreams"), stop)


def queue_of(local_aws: LocalAws, name: str, handler: Seen) -> Callable[[threading.Event], Queue]:
    made = QueueHandler(name="take", queue=name, batch_size=10, call=handler)
    return lambda stop: Queue(made, local_aws.client("sqs"), stop)


def put(local_aws: LocalAws, table: str, *words: str) -> None:
    for word in words:
        local_aws.client("dynamodb").put_item(
            TableName=table, Item={"pk": {"S": word}, "raw": {"B": b"\x00\xff"}, "deep": {"L": [{"B": b"a"}]}}
        )


def test_changes_made_before_and_after_the_start_reach_the_handler_in_order(
    local_aws: LocalAws, table: tuple[str, str]
) -> None:
    name, arn = table
    seen = Seen()
    put(local_aws, name, "a", "b")
    with running(stream_of(local_aws, arn, seen)):
        eventually(lambda: len(keys_of(seen)) == 2)
        put(local_aws, name, "c")
        eventually(lambda: len(keys_of(seen)) == 3)
    assert keys_of(seen) == ["a", "b", "c"]


def test_a_record_looks_as_lambda_would_give_it(local_aws: LocalAws, table: tuple[str, str]) -> None:
    name, arn = table
    seen = Seen()
    put(local_aws, name, "a")
    with running(stream_of(local_aws, arn, seen)):
        eventually(lambda: bool(seen.events))
    [record] = seen.events[0]["Records"]
    assert record["eventName"] == "INSERT"
    assert record["eventSourceARN"] == arn
    image = record["dynamodb"]["NewImage"]
    assert image["raw"] == {"B": "AP8="}
    assert image["deep"] == {"L": [{"B": "YQ=="}]}
    assert isinstance(record["dynamodb"]["ApproximateCreationDateTime"], float)


def test_records_come_again_from_the_first_that_failed(local_aws: LocalAws, table: tuple[str, str]) -> None:
    name, arn = table
    put(local_aws, name, "a", "b", "c")

    def second_failed(event: Any) -> Any:
        return {"batchItemFailures": [{"itemIdentifier": event["Records"][1]["dynamodb"]["SequenceNumber"]}]}

    seen = Seen(second_failed, None)
    with running(stream_of(local_aws, arn, seen)):
        eventually(lambda: len(seen.events) == 2)
    assert keys_of(seen) == ["a", "b", "c", "b", "c"]


def test_a_batch_that_keeps_failing_is_given_up_and_the_next_goes_on(
    local_aws: LocalAws, table: tuple[str, str]
) -> None:
    name, arn = table
    put(local_aws, name, "bad")
    seen = Seen(*[RuntimeError("no")] * 5, None)
    with running(stream_of(local_aws, arn, seen)):
        eventually(lambda: len(seen.events) == 5)
        put(local_aws, name, "good")
        eventually(lambda: keys_of(seen)[-1] == "good")
    assert keys_of(seen) == ["bad"] * 5 + ["good"]


def keys_of(seen: Seen) -> list[str]:
    return [record["dynamodb"]["Keys"]["pk"]["S"] for event in seen.events for record in event["Records"]]


def test_a_handled_message_is_gone(local_aws: LocalAws, queue: tuple[str, str]) -> None:
    name, url = queue
    sqs = local_aws.client("sqs")
    sqs.send_message(QueueUrl=url, MessageBody="one")
    seen = Seen()
    with running(queue_of(local_aws, name, seen)):
        eventually(lambda: bool(seen.events))
    [record] = seen.events[0]["Records"]
    assert record["body"] == "one"
    assert "Messages" not in sqs.receive_message(QueueUrl=url, WaitTimeSeconds=2)


def test_only_the_failed_message_of_a_batch_comes_again(local_aws: LocalAws, queue: tuple[str, str]) -> None:
    name, url = queue
    for body in ("good", "bad"):
        local_aws.client("sqs").send_message(QueueUrl=url, MessageBody=body)

    def bad_ones_failed(event: Any) -> Any:
        bad = [record["messageId"] for record in event["Records"] if record["body"] == "bad"]
        return {"batchItemFailures": [{"itemIdentifier": each} for each in bad]}

    seen = Seen(bad_ones_failed)
    with running(queue_of(local_aws, name, seen)):
        eventually(lambda: bodies_of(seen).count("bad") >= 2)
    assert bodies_of(seen).count("good") == 1


def test_messages_of_a_handler_that_raises_come_again(local_aws: LocalAws, queue: tuple[str, str]) -> None:
    name, url = queue
    local_aws.client("sqs").send_message(QueueUrl=url, MessageBody="one")
    seen = Seen(RuntimeError("no"), None)
    with running(queue_of(local_aws, name, seen)):
        eventually(lambda: len(seen.events) == 2)


def bodies_of(seen: Seen) -> list[str]:
    return [record["body"] for event in seen.events for record in event["Records"]]


def test_a_schedule_goes_on_after_a_call_that_raised() -> None:
    seen = Seen(RuntimeError("no"), None)
    made = ScheduleHandler(name="tick", every_s=0.02, call=seen)
    with running(lambda stop: Schedule(made, stop)):
        eventually(lambda: len(seen.events) >= 2)
    assert seen.events[0]["source"] == "aws.events"


def test_nobody_waits_here_as_long_as_for_eventbridge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "LONGEST_PERIOD_S", 0.02)
    seen = Seen(None, None)
    hourly = ScheduleHandler(name="tick", every_s=3600, call=seen)
    with running(lambda stop: Schedule(hourly, stop)):
        eventually(lambda: len(seen.events) >= 1)


def test_the_apps_own_registrations_are_what_is_fed() -> None:
    app = SafeChalice(app_name="some")
    called: list[str] = []

    @app.on_dynamodb_record(stream_arn="arn:stream", batch_size=7)
    def relay(event: Any) -> None:
        called.append(event.to_dict()["Records"][0])

    @app.on_sqs_message(queue="billing.fifo", batch_size=3)
    def take(event: Any) -> None:
        called.append(event.to_dict()["Records"][0])

    @app.schedule(Rate(5, unit=Rate.MINUTES))
    def tick(_: Any) -> None:
        called.append("tick")

    stream, queue, clock = registered(app)
    assert isinstance(stream, StreamHandler)
    assert isinstance(queue, QueueHandler)
    assert isinstance(clock, ScheduleHandler)
    assert (stream.stream_arn, stream.batch_size) == ("arn:stream", 7)
    assert (queue.queue, queue.batch_size) == ("billing.fifo", 3)
    assert clock.every_s == 300
    stream.call({"Records": ["change"]})
    queue.call({"Records": ["message"]})
    clock.call(event_for("tick"))
    assert called == ["change", "message", "tick"]


def test_the_relay_and_the_archive_each_read_the_table_s_stream() -> None:
    from app import app

    streams = {handler.name for handler in registered(app) if isinstance(handler, StreamHandler)}
    assert streams == {"relay", "archive"}


def test_a_source_that_can_not_be_fed_is_named_at_the_start() -> None:
    app = SafeChalice(app_name="some")

    @app.schedule("cron(0 8 * * ? *)")
    def in_the_morning(_: Any) -> None:
        pass

    with pytest.raises(UnknownSource, match=r"in_the_morning: dev/events understands rate"):
        registered(app)
