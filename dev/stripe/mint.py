"""Ids as Stripe's look. The same seed gives the same ids in the same order, so that a test can foretell them."""

import hashlib

_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_LENGTHS = {"cus_": 14, "prod_": 14, "si_": 14, "req_": 14, "cs_test_": 58}
_LENGTH = 24


def minted(seed: str, number: int, prefix: str) -> str:
    """The id that is `number`th in a world with that seed."""
    left = int.from_bytes(hashlib.sha512(f"{seed}#{number}#{prefix}".encode()).digest(), "big")
    letters = []
    for _ in range(_LENGTHS.get(prefix, _LENGTH)):
        left, place = divmod(left, len(_LETTERS))
        letters.append(_LETTERS[place])
    return prefix + "".join(letters)
