"""The local installation's secrets: made once, kept readable by their owner alone."""

import base64
import hmac
import json
import os
import secrets
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Secrets:
    """Random, of this checkout only, worth nothing elsewhere."""

    pass_private_key: bytes
    cursor_key: bytes
    id_secret: bytes
    origin_secret: str

    @property
    def pass_public_key(self) -> bytes:
        """The 32 bytes that check a gateway pass."""
        private = Ed25519PrivateKey.from_private_bytes(self.pass_private_key)
        return private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def sign_in_secret(self) -> str:
        """What the API shows the identity provider."""
        return hmac.new(self.id_secret, b"identity provider", "sha256").hexdigest()

    @property
    def stripe_key(self) -> str:
        """What the API shows the local Stripe."""
        return f"sk_test_{hmac.new(self.id_secret, b'stripe', 'sha256').hexdigest()}"

    @property
    def stripe_webhook_secret(self) -> str:
        """What the local Stripe signs its events with."""
        return f"whsec_{hmac.new(self.id_secret, b'stripe webhooks', 'sha256').hexdigest()}"

    @property
    def push_private_key(self) -> bytes:
        """The 32 bytes that the local push service knows us by: a scalar of P-256, as hardly any is not."""
        return hmac.digest(self.id_secret, b"push", "sha256")


def fresh() -> Secrets:
    """New secrets."""
    return Secrets(
        pass_private_key=secrets.token_bytes(32),
        cursor_key=secrets.token_bytes(32),
        id_secret=secrets.token_bytes(32),
        origin_secret=secrets.token_urlsafe(32),
    )


def load_or_make(path: Path) -> Secrets:
    """The secrets in a file, which is made with mode 600 when missing or of another shape."""
    try:
        return _from_json(path.read_text())
    except (FileNotFoundError, ValueError, KeyError):
        made = fresh()
        _write(path, made)
        return made


def _from_json(text: str) -> Secrets:
    kept = json.loads(text)
    return Secrets(
        pass_private_key=base64.b64decode(kept["pass_private_key"]),
        cursor_key=base64.b64decode(kept["cursor_key"]),
        id_secret=base64.b64decode(kept["id_secret"]),
        origin_secret=kept["origin_secret"],
    )


def _write(path: Path, made: Secrets) -> None:
    values = asdict(made)
    shown = {
        field.name: base64.b64encode(value).decode() if isinstance(value := values[field.name], bytes) else value
        for field in fields(made)
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(shown, file)
    new.replace(path)
