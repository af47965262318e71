"""Making an authorisation key with a client. Source: https://core.telegram.org/mtproto/auth_key."""

import os
import struct
import time
from hashlib import sha1, sha256
from typing import Any

from telethon import helpers
from telethon.crypto import AES, AuthKey
from telethon.crypto import rsa as telethon_rsa
from telethon.errors import TypeNotFoundError
from telethon.extensions import BinaryReader
from telethon.tl import functions, types

from dev.telegram.tl import Tl
from dev.telegram.wire.prime import GENERATOR, PRIME
from dev.telegram.wire.rsa_key import ServerKey

# The pair of the MTProto documentation: it factorises in microseconds.
P, Q = 1229739323, 1402015859

_NOT_TL = (TypeNotFoundError, BufferError, ValueError, TypeError, AttributeError, struct.error)


class HandshakeBroken(ConnectionError):
    """The client's step does not follow from the one before; the key is not made."""


class Handshake:
    """One key exchange on one line: three steps, then `auth_key` is set.

    Telethon does not pad the shared secret on the left: with a leading zero byte (1 in 256) its hash check fails and
    it starts again with "invalid new nonce hash". That is the client's fault and expected.
    """

    def __init__(self, server_key: ServerKey) -> None:
        self._server_key = server_key
        self._nonce = 0
        self._server_nonce = 0
        self._new_nonce = 0
        self._secret = 0
        self._key_and_iv: tuple[bytes, bytes] | None = None
        self.auth_key: bytes | None = None

    def answer(self, step: Tl) -> Tl:
        """The server's answer to one step. Raises HandshakeBroken."""
        if isinstance(step, (functions.ReqPqMultiRequest, functions.ReqPqRequest)):
            return self._pq(step)
        if isinstance(step, functions.ReqDHParamsRequest):
            return self._dh_params(step)
        if isinstance(step, functions.SetClientDHParamsRequest):
            return self._key_made(step)
        raise HandshakeBroken(f"unexpected plain message {type(step).__name__}")

    def _pq(self, step: Tl) -> Tl:
        self._nonce = step.nonce
        self._server_nonce = int.from_bytes(os.urandom(16), "little", signed=True)
        pq = telethon_rsa.get_byte_array(P * Q)
        return types.ResPQ(self._nonce, self._server_nonce, pq, [self._server_key.fingerprint])

    def _dh_params(self, step: Tl) -> Tl:
        raw = self._server_key.decrypt(step.encrypted_data)
        inner = _unpadded(raw) or _unpadded_rsa_pad(raw)
        self._new_nonce = inner.new_nonce
        self._key_and_iv = helpers.generate_key_data_from_nonce(self._server_nonce, self._new_nonce)
        self._secret = int.from_bytes(os.urandom(256), "big")
        public = telethon_rsa.get_byte_array(pow(GENERATOR, self._secret, PRIME))
        prime = telethon_rsa.get_byte_array(PRIME)
        body = bytes(
            types.ServerDHInnerData(self._nonce, self._server_nonce, GENERATOR, prime, public, int(time.time()))
        )
        plain = sha1(body, usedforsecurity=False).digest() + body
        plain += os.urandom(-len(plain) % 16)
        encrypted = AES.encrypt_ige(plain, *self._key_and_iv)
        return types.ServerDHParamsOk(self._nonce, self._server_nonce, encrypted)

    def _key_made(self, step: Tl) -> Tl:
        if self._key_and_iv is None:
            raise HandshakeBroken("the last step came before the second")
        inner = _read(AES.decrypt_ige(step.encrypted_data, *self._key_and_iv)[20:])
        shared = pow(int.from_bytes(inner.g_b, "big"), self._secret, PRIME)
        self.auth_key = shared.to_bytes(256, "big")
        new_nonce_hash = AuthKey(self.auth_key).calc_new_nonce_hash(self._new_nonce, 1)
        return types.DhGenOk(self._nonce, self._server_nonce, new_nonce_hash)


def _read(data: bytes) -> Any:
    with BinaryReader(data) as reader:
        return reader.tgread_object()


def _unpadded(raw: bytes) -> Any:
    """0, SHA-1 of the data, the data, noise: what Telethon 1.x still sends. None when it is the newer layout."""
    if raw[0]:
        return None
    reader = BinaryReader(raw[21:])
    try:
        inner = reader.tgread_object()
    except _NOT_TL:  # noise read as TL: it was the newer layout
        return None
    length = reader.tell_position()
    return inner if sha1(raw[21 : 21 + length], usedforsecurity=False).digest() == raw[1:21] else None


def _unpadded_rsa_pad(raw: bytes) -> Any:
    """RSA_PAD, what clients newer than Telethon 1.x send."""
    masked_key, encrypted = raw[:32], raw[32:]
    key = bytes(a ^ b for a, b in zip(masked_key, sha256(encrypted).digest(), strict=True))
    return _read(AES.decrypt_ige(encrypted, key, bytes(32))[:192][::-1])
