"""Which processes the local product is made of, and what each is told."""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dev import push_service, stack
from dev.identity_provider.__main__ import SECRET as IDENTITY_PROVIDER_SECRET
from dev.identity_provider.server import configuration
from dev.local_secrets import Secrets
from dev.processes import Program
from dev.settings import LOOPBACK, ROOT, STRIPE_PAGES, BadSetting, DevSettings
from dev.stripe.__main__ import KEY as STRIPE_KEY
from dev.stripe.__main__ import WEBHOOK_SECRETS as STRIPE_WEBHOOK_SECRETS
from dev.stripe.objects.shop import PRICES
from dev.telegram_bot import BELOW, LOCAL_NAME, LOCAL_TOKEN
from infra.push_keys import public_of

AWS = "aws"
TELEGRAM = "telegram"
WORKER = "worker"
LIMITS_FACTOR = 10
"""All browsers of this machine come from one address, which in the cloud would be a crowd's."""
STRIPE = "stripe"
STAND_INS = (AWS, TELEGRAM, STRIPE)
IDENTITY_PROVIDER = "identity-provider"
SECOND_WORKER = "second-worker"
SERVICES = ("api", "events", "edge", IDENTITY_PROVIDER, SECOND_WORKER)

_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SSL_CERT_FILE", "PYTHONDONTWRITEBYTECODE", "WIREROOM_LEGAL")
_GUARDED = ("-m", "dev.guarded")
_REAL_TELEGRAM = ("TELEGRAM_API_ID", "TELEGRAM_API_HASH")
_REAL_STRIPE = ("WIREROOM_STRIPE_KEY", "WIREROOM_STRIPE_WEBHOOK_SECRETS", "WIREROOM_STRIPE_PRICES")
_SHARED_ADDRESS = {"WIREROOM_LIMITS_FACTOR": str(LIMITS_FACTOR)}
_GO_ON_WITHOUT_WAITING = {"WIREROOM_BEAT_S": "2", "WIREROOM_ABORT_AFTER_S": "4", "WIREROOM_FENCE_AFTER_S": "8"}
"""Here one task holds every lease, so that after a kill the next need not wait the 40 s the cloud's must."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """The programs of one run. The tests replace some by stand-ins of their own."""

    aws: Program
    telegram: Program
    stripe: Program
    worker: Program
    services: tuple[Program, ...]
    demo: Program


def local_aws(here: DevSettings, begin_from: Path | None) -> Program:
    """The local AWS, as it was in a snapshot's folder when one is given."""
    beginning: list[str | Path] = ["--state", begin_from] if begin_from else []
    live: list[str | Path] = ["--live", here.local / "aws" / "s3"]
    return Program(
        name=AWS,
        command=[here.aws_python, *_GUARDED, "dev.aws.server", "--port", str(here.ports.aws), *live, *beginning],
        environment=_base(),
        folder=ROOT,
        ready_ports=[here.ports.aws],
    )


def telegram(here: DevSettings, state: Path) -> Program:
    """The Telegram emulator: two data centres and the door that plays the phone."""
    ports = here.ports
    centres = ["--dc", f"2={ports.telegram_dc2}", "--dc", f"4={ports.telegram_dc4}"]
    return Program(
        name=TELEGRAM,
        command=[
            *_module("dev.telegram"),
            *centres,
            "--control",
            str(ports.telegram_control),
            "--bot-hook",
            f"http://{LOOPBACK}:{ports.edge}/api/hooks/telegram-bot",
            "--state",
            state,
        ],
        environment=_base(),
        folder=ROOT,
        ready_ports=[ports.telegram_dc2, ports.telegram_dc4, ports.telegram_control],
    )


def stripe(here: DevSettings, secrets: Secrets, state: Path) -> Program:
    """The local Stripe: the API, the pages the edge passes on, and the events it sends the product by the edge."""
    return Program(
        name=STRIPE,
        command=[
            *_module("dev.stripe"),
            str(here.ports.stripe),
            "--pages",
            f"{here.public_origin}{STRIPE_PAGES}",
            "--endpoint",
            f"http://{LOOPBACK}:{here.ports.edge}/api/hooks/stripe",
            "--state",
            state,
        ],
        environment=_base() | {STRIPE_KEY: secrets.stripe_key, STRIPE_WEBHOOK_SECRETS: secrets.stripe_webhook_secret},
        folder=ROOT,
        ready_ports=[here.ports.stripe],
    )


def worker(here: DevSettings, shared: dict[str, str]) -> Program:
    """The session worker; it is started again when it ends, as ECS would."""
    away = speaks_to_telegram_itself(os.environ)
    return Program(
        name=WORKER,
        command=_module("session_worker", leaves=away),
        environment=_base()
        | shared
        | _GO_ON_WITHOUT_WAITING
        | _SHARED_ADDRESS
        | (_real_telegram() if away else _emulated_telegram(here))
        | {"WIREROOM_GATEWAY_HOST": LOOPBACK, "WIREROOM_GATEWAY_PORT": str(here.ports.worker)},
        folder=ROOT,
        ready_ports=[here.ports.worker],
        restart=True,
        stop_within_s=2.5,
    )


def second_worker(here: DevSettings, shared: dict[str, str]) -> tuple[Program, ...]:
    """Another task of the session worker beside the first, where a port is set for one."""
    if here.second_worker is None:
        return ()
    first = worker(here, shared)
    environment = {**first.environment, "WIREROOM_GATEWAY_PORT": str(here.second_worker)}
    return (replace(first, name=SECOND_WORKER, environment=environment, ready_ports=[here.second_worker]),)


