"""The door for other tasks: TLS under a key made when the task starts, whose fingerprint stands in the task's row."""

import hashlib
import ssl
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from chalicelib.logs import log
from session_worker.connections.places import Place, own_address

PATH: Final = "/live/forwarded"
HEALTH: Final = "/live/health"
SHARD: Final = "X-Wireroom-Shard"
"""`7@12`: the shard a conversation is for, and the epoch the sender believes we hold it at."""
_LIFE: Final = timedelta(days=365)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class SideDoor:
    """Listens for other tasks until it is closed."""

    def __init__(self) -> None:
        self._runner: web.AppRunner | None = None

    async def open(self, host: str, port: int, *, forwarded: Handler, health: Handler) -> Place:
        """Listen under a new key; gives what the others must know of this door."""
        application = web.Application()
        application.router.add_get(PATH, forwarded)
        application.router.add_get(HEALTH, health)
        self._runner = web.AppRunner(application, access_log=None, handle_signals=False, shutdown_timeout=3)
        await self._runner.setup()
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = own_certificate(key)
        await web.TCPSite(self._runner, host, port, ssl_context=_context(key, certificate)).start()
        listening: int = self._runner.addresses[0][1]
        log.info("side_door.listening", host=host, port=listening)
        return Place(host=own_address(host), port=listening, certificate=fingerprint(certificate).hex())

    async def close(self) -> None:
        """Listen no longer; conversations under way end with their sockets."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None


def own_certificate(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    """A certificate that only its fingerprint vouches for."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "wireroom task")])
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _LIFE)
        .sign(key, hashes.SHA256())
    )


def fingerprint(certificate: x509.Certificate) -> bytes:
    """What pins it: the SHA-256 of the whole certificate."""
    return hashlib.sha256(certificate.public_bytes(serialization.Encoding.DER)).digest()


def _context(key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> ssl.SSLContext:
    """OpenSSL reads keys from files alone: only we may read this one, gone at once (on Fargate in memory)."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
        context.load_cert_chain(file.name)
    return context
