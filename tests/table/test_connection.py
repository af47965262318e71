"""The client: items pass through as plain JSON, which is private to the pinned botocore; time-outs; retries."""

import pytest

from chalicelib import settings
from chalicelib.table import codec, connection, guard, keys
from chalicelib.table.items import BytesAttribute, DocumentAttribute, MomentAttribute, Row
from chalicelib.table.tenant import Tenant
from tests.hand_clock import HandClock


class SampleRow(Row, discriminator="sample"):
    """One of each attribute type."""

    raw = BytesAttribute()
    at = MomentAttribute()
    document = DocumentAttribute()


def test_a_row_survives_the_table(tenant: Tenant, clock: HandClock) -> None:
    rows = tenant.rows(keys.WORKSPACE)
    document = {"text": "Ünï🦊\u0000", "numbers": [1, 1.5, -3], "nothing": None, "yes": True}
    rows.put(rows.new(SampleRow, "SAMPLE", raw=bytes(range(256)), at=clock(), document=document))
    kept = rows.get(SampleRow, "SAMPLE")
    assert kept is not None
    assert (kept.raw, kept.at, kept.document) == (bytes(range(256)), clock(), document)


def test_items_come_as_the_json_they_are(tenant: Tenant) -> None:
    bound = keys.tenant_prefix(tenant.workspace_id)
    item = {"pk": {"S": bound}, "sk": {"S": "RAW"}, "b": codec.encode(b"\x00\xff"), "m": codec.encode({"a": [1, None]})}
    with guard.bound_to(bound):
        connection.writer().put_item(TableName=settings.current().table, Item=item)
        answer = connection.client().get_item(
            TableName=settings.current().table, Key={"pk": item["pk"], "sk": item["sk"]}
        )
    assert answer["Item"] == item


@pytest.mark.parametrize(("make", "attempts"), [(connection.client, 3), (connection.writer, 1)])
def test_reads_are_tried_thrice_and_writes_once(tenant: Tenant, make: object, attempts: int) -> None:
    config = make().meta.config  # type: ignore[operator]
    assert config.retries["total_max_attempts"] == attempts
    assert (config.connect_timeout, config.read_timeout) == (1, 2)
