"""What a bulk edit of 1,000 chats costs in write units, against the least that the same change can cost.

The least: each chat's row of values written once in a transaction of a hundred, and nothing else; a change that could
be half done at any chat needs no transaction and no entry, and could not be taken back. Ours has besides the entries
with what was there, the chats it is for, how far it has come, and its beginning and end.
"""

import sys
from collections.abc import Sequence
from typing import Any

from bench import stand_in
from bench.journal_writes import UNITS, metered
from bench.measure import Figure, report
from bench.population import Population
from chalicelib import settings
from chalicelib.features.bulk_edits import use_cases as bulk_edits
from chalicelib.features.bulk_edits.model import StartBulkEdit
from chalicelib.kernel.ids import ChatId

CHATS = 1_000


def measure(chats: int = CHATS) -> Figure:
    """Write units of both, on chats that have values in the column already."""
    with stand_in.writing() as stock:
        there = Population(stock, chats=2 * chats)
        mine, theirs = there.chat_ids[:chats], there.chat_ids[chats:]
        wish = StartBulkEdit(chat_ids=mine, field=f"column:{there.columns[0]}", value="won")
        with metered() as meter:
            edit = bulk_edits.start_bulk_edit(wish, tenant=there.tenant())
        if edit.changed != chats:
            raise RuntimeError(f"only {edit.changed} of {chats} chats were changed")
        least = _least(stock, there, theirs)
    ratio = round(meter.units / least, 3)
    return Figure(name="bulk_edit_1000", ours=meter.units, baseline=least, ratio=ratio, unit=UNITS, most=1.2)


def _least(stock: Any, there: Population, chat_ids: Sequence[ChatId]) -> float:
    """The chats' rows alone, a hundred a transaction, by the stock client."""
    units = 0.0
    for start in range(0, len(chat_ids), 100):
        answer = stock.transact_write_items(
            TransactItems=[{"Update": _update(there, chat_id)} for chat_id in chat_ids[start : start + 100]],
            ReturnConsumedCapacity="TOTAL",
        )
        units += sum(consumed["CapacityUnits"] for consumed in answer["ConsumedCapacity"])
    return units


def _update(there: Population, chat_id: ChatId) -> dict[str, Any]:
    return {
        "TableName": settings.current().table,
        "Key": {"pk": {"S": there.account_key}, "sk": {"S": f"CHAT#{chat_id}#VALUES"}},
        "UpdateExpression": "SET #column = :cell",
        "ExpressionAttributeNames": {"#column": there.columns[0]},
        "ExpressionAttributeValues": {":cell": {"S": "won"}},
    }


def main() -> None:
    """Report the figure."""
    report(measure(*map(int, sys.argv[2:])))


if __name__ == "__main__":
    main()
