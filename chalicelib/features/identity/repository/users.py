"""Rows of people: profiles, and claims on e-mail addresses and usernames."""

from collections.abc import Mapping
from datetime import datetime

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.features.identity.model import (
    NOBODY,
    RESERVATION_LIFE,
    EmailTaken,
    LinkNotValid,
    User,
    UsernameTaken,
    skeleton,
)
from chalicelib.kernel.errors import Fact, Unauthenticated
from chalicelib.kernel.ids import UserId
from chalicelib.table import keys, people_keys
from chalicelib.table.items import DocumentAttribute, MomentAttribute, Row
from chalicelib.table.rows import Rows
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import ChangedMeanwhile, Transaction


class UserRow(Row, discriminator="user"):
    """A person. In `gsi1` by id, so that everybody can be written to without a scan."""

    email = UnicodeAttribute()
    email_verified_at = MomentAttribute(null=True)
    full_name = UnicodeAttribute()
    username = UnicodeAttribute()
    password_hash = UnicodeAttribute(null=True)
    version = NumberAttribute(default=1)
    accepted = DocumentAttribute(default=dict)
    accepted_at = MomentAttribute()
    created_at = MomentAttribute()
    deletes_at = MomentAttribute(null=True)
    time_zone = UnicodeAttribute(null=True)


class ClaimRow(Row, discriminator="claim"):
    """Who holds an e-mail address or a username. With `expires_at` it is a reservation."""

    user_id = UnicodeAttribute()


