"""The way to Telegram through a member's own proxy, SOCKS5 or MTProxy. A line that has a proxy has no other way.

python-socks is imported with the first proxy: a task whose members have none does without. Sources: RFC 1928, RFC 1929.
"""

import asyncio
import socket
from dataclasses import dataclass
from functools import partial
from ipaddress import IPv4Address
from typing import Final

from chalicelib.features.accounts.model import Proxy, ProxySecret
from session_worker.telegram import masquerade
from session_worker.telegram.disguise import Disguise, Masqueraded, Obfuscated
from session_worker.telegram.outcomes import ProxyNotAllowed, ProxyRefusedLogin, ProxyUnreachable

_THIS_MACHINE: Final = {"127.0.0.1": IPv4Address("127.0.0.1"), "localhost": IPv4Address("127.0.0.1")}


@dataclass(frozen=True, slots=True)
class Way:
    """An open socket that leads to Telegram, and what all bytes on it go through. Whoever asked for it owns it."""

    socket: socket.socket
    disguise: Disguise | None = None


@dataclass(frozen=True, slots=True)
class DataCentreAt:
    """Where a line is to lead: a SOCKS5 proxy is told the address, an MTProxy the number."""

    id: int
    host: str
    port: int


async def through(proxy: Proxy, there: DataCentreAt, *, timeout_s: float, is_loopback_only: bool) -> Way:
    """A way that leads there through the proxy.

    The proxy's name is resolved once, to IPv4, as the tasks' network has no other way out; what it leads to is checked
    and spoken to by that address, so that a name can't lead elsewhere in between. `is_loopback_only`: without
    credentials at Telegram an installation speaks to its own machine alone and asks nobody for names, with them to
    anything but.

    Raises:
        ProxyNotAllowed: nothing was sent anywhere.
        ProxyRefusedLogin, ProxyUnreachable: there is no line.
    """
    try:
        async with asyncio.timeout(timeout_s):
            address = _THIS_MACHINE.get(proxy.host) if is_loopback_only else await _address_of(proxy)
            if address is None or not may_speak_to(address, is_loopback_only=is_loopback_only):
                raise ProxyNotAllowed
            if proxy.secret is None:
                return Way(await _through_socks(proxy, address, there))
            return await _through_mtproxy(ProxySecret.of(proxy.secret), address, proxy.port, there.id)
    except (OSError, TimeoutError, ValueError):  # ValueError: an answer that no such proxy gives, or a name of none
        raise ProxyUnreachable from None


async def _through_socks(proxy: Proxy, address: IPv4Address, there: DataCentreAt) -> socket.socket:
    from python_socks import ProxyError, ProxyType
    from python_socks.async_.asyncio import Proxy as Socks

    way = Socks(ProxyType.SOCKS5, str(address), proxy.port, proxy.username, proxy.password)
    try:
        return await way.connect(there.host, there.port)
    except ProxyError as refusal:
        raise (ProxyRefusedLogin() if _is_about_login(refusal) else ProxyUnreachable()) from None


async def _through_mtproxy(secret: ProxySecret, address: IPv4Address, port: int, dc_id: int) -> Way:
    """A wrong secret is told by no proxy: it answers as the site it pretends to be, or not at all."""
    loop = asyncio.get_running_loop()
    way = socket.socket()
    try:
        way.setblocking(False)
        await loop.sock_connect(way, (str(address), port))
        if not secret.domain:
            return Way(way, Obfuscated(secret, dc_id))
        hello = masquerade.greeting(secret)
        await loop.sock_sendall(way, hello)
        try:
            await masquerade.hear_answer(secret, hello, partial(_read_exactly, way))
        except ValueError:
            raise ProxyRefusedLogin from None
    except BaseException:
        way.close()
        raise
    return Way(way, Masqueraded(secret, dc_id))


async def _read_exactly(way: socket.socket, count: int) -> bytes:
    loop, read = asyncio.get_running_loop(), b""
    while len(read) < count:
        chunk = await loop.sock_recv(way, count - len(read))
        if not chunk:
            raise ConnectionError("the proxy closed the line")
        read += chunk
    return read


async def _address_of(proxy: Proxy) -> IPv4Address:
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(proxy.host, proxy.port, family=socket.AF_INET, type=socket.SOCK_STREAM)
    return IPv4Address(found[0][4][0])


def may_speak_to(address: IPv4Address, *, is_loopback_only: bool) -> bool:
    """Whether a proxy may stand there: our own network and its metadata service (169.254.169.254) are none."""
    return address.is_loopback if is_loopback_only else address.is_global and not address.is_multicast


def _is_about_login(refusal: Exception) -> bool:
    """A refused login has no code of its own in python-socks, only words."""
    return getattr(refusal, "error_code", None) is None and "authentication" in str(refusal)
