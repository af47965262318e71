"""Faults on demand: what the provider does wrong with the next requests."""

from enum import StrEnum


class Fault(StrEnum):
    """One thing gone wrong. Those of ID tokens strike when one is made, the others when an endpoint is asked.

    OTHER_DIRECTORY has the keys say that they sign for another of Microsoft's directories.
    """

    WRONG_NONCE = "wrong-nonce"
    NO_NONCE = "no-nonce"
    WRONG_AUDIENCE = "wrong-audience"
    WRONG_ISSUER = "wrong-issuer"
    EXPIRED = "expired"
    FOREIGN_KEY = "foreign-key"
    UNSIGNED = "unsigned"
    SYMMETRIC = "symmetric"
    NO_ID_TOKEN = "no-id-token"
    OTHER_DISCOVERY = "other-discovery"
    OTHER_DIRECTORY = "other-directory"
    NONSENSE = "nonsense"
    TOO_LARGE = "too-large"
    ELSEWHERE = "elsewhere"
    AWAY = "away"
    SLOW = "slow"


class Faults:
    """The faults still to come."""

    def __init__(self) -> None:
        self._left: dict[Fault, int] = {}

    def add(self, fault: Fault, times: int = 1) -> None:
        """Let it strike so many times."""
        self._left[fault] = times

    def clear(self) -> None:
        """Do everything right again."""
        self._left.clear()

    def strikes(self, fault: Fault) -> bool:
        """Whether it strikes now; that uses it up once."""
        left = self._left.get(fault, 0)
        if left:
            self._left[fault] = left - 1
        return left > 0
