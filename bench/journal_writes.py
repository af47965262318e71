"""What the journal costs in write units: a value set with its entry, against the same row written alone.

Run by itself it also prints other changes: the rows of each, their write units, and how many of them are the entry's.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from bench import stand_in
from bench.measure import Figure, report
from bench.population import Population
from chalicelib import settings
from chalicelib.features.fields import use_cases as fields
from chalicelib.features.fields.model import ColumnType, CreateColumn, SetValue
from chalicelib.table import connection
from chalicelib.table.tenant import Tenant

UNITS = "WCU"


class Meter:
    """Counts what transactions consume. DynamoDB says it itself; the local AWS counts as it does."""

    def __init__(self) -> None:
        self.rows = 0
        self.units = 0.0
        self.entry_units = 0.0

    def ask(self, params: dict[str, Any], **_: Any) -> None:
        """Have the answer say what it consumed."""
        params["ReturnConsumedCapacity"] = "TOTAL"
        self.rows += len(params["TransactItems"])
        self.entry_units += sum(2.0 * _kilobytes(entry) for entry in _entries(params["TransactItems"]))

    def count(self, parsed: dict[str, Any], **_: Any) -> None:
        """Add what it says."""
        self.units += sum(consumed["CapacityUnits"] for consumed in parsed["ConsumedCapacity"])


def measure() -> Figure:
    """Write units a value: values row and entry in a transaction, and the values row by a stock `update_item`."""
    with stand_in.writing() as stock:
        return figure(stock)


def figure(stock: Any) -> Figure:
    """The same, on a table that is there."""
    there = Population(stock, chats=2)
    mine, theirs = there.chat_ids
    tenant, column_id = there.tenant(), there.columns[0]
    with metered() as meter:
        set_value(tenant, mine, column_id, "what the team wrote", version=3)
    alone = stock.update_item(
        TableName=settings.current().table,
        Key={"pk": {"S": there.account_key}, "sk": {"S": f"CHAT#{theirs}#VALUES"}},
        UpdateExpression="SET #column = :cell",
        ExpressionAttributeNames={"#column": column_id},
        ExpressionAttributeValues={":cell": {"S": "what the team wrote"}},
        ReturnConsumedCapacity="TOTAL",
    )["ConsumedCapacity"]["CapacityUnits"]
    ratio = round(meter.units / alone, 3)
    return Figure(name="journal_writes", ours=meter.units, baseline=alone, ratio=ratio, unit=UNITS, most=4.0)


def others(stock: Any) -> Iterator[str]:
    """A line for each of some other changes."""
    there = Population(stock, chats=1)
    [chat_id], tenant, versions = there.chat_ids, there.tenant(), count(3)
    first, *_ = there.columns

    def set_to(value: str) -> Callable[[], None]:
        return lambda: set_value(tenant, chat_id, first, value, version=next(versions))

    changes: dict[str, Callable[[], object]] = {
        "a value": set_to("won"),
        "a value of 1,000 characters": set_to("x" * 1_000),
        "that value replaced by another": set_to("y" * 1_000),
        "a column": lambda: fields.create_column(CreateColumn(name="Stage", type=ColumnType.TEXT), tenant=tenant),
    }
    for name, change in changes.items():
        with metered() as meter:
            change()
        yield f"{name}: {meter.rows} rows, {meter.units:g} {UNITS}, {meter.entry_units:g} of them the entry's"


def set_value(tenant: Tenant, chat_id: Any, column_id: Any, value: str, *, version: int) -> None:
    """The change people make most."""
    fields.set_value(SetValue(chat_id=chat_id, column_id=column_id, value=value, version=version), tenant=tenant)


@contextmanager
def metered() -> Iterator[Meter]:
    """Count what our transactions consume in this block."""
    meter, events = Meter(), connection.writer().meta.events
    events.register("provide-client-params.dynamodb.TransactWriteItems", meter.ask)
    events.register("after-call.dynamodb.TransactWriteItems", meter.count)
    try:
        yield meter
    finally:
        events.unregister("provide-client-params.dynamodb.TransactWriteItems", meter.ask)
        events.unregister("after-call.dynamodb.TransactWriteItems", meter.count)


def _entries(members: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    puts = (member["Put"]["Item"] for member in members if "Put" in member)
    return (item for item in puts if item["row_kind"] == {"S": "journal"})


def _kilobytes(item: dict[str, dict[str, str]]) -> int:
    """Begun kilobytes, as DynamoDB charges them: names, texts, and binary without its base64."""
    tagged = [pair for value in item.values() for pair in value.items()]
    sizes = (len(text) * 3 // 4 if tag == "B" else len(text.encode()) for tag, text in tagged)
    return -(-(sum(map(len, item)) + sum(sizes)) // 1024)


def main() -> None:
    """Report the figure, to people with other changes beside it."""
    with stand_in.writing() as stock:
        report(figure(stock))
        if len(sys.argv) == 1:
            print("\n".join(others(stock)), file=sys.stderr)


if __name__ == "__main__":
    main()
