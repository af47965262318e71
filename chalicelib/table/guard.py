"""The tenant guard under every DynamoDB call: keys of one workspace never read another (product.md section 1).

It hangs on botocore's own event, so that it sees each call of pynamodb and of the raw client alike, whatever code made
it. Handles bind a tenant for the length of a call; a call without a binding, a scan and PartiQL are refused.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from chalicelib.table.keys import DUE_INDEX, JOURNALS, TENANT_MARK

INSTALLATION = ""
"""Binds no tenant: only rows outside every workspace may be named."""

_bound: ContextVar[str | None] = ContextVar("bound_tenant", default=None)
_is_erasing: ContextVar[bool] = ContextVar("is_erasing", default=False)
_NEW_ROW = re.compile(r"^attribute_not_exists\s?\((#?\w+)\)$")
_LEADING_KEY = re.compile(r"^\s*\(?\s*([#\w]+)\s*=\s*(:\w+)\s*(?:\)|AND|$)")


class TenantBreach(BaseException):
    """A call would have left its tenant. Not an Exception: no handler may mistake it for a refusal and go on."""


@contextmanager
def bound_to(tenant_prefix: str) -> Iterator[None]:
    """Bind the calls of this block to one tenant's prefix, or to INSTALLATION."""
    token = _bound.set(tenant_prefix)
    try:
        yield
    finally:
        _bound.reset(token)


def bound() -> str | None:
    """The prefix that the calls made here are bound to; None where none is."""
    return _bound.get()


@contextmanager
def erasing() -> Iterator[None]:
    """Let the calls of this block remove rows by the batch, journal entries too: privacy's repository alone does so."""
    token = _is_erasing.set(True)
    try:
        yield
    finally:
        _is_erasing.reset(token)


def check_call(params: Mapping[str, Any], model: Any, **_: object) -> None:
    """botocore's `provide-client-params.dynamodb.*` handler.

    Raises:
        TenantBreach: nothing was sent.
    """
    prefix = _bound.get()
    if prefix is None:
        raise TenantBreach(f"{model.name} without a bound tenant")
    for key in _partition_keys(model.name, params):
        _check_key(prefix, key, model.name)
    if not _is_erasing.get():
        _check_journal_grows(model.name, params)


def _check_journal_grows(operation: str, params: Mapping[str, Any]) -> None:
    """Entries of a journal are written once: none is changed, removed, or put over another (product.md section 10)."""
    for write in _writes(operation, params):
        key = write["Item"] if "Item" in write else write["Key"]
        if JOURNALS in key["pk"]["S"] and not _creates(write):
            raise TenantBreach(f"{operation} would change a journal")


def _writes(operation: str, params: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    match operation:
        case "PutItem" | "UpdateItem" | "DeleteItem":
            yield params
        case "TransactWriteItems":
            for member in params["TransactItems"]:
                yield from (part for kind, part in member.items() if kind != "ConditionCheck")


def _creates(write: Mapping[str, Any]) -> bool:
    """Whether a write does nothing where its row is there already."""
    condition = _NEW_ROW.match(write.get("ConditionExpression", ""))
    if "Item" not in write or condition is None:
        return False
    name: str = write.get("ExpressionAttributeNames", {}).get(condition[1], condition[1])
    return name == "pk"


def _check_key(prefix: str, key: str, operation: str) -> None:
    if not key.startswith(TENANT_MARK):
        return
    if prefix and (key == prefix or key.startswith(f"{prefix}#")):
        return
    raise TenantBreach(f"{operation} would leave its tenant")


def _partition_keys(operation: str, params: Mapping[str, Any]) -> Iterator[str]:
    match operation:
        case "GetItem" | "UpdateItem" | "DeleteItem":
            yield params["Key"]["pk"]["S"]
        case "PutItem":
            yield params["Item"]["pk"]["S"]
        case "Query":
            yield _queried_key(params)
        case "BatchGetItem":
            for wanted in params["RequestItems"].values():
                yield from (key["pk"]["S"] for key in wanted["Keys"])
        case "BatchWriteItem" if _is_erasing.get():
            for requests in params["RequestItems"].values():
                yield from map(_removed_key, requests)
        case "TransactWriteItems" | "TransactGetItems":
            for member in params["TransactItems"]:
                yield from (part["Item" if "Item" in part else "Key"]["pk"]["S"] for part in member.values())
        case _:
            raise TenantBreach(f"{operation} is never made")


def _removed_key(request: Mapping[str, Any]) -> str:
    if "DeleteRequest" not in request:
        raise TenantBreach("BatchWriteItem removes, and writes nothing")
    key: str = request["DeleteRequest"]["Key"]["pk"]["S"]
    return key


def _queried_key(params: Mapping[str, Any]) -> str:
    leading = _LEADING_KEY.match(params["KeyConditionExpression"])
    if leading is None:
        raise TenantBreach("Query whose partition key can't be read")
    name = params.get("ExpressionAttributeNames", {}).get(leading[1], leading[1])
    key: str = params["ExpressionAttributeValues"][leading[2]]["S"]
    expected = {None: "pk", "gsi1": "gsi1pk", DUE_INDEX: "due_pk"}.get(params.get("IndexName"))
    if name != expected:
        raise TenantBreach(f"Query by {name}, not by its partition key")
    return key
