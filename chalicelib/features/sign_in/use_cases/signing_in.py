"""Signing in and out: a first factor, a second where there is one, and then a session."""

from collections.abc import Callable, Iterable

from chalicelib.adapters import outbox, passwords
from chalicelib.adapters.limits import Limits
from chalicelib.features.identity import letters
from chalicelib.features.identity import use_cases as identity
from chalicelib.features.identity.model import User
from chalicelib.features.second_factor.model import CodeWrong
from chalicelib.features.second_factor.use_cases import has_second_factor
from chalicelib.features.sessions import use_cases as sessions
from chalicelib.features.sessions.model import handle_of
from chalicelib.features.sessions.use_cases import Visit
from chalicelib.features.sign_in.model import AccountClosing, Challenged, ChallengeOver, SignIn, WrongCredentials
from chalicelib.features.sign_in.repository import Challenges
from chalicelib.features.sign_in.use_cases import refusals, tries
from chalicelib.kernel import emails, tokens
from chalicelib.kernel.errors import Unauthenticated
from chalicelib.kernel.records import record
from chalicelib.table import proof
from chalicelib.table.proof import Caller, Session
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import ChangedMeanwhile, Transaction

Taking = Callable[[Transaction], None]
"""Adds to a change that something is used up."""


@record
class SignedIn:
    """A fresh session. `token` and `device_token` go into cookies and nowhere else."""

    token: str
    session: Session
    user: User
    device_token: str

    def __repr__(self) -> str:
        return f"SignedIn(session={self.session!r})"


def sign_out(session: Session, caller: Caller, *, installation: Installation) -> None:
    """End this session."""
    sessions.end_session(session, caller, reason="signed out", installation=installation)


def sign_in(command: SignIn, *, visit: Visit, installation: Installation, limits: Limits) -> SignedIn | Challenged:
    """Open a session, or ask for the second factor first. Takes as long for an address without an account.

    Raises:
        WrongCredentials: address or password is wrong; which of the two is not said.
        AccountClosing: they are right, and the account is being deleted.
        TooMany: too many wrong ones from browsers the account does not know.
        ChangedMeanwhile: how the person signs in changed at this moment; nothing was opened.
    """
    email = emails.folded(command.email)
    user = identity.find_person(command.email, installation=installation)
    succeed = tries.begin(
        tries.PASSWORDS, tokens.hashed(email), user, visit=visit, installation=installation, limits=limits
    )
    if not passwords.matches(None if user is None else user.password_hash, command.password) or user is None:
        refusals.remember(email, user, visit.caller, "password", installation=installation, limits=limits)
        raise WrongCredentials
    succeed()
    if passwords.is_outdated(user.password_hash or ""):
        identity.renew_hash(user, passwords.hashed(command.password), installation=installation)
    return admit(user, visit=visit, installation=installation)


def admit(user: User, *, visit: Visit, installation: Installation) -> SignedIn | Challenged:
    """Let somebody in whose password or provider was right, or ask for the second factor where there is one.

    Raises:
        AccountClosing: the account is being deleted.
        ChangedMeanwhile: how the person signs in changed since `user` was read; nothing was opened.
    """
    if user.deletes_at is not None:
        raise AccountClosing
    if has_second_factor(user.id, installation=installation):
        token, ends_at = Challenges(installation).open(user)
        return Challenged(token=token, ends_at=ends_at)
    return _open(user, visit=visit, installation=installation)


def finish_sign_in(
    code: str, *, challenge_token: str, visit: Visit, installation: Installation, limits: Limits
) -> SignedIn:
    """Open the session that waited for a second factor: challenge and code used up in the same transaction.

    Raises:
        ChallengeOver: the challenge is unknown, too old, done or tried too often, or how the person signs in changed.
        CodeWrong: the code is wrong, or was used before.
        TooMany: too many wrong codes from browsers the account does not know.
    """
    challenges = Challenges(installation)
    challenge = challenges.require(challenge_token)
    user = identity.get_person(challenge.user_id, installation=installation)
    if user is None or user.version != challenge.opened_under:
        raise ChallengeOver
    succeed = tries.begin(tries.CODES, user.id, user, visit=visit, installation=installation, limits=limits)
    challenges.count_try(challenge)
    try:
        take_code = identity.accept_code(code, user, installation=installation)
        signed_in = _open(
            user,
            visit=visit,
            installation=installation,
            using=(lambda change: challenges.use_up(change, challenge), take_code),
        )
    except CodeWrong:
        refusals.remember(user.email, user, visit.caller, "code", installation=installation, limits=limits)
        raise
    succeed()
    return signed_in


def _open(user: User, *, visit: Visit, installation: Installation, using: Iterable[Taking] = ()) -> SignedIn:
    """A fresh session instead of the one this browser holds; `using` is used up by it, which shows a second factor.

    One transaction: session, browser, own log, a letter where the browser is new; 8 write units, 10 with a letter.
    """
    is_known = sessions.knows_browser(user.id, user.version, visit, installation=installation)
    _end_what_it_holds(visit, installation=installation)
    actor = identity.actor_of(user, visit.caller)
    sessions.make_room(user.id, actor, installation=installation)
    taken = tuple(using)
    device_token = visit.lasting_device_token()
    with installation.journalled(user.id, actor) as change:
        for take in taken:
            take(change)
        identity.check_ways_in(change, user, refusal=ChangedMeanwhile(), installation=installation)
        token, session = sessions.open_session(
            change,
            user.id,
            user.full_name,
            visit.caller,
            device_token=device_token,
            opened_under=user.version,
            second_factor_at=installation.now() if taken else None,
            installation=installation,
        )
        if not is_known:
            outbox.post(change, installation, letters.new_device(user, visit.caller, installation.now()))
        change.record("session.opened", target=handle_of(session.id), new={"known_device": is_known})
    return SignedIn(token=token, session=session, user=user, device_token=device_token)


def _end_what_it_holds(visit: Visit, *, installation: Installation) -> None:
    """The session this browser holds ends, whosever it is: no token outlives the sign-in that replaces it."""
    try:
        held = proof.prove_session(visit.session_token, now=installation.now)
    except Unauthenticated:
        return
    sessions.end_session(held, visit.caller, reason="signed in again", installation=installation)
