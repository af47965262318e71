"""What the table's stream feeds: the relay and the feed of billing's queue share a reader, since a shard takes two.

It stands at the root of the package because it knows the slices, as due_work does; nothing but app.py imports it.
"""

from collections.abc import Sequence
from typing import Any

from chalice.app import Blueprint, DynamoDBEvent

from chalicelib import settings
from chalicelib.features.billing.jobs import events as billing
from chalicelib.features.journal.jobs import stream as journal

blueprint = Blueprint(__name__)


@blueprint.on_dynamodb_record(stream_arn=settings.stream_arn(), batch_size=100)
def relay(event: DynamoDBEvent) -> dict[str, Any]:
    """Tell watching tasks of new entries and marks, and billing's queue of new events; answers what is to come again.

    Both are hints, so that what is handed over again and was said already does no harm.
    """
    records = event.to_dict()["Records"]
    return _failed([*billing.feed_records(records), *journal.relay_records(records)])


@blueprint.on_dynamodb_record(stream_arn=settings.stream_arn(), batch_size=1_000, maximum_batching_window_in_seconds=60)
def archive(event: DynamoDBEvent) -> dict[str, Any]:
    """Copy new entries, sealed as they are; answers which records are to be handed over again.

    It waits a minute for a batch to fill, since an object a batch is what the copy costs.
    """
    return _failed(journal.archive_records(event.to_dict()["Records"]))


def _failed(numbers: Sequence[str]) -> dict[str, Any]:
    """What Lambda hands over again. Source: AWS Lambda, reporting batch item failures."""
    return {"batchItemFailures": [{"itemIdentifier": number} for number in numbers]}
