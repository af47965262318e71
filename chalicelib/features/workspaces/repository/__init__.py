"""Rows of workspaces: profile, members, invitations, requests to leave, and a person's pointers to their workspaces."""

from chalicelib.features.workspaces.repository.invites import Invites, invite_of_token, invites_for
from chalicelib.features.workspaces.repository.leavings import Leavings
from chalicelib.features.workspaces.repository.members import Members, workspaces_of
from chalicelib.features.workspaces.repository.own_things import forget_own_things
from chalicelib.features.workspaces.repository.profiles import Profiles

__all__ = [
    "Invites",
    "Leavings",
    "Members",
    "Profiles",
    "forget_own_things",
    "invite_of_token",
    "invites_for",
    "workspaces_of",
]
