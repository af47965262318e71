"""Whether the API answers at all; asks nothing of the table."""

from typing import Literal

import msgspec

from chalicelib.edge.api import Allow, Api
from chalicelib.edge.call import Call

api = Api(__name__)


class HealthOut(msgspec.Struct):
    """The API answers."""

    status: Literal["ok"] = "ok"


@api.get("/health", allow=Allow.ANYONE)
def get_health(_: Call) -> HealthOut:
    """Say that the API answers."""
    return HealthOut()
