"""Where a task is reached by the other tasks, and the key it must prove to hold there."""

import socket
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A task's door for other tasks. `certificate` is the SHA-256 of its certificate (DER), in hexadecimal."""

    host: str
    port: int
    certificate: str


def own_address(listening_on: str) -> str:
    """What other tasks call this machine: where we listen, or its own address where we listen everywhere.

    On Fargate a task's host name leads to the address of its network interface.
    """
    return socket.gethostbyname(socket.gethostname()) if listening_on in {"0.0.0.0", "::"} else listening_on  # noqa: S104
