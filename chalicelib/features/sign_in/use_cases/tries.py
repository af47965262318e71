"""Tries at an account: strangers wait for one another, a browser it knows has tries of its own (decision 0025)."""

from collections.abc import Callable
from typing import Final

from chalicelib.adapters.limits import Delay, Limit, Limits
from chalicelib.features.identity.model import NOBODY, User
from chalicelib.features.sessions import use_cases as sessions
from chalicelib.features.sessions.use_cases import Visit
from chalicelib.kernel import tokens
from chalicelib.kernel.errors import TooMany
from chalicelib.kernel.records import record
from chalicelib.table.tenant import Installation


@record
class Tried:
    """What is guessed at: how strangers, all together, and one browser the account knows are slowed down."""

    strangers: Delay
    familiar: Limit


PASSWORDS: Final = Tried(strangers=Delay(name="strangers"), familiar=Limit(name="familiar", most=20, per_s=3_600))
"""Strangers' are counted under the e-mail address, whether it has an account or not."""
CODES: Final = Tried(strangers=Delay(name="codes"), familiar=Limit(name="familiar-codes", most=20, per_s=3_600))
"""Strangers' are counted under the account."""


def begin(
    tried: Tried, who: str, user: User | None, *, visit: Visit, installation: Installation, limits: Limits
) -> Callable[[], None]:
    """Begin a try at an account, and give what to call when it succeeds. `who` is what strangers are counted under.

    `user` is None where there is no account, and costs as much. A known browser that used up its own tries is a
    stranger like others. Raises TooMany.
    """
    user_id, version = (NOBODY, 0) if user is None else (user.id, user.version)
    familiar_as = sessions.familiar_as(user_id, version, visit, installation=installation)
    if familiar_as is not None:
        try:
            limits.take(tried.familiar, tokens.hashed(f"{user_id} {familiar_as}"))
        except TooMany:
            pass
        else:
            return lambda: None
    limits.begin(tried.strangers, who)
    return lambda: limits.succeed(tried.strangers, who)
