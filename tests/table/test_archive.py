"""The write-once copy (product.md section 10): every entry once, sealed as it is, and nobody can change it."""

import gzip
import json
from typing import Any

import botocore.exceptions
import pytest

from chalicelib.adapters import files
from chalicelib.adapters.files import Folder
from chalicelib.features.fields import use_cases as fields
from chalicelib.features.fields.model import ColumnType, CreateColumn
from chalicelib.features.journal import use_cases as journal
from chalicelib.features.journal.jobs.stream import archive_records
from chalicelib.kernel import ids
from chalicelib.kernel.ids import UserId
from chalicelib.table import cipher, keys, people_keys
from chalicelib.table.cipher import Purpose
from chalicelib.table.feeds import FeedRow
from chalicelib.table.journal import JournalRow
from chalicelib.table.tenant import Installation, Tenant
from infra import journal_copy
from tests.local_aws import LocalAws
from tests.stream import Stream, of_owner

SECRET = "a name nobody else may read"


@pytest.fixture
def stream(local_aws: LocalAws) -> Stream:
    return Stream(local_aws)


def changed(tenant: Tenant, times: int = 1) -> None:
    """Make that many entries."""
    for _ in range(times):
        fields.create_column(CreateColumn(name=SECRET, type=ColumnType.TEXT), tenant=tenant)


def month_of(tenant: Tenant) -> str:
    return f"{tenant.now():%Y-%m}"


def standing(tenant: Tenant) -> list[str]:
    """The ids of the workspace's entries in the table."""
    return [row.sk for row in tenant.rows(keys.journal_partition(tenant.now())).query(JournalRow, "0")]


def copied(tenant: Tenant) -> list[str]:
    """The ids of those in the copy."""
    return [row.sk for row in journal.kept_entries(tenant.workspace_id, month_of(tenant))]


def objects(aws: LocalAws, owner: str) -> list[dict[str, Any]]:
    """Every version of every object of an owner."""
    answer = aws.client("s3").list_object_versions(Bucket=aws.outputs["JournalBucketName"], Prefix=f"journal/{owner}/")
    versions: list[dict[str, Any]] = answer.get("Versions", [])
    return versions


def test_each_entry_is_copied_as_it_lies_in_the_table(tenant: Tenant, stream: Stream) -> None:
    changed(tenant, times=3)
    assert archive_records(stream.records()) == []
    rows = tenant.rows(keys.journal_partition(tenant.now())).query(JournalRow, "0")
    kept = journal.kept_entries(tenant.workspace_id, month_of(tenant))
    assert [row.serialize() for row in kept] == [row.serialize() for row in rows if row.event == "column.created"]


def test_a_batch_is_one_object_named_by_its_first_and_last_entry(
    tenant: Tenant, stream: Stream, local_aws: LocalAws
) -> None:
    changed(tenant, times=3)
    batch = of_owner(stream.records(), tenant.workspace_id)
    assert archive_records(batch) == []
    first, *_, last = [record["dynamodb"]["NewImage"]["sk"]["S"] for record in batch]
    folder = f"journal/{tenant.workspace_id}/{tenant.now():%Y/%m}"
    assert [each["Key"] for each in objects(local_aws, tenant.workspace_id)] == [f"{folder}/{first}-{last}.jsonl.gz"]


def test_the_same_batch_again_changes_nothing(tenant: Tenant, stream: Stream, local_aws: LocalAws) -> None:
    changed(tenant, times=2)
    batch = stream.records()
    for _ in range(2):
        assert archive_records(batch) == []
    [version] = objects(local_aws, tenant.workspace_id)
    assert version["IsLatest"]


def test_batches_grouped_in_another_way_repeat_entries_and_readers_see_each_once(
    tenant: Tenant, stream: Stream
) -> None:
    changed(tenant, times=4)
    batch = of_owner(stream.records(), tenant.workspace_id)
    for part in (batch, batch[:1], batch[1:], batch[2:]):
        assert archive_records(part) == []
    assert copied(tenant) == sorted({record["dynamodb"]["NewImage"]["sk"]["S"] for record in batch})


def test_a_person_s_own_log_is_copied_under_the_person(
    tenant: Tenant, installation: Installation, stream: Stream
) -> None:
    user_id = UserId(ids.mint())
    with installation.journalled(user_id, tenant.actor) as change:
        change.put(installation.rows(people_keys.user(user_id)).new(FeedRow, "NOTE", chat_id="1"))
        change.record("session.opened", target=user_id)
    assert archive_records(stream.records()) == []
    assert [row.event for row in journal.kept_entries(user_id, month_of(tenant))] == ["session.opened"]


