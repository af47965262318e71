"""Rows of people: profiles, claims on e-mail addresses and usernames, e-mailed tokens, sign-in sessions."""

from datetime import datetime

from pynamodb.attributes import UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.features.identity.model import (
    RESERVATION_LIFE,
    VERIFICATION_LIFE,
    EmailTaken,
    LinkNotValid,
    User,
    UsernameTaken,
)
from chalicelib.kernel import tokens
from chalicelib.kernel.errors import Unauthenticated
from chalicelib.kernel.ids import SessionId, UserId
from chalicelib.kernel.records import record
from chalicelib.table import keys, proof
from chalicelib.table.items import DocumentAttribute, MomentAttribute, Row
from chalicelib.table.proof import Caller, Session, SessionRow
from chalicelib.table.rows import Rows
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import ChangedMeanwhile, Transaction

_NOBODY = UserId("0" * 26)
"""Read in place of the holder of an unknown address, so that both take as long."""


class UserRow(Row, discriminator="user"):
    """A person."""

    email = UnicodeAttribute()
    email_verified_at = MomentAttribute(null=True)
    full_name = UnicodeAttribute()
    username = UnicodeAttribute()
    password_hash = UnicodeAttribute()
    terms_accepted_at = MomentAttribute()
    accepted = DocumentAttribute(default=dict)
    created_at = MomentAttribute()


class ClaimRow(Row, discriminator="claim"):
    """Who holds an e-mail address or a username. With `expires_at` it is a reservation."""

    user_id = UnicodeAttribute()


class MailedTokenRow(Row, discriminator="mailed_token"):
    """A token that was mailed to prove an address."""

    user_id = UnicodeAttribute()
    email = UnicodeAttribute()


@record
class MailedToken:
    """Whose address a token proves."""

    token_hash: str
    user_id: UserId
    email: str


class Users:
    """People and what they have claimed."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def get(self, user_id: UserId) -> User | None:
        """One person: one read unit."""
        row = self._rows(user_id).get(UserRow, keys.USER_PROFILE)
        return None if row is None else _to_user(row)

    def require(self, user_id: UserId) -> User:
        """The person of a session. Raises Unauthenticated: the account is gone, and its sessions with it."""
        user = self.get(user_id)
        if user is None:
            raise Unauthenticated
        return user

    def by_email(self, email: str) -> User | None:
        """Who has an account under an address: two reads, whether somebody has or not."""
        claim = self._installation.rows(keys.email_claim(email)).get(ClaimRow, keys.ONLY)
        return self.get(_NOBODY if claim is None else UserId(claim.user_id))

    def listed(self, shard: int, *, after: str, limit: int) -> list[User]:
        """Up to `limit` people of one of keys.USER_SHARDS shards, those whose id follows `after`: one index query."""
        rows = self._installation.in_second_order(UserRow, keys.users(shard), after=after, limit=limit)
        return [_to_user(row) for row in rows]

    def require_free(self, username: str, holder: UserId | None) -> None:
        """Raises UsernameTaken where somebody other than `holder` has it: one read."""
        claim = self._installation.rows(keys.username_claim(username)).get(ClaimRow, keys.ONLY)
        if claim is not None and claim.user_id != holder and not claim.is_over(self._installation.now()):
            raise UsernameTaken

    def add(self, change: Transaction, user: User) -> None:
        """Make an account and claim its address and username."""
        row = self._rows(user.id).new(
            UserRow,
            keys.USER_PROFILE,
            email=user.email,
            full_name=user.full_name,
            username=user.username,
            password_hash=user.password_hash,
            terms_accepted_at=user.terms_accepted_at,
            accepted=dict(user.accepted),
            created_at=user.created_at,
            gsi1pk=keys.users(keys.users_shard(user.id)),
            gsi1sk=user.id,
        )
        change.create(row)
        emails = self._installation.rows(keys.email_claim(user.email))
        change.create(emails.new(ClaimRow, keys.ONLY, user_id=user.id), refusal=EmailTaken())
        self._claim_username(change, user)

    def reserve_username(self, username: str, holder: UserId) -> None:
        """Keep a username for a day, as an account made now would have: nobody can tell that none was made."""
        rows = self._installation.rows(keys.username_claim(username))
        ends_s = int((self._installation.now() + RESERVATION_LIFE).timestamp())
        rows.put(rows.new(ClaimRow, keys.ONLY, user_id=holder, expires_at=ends_s), self._is_free())

    def rename(self, change: Transaction, before: User, after: User) -> None:
        """Change full name and username, if the person is still called what was read."""
        row = self._rows(before.id).new(UserRow, keys.USER_PROFILE)
        actions: list[Action] = [UserRow.full_name.set(after.full_name), UserRow.username.set(after.username)]
        unchanged = (UserRow.full_name == before.full_name) & (UserRow.username == before.username)
        change.update(row, actions, unchanged, refusal=ChangedMeanwhile())
        if after.username != before.username:
            old = self._installation.rows(keys.username_claim(before.username))
            change.delete(old.new(ClaimRow, keys.ONLY), ClaimRow.user_id == before.id)
            self._claim_username(change, after)

    def verify_email(self, change: Transaction, user_id: UserId, email: str, at: datetime) -> None:
        """Note that the person has shown the address is theirs, if it is still the one they use."""
        row = self._rows(user_id).new(UserRow, keys.USER_PROFILE)
        change.update(row, [UserRow.email_verified_at.set(at)], UserRow.email == email, refusal=LinkNotValid())

    def _claim_username(self, change: Transaction, user: User) -> None:
        claim = self._installation.rows(keys.username_claim(user.username)).new(ClaimRow, keys.ONLY, user_id=user.id)
        change.put(claim, self._is_free() | (ClaimRow.user_id == user.id), refusal=UsernameTaken())

    def _is_free(self) -> Condition:
        now_s = int(self._installation.now().timestamp())
        free: Condition = ClaimRow.user_id.does_not_exist() | (ClaimRow.expires_at <= now_s)
        return free

    def _rows(self, user_id: UserId) -> Rows:
        return self._installation.rows(keys.user(user_id))


class MailedTokens:
    """Single-use tokens that prove an address; stored as hashes."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def add(self, change: Transaction, user: User) -> str:
        """Make a token that proves the person's address for 24 hours; returns it, as nobody else will."""
        token = tokens.new()
        ends_s = int((self._installation.now() + VERIFICATION_LIFE).timestamp())
        rows = self._installation.rows(keys.mailed_token(tokens.hashed(token)))
        change.put(rows.new(MailedTokenRow, keys.ONLY, user_id=user.id, email=user.email, expires_at=ends_s))
        return token

    def require(self, token: str) -> MailedToken:
        """What a token proves: one read. Raises LinkNotValid."""
        token_hash = tokens.hashed(token)
        row = self._installation.rows(keys.mailed_token(token_hash)).get(MailedTokenRow, keys.ONLY)
        if row is None or row.is_over(self._installation.now()):
            raise LinkNotValid
        return MailedToken(token_hash=token_hash, user_id=UserId(row.user_id), email=row.email)

    def use_up(self, change: Transaction, shown: MailedToken) -> None:
        """A token proves its address once."""
        rows = self._installation.rows(keys.mailed_token(shown.token_hash))
        change.delete(rows.new(MailedTokenRow, keys.ONLY), Row.pk.exists(), refusal=LinkNotValid())


