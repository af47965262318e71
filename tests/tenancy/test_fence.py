"""The second fence lets every route do its work: each table call of a walk over all of them, held against the policy.

No emulator knows `dynamodb:LeadingKeys`: calls are read as IAM would, and the document is evaluated (decision 0019).
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from chalicelib.kernel import ids
from chalicelib.kernel.ids import WorkspaceId
from chalicelib.table import connection, guard, keys
from dev import template
from tests import providers
from tests.api_client import ApiClient, Browser
from tests.every_route import body_of, filled, name_of, of_workspaces
from tests.furnished import Furnished
from tests.infra.policy import Asked, allows
from tests.local_aws import LocalAws
from tests.people import Mailbox
from tests.providers import Somebody, Traveller

_ACTIONS = {
    "GetItem": "GetItem",
    "PutItem": "PutItem",
    "UpdateItem": "UpdateItem",
    "DeleteItem": "DeleteItem",
    "Query": "Query",
    "BatchGetItem": "BatchGetItem",
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}


class Fence:
    """Reads every call that is bound to a workspace, and remembers what the tenants' role would refuse."""

    def __init__(self) -> None:
        [policy] = template.load("data")["Resources"]["TenantRole"]["Properties"]["Policies"]
        self._document: dict[str, Any] = policy["PolicyDocument"]
        self.refused: list[tuple[str, list[str]]] = []
        self.read = 0

    def look(self, params: Any, model: Any, **_: object) -> None:
        """botocore's `provide-client-params` handler, after the guard's own."""
        bound = guard.bound()
        if not bound:
            return
        workspace_id = keys.workspace_of(bound)
        index = f"/index/{params['IndexName']}" if "IndexName" in params else ""
        for action, leading in _asked(model.name, params):
            self.read += 1
            context = {"dynamodb:LeadingKeys": leading, "aws:PrincipalTag/tenant": [str(workspace_id)]}
            call = Asked(action=f"dynamodb:{action}", resource=f"<Table>{index}", context=context)
            if not allows(self._document, call):
                self.refused.append((action, leading))


def _asked(operation: str, params: Any) -> Iterator[tuple[str, list[str]]]:
    """The actions a call needs, each with the partition keys it names."""
    if operation == "TransactWriteItems":
        for member in params["TransactItems"]:
            [(kind, part)] = member.items()
            yield _ACTIONS[kind], [part["Item" if "Item" in part else "Key"]["pk"]["S"]]
    else:
        yield _ACTIONS[operation], list(guard._partition_keys(operation, params))


@pytest.fixture
def fence(local_aws: LocalAws) -> Iterator[Fence]:
    watching = Fence()
    clients = [connection.client(), connection.writer()]
    for client in clients:
        client.meta.events.register("provide-client-params.dynamodb.*", watching.look)
    yield watching
    for client in clients:
        client.meta.events.unregister("provide-client-params.dynamodb.*", watching.look)


def test_every_call_of_every_route_passes_the_fence(
    api: ApiClient, furnished: Furnished, fence: Fence, report: Callable[[str, int], None]
) -> None:
    for route in sorted(of_workspaces(), key=lambda route: route.method == "DELETE"):
        browser = Browser(token=furnished.owner.browser.token)
        api.request(route.method, filled(route, furnished.ids), browser, body=body_of(route))
        assert fence.refused == [], name_of(route)
    assert fence.read > len(of_workspaces())
    report("the role of one workspace, by calls", fence.read)


def test_every_call_of_signing_up_by_a_provider_passes_too(api: ApiClient, mailbox: Mailbox, fence: Fence) -> None:
    """Account, own workspace and login are made in one transaction, which is the workspace's."""
    newcomer = Somebody(email=f"{ids.mint().lower()}@example.com")
    with providers.running() as running:
        made = Traveller(api, running, mailbox).sign_up("google", newcomer, Browser())
    assert made.status == 200, made.body
    assert fence.read
    assert fence.refused == []


def test_a_call_for_another_workspace_does_not(fence: Fence) -> None:
    ours, theirs = WorkspaceId(ids.mint()), WorkspaceId(ids.mint())
    with guard.bound_to(keys.tenant_prefix(ours)):
        fence.look(
            {"Key": {"pk": {"S": keys.tenant_prefix(theirs)}}},
            connection.client().meta.service_model.operation_model("GetItem"),
        )
    assert fence.refused == [("GetItem", [keys.tenant_prefix(theirs)])]
