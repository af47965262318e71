"""The one DynamoDB client of a process: short time-outs, the tenant guard, items as plain JSON.

botocore spends four fifths of a page on walking AttributeValue shapes. Declared as documents they pass through as the
JSON they are; the models' binary attribute and `codec` do the base64 that botocore would have done. That declaration
is private to botocore, which is pinned; tests/table/test_connection.py fails when it stops working.
"""

import threading
from functools import cache
from typing import Any

import botocore.config
import botocore.session

from chalicelib import settings
from chalicelib.table import botocore_parts, guard

CONNECT_TIMEOUT_S = 1
READ_TIMEOUT_S = 2
"""A write whose answer takes longer is abandoned and its outcome settled by the idempotency row."""

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
        return _made(total_attempts=3)


def writer() -> Any:
    """The client of writes: one attempt, since a hidden second one could commit after its caller gave up."""
    with making:
        return _made(total_attempts=1)


@cache
def session() -> Any:
    """The session all clients of the process share: its credentials are fetched once. Call it with `making` held."""
    made = botocore.session.get_session()
    made.register_component("data_loader", botocore_parts.Descriptions())
    made.register_component("response_parser_factory", botocore_parts.Parsers())
    return made


@cache
def _made(*, total_attempts: int) -> Any:
    here = settings.current()
    made = session().create_client(
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
