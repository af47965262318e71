"""Paths of one workspace. What a person does outside one is identity's."""

from chalicelib.features.workspaces.routes import invites, leaving, logo, members, profile

apis = (profile.api, logo.api, members.api, leaving.api, invites.api)
