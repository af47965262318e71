"""The guard: a process that installs it can talk to nobody but this machine.

It sees what Python's `socket` module does. uvloop resolves and connects in C, where there are no audit events; what
runs on uvloop has to choose its addresses itself.
"""

import ipaddress
import socket
import sys
from typing import Any

_OUTBOUND = ("socket.connect", "socket.sendto", "socket.sendmsg")
_LOOKUPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
_INTERNET = (socket.AF_INET, socket.AF_INET6)
_installed = False


class ForeignAddress(RuntimeError):
    """Something tried to reach another machine. Not an OSError, so that no retry takes it for a lost connection."""

    def __init__(self, attempt: str, host: object) -> None:
        super().__init__(
            f"{attempt} to {host!r} was refused: this process may only talk to loopback addresses (dev/loopback.py)"
        )


def refuse_all_but_loopback() -> None:
    """From now on, and until the process ends, reaching out beyond loopback raises ForeignAddress where it is tried.

    Sockets of this machine's own kinds (AF_UNIX and the like) are left alone, and so is listening.
    """
    global _installed
    if not _installed:
        sys.addaudithook(_watch)
        _installed = True


def is_loopback(host: str | bytes | None) -> bool:
    """Whether a host name or address is this machine. None and "" are what listeners pass for "any"."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host or "localhost"
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Called for every audit event of the process, so the common case is one comparison."""
    if not event.startswith("socket."):
        return
    if event in _OUTBOUND:
        _watch_outbound(event, *arguments)
    elif event in _LOOKUPS and not (is_loopback(arguments[0]) or _is_unspecified(arguments[0])):
        raise ForeignAddress(event, arguments[0])


def _watch_outbound(event: str, origin: socket.socket, address: Any) -> None:
    if address is None or origin.family not in _INTERNET:  # None: on a connected socket, which was watched then
        return
    if not is_loopback(address[0]):
        raise ForeignAddress(event, address[0])


def _is_unspecified(host: str | bytes) -> bool:
    """Whether it is the address of a listener on all interfaces; looking that up asks nobody."""
    return host in ("0.0.0.0", "::", b"0.0.0.0", b"::")  # noqa: S104 - compared with, not bound to
