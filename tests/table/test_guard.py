"""The guard under every call: keys of one workspace never read another."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib import settings
from chalicelib.table import connection, guard, keys
from chalicelib.table.guard import TenantBreach
from chalicelib.table.tenant import Tenant

Call = Callable[[Any, str], Any]


def table() -> str:
    """The table's name."""
    return settings.current().table


def key(pk: str) -> dict[str, Any]:
    """A key in that partition."""
    return {"pk": {"S": pk}, "sk": {"S": "PROFILE"}}


def transact(member: str, part: dict[str, Any]) -> list[dict[str, Any]]:
    """One member of a transaction."""
    return [{member: {"TableName": table(), **part}}]


def query(pk: str, condition: str = "pk = :p", **more: Any) -> dict[str, Any]:
    """A query's parameters."""
    return {
        "TableName": table(),
        "KeyConditionExpression": condition,
        "ExpressionAttributeValues": {":p": {"S": pk}},
        **more,
    }


OPERATIONS: dict[str, Call] = {
    "get": lambda client, pk: client.get_item(TableName=table(), Key=key(pk)),
    "put": lambda client, pk: client.put_item(TableName=table(), Item=key(pk)),
    "update": lambda client, pk: client.update_item(
        TableName=table(), Key=key(pk), UpdateExpression="REMOVE x", ExpressionAttributeValues={}
    ),
    "delete": lambda client, pk: client.delete_item(TableName=table(), Key=key(pk)),
    "batch get": lambda client, pk: client.batch_get_item(RequestItems={table(): {"Keys": [key(pk)]}}),
    "transact put": lambda client, pk: client.transact_write_items(TransactItems=transact("Put", {"Item": key(pk)})),
    "transact delete": lambda client, pk: client.transact_write_items(
        TransactItems=transact("Delete", {"Key": key(pk)})
    ),
    "transact check": lambda client, pk: client.transact_write_items(
        TransactItems=transact("ConditionCheck", {"Key": key(pk), "ConditionExpression": "attribute_not_exists(pk)"})
    ),
    "transact get": lambda client, pk: client.transact_get_items(TransactItems=transact("Get", {"Key": key(pk)})),
    "query": lambda client, pk: client.query(**query(pk)),
    "query in parentheses": lambda client, pk: client.query(**query(pk, "(pk = :p)")),
    "query by another name": lambda client, pk: client.query(
        **query(pk, "#k = :p", ExpressionAttributeNames={"#k": "pk"})
    ),
    "query an index": lambda client, pk: client.query(**query(pk, "gsi1pk = :p", IndexName="gsi1")),
}

NEVER: dict[str, Call] = {
    "scan": lambda client, _: client.scan(TableName=table()),
    "partiql": lambda client, _: client.execute_statement(Statement='SELECT * FROM "x"'),
    "batch write": lambda client, pk: client.batch_write_item(
        RequestItems={table(): [{"PutRequest": {"Item": key(pk)}}]}
    ),
    "query by a sort key": lambda client, pk: client.query(**query(pk, "sk = :p")),
    "query of an index by the table's key": lambda client, pk: client.query(**query(pk, IndexName="gsi1")),
    "query with a range on its partition": lambda client, pk: client.query(**query(pk, "begins_with(pk, :p)")),
    "describe": lambda client, _: client.describe_table(TableName=table()),
}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_foreign_key_is_refused_in_every_operation(tenant: Tenant, other_tenant: Tenant, operation: str) -> None:
    foreign = keys.tenant_prefix(other_tenant.workspace_id)
    for pk in (foreign, f"{foreign}#ACCT#1", keys.tenant_prefix(tenant.workspace_id) + "X", "WS#"):
        with guard.bound_to(keys.tenant_prefix(tenant.workspace_id)), pytest.raises(TenantBreach):
            OPERATIONS[operation](connection.client(), pk)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_installation_names_no_tenant(tenant: Tenant, operation: str) -> None:
    with guard.bound_to(guard.INSTALLATION), pytest.raises(TenantBreach):
        OPERATIONS[operation](connection.client(), keys.tenant_prefix(tenant.workspace_id))


@pytest.mark.parametrize("operation", sorted(OPERATIONS.keys() - {"put", "update", "delete"}))
def test_ones_own_keys_pass(tenant: Tenant, operation: str) -> None:
    own = keys.tenant_prefix(tenant.workspace_id) + "#SPARE"
    with guard.bound_to(keys.tenant_prefix(tenant.workspace_id)):
        OPERATIONS[operation](connection.client(), own)


@pytest.mark.parametrize("operation", [*OPERATIONS, *NEVER])
def test_without_a_binding_nothing_is_called(tenant: Tenant, operation: str) -> None:
    with pytest.raises(TenantBreach):
        (OPERATIONS | NEVER)[operation](connection.client(), keys.tenant_prefix(tenant.workspace_id))


@pytest.mark.parametrize("operation", NEVER)
def test_some_calls_are_never_made(tenant: Tenant, operation: str) -> None:
    own = keys.tenant_prefix(tenant.workspace_id)
    with guard.bound_to(own), pytest.raises(TenantBreach):
        NEVER[operation](connection.client(), own)


def test_one_foreign_member_spoils_a_batch(tenant: Tenant, other_tenant: Tenant) -> None:
    wanted = [key(keys.tenant_prefix(each.workspace_id)) for each in (tenant, other_tenant)]
    with guard.bound_to(keys.tenant_prefix(tenant.workspace_id)), pytest.raises(TenantBreach):
        connection.client().batch_get_item(RequestItems={table(): {"Keys": wanted}})
    members = [*transact("Get", {"Key": wanted[0]}), *transact("Get", {"Key": wanted[1]})]
    with guard.bound_to(keys.tenant_prefix(tenant.workspace_id)), pytest.raises(TenantBreach):
        connection.client().transact_get_items(TransactItems=members)


def test_a_breach_is_not_an_exception_a_handler_could_swallow() -> None:
    assert not issubclass(TenantBreach, Exception)
