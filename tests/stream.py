"""The table's stream as its Lambdas are handed it."""

from collections.abc import Sequence
from typing import Any

from chalicelib.table import keys
from dev.events.stream import as_lambda_sees_it
from tests.local_aws import LocalAws


class Stream:
    """The table's stream from where it stood when this was made."""

    def __init__(self, aws: LocalAws) -> None:
        self._client = aws.client("dynamodbstreams")
        self._arn = aws.outputs["TableStreamArn"]
        self._iterators = [self._latest(shard["ShardId"]) for shard in self._shards()]

    def records(self) -> list[dict[str, Any]]:
        """What was written since the last call, as a Lambda gets it."""
        found = []
        for place, iterator in enumerate(self._iterators):
            answer = self._client.get_records(ShardIterator=iterator, Limit=1000)
            self._iterators[place] = answer["NextShardIterator"]
            found += [as_lambda_sees_it(record, self._arn) for record in answer["Records"]]
        return found

    def _shards(self) -> list[dict[str, Any]]:
        described = self._client.describe_stream(StreamArn=self._arn)
        shards: list[dict[str, Any]] = described["StreamDescription"]["Shards"]
        return shards

    def _latest(self, shard_id: str) -> str:
        answer = self._client.get_shard_iterator(StreamArn=self._arn, ShardId=shard_id, ShardIteratorType="LATEST")
        iterator: str = answer["ShardIterator"]
        return iterator


def of_owner(records: Sequence[dict[str, Any]], owner: str) -> list[dict[str, Any]]:
    """Those that are new journal entries of one workspace or person."""
    images = ((record, record["dynamodb"].get("NewImage", {})) for record in records)
    return [
        record
        for record, image in images
        if image.get("row_kind") == {"S": "journal"} and keys.journal_owner(image["pk"]["S"]) == owner
    ]
