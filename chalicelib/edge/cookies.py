"""The session cookie. Source: RFC 6265bis, `__Host-` prefix."""

from datetime import datetime

from chalicelib import settings


def name() -> str:
    """`__Host-wireroom`; plain `wireroom` on the local product's http origin, where browsers refuse the prefix."""
    return "__Host-wireroom" if settings.current().is_secure_origin else "wireroom"


def read(header: str | None) -> str | None:
    """The session token a request carries, whatever other cookies stand around it."""
    # Not http.cookies: it drops all cookies behind one that it can't read, and others on the host may set such.
    for pair in (header or "").split(";"):
        found, _, value = pair.strip().partition("=")
        if found == name():
            return value
    return None


def issue(token: str, ends_at: datetime, now: datetime) -> str:
    """The header that stores a session token until the session ends."""
    return _header(token, max(0, int((ends_at - now).total_seconds())))


def clear() -> str:
    """The header that removes the cookie."""
    return _header("", 0)


def _header(value: str, max_age_s: int) -> str:
    secure = "; Secure" if settings.current().is_secure_origin else ""
    return f"{name()}={value}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite=Lax{secure}"
