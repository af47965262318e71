"""The workspace itself: what it is called, and what its Owners switched."""

from collections.abc import Mapping
from dataclasses import replace

from chalicelib.features.workspaces.model import MAX_NAME_CHARACTERS, OwnSecondFactorFirst, Workspace
from chalicelib.features.workspaces.repository import Members, Profiles
from chalicelib.kernel import names
from chalicelib.kernel.permissions import Action, Grants, Toggle
from chalicelib.kernel.roles import Role
from chalicelib.table.proof import Session
from chalicelib.table.tenant import Tenant


def get_workspace(*, tenant: Tenant) -> Workspace:
    """The workspace as the acting member sees it: one read unit."""
    member = tenant.require(Action.SEE_CRM)
    return Profiles(tenant).require(member.role, member.grants.flags, member.coverage.seat)


def name_of(*, tenant: Tenant) -> str:
    """What the workspace is called, for letters that jobs send: one read unit."""
    return Profiles(tenant).require(Role.OWNER).name


def rename_workspace(name: str, *, tenant: Tenant) -> Workspace:
    """Give the workspace another name. The name it has already changes nothing.

    Raises:
        PermissionMissing: the acting member may not.
        NameInvalid: nothing was written.
        ChangedMeanwhile: somebody renamed it at the same moment, or the member's standing changed.
    """
    member = tenant.require(Action.CHANGE_SETTINGS)
    new = names.parse(name, pointer="/name", most=MAX_NAME_CHARACTERS)
    before = get_workspace(tenant=tenant)
    if before.name == new:
        return before
    with tenant.transaction() as change:
        Members(tenant).check_standing(change, member)
        Profiles(tenant).rename(change, before.name, new)
        change.record("workspace.renamed", target=tenant.workspace_id, old={"name": before.name}, new={"name": new})
    return replace(before, name=new)


def change_toggles(wanted: Mapping[Toggle, bool], *, tenant: Tenant, session: Session) -> Workspace:
    """Switch what Members may and what the workspace asks of everybody; what stands so already changes nothing.

    Raises:
        PermissionMissing: the acting member is no Owner.
        OwnSecondFactorFirst: a second factor is to be asked of everybody, and this session has shown none.
        ChangedMeanwhile: somebody switched at the same moment, or the member's standing changed; nothing was written.
    """
    member = tenant.require(Action.CHANGE_TOGGLES)
    before = get_workspace(tenant=tenant)
    switched = {toggle: is_on for toggle, is_on in wanted.items() if before.grants.is_on(toggle) != is_on}
    if not switched:
        return before
    if switched.get(Toggle.REQUIRE_SECOND_FACTOR) and session.second_factor_at is None:
        raise OwnSecondFactorFirst
    after = {**before.grants.toggles, **switched}
    with tenant.transaction() as change:
        Members(tenant).check_standing(change, member)
        Profiles(tenant).switch(change, before.grants.toggles, after)
        change.record(
            "toggles.changed",
            target=tenant.workspace_id,
            old={toggle.value: before.grants.is_on(toggle) for toggle in switched},
            new={toggle.value: is_on for toggle, is_on in switched.items()},
        )
    return replace(before, grants=Grants(role=before.role, flags=before.grants.flags, toggles=after))
