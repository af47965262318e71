"""Composition root of the Lambdas: which clock, mail, cipher and limits the use cases are given."""

from functools import cache

from chalicelib import settings
from chalicelib.adapters.limits import Limits
from chalicelib.adapters.mail import Mail
from chalicelib.kernel import clock
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.records import record
from chalicelib.table import cipher
from chalicelib.table.cipher import Cipher
from chalicelib.table.tenant import Installation


@record
class Services:
    """What use cases reach out through."""

    clock: Clock
    installation: Installation
    limits: Limits
    mail: Mail
    cipher: Cipher


@cache
def current() -> Services:
    """The services of this process, made at the first request."""
    installation = Installation(clock.utc_now)
    return Services(
        clock=clock.utc_now,
        installation=installation,
        limits=Limits(installation, factor=settings.current().limits_factor),
        mail=Mail(),
        cipher=cipher.current(),
    )
