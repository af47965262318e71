"""How strict and how forgetful this Telegram is: everything a test may want otherwise."""

from dataclasses import dataclass
from enum import StrEnum


class DuplicateKeys(StrEnum):
    """When two lines with one key destroy the login (AUTH_KEY_DUPLICATED)."""

    WHEN_INTERLEAVED = "when_interleaved"
    """An older line speaks again after a newer one has begun, or the lines come from two addresses."""
    ALWAYS = "always"
    """Any second line that speaks."""
    NEVER = "never"


class RepeatedSends(StrEnum):
    """What a send with a `random_id` that was used before gets. Telegram has been seen to do both."""

    ANSWERED = "answered"
    """The first message again; no second one is made."""
    REFUSED = "refused"
    """RANDOM_ID_DUPLICATE; no second one is made."""


@dataclass(slots=True, kw_only=True)
class Rules:
    """`fixed_code`: the code every login gets, else a random one. Reach: how many events back a difference is given.

    `short_answers`: plain sends to people and basic groups are answered as Telegram does, with
    `updateShortSentMessage`, which holds neither the text nor the chat. `limits`: whether too much is answered with
    FLOOD_WAIT and PEER_FLOOD (`limits.py`). `min_users`: whether pushes of channels name people in the short form, with
    a hash that is none. `poll_after_s`: when a client is told to ask for a channel again, in whole seconds.
    `takeout_delay_s`: how long a login waits to export everything, unless its owner allows it before.
    """

    duplicate_keys: DuplicateKeys = DuplicateKeys.WHEN_INTERLEAVED
    repeated_sends: RepeatedSends = RepeatedSends.ANSWERED
    fixed_code: str | None = None
    code_lives_s: float = 300
    qr_lives_s: float = 30
    strict_salts: bool = True
    gzip: bool = True
    short_answers: bool = True
    limits: bool = False
    min_users: bool = False
    difference_reach: int = 100_000
    channel_difference_reach: int = 1000
    poll_after_s: int = 30
    takeout_delay_s: int = 0
