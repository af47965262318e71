"""Workspaces: their name, members and invitations."""
