"""What the table's stream brings: the relay tells the tasks that watch a workspace, the archive copies entries."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from chalicelib import logs
from chalicelib.features.journal import schemas, use_cases
from chalicelib.features.journal.model import Hint
from chalicelib.kernel.actors import system
from chalicelib.kernel.ids import ChatId, WorkspaceId
from chalicelib.logs import log
from chalicelib.table import keys, notices_keys
from chalicelib.table.journal import JournalRow
from chalicelib.table.tenant import for_job

Record = Mapping[str, Any]


def relay_records(records: Sequence[Record]) -> list[str]:
    """Relay a batch; returns the sequence numbers of what could not be relayed."""
    by_workspace: dict[WorkspaceId, list[Record]] = defaultdict(list)
    for record in records:
        workspace_id = _workspace_of(record)
        if workspace_id is not None:
            by_workspace[workspace_id].append(record)
    return [number for workspace_id, group in by_workspace.items() for number in _relay(workspace_id, group)]


def _workspace_of(record: Record) -> WorkspaceId | None:
    """The workspace whose watchers a record concerns: only new entries, marks and notices concern anybody."""
    image = record["dynamodb"].get("NewImage", {})
    if record["eventName"] != "INSERT" or image.get("row_kind", {}).get("S") not in {"journal", "feed", "notice"}:
        return None
    return keys.workspace_of(image["pk"]["S"])


def _relay(workspace_id: WorkspaceId, records: Sequence[Record]) -> list[str]:
    tenant = for_job(workspace_id, system("relay"))
    with logs.bound(workspace_id=workspace_id):
        try:
            # Nobody opens entries for nobody: that takes KMS, once in five minutes an owner.
            if use_cases.is_watched(tenant=tenant):
                use_cases.tell_watchers(_hint(workspace_id, records), tenant=tenant)
        except Exception as crash:  # noqa: BLE001 - the border of a unit of work: one workspace's records
            log.error("relay.failed", crash=crash)
            return [record["dynamodb"]["SequenceNumber"] for record in records]
    return []


def _hint(workspace_id: WorkspaceId, records: Sequence[Record]) -> Hint:
    images = [record["dynamodb"]["NewImage"] for record in records]
    entries = [JournalRow.from_raw_data(image) for image in images if image["row_kind"]["S"] == "journal"]
    notified = [notices_keys.member_of(image["pk"]["S"]) for image in images if image["row_kind"]["S"] == "notice"]
    marks = [ChatId(image["chat_id"]["S"]) for image in images if image["row_kind"]["S"] == "feed"]
    return Hint(
        workspace_id=workspace_id,
        changes=tuple(
            msgspec.to_builtins(schemas.ChangeOut.of(use_cases.change_of(row, workspace_id))) for row in entries
        ),
        chat_ids=tuple(dict.fromkeys(marks)),
        notified=tuple(dict.fromkeys(notified)),
    )


def archive_records(records: Sequence[Record]) -> list[str]:
    """Copy a batch's entries, an object a journal partition; returns the sequence numbers of what could not be."""
    by_partition: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        image = record["dynamodb"].get("NewImage", {})
        if record["eventName"] == "INSERT" and image.get("row_kind", {}).get("S") == "journal":
            by_partition[image["pk"]["S"]].append(record)
    return [number for group in by_partition.values() for number in _archive(group)]


def _archive(records: Sequence[Record]) -> Iterator[str]:
    try:
        use_cases.keep_entries([record["dynamodb"]["NewImage"] for record in records])
    except Exception as crash:  # noqa: BLE001 - the border of a unit of work: one partition's records
        log.error("archive.failed", crash=crash, entries=len(records))
        yield from (record["dynamodb"]["SequenceNumber"] for record in records)
