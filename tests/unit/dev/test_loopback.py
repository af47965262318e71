"""The guard against talking to other machines. In processes of their own: an audit hook cannot be taken back."""

import subprocess
import sys

import pytest

from dev.loopback import is_loopback

PREFACE = """
import asyncio, socket
from dev.loopback import refuse_all_but_loopback, ForeignAddress
refuse_all_but_loopback()
refuse_all_but_loopback()
"""
FOREIGN = "192.0.2.1"  # kept free for documentation: nobody has it


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", PREFACE + code], capture_output=True, text=True, timeout=20)


@pytest.mark.parametrize(
    "attempt",
    [
        f"socket.socket().connect(({FOREIGN!r}, 443))",
        f"socket.socket().connect_ex(({FOREIGN!r}, 443))",
        f"socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ({FOREIGN!r}, 53))",
        f"socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendmsg([b'x'], [], 0, ({FOREIGN!r}, 53))",
        "socket.socket(socket.AF_INET6).connect(('2001:db8::1', 443))",
        "socket.getaddrinfo('telegram.example', 443)",
        "socket.gethostbyname('telegram.example')",
        f"socket.create_connection(({FOREIGN!r}, 443), 1)",
        f"asyncio.run(asyncio.open_connection({FOREIGN!r}, 443))",
        "asyncio.run(asyncio.open_connection('telegram.example', 443))",
    ],
)
def test_reaching_another_machine_is_refused_with_a_clear_error(attempt: str) -> None:
    ended = run(attempt)
    assert ended.returncode == 1
    assert "ForeignAddress" in ended.stderr
    assert "may only talk to loopback" in ended.stderr


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_reached(host: str) -> None:
    ended = run(
        f"""
server = socket.create_server(("127.0.0.1", 0))
socket.create_connection(({host!r}, server.getsockname()[1]), 5).close()
left, right = socket.socketpair()
left.sendall(b"x")
print(right.recv(1))
"""
    )
    assert ended.stdout.strip() == "b'x'", ended.stderr


def test_listening_on_every_address_is_left_alone() -> None:
    assert run("asyncio.run(asyncio.sleep(0)); print(socket.getaddrinfo('0.0.0.0', 0)[0][4][0])").stdout == "0.0.0.0\n"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "localhost", "a.localhost", None]
)
def test_this_machine_s_names_are_known(host: str | None) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "localhost.example", "127.0.0.1.example", "10.0.0.1"])
def test_other_machines_names_are_not_taken_for_it(host: str) -> None:
    assert not is_loopback(host)
