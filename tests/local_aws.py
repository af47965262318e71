"""A pytest plugin: one real local AWS a session, its resources deployed from infra/data.yaml.

A test that needs a clean table makes itself a fresh tenant; nothing is ever reset between tests of a module.
"""

import os
import socket
import subprocess
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv-aws" / "bin" / "python"
PUBLIC_ORIGIN = "http://localhost:8480"
_PATIENCE_S = 30
_INDEXES = "GlobalSecondaryIndexes"
_OF_AN_INDEX = ("IndexName", "KeySchema", "Projection")


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalAws:
    """Where the local AWS listens, what the stack is called there, and the variables our processes read."""

    endpoint: str
    outputs: dict[str, str]
    environment: dict[str, str] = field(repr=False)

    def client(self, service: str) -> Any:
        """A stock botocore client, without the tenant guard."""
        from dev import stack

        return stack.client(service, self.endpoint)


@pytest.fixture(scope="session")
def bare_local_aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The endpoint of a local AWS that holds nothing yet."""
    with serving(tmp_path_factory.mktemp("aws") / "log") as endpoint:
        yield endpoint


@pytest.fixture(scope="session")
def local_aws(bare_local_aws: str) -> Iterator[LocalAws]:
    """The local AWS with our resources; its variables are set, so that chalicelib.settings reads them."""
    from chalicelib import settings
    from dev import local_secrets, stack

    secrets = local_secrets.fresh()
    outputs = stack.deploy(bare_local_aws, public_origin=PUBLIC_ORIGIN)
    variables = stack.environment(bare_local_aws, outputs, secrets, public_origin=PUBLIC_ORIGIN)
    variables |= stack.api_environment(secrets)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        settings.current.cache_clear()
        yield LocalAws(endpoint=bare_local_aws, outputs=outputs, environment=variables)
    settings.current.cache_clear()


@contextmanager
def table_of_its_own(aws: LocalAws) -> Iterator[None]:
    """An empty table like the deployed one, for the tests of a module.

    What other modules left would make each walk of the whole table long, and would all be done where days pass.
    """
    from chalicelib import settings

    dynamodb = aws.client("dynamodb")
    deployed = dynamodb.describe_table(TableName=aws.outputs["TableName"])["Table"]
    made = dynamodb.create_table(
        TableName=f"{deployed['TableName']}-{uuid.uuid4().hex}",
        BillingMode="PAY_PER_REQUEST",
        GlobalSecondaryIndexes=[{name: index[name] for name in _OF_AN_INDEX} for index in deployed[_INDEXES]],
        **{name: deployed[name] for name in ("AttributeDefinitions", "KeySchema", "StreamSpecification")},
    )["TableDescription"]
    with pytest.MonkeyPatch.context() as patch:
        for name, output in (("TableName", "TableName"), ("LatestStreamArn", "TableStreamArn")):
            patch.setitem(aws.outputs, output, made[name])
        for name, variable in (("TableName", "WIREROOM_TABLE"), ("LatestStreamArn", "WIREROOM_STREAM_ARN")):
            patch.setitem(aws.environment, variable, made[name])
            patch.setenv(variable, made[name])
        settings.current.cache_clear()
        yield
    settings.current.cache_clear()
    dynamodb.delete_table(TableName=made["TableName"])


@contextmanager
def serving(log: Path, *arguments: str) -> Iterator[str]:
    """A local AWS of its own on a free port, and its endpoint; it ends with this block or with this process."""
    port = free_port()
    with log.open("wb") as output:
        server = subprocess.Popen(
            [PYTHON, "-m", "dev.guarded", "dev.aws.server", "--with-parent", "--port", str(port), *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            env={"PATH": os.environ["PATH"], "HOME": str(log.parent), "TMPDIR": str(log.parent)},
        )
    try:
        endpoint = f"http://127.0.0.1:{port}"
        _await_answer(server, endpoint, log)
        yield endpoint
    finally:
        server.communicate(timeout=_PATIENCE_S)


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await_answer(server: subprocess.Popen[bytes], endpoint: str, log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{endpoint}/_ministack/health", timeout=1):  # noqa: S310
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"the local AWS did not start; `make tools` installs it. Its log: {log.read_text()[-2000:]}")
