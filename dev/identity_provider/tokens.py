"""ID tokens and the keys that sign them, without the library the product checks them with.

Source: RFC 7515, RFC 7517, OpenID Connect Core 1.0, 2.
"""

import base64
import hmac
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dev.identity_provider.faults import Fault, Faults

_RSA_BITS = 2048


class SigningKey:
    """An RSA key and its id; made at start, in memory only."""

    def __init__(self) -> None:
        self.id = secrets.token_urlsafe(8)
        self._private = rsa.generate_private_key(public_exponent=65537, key_size=_RSA_BITS)

    def public(self, issuer: str) -> dict[str, str]:
        """The key as a JWK, with the member `issuer` that Microsoft adds to each of its keys."""
        numbers = self._private.public_key().public_numbers()
        return {
            "kty": "RSA",
            "use": "sig",
            "alg": "RS256",
            "kid": self.id,
            "n": _text(numbers.n.to_bytes(_RSA_BITS // 8, "big")),
            "e": _text(numbers.e.to_bytes(3, "big")),
            "issuer": issuer,
        }

    def sign(self, content: bytes) -> bytes:
        """RS256."""
        return self._private.sign(content, padding.PKCS1v15(), SHA256())

    def public_pem(self) -> bytes:
        """The public half as PEM: what a verifier that mixes algorithms up would take for a shared secret."""
        return self._private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


class Signer:
    """Makes ID tokens under the current key."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._stranger = SigningKey()
        self.key = SigningKey()

    def rotate(self) -> None:
        """Sign with a new key from now on, and show that one alone."""
        self.key = SigningKey()

    def key_set(self, issuer: str) -> dict[str, Any]:
        """The JWKS document."""
        return {"keys": [self.key.public(issuer)]}

    def signed(self, claims: dict[str, Any]) -> str:
        """A compact JWS, or what a fault makes of it."""
        if self._faults.strikes(Fault.UNSIGNED):
            return _compact({"alg": "none"}, claims, lambda _: b"")
        if self._faults.strikes(Fault.SYMMETRIC):
            shared = self.key.public_pem()
            head = {"alg": "HS256", "kid": self.key.id}
            return _compact(head, claims, lambda content: hmac.digest(shared, content, "sha256"))
        key = self._stranger if self._faults.strikes(Fault.FOREIGN_KEY) else self.key
        return _compact({"alg": "RS256", "kid": self.key.id}, claims, key.sign)


def _compact(head: dict[str, str], claims: dict[str, Any], sign: Any) -> str:
    content = f"{_text(json.dumps(head | {'typ': 'JWT'}).encode())}.{_text(json.dumps(claims).encode())}"
    return f"{content}.{_text(sign(content.encode()))}"


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
