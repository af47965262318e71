"""The second fence: what the tenants' role lets a session reach that is tagged with one workspace (decision 0019)."""

import json
from collections.abc import Callable
from typing import Any

import botocore.exceptions
import pytest

from chalicelib import settings
from chalicelib.kernel import ids
from chalicelib.table import connection, guard, keys
from chalicelib.table.proof import WorkspaceRow
from chalicelib.table.tenant import Tenant
from dev import template
from tests.infra.policy import Asked, allows
from tests.local_aws import LocalAws

OURS, THEIRS = ids.mint(), ids.mint()
READS = ("GetItem", "BatchGetItem", "Query")
WRITES = ("PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem")


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    [policy] = template.load("data")["Resources"]["TenantRole"]["Properties"]["Policies"]
    found: dict[str, Any] = policy["PolicyDocument"]
    return found


def asked(action: str, *leading_keys: str, tenant: str = OURS, resource: str = "<Table>") -> Asked:
    """A call by a session tagged with a workspace."""
    context: dict[str, Any] = {"aws:PrincipalTag/tenant": [tenant]}
    if leading_keys:
        context["dynamodb:LeadingKeys"] = leading_keys
    return Asked(action=f"dynamodb:{action}", resource=resource, context=context)


@pytest.mark.parametrize("action", [*READS, *WRITES])
@pytest.mark.parametrize("suffix", ["", "#ACCT#X", "#ACCT#X#FEED#2026-11-25"])
def test_its_own_rows_are_reached(document: dict[str, Any], action: str, suffix: str) -> None:
    assert allows(document, asked(action, f"WS#{OURS}{suffix}"))


@pytest.mark.parametrize("action", [*READS, *WRITES])
@pytest.mark.parametrize(
    "key", [f"WS#{THEIRS}", f"WS#{THEIRS}#ACCT#X", f"WS#{OURS}X", f"WS#{OURS[:-1]}", "WS#", "WS#*"]
)
def test_another_workspaces_rows_are_not(document: dict[str, Any], action: str, key: str) -> None:
    assert not allows(document, asked(action, key))
    assert not allows(document, asked(action, f"WS#{OURS}", key)), "a batch with one foreign member"


def test_a_session_without_a_tag_reaches_no_workspace(document: dict[str, Any]) -> None:
    untagged = Asked(action="dynamodb:GetItem", resource="<Table>", context={"dynamodb:LeadingKeys": [f"WS#{OURS}"]})
    assert not allows(document, untagged)


@pytest.mark.parametrize("action", ["Scan", "PartiQLSelect", "Query", "ExportTableToPointInTime", "DeleteTable"])
def test_a_call_that_names_no_key_is_denied(document: dict[str, Any], action: str) -> None:
    assert not allows(document, asked(action))


def test_the_due_index_is_not_the_tenants(document: dict[str, Any]) -> None:
    assert not allows(document, asked("Query", "DUE#0", resource="<Table>/index/due"))


@pytest.mark.parametrize("action", ["UpdateItem", "DeleteItem"])
def test_the_journal_is_append_only_here_too(document: dict[str, Any], action: str) -> None:
    entry = f"WS#{OURS}#JOURNAL#2026-11#1"
    assert not allows(document, asked(action, entry))
    assert allows(document, asked("PutItem", entry))


def a_role(local_aws: LocalAws, workspace_id: str) -> str:
    """A role that may be taken on for this workspace only, by the tag of the session; and then may everything."""
    identity = local_aws.client("iam")
    allowed = {"Effect": "Allow", "Principal": "*", "Action": ["sts:AssumeRole", "sts:TagSession"]}
    trust = {**allowed, "Condition": {"StringEquals": {"aws:RequestTag/tenant": workspace_id}}}
    role = identity.create_role(RoleName=f"tenant-{ids.mint()}", AssumeRolePolicyDocument=_policy(trust))["Role"]
    everything = _policy({"Effect": "Allow", "Action": "*", "Resource": "*"})
    identity.put_role_policy(RoleName=role["RoleName"], PolicyName="all", PolicyDocument=everything)
    return str(role["Arn"])


def _policy(statement: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def test_calls_bound_to_a_workspace_carry_its_tag(
    local_aws: LocalAws, tenant: Tenant, other_tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    role = a_role(local_aws, tenant.workspace_id)
    monkeypatch.setattr(settings, "tenant_role", lambda: role)
    assert tenant.rows(keys.WORKSPACE).get(WorkspaceRow, keys.PROFILE) is not None
    with pytest.raises(botocore.exceptions.ClientError, match="AssumeRole"):
        other_tenant.rows(keys.WORKSPACE).get(WorkspaceRow, keys.PROFILE)


def test_each_workspace_has_a_client_of_its_own_and_the_installation_the_common_one(
    local_aws: LocalAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "tenant_role", lambda: "arn:aws:iam::000000000000:role/tenant")

    def client_of(prefix: str, make: Callable[[], Any] = connection.client) -> Any:
        with guard.bound_to(prefix):
            return make()

    assert client_of(f"WS#{OURS}") is client_of(f"WS#{OURS}")
    assert client_of(f"WS#{OURS}") is not client_of(f"WS#{THEIRS}")
    assert client_of(guard.INSTALLATION) is not client_of(f"WS#{OURS}")
    monkeypatch.setattr(settings, "tenant_role", lambda: "")
    assert client_of(f"WS#{OURS}") is client_of(guard.INSTALLATION)
