"""Rows of links that were e-mailed: what they prove, stored by the hashes of their tokens."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.features.identity.model import REOPENING_LIFE, RESET_LIFE, VERIFICATION_LIFE, LinkNotValid, User
from chalicelib.kernel import ids, tokens
from chalicelib.kernel.ids import UserId
from chalicelib.kernel.records import record
from chalicelib.table import keys, people_keys
from chalicelib.table.items import MomentAttribute, Row
from chalicelib.table.rows import Rows
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import Transaction


class MailedTokenRow(Row, discriminator="mailed_token"):
    """A token that was mailed to prove an account's address."""

    user_id = UnicodeAttribute()
    email = UnicodeAttribute()


class MailedLinkRow(Row, discriminator="mailed_link"):
    """The newest link of its purpose that was mailed to somebody. `email` is where it went.

    `version` is that of how they signed in when it was made.
    """

    email = UnicodeAttribute()
    version = NumberAttribute()
    token_hash = UnicodeAttribute()
    ends_at = MomentAttribute()


class LinkPurpose(StrEnum):
    """What a mailed link does."""

    RESET = "reset"
    MOVE = "move"
    REOPEN = "reopen"

    @property
    def life(self) -> timedelta:
        """How long such a link is good."""
        return _LIVES[self]


_LIVES: Final = {
    LinkPurpose.RESET: RESET_LIFE,
    LinkPurpose.MOVE: VERIFICATION_LIFE,
    LinkPurpose.REOPEN: REOPENING_LIFE,
}


@record
class MailedToken:
    """Whose address a token proves."""

    token_hash: str
    user_id: UserId
    email: str


@record
class MailedLink:
    """Whom a link speaks for, where it went, and the version of how they signed in when it was made."""

    token_hash: str
    user_id: UserId
    email: str
    version: int


class MailedTokens:
    """Single-use tokens that prove an account's address; the earlier ones stay good."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def add(self, change: Transaction, user: User) -> str:
        """Make a token that proves the person's address for 24 hours; returns it, as nobody else will."""
        token = tokens.new()
        ends_s = int((self._installation.now() + VERIFICATION_LIFE).timestamp())
        rows = self._installation.rows(people_keys.mailed_token(tokens.hashed(token)))
        row = rows.new(MailedTokenRow, keys.ONLY, user_id=user.id, email=user.email, expires_at=ends_s)
        # Listed under their person, so that erasing finds them.
        row.gsi1pk, row.gsi1sk = people_keys.mailed_tokens_of(user.id), row.pk
        change.put(row)
        return token

    def require(self, token: str) -> MailedToken:
        """What a token proves: one read. Raises LinkNotValid."""
        token_hash = tokens.hashed(token)
        row = self._installation.rows(people_keys.mailed_token(token_hash)).get(MailedTokenRow, keys.ONLY)
        if row is None or row.is_over(self._installation.now()):
            raise LinkNotValid
        return MailedToken(token_hash=token_hash, user_id=UserId(row.user_id), email=row.email)

    def use_up(self, change: Transaction, shown: MailedToken) -> None:
        """A token proves its address once."""
        rows = self._installation.rows(people_keys.mailed_token(shown.token_hash))
        change.delete(rows.new(MailedTokenRow, keys.ONLY), Row.pk.exists(), refusal=LinkNotValid())


class MailedLinks:
    """Single-use links of one purpose, of which only the newest of each person is good.

    A token is `<user id>.<256 random bits>`: the id says where its row lies, as a session's does (decision 0016).
    """

    def __init__(self, installation: Installation, purpose: LinkPurpose) -> None:
        self._installation = installation
        self._purpose = purpose

    def make(self, user: User, email: str) -> str:
        """Make the newest link's token and return it, as nobody else will: one write unit."""
        token, ends_at = tokens.new(), self._installation.now() + self._purpose.life
        rows = self._rows(user.id)
        made = {"email": email, "version": user.version, "token_hash": tokens.hashed(token), "ends_at": ends_at}
        rows.put(rows.new(MailedLinkRow, self._sk, expires_at=int(ends_at.timestamp()), **made))
        return f"{user.id}.{token}"

    def require(self, token: str) -> MailedLink:
        """Whom a token speaks for: one read. Raises LinkNotValid."""
        user_id, _, secret = token.partition(".")
        row = self._get(UserId(user_id)) if ids.is_minted_shape(user_id) else None
        token_hash = tokens.hashed(secret)
        if row is None or row.token_hash != token_hash or _is_over(row, self._installation.now()):
            raise LinkNotValid
        version = int(row.version)
        return MailedLink(token_hash=token_hash, user_id=UserId(user_id), email=row.email, version=version)

    def use_up(self, change: Transaction, shown: MailedLink) -> None:
        """A link does what it is for once, and only while it is the newest."""
        row = self._rows(shown.user_id).new(MailedLinkRow, self._sk)
        change.delete(row, MailedLinkRow.token_hash == shown.token_hash, refusal=LinkNotValid())

    def withdraw(self, change: Transaction, user_id: UserId) -> None:
        """No link of this purpose that the person was sent is good any more."""
        change.delete(self._rows(user_id).new(MailedLinkRow, self._sk))

    def _get(self, user_id: UserId) -> MailedLinkRow | None:
        return self._rows(user_id).get(MailedLinkRow, self._sk)

    @property
    def _sk(self) -> str:
        return people_keys.mailed_link(self._purpose)

    def _rows(self, user_id: UserId) -> Rows:
        return self._installation.rows(people_keys.user(user_id))


def _is_over(row: MailedLinkRow, now: datetime) -> bool:
    return now >= row.ends_at
