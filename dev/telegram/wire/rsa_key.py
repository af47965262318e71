"""The data centres' RSA key: what a client trusts before it has a key of its own."""

from pathlib import Path

import rsa
from telethon.crypto import rsa as telethon_rsa

KEYS = Path(__file__).parent.parent / "keys"
PUBLIC_PEM = KEYS / "public.pem"
PRIVATE_PEM = KEYS / "private.pem"


class ServerKey:
    """The fixed test key of `keys/`. Making a new one takes 1.7 to 7 s in pure Python, reading it under 1 ms."""

    def __init__(self) -> None:
        self._private = rsa.PrivateKey.load_pkcs1(PRIVATE_PEM.read_bytes())
        self.modulus: int = self._private.n
        self.exponent: int = self._private.e
        self.fingerprint: int = telethon_rsa._compute_fingerprint(self._private)

    def decrypt(self, block: bytes) -> bytes:
        """The 256 bytes inside, unpadded; by the remainder theorem, a quarter of the plain power's cost."""
        key, number = self._private, int.from_bytes(block, "big")
        by_p = pow(number % key.p, key.exp1, key.p)
        by_q = pow(number % key.q, key.exp2, key.q)
        return int(by_q + key.q * ((key.coef * (by_p - by_q)) % key.p)).to_bytes(256, "big")
