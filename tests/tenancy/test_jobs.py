"""Due work of one workspace never touches another's, whatever ids its row was given."""

import contextlib
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from chalicelib.adapters import files
from chalicelib.adapters.outbox import LETTER
from chalicelib.due_work import BILLERS, ERASERS, HANDLERS, MESSENGERS, POSTMEN, PUSHERS
from chalicelib.features.accounts.model import END_SUSPENDED
from chalicelib.features.alerts.model import SWEEP
from chalicelib.features.billing.model import CLOSE_CUSTOMER, RECONCILE, TELL_OF_FAILURE
from chalicelib.features.bulk_edits.use_cases import RUN
from chalicelib.features.delivery.model import PUSH, WRITE
from chalicelib.features.exports.model import EXPORT as EXPORT_DATA
from chalicelib.features.exports.model import REMOVAL as REMOVE_DATA
from chalicelib.features.fields.use_cases import PURGE, REWRITE
from chalicelib.features.files.model import COLLECT
from chalicelib.features.identity.use_cases import CARRY_NAME, MAIL_MOVE_LINK, MAIL_RESET_LINK
from chalicelib.features.imports.use_cases import DISCARD, GO_ON
from chalicelib.features.journal.use_cases import EXPORT, REMOVAL
from chalicelib.features.notifications.model import DELIVER
from chalicelib.features.privacy.use_cases.hard_reset import DISCONNECT
from chalicelib.features.privacy.use_cases.person_deletion import MAIL_UNDO_LINK, SETTLE_WORKSPACES
from chalicelib.features.privacy.use_cases.steps import ERASE_PERSON, ERASE_WORKSPACE
from chalicelib.features.privacy.use_cases.telling import TELL
from chalicelib.features.reminders.model import RING
from chalicelib.features.seats.model import SETTLE_COVERAGE
from chalicelib.features.session_watch.model import TELL_NEW_SESSION
from chalicelib.features.sessions.use_cases import END_SESSIONS
from chalicelib.features.sign_in.use_cases import NOTE_REFUSAL, TELL_WORKSPACES
from chalicelib.features.staff.use_cases.announcing import ANNOUNCE
from chalicelib.features.staff.use_cases.resets import RESET
from chalicelib.features.tickets.use_cases import FOLLOW, PURGE_COMMENTS, PURGE_FIELD, RELEASE_FILES, WARN
from chalicelib.features.workspaces.model import SETTLE_DEPARTURE, TELL_LEAVER
from chalicelib.kernel.errors import Fact
from chalicelib.kernel.ids import WorkspaceId
from chalicelib.table import keys
from chalicelib.table.due import Due
from chalicelib.table.guard import TenantBreach
from chalicelib.table.tenant import Installation
from dev.settings import ROOT
from tests.furnished import Furnished
from tests.local_aws import LocalAws
from tests.people import People
from tests.scene import a_job

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
FOREIGN_FACTS: Mapping[str, Callable[[Furnished, str], dict[str, Any]]] = {
    PURGE: lambda theirs, _: {"column_id": theirs.ids["column_id"]},
    PURGE_COMMENTS: lambda theirs, _: {"ticket_id": theirs.ids["ticket_id"]},
    PURGE_FIELD: lambda theirs, _: {"field_id": theirs.ids["field_id"], "type": "files"},
    RELEASE_FILES: lambda theirs, file_id: {
        "ticket_id": theirs.ids["ticket_id"],
        "values": {theirs.ids["field_id"]: [file_id]},
    },
    WARN: lambda theirs, _: {"ticket_id": theirs.ids["ticket_id"]},
    FOLLOW: lambda theirs, _: {"before": theirs.ids["ticket_id"], "tickets": 0},
    REWRITE: lambda theirs, _: {"column_id": theirs.ids["column_id"]},
    SWEEP: lambda _theirs, _: {},
    RUN: lambda theirs, _: {"bulk_edit_id": theirs.ids["bulk_edit_id"]},
    GO_ON: lambda theirs, _: {"import_id": theirs.ids["import_id"]},
    DISCARD: lambda theirs, _: {"import_id": theirs.ids["import_id"]},
    SETTLE_DEPARTURE: lambda theirs, _: {"user_id": theirs.owner.user_id},
    DELIVER: lambda theirs, _: {"user_id": theirs.owner.user_id, "notice_id": theirs.ids["notice_id"]},
    WRITE: lambda theirs, _: {"user_id": theirs.owner.user_id, "notice_id": theirs.ids["notice_id"]},
    PUSH: lambda theirs, _: {
        "user_id": theirs.owner.user_id,
        "notice_id": theirs.ids["notice_id"],
        "browser_id": theirs.ids["session_id"],
    },
    EXPORT: lambda theirs, _: {"export_id": theirs.ids["export_id"]},
    REMOVAL: lambda theirs, _: {"export_id": theirs.ids["export_id"]},
    EXPORT_DATA: lambda theirs, _: {"export_id": theirs.ids["data_export_id"], "user_id": theirs.owner.user_id},
    REMOVE_DATA: lambda theirs, _: {"export_id": theirs.ids["data_export_id"], "user_id": theirs.owner.user_id},
    RING: lambda theirs, _: {"reminder_id": theirs.ids["reminder_id"]},
    COLLECT: lambda _, file_id: {"file_id": file_id},
    SETTLE_COVERAGE: lambda _theirs, _: {},
    TELL_OF_FAILURE: lambda _theirs, _: {"interval": "month"},
    RECONCILE: lambda _theirs, _: {},
    END_SUSPENDED: lambda theirs, _: {
        "account_id": theirs.ids["account_id"],
        "user_id": theirs.owner.user_id,
        "since": "2026-11-25T12:00:00.000Z",
    },
}
"""What a row of each kind of work of a workspace would say, were it about somebody else's."""
OF_THE_INSTALLATION = {
    *(LETTER, ANNOUNCE, RESET, TELL, TELL_LEAVER, TELL_NEW_SESSION),
    *(MAIL_RESET_LINK, MAIL_MOVE_LINK, NOTE_REFUSAL, END_SESSIONS, TELL_WORKSPACES, CARRY_NAME),
    *(DISCONNECT, MAIL_UNDO_LINK, SETTLE_WORKSPACES, ERASE_PERSON, ERASE_WORKSPACE),
    CLOSE_CUSTOMER,
}
"""Work about people, and about workspaces that end: no handle on a workspace comes with it."""