class Sessions:
    """Sign-in sessions. Proving one is table/proof's."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def open(self, user: User, caller: Caller) -> tuple[str, Session]:
        """A new session and its token, which is kept nowhere: one write unit."""
        now = self._installation.now()
        token, session_id = proof.new_token(user.id)
        ends_at = now + proof.ABSOLUTE
        rows = self._installation.rows(keys.user(user.id))
        rows.put(
            rows.new(
                SessionRow,
                keys.session(session_id),
                created_at=now,
                seen_at=now,
                ends_at=ends_at,
                idle_ends_at=now + proof.IDLE,
                full_name=user.full_name,
                address=caller.address,
                device=caller.device,
                expires_at=int(ends_at.timestamp()),
            )
        )
        session = Session(
            id=session_id, user_id=user.id, full_name=user.full_name, created_at=now, seen_at=now, ends_at=ends_at
        )
        return token, session

    def close(self, session: Session) -> None:
        """End one session."""
        rows = self._installation.rows(keys.user(session.user_id))
        rows.delete(rows.new(SessionRow, keys.session(session.id)))

    def knows(self, user_id: UserId | None, caller: Caller) -> bool:
        """Whether the person has signed in from this address and device before: one query, for strangers too."""
        found = self._of(user_id or _NOBODY)
        return any((row.address, row.device) == (caller.address, caller.device) for row in found)

    def rename(self, user_id: UserId, full_name: str) -> None:
        """Carry over to the person's sessions what they are called now."""
        rows = self._installation.rows(keys.user(user_id))
        for row in self._of(user_id):
            if row.full_name != full_name:
                opened = rows.new(SessionRow, keys.session(SessionId(row.sk.removeprefix(keys.SESSIONS))))
                rows.update(opened, [SessionRow.full_name.set(full_name)], Row.pk.exists())

    def _of(self, user_id: UserId) -> list[SessionRow]:
        return self._installation.rows(keys.user(user_id)).query(SessionRow, keys.SESSIONS)


def _to_user(row: UserRow) -> User:
    return User(
        id=UserId(row.pk.removeprefix(keys.user(UserId("")))),
        email=row.email,
        email_verified_at=row.email_verified_at,
        full_name=row.full_name,
        username=row.username,
        password_hash=row.password_hash,
        terms_accepted_at=row.terms_accepted_at,
        accepted=row.accepted,
        created_at=row.created_at,
    )
