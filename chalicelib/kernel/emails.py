"""E-mail addresses: one spelling each, so that a person is found by whatever letters they type."""

import re

from chalicelib.kernel.errors import Blame, Invalid

MAX_CHARACTERS = 254
_MAX_LOCAL_CHARACTERS = 64
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_SHAPE = re.compile(rf"([a-z0-9.!#$%&'*+/=?^_`{{|}}~-]+)@{_LABEL}(?:\.{_LABEL})+")
"""What browsers take for an address, with a dot in its domain. Source: WHATWG HTML, valid e-mail address."""


class EmailInvalid(Invalid):
    """The text is no e-mail address that letters can be sent to."""

    code = "email-invalid"
    title = "This is not an e-mail address."


def folded(text: str) -> str:
    """The spelling an address is kept and looked up by."""
    return text.strip().casefold()


def parse(text: str, *, pointer: str) -> str:
    """The address, folded.

    Raises:
        EmailInvalid: blaming `pointer`, a JSON pointer into the request.
    """
    email = folded(text)
    found = _SHAPE.fullmatch(email)
    if found is None or len(email) > MAX_CHARACTERS or len(found[1]) > _MAX_LOCAL_CHARACTERS:
        raise EmailInvalid(blames=(Blame(pointer, "is not an e-mail address"),))
    return email


def hinted(email: str) -> str:
    """Enough of an address to know again whose it is, and no more: what a log that outlives its people may keep."""
    local, _, domain = email.partition("@")
    return f"{local[:1]}…@{domain}"
