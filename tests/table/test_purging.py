"""Removing by the batch, and counting what is left: behind a door, and within one tenant like all else."""

from typing import Any

import pytest

from chalicelib import settings
from chalicelib.table import connection, guard, keys
from chalicelib.table.guard import TenantBreach
from chalicelib.table.keys import Partition
from chalicelib.table.rows import Rows
from chalicelib.table.tenant import PartitionRow, Tenant

PLACE = Partition("#ACCT#A")


@pytest.fixture
def rows(tenant: Tenant) -> Rows:
    """Thirty rows of a partition."""
    made = tenant.rows(PLACE)
    for number in range(30):
        made.put(made.new(PartitionRow, f"ROW#{number:02d}"))
    return made


def batch_of(**request: Any) -> dict[str, Any]:
    """A batch with one request."""
    return {settings.current().table: [request]}


def send(tenant: Tenant, requests: dict[str, Any]) -> None:
    """Send a batch, bound to a tenant."""
    with guard.bound_to(keys.tenant_prefix(tenant.workspace_id)):
        connection.writer().batch_write_item(RequestItems=requests)


def test_a_partition_is_emptied_and_counted(rows: Rows) -> None:
    assert rows.count() == 30
    with guard.erasing():
        assert rows.purge(most=100) == 30
        assert rows.purge(most=100) == 0
    assert rows.count() == 0


def test_no_more_is_removed_than_was_asked_for_and_nothing_beside_it(rows: Rows) -> None:
    with guard.erasing():
        assert rows.purge(most=4) == 4
        assert rows.purge("ROW#10", "ROW#19", most=100) == 10
    assert [row.sk for row in rows.query(PartitionRow, "ROW#")] == [
        f"ROW#{number:02d}" for number in (*range(4, 10), *range(20, 30))
    ]


def test_a_count_reads_past_the_first_page(rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    query = rows._query
    monkeypatch.setattr(rows, "_query", lambda condition, _: query(condition, 7))
    assert rows.count() == 30


def test_nothing_is_removed_by_the_batch_where_the_door_is_shut(rows: Rows) -> None:
    with pytest.raises(TenantBreach):
        rows.purge(most=100)
    assert rows.count() == 30


def test_the_door_leads_into_no_other_tenant(tenant: Tenant, other_tenant: Tenant) -> None:
    theirs = {"pk": {"S": keys.tenant_prefix(other_tenant.workspace_id)}, "sk": {"S": keys.PROFILE}}
    with guard.erasing(), pytest.raises(TenantBreach):
        send(tenant, batch_of(DeleteRequest={"Key": theirs}))


def test_a_batch_that_writes_is_refused_behind_the_door_too(tenant: Tenant) -> None:
    ours = {"pk": {"S": keys.tenant_prefix(tenant.workspace_id)}, "sk": {"S": "LATE"}}
    with guard.erasing(), pytest.raises(TenantBreach):
        send(tenant, batch_of(PutRequest={"Item": ours}))


def test_the_door_is_shut_again_behind_whoever_went_through(rows: Rows) -> None:
    with pytest.raises(ValueError, match="on the way"), guard.erasing():
        raise ValueError("on the way")
    with pytest.raises(TenantBreach):
        rows.purge(most=100)
