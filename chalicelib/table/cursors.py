"""Page cursors: opaque, signed, good only for the list and the partition they were made for."""

import base64
import hashlib
import hmac

from chalicelib import settings
from chalicelib.kernel.errors import Blame, Invalid

_SIGNATURE_LENGTH = 16


class CursorInvalid(Invalid):
    """The cursor was not made by us for this list."""

    code = "cursor-invalid"
    title = "This page cursor is not valid for this list."


def sign(scope: str, position: str) -> str:
    """A cursor that stands after `position`. `scope` names list and partition and does not travel."""
    body = position.encode()
    return base64.urlsafe_b64encode(_signature(scope, body) + body).decode().rstrip("=")


def open_signed(scope: str, cursor: str) -> str:
    """The position a cursor stands at.

    Raises:
        CursorInvalid: forged, damaged, or made for another list or workspace.
    """
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        position = raw[_SIGNATURE_LENGTH:].decode()
    except ValueError:
        position = ""
    # Signed anew and compared as text: base64 has more than one spelling of the same bytes.
    if not hmac.compare_digest(cursor.encode("utf-8", "replace"), sign(scope, position).encode()):
        raise CursorInvalid(blames=(Blame("/cursor", "not a cursor of this list"),))
    return position


def _signature(scope: str, body: bytes) -> bytes:
    key = settings.current().cursor_key
    return hmac.digest(key, scope.encode() + b"\x00" + body, hashlib.sha256)[:_SIGNATURE_LENGTH]
