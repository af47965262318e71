"""The one DynamoDB client of a process: short time-outs, the tenant guard, items as plain JSON.

botocore spends four fifths of a page on walking AttributeValue shapes. Declared as documents they pass through as the
JSON they are; the models' binary attribute and `codec` do the base64 that botocore would have done. That declaration
is private to botocore, which is pinned; tests/table/test_connection.py fails when it stops working.

Where WIREROOM_TENANT_ROLE is set, calls bound to a workspace are made with credentials that IAM lets reach its keys
only: a second fence behind the guard (decision 0019).
"""

import threading
from functools import cache, lru_cache, partial
from typing import Any

import botocore.config
import botocore.credentials
import botocore.session

from chalicelib import settings
from chalicelib.table import botocore_parts, guard, keys

CONNECT_TIMEOUT_S = 1
READ_TIMEOUT_S = 2
"""A write whose answer takes longer is abandoned and its outcome settled by the idempotency row."""
TENANT_TAG = "tenant"
"""The session tag that the tenants' role compares keys with (infra/data.yaml, TenantRole)."""
FENCED_TENANTS = 32
"""Of how many workspaces a process keeps fenced clients."""

_DOCUMENT_SHAPES = (
    "ItemList",
    "AttributeMap",
    "Key",
    "PutItemInputAttributeMap",
    "ExpressionAttributeValueMap",
)

making = threading.Lock()
"""Held while a client is looked up: a session is no thing for two threads, and each of them would make a client."""


def client() -> Any:
    """The client. Reads are retried twice by botocore; writes never behind our back (see `writer`)."""
    with making:
        return _fitting(total_attempts=3)


def writer() -> Any:
    """The client of writes: one attempt, since a hidden second one could commit after its caller gave up."""
    with making:
        return _fitting(total_attempts=1)


def _fitting(*, total_attempts: int) -> Any:
    """The process's client; where a tenant's role is set and a tenant is bound, one that IAM fences to it."""
    tenant_role, bound = settings.tenant_role(), guard.bound()
    if not tenant_role or not bound:
        return _made(total_attempts=total_attempts)
    return _fenced(tenant_role, bound.removeprefix(keys.TENANT_MARK), total_attempts=total_attempts)


@cache
def session() -> Any:
    """The session all clients of the process share: its credentials are fetched once. Call it with `making` held."""
    made = botocore.session.get_session()
    made.register_component("data_loader", botocore_parts.Descriptions())
    made.register_component("response_parser_factory", botocore_parts.Parsers())
    return made


@cache
def _made(*, total_attempts: int) -> Any:
    return _create(session(), total_attempts=total_attempts)


@lru_cache(maxsize=2 * FENCED_TENANTS)
def _fenced(role: str, workspace_id: str, *, total_attempts: int) -> Any:
    """A client under credentials tagged with one workspace: 2 ms, 0.3 MB, and a call of STS an hour."""
    fenced = botocore.session.get_session()
    fenced.register_component("data_loader", session().get_component("data_loader"))
    fenced.register_component("response_parser_factory", session().get_component("response_parser_factory"))
    fenced._credentials = _tagged(role, workspace_id)
    return _create(fenced, total_attempts=total_attempts)


@lru_cache(maxsize=FENCED_TENANTS)
def _tagged(role: str, workspace_id: str) -> Any:
    """Credentials of the tenants' role that carry the workspace as session tag, renewed before they end.

    Source: IAM User Guide, passing session tags in AWS STS.
    """
    fetcher = botocore.credentials.AssumeRoleCredentialFetcher(
        client_creator=partial(session().create_client, endpoint_url=settings.current().endpoint_url),
        source_credentials=session().get_credentials(),
        role_arn=role,
        extra_args={"RoleSessionName": workspace_id, "Tags": [{"Key": TENANT_TAG, "Value": workspace_id}]},
    )
    return botocore.credentials.DeferredRefreshableCredentials(
        refresh_using=fetcher.fetch_credentials, method="assume-role"
    )


def _create(source: Any, *, total_attempts: int) -> Any:
    here = settings.current()
    made = source.create_client(
        "dynamodb",
        region_name=here.region,
        endpoint_url=here.endpoint_url,
        config=botocore.config.Config(
            connect_timeout=CONNECT_TIMEOUT_S,
            read_timeout=READ_TIMEOUT_S,
            parameter_validation=False,
            # Set, it is not put together anew for each request, which was a twelfth of a list page's processor time.
            user_agent="wireroom",
            max_pool_connections=32,
            retries={"mode": "standard", "total_max_attempts": total_attempts},
        ),
    )
    shapes = made.meta.service_model._shape_resolver._shape_map
    for name in _DOCUMENT_SHAPES:
        shapes[name] = {"type": "structure", "members": {}, "document": True}
    made.meta.events.register("provide-client-params.dynamodb.*", guard.check_call)
    return made
