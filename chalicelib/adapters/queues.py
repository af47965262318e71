"""Queues, which carry hints only: whatever they say is a row first.

Each worker task has one of its own, through which it hears what its open browsers should know; a lost hint costs
seconds, until a browser's next read of the feeds. Billing events have one for all; a lost hint costs minutes, until the
sweep finds its row.
"""

from functools import cache
from typing import Any, Self

import botocore.exceptions

from chalicelib import settings
from chalicelib.kernel.errors import NotFound, Unavailable
from chalicelib.table import aws

WAIT_S = 20
"""How long a receive waits for something to arrive; SQS allows no more."""
MAX_BODY_BYTES = 200_000
_RETENTION_S = 120
_GONE = {"AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist", "InvalidAddress"}


class QueueGone(NotFound):
    """The task deleted its queue when it ended."""

    code = "queue-gone"
    title = "There is no such queue any more."


class LiveQueue:
    """One task's own queue. `url` is what others reach it by."""

    def __init__(self, url: str) -> None:
        self.url = url

    @classmethod
    def create(cls, task_id: str) -> Self:
        """Make a task's queue; one that exists is taken over. What nobody fetched goes after two minutes."""
        answer = _sqs().create_queue(
            QueueName=f"wireroom-{settings.current().stage}-live-{task_id}",
            Attributes={"MessageRetentionPeriod": str(_RETENTION_S), "SqsManagedSseEnabled": "true"},
        )
        return cls(answer["QueueUrl"])

    def send(self, body: str) -> None:
        """Put one message in, of at most MAX_BODY_BYTES.

        Raises:
            QueueGone: the queue was deleted.
            Unavailable: the service could not be reached; so do the others.
        """
        self._call("send_message", MessageBody=body)

    def receive(self, *, wait_s: int = WAIT_S) -> list[str]:
        """Up to ten messages, taken out at once; waits `wait_s` (0 to 20) for the first. Blocks: call it in a thread.

        Raises:
            QueueGone: the queue was deleted.
        """
        answer = self._call("receive_message", MaxNumberOfMessages=10, WaitTimeSeconds=wait_s)
        messages = answer.get("Messages", [])
        if messages:
            taken = [{"Id": str(place), "ReceiptHandle": one["ReceiptHandle"]} for place, one in enumerate(messages)]
            self._call("delete_message_batch", Entries=taken)
        return [message["Body"] for message in messages]

    def delete(self) -> None:
        """Remove the queue with what is in it; removing what is gone succeeds."""
        try:
            self._call("delete_queue")
        except QueueGone:
            return

    def _call(self, operation: str, **parameters: Any) -> Any:
        try:
            return getattr(_sqs(), operation)(QueueUrl=self.url, **parameters)
        except botocore.exceptions.ClientError as refusal:
            if refusal.response["Error"]["Code"] in _GONE:
                raise QueueGone from refusal
            raise
        except botocore.exceptions.BotoCoreError as outage:
            raise Unavailable from outage


class BillingQueue:
    """The queue of billing events: first in, first out for each customer."""

    def send(self, event_id: str, *, group: str) -> None:
        """Say that an event waits. Saying it again within five minutes says nothing more.

        Raises:
            Unavailable: the service could not be reached, or there is no such queue.
        """
        try:
            _sqs().send_message(
                QueueUrl=_url_of(settings.billing_queue()),
                MessageBody=event_id,
                MessageGroupId=group,
                MessageDeduplicationId=event_id,
            )
        except (botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError) as outage:
            raise Unavailable from outage


@cache
def _url_of(queue: str) -> str:
    url: str = _sqs().get_queue_url(QueueName=queue)["QueueUrl"]
    return url


def _sqs() -> Any:
    return aws.client("sqs", read_timeout_s=WAIT_S + 5)
