"""What people do with workspaces: found, name, run and leave them, invite into them, and see who is there."""

from chalicelib.features.workspaces.use_cases.departing import end_membership, settle_departure
from chalicelib.features.workspaces.use_cases.founding import (
    create_workspace,
    handles_of,
    lay_out,
    list_workspaces,
)
from chalicelib.features.workspaces.use_cases.invites import (
    accept_invite,
    create_invite,
    forget_invited,
    invitations_for,
    list_invites,
    look_up_invite,
    resend_invite,
    revoke_invite,
)
from chalicelib.features.workspaces.use_cases.leaving import (
    approve_leaving,
    ask_to_leave,
    deny_leaving,
    list_leave_requests,
    withdraw_leaving,
)
from chalicelib.features.workspaces.use_cases.logo import link_of, remove_logo, set_logo
from chalicelib.features.workspaces.use_cases.members import (
    change_member,
    check_standing,
    list_members,
    member_names,
    members_by_words,
    note_second_factor,
    owners,
    remove_member,
    rename_everywhere,
    rename_member,
    transfer_ownership,
)
from chalicelib.features.workspaces.use_cases.profile import change_toggles, get_workspace, name_of, rename_workspace

__all__ = [
    "accept_invite",
    "approve_leaving",
    "ask_to_leave",
    "change_member",
    "change_toggles",
    "check_standing",
    "create_invite",
    "create_workspace",
    "deny_leaving",
    "end_membership",
    "forget_invited",
    "get_workspace",
    "handles_of",
    "invitations_for",
    "lay_out",
    "link_of",
    "list_invites",
    "list_leave_requests",
    "list_members",
    "list_workspaces",
    "look_up_invite",
    "member_names",
    "members_by_words",
    "name_of",
    "note_second_factor",
    "owners",
    "remove_logo",
    "remove_member",
    "rename_everywhere",
    "rename_member",
    "rename_workspace",
    "resend_invite",
    "revoke_invite",
    "set_logo",
    "settle_departure",
    "transfer_ownership",
    "withdraw_leaving",
]
