"""Events on their way: hints of them from the stream into the queue, and from the queue to who settles them."""

from collections.abc import Mapping, Sequence
from typing import Any

from chalice.app import Blueprint, SQSEvent

from chalicelib import logs, services, settings
from chalicelib.features.billing import use_cases
from chalicelib.features.billing.model import EVENT_ROW
from chalicelib.logs import log

blueprint = Blueprint(__name__)

Record = Mapping[str, Any]


def feed_records(records: Sequence[Record]) -> list[str]:
    """Say in the queue which events of a batch of the stream wait; returns the numbers of what could not be said."""
    failed = []
    for record in records:
        image = record["dynamodb"].get("NewImage", {})
        if record["eventName"] != "INSERT" or image.get("row_kind") != {"S": EVENT_ROW}:
            continue
        event_id = image["pk"]["S"].rpartition("#")[2]
        try:
            use_cases.feed(event_id, image["customer"]["S"])
        except Exception as crash:  # noqa: BLE001 - the border of a unit of work
            log.warning("billing.hint_failed", event_id=event_id, reason=type(crash).__name__)
            failed.append(record["dynamodb"]["SequenceNumber"])
    return failed


@blueprint.on_sqs_message(queue=settings.billing_queue(), batch_size=10)
def settle(event: SQSEvent) -> dict[str, Any]:
    """Settle the events of some messages; answers which messages are to come again."""
    messages = event.to_dict()["Records"]
    failed = [message["messageId"] for message in messages if not _is_settled(message["body"])]
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def _is_settled(event_id: str) -> bool:
    with logs.bound(event_id=event_id):
        try:
            installation = services.current().installation
            use_cases.settle(event_id, installation=installation, shop=use_cases.open_shop())
        except Exception as crash:  # noqa: BLE001 - the border of a unit of work
            log.warning("billing.event_failed", reason=type(crash).__name__)
            return False
    return True
