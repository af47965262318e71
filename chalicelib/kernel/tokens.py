"""Tokens that travel in links: 256 random bits for the reader, their hash for us."""

import hashlib
import hmac
import secrets

from chalicelib.kernel.ids import SessionId, WorkspaceId

MAX_CHARACTERS = 64


def new() -> str:
    """A fresh token, 43 letters that need no escaping in a link."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What is kept of a token. One round is enough: 256 random bits can't be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()


def store_key(secret: bytes, session_id: SessionId, workspace_id: WorkspaceId) -> bytes:
    """The 32 bytes under which one sign-in's browser seals what it keeps of one workspace.

    Derived, so that it is kept nowhere: who has no session any more is given none, and what was sealed stays sealed.
    Source: RFC 5869, 2.3, with the installation's secret as PRK and one block.
    """
    return hmac.digest(secret, f"store#{session_id}#{workspace_id}".encode() + b"\x01", hashlib.sha256)
