"""Where the local product listens and what it keeps where, read from the environment in one place."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = "127.0.0.1"
STRIPE_PAGES = "/dev/stripe"
"""Where the edge shows the pages of the local Stripe."""


class BadSetting(Exception):
    """A variable has a value we can't use; the message is for the person who set it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """Each is overridden by WIREROOM_PORT_<NAME>."""

    edge: int = 8480
    api: int = 8481
    worker: int = 8482
    aws: int = 8483
    telegram_dc2: int = 8484
    telegram_dc4: int = 8485
    telegram_control: int = 8486
    identity_provider: int = 8487
    stripe: int = 8488


@dataclass(frozen=True, slots=True, kw_only=True)
class DevSettings:
    """The local product's addresses and folders."""

    ports: Ports
    second_worker: int | None
    local: Path
    web_dist: Path
    venv_python: Path
    aws_python: Path

    @property
    def public_origin(self) -> str:
        """The one origin that people open."""
        return f"http://localhost:{self.ports.edge}"

    @property
    def aws_endpoint(self) -> str:
        """The local AWS."""
        return f"http://{LOOPBACK}:{self.ports.aws}"

    @property
    def telegram_control(self) -> str:
        """The emulator's control door."""
        return f"http://{LOOPBACK}:{self.ports.telegram_control}"

    @property
    def identity_provider(self) -> str:
        """Whom people sign in with instead of Google and the others; browsers go there, so it is called localhost."""
        return f"http://localhost:{self.ports.identity_provider}"

    @property
    def stripe(self) -> str:
        """The local Stripe."""
        return f"http://{LOOPBACK}:{self.ports.stripe}"

    @property
    def worker_ports(self) -> tuple[int, ...]:
        """Where the session worker's tasks listen: one, or two where a port is set for a second."""
        return (self.ports.worker,) if self.second_worker is None else (self.ports.worker, self.second_worker)

    @property
    def logs(self) -> Path:
        """One file a process."""
        return self.local / "logs"

    @property
    def generations(self) -> Path:
        """Snapshots of table, bucket, emulator and local Stripe, each of one moment."""
        return self.local / "generations"


def read(environment: Mapping[str, str] | None = None) -> DevSettings:
    """Settings from an environment, this process's own unless another is given.

    Raises:
        BadSetting: naming the variable.
    """
    variables = os.environ if environment is None else environment
    return DevSettings(
        ports=_ports(variables),
        second_worker=_second_worker(variables),
        local=Path(variables.get("WIREROOM_LOCAL", ROOT / ".local")),
        web_dist=Path(variables.get("WIREROOM_WEB_DIST", ROOT / "web" / "dist")),
        venv_python=ROOT / ".venv" / "bin" / "python",
        aws_python=ROOT / ".venv-aws" / "bin" / "python",
    )


def _ports(variables: Mapping[str, str]) -> Ports:
    chosen = {}
    for field in fields(Ports):
        name = f"WIREROOM_PORT_{field.name.upper()}"
        if name in variables:
            chosen[field.name] = _port(name, variables[name])
    ports = Ports(**chosen)
    numbers = [getattr(ports, field.name) for field in fields(Ports)]
    if len(set(numbers)) < len(numbers):
        raise BadSetting("Two of WIREROOM_PORT_* name the same port; each process needs its own.")
    return ports


def _second_worker(variables: Mapping[str, str]) -> int | None:
    name = "WIREROOM_SECOND_WORKER"
    return _port(name, variables[name]) if variables.get(name) else None


def _port(name: str, text: str) -> int:
    if text.isascii() and text.isdecimal() and 0 < int(text) < 65536:
        return int(text)
    raise BadSetting(f"{name}={text!r} is not a port; give a number from 1 to 65535.")
