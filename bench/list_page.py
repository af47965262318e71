"""A page of 100 chats through the whole edge, against a bare Chalice route that makes the same calls and uses json."""

import json
from typing import Any

from chalice.app import Chalice, Response

from bench import stand_in
from bench.measure import Figure, in_turns, report
from bench.population import CHATS, COLUMNS, Population
from chalicelib import settings

PAGE = 100
_PATH = "/workspaces/{workspace_id}/chats"
_OWN_FIELDS = ("assignee", "priority", "email", "phone", "first_name", "last_name")


def measure(*, rounds: int = 80, chats: int = CHATS) -> Figure:
    """Client CPU a request."""
    with stand_in.reading() as stock:
        from app import app

        there = Population(stock, chats=chats)
        bare = _bare(stock, there)
        event = there.asks(_PATH, account_id=there.account_id, limit=str(PAGE))
        ours, theirs = app(event, None), bare(event, None)
        _demand_the_same(json.loads(ours["body"]), json.loads(theirs["body"]))
        return in_turns("list_page", lambda: app(event, None), lambda: bare(event, None), rounds=rounds, most=0.6)


def _bare(stock: Any, there: Population) -> Chalice:
    """Session and member, account, columns and chats as ours reads them; authentication itself is left out."""
    app = Chalice(app_name="bare")
    table = settings.current().table

    @app.route(_PATH)
    def chats(workspace_id: str) -> Response:  # noqa: ARG001 - Chalice hands it over
        asked = [
            {"pk": {"S": f"USER#{there.user_id}"}, "sk": {"S": f"SESSION#{there.session_id}"}},
            {"pk": {"S": there.tenant_key}, "sk": {"S": f"MEMBER#{there.user_id}"}},
        ]
        stock.batch_get_item(RequestItems={table: {"Keys": asked, "ConsistentRead": True}})
        key = {"pk": {"S": there.tenant_key}, "sk": {"S": f"ACCOUNT#{there.account_id}"}}
        account = stock.get_item(TableName=table, Key=key, ConsistentRead=True)["Item"]
        columns = stock.query(**_query(table, there.tenant_key, "COLUMN#", "COLUMN$"))["Items"]
        items = stock.query(**_query(table, there.account_key, "CHAT#", "CHAT$"), Limit=2 * PAGE + 1)["Items"]
        shown = {column["sk"]["S"].removeprefix("COLUMN#") for column in columns}
        is_connected = json.loads(account["holders"]["S"])[there.user_id]
        found = [_chat(items[at], items[at + 1], shown, is_connected) for at in range(0, 2 * PAGE, 2)]
        return Response(body=json.dumps({"chats": found}), headers={"Content-Type": "application/json"})

    return app


def _query(table: str, pk: str, first: str, last: str) -> dict[str, Any]:
    return {
        "TableName": table,
        "KeyConditionExpression": "pk = :pk AND sk BETWEEN :first AND :last",
        "ExpressionAttributeValues": {":pk": {"S": pk}, ":first": {"S": first}, ":last": {"S": last}},
        "ConsistentRead": True,
    }


def _chat(item: dict[str, Any], values: dict[str, Any], shown: set[str], is_connected: bool) -> dict[str, Any]:
    chat_id = item["sk"]["S"].split("#")[1]
    private = {
        "username": item["username"]["S"],
        "member_count": None,
        "unread_count": int(item["unread_count"]["N"]),
        "last_message_id": int(item["last_message_id"]["N"]),
        "last_message_at": item["last_message_at"]["S"],
        "last_direction": "you" if item["last_is_outgoing"]["BOOL"] else "contact",
        "pinned": item["pinned"]["BOOL"],
        "invite_link": None,
        "waiting_since": item["waiting_since"]["S"] if "waiting_since" in item else None,
        "silent_since": item["silent_since"]["S"] if "silent_since" in item else None,
        "answered": "answered" in item,
    }
    return {
        "id": chat_id,
        "account_id": chat_id[:26],
        "title": item["title"]["S"],
        "telegram_title": item["title"]["S"],
        "kind": item["kind"]["S"],
        "card": dict.fromkeys(_OWN_FIELDS) | {"version": 0, "changed": {}},
        "excluded": "excluded" in item,
        "comments": 0,
        "tickets": 0,
        "values": {name: json.loads(each["S"]) for name, each in values.items() if name in shown},
        "private": private if is_connected else None,
    }


def _demand_the_same(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    one, other = ours["chats"], theirs["chats"]
    if [chat["id"] for chat in one] != [chat["id"] for chat in other] or len(one) != PAGE:
        raise RuntimeError("the two routes do not answer the same chats")
    if any(len(chat["values"]) != COLUMNS for chat in (*one, *other)):
        raise RuntimeError("the two routes do not answer the same values")
    if one[0].keys() != other[0].keys() or one[0]["card"].keys() != other[0]["card"].keys():
        raise RuntimeError("the two routes do not tell the same of a chat")


if __name__ == "__main__":
    report(measure())
