"""What a signed-in person reads and changes about themselves."""

from collections.abc import Mapping
from dataclasses import replace

from chalicelib.features.identity import model
from chalicelib.features.identity.model import User
from chalicelib.features.identity.repository import Users
from chalicelib.features.identity.use_cases.accounts import is_staff
from chalicelib.features.legal import use_cases as legal
from chalicelib.features.second_factor.use_cases import backup_codes_left
from chalicelib.features.sessions import use_cases as sessions
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.kernel.records import record
from chalicelib.table import proof
from chalicelib.table.proof import Caller, Session
from chalicelib.table.tenant import Installation


@record
class UpdateProfile:
    """What changes; None leaves it."""

    full_name: str | None = None
    username: str | None = None


@record
class Me:
    """A person as they see themselves.

    `backup_codes_left` is None without a second factor; `pending_documents` names what they have yet to agree to.
    """

    user: User
    backup_codes_left: int | None
    pending_documents: list[str]
    is_staff: bool


def get_me(session: Session, *, installation: Installation) -> Me:
    """The person of a session: two read units."""
    return _me(Users(installation).require(session.user_id), installation=installation)


def update_profile(command: UpdateProfile, *, session: Session, caller: Caller, installation: Installation) -> Me:
    """Change what a person is called, here and in each of their workspaces.

    The account changes in one transaction; the workspaces' copies follow, each with its journal entry. A repetition
    finishes what was cut short.

    Raises:
        NameInvalid, UsernameInvalid, UsernameTaken, ChangedMeanwhile: nothing was written.
    """
    users = Users(installation)
    before = users.require(session.user_id)
    after = replace(
        before,
        full_name=before.full_name if command.full_name is None else model.parse_full_name(command.full_name),
        username=before.username if command.username is None else model.parse_username(command.username),
    )
    if after != before:
        with installation.journalled(before.id, proof.actor_of(session, caller)) as change:
            users.rename(change, before, after)
            change.record("profile.renamed", target=before.id, old=_names(before), new=_names(after))
    sessions.rename_sessions(after.id, after.full_name, installation=installation)
    for tenant in workspaces.handles_of(session, caller=caller, installation=installation):
        workspaces.rename_member(after.id, after.full_name, after.username, tenant=tenant)
    return _me(after, installation=installation)


def accept_documents(shown: Mapping[str, str], *, session: Session, caller: Caller, installation: Installation) -> None:
    """Agree to the versions of legal documents that were shown. Repeating it changes nothing.

    Raises:
        DocumentsChanged: one of them is not the version in force; nothing was written.
        ChangedMeanwhile: agreed to at the same moment, elsewhere.
    """
    user = Users(installation).require(session.user_id)
    accepted = {**user.accepted, **legal.current().agreed(shown)}
    if accepted == user.accepted:
        return
    with installation.journalled(user.id, proof.actor_of(session, caller)) as change:
        Users(installation).accept(change, user, accepted, installation.now())
        change.record("documents.accepted", target=user.id, old=dict(user.accepted), new=accepted)


def _me(user: User, *, installation: Installation) -> Me:
    return Me(
        user=user,
        backup_codes_left=backup_codes_left(user.id, installation=installation),
        pending_documents=legal.current().pending(user.accepted),
        is_staff=is_staff(user),
    )


def _names(user: User) -> dict[str, str]:
    return {"full_name": user.full_name, "username": user.username}