def services(here: DevSettings, shared: dict[str, str], secrets: Secrets) -> tuple[Program, ...]:
    """API, events, edge and the identity provider."""
    known_as = {"WIREROOM_SIGN_IN_PROVIDERS": configuration(here.identity_provider, secrets.sign_in_secret)}
    sells = _real_stripe() if (away := speaks_to_stripe_itself(os.environ)) else _local_stripe(here, secrets)
    tells = _local_bot(here) | _local_push(here, secrets)
    full = _base() | shared | stack.api_environment(secrets) | known_as | sells | tells | _SHARED_ADDRESS
    edge = _base() | {"WIREROOM_ORIGIN_SECRET": secrets.origin_secret} | _own_variables()
    return (
        Program(
            name="api",
            command=[*_module("dev.api_server", leaves=away), str(here.ports.api)],
            environment=full,
            folder=ROOT,
            ready_ports=[here.ports.api],
        ),
        Program(
            name="events",
            command=_module("dev.events", leaves=away),
            environment=full,
            folder=ROOT,
            stop_within_s=1.5,
        ),
        Program(name="edge", command=_module("dev.edge"), environment=edge, folder=ROOT, ready_ports=[here.ports.edge]),
        identity_provider(here, secrets),
        *second_worker(here, shared),
    )


def identity_provider(here: DevSettings, secrets: Secrets) -> Program:
    """Google, Microsoft, LinkedIn and Facebook, for whoever signs in with them."""
    port, back_to = here.ports.identity_provider, f"{here.public_origin}/sign-in/return/"
    return Program(
        name=IDENTITY_PROVIDER,
        command=[*_module("dev.identity_provider"), str(port), back_to],
        environment=_base() | {IDENTITY_PROVIDER_SECRET: secrets.sign_in_secret},
        folder=ROOT,
        ready_ports=[port],
    )


def demo(shared: dict[str, str]) -> Program:
    """Makes the demo people and ends."""
    return Program(name="demo", command=_module("dev.demo"), environment=_base() | shared, folder=ROOT)


def speaks_to_telegram_itself(variables: Mapping[str, str]) -> bool:
    """Whether the worker is to leave this machine.

    Raises:
        BadSetting: one of the two variables is set without the other.
    """
    given = [name for name in _REAL_TELEGRAM if variables.get(name)]
    if len(given) == 1:
        raise BadSetting(f"{given[0]} is set alone; speaking to Telegram itself needs {' and '.join(_REAL_TELEGRAM)}.")
    return bool(given)


def speaks_to_stripe_itself(variables: Mapping[str, str]) -> bool:
    """Whether the API is to leave this machine, for an account at Stripe.

    Raises:
        BadSetting: one of the three variables is set without the others.
    """
    given = [name for name in _REAL_STRIPE if variables.get(name)]
    if given and len(given) < len(_REAL_STRIPE):
        raise BadSetting(
            f"Only {' and '.join(given)} is set; speaking to Stripe itself needs {', '.join(_REAL_STRIPE)}."
        )
    return bool(given)


def _real_stripe() -> dict[str, str]:
    return {name: os.environ[name] for name in _REAL_STRIPE}


def _local_stripe(here: DevSettings, secrets: Secrets) -> dict[str, str]:
    shown = (secrets.stripe_key, secrets.stripe_webhook_secret, json.dumps(PRICES))
    return dict(zip(_REAL_STRIPE, shown, strict=True)) | {"WIREROOM_STRIPE_API": here.stripe}


def _local_bot(here: DevSettings) -> dict[str, str]:
    """The reminder bot, whose Bot API is the emulator's."""
    api = f"{here.telegram_control}{BELOW}"
    return {"WIREROOM_BOT_TOKEN": LOCAL_TOKEN, "WIREROOM_BOT_NAME": LOCAL_NAME, "WIREROOM_BOT_API": api}


def _local_push(here: DevSettings, secrets: Secrets) -> dict[str, str]:
    """The keys that browsers subscribe under, and the push service, which is the emulator's."""
    private = secrets.push_private_key
    return {
        "WIREROOM_PUSH_PUBLIC_KEY": public_of(private),
        "WIREROOM_PUSH_PRIVATE_KEY": push_service.encoded(private),
        "WIREROOM_PUSH_SERVICE": f"{here.telegram_control}{push_service.BELOW}",
    }


def _real_telegram() -> dict[str, str]:
    return {name: os.environ[name] for name in _REAL_TELEGRAM}


def _emulated_telegram(here: DevSettings) -> dict[str, str]:
    return {
        "WIREROOM_TELEGRAM_DCS": f"2={LOOPBACK}:{here.ports.telegram_dc2},4={LOOPBACK}:{here.ports.telegram_dc4}",
        "WIREROOM_TELEGRAM_PUBLIC_KEY": str(ROOT / "dev" / "telegram" / "keys" / "public.pem"),
    }


def _module(name: str, *, leaves: bool = False) -> list[str | Path]:
    """How to run a module, which can reach nobody but this machine unless it `leaves`."""
    return [sys.executable, "-m", name] if leaves else [sys.executable, *_GUARDED, name]


def _base() -> dict[str, str]:
    """What every process gets from the person's shell: nothing of theirs that speaks of AWS or of a proxy."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return kept | {"PYTHONUNBUFFERED": "1", "NO_PROXY": f"localhost,{LOOPBACK}"}


def _own_variables() -> dict[str, str]:
    ours = ("WIREROOM_PORT_", "WIREROOM_WEB_", "WIREROOM_SECOND_")
    return {name: value for name, value in os.environ.items() if name.startswith(ours)}
