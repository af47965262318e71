"""Paths of a person: account, getting back in, what they sign in with, founding and joining workspaces."""

from chalicelib.features.identity.routes import account, credentials, invites, signing_up, workspaces
from chalicelib.features.identity.routes.declared import api

__all__ = ["account", "api", "credentials", "invites", "signing_up", "workspaces"]
