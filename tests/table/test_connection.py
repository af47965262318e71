"""The client: items pass through as plain JSON, which is private to the pinned botocore; time-outs; retries."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import botocore.session
import pytest

from chalicelib import settings
from chalicelib.table import aws, codec, connection, guard, keys
from chalicelib.table.items import BytesAttribute, DocumentAttribute, MomentAttribute, Row
from chalicelib.table.tenant import Tenant
from tests.hand_clock import HandClock
from tests.local_aws import LocalAws


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


def test_threads_that_ask_at_once_are_given_one_client(local_aws: LocalAws, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    create_client = botocore.session.Session.create_client

    def counted(self: object, service: str, **options: object) -> object:
        made.append(service)
        return create_client(self, service, **options)

    monkeypatch.setattr(botocore.session.Session, "create_client", counted)
    monkeypatch.setattr(connection, "_made", cache(connection._made.__wrapped__))
    monkeypatch.setattr(aws, "_made", cache(aws._made.__wrapped__))
    together = threading.Barrier(8)

    def ask(_: int) -> tuple[object, ...]:
        together.wait(5)
        return connection.client(), connection.writer(), aws.client("sqs")

    with ThreadPoolExecutor(8) as threads:
        answers = set(threads.map(ask, range(8)))
    assert len(answers) == 1
    assert sorted(made) == ["dynamodb", "dynamodb", "sqs"]
