"""Passwords: whether one is fit, and changing one's own."""

from chalicelib.adapters import outbox, passwords
from chalicelib.adapters.limits import Limits
from chalicelib.features.identity import letters, model
from chalicelib.features.identity.model import ChangePassword
from chalicelib.features.identity.repository import LinkPurpose, MailedLinks, Users
from chalicelib.features.identity.use_cases.proving import reauthenticate
from chalicelib.features.sessions import use_cases as sessions
from chalicelib.table import proof
from chalicelib.table.following_up import follow_up
from chalicelib.table.proof import Caller, Session
from chalicelib.table.tenant import Installation


def require_fit(password: str, *, email: str, full_name: str, username: str, pointer: str) -> None:
    """Raises PasswordUnfit, blaming `pointer`, for what is too short, too long or guessed too soon by those around."""
    model.require_password_length(password, pointer=pointer)
    appraisal = passwords.appraised(password, model.words_about(email, full_name, username))
    model.require_password_strength(appraisal.score, appraisal.advice, pointer=pointer)


def change_password(
    command: ChangePassword, *, session: Session, caller: Caller, installation: Installation, limits: Limits
) -> None:
    """Have another password, or a first one. All other sessions end, and mailed links die; a letter tells of it.

    Raises:
        PasswordUnfit, ProofWrong, SignInAgain, TooMany: nothing was written.
        ChangedMeanwhile: how the person signs in changed at the same moment.
    """
    users = Users(installation)
    user = users.require(session.user_id)
    require_fit(
        command.new_password,
        email=user.email,
        full_name=user.full_name,
        username=user.username,
        pointer="/new_password",
    )
    user = reauthenticate(command.proof, session=session, installation=installation, limits=limits)
    password_hash = passwords.hashed(command.new_password)
    with installation.journalled(user.id, proof.actor_of(session, caller)) as change:
        users.set_password(change, user, password_hash, proven_at=None)
        for purpose in (LinkPurpose.RESET, LinkPurpose.MOVE):
            MailedLinks(installation, purpose).withdraw(change, user.id)
        sessions.outdate_sessions(change, user.id, user.version + 1, but=session.id, installation=installation)
        outbox.post(change, installation, letters.password_changed(user, caller, installation.now()))
        change.record("password.changed", target=user.id)
    with follow_up():
        sessions.end_outdated(user.id, user.version + 1, but=session.id, installation=installation)
