"""botocore clients of the services besides the table, one a process and service, with short time-outs."""

from functools import cache
from typing import Any

import botocore.config

from chalicelib import settings
from chalicelib.table import connection


def client(service: str, *, read_timeout_s: float = 5) -> Any:
    """The client of a service. Tries thrice, a letter once, within `read_timeout_s` an attempt."""
    with connection.making:
        return _made(service, read_timeout_s)


_ATTEMPTS = {"sesv2": 1}
"""A letter whose answer was lost may be on its way, and others wait behind it: due work tries it again (`outbox`)."""


@cache
def _made(service: str, read_timeout_s: float) -> Any:
    here = settings.current()
    return connection.session().create_client(
        service,
        region_name=here.region,
        endpoint_url=here.endpoint_url,
        config=botocore.config.Config(
            connect_timeout=1,
            read_timeout=read_timeout_s,
            retries={"mode": "standard", "total_max_attempts": _ATTEMPTS.get(service, 3)},
            signature_version="s3v4" if service == "s3" else None,
            s3={"addressing_style": "path" if here.endpoint_url else "virtual"},
        ),
    )
