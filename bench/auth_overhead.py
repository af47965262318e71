"""Proving session, membership and toggles, three items in one batch read, against one stock get."""

from bench import stand_in
from bench.measure import Figure, in_turns, report
from bench.population import Population
from chalicelib import settings


def measure(*, rounds: int = 300) -> Figure:
    """Client CPU a request."""
    with stand_in.reading() as stock:
        there = Population(stock, chats=0)
        key = {"pk": {"S": there.tenant_key}, "sk": {"S": f"MEMBER#{there.user_id}"}}
        table = settings.current().table

        def get() -> None:
            stock.get_item(TableName=table, Key=key, ConsistentRead=True)

        return in_turns("auth_overhead", there.tenant, get, rounds=rounds, most=1.3)


if __name__ == "__main__":
    report(measure())
