"""Erasing a person: memberships, logins, keys, everything under their name, and a count that proves it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.adapters import outbox
from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.identity import use_cases as identity
from chalicelib.features.identity.model import User
from chalicelib.features.identity.use_cases import closing
from chalicelib.features.privacy import letters
from chalicelib.features.privacy.model import (
    LOG_OUT_FOR,
    LOOK_AGAIN,
    Deletion,
    Erasing,
    Kind,
    Leaver,
    OwnConnection,
    Step,
    Turn,
    begun,
)
from chalicelib.features.privacy.repository import people
from chalicelib.features.privacy.repository.erasings import Erasings
from chalicelib.features.privacy.repository.people import PersonalRemains
from chalicelib.features.privacy.repository.workspaces import Profiles
from chalicelib.features.privacy.use_cases import belonging, person_deletion, steps, workspace_deletion
from chalicelib.features.privacy.use_cases.steps import Steps
from chalicelib.features.sign_in.use_cases.tries import CODES
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.kernel import clock
from chalicelib.kernel.actors import system
from chalicelib.kernel.ids import AccountId, ConnectionId, UserId, WorkspaceId
from chalicelib.table import keys
from chalicelib.table.tenant import Installation, Tenant, for_job
from chalicelib.table.transaction import Transaction

Facts = Mapping[str, Any]
"""{user_id}, and from the first go on {email, full_name, username, created_at, connections}: what finds them.

