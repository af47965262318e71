"""Signing in with a provider, and signing up by it."""

import hmac
from dataclasses import replace

from chalicelib import settings
from chalicelib.adapters.limits import Limit, Limits
from chalicelib.adapters.mail import Mail
from chalicelib.features.identity import use_cases as identity
from chalicelib.features.identity.model import EmailTaken, LinkNotValid, SignUpWithLogin, User, UsernameTaken
from chalicelib.features.sessions.use_cases import Visit
from chalicelib.features.sign_in import use_cases as sign_in
from chalicelib.features.sign_in.model import Challenged
from chalicelib.features.sign_in.use_cases import SignedIn
from chalicelib.features.social_sign_in import letters, model
from chalicelib.features.social_sign_in.model import (
    PENDING_LIFE,
    AccountExists,
    Begun,
    EmailNotProven,
    LoginTaken,
    Next,
    PendingLogin,
    PendingLoginOver,
    ProviderAccount,
    Purpose,
    Return,
    SignUpForm,
    Waiting,
)
from chalicelib.features.social_sign_in.repository import Logins, PendingLogins
from chalicelib.features.social_sign_in.use_cases import flows
from chalicelib.kernel import emails, tokens
from chalicelib.kernel.ids import UserId
from chalicelib.kernel.records import record
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import Transaction

LETTERS_TO_ONE_ADDRESS = Limit(name="address-proof", most=5, per_s=3_600)
"""How many letters strangers may have sent to an address by this door."""


@record
class Outcome:
    """What came of a return: a session, a challenge, or a pending login; and where the person wanted to go."""

    result: SignedIn | Challenged | Waiting
    return_to: str


def begin(provider: str, return_to: str, *, installation: Installation) -> Begun:
    """Send a browser to a provider. Raises ProviderNotOffered, ProviderAway, ReturnPathInvalid: nothing was written."""
    path = model.parse_return_path(return_to)
    chosen = flows.offered_provider(provider)
    return flows.begin(chosen, Purpose.SIGN_IN, return_to=path, person=None, installation=installation)


def finish(back: Return, *, visit: Visit, installation: Installation) -> Outcome:
    """Let in whoever came back and has a login; of anybody else keep who they are, for 15 minutes.

    An e-mail address opens nothing here: that the provider vouches for it only decides whether a pending login is
    offered to the account that has the address, or to a new one.

    Raises:
        SignInOver: nothing was changed.
        ProviderAway, ProviderRefused: the flow is used up, nobody was let in.
        AccountClosing, ChangedMeanwhile: as identity's `admit`; the flow is used up.
    """
    flow, account = flows.come_back(back, Purpose.SIGN_IN, user_id=None, installation=installation)
    user = _holder(account, installation)
    if user is not None:
        entered = sign_in.admit(user, visit=visit, installation=installation)
        return Outcome(result=entered, return_to=flow.return_to)
    waiting = _keep(account, flow.return_to, installation)
    return Outcome(result=waiting, return_to=flow.return_to)


def ask_for_email(token: str, email: str, *, installation: Installation, limits: Limits, mail: Mail) -> str:
    """Mail a link to the address somebody says is theirs, whether it has an account or not; returns the address.

    Raises:
        PendingLoginOver, EmailInvalid.
        TooMany: five letters went to the address within the hour.
    """
    pendings = PendingLogins(installation)
    pending = pendings.require(token)
    address = emails.parse(email, pointer="/email")
    limits.take(LETTERS_TO_ONE_ADDRESS, tokens.hashed(address))
    email_token = tokens.new()
    pendings.ask(pending, address, tokens.hashed(email_token))
    link = f"{settings.current().public_origin}/sign-up/social/confirm#{email_token}"
    mail.send(letters.prove_address(to=address, provider=pending.account.provider, link=link))
    return address


def prove_email(token: str, email_token: str, *, installation: Installation) -> Waiting:
    """Note that the mailed link was opened, in the browser the pending login belongs to.

    Raises:
        PendingLoginOver.
        LinkNotValid: the link is forged, replaced by a newer one, or used.
    """
    pendings = PendingLogins(installation)
    pending = pendings.require(token)
    shown, kept, address = tokens.hashed(email_token), pending.email_token_hash, pending.asked_email
    if kept is None or address is None or not hmac.compare_digest(shown, kept):
        raise LinkNotValid
    if not pendings.prove(pending, address, kept):
        raise LinkNotValid
    return _waiting(token, replace(pending, email=address), installation)


def sign_up(form: SignUpForm, token: str, *, visit: Visit, installation: Installation) -> SignedIn | Challenged:
    """Make an account of a pending login: without a password, its address confirmed, its login linked.

    One transaction. Of two requests at once for one new person, one makes the account and both are let into it.

    Raises:
        PendingLoginOver, EmailNotProven: nothing was written.
        NameInvalid, UsernameInvalid, UsernameTaken, TermsNotAccepted, TooYoung: nothing was written.
        AccountExists: the address has an account by now; the pending login waits to be linked to it.
        ChangedMeanwhile: as identity's `admit`; the account is made.
    """
    pending = PendingLogins(installation).require(token)
    if pending.email is None:
        raise EmailNotProven
    wish = SignUpWithLogin(
        email=pending.email,
        full_name=form.full_name,
        username=form.username,
        accepts_terms=form.accepts_terms,
        is_16_or_older=form.is_16_or_older,
    )

    def also(change: Transaction, user_id: UserId) -> None:
        Logins(installation).add(change, user_id, pending.account, installation.now())
        PendingLogins(installation).use_up(change, pending)

    try:
        user = identity.sign_up_with_login(wish, also=also, visit=visit, installation=installation)
    except (EmailTaken, LoginTaken, PendingLoginOver, UsernameTaken) as refusal:
        user = _made_meanwhile(pending.account, refusal, installation)
    return sign_in.admit(user, visit=visit, installation=installation)


def _made_meanwhile(account: ProviderAccount, refusal: Exception, installation: Installation) -> User:
    """The account the same person made at the same moment."""
    user = _holder(account, installation)
    if user is not None:
        return user
    if isinstance(refusal, EmailTaken):
        raise AccountExists from None
    raise refusal


def _holder(account: ProviderAccount, installation: Installation) -> User | None:
    user_id = Logins(installation).holder(account)
    return None if user_id is None else identity.get_person(user_id, installation=installation)


def _keep(account: ProviderAccount, return_to: str, installation: Installation) -> Waiting:
    token, now = tokens.new(), installation.now()
    pending = PendingLogin(
        token_hash=tokens.hashed(token),
        account=account,
        email=account.proven_email,
        asked_email=None,
        email_token_hash=None,
        return_to=return_to,
        begun_at=now,
        ends_at=now + PENDING_LIFE,
    )
    PendingLogins(installation).add(pending)
    return _waiting(token, pending, installation)


def _waiting(token: str, pending: PendingLogin, installation: Installation) -> Waiting:
    if pending.email is None:
        step = Next.EMAIL
    elif identity.find_person(pending.email, installation=installation) is None:
        step = Next.SIGN_UP
    else:
        step = Next.LINK
    return Waiting(token=token, pending=pending, next=step)
