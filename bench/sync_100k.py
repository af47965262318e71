"""The first load of 100,000 chats, page after page as a browser asks for them, through the whole edge.

Read units of everything the requests read, against half a unit for each 4 KB that the chats' rows hold. Run by itself
it also prints seconds and bytes, which travel compressed.
"""

import gzip
import json
import math
import sys
import time
from typing import Any

from bench import stand_in
from bench.measure import Figure, report
from bench.population import Population
from chalicelib import settings
from chalicelib.table import connection

ROWS = 100_000
PAGE = 500
"""What web/src/features/chats/cache.ts asks for."""
UNIT_BYTES = 4_096
_PATH = "/workspaces/{workspace_id}/chats"
_OPERATIONS = ("Query", "GetItem", "BatchGetItem")


class Meter:
    """Counts what reads consume, as the table says it."""

    def __init__(self) -> None:
        self.units = 0.0

    def ask(self, params: dict[str, Any], **_: Any) -> None:
        """Have the answer say what it consumed."""
        params["ReturnConsumedCapacity"] = "TOTAL"

    def count(self, parsed: dict[str, Any], **_: Any) -> None:
        """Add what it says: one number, or one for each table."""
        said = parsed["ConsumedCapacity"]
        self.units += sum(each["CapacityUnits"] for each in (said if isinstance(said, list) else [said]))


def measure(*, rows: int = ROWS) -> Figure:
    """Read units for all chats."""
    with stand_in.reading() as stock:
        from app import app

        there = Population(stock, chats=rows)
        meter = Meter()
        events = connection.client().meta.events
        for operation in _OPERATIONS:
            events.register(f"provide-client-params.dynamodb.{operation}", meter.ask)
            events.register(f"after-call.dynamodb.{operation}", meter.count)
        begun = time.monotonic()
        pages = _load(app, there)
        spent_s = time.monotonic() - begun
        least = math.ceil(_bytes_of(stock, there) / UNIT_BYTES) / 2
    if sum(len(json.loads(page)["chats"]) for page in pages) != rows:
        raise RuntimeError("not every chat was loaded once")
    sent = sum(len(gzip.compress(page.encode(), 6)) for page in pages)
    print(f"{rows:,} chats: {spent_s:.1f} s, {len(pages)} requests, {sent / 1e6:.1f} MB compressed", file=sys.stderr)
    ratio = round(meter.units / least, 3)
    return Figure(name="sync_100k", ours=round(meter.units, 1), baseline=least, ratio=ratio, unit="RCU", most=1.15)


def _load(app: Any, there: Population) -> list[str]:
    pages: list[str] = []
    cursor: str | None = None
    while not pages or cursor is not None:
        place = {} if cursor is None else {"cursor": cursor}
        pages.append(app(there.asks(_PATH, limit=str(PAGE), **place), None)["body"])
        cursor = json.loads(pages[-1])["next_cursor"]
    return pages


def _bytes_of(stock: Any, there: Population) -> int:
    """What the rows of the chats hold: names and values as DynamoDB counts them."""
    query = {
        "TableName": settings.current().table,
        "KeyConditionExpression": "pk = :pk",
        "ExpressionAttributeValues": {":pk": {"S": there.account_key}},
    }
    pages = stock.get_paginator("query").paginate(**query)
    return sum(_size(item) for page in pages for item in page["Items"])


def _size(item: dict[str, dict[str, Any]]) -> int:
    return sum(len(name) + _value_size(value) for name, value in item.items())


def _value_size(value: dict[str, Any]) -> int:
    """Texts by their UTF-8, numbers by half their digits, truths by one. Source: DynamoDB's guide, item sizes."""
    [(kind, content)] = value.items()
    if kind == "S":
        return len(content.encode())
    return math.ceil(len(content.lstrip("-")) / 2) + 1 if kind == "N" else 1


if __name__ == "__main__":
    report(measure())
