"""What the table refuses becomes a fact: a fault of its own as an outage, a conflict only after it was tried again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from pynamodb.attributes import UnicodeAttribute

from chalicelib.kernel.errors import Unavailable
from chalicelib.table import connection, keys
from chalicelib.table.items import Row
from chalicelib.table.rows import WRITE_ATTEMPTS, Rows
from chalicelib.table.tenant import Tenant

FAULTS = [("InternalServerError", 500), ("ServiceUnavailable", 503), ("502", 502)]


class LineRow(Row, discriminator="line"):
    """Something to write."""

    text = UnicodeAttribute()


@pytest.fixture
def rows(tenant: Tenant) -> Rows:
    return tenant.rows(keys.WORKSPACE)


@contextmanager
def refusing(client: Any, code: str, *, status: int, times: int = 1) -> Iterator[None]:
    """A table that refuses this often before it does what it is asked."""
    left = [times]

    def answer(**_: object) -> Any:
        if left[0] == 0:
            return None
        left[0] -= 1
        said = {"Error": {"Code": code, "Message": "no"}, "ResponseMetadata": {"HTTPStatusCode": status}}
        return SimpleNamespace(status_code=status), said

    client.meta.events.register("before-call.dynamodb.*", answer)
    try:
        yield
    finally:
        client.meta.events.unregister("before-call.dynamodb.*", answer)


WRITES: list[Callable[[Rows], object]] = [
    lambda rows: rows.put(rows.new(LineRow, "LINE", text="a")),
    lambda rows: rows.update(rows.new(LineRow, "LINE"), [LineRow.text.set("a")]),
    lambda rows: rows.delete(rows.new(LineRow, "LINE")),
]


@pytest.mark.parametrize(("code", "status"), FAULTS)
@pytest.mark.parametrize("write", WRITES)
def test_a_fault_of_the_table_is_an_outage_of_a_write(
    rows: Rows, write: Callable[[Rows], object], code: str, status: int
) -> None:
    with refusing(connection.writer(), code, status=status), pytest.raises(Unavailable):
        write(rows)


@pytest.mark.parametrize(("code", "status"), FAULTS)
def test_a_fault_of_the_table_is_an_outage_of_a_read(rows: Rows, code: str, status: int) -> None:
    with refusing(connection.client(), code, status=status), pytest.raises(Unavailable):
        rows.get(LineRow, "LINE")


@pytest.mark.parametrize(("code", "status"), FAULTS)
def test_a_fault_of_the_table_is_an_outage_of_a_change(tenant: Tenant, code: str, status: int) -> None:
    with refusing(connection.writer(), code, status=status), pytest.raises(Unavailable):
        change_line(tenant)


def change_line(tenant: Tenant) -> None:
    """A change of shared data, with its entry."""
    with tenant.transaction() as change:
        change.put(tenant.rows(keys.WORKSPACE).new(LineRow, "LINE", text="a"))
        change.record("line.changed", target="line")


@pytest.mark.parametrize("write", WRITES)
def test_a_write_that_meets_a_transaction_is_tried_again(rows: Rows, write: Callable[[Rows], object]) -> None:
    """A transaction of somebody else's on the same row refuses it; nothing was written (see WRITE_ATTEMPTS)."""
    conflicts = WRITE_ATTEMPTS - 1
    with refusing(connection.writer(), "TransactionConflictException", status=400, times=conflicts):
        assert write(rows)


@pytest.mark.parametrize("write", WRITES)
def test_a_conflict_that_stays_is_an_outage(rows: Rows, write: Callable[[Rows], object]) -> None:
    with (
        refusing(connection.writer(), "TransactionConflictException", status=400, times=WRITE_ATTEMPTS),
        pytest.raises(Unavailable),
    ):
        write(rows)
