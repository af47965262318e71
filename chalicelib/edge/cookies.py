"""The session cookie. Source: RFC 6265bis, `__Host-` prefix."""

from datetime import datetime
from http.cookies import CookieError, SimpleCookie

from chalicelib import settings


def name() -> str:
    """`__Host-wireroom`; plain `wireroom` on the local product's http origin, where browsers refuse the prefix."""
    return "__Host-wireroom" if settings.current().is_secure_origin else "wireroom"


def read(header: str | None) -> str | None:
    """The session token a request carries, if it carries one that can be read."""
    try:
        found = SimpleCookie(header or "").get(name())
    except CookieError:
        return None
    return found.value if found else None


def issue(token: str, ends_at: datetime, now: datetime) -> str:
    """The header that stores a session token until the session ends."""
    return _header(token, max(0, int((ends_at - now).total_seconds())))


def clear() -> str:
    """The header that removes the cookie."""
    return _header("", 0)


def _header(value: str, max_age_s: int) -> str:
    secure = "; Secure" if settings.current().is_secure_origin else ""
    return f"{name()}={value}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite=Lax{secure}"
