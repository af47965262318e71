"""Invitations, whatever became of them, and where their tokens lead."""

from datetime import timedelta

from pynamodb.attributes import UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib import settings
from chalicelib.features.workspaces.model import Invite, InviteNotFound, InviteState
from chalicelib.kernel import ids
from chalicelib.kernel.errors import Fact
from chalicelib.kernel.ids import InviteId, SeatId, UserId, WorkspaceId
from chalicelib.kernel.roles import Role
from chalicelib.table import keys, people_keys
from chalicelib.table.items import MomentAttribute, Row
from chalicelib.table.keys import InstallationKey
from chalicelib.table.tenant import Installation, Tenant
from chalicelib.table.transaction import ChangedMeanwhile, Transaction

_INVITE_KEPT = timedelta(days=90)
"""How long a settled or expired invitation still says why it refuses."""
_MOST = 100


class InviteRow(Row, discriminator="invite"):
    """An invitation, whatever became of it."""

    role = UnicodeAttribute()
    email = UnicodeAttribute(null=True)
    invited_by = UnicodeAttribute()
    inviter_name = UnicodeAttribute()
    ends_at = MomentAttribute()
    settled = UnicodeAttribute()
    used_by = UnicodeAttribute(null=True)
    token_hash = UnicodeAttribute()
    seat_id = UnicodeAttribute(null=True)


class InviteTokenRow(Row, discriminator="invite_token"):
    """Where the token of an invitation leads."""

    workspace_id = UnicodeAttribute()
    invite_id = UnicodeAttribute()


class Invites:
    """The invitations of one tenant's workspace."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._rows = tenant.rows(keys.WORKSPACE)

    def require(self, invite_id: str) -> Invite:
        """One invitation. Raises InviteNotFound."""
        known = ids.is_minted_shape(invite_id)
        row = self._rows.get(InviteRow, keys.invite(InviteId(invite_id))) if known else None
        if row is None:
            raise InviteNotFound
        return _to_invite(row)

    def all(self) -> list[Invite]:
        """Every invitation of the last three months, oldest first."""
        return [_to_invite(row) for row in self._rows.query(InviteRow, keys.INVITES)]

    def add(self, change: Transaction, invite: Invite) -> None:
        """Write an invitation and where its token leads."""
        change.create(
            self._rows.new(
                InviteRow,
                keys.invite(invite.id),
                role=invite.role,
                email=invite.email,
                invited_by=invite.invited_by,
                inviter_name=invite.inviter_name,
                ends_at=invite.ends_at,
                settled=invite.settled,
                token_hash=invite.token_hash,
                seat_id=invite.seat_id,
                expires_at=_kept_until_s(invite),
            )
        )
        self._lead(change, invite)

    def renew(self, change: Transaction, before: Invite, after: Invite) -> None:
        """Give an invitation that nobody used another token, end and inviter; the old token leads nowhere."""
        row = self._rows.new(InviteRow, keys.invite(before.id))
        actions = [
            InviteRow.token_hash.set(after.token_hash),
            InviteRow.ends_at.set(after.ends_at),
            InviteRow.invited_by.set(after.invited_by),
            InviteRow.inviter_name.set(after.inviter_name),
            InviteRow.expires_at.set(_kept_until_s(after)),
        ]
        change.update(row, actions, self._still(before), refusal=ChangedMeanwhile())
        old = self._tenant.installation_rows(people_keys.invite_token(before.token_hash))
        change.delete(old.new(InviteTokenRow, keys.ONLY))
        self._lead(change, after)

    def settle(
        self, change: Transaction, invite: Invite, state: InviteState, *, refusal: Fact, used_by: UserId | None = None
    ) -> None:
        """Use or revoke an invitation that is still as it was read."""
        row = self._rows.new(InviteRow, keys.invite(invite.id))
        actions = [InviteRow.settled.set(state)]
        if used_by is not None:
            actions.append(InviteRow.used_by.set(used_by))
        change.update(row, actions, self._still(invite), refusal=refusal)

    def forget_person(self, user_id: UserId) -> None:
        """Take out of the invitations what says who somebody was who is gone: their name, and the address they had."""
        for row in self._rows.query(InviteRow, keys.INVITES):
            kept = self._rows.new(InviteRow, row.sk)
            if row.invited_by == user_id and row.inviter_name:
                self._rows.update(kept, [InviteRow.inviter_name.set("")], InviteRow.invited_by == user_id)
            if row.used_by == user_id and row.email is not None:
                self._rows.update(kept, [InviteRow.email.remove()], InviteRow.used_by == user_id)

    def forget_address(self, invite: Invite) -> None:
        """Take the address out of a settled invitation, and its token: two writes."""
        row = self._rows.new(InviteRow, keys.invite(invite.id))
        self._rows.update(row, [InviteRow.email.remove()], InviteRow.settled != InviteState.OPEN)
        token = self._tenant.installation_rows(people_keys.invite_token(invite.token_hash))
        token.delete(token.new(InviteTokenRow, keys.ONLY))

    def _still(self, invite: Invite) -> Condition:
        still: Condition = (InviteRow.settled == InviteState.OPEN) & (InviteRow.token_hash == invite.token_hash)
        return still

    def _lead(self, change: Transaction, invite: Invite) -> None:
        row = self._tenant.installation_rows(people_keys.invite_token(invite.token_hash)).new(
            InviteTokenRow,
            keys.ONLY,
            workspace_id=self._tenant.workspace_id,
            invite_id=invite.id,
            expires_at=_kept_until_s(invite),
        )
        if invite.email is not None:
            row.gsi1pk, row.gsi1sk = _invites_for(invite.email), row.pk
        change.put(row)


def invite_of_token(installation: Installation, token_hash: str) -> tuple[WorkspaceId, InviteId]:
    """Where a token leads: one read unit. Raises InviteNotFound."""
    row = installation.rows(people_keys.invite_token(token_hash)).get(InviteTokenRow, keys.ONLY)
    if row is None:
        raise InviteNotFound
    return WorkspaceId(row.workspace_id), InviteId(row.invite_id)


def invites_for(installation: Installation, email: str) -> list[tuple[WorkspaceId, InviteId]]:
    """The invitations for an address, whatever became of them, up to _MOST: one query of an index."""
    rows = installation.in_second_order(InviteTokenRow, _invites_for(email), limit=_MOST)
    return [(WorkspaceId(row.workspace_id), InviteId(row.invite_id)) for row in rows]


def _invites_for(email: str) -> InstallationKey:
    return people_keys.invites_for(ids.address_handle(settings.current().id_secret, email))


def _to_invite(row: InviteRow) -> Invite:
    return Invite(
        id=InviteId(row.sk.removeprefix(keys.INVITES)),
        role=Role(row.role),
        email=row.email,
        invited_by=UserId(row.invited_by),
        inviter_name=row.inviter_name,
        ends_at=row.ends_at,
        settled=InviteState(row.settled),
        token_hash=row.token_hash,
        seat_id=SeatId(row.seat_id) if row.seat_id else None,
    )


def _kept_until_s(invite: Invite) -> int:
    return int((invite.ends_at + _INVITE_KEPT).timestamp())
