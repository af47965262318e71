"""E-mail addresses: proving the one an account has, and moving the account to another."""

from typing import Final

from chalicelib import settings
from chalicelib.adapters import outbox
from chalicelib.adapters.limits import Limit, Limits
from chalicelib.adapters.mail import Mail
from chalicelib.features.identity import letters
from chalicelib.features.identity.model import (
    ChangeEmail,
    EmailAlreadyVerified,
    EmailUnchanged,
    LinkNotValid,
    User,
)
from chalicelib.features.identity.repository import LinkPurpose, MailedLinks, MailedTokens, Users
from chalicelib.features.identity.use_cases.proving import reauthenticate
from chalicelib.features.sessions.use_cases import Visit, remember_browser
from chalicelib.kernel import emails, tokens
from chalicelib.kernel.errors import Unauthenticated
from chalicelib.kernel.ids import UserId
from chalicelib.table import people_keys, proof
from chalicelib.table.proof import Caller, Session
from chalicelib.table.tenant import Installation

MAIL_MOVE_LINK: Final = "identity.mail_move_link"
LETTERS: Final = Limit(name="letters", most=5, per_s=3_600)
"""Letters an hour that confirm one address or ask to move there."""


def send_verification(session: Session, *, installation: Installation, limits: Limits, mail: Mail) -> str:
    """Mail a link that proves the address once more; earlier ones stay good for their 24 hours.

    Raises:
        EmailAlreadyVerified, TooMany: nothing was sent.
    """
    user = Users(installation).require(session.user_id)
    if user.is_email_verified:
        raise EmailAlreadyVerified
    limits.take(LETTERS, tokens.hashed(user.email))
    with installation.transaction(people_keys.user(user.id)) as change:
        token = MailedTokens(installation).add(change, user)
    send_token(user, token, mail=mail)
    return user.email


def send_token(user: User, token: str, *, mail: Mail) -> None:
    """Mail a link with a token that proves the account's address. Raises Unavailable."""
    mail.send(letters.confirm_address(user, link=_confirm_link(token)))


def verify_email(token: str, *, visit: Visit, installation: Installation) -> str:
    """Take the token of a mailed link: the address of the account is proven; returns the address.

    The browser it is opened in is one the account knows from now on: who reads the letter is who signed up. An address
    of the staff is proven only where that is shown: whoever signed up with it has to be signed in there.

    Raises:
        LinkNotValid: unknown, older than 24 hours, used, or for an address that is not the account's any more; nothing
            was written.
        Unauthenticated: it is an address of the staff, and nobody is signed in to its account; the link is still good.
    """
    shown = MailedTokens(installation).require(token)
    if _is_of_staff(shown.email) and _signed_in(visit, installation) != shown.user_id:
        raise Unauthenticated
    user = Users(installation).get(shown.user_id)
    if user is None:
        raise LinkNotValid
    with installation.transaction(people_keys.user(shown.user_id)) as change:
        Users(installation).verify_email(change, shown.user_id, shown.email, installation.now())
        MailedTokens(installation).use_up(change, shown)
        if visit.device_token:
            remember_browser(change, user.id, user.version, visit.device_token, installation=installation)
    return shown.email


def change_email(
    command: ChangeEmail, *, session: Session, caller: Caller, installation: Installation, limits: Limits
) -> str:
    """Have a link mailed to another address, which moves the account there; the present one is told. Returns it.

    Whether the address is free is not looked up here, so that nobody learns who has an account: due work mails the link
    to it, or to its holder that somebody wanted it.

    Raises:
        EmailInvalid, EmailUnchanged, ProofWrong, SignInAgain, TooMany: nothing was sent.
    """
    email = emails.parse(command.email, pointer="/email")
    if Users(installation).require(session.user_id).email == email:
        raise EmailUnchanged
    user = reauthenticate(command.proof, session=session, installation=installation, limits=limits)
    limits.take(LETTERS, tokens.hashed(email))
    with installation.journalled(user.id, proof.actor_of(session, caller)) as change:
        wish = {"user_id": user.id, "email": email, "version": user.version}
        outbox.order(change, installation, MAIL_MOVE_LINK, wish, name=f"{MAIL_MOVE_LINK}#{user.id}")
        outbox.post(change, installation, letters.email_change_asked(user, email, caller, installation.now()))
        change.record("email_change.asked", target=user.id, new={"email": email})
    return email


def mail_move_link(user_id: UserId, email: str, version: int, *, installation: Installation, mail: Mail) -> None:
    """Mail the newest link that moves an account to an address, or tell the holder of a taken one.

    Nothing where the person signs in differently since they asked, at `version`: whoever asked may have been thrown out
    by it. No link for an address of the staff, who sign up with it.

    Raises:
        Unavailable: the letter could not be sent; a repetition makes another link.
    """
    users = Users(installation)
    user, holder = users.get(user_id), users.by_email(email)
    if user is None or user.version != version or user.email == email:
        return
    if holder is not None:
        mail.send(letters.address_wanted(holder))
    elif not _is_of_staff(email):
        token = MailedLinks(installation, LinkPurpose.MOVE).make(user, email)
        mail.send(letters.confirm_move(to=email, link=_move_link(token)))


def confirm_email_change(token: str, *, session: Session, caller: Caller, installation: Installation) -> str:
    """Take the token of a mailed link that moves the account of the session to another address; returns that.

    Only the account's own person may: whoever else reads the letter would lend their address to a stranger. Account,
    both claims, link, own log, and a letter to the old address are one transaction.

    Raises:
        LinkNotValid: of another account, older than 24 hours, used, replaced by a newer one, from before a change of
            how the person signs in, or to an address that somebody else has by now; nothing was written.
    """
    links, users = MailedLinks(installation, LinkPurpose.MOVE), Users(installation)
    shown, before = links.require(token), users.require(session.user_id)
    if (shown.user_id, shown.version) != (before.id, before.version) or _is_of_staff(shown.email):
        raise LinkNotValid
    with installation.journalled(before.id, proof.actor_of(session, caller)) as change:
        links.use_up(change, shown)
        users.move(change, before, shown.email, installation.now())
        MailedLinks(installation, LinkPurpose.RESET).withdraw(change, before.id)
        outbox.post(change, installation, letters.email_changed(before, shown.email, installation.now()))
        change.record("email.changed", target=before.id, old={"email": before.email}, new={"email": shown.email})
    return shown.email


def _signed_in(visit: Visit, installation: Installation) -> UserId:
    """Whose session a browser holds. Raises Unauthenticated."""
    return proof.prove_session(visit.session_token, now=installation.now).user_id


def _is_of_staff(email: str) -> bool:
    return email in settings.current().staff


def _confirm_link(token: str) -> str:
    return f"{settings.current().public_origin}/confirm#{token}"


def _move_link(token: str) -> str:
    return f"{settings.current().public_origin}/confirm-move#{token}"
