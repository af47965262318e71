"""From the stored event to the handler: the stream says it in the queue, the queue hands it out by customer."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib import settings
from chalicelib.adapters.queues import BillingQueue
from chalicelib.edge.chalice_app import SafeChalice
from chalicelib.features.billing.jobs.events import feed_records
from chalicelib.kernel.errors import Unavailable
from dev.events.handlers import LambdaContext
from tests.edge.billing.counter import Counter
from tests.local_aws import LocalAws
from tests.stream import Stream


@pytest.fixture
def stream(local_aws: LocalAws, counter: Counter) -> Stream:
    counter.page(pro=1)
    return Stream(local_aws)


class Queue:
    """The queue as Lambda's event source reads it."""

    def __init__(self, local_aws: LocalAws) -> None:
        self._client = local_aws.client("sqs")
        self.url = self._client.get_queue_url(QueueName=settings.billing_queue())["QueueUrl"]

    def messages(self) -> list[dict[str, Any]]:
        """What waits, up to ten."""
        answer = self._client.receive_message(
            QueueUrl=self.url, MaxNumberOfMessages=10, WaitTimeSeconds=1, AttributeNames=["All"]
        )
        found: list[dict[str, Any]] = answer.get("Messages", [])
        return found

    def empty(self) -> None:
        """Throw away what waits."""
        self._client.purge_queue(QueueUrl=self.url)


@pytest.fixture
def queue(local_aws: LocalAws) -> Iterator[Queue]:
    found = Queue(local_aws)
    found.empty()
    yield found
    found.empty()


def test_a_new_event_is_said_once_in_the_queue_in_its_customers_turn(
    counter: Counter, stream: Stream, queue: Queue
) -> None:
    counter.cashier.pay(counter.page(pro=1))
    told = counter.post.deliver_all(counter.events()[:3])
    records = stream.records()
    assert feed_records(records) == []
    assert feed_records(records) == [], "handed over again"
    found = queue.messages()
    assert {each["Body"] for each in found} <= set(told)
    assert {each["Attributes"]["MessageGroupId"] for each in found} == {counter.customer}
    assert len(found) == len({each["Body"] for each in found})


def test_what_could_not_be_said_is_handed_over_again(
    counter: Counter, stream: Stream, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise Unavailable

    told = counter.post.deliver_all(counter.events()[:1])
    records = stream.records()
    with monkeypatch.context() as patched:
        patched.setattr(BillingQueue, "send", away)
        failed = feed_records(records)
    of_events = [
        each["dynamodb"]["SequenceNumber"] for each in records if told[0] in str(each["dynamodb"].get("NewImage", {}))
    ]
    assert failed == of_events


def test_the_handler_settles_what_it_can_and_hands_back_what_it_can_not(counter: Counter) -> None:
    from app import app

    assert counter.cashier.pay(counter.page(pro=2)) == 303
    told = counter.post.deliver_all(counter.events())
    counter.cashier.order_fault("server-error", "/v1/", method="GET")
    answer = call(app, told)
    assert len(answer["batchItemFailures"]) == 1, "the one that Stripe was away for"
    assert call(app, told) == {"batchItemFailures": []}
    assert len(counter.seats()) == 2


def test_a_message_about_nothing_is_gone(counter: Counter) -> None:
    from app import app

    assert call(app, ["evt_unheard_of"]) == {"batchItemFailures": []}


def call(app: SafeChalice, bodies: list[str]) -> Any:
    """As Lambda calls the function."""
    records = [
        {
            "messageId": f"message {place}",
            "body": body,
            "receiptHandle": "x",
            "attributes": {},
            "eventSource": "aws:sqs",
        }
        for place, body in enumerate(bodies)
    ]
    answer = app.handler_map["settle"]({"Records": records}, LambdaContext("settle"))
    return json.loads(json.dumps(answer))
