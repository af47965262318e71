"""Tokens that travel in links: 256 random bits for the reader, their hash for us."""

import hashlib
import secrets

MAX_CHARACTERS = 64


def new() -> str:
    """A fresh token, 43 letters that need no escaping in a link."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What is kept of a token. One round is enough: 256 random bits can't be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()
