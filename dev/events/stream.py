"""Feeds a table's stream to a handler in order, as Lambda's event source mapping does."""

import base64
import threading
from typing import Any

import botocore.exceptions

from chalicelib.logs import log
from dev.events.handlers import StreamHandler

POLL_EVERY_S = 0.2
ATTEMPTS = 5
"""As in the cloud: after these, one bad record must not hold up all others."""
FIRST_PAUSE_S = 0.05
_LOOK_FOR_SHARDS_EVERY_S = 5.0


class Stream:
    """One handler's place in one table's stream, kept in memory.

    The local AWS forgets its stream when it stops; what was not relayed by then is found by the sweeps.
    """

    def __init__(self, handler: StreamHandler, client: Any, stop: threading.Event) -> None:
        self._handler = handler
        self._client = client
        self._stop = stop
        self._iterators: dict[str, str | None] = {}

    def run(self) -> None:
        """Poll until told to stop."""
        while not self._stop.is_set():
            try:
                self._find_shards()
                moved = self._read_all()
            except (botocore.exceptions.ClientError, botocore.exceptions.HTTPClientError) as trouble:
                log.warning("events.stream_away", handler=self._handler.name, reason=type(trouble).__name__)
                self._stop.wait(_LOOK_FOR_SHARDS_EVERY_S)
            else:
                if not moved:
                    self._stop.wait(POLL_EVERY_S)

    def _find_shards(self) -> None:
        if any(self._iterators.values()):
            return
        description = self._client.describe_stream(StreamArn=self._handler.stream_arn)["StreamDescription"]
        for shard in description["Shards"]:
            if shard["ShardId"] not in self._iterators:
                self._iterators[shard["ShardId"]] = self._client.get_shard_iterator(
                    StreamArn=self._handler.stream_arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
                )["ShardIterator"]

    def _read_all(self) -> bool:
        moved = False
        for shard in self._iterators:
            moved |= self._read(shard)
        return moved

    def _read(self, shard: str) -> bool:
        iterator = self._iterators[shard]
        if iterator is None:
            return False
        answered = self._client.get_records(ShardIterator=iterator, Limit=self._handler.batch_size)
        if answered["Records"]:
            self._deliver(answered["Records"])
        self._iterators[shard] = answered.get("NextShardIterator")
        return bool(answered["Records"])

    def _deliver(self, records: list[dict[str, Any]]) -> None:
        """Call the handler, again from the first failed record on when it names one, at most ATTEMPTS times."""
        left = [as_lambda_sees_it(record, self._handler.stream_arn) for record in records]
        for attempt in range(ATTEMPTS):
            try:
                answer = self._handler.call({"Records": left})
            except Exception as crash:  # noqa: BLE001 - the border of a unit of work
                log.error("events.handler_failed", crash=crash, handler=self._handler.name, attempt=attempt)
            else:
                left = _from_first_failure(left, answer)
                if not left:
                    return
            self._stop.wait(FIRST_PAUSE_S * 2**attempt)
        log.error("events.records_dropped", handler=self._handler.name, count=len(left))


def _from_first_failure(records: list[dict[str, Any]], answer: Any) -> list[dict[str, Any]]:
    failures = (answer or {}).get("batchItemFailures", [])
    failed = {failure["itemIdentifier"] for failure in failures}
    for index, record in enumerate(records):
        if record["dynamodb"]["SequenceNumber"] in failed:
            return records[index:]
    return []


def as_lambda_sees_it(record: dict[str, Any], stream_arn: str) -> dict[str, Any]:
    """botocore decodes binary and times; Lambda gets base64 text and seconds. Source: Lambda, DynamoDB event."""
    change = dict(record["dynamodb"])
    for image in ("Keys", "NewImage", "OldImage"):
        if image in change:
            change[image] = {name: _plain(value) for name, value in change[image].items()}
    if "ApproximateCreationDateTime" in change:
        change["ApproximateCreationDateTime"] = change["ApproximateCreationDateTime"].timestamp()
    return {**record, "dynamodb": change, "eventSourceARN": stream_arn}


def _plain(tagged: dict[str, Any]) -> dict[str, Any]:
    [(tag, value)] = tagged.items()
    match tag:
        case "B":
            return {"B": base64.b64encode(value).decode()}
        case "BS":
            return {"BS": [base64.b64encode(each).decode() for each in value]}
        case "L":
            return {"L": [_plain(each) for each in value]}
        case "M":
            return {"M": {name: _plain(each) for name, each in value.items()}}
        case _:
            return tagged
