"""Passwords that cost the suite a hundredth of what they cost an installation, hashed by the same library."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest

from chalicelib.adapters import passwords

AS_INSTALLED: Final = {name: getattr(passwords, name) for name in ("MEMORY_KIB", "PASSES", "NOBODYS_HASH")}
"""What people's passwords really cost."""
_QUICK: Final = {
    "MEMORY_KIB": 64,
    "PASSES": 1,
    "NOBODYS_HASH": "$argon2id$v=19$m=64,t=1,p=1$GXPIBegtOMFYOyjFKTeY1w$BiIQVx4sO4AtLUOQvaZlaFZOM4dzxaPee2E3pGz8ntQ",
}


@contextmanager
def quick() -> Iterator[None]:
    """People sign up and in hundreds of times here; that one password takes 20 ms is no matter of theirs."""
    with _costing(_QUICK):
        yield


@contextmanager
def as_installed() -> Iterator[None]:
    """For tests of the cost itself."""
    with _costing(AS_INSTALLED):
        yield


@contextmanager
def _costing(costs: dict[str, object]) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in costs.items():
            patch.setattr(passwords, name, value)
        passwords._hasher.cache_clear()
        yield
    passwords._hasher.cache_clear()