class Users:
    """People and what they have claimed."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def get(self, user_id: UserId) -> User | None:
        """One person: one read unit."""
        row = self._rows(user_id).get(UserRow, people_keys.USER_PROFILE)
        return None if row is None else _to_user(row)

    def require(self, user_id: UserId) -> User:
        """The person of a session. Raises Unauthenticated: the account is gone, and its sessions with it."""
        user = self.get(user_id)
        if user is None:
            raise Unauthenticated
        return user

    def by_email(self, email: str) -> User | None:
        """Who has an account under an address: two reads, whether somebody has or not."""
        return self.get(self.holder_of(email))

    def holder_of(self, email: str) -> UserId:
        """Whose an address is: one read. NOBODY is, as everywhere, read and counted like somebody."""
        claim = self._installation.rows(people_keys.email_claim(email)).get(ClaimRow, keys.ONLY)
        return NOBODY if claim is None else UserId(claim.user_id)

    def listed(self, shard: int, *, after: str, limit: int) -> list[User]:
        """Up to `limit` people of one of USER_SHARDS shards behind `after`: one query of an index."""
        rows = self._installation.in_second_order(UserRow, people_keys.users(shard), limit=limit, after=after)
        return [_to_user(row) for row in rows]

    def require_free(self, username: str, holder: User | None) -> None:
        """Raises UsernameTaken where somebody has it, or one that looks like it: one read.

        `holder` of the address that is signed up with may repeat what was tried with it: a reservation, and what they
        are called until they confirm the address. Past that even they are refused, else strangers would learn from it
        which address and which username are one person's.
        """
        claim = self._username(username).get(ClaimRow, keys.ONLY)
        if claim is None or claim.is_over(self._installation.now()):
            return
        is_repeated = holder is not None and claim.user_id == holder.id
        if not is_repeated or (claim.expires_at is None and holder is not None and holder.is_email_verified):
            raise UsernameTaken

    def add(self, change: Transaction, user: User) -> None:
        """Make an account and claim its address and username."""
        row = self._rows(user.id).new(
            UserRow,
            people_keys.USER_PROFILE,
            email=user.email,
            email_verified_at=user.email_verified_at,
            full_name=user.full_name,
            username=user.username,
            password_hash=user.password_hash,
            version=user.version,
            accepted=dict(user.accepted),
            accepted_at=user.accepted_at,
            created_at=user.created_at,
            gsi1pk=people_keys.users(people_keys.users_shard(user.id)),
            gsi1sk=user.id,
        )
        change.create(row)
        self._claim_email(change, user.id, user.email, refusal=EmailTaken())
        self._claim_username(change, user)

    def reserve_username(self, username: str, holder: UserId) -> None:
        """Keep a username for a day, as an account made now would have: nobody can tell that none was made."""
        rows = self._username(username)
        ends_s = int((self._installation.now() + RESERVATION_LIFE).timestamp())
        rows.put(rows.new(ClaimRow, keys.ONLY, user_id=holder, expires_at=ends_s), self._is_free())

    def rename(self, change: Transaction, before: User, after: User) -> None:
        """Change full name and username, if the person is still called what was read."""
        row = self._rows(before.id).new(UserRow, people_keys.USER_PROFILE)
        actions: list[Action] = [UserRow.full_name.set(after.full_name), UserRow.username.set(after.username)]
        unchanged = (UserRow.full_name == before.full_name) & (UserRow.username == before.username)
        change.update(row, actions, unchanged, refusal=ChangedMeanwhile())
        if skeleton(after.username) != skeleton(before.username):
            change.delete(self._username(before.username).new(ClaimRow, keys.ONLY), ClaimRow.user_id == before.id)
            self._claim_username(change, after)

    def set_time_zone(self, user_id: UserId, time_zone: str) -> None:
        """Note where a person's wall clock hangs, if they still have an account: one write unit."""
        actions: list[Action] = [UserRow.time_zone.set(time_zone)]
        self._rows(user_id).update(self._row(user_id), actions, Row.pk.exists())

    def verify_email(self, change: Transaction, user_id: UserId, email: str, at: datetime) -> None:
        """Note that the person has shown the address is theirs, if it is still the one they use."""
        change.update(self._row(user_id), [UserRow.email_verified_at.set(at)], UserRow.email == email, refusal=_GONE)

    def move(self, change: Transaction, before: User, email: str, at: datetime) -> None:
        """Give a person another address, shown to be theirs: the account and both claims, or LinkNotValid.

        Only while they sign in as was read and the account stays, else erasing would leave the new claim behind.
        """
        actions: list[Action] = [UserRow.email.set(email), UserRow.email_verified_at.set(at)]
        unmoved = (UserRow.email == before.email) & self._still(before)
        change.update(self._row(before.id), actions, unmoved, refusal=_GONE)
        old = self._installation.rows(people_keys.email_claim(before.email)).new(ClaimRow, keys.ONLY)
        change.delete(old, ClaimRow.user_id == before.id, refusal=_GONE)
        self._claim_email(change, before.id, email, refusal=_GONE)

    def set_password(
        self, change: Transaction, before: User, password_hash: str, *, proven_at: datetime | None
    ) -> None:
        """Give a person another password, if they still sign in as was read.

        `proven_at` is when they showed with it that the address is theirs; None leaves that as it is.
        """
        actions: list[Action] = [UserRow.password_hash.set(password_hash), UserRow.version.set(before.version + 1)]
        if proven_at is not None:
            actions.append(UserRow.email_verified_at.set(proven_at))
        change.update(self._row(before.id), actions, self._still(before), refusal=ChangedMeanwhile())

    def renew_hash(self, user: User, password_hash: str) -> None:
        """Keep the same password under another hash, unless it was changed meanwhile: one write unit."""
        rows = self._rows(user.id)
        actions: list[Action] = [UserRow.password_hash.set(password_hash)]
        rows.update(self._row(user.id), actions, UserRow.password_hash == user.password_hash)

    def change_ways_in(self, change: Transaction, before: User) -> None:
        """Note that a person signs in differently from now on, if they still do so as was read."""
        actions: list[Action] = [UserRow.version.set(before.version + 1)]
        change.update(self._row(before.id), actions, self._still(before), refusal=ChangedMeanwhile())

    def check_ways_in(self, change: Transaction, user: User, *, refusal: Fact) -> None:
        """Demand that a person still signs in as was read."""
        change.check(self._row(user.id), self._still(user), refusal=refusal)

    def close(self, change: Transaction, before: User, deletes_at: datetime) -> None:
        """Note when an account is to be erased, if its person still signs in as was read; no session outlives it."""
        actions: list[Action] = [UserRow.deletes_at.set(deletes_at), UserRow.version.set(before.version + 1)]
        change.update(self._row(before.id), actions, self._still(before), refusal=ChangedMeanwhile())

    def reopen(self, change: Transaction, before: User) -> None:
        """Note that an account stays, if it still was to be erased when it was read to be."""
        still = UserRow.deletes_at == before.deletes_at
        change.update(self._row(before.id), [UserRow.deletes_at.remove()], still, refusal=ChangedMeanwhile())

    def check_closing(self, change: Transaction, user: User, *, refusal: Fact) -> None:
        """Demand that an account is still to be erased when it was read to be."""
        change.check(self._row(user.id), UserRow.deletes_at == user.deletes_at, refusal=refusal)

    def check_there(self, change: Transaction, user_id: UserId, *, refusal: Fact) -> None:
        """Demand that a person has an account."""
        change.check(self._row(user_id), Row.pk.exists(), refusal=refusal)

    def accept(self, change: Transaction, before: User, accepted: Mapping[str, str], at: datetime) -> None:
        """Note which versions of legal documents a person agreed to."""
        actions: list[Action] = [UserRow.accepted.set(dict(accepted)), UserRow.accepted_at.set(at)]
        same = UserRow.accepted_at == before.accepted_at
        change.update(self._row(before.id), actions, same, refusal=ChangedMeanwhile())

    def _still(self, user: User) -> Condition:
        still: Condition = (UserRow.version == user.version) & UserRow.deletes_at.does_not_exist()
        return still

    def _claim_email(self, change: Transaction, user_id: UserId, email: str, *, refusal: Fact) -> None:
        rows = self._installation.rows(people_keys.email_claim(email))
        change.create(rows.new(ClaimRow, keys.ONLY, user_id=user_id), refusal=refusal)

    def _claim_username(self, change: Transaction, user: User) -> None:
        claim = self._username(user.username).new(ClaimRow, keys.ONLY, user_id=user.id)
        change.put(claim, self._is_free() | (ClaimRow.user_id == user.id), refusal=UsernameTaken())

    def _is_free(self) -> Condition:
        now_s = int(self._installation.now().timestamp())
        free: Condition = ClaimRow.user_id.does_not_exist() | (ClaimRow.expires_at <= now_s)
        return free

    def _username(self, username: str) -> Rows:
        return self._installation.rows(people_keys.username_claim(skeleton(username)))

    def _row(self, user_id: UserId) -> UserRow:
        return self._rows(user_id).new(UserRow, people_keys.USER_PROFILE)

    def _rows(self, user_id: UserId) -> Rows:
        return self._installation.rows(people_keys.user(user_id))


_GONE = LinkNotValid()


def _to_user(row: UserRow) -> User:
    return User(
        id=UserId(row.pk.removeprefix(people_keys.user(UserId("")))),
        email=row.email,
        email_verified_at=row.email_verified_at,
        full_name=row.full_name,
        username=row.username,
        password_hash=row.password_hash,
        version=int(row.version),
        accepted=row.accepted,
        accepted_at=row.accepted_at,
        created_at=row.created_at,
        deletes_at=row.deletes_at,
        time_zone=row.time_zone,
    )
