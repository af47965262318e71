"""Paths of a person: account, getting back in, what they sign in with, founding and joining workspaces."""

from chalicelib.features.identity.routes import account, credentials, signing_up, workspaces
from chalicelib.features.identity.routes.declared import api

__all__ = ["account", "api", "credentials", "signing_up", "workspaces"]
