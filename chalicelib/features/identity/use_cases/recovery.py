"""Getting back in with a mailed link: it sets a password, ends all sessions, and neither signs in nor skips a code."""

from typing import Final

from chalicelib import settings
from chalicelib.adapters import outbox, passwords
from chalicelib.adapters.limits import Limit, Limits
from chalicelib.adapters.mail import Mail
from chalicelib.features.identity import letters, model
from chalicelib.features.identity.model import NOBODY, RESET_LIFE, FinishReset, LinkNotValid, User
from chalicelib.features.identity.repository import LinkPurpose, MailedLinks, Users
from chalicelib.features.identity.use_cases.accounts import actor_of
from chalicelib.features.identity.use_cases.password import require_fit
from chalicelib.features.sessions import use_cases as sessions
from chalicelib.kernel import emails, tokens
from chalicelib.kernel.errors import TooMany
from chalicelib.table import people_keys
from chalicelib.table.following_up import follow_up
from chalicelib.table.proof import Caller
from chalicelib.table.tenant import Installation

MAIL_RESET_LINK: Final = "identity.mail_reset_link"
RESETS: Final = Limit(name="resets", most=5, per_s=int(RESET_LIFE.total_seconds()))
"""Links that strangers can have sent to one address; the newest of the five is good until there can be more."""


def ask_for_reset(email_text: str, *, installation: Installation, limits: Limits) -> str:
    """Have a link mailed that sets another password; returns the address.

    Whether it has an account is not looked up here: due work does that and mails the link, so that nobody can tell by
    answer or time. Two writes.

    Raises:
        EmailInvalid: nothing was written.
    """
    email = emails.parse(email_text, pointer="/email")
    try:
        limits.take(RESETS, tokens.hashed(email))
    except TooMany:
        return email
    with installation.transaction(people_keys.user(NOBODY)) as change:
        outbox.order(change, installation, MAIL_RESET_LINK, {"email": email})
    return email


def mail_reset_link(email: str, *, installation: Installation, mail: Mail) -> None:
    """Mail the newest link to whoever has an account under an address; those before it are no good any more.

    Raises:
        Unavailable: the letter could not be sent; a repetition makes another link.
    """
    user = Users(installation).by_email(email)
    if user is None or user.deletes_at is not None:
        return
    mail.send(letters.reset_password(user, link=make_reset_link(user, installation=installation)))


def make_reset_link(user: User, *, installation: Installation) -> str:
    """The newest link that sets somebody's password, to be mailed to them; those before it are no good any more."""
    token = MailedLinks(installation, LinkPurpose.RESET).make(user, user.email)
    return f"{settings.current().public_origin}/reset-password#{token}"


def finish_reset(command: FinishReset, *, caller: Caller, installation: Installation) -> None:
    """Set a password by the newest mailed link, once. All sessions end; an address nobody had proven is proven by it.

    A link that would move the account to another address dies: whoever asked for it may be who is thrown out here.

    Raises:
        PasswordUnfit: nothing was written, the link is still good.
        LinkNotValid: forged, older than 30 minutes, used, or replaced by a newer one.
        ChangedMeanwhile: how the person signs in changed at the same moment; the link is still good.
    """
    model.require_password_length(command.password, pointer="/password")
    links, users = MailedLinks(installation, LinkPurpose.RESET), Users(installation)
    shown = links.require(command.token)
    user = users.get(shown.user_id)
    if user is None or user.email != shown.email or user.deletes_at is not None:
        raise LinkNotValid
    require_fit(
        command.password, email=user.email, full_name=user.full_name, username=user.username, pointer="/password"
    )
    password_hash = passwords.hashed(command.password)
    proven_at = None if user.is_email_verified else installation.now()
    with installation.journalled(user.id, actor_of(user, caller)) as change:
        links.use_up(change, shown)
        MailedLinks(installation, LinkPurpose.MOVE).withdraw(change, user.id)
        users.set_password(change, user, password_hash, proven_at=proven_at)
        sessions.outdate_sessions(change, user.id, user.version + 1, but=None, installation=installation)
        outbox.post(change, installation, letters.password_changed(user, caller, installation.now()))
        change.record("password.reset", target=user.id)
    with follow_up():
        sessions.end_outdated(user.id, user.version + 1, but=None, installation=installation)
