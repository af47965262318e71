"""Only erasing may remove entries of a journal, and it may do little besides (decision 0026)."""

import pytest

from chalicelib.kernel import ids
from tests.infra.policy import Asked, allows
from tests.infra.roles import FUNCTIONS, policy

TABLE, KEYS_TABLE = "<TableArn>", "<KeysTableArn>"
ENTRIES = (f"WS#{ids.mint()}#JOURNAL#2026-11#1", f"USER#{ids.mint()}#JOURNAL#2026-11")
REMOVALS = ("DeleteItem", "BatchWriteItem")


OTHERS = {role: policy(role) for role in (*FUNCTIONS, "worker") if role != "erase"}


def on_table(action: str, *leading_keys: str, resource: str = TABLE) -> Asked:
    """A call of DynamoDB."""
    return Asked(action=f"dynamodb:{action}", resource=resource, context={"dynamodb:LeadingKeys": leading_keys})


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_erasing_role_removes_entries_and_never_changes_one(entry: str) -> None:
    for action in REMOVALS:
        assert allows(policy("erase"), on_table(action, entry))
    assert not allows(policy("erase"), on_table("UpdateItem", entry))


def test_the_roles_that_are_looked_at_may_write_other_rows() -> None:
    for name in ("api", "due", "worker"):
        assert allows(OTHERS[name], on_table("UpdateItem", f"WS#{ids.mint()}")), name


@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize("name", OTHERS)
def test_no_other_role_removes_or_changes_an_entry(name: str, entry: str) -> None:
    for action in (*REMOVALS, "UpdateItem"):
        assert not allows(OTHERS[name], on_table(action, entry)), action


@pytest.mark.parametrize("action", ["Scan", "DeleteTable", "PartiQLDelete", "ExportTableToPointInTime"])
def test_the_erasing_role_neither_scans_nor_takes_anything_away_whole(action: str) -> None:
    assert not allows(policy("erase"), on_table(action))


def test_it_puts_tombstones_and_takes_none_away() -> None:
    key = f"KEY#{ids.mint()}"
    assert allows(policy("erase"), on_table("PutItem", key, resource=KEYS_TABLE))
    assert not allows(policy("erase"), on_table("DeleteItem", key, resource=KEYS_TABLE))


@pytest.mark.parametrize(
    ("purpose", "may"),
    [("journal", True), ("session", False), ("secret", False), ("proxy", False), ("line", False)],
)
def test_of_what_is_sealed_it_opens_the_journal_alone(purpose: str, *, may: bool) -> None:
    context = {"kms:EncryptionContext:purpose": [purpose]}
    assert allows(policy("erase"), Asked(action="kms:Decrypt", resource="<SealKeyArn>", context=context)) is may


@pytest.mark.parametrize("bucket", ["<FilesBucketArn>", "<TransitBucketArn>"])
def test_it_lists_and_removes_files_and_reads_none(bucket: str) -> None:
    document = policy("erase")
    for action, resource in (("ListBucket", bucket), ("DeleteObject", f"{bucket}/ws/file")):
        assert allows(document, Asked(action=f"s3:{action}", resource=resource, context={}))
    for action in ("GetObject", "PutObject"):
        assert not allows(document, Asked(action=f"s3:{action}", resource=f"{bucket}/ws/file", context={}))


def test_it_can_t_touch_the_write_once_copy_of_the_journal() -> None:
    for action in ("DeleteObject", "DeleteObjectVersion", "PutObject"):
        assert not allows(
            policy("erase"), Asked(action=f"s3:{action}", resource="<JournalBucketArn>/journal/x", context={})
        )
