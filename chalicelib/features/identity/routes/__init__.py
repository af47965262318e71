"""Paths of a person: account, sign-in, sessions, second factor, joining workspaces, the way to the gateway."""

from chalicelib.features.identity.routes import account, credentials, signing_in, workspaces
from chalicelib.features.identity.routes.declared import api

__all__ = ["account", "api", "credentials", "signing_in", "workspaces"]
