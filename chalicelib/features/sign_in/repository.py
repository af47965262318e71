"""Rows of sign-ins that wait for a second factor."""

from datetime import datetime

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.features.identity.model import User
from chalicelib.features.sign_in.model import CHALLENGE_LIFE, CHALLENGE_TRIES, Challenge, ChallengeOver
from chalicelib.kernel import tokens
from chalicelib.kernel.ids import UserId
from chalicelib.table import keys, people_keys
from chalicelib.table.items import MomentAttribute, Row
from chalicelib.table.rows import Rows
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import Transaction


class ChallengeRow(Row, discriminator="challenge"):
    """A sign-in whose password or provider was right, waiting for a code."""

    user_id = UnicodeAttribute()
    opened_under = NumberAttribute()
    ends_at = MomentAttribute()
    tries = NumberAttribute(default=0)


class Challenges:
    """Sign-ins that wait for a code; a challenge is good once, for ten minutes and so many tries."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def open(self, user: User) -> tuple[str, datetime]:
        """A new challenge: its token, which is kept nowhere, and when it ends. One write unit."""
        token, ends_at = tokens.new(), self._installation.now() + CHALLENGE_LIFE
        rows = self._rows(tokens.hashed(token))
        rows.put(
            rows.new(
                ChallengeRow,
                keys.ONLY,
                user_id=user.id,
                opened_under=user.version,
                ends_at=ends_at,
                expires_at=int(ends_at.timestamp()),
            )
        )
        return token, ends_at

    def require(self, token: str) -> Challenge:
        """The challenge a token stands for: one read unit. Raises ChallengeOver: unknown, too old or done."""
        token_hash = tokens.hashed(token)
        row = self._rows(token_hash).get(ChallengeRow, keys.ONLY)
        if row is None or self._installation.now() >= row.ends_at:
            raise ChallengeOver
        return Challenge(token_hash=token_hash, user_id=UserId(row.user_id), opened_under=int(row.opened_under))

    def count_try(self, challenge: Challenge) -> None:
        """Count a try at a challenge: one write unit. Raises ChallengeOver: done, or tried too often."""
        rows = self._rows(challenge.token_hash)
        has_room = Row.pk.exists() & (ChallengeRow.tries < CHALLENGE_TRIES)
        if not rows.update(rows.new(ChallengeRow, keys.ONLY), [ChallengeRow.tries.add(1)], has_room):
            raise ChallengeOver

    def use_up(self, change: Transaction, challenge: Challenge) -> None:
        """A challenge opens one session."""
        row = self._rows(challenge.token_hash).new(ChallengeRow, keys.ONLY)
        change.delete(row, Row.pk.exists(), refusal=ChallengeOver())

    def _rows(self, token_hash: str) -> Rows:
        return self._installation.rows(people_keys.challenge(token_hash))
