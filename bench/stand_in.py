"""The tables the benches speak to: a stand-in with logarithmic queries for reads, the local AWS for transactions."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import botocore.session

from chalicelib import settings
from dev import local_secrets, stack, template

HERE = Path(__file__).resolve().parent
_OWN_NODE = HERE.parent / ".venv-node"
PUBLIC_ORIGIN = "http://localhost:8480"
_PATIENCE_S = 30
_BUCKETS = ("FilesBucketName", "TransitBucketName", "JournalBucketName")
_OUTPUTS = ("TableStreamArn", "KeysTableName", "SealKeyArn", "BillingEventsName", *_BUCKETS)
_PRETENDED = {"TableName": "wireroom-bench"} | dict.fromkeys(_OUTPUTS, "unused")
_PROPERTIES = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")


class NotInstalled(RuntimeError):
    """A program the benches need is missing; the message says what brings it."""


@contextmanager
def reading() -> Iterator[Any]:
    """A table with logarithmic queries; the settings name it. Gives a stock botocore client of it.

    ministack walks a whole partition on each query (81 ms at 5,000 items); dynalite keeps keys in order, and has no
    transactions.
    """
    port = free_port()
    with _process([_node(), str(_dynalite()), "--host", "127.0.0.1", "--port", str(port), "--createTableMs", "0"]):
        endpoint = f"http://127.0.0.1:{port}"
        await_port(port)
        declared = template.load("data")["Resources"]["Table"]["Properties"]
        _use(endpoint, _PRETENDED)
        stock = stock_client()
        stock.create_table(TableName=_PRETENDED["TableName"], **{name: declared[name] for name in _PROPERTIES})
        yield stock


@contextmanager
def writing() -> Iterator[Any]:
    """The local AWS with our resources; the settings name it. Gives a stock botocore client of its table service."""
    port = free_port()
    python = HERE.parent / ".venv-aws" / "bin" / "python"
    server = HERE.parent / "dev" / "aws" / "server.py"
    with _process([str(python), str(server), "--with-parent", "--port", str(port)]):
        endpoint = f"http://127.0.0.1:{port}"
        await_port(port)
        _use(endpoint, stack.deploy(endpoint, public_origin=PUBLIC_ORIGIN))
        yield stock_client()


def stock_client() -> Any:
    """A client as botocore makes it: what the baselines call the table with."""
    here = settings.current()
    return botocore.session.get_session().create_client(
        "dynamodb", region_name=here.region, endpoint_url=here.endpoint_url
    )


def pretended_environment() -> dict[str, str]:
    """Variables that settings are read from where no table is called."""
    return _environment("http://127.0.0.1:9", _PRETENDED)


def _use(endpoint: str, outputs: dict[str, str]) -> None:
    os.environ.update(_environment(endpoint, outputs))
    settings.current.cache_clear()


def _environment(endpoint: str, outputs: dict[str, str]) -> dict[str, str]:
    secrets = local_secrets.fresh()
    variables = stack.environment(endpoint, outputs, secrets, public_origin=PUBLIC_ORIGIN)
    return variables | stack.api_environment(secrets)


@contextmanager
def _process(command: list[str]) -> Iterator[None]:
    with TemporaryDirectory() as folder:
        environment = {"PATH": os.environ["PATH"], "HOME": folder, "TMPDIR": folder}
        server = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
        )
        try:
            yield
        finally:
            server.terminate()
            server.communicate(timeout=_PATIENCE_S)


def _node() -> str:
    """The machine's Node, else the one that was installed for the web app."""
    found = shutil.which("node", path=os.pathsep.join([os.environ["PATH"], str(_OWN_NODE / "alone")]))
    if found is None:
        raise NotInstalled("The benches need Node; `make bench` brings one.")
    return found


def _dynalite() -> Path:
    program = HERE / "node_modules" / "dynalite" / "cli.js"
    if not program.exists():
        raise NotInstalled("The benches' table is not installed; `make bench` does it.")
    return program


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def await_port(port: int) -> None:
    """Wait until something listens. Raises RuntimeError: nothing did in time."""
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the benches' table did not start")
