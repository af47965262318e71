"""Sealing what goes to a browser, so that its push service carries what it can't open. Source: RFC 8291, RFC 8188.

cryptography is imported by the functions that use it: few requests do.
"""

import base64
import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

POINT_BYTES: Final = 65
"""A public key of the curve P-256, whole: 4, x and y. Source: SEC 1, 2.3.3."""
SECRET_BYTES: Final = 16
MAX_PAYLOAD_BYTES: Final = 3_993
"""What a push service has to carry, less all that is added to it. Source: RFC 8291, 4."""
_SALT_BYTES: Final = 16
_RECORD_BYTES: Final = 4_096
_LAST_RECORD: Final = b"\x02"


def decoded(text: str) -> bytes:
    """What base64url without its padding says. Raises ValueError."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def encoded(raw: bytes) -> str:
    """As base64url without padding."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def opens(key: str, secret: str) -> bool:
    """Whether something can be sealed for these: a point on the curve P-256 and 16 bytes, each as base64url."""
    from cryptography.hazmat.primitives.asymmetric import ec

    try:
        point, shared = decoded(key), decoded(secret)
        if len(point) != POINT_BYTES or len(shared) != SECRET_BYTES:
            return False
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        return False
    return True


def sealed(payload: bytes, key: str, secret: str) -> bytes:
    """A payload that only the browser opens whose key and secret these are, under a key and salt used once."""
    from cryptography.hazmat.primitives.asymmetric import ec

    sender = ec.generate_private_key(ec.SECP256R1())
    return sealed_with(payload, decoded(key), decoded(secret), sender=sender, salt=os.urandom(_SALT_BYTES))


def sealed_with(payload: bytes, key: bytes, secret: bytes, *, sender: "EllipticCurvePrivateKey", salt: bytes) -> bytes:
    """The one record of a message: a header of salt, record size and the sender's key, and the payload's cipher.

    Raises ValueError where `key` is no point on the curve, or the payload is longer than MAX_PAYLOAD_BYTES.
    """
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    if len(payload) > MAX_PAYLOAD_BYTES:
        raise ValueError(f"{len(payload)} bytes are more than a push service carries")
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
    ours = sender.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    agreed = derived(sender.exchange(ec.ECDH(), theirs), secret, b"WebPush: info\0" + key + ours, 32)
    content_key = derived(agreed, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = derived(agreed, salt, b"Content-Encoding: nonce\0", 12)
    header = salt + _RECORD_BYTES.to_bytes(4, "big") + len(ours).to_bytes(1, "big") + ours
    return header + AESGCM(content_key).encrypt(nonce, payload + _LAST_RECORD, None)


def derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """A key of so many bytes that follows from a secret. Source: RFC 5869, with SHA-256."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), length, salt, info).derive(secret)