It stands in the due row alone, and is gone with it.
"""


def erase_person(facts: Facts, *, installation: Installation) -> datetime | None:
    """Go on with the erasing of a person; gives when to go on again, None when there is nothing left to do.

    Killed at any moment, it goes on from there.

    Raises:
        ChangedMeanwhile: the deletion was undone at this moment, or somebody else works at it, too.
    """
    user_id = UserId(facts["user_id"])
    erasing = Erasings(installation).get(user_id)
    if erasing is None:
        _begin(user_id, installation)
        return None
    return steps.go_on(erasing, _Work(facts, installation).steps(), installation)


def _begin(user_id: UserId, installation: Installation) -> None:
    """The end of the way back: from this change on, undoing is refused."""
    user = identity.get_person(user_id, installation=installation)
    if user is None or user.deletes_at is None or user.deletes_at > installation.now():
        return
    facts = {
        "user_id": user.id,
        "email": user.email,
        "full_name": user.full_name,
        "username": user.username,
        "created_at": clock.to_wire(user.created_at),
        "connections": _connections(user, installation),
    }
    with installation.transaction(keys.erasing(user.id)) as change:
        closing.require_closing(change, user, installation=installation)
        Erasings(installation).add(change, begun(Kind.PERSON, user.id, installation.now()))
        person_deletion.schedule_erasing(change, facts, installation.now(), installation)


def _connections(user: User, installation: Installation) -> list[dict[str, Any]]:
    """Those in workspaces that stay, and what was not closed yet of those in workspaces they left before.

    The others end with their workspaces.
    """
    found: dict[ConnectionId, OwnConnection] = {}
    going: set[WorkspaceId] = set()
    for tenant, place in belonging.handles_of(user.id, installation, system("erasing")):
        if place.goes_along:
            going.add(tenant.workspace_id)
            continue
        known = [account.id for account in accounts.known_accounts(tenant)]
        found |= {one.connection_id: one for one in people.connections_of(user.id, tenant, known)}
    open_ones = people.open_connections_of(user.id, installation)
    found |= {one.connection_id: one for one in open_ones if one.workspace_id not in going}
    return [
        {"workspace": one.workspace_id, "account": one.account_id, "id": one.connection_id, "shard": one.shard}
        for one in found.values()
    ]


class _Work:
    """What is done at each step of one person's erasing."""

    def __init__(self, facts: Facts, installation: Installation) -> None:
        self._installation = installation
        self._leaver = Leaver(
            user_id=UserId(facts["user_id"]),
            email=facts["email"],
            full_name=facts["full_name"],
            username=facts["username"],
            created_at=clock.from_wire(facts["created_at"]),
        )
        self._connections = [_to_connection(each) for each in facts["connections"]]
        self._remains = PersonalRemains(
            self._leaver,
            claims=closing.claims_of(self._leaver.email, self._leaver.username),
            counters=[keys.limit(CODES.strangers.name, self._leaver.user_id)],
            installation=installation,
        )

    def steps(self) -> Steps:
        """By the step. Nobody but a workspace has files, or a list of partitions to close."""
        return {
            Step.ENDING: self._end_memberships,
            Step.LOGGING_OUT: self._log_out,
            Step.DESTROYING_KEYS: steps.destroy_keys,
            Step.SETTLING: lambda erasing, _: steps.settle(erasing, self._installation.now()),
            Step.REMOVING_POINTERS: self._remove_pointers,
            Step.REMOVING_ROWS: self._remove_rows,
            Step.COUNTING: self._count,
            Step.TELLING: self._tell,
        }

    def _end_memberships(self, _: Erasing, __: Transaction) -> Turn:
        ended = 0
        for tenant, place in belonging.handles_of(self._leaver.user_id, self._installation, system("erasing")):
            if place.goes_along:
                self._delete_now(tenant)
            else:
                workspaces.end_membership(self._leaver.user_id, tenant=tenant)
                ended += 1
        return Turn(next=Step.LOGGING_OUT, counts={"memberships": ended})

    def _delete_now(self, tenant: Tenant) -> None:
        """A workspace without an Owner has nobody who could take its deletion back."""
        profile, now = Profiles(tenant).require(), self._installation.now()
        if not profile.has_to_go(now):
            deletion = Deletion(deletes_at=now, can_undo=False)
            workspace_deletion.put_deletion(profile, deletion, tenant=tenant, installation=self._installation)

    def _log_out(self, erasing: Erasing, _: Transaction) -> Turn:
        left = [one for one in self._connections if people.has_login(one, self._in(one.workspace_id))]
        now = self._installation.now()
        if left and now < erasing.started_at + LOG_OUT_FOR:
            return Turn(next=Step.LOGGING_OUT, again_at=now + LOOK_AGAIN)
        for one in self._connections:
            self._forget(one, is_open=one in left)
        return Turn(next=Step.DESTROYING_KEYS, counts={"logins_left": len(left)})

    def _forget(self, connection: OwnConnection, *, is_open: bool) -> None:
        tenant, user_id = self._in(connection.workspace_id), self._leaver.user_id
        # A workspace that is being erased meanwhile has no journal any more, and soon no accounts.
        if Erasings(self._installation).get(tenant.workspace_id) is None:
            if is_open:
                accounts.destroy_connection(connection.account_id, user_id, tenant=tenant)
            accounts.forget_holder(user_id, tenant=tenant)
        people.drop_connection(connection, user_id, tenant)

    def _remove_pointers(self, _: Erasing, __: Transaction) -> Turn:
        self._forget_invitations()
        return Turn(next=Step.REMOVING_ROWS, counts={"pointers": self._remains.remove_pointers()})

    def _forget_invitations(self) -> None:
        """Those to their address that they never followed; the others were cleared when their membership ended."""
        for workspace_id, invite_id in workspaces.invitations_for(self._leaver.email, installation=self._installation):
            if Erasings(self._installation).get(workspace_id) is None:
                workspaces.forget_invited(invite_id, tenant=self._in(workspace_id))

    def _remove_rows(self, _: Erasing, __: Transaction) -> Turn:
        removed = self._remains.remove_rows()
        return Turn(next=Step.REMOVING_ROWS if removed else Step.COUNTING, counts={"rows": removed})

    def _count(self, _: Erasing, __: Transaction) -> Turn:
        left = self._remains.count()
        return Turn(next=Step.REMOVING_POINTERS if left else Step.TELLING, left=left)

    def _tell(self, erasing: Erasing, change: Transaction) -> Turn:
        letter = letters.account_erased(
            to=self._leaver.email,
            full_name=self._leaver.full_name,
            logins_left=erasing.counts.get("logins_left", 0),
        )
        outbox.post(change, self._installation, letter)
        return Turn(next=Step.DONE)

    def _in(self, workspace_id: WorkspaceId) -> Tenant:
        return for_job(workspace_id, system("erasing"), now=self._installation.now)


def _to_connection(facts: Facts) -> OwnConnection:
    return OwnConnection(
        workspace_id=WorkspaceId(facts["workspace"]),
        account_id=AccountId(facts["account"]),
        connection_id=ConnectionId(facts["id"]),
        shard=facts["shard"],
    )
