"""Signing in: password or provider, second factor, then a session; and keeping these in order."""
