"""`python -m infra.push_keys`: makes the pair of keys that push services of browsers know an installation by.

Run once by the operator. Whoever makes another pair ends every browser's subscription: each was made for the old one.
"""

import sys

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from chalicelib.adapters.push_cipher import encoded


def public_of(private: bytes) -> str:
    """The public key of a private one's 32 bytes, as browsers take it."""
    key = ec.derive_private_key(int.from_bytes(private, "big"), ec.SECP256R1()).public_key()
    return encoded(key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def main() -> None:
    """Print a fresh pair as the settings want it."""
    scalar = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    private = scalar.to_bytes(32, "big")
    sys.stdout.write(f"WIREROOM_PUSH_PUBLIC_KEY={public_of(private)}\n")
    sys.stdout.write(f"WIREROOM_PUSH_PRIVATE_KEY={encoded(private)}\n")


if __name__ == "__main__":
    main()
