"""Feeds a queue to a handler with partial batch failures, as Lambda's event source mapping does."""

import threading
from typing import Any

import botocore.exceptions

from chalicelib.logs import log
from dev.events.handlers import QueueHandler

_LONG_POLL_S = 1
"""Short enough to stop within the time that Ctrl-C has."""
_AWAY_FOR_S = 2.0


class Queue:
    """One handler's queue. A message that failed stays, and comes again when its visibility time is over."""

    def __init__(self, handler: QueueHandler, client: Any, stop: threading.Event) -> None:
        self._handler = handler
        self._client = client
        self._stop = stop
        self._url = ""

    def run(self) -> None:
        """Poll until told to stop."""
        while not self._stop.is_set():
            try:
                messages = self._receive()
                if messages and not self._stop.is_set():
                    self._deliver(messages)
            except (botocore.exceptions.ClientError, botocore.exceptions.HTTPClientError) as trouble:
                log.warning("events.queue_away", handler=self._handler.name, reason=type(trouble).__name__)
                self._stop.wait(_AWAY_FOR_S)

    def _receive(self) -> list[dict[str, Any]]:
        if not self._url:
            self._url = self._client.get_queue_url(QueueName=self._handler.queue)["QueueUrl"]
        answered = self._client.receive_message(
            QueueUrl=self._url,
            MaxNumberOfMessages=min(10, self._handler.batch_size),
            WaitTimeSeconds=_LONG_POLL_S,
            AttributeNames=["All"],
            MessageAttributeNames=["All"],
        )
        messages: list[dict[str, Any]] = answered.get("Messages", [])
        return messages

    def _deliver(self, messages: list[dict[str, Any]]) -> None:
        try:
            answer = self._handler.call({"Records": [self._as_lambda_sees_it(message) for message in messages]})
        except Exception as crash:  # noqa: BLE001 - the border of a unit of work
            log.error("events.handler_failed", crash=crash, handler=self._handler.name)
            return
        failed = {failure["itemIdentifier"] for failure in (answer or {}).get("batchItemFailures", [])}
        for message in messages:
            if message["MessageId"] not in failed:
                self._client.delete_message(QueueUrl=self._url, ReceiptHandle=message["ReceiptHandle"])

    def _as_lambda_sees_it(self, message: dict[str, Any]) -> dict[str, Any]:
        return {
            "messageId": message["MessageId"],
            "receiptHandle": message["ReceiptHandle"],
            "body": message["Body"],
            "attributes": message.get("Attributes", {}),
            "messageAttributes": message.get("MessageAttributes", {}),
            "md5OfBody": message["MD5OfBody"],
            "eventSource": "aws:sqs",
            "eventSourceARN": self._handler.queue,
        }
