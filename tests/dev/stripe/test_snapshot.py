"""What comes back after a restart, and the process by itself."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import stripe

from dev.stripe.__main__ import KEY as KEY_VARIABLE
from dev.stripe.__main__ import WEBHOOK_SECRETS
from dev.stripe.service import Setup, serving
from dev.stripe.snapshot import SnapshotUnreadable
from tests.dev.stripe.beside import KEY, SECRET, a_listener, a_stripe
from tests.dev.stripe.conftest import Shop
from tests.local_aws import ROOT, free_port

PATIENCE_S = 20


def test_everything_comes_back_and_goes_on(tmp_path: Path) -> None:
    state = tmp_path / "stripe.json"
    with a_stripe() as beside:
        shop = Shop(beside)
        made = shop.subscribe(shop.customer(), ("pro_month", 2))
        beside.pass_days(10)
        beside.client.v1.customers.create({"name": "Ada"}, {"idempotency_key": "command-1"})
        beside.control("POST", "/snapshot", {"file": str(state)})
        known = shop.read(made).to_dict()
        now = beside.control("GET", "/clock")["now"]
    with a_stripe(state=state) as beside:
        shop = Shop(beside)
        assert shop.read(made).to_dict() == known
        assert abs(beside.control("GET", "/clock")["now"] - now) < PATIENCE_S
        again = beside.client.v1.customers.create({"name": "Ada"}, {"idempotency_key": "command-1"})
        assert len(beside.client.v1.customers.list().data) == 2
        assert beside.client.v1.customers.create({"name": "Bob"}).id != again.id
        beside.pass_days(22)
        assert shop.last_invoice(made).billing_reason == "subscription_cycle"


@pytest.mark.parametrize("content", [b"", b'{"seed": 1}', b"\x00"])
async def test_a_file_that_is_no_snapshot_is_refused(tmp_path: Path, content: bytes) -> None:
    state = tmp_path / "stripe.json"
    state.write_bytes(content)
    with pytest.raises(SnapshotUnreadable):
        async with serving(Setup(key=KEY, state=state)):
            pass
    assert state.read_bytes() == content


def test_while_it_stands_still_requests_wait() -> None:
    with a_stripe() as beside:
        beside.control("POST", "/freeze")
        impatient = stripe.RequestsClient(timeout=1)
        client = stripe.StripeClient(
            KEY, base_addresses={"api": beside.address}, http_client=impatient, max_network_retries=0
        )
        with pytest.raises(stripe.APIConnectionError):
            client.v1.customers.create({"name": "Ada"})
        impatient.close()  # type: ignore[no-untyped-call]
        beside.control("POST", "/thaw")
        beside.client.v1.customers.create({"name": "Bob"})
        assert [each.name for each in beside.client.v1.customers.list().data] == ["Bob"]


def test_the_process_listens_on_loopback_delivers_and_keeps_its_state_at_the_end(tmp_path: Path) -> None:
    port, state = free_port(), tmp_path / "stripe.json"
    with a_listener() as listener:
        arguments = [str(port), "--endpoint", listener.url, "--state", str(state), "--pages", "http://localhost/pages"]
        process = begin(arguments, {KEY_VARIABLE: KEY, WEBHOOK_SECRETS: f"{SECRET},whsec_next"})
        try:
            address = await_answer(port)
            http = stripe.RequestsClient()
            client = stripe.StripeClient(KEY, base_addresses={"api": address}, http_client=http)
            client.v1.customers.create({"name": "Ada"})
            assert [each.lookup_key for each in client.v1.prices.list().data][:2] == ["extra_year", "extra_month"]
            http.close()  # type: ignore[no-untyped-call]
            until = time.monotonic() + PATIENCE_S
            while not listener.received and time.monotonic() < until:
                time.sleep(0.01)
            assert listener.types() == ["customer.created"]
        finally:
            process.send_signal(signal.SIGTERM)
            _, said = process.communicate(timeout=PATIENCE_S)
        assert (process.returncode, said) == (0, b"")
    with a_stripe(state=state) as beside:
        assert [each.name for each in beside.client.v1.customers.list().data] == ["Ada"]


def test_without_its_key_the_process_says_what_it_needs() -> None:
    process = begin([str(free_port())], {})
    _, said = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 2
    assert said.decode().endswith("STRIPE_STAND_IN_KEY is not set\n")


def test_on_a_taken_port_the_process_says_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = begin([str(taken.getsockname()[1])], {KEY_VARIABLE: KEY})
        _, said = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 2
    assert said.decode().startswith("The local Stripe cannot start: ")


def begin(arguments: list[str], variables: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "dev.stripe", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **variables},
        stderr=subprocess.PIPE,
    )


def await_answer(port: int) -> str:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return f"http://127.0.0.1:{port}"
        except OSError:
            time.sleep(0.05)
    raise AssertionError("never listened")
