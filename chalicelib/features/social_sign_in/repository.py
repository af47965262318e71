"""Rows of flows, of pending logins, and of logins with the claims that find their person."""

import hmac
from datetime import datetime

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute

from chalicelib import settings
from chalicelib.features.social_sign_in.model import (
    Flow,
    Login,
    LoginNotFound,
    LoginTaken,
    PendingLogin,
    PendingLoginOver,
    Provider,
    ProviderAccount,
    ProviderLinked,
    Purpose,
)
from chalicelib.kernel import tokens
from chalicelib.kernel.ids import UserId
from chalicelib.table import keys, people_keys
from chalicelib.table.items import MomentAttribute, Row
from chalicelib.table.rows import Rows
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import ChangedMeanwhile, Transaction


class FlowRow(Row, discriminator="sign_in_flow"):
    """Somebody on their way to a provider and back."""

    provider = UnicodeAttribute()
    purpose = UnicodeAttribute()
    state_hash = UnicodeAttribute()
    verifier = UnicodeAttribute()
    nonce = UnicodeAttribute()
    return_to = UnicodeAttribute()
    user_id = UnicodeAttribute(null=True)
    begun_under = NumberAttribute(default=0)
    ends_at = MomentAttribute()


class PendingLoginRow(Row, discriminator="pending_login"):
    """Somebody a provider has named, before it is anybody's login."""

    provider = UnicodeAttribute()
    subject = UnicodeAttribute()
    shown_email = UnicodeAttribute(null=True)
    is_email_verified = BooleanAttribute()
    full_name = UnicodeAttribute()
    email = UnicodeAttribute(null=True)
    asked_email = UnicodeAttribute(null=True)
    email_token_hash = UnicodeAttribute(null=True)
    return_to = UnicodeAttribute()
    begun_at = MomentAttribute()
    ends_at = MomentAttribute()


class LoginRow(Row, discriminator="login"):
    """A person's link to a provider."""

    subject_hash = UnicodeAttribute()
    email = UnicodeAttribute(null=True)
    linked_at = MomentAttribute()


class LoginClaimRow(Row, discriminator="login_claim"):
    """Whose login somebody at a provider is."""

    user_id = UnicodeAttribute()


class Flows:
    """Flows, found by the token that only the browser they began in holds."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def add(self, flow: Flow) -> None:
        """Keep a flow until it ends: one write unit."""
        rows = self._rows(flow.token_hash)
        row = rows.new(
            FlowRow,
            keys.ONLY,
            provider=flow.provider.value,
            purpose=flow.purpose.value,
            state_hash=flow.state_hash,
            verifier=flow.verifier,
            nonce=flow.nonce,
            return_to=flow.return_to,
            user_id=flow.user_id,
            begun_under=flow.begun_under,
            ends_at=flow.ends_at,
            expires_at=_seconds(flow.ends_at),
        )
        rows.put(row)

    def get(self, token: str) -> Flow | None:
        """The flow a token belongs to, while it lasts: one read."""
        token_hash = tokens.hashed(token)
        row = self._rows(token_hash).get(FlowRow, keys.ONLY)
        return None if row is None or row.is_over(self._installation.now()) else _to_flow(row, token_hash)

    def use_up(self, flow: Flow) -> bool:
        """Take the flow away; False where somebody else has. Of two who try at once, one succeeds."""
        rows = self._rows(flow.token_hash)
        return rows.delete(rows.new(FlowRow, keys.ONLY), Row.pk.exists())

    def _rows(self, token_hash: str) -> Rows:
        return self._installation.rows(people_keys.sign_in_flow(token_hash))


class PendingLogins:
    """Pending logins, found by the token that only the browser they came about in holds."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def add(self, pending: PendingLogin) -> None:
        """Keep one until it ends: one write unit."""
        rows = self._rows(pending.token_hash)
        rows.put(_from_pending(rows, pending))

    def require(self, token: str) -> PendingLogin:
        """The pending login of a token: one read. Raises PendingLoginOver."""
        token_hash = tokens.hashed(token)
        row = self._rows(token_hash).get(PendingLoginRow, keys.ONLY)
        if row is None or row.is_over(self._installation.now()):
            raise PendingLoginOver
        return _to_pending(row, token_hash)

    def ask(self, pending: PendingLogin, email: str, email_token_hash: str) -> None:
        """Note which address a link was mailed to, and what it carries; an earlier link is good no more."""
        actions = [
            PendingLoginRow.asked_email.set(email),
            PendingLoginRow.email_token_hash.set(email_token_hash),
        ]
        rows = self._rows(pending.token_hash)
        if not rows.update(rows.new(PendingLoginRow, keys.ONLY), actions, Row.pk.exists()):
            raise PendingLoginOver

    def prove(self, pending: PendingLogin, email: str, email_token_hash: str) -> bool:
        """Note that an address was shown to be theirs, by the link that went to it; a link does that once."""
        actions = [PendingLoginRow.email.set(email), PendingLoginRow.email_token_hash.remove()]
        rows = self._rows(pending.token_hash)
        still_asked = PendingLoginRow.email_token_hash == email_token_hash
        return rows.update(rows.new(PendingLoginRow, keys.ONLY), actions, still_asked)

    def use_up(self, change: Transaction, pending: PendingLogin) -> None:
        """A pending login becomes a login once."""
        rows = self._rows(pending.token_hash)
        change.delete(rows.new(PendingLoginRow, keys.ONLY), Row.pk.exists(), refusal=PendingLoginOver())

    def _rows(self, token_hash: str) -> Rows:
        return self._installation.rows(people_keys.pending_login(token_hash))


