"""A person's own log: their sign-ins, refused ones too, and each change of how they sign in."""

from typing import Final

from chalicelib.features.identity.repository import OwnLog, Users
from chalicelib.kernel.pages import Page
from chalicelib.table import cursors
from chalicelib.table.journal import Entry
from chalicelib.table.proof import Session
from chalicelib.table.tenant import Installation

PAGE: Final = 50


def read_log(session: Session, *, cursor: str | None, installation: Installation) -> Page[Entry]:
    """A page of the person's own log, newest first: a query a month, 13 months at most.

    A page may have few entries, or none, and more behind it: what counts is the cursor.

    Raises:
        CursorInvalid: it was not made by us for this person's log.
    """
    user = Users(installation).require(session.user_id)
    scope = f"own log {user.id}"
    before = None if cursor is None else cursors.open_signed(scope, cursor)
    shown, older = OwnLog(installation, user.id).newest(before=before, since=user.created_at, most=PAGE)
    return Page(items=shown, next_cursor=None if older is None else cursors.sign(scope, older))
