"""Faults on demand: what goes wrong with the next requests to the API."""

from enum import StrEnum

import msgspec


class Fault(StrEnum):
    """One thing gone wrong. CUT breaks the line before anything happened, CUT_AFTER once it has."""

    SERVER_ERROR = "server-error"
    TOO_MANY = "too-many"
    SLOW = "slow"
    CUT = "cut"
    CUT_AFTER = "cut-after"


class Ordered(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A fault to come: for requests of that method whose path begins so, as often as `times` says."""

    fault: Fault
    method: str = "POST"
    path: str = "/v1/"
    times: int = 1


class Faults:
    """The faults still to come."""

    def __init__(self) -> None:
        self.standing: list[Ordered] = []

    def strikes(self, method: str, path: str) -> Fault | None:
        """What strikes this request; that uses it up once."""
        for each in self.standing:
            if each.times > 0 and each.method == method and path.startswith(each.path):
                each.times -= 1
                return each.fault
        return None
