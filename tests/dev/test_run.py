"""`make run` as a process: it starts, refuses, stops in time, notices deaths, and comes back after a kill."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from dev import orphans, snapshots, stack
from dev.settings import Ports
from tests.local_aws import ROOT, free_port

PATIENCE_S = 30
NAMES = tuple(field.name.upper() for field in fields(Ports))


class Checkout:
    """A folder and ports of its own, in which runs follow one another."""

    def __init__(self, folder: Path) -> None:
        self.local = folder / "local"
        self.ports = {name: free_port() for name in NAMES}
        self.environment = os.environ | {
            "WIREROOM_LOCAL": str(self.local),
            "PYTHONPATH": str(ROOT),
            "SNAPSHOT_EVERY_S": "0.3",
            **{f"WIREROOM_PORT_{name}": str(port) for name, port in self.ports.items()},
        }
        self.endpoint = f"http://127.0.0.1:{self.ports['AWS']}"
        self.table, self.bucket = stack.client("dynamodb", self.endpoint), stack.client("s3", self.endpoint)
        self.control = f"http://127.0.0.1:{self.ports['TELEGRAM_CONTROL']}"
        self.last = 0

    def begin(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, ROOT / "tests" / "dev" / "run_with_stand_ins.py"],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    @contextmanager
    def running(self) -> Iterator[subprocess.Popen[str]]:
        run = self.begin()
        try:
            said_until(run, "ready")
            yield run
        finally:
            run.send_signal(signal.SIGINT)
            run.communicate(timeout=PATIENCE_S)
            orphans.Register(self.local, "").end_leftovers()

    def children(self) -> list[int]:
        return [int(pid) for pid in json.loads((self.local / "processes.json").read_text())]

    def remember(self, number: int) -> None:
        """Write a number into the table, then the bucket, then the emulator."""
        self.table.put_item(
            TableName="wireroom-local", Item={"pk": {"S": "P"}, "sk": {"S": "S"}, "n": {"N": str(number)}}
        )
        self.bucket.put_object(Bucket="wireroom-local-files-000000000000", Key="n", Body=str(number).encode())
        person = next(each for each in self._ask("/people") if each["places"])
        words = json.dumps({"to": person["places"][0]["id"], "text": f"number {number}"}).encode()
        eventually(lambda: self._was_taken(f"/people/{person['user_id']}/say", words))
        self.last = number

    def remembered(self) -> tuple[int, int, int]:
        """The numbers in the table, the bucket and the emulator."""
        row = self.table.get_item(TableName="wireroom-local", Key={"pk": {"S": "P"}, "sk": {"S": "S"}})["Item"]
        kept = self.bucket.get_object(Bucket="wireroom-local-files-000000000000", Key="n")["Body"].read()
        said = [number for number in range(self.last + 1) if self._ask(f"/messages?text=number%20{number}")]
        return int(row["n"]["N"]), int(kept), max(said)

    def saved_anew(self) -> None:
        """Wait until a snapshot counts that began after this was asked: the second new one at the latest."""
        generations = snapshots.Generations(self.local / "generations")
        for _ in range(2):
            before = generations.current()
            eventually(partial(_is_newer, generations, before))

    def _was_taken(self, path: str, body: bytes) -> bool:
        """The emulator takes nothing while a snapshot is made of it."""
        try:
            self._ask(path, body)
        except urllib.error.HTTPError as refusal:
            refusal.close()
            return False
        return True

    def _ask(self, path: str, body: bytes | None = None) -> Any:
        asked = urllib.request.Request(self.control + path, body, {"Content-Type": "application/json"})  # noqa: S310
        with urllib.request.urlopen(asked, timeout=5) as answered:  # noqa: S310
            return json.load(answered)


def _is_newer(generations: snapshots.Generations, than: Path | None) -> bool:
    return generations.current() != than


def said_until(run: subprocess.Popen[str], line: str) -> list[str]:
    assert run.stdout is not None
    said: list[str] = []
    for spoken in run.stdout:
        said.append(spoken.rstrip("\n"))
        if line in spoken:
            return said
    raise AssertionError(f"never said {line!r}: {said}")


def eventually(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline, "did not come true"
        time.sleep(0.05)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_ctrl_c_stops_every_process_and_keeps_what_was_written(checkout: Checkout) -> None:
    with checkout.running() as run:
        checkout.remember(1)
        children = checkout.children()
        assert len(children) == 8
        run.send_signal(signal.SIGINT)
        assert run.wait(timeout=PATIENCE_S) == 0
        assert not any(map(orphans.began, children))
    with checkout.running():
        assert checkout.remembered() == (1, 1, 1)


def test_after_a_kill_of_everything_table_bucket_and_emulator_come_back_from_one_moment(checkout: Checkout) -> None:
    with checkout.running() as run:
        checkout.remember(1)
        checkout.saved_anew()
        for number in range(2, 30):
            checkout.remember(number)
        children = checkout.children()
        run.kill()
        for pid in children:
            os.kill(pid, signal.SIGKILL)
        run.wait(timeout=PATIENCE_S)
    with checkout.running():
        table, bucket, emulator = checkout.remembered()
        assert table >= bucket >= emulator >= table - 1


def test_processes_that_outlived_a_kill_are_ended_by_the_next_run(checkout: Checkout) -> None:
    with checkout.running() as run:
        run.kill()
        run.wait(timeout=PATIENCE_S)
        left = checkout.children()
        assert all(map(orphans.began, left))
        with checkout.running():
            assert not any(map(orphans.began, left))


def test_a_second_run_is_refused_with_one_sentence_and_the_first_goes_on(checkout: Checkout) -> None:
    with checkout.running() as first:
        second = checkout.begin()
        said, _ = second.communicate(timeout=PATIENCE_S)
        assert second.returncode == 1
        assert said == (
            f"Wireroom already runs from this checkout (process {first.pid}, "
            f"http://localhost:{checkout.ports['EDGE']}); stop that one first.\n"
        )
        assert first.poll() is None


def test_a_taken_port_is_named_with_the_variable_that_moves_ours(checkout: Checkout) -> None:
    with socket.create_server(("127.0.0.1", checkout.ports["API"])):
        run = checkout.begin()
        said, _ = run.communicate(timeout=PATIENCE_S)
    assert run.returncode == 1
    assert said == (
        f"Port {checkout.ports['API']} (the API) is taken by another program; "
        "end it, or set WIREROOM_PORT_API to a free one.\n"
    )


def test_a_worker_that_dies_is_started_again(checkout: Checkout) -> None:
    with checkout.running() as run:
        worker = _pid_listening_as("worker", checkout)
        os.kill(worker, signal.SIGKILL)
        assert said_until(run, "worker ended")[-1] == "worker ended (SIGKILL); starting it again in 0.2 s"
        eventually(lambda: len(checkout.children()) == 7 and worker not in checkout.children())
        assert run.poll() is None


def test_another_process_that_dies_stops_the_run_and_is_named(checkout: Checkout) -> None:
    with checkout.running() as run:
        checkout.remember(1)
        os.kill(_pid_listening_as("api", checkout), signal.SIGKILL)
        said = said_until(run, "Stopped, since")
        assert said[-1].startswith("Stopped, since api ended (SIGKILL): its log is ")
        assert run.wait(timeout=PATIENCE_S) == 1
        assert checkout.children() == []
    with checkout.running():
        assert checkout.remembered() == (1, 1, 1)


def test_secrets_are_made_once_and_for_their_owner_alone(checkout: Checkout) -> None:
    secrets = checkout.local / "secrets.json"
    with checkout.running():
        made = secrets.read_text()
        assert secrets.stat().st_mode & 0o777 == 0o600
    with checkout.running():
        assert secrets.read_text() == made


def _pid_listening_as(name: str, checkout: Checkout) -> int:
    port = str(checkout.ports[name.upper()])
    for pid in checkout.children():
        if port in Path(f"/proc/{pid}/cmdline").read_text().split("\0"):
            return pid
    raise AssertionError(f"no process of {name}")