def test_the_copy_tells_no_old_and_new_and_no_name(tenant: Tenant, stream: Stream, local_aws: LocalAws) -> None:
    changed(tenant)
    assert archive_records(stream.records()) == []
    for version in objects(local_aws, tenant.workspace_id):
        content = _content(local_aws, version["Key"])
        assert SECRET.encode() not in content
        assert tenant.actor.name.encode() not in content
        assert tenant.actor.address.encode() not in content


def test_the_copy_opens_while_the_keys_live_and_never_after(tenant: Tenant, stream: Stream) -> None:
    changed(tenant)
    assert archive_records(stream.records()) == []
    *_, entry = journal_copy.read(tenant.workspace_id, month_of(tenant))
    assert (entry.new["name"], entry.actor.name, entry.actor.address) == (SECRET, "Olga Ownerova", "192.0.2.1")
    cipher.current().destroy(tenant.actor.id, Purpose.JOURNAL)
    *_, entry = journal_copy.read(tenant.workspace_id, month_of(tenant))
    assert (entry.new["name"], entry.actor.name, entry.actor.address) == (SECRET, "", "")
    cipher.current().destroy(tenant.workspace_id, Purpose.JOURNAL)
    *_, entry = journal_copy.read(tenant.workspace_id, month_of(tenant))
    assert (entry.event, entry.old, entry.new) == ("column.created", None, None)


def test_what_was_copied_can_be_neither_replaced_nor_removed(
    tenant: Tenant, stream: Stream, local_aws: LocalAws
) -> None:
    changed(tenant)
    assert archive_records(stream.records()) == []
    [version] = objects(local_aws, tenant.workspace_id)
    bucket = local_aws.outputs["JournalBucketName"]
    copy = files.journal_copy(tenant.workspace_id)
    assert copy.create(version["Key"], b"forged", content_type="application/gzip") is False
    with pytest.raises(botocore.exceptions.ClientError, match="AccessDenied"):
        local_aws.client("s3").delete_object(Bucket=bucket, Key=version["Key"], VersionId=version["VersionId"])
    assert b"forged" not in _content(local_aws, version["Key"])


def test_what_could_not_be_copied_is_handed_over_again_and_the_rest_is_not(
    tenant: Tenant, other_tenant: Tenant, stream: Stream, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in (tenant, other_tenant):
        changed(each)
    records = stream.records()
    create = Folder.create

    def refuse_mine(folder: Folder, key: str, content: bytes, *, content_type: str) -> bool:
        if tenant.workspace_id in key:
            raise TimeoutError
        return create(folder, key, content, content_type=content_type)

    with monkeypatch.context() as broken:
        broken.setattr(Folder, "create", refuse_mine)
        failed = archive_records(records)
    mine = of_owner(records, tenant.workspace_id)
    assert failed == [record["dynamodb"]["SequenceNumber"] for record in mine]
    assert copied(other_tenant) != []
    assert archive_records(mine) == []
    assert copied(tenant) == [record["dynamodb"]["NewImage"]["sk"]["S"] for record in mine]


def test_only_entries_are_copied(tenant: Tenant, stream: Stream, local_aws: LocalAws) -> None:
    changed(tenant)
    records = stream.records()
    assert len(records) > len(of_owner(records, tenant.workspace_id))
    assert archive_records(records) == []
    lines = [line for version in objects(local_aws, tenant.workspace_id) for line in _lines(local_aws, version["Key"])]
    assert {line["row_kind"]["S"] for line in lines} == {"journal"}


def test_an_operator_completes_a_month_of_which_the_archive_missed_some(tenant: Tenant, stream: Stream) -> None:
    changed(tenant, times=3)
    records = of_owner(stream.records(), tenant.workspace_id)
    assert archive_records(records[1:2]) == []
    missing = len(standing(tenant)) - 1
    assert journal_copy.complete(tenant.workspace_id, month_of(tenant)) == missing
    assert copied(tenant) == standing(tenant)
    assert journal_copy.complete(tenant.workspace_id, month_of(tenant)) == 0


def _content(aws: LocalAws, key: str) -> bytes:
    answer = aws.client("s3").get_object(Bucket=aws.outputs["JournalBucketName"], Key=key)
    return gzip.decompress(answer["Body"].read())


def _lines(aws: LocalAws, key: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in _content(aws, key).splitlines()]
