"""What a signed-in person reads and changes about themselves."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from chalicelib.features.identity import model
from chalicelib.features.identity.model import Me, UpdateProfile, User
from chalicelib.features.identity.repository import Users
from chalicelib.features.identity.use_cases.accounts import is_staff
from chalicelib.features.legal import use_cases as legal
from chalicelib.features.second_factor.use_cases import backup_codes_left
from chalicelib.features.sessions import use_cases as sessions
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.kernel import time_zones
from chalicelib.kernel.ids import UserId
from chalicelib.table import due, proof
from chalicelib.table.following_up import TAKEN_UP_AFTER, follow_up
from chalicelib.table.proof import Caller, Session
from chalicelib.table.tenant import Installation

CARRY_NAME: Final = "identity.carry_name"
"""Due work: {user_id}: copies of somebody's name that were not changed with it."""


def get_me(session: Session, *, installation: Installation) -> Me:
    """The person of a session: two read units."""
    return _me(Users(installation).require(session.user_id), installation=installation)


def update_profile(command: UpdateProfile, *, session: Session, caller: Caller, installation: Installation) -> Me:
    """Change what a person is called, here and in each of their workspaces.

    The account changes in one transaction; the copies in sessions and workspaces follow at once, those of workspaces
    each with its journal entry. Due work a minute later takes up what was cut short. A time zone is one write more
    and stands in no log: it says nothing of who they are.

    Raises:
        NameInvalid, UsernameInvalid, UsernameTaken, TimeZoneUnknown, ChangedMeanwhile: nothing was written.
    """
    users = Users(installation)
    before = users.require(session.user_id)
    after = replace(
        before,
        full_name=before.full_name if command.full_name is None else model.parse_full_name(command.full_name),
        username=before.username if command.username is None else model.parse_username(command.username),
        time_zone=before.time_zone if command.time_zone is None else time_zones.parse(command.time_zone),
    )
    if _names(after) != _names(before):
        with installation.journalled(before.id, proof.actor_of(session, caller)) as change:
            users.rename(change, before, after)
            at = installation.now() + TAKEN_UP_AFTER
            due.schedule(change, installation, CARRY_NAME, at, {"user_id": before.id}, name=f"{CARRY_NAME}#{before.id}")
            change.record("profile.renamed", target=before.id, old=_names(before), new=_names(after))
    if after.time_zone is not None and after.time_zone != before.time_zone:
        users.set_time_zone(after.id, after.time_zone)
    with follow_up():
        sessions.rename_sessions(after.id, after.full_name, installation=installation)
        for tenant in workspaces.handles_of(session, caller=caller, installation=installation):
            workspaces.rename_member(after.id, after.full_name, after.username, tenant=tenant)
    return _me(after, installation=installation)


def carry_name(user_id: UserId, *, installation: Installation) -> None:
    """Copy what somebody is called now to their sessions and workspaces, where another name stands. Repeatable."""
    user = Users(installation).get(user_id)
    if user is not None:
        sessions.rename_sessions(user.id, user.full_name, installation=installation)
        workspaces.rename_everywhere(user.id, user.full_name, user.username, installation=installation)


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
