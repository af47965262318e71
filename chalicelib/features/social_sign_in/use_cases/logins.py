"""A person's logins: listing, linking, unlinking. Each change stands in their log, and a letter tells of it."""

from collections.abc import Callable

from chalicelib import settings
from chalicelib.adapters import outbox
from chalicelib.adapters.limits import Limits
from chalicelib.adapters.mail import Letter
from chalicelib.features.identity import use_cases as identity
from chalicelib.features.identity.model import Proof, User
from chalicelib.features.sessions import use_cases as sessions
from chalicelib.features.social_sign_in import letters, model
from chalicelib.features.social_sign_in.model import (
    Begun,
    EmailNotProven,
    Login,
    LoginNotFound,
    PendingLogin,
    PendingLoginElsewhere,
    Provider,
    ProviderAccount,
    ProviderLinked,
    Purpose,
    Return,
    SignInNotFresh,
    SignInOver,
)
from chalicelib.features.social_sign_in.repository import Logins, PendingLogins
from chalicelib.features.social_sign_in.use_cases import flows
from chalicelib.kernel.actors import Actor
from chalicelib.table.following_up import follow_up
from chalicelib.table.proof import Session
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import ChangedMeanwhile

SETTINGS_PAGE = "/settings/security"
"""Where people come back to who link a login, and where letters about logins lead."""


def list_logins(session: Session, *, installation: Installation) -> list[Login]:
    """The person's logins, by provider: one query."""
    return Logins(installation).of(session.user_id)


def begin_link(provider: str, proof: Proof, *, session: Session, installation: Installation, limits: Limits) -> Begun:
    """Send the person's browser to a provider, to link who they are there.

    An account whose address nobody has shown to be theirs takes no login: whoever owns the address would find
    somebody else's key in it.

    Raises:
        ProviderNotOffered, ProviderAway, ProviderLinked, EmailUnverified.
        ProofWrong, SignInAgain, TooMany: as identity's `reauthenticate`.
    """
    chosen = flows.offered_provider(provider)
    if any(login.provider is chosen for login in list_logins(session, installation=installation)):
        raise ProviderLinked
    identity.require_confirmed_email(session, installation=installation)
    user = identity.reauthenticate(proof, session=session, installation=installation, limits=limits)
    return flows.begin(chosen, Purpose.LINK, return_to=SETTINGS_PAGE, person=user, installation=installation)


def finish_link(back: Return, *, session: Session, actor: Actor, installation: Installation) -> Login:
    """Link who the person is at the provider they came back from.

    Raises:
        SignInOver: the flow is another browser's or another person's, or is over: how they sign in changed since it
            began, by a reset that threw out whoever began it perhaps; nothing was linked.
        ProviderAway, ProviderRefused, LoginTaken, ProviderLinked: the flow is used up, nothing was linked.
        ChangedMeanwhile: how the person signs in changed at this moment; the flow is used up, nothing was linked.
    """
    flow, account = flows.come_back(back, Purpose.LINK, user_id=session.user_id, installation=installation)
    user = identity.get_profile(session, installation=installation)
    if user.version != flow.begun_under:
        raise SignInOver
    return _link(user, account, None, actor=actor, installation=installation)


def link_pending(token: str, *, session: Session, actor: Actor, installation: Installation) -> Login:
    """Link a pending login to the account its address belongs to, which the session has just been opened for.

    Raises:
        PendingLoginOver, EmailNotProven, PendingLoginElsewhere, SignInNotFresh: nothing was changed.
        LoginTaken, ProviderLinked, ChangedMeanwhile: nothing was changed.
    """
    pending = PendingLogins(installation).require(token)
    if pending.email is None:
        raise EmailNotProven
    user = identity.get_profile(session, installation=installation)
    if user.email != pending.email:
        raise PendingLoginElsewhere
    if session.created_at < pending.begun_at:
        raise SignInNotFresh
    return _link(user, pending.account, pending, actor=actor, installation=installation)


def unlink(
    provider: str, proof: Proof, *, session: Session, actor: Actor, installation: Installation, limits: Limits
) -> None:
    """Take a login away, as long as another way to sign in stays. Whoever came in by it is out: other sessions end.

    Raises:
        LoginNotFound, LastWayIn: nothing was changed.
        ProofWrong, SignInAgain, TooMany: as identity's `reauthenticate`.
        ChangedMeanwhile: how the person signs in changed at the same moment; nothing was changed.
    """
    logins = Logins(installation)
    login = logins.require(session.user_id, _known(provider))
    user = identity.get_profile(session, installation=installation)
    others = [each for each in logins.of(user.id) if each.provider in flows.offered()]
    kept = model.require_other_way(login, others, has_password=user.has_password)
    user = identity.reauthenticate(proof, session=session, installation=installation, limits=limits)
    with installation.journalled(user.id, actor) as change:
        logins.remove(change, user.id, login)
        if kept is not None:
            logins.keep(change, user.id, kept)
        identity.end_all(change, user, but=session.id, installation=installation)
        change.record("login.unlinked", target=login.provider, old=_shown(login))
        outbox.post(change, installation, _letter(letters.login_unlinked, user, login.provider))
    with follow_up():
        sessions.end_outdated(user.id, user.version + 1, but=session.id, installation=installation)


def _link(
    user: User, account: ProviderAccount, pending: PendingLogin | None, *, actor: Actor, installation: Installation
) -> Login:
    logins = Logins(installation)
    with installation.journalled(user.id, actor) as change:
        identity.check_ways_in(change, user, refusal=ChangedMeanwhile(), installation=installation)
        login = logins.add(change, user.id, account, installation.now())
        if pending is not None:
            PendingLogins(installation).use_up(change, pending)
        change.record("login.linked", target=login.provider, new=_shown(login))
        outbox.post(change, installation, _letter(letters.login_linked, user, login.provider))
    return login


def _known(provider: str) -> Provider:
    """A provider by its name, whether it is offered now or was once. Raises LoginNotFound."""
    try:
        return Provider(provider)
    except ValueError:
        raise LoginNotFound from None


def _shown(login: Login) -> dict[str, str | None]:
    return {"provider": login.provider.label, "email": login.email}


def _letter(write: Callable[..., Letter], user: User, provider: Provider) -> Letter:
    link = f"{settings.current().public_origin}{SETTINGS_PAGE}"
    return write(to=user.email, full_name=user.full_name, provider=provider, link=link)
