"""Signing up: an account, its own workspace, and a letter that says how to go on."""

from collections.abc import Callable
from typing import Final

from chalicelib import settings
from chalicelib.adapters import passwords
from chalicelib.adapters.limits import Limit, Limits
from chalicelib.adapters.mail import Mail
from chalicelib.features.identity import letters, model
from chalicelib.features.identity.model import Applicant, EmailTaken, SignedUp, SignUp, SignUpWithLogin, User
from chalicelib.features.identity.repository import MailedTokens, Users
from chalicelib.features.identity.use_cases.accounts import actor_of
from chalicelib.features.identity.use_cases.email import send_token
from chalicelib.features.identity.use_cases.password import require_fit
from chalicelib.features.identity.use_cases.recovery import make_reset_link
from chalicelib.features.legal import use_cases as legal
from chalicelib.features.legal.model import require_consent
from chalicelib.features.sessions.use_cases import Visit, remember_browser
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.features.workspaces.model import Person
from chalicelib.kernel import ids, tokens
from chalicelib.kernel.ids import UserId, WorkspaceId
from chalicelib.table.tenant import Installation, founding
from chalicelib.table.transaction import Transaction

SIGN_UPS: Final = Limit(name="sign-ups", most=5, per_s=3_600)
"""How often an hour one address is signed up with, each time with a letter to it."""


def sign_up(command: SignUp, *, visit: Visit, installation: Installation, limits: Limits, mail: Mail) -> SignedUp:
    """Make an account, its own workspace included, and mail a link that proves the address.

    Where the address has an account, nothing is made and its holder gets a letter that says so; where nobody confirmed
    the address yet, the letter lets whoever reads it take the account over. The caller can't tell by answer or time:
    the transaction is made and sent in any case, and the claim on the address decides.
    Cost: 10 rows in one transaction, 24 write units, and two data keys; those of nobody's are left behind.

    Raises:
        TermsNotAccepted, TooYoung, EmailInvalid, NameInvalid, UsernameInvalid, PasswordUnfit: nothing was written.
        UsernameTaken: by somebody, whatever their address, or one like it; nothing was written.
        TooMany: the address was signed up with five times within the hour; nothing was written.
        Unavailable: the letter could not be sent; a repetition sends one that leads on.
    """
    require_consent(accepts_terms=command.accepts_terms, is_16_or_older=command.is_16_or_older)
    wanted = model.applicant(email=command.email, full_name=command.full_name, username=command.username)
    require_fit(
        command.password,
        email=wanted.email,
        full_name=wanted.full_name,
        username=wanted.username,
        pointer="/password",
    )
    password_hash = passwords.hashed(command.password)
    users = Users(installation)
    holder = users.by_email(wanted.email)
    users.require_free(wanted.username, holder)
    limits.take(SIGN_UPS, tokens.hashed(wanted.email))
    try:
        user, token = _with_password(wanted, password_hash, visit, installation=installation)
    except EmailTaken:
        # Somebody has the address, perhaps since this very moment.
        holder = holder or users.by_email(wanted.email)
        if holder is not None:
            users.reserve_username(wanted.username, holder.id)
            _tell_holder(holder, installation=installation, mail=mail)
    else:
        send_token(user, token, mail=mail)
    return SignedUp(email=wanted.email, device_token=visit.lasting_device_token())


def sign_up_with_login(
    command: SignUpWithLogin, *, also: Callable[[Transaction, UserId], None], visit: Visit, installation: Installation
) -> User:
    """Make an account without a password for somebody whose address a provider vouches for, its own workspace included.

    `also` adds to the transaction what the person is found by from now on.

    Raises:
        TermsNotAccepted, TooYoung, EmailInvalid, NameInvalid, UsernameInvalid, UsernameTaken: nothing was written.
        EmailTaken: somebody signed up with the address at the same moment; nothing was written.
    """
    require_consent(accepts_terms=command.accepts_terms, is_16_or_older=command.is_16_or_older)
    wanted = model.applicant(email=command.email, full_name=command.full_name, username=command.username)
    Users(installation).require_free(wanted.username, None)
    user = _new_user(wanted, password_hash=None, is_proven=True, installation=installation)

    def more(change: Transaction) -> None:
        remember_browser(change, user.id, user.version, visit.lasting_device_token(), installation=installation)
        also(change, user.id)

    _make_account(user, visit, more, installation=installation)
    return user


def person_of(user: User, *, has_second_factor: bool) -> Person:
    """Somebody as workspaces know them."""
    return Person(
        user_id=user.id,
        full_name=user.full_name,
        username=user.username,
        email=user.email,
        is_email_verified=user.is_email_verified,
        has_second_factor=has_second_factor,
    )


def _with_password(
    wanted: Applicant, password_hash: str, visit: Visit, *, installation: Installation
) -> tuple[User, str]:
    user = _new_user(wanted, password_hash=password_hash, is_proven=False, installation=installation)
    made: list[str] = []

    def more(change: Transaction) -> None:
        made.append(MailedTokens(installation).add(change, user))

    _make_account(user, visit, more, installation=installation)
    return user, made[0]


def _new_user(wanted: Applicant, *, password_hash: str | None, is_proven: bool, installation: Installation) -> User:
    now = installation.now()
    return User(
        id=UserId(ids.mint()),
        email=wanted.email,
        email_verified_at=now if is_proven else None,
        full_name=wanted.full_name,
        username=wanted.username,
        password_hash=password_hash,
        version=1,
        accepted=legal.current().versions(),
        accepted_at=now,
        created_at=now,
    )


def _make_account(user: User, visit: Visit, more: Callable[[Transaction], None], *, installation: Installation) -> None:
    """Account and own workspace in one transaction, with what `more` adds to it."""
    tenant = founding(WorkspaceId(ids.mint()), actor_of(user, visit.caller), now=installation.now)
    with tenant.transaction() as change:
        Users(installation).add(change, user)
        more(change)
        workspaces.lay_out(
            change, tenant, model.own_workspace_name(user.full_name), person_of(user, has_second_factor=False)
        )


def _tell_holder(holder: User, *, installation: Installation, mail: Mail) -> None:
    """Write to somebody who has an account. Who never confirmed the address may not be who made it.

    A link to confirm it would prove a stranger's account; one that sets a password ends what the stranger has of it.
    """
    if holder.is_email_verified:
        mail.send(letters.account_exists(holder, link=f"{settings.current().public_origin}/sign-in"))
    else:
        mail.send(letters.account_waits(holder, link=make_reset_link(holder, installation=installation)))
