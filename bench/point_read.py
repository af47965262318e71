"""One chat's card in an account of 5,000 rows, against the same calls by stock botocore."""

from bench import stand_in
from bench.measure import Figure, in_turns, report
from bench.population import CHATS, Population
from chalicelib import settings
from chalicelib.features.chats.use_cases import chat_card


def measure(*, rounds: int = 150, chats: int = CHATS) -> Figure:
    """Client CPU a card: metadata and values, the account, the columns."""
    with stand_in.reading() as stock:
        there = Population(stock, chats=chats)
        tenant = there.tenant()
        chat_id = there.chat_ids[len(there.chat_ids) // 2]
        table = settings.current().table
        rows = [{"pk": {"S": there.account_key}, "sk": {"S": f"CHAT#{chat_id}#{row}"}} for row in ("META", "VALUES")]
        account = {"pk": {"S": there.tenant_key}, "sk": {"S": f"ACCOUNT#{there.account_id}"}}
        columns = {":pk": {"S": there.tenant_key}, ":prefix": {"S": "COLUMN#"}}

        def stock_calls() -> None:
            stock.batch_get_item(RequestItems={table: {"Keys": rows, "ConsistentRead": True}})
            stock.get_item(TableName=table, Key=account, ConsistentRead=True)
            stock.query(
                TableName=table,
                KeyConditionExpression="pk = :pk AND begins_with(sk, :prefix)",
                ExpressionAttributeValues=columns,
                ConsistentRead=True,
            )

        def card() -> None:
            chat_card(chat_id, tenant=tenant)

        return in_turns("point_read", card, stock_calls, rounds=rounds, most=1.3)


if __name__ == "__main__":
    report(measure())
