"""Paths of signing in: in and out, one's sessions, one's second factor."""

from chalicelib.features.sign_in.routes import second_factor, sessions, signing_in
from chalicelib.features.sign_in.routes.declared import api

__all__ = ["api", "second_factor", "sessions", "signing_in"]
