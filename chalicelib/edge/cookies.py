"""The cookies we set: the session's, and short-lived ones that hold a sign-in together until it is one.

Source: RFC 6265bis, `__Host-` prefix.
"""

from datetime import datetime

from chalicelib import settings

SESSION = ""


def name(purpose: str = SESSION) -> str:
    """`__Host-wireroom`, and `-<purpose>` after it for any other cookie than the session's.

    Without the prefix on the local product's http origin, where browsers refuse it.
    """
    plain = f"wireroom-{purpose}" if purpose else "wireroom"
    return f"__Host-{plain}" if settings.current().is_secure_origin else plain


def read(header: str | None, purpose: str = SESSION) -> str | None:
    """The token a request carries for a purpose, whatever other cookies stand around it."""
    # Not http.cookies: it drops all cookies behind one that it can't read, and others on the host may set such.
    wanted = name(purpose)
    for pair in (header or "").split(";"):
        found, _, value = pair.strip().partition("=")
        if found == wanted:
            return value
    return None


def issue(token: str, ends_at: datetime, now: datetime, purpose: str = SESSION) -> str:
    """The header that stores a token until what it stands for ends."""
    return _header(purpose, token, max(0, int((ends_at - now).total_seconds())))


def clear(purpose: str = SESSION) -> str:
    """The header that removes the cookie."""
    return _header(purpose, "", 0)


def _header(purpose: str, value: str, max_age_s: int) -> str:
    secure = "; Secure" if settings.current().is_secure_origin else ""
    return f"{name(purpose)}={value}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite=Lax{secure}"