class Logins:
    """Who signs in with whom."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def holder(self, account: ProviderAccount) -> UserId | None:
        """Whose login somebody at a provider is: one read."""
        claim = self._claims(account.provider, subject_hash(account)).get(LoginClaimRow, keys.ONLY)
        return None if claim is None else UserId(claim.user_id)

    def of(self, user_id: UserId) -> list[Login]:
        """A person's logins: one query."""
        return [_to_login(row) for row in self._rows(user_id).query(LoginRow, people_keys.LOGINS)]

    def require(self, user_id: UserId, provider: Provider) -> Login:
        """The person's login with a provider. Raises LoginNotFound."""
        row = self._rows(user_id).get(LoginRow, people_keys.login(provider))
        if row is None:
            raise LoginNotFound
        return _to_login(row)

    def add(self, change: Transaction, user_id: UserId, account: ProviderAccount, at: datetime) -> Login:
        """Link a person to somebody at a provider; both must be free."""
        made = Login(provider=account.provider, subject_hash=subject_hash(account), email=account.email, linked_at=at)
        claim = self._claims(made.provider, made.subject_hash).new(LoginClaimRow, keys.ONLY, user_id=user_id)
        change.create(claim, refusal=LoginTaken())
        row = self._rows(user_id).new(
            LoginRow,
            people_keys.login(made.provider),
            subject_hash=made.subject_hash,
            email=made.email,
            linked_at=made.linked_at,
        )
        change.create(row, refusal=ProviderLinked())
        return made

    def remove(self, change: Transaction, user_id: UserId, login: Login) -> None:
        """Unlink."""
        row = self._rows(user_id).new(LoginRow, people_keys.login(login.provider))
        change.delete(row, LoginRow.subject_hash == login.subject_hash, refusal=LoginNotFound())
        claim = self._claims(login.provider, login.subject_hash).new(LoginClaimRow, keys.ONLY)
        change.delete(claim, LoginClaimRow.user_id == user_id)

    def keep(self, change: Transaction, user_id: UserId, login: Login) -> None:
        """Demand that another login stays when the change commits: two who unlink at once can't lock themselves out."""
        row = self._rows(user_id).new(LoginRow, people_keys.login(login.provider))
        change.check(row, Row.pk.exists(), refusal=ChangedMeanwhile())

    def _rows(self, user_id: UserId) -> Rows:
        return self._installation.rows(people_keys.user(user_id))

    def _claims(self, provider: Provider, hashed_subject: str) -> Rows:
        return self._installation.rows(people_keys.login_claim(provider, hashed_subject))


def subject_hash(account: ProviderAccount) -> str:
    """Stands for a subject in keys; keyed, so that trying the providers' short numbers finds nobody in a copy."""
    secret = settings.current().id_secret
    return hmac.new(secret, f"login#{account.provider}#{account.subject}".encode(), "sha256").hexdigest()


def _to_flow(row: FlowRow, token_hash: str) -> Flow:
    return Flow(
        token_hash=token_hash,
        provider=Provider(row.provider),
        purpose=Purpose(row.purpose),
        state_hash=row.state_hash,
        verifier=row.verifier,
        nonce=row.nonce,
        return_to=row.return_to,
        user_id=UserId(row.user_id) if row.user_id else None,
        begun_under=int(row.begun_under),
        ends_at=row.ends_at,
    )


def _from_pending(rows: Rows, pending: PendingLogin) -> PendingLoginRow:
    return rows.new(
        PendingLoginRow,
        keys.ONLY,
        provider=pending.account.provider.value,
        subject=pending.account.subject,
        shown_email=pending.account.email,
        is_email_verified=pending.account.is_email_verified,
        full_name=pending.account.full_name,
        email=pending.email,
        asked_email=pending.asked_email,
        email_token_hash=pending.email_token_hash,
        return_to=pending.return_to,
        begun_at=pending.begun_at,
        ends_at=pending.ends_at,
        expires_at=_seconds(pending.ends_at),
    )


def _to_pending(row: PendingLoginRow, token_hash: str) -> PendingLogin:
    return PendingLogin(
        token_hash=token_hash,
        account=ProviderAccount(
            provider=Provider(row.provider),
            subject=row.subject,
            email=row.shown_email,
            is_email_verified=row.is_email_verified,
            full_name=row.full_name,
        ),
        email=row.email,
        asked_email=row.asked_email,
        email_token_hash=row.email_token_hash,
        return_to=row.return_to,
        begun_at=row.begun_at,
        ends_at=row.ends_at,
    )


def _to_login(row: LoginRow) -> Login:
    return Login(
        provider=Provider(row.sk.removeprefix(people_keys.LOGINS)),
        subject_hash=row.subject_hash,
        email=row.email,
        linked_at=row.linked_at,
    )


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
