"""Setting a value with its journal entry, against the same calls by stock botocore."""

from itertools import count

from bench import stand_in
from bench.measure import Figure, in_turns, report
from bench.population import NOW, Population
from chalicelib import settings
from chalicelib.features.fields import use_cases as fields
from chalicelib.features.fields.model import SetValue
from chalicelib.kernel import ids


def measure(*, rounds: int = 150) -> Figure:
    """Client CPU a value: the column, the chat's two rows, and a transaction of values and entry."""
    with stand_in.writing() as stock:
        there = Population(stock, chats=2)
        mine, theirs = there.chat_ids
        tenant, column_id = there.tenant(), there.columns[0]
        table = settings.current().table
        versions, numbers = count(3), count(1)
        column = {"pk": {"S": there.tenant_key}, "sk": {"S": f"COLUMN#{column_id}"}}
        rows = [{"pk": {"S": there.account_key}, "sk": {"S": f"CHAT#{theirs}#{row}"}} for row in ("META", "VALUES")]

        def set_value() -> None:
            version = next(versions)
            value = f"what the team wrote here, {version}"
            fields.set_value(SetValue(chat_id=mine, column_id=column_id, value=value, version=version), tenant=tenant)

        def stock_calls() -> None:
            number = next(numbers)
            stock.get_item(TableName=table, Key=column, ConsistentRead=True)
            found = stock.batch_get_item(RequestItems={table: {"Keys": rows, "ConsistentRead": True}})
            [values] = [item for item in found["Responses"][table] if item["sk"]["S"].endswith("#VALUES")]
            cell = values[column_id]["S"]
            update = {
                "TableName": table,
                "Key": rows[1],
                "UpdateExpression": "SET #column = :cell, #kind = :kind",
                "ConditionExpression": "#column = :standing",
                "ExpressionAttributeNames": {"#column": column_id, "#kind": "row_kind"},
                "ExpressionAttributeValues": {
                    ":cell": {"S": f"{cell[:100]}{number:20}{cell[120:]}"},
                    ":standing": {"S": cell},
                    ":kind": {"S": "values"},
                },
            }
            put = {"TableName": table, "Item": _entry(there, column_id, theirs, number)}
            stock.transact_write_items(TransactItems=[{"Update": update}, {"Put": put}])

        return in_turns("journalled_write", set_value, stock_calls, rounds=rounds, most=1.3)


def _entry(there: Population, column_id: str, chat_id: str, number: int) -> dict[str, dict[str, str]]:
    """An item like the journal's."""
    value = f'{{"column_id":"{column_id}","value":"what the team wrote here, {number}","version":{number}}}'
    texts = {
        "pk": f"{there.tenant_key}#JOURNAL#{NOW:%Y-%m}#1",
        "sk": ids.mint(),
        "row_kind": "journal",
        "at": "2026-11-20T12:00:00.000Z",
        "event": "value.set",
        "target": chat_id,
        "actor_kind": "user",
        "actor_id": there.user_id,
        "who": "Ada Byron 203.0.113.7 Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0",
        "values": f'{{"old":{value},"new":{value}}}',
    }
    return {name: {"S": text} for name, text in texts.items()}


if __name__ == "__main__":
    report(measure())