@pytest.fixture
def their_file(local_aws: LocalAws, furnished: Furnished) -> str:
    """A file of the furnished workspace, put up and attached nowhere: its id."""
    kept = files.kept(furnished.owner.workspace_id)
    kept.put(kept.key_of(furnished.ids["file_id"]), PNG, content_type="image/png")
    return furnished.ids["file_id"]


def rows_of(local_aws: LocalAws, workspace_id: WorkspaceId) -> list[Any]:
    """All there is of a workspace, read past the guard."""
    client, found, start = local_aws.client("dynamodb"), [], None
    while True:
        more: dict[str, Any] = {} if start is None else {"ExclusiveStartKey": start}
        page = client.scan(
            TableName=local_aws.outputs["TableName"],
            FilterExpression="begins_with(pk, :prefix)",
            ExpressionAttributeValues={":prefix": {"S": keys.tenant_prefix(workspace_id)}},
            **more,
        )
        found += page["Items"]
        start = page.get("LastEvaluatedKey")
        if start is None:
            return sorted(found, key=lambda item: (item["pk"]["S"], item["sk"]["S"]))


@pytest.mark.parametrize("work", sorted(FOREIGN_FACTS))
def test_work_given_anothers_ids_leaves_the_other_as_it_is(
    work: str, people: People, furnished: Furnished, their_file: str, local_aws: LocalAws, installation: Installation
) -> None:
    mallory = people.new("Mallory")
    before = rows_of(local_aws, furnished.owner.workspace_id)
    job = a_job(mallory.workspace_id, installation.now)
    facts = FOREIGN_FACTS[work](furnished, their_file)
    with contextlib.suppress(Fact, TenantBreach):
        given = Due(work=work, facts=facts, installation=installation, of_tenant=job)
        {**HANDLERS, **POSTMEN, **MESSENGERS, **PUSHERS, **BILLERS}[work](given)
    assert rows_of(local_aws, furnished.owner.workspace_id) == before
    stored = local_aws.client("s3").get_object(
        Bucket=local_aws.outputs["FilesBucketName"], Key=f"{furnished.owner.workspace_id}/{their_file}"
    )
    assert stored["Body"].read() == PNG


def test_every_kind_of_a_workspaces_work_is_called_something_on_the_screen() -> None:
    words = (ROOT / "web" / "src" / "features" / "upkeep" / "words.ts").read_text()
    named = set(re.findall(r'^  "([a-z_.]+)": msg`', words, re.MULTILINE))
    assert FOREIGN_FACTS.keys() - named == set(), "say in web/src/features/upkeep/words.ts what it is called"
    assert named - {*HANDLERS, *POSTMEN, *MESSENGERS, *PUSHERS, *BILLERS, *ERASERS} == set()


def test_every_kind_of_work_is_tried_or_is_the_installations() -> None:
    known = {*FOREIGN_FACTS, *OF_THE_INSTALLATION}
    assert {*HANDLERS, *POSTMEN, *MESSENGERS, *PUSHERS, *BILLERS, *ERASERS} == known, "say here whose work it is"
