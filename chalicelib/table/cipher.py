"""Sealing what we keep and may not read: AES-256-GCM under a data key of one owner for one purpose.

Data keys are wrapped by KMS with {owner, purpose} as encryption context, so that IAM can fence a purpose to a role, and
lie in a table of their own without backups: destroying a key makes every copy of what it sealed unreadable for good,
and leaves a tombstone in its place, so that nobody makes another one for an owner that was erased.
cryptography is imported where something is sealed: other requests start without it (decision 0009).
"""

import os
import time
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

import botocore.exceptions

from chalicelib import settings
from chalicelib.kernel.errors import NotFound, Unavailable
from chalicelib.table import aws, codec, connection, guard, keys
from chalicelib.table.rows import send

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_VERSION = b"\x01"
_NONCE_BYTES = 12
REMEMBERED_S = 300
"""How long a process may go on with a key that was destroyed elsewhere."""
_REMEMBERED_KEYS = 2_000
_FAULT = 500
"""Begins the statuses of what went wrong on the other side."""
_SLOW_DOWN = "ThrottlingException"


class Purpose(StrEnum):
    """What a data key may seal. Only the worker's role may unwrap `session`."""

    SESSION = "session"
    SECRET = "secret"
    PROXY = "proxy"
    LINE = "line"
    JOURNAL = "journal"


class SealBroken(NotFound):
    """What was sealed can't be opened: its key is destroyed, or it was sealed for something else."""

    code = "seal-broken"
    title = "This was sealed and can't be opened any more."


class Cipher:
    """Seals and opens; keeps unwrapped keys in memory for five minutes."""

    def __init__(self) -> None:
        self._remembered: dict[tuple[str, Purpose], tuple[float, AESGCM]] = {}

    def seal(self, owner: str, purpose: Purpose, item_id: str, content: bytes) -> bytes:
        """Sealed bytes, good only for this owner, purpose and item. Makes the owner's key on first use.

        Cost: about 10 µs; a KMS call and a read of the keys table once in five minutes an owner.

        Raises:
            SealBroken: the key was destroyed, and there will be no other.
            Unavailable: the key service or the keys table did not answer; nothing was sealed.
        """
        nonce = os.urandom(_NONCE_BYTES)
        key = self._key(owner, purpose) or self._make_key(owner, purpose)
        return _VERSION + nonce + key.encrypt(nonce, content, item_id.encode())

    def open(self, owner: str, purpose: Purpose, item_id: str, sealed: bytes) -> bytes:
        """What was sealed.

        Raises:
            SealBroken: the key is destroyed, or owner, purpose or item differ from those it was sealed for.
            Unavailable: the key service or the keys table did not answer.
        """
        from cryptography.exceptions import InvalidTag

        key = self._key(owner, purpose)
        if key is None or sealed[:1] != _VERSION:
            raise SealBroken
        nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            return key.decrypt(nonce, body, item_id.encode())
        except (InvalidTag, ValueError):  # ValueError: too short to hold a nonce
            raise SealBroken from None

    def destroy(self, owner: str, purpose: Purpose) -> None:
        """Destroy a key for good, whether there is one or not: one write puts a tombstone in its place.

        Other processes forget theirs within REMEMBERED_S.
        """
        self._remembered.pop((owner, purpose), None)
        tombstone = {**_stored_at(owner, purpose), "is_destroyed": codec.encode(True)}
        with guard.bound_to(guard.INSTALLATION):
            send(connection.writer().put_item, TableName=_table(), Item=tombstone)

    def _key(self, owner: str, purpose: Purpose) -> "AESGCM | None":
        remembered = self._remembered.get((owner, purpose))
        if remembered is not None and time.monotonic() < remembered[0]:
            return remembered[1]
        wrapped = self._wrapped(owner, purpose)
        if wrapped is None:
            return None
        answer = _ask(
            aws.client("kms").decrypt,
            CiphertextBlob=wrapped,
            KeyId=settings.current().kms_key,
            EncryptionContext=_context(owner, purpose),
        )
        return self._remember(owner, purpose, answer["Plaintext"])

    def _make_key(self, owner: str, purpose: Purpose) -> "AESGCM":
        made = _ask(
            aws.client("kms").generate_data_key,
            KeyId=settings.current().kms_key,
            KeySpec="AES_256",
            EncryptionContext=_context(owner, purpose),
        )
        item = {**_stored_at(owner, purpose), "wrapped": codec.encode(made["CiphertextBlob"])}
        with guard.bound_to(guard.INSTALLATION):
            try:
                send(
                    connection.writer().put_item,
                    TableName=_table(),
                    Item=item,
                    ConditionExpression="attribute_not_exists(pk)",
                )
            except botocore.exceptions.ClientError as refusal:
                if refusal.response["Error"]["Code"] != "ConditionalCheckFailedException":
                    raise
        # Read back, so that of two processes that make the key at once both use the one that was kept.
        key = self._key(owner, purpose)
        if key is None:
            raise SealBroken("The key was destroyed while it was made.")
        return key

    def _wrapped(self, owner: str, purpose: Purpose) -> bytes | None:
        with guard.bound_to(guard.INSTALLATION):
            answer = send(
                connection.client().get_item,
                TableName=_table(),
                Key=_stored_at(owner, purpose),
                ConsistentRead=True,
            )
        item = answer.get("Item")
        if item is None:
            return None
        if "is_destroyed" in item:
            raise SealBroken
        return bytes(codec.decode(item)["wrapped"])

    def _remember(self, owner: str, purpose: Purpose, plain: bytes) -> "AESGCM":
        if len(self._remembered) >= _REMEMBERED_KEYS:
            self._remembered.clear()
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        key = AESGCM(plain)
        self._remembered[owner, purpose] = (time.monotonic() + REMEMBERED_S, key)
        return key


@cache
def current() -> Cipher:
    """The cipher of this process: all that seals and opens shares the keys it remembers."""
    return Cipher()


def _ask(operation: Any, **parameters: Any) -> Any:
    """Make one call of KMS. Raises Unavailable: it did not answer, failed, or asked us to slow down."""
    try:
        return operation(**parameters)
    except (botocore.exceptions.HTTPClientError, botocore.exceptions.ConnectionError) as lost:
        raise Unavailable("The key service did not answer.") from lost
    except botocore.exceptions.ClientError as refusal:
        is_slow = refusal.response["Error"]["Code"] == _SLOW_DOWN
        if is_slow or refusal.response["ResponseMetadata"]["HTTPStatusCode"] >= _FAULT:
            raise Unavailable("The key service can't answer now.") from refusal
        raise


def _context(owner: str, purpose: Purpose) -> dict[str, str]:
    return {"owner": owner, "purpose": purpose}


def _stored_at(owner: str, purpose: Purpose) -> dict[str, Any]:
    pk, sk = keys.data_key(owner, purpose)
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def _table() -> str:
    return settings.current().keys_table
