"""Rows of one partition: reads, list pages, and the writes that need no journal entry.

A repository gets its `Rows` from a handle and names sort keys only. Changes to shared data go through the handle's
transaction instead; what is written here belongs to one person or one worker (sessions, leases, chat metadata).
"""

import random
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

import botocore.exceptions
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib import settings
from chalicelib.kernel.errors import Unavailable
from chalicelib.kernel.pages import Page
from chalicelib.table import codec, connection, cursors, guard
from chalicelib.table.items import Row

AnyRow = TypeVar("AnyRow", bound=Row)
SECOND_ORDER = "gsi1"
WRITE_ATTEMPTS = 4
"""For a write that meets a transaction on its row: that is over within milliseconds."""
_BATCH = 100
_REMOVED_AT_ONCE = 25
"""DynamoDB's own bound on a batch write."""
_FIRST, _LAST = "!", "~"
"""Around every sort key: all begin with a letter or a digit."""


class Contended(Unavailable):
    """A transaction changes the row at this moment; nothing was written."""


class Rows:
    """The rows of one partition, bound to one tenant or to the installation."""

    def __init__(self, bound: str, pk: str) -> None:
        self._bound = bound
        self._pk = pk

    def new(self, kind: type[AnyRow], sk: str, /, **attributes: Any) -> AnyRow:
        """A row of this partition, not yet written."""
        return kind(self._pk, sk, **attributes)

    def get(self, kind: type[AnyRow], sk: str) -> AnyRow | None:
        """One row, read consistently: 1 read unit per 4 KB."""
        with guard.bound_to(self._bound):
            answer = send(connection.client().get_item, TableName=_table(), Key=self._key(sk), ConsistentRead=True)
        item = answer.get("Item")
        return None if item is None else kind.from_raw_data(item)

    def get_many(self, sort_keys: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Items by sort key, those that exist, as they come (see `codec`): a batch read a hundred.

        Raises:
            Unavailable: the table asked us to slow down before all were read.
        """
        items = _across(self._bound, [(self._pk, sk) for sk in sort_keys])
        return {item["sk"]["S"]: item for item in items}

    def stretch(
        self, first: str, last: str, *, limit: int, newest_first: bool = False, consistent: bool = True
    ) -> tuple[list[dict[str, Any]], bool]:
        """Items with `first` <= sort key <= `last`, at most `limit`, as they come, and whether more may follow them.

        The way for lists people scroll: no model layer, and `codec` decodes only what the page shows. Read without
        `consistent` they cost half, and may lack what was written within the last second.
        """
        parameters = self._query("pk = :pk AND sk BETWEEN :first AND :last", limit)
        parameters["ExpressionAttributeValues"] |= {":first": {"S": first}, ":last": {"S": last}}
        parameters["ScanIndexForward"] = not newest_first
        parameters["ConsistentRead"] = consistent
        with guard.bound_to(self._bound):
            answer = send(connection.client().query, **parameters)
        return answer["Items"], "LastEvaluatedKey" in answer

    def query(
        self, kind: type[AnyRow], prefix: str, *, limit: int | None = None, newest_first: bool = False
    ) -> list[AnyRow]:
        """Every row whose sort key begins with `prefix`, at most `limit`: 1 read unit per 4 KB, consistently read."""
        found: list[AnyRow] = []
        for item in self._items(prefix, limit=limit, newest_first=newest_first):
            found.append(kind.from_raw_data(item))
            if limit is not None and len(found) == limit:
                break
        return found

    def plain(self, prefix: str) -> list[dict[str, Any]]:
        """Every item whose sort key begins with `prefix`, without the model layer; costs what `query` costs."""
        return [codec.decode(item) for item in self._items(prefix, limit=None, newest_first=False)]

    def between(
        self, kind: type[AnyRow], first: str, last: str, *, limit: int, newest_first: bool = False
    ) -> list[AnyRow]:
        """Rows with `first` < sort key < `last`, in order or against it; the reading of feeds and of the log."""
        if first >= last:
            return []  # DynamoDB refuses bounds that are the wrong way round
        parameters = self._query("pk = :pk AND sk BETWEEN :first AND :last", limit + 2)
        parameters["ExpressionAttributeValues"] |= {":first": {"S": first}, ":last": {"S": last}}
        parameters["ScanIndexForward"] = not newest_first
        inside = (item for item in self._all(parameters) if first < item["sk"]["S"] < last)
        return [kind.from_raw_data(item) for item in islice(inside, limit)]

    def page(self, prefix: str, *, limit: int, cursor: str | None) -> Page[dict[str, Any]]:
        """A page of plain items, decoded without the model layer: the way for lists people scroll.

        `limit` counts items of the partition, which can be more than one an entry of the list.
        """
        scope = f"{self._pk}\x00{prefix}"
        parameters = self._query("pk = :pk AND begins_with(sk, :prefix)", limit)
        parameters["ExpressionAttributeValues"][":prefix"] = {"S": prefix}
        if cursor is not None:
            parameters["ExclusiveStartKey"] = self._key(cursors.open_signed(scope, cursor))
        with guard.bound_to(self._bound):
            answer = send(connection.client().query, **parameters)
        last = answer.get("LastEvaluatedKey")
        return Page(
            items=[codec.decode(item) for item in answer["Items"]],
            next_cursor=None if last is None else cursors.sign(scope, last["sk"]["S"]),
        )

    def put(self, row: Row, condition: Condition | None = None) -> bool:
        """Write a whole row; False when the condition did not hold and nothing was written."""
        return self._write("put_item", row.get_save_kwargs_from_instance(condition))

    def update(self, row: Row, actions: Sequence[Action], condition: Condition | None = None) -> bool:
        """Change named attributes of a row; False when the condition did not hold and nothing was written."""
        return self._write("update_item", row.get_update_kwargs_from_instance(list(actions), condition))

    def delete(self, row: Row, condition: Condition | None = None) -> bool:
        """Remove a row; False when the condition did not hold. Removing what is gone succeeds."""
        return self._write("delete_item", row.get_delete_kwargs_from_instance(condition))

    def purge(self, first: str = _FIRST, last: str = _LAST, *, most: int) -> int:
        """Remove rows with `first` <= sort key <= `last`, about `most` of them; 0 says that none was left.

        Only within `guard.erasing()`. Cost: a query of whole rows, a write unit a KB removed.

        Raises:
            Unavailable: the table asked us to slow down; a part of them may be gone.
        """
        parameters = self._query("pk = :pk AND sk BETWEEN :first AND :last", most)
        parameters["ExpressionAttributeValues"] |= {":first": {"S": first}, ":last": {"S": last}}
        parameters["ProjectionExpression"] = "pk, sk"
        with guard.bound_to(self._bound):
            found: list[dict[str, Any]] = send(connection.client().query, **parameters)["Items"]
            for start in range(0, len(found), _REMOVED_AT_ONCE):
                requests = [{"DeleteRequest": {"Key": key}} for key in found[start : start + _REMOVED_AT_ONCE]]
                answer = send(connection.writer().batch_write_item, RequestItems={_table(): requests})
                if answer.get("UnprocessedItems"):
                    raise Unavailable("The table asked us to slow down.")
        return len(found)

    def count(self) -> int:
        """How many rows the partition has: 1 read unit per 4 KB of them."""
        parameters = self._query("pk = :pk", None) | {"Select": "COUNT"}
        found = 0
        while True:
            with guard.bound_to(self._bound):
                answer = send(connection.client().query, **parameters)
            found += int(answer["Count"])
            if "LastEvaluatedKey" not in answer:
                return found
            parameters["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def _write(self, operation: str, parameters: dict[str, Any]) -> bool:
        _drop_unset(parameters)
        for attempt in range(1, WRITE_ATTEMPTS):
            try:
                return self._written(operation, parameters)
            except Contended:
                time.sleep(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311
        return self._written(operation, parameters)

    def _written(self, operation: str, parameters: dict[str, Any]) -> bool:
        with guard.bound_to(self._bound):
            try:
                send(getattr(connection.writer(), operation), **parameters)
            except botocore.exceptions.ClientError as refusal:
                if refusal.response["Error"]["Code"] == "ConditionalCheckFailedException":
                    return False
                raise
        return True

    def _items(self, prefix: str, *, limit: int | None, newest_first: bool) -> Iterator[dict[str, Any]]:
        parameters = self._query("pk = :pk AND begins_with(sk, :prefix)", limit)
        parameters["ExpressionAttributeValues"][":prefix"] = {"S": prefix}
        parameters["ScanIndexForward"] = not newest_first
        yield from self._all(parameters)

    def _all(self, parameters: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The items of a query and of those that go on from it: one answer holds no more than 1 MB."""
        while True:
            with guard.bound_to(self._bound):
                answer = send(connection.client().query, **parameters)
            yield from answer["Items"]
            if "LastEvaluatedKey" not in answer:
                return
            parameters["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def _query(self, condition: str, limit: int | None) -> dict[str, Any]:
        parameters: dict[str, Any] = {
            "TableName": _table(),
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": {":pk": {"S": self._pk}},
            "ConsistentRead": True,
        }
        if limit is not None:
            parameters["Limit"] = limit
        return parameters

    def _key(self, sk: str) -> dict[str, Any]:
        return {"pk": {"S": self._pk}, "sk": {"S": sk}}


def get_across(bound: str, kind: type[AnyRow], wanted: Sequence[tuple[str, str]]) -> list[AnyRow]:
    """The rows that exist of these (pk, sk) pairs, in no order: one consistent batch read for each hundred.

    Raises:
        Unavailable: the table asked us to slow down before all were read.
    """
    return [kind.from_raw_data(item) for item in _across(bound, wanted)]


def items_across(bound: str, wanted: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """The same without the model layer."""
    return list(_across(bound, wanted))


def in_second_order(bound: str, kind: type[AnyRow], partition: str, *, limit: int, after: str = "") -> list[AnyRow]:
    """Up to `limit` rows of a partition of the index `gsi1`, those whose second sort key follows `after`, in order.

    One query; an index is a moment behind the table.
    """
    parameters: dict[str, Any] = {
        "TableName": _table(),
        "IndexName": SECOND_ORDER,
        "KeyConditionExpression": "gsi1pk = :pk",
        "ExpressionAttributeValues": {":pk": {"S": partition}},
        "Limit": limit,
    }
    if after:
        parameters["KeyConditionExpression"] += " AND gsi1sk > :after"
        parameters["ExpressionAttributeValues"][":after"] = {"S": after}
    with guard.bound_to(bound):
        answer = send(connection.client().query, **parameters)
    return [kind.from_raw_data(item) for item in answer["Items"]]


def _across(bound: str, wanted: Sequence[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    for start in range(0, len(wanted), _BATCH):
        asked = [{"pk": {"S": pk}, "sk": {"S": sk}} for pk, sk in wanted[start : start + _BATCH]]
        with guard.bound_to(bound):
            answer = send(
                connection.client().batch_get_item,
                RequestItems={_table(): {"Keys": asked, "ConsistentRead": True}},
            )
        if answer.get("UnprocessedKeys"):
            raise Unavailable("The table asked us to slow down.")
        yield from answer["Responses"].get(_table(), [])


def send(operation: Any, **parameters: Any) -> Any:
    """Make one call.

    Raises:
        Contended: a transaction changes the same row.
        Unavailable: the table did not answer, failed, or asked us to slow down; whether a write happened is unknown.
    """
    try:
        return operation(**parameters)
    except (botocore.exceptions.HTTPClientError, botocore.exceptions.ConnectionError) as lost:
        raise Unavailable("The table did not answer.") from lost
    except botocore.exceptions.ClientError as refusal:
        code = refusal.response["Error"]["Code"]
        if code in _SLOW_DOWN:
            raise Unavailable("The table asked us to slow down.") from refusal
        if code == "TransactionConflictException":
            raise Contended from refusal
        if _status_of(refusal) >= _FAULT:
            raise Unavailable("The table failed.") from refusal
        raise


def _status_of(refusal: botocore.exceptions.ClientError) -> int:
    status: int = refusal.response["ResponseMetadata"]["HTTPStatusCode"]
    return status


_FAULT = 500
"""Begins the statuses of what went wrong on the other side."""
_SLOW_DOWN = {"ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded"}


def _drop_unset(parameters: dict[str, Any]) -> None:
    """pynamodb names this key for transactions only, where a single write has another."""
    parameters.pop("ReturnValuesOnConditionCheckFailure", None)


def _table() -> str:
    return settings.current().table
