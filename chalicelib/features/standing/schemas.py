"""Standing as it travels."""

from datetime import datetime

import msgspec

from chalicelib.features.standing.model import Standing, StandingState
from chalicelib.kernel import clock


class StandingOut(msgspec.Struct, forbid_unknown_fields=True):
    """How an account stands with Telegram. Moments that have passed are null.

    `state` is the worst that holds. `sending_until`: Telegram wants no messages before then. `slow_until`: the pace is
    halved until then. `limited_at`: since then the account may not write first, until somebody resumes.
    `broadcasts_an_hour`: what a broadcast may send, by the account's age here.
    """

    state: StandingState
    sending_until: str | None
    slow_until: str | None
    limited_at: str | None
    broadcasts_an_hour: int

    @classmethod
    def of(cls, standing: Standing, state: StandingState, at: datetime) -> "StandingOut":
        """A standing as it is at a moment; `state` may be worse than it, where the session or the account is gone."""
        slow_until = standing.slow_until if standing.pace_factor(at) < 1 else None
        return cls(
            state=state,
            sending_until=_wire(standing.sending_until(at)),
            slow_until=_wire(slow_until),
            limited_at=_wire(standing.limited_at),
            broadcasts_an_hour=standing.broadcasts_an_hour(at),
        )


def _wire(at: datetime | None) -> str | None:
    return None if at is None else clock.to_wire(at)
