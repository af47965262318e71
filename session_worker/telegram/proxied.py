"""The way to Telegram through a member's own SOCKS5 proxy. A line that has a proxy has no other way.

python-socks is imported with the first proxy: a task whose members have none does without. Sources: RFC 1928, RFC 1929.
"""

import asyncio
import socket
from ipaddress import IPv4Address
from typing import Final

from chalicelib.features.accounts.model import Proxy
from session_worker.telegram.outcomes import ProxyNotAllowed, ProxyRefusedLogin, ProxyUnreachable

_THIS_MACHINE: Final = {"127.0.0.1": IPv4Address("127.0.0.1"), "localhost": IPv4Address("127.0.0.1")}


async def through(proxy: Proxy, host: str, port: int, *, timeout_s: float, is_loopback_only: bool) -> socket.socket:
    """A socket that leads to `host` through the proxy; whoever asked owns it.

    The proxy's name is resolved once, to IPv4, as the tasks' network has no other way out; what it leads to is checked
    and spoken to by that address, so that a name can't lead elsewhere in between. `is_loopback_only`: without
    credentials at Telegram an installation speaks to its own machine alone and asks nobody for names, with them to
    anything but.

    Raises:
        ProxyNotAllowed: nothing was sent anywhere.
        ProxyRefusedLogin, ProxyUnreachable: there is no line.
    """
    from python_socks import ProxyError, ProxyType
    from python_socks.async_.asyncio import Proxy as Socks

    try:
        async with asyncio.timeout(timeout_s):
            address = _THIS_MACHINE.get(proxy.host) if is_loopback_only else await _address_of(proxy)
            if address is None or not may_speak_to(address, is_loopback_only=is_loopback_only):
                raise ProxyNotAllowed
            way = Socks(ProxyType.SOCKS5, str(address), proxy.port, proxy.username, proxy.password)
            return await way.connect(host, port)
    except ProxyError as refusal:
        raise (ProxyRefusedLogin() if _is_about_login(refusal) else ProxyUnreachable()) from None
    except (OSError, TimeoutError, ValueError):  # ValueError: an answer that is no SOCKS5, or a name that can't be one
        raise ProxyUnreachable from None


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
