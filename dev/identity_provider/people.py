"""Whom one can be at the identity provider: a few demo people, or anybody with an e-mail address."""

import hashlib
from dataclasses import dataclass

from dev.demo import people as demo

NEWCOMERS = (
    ("ingrid@wireroom.localhost", "Ingrid Solheim"),
    ("tomas@wireroom.localhost", "Tomás Rivera"),
)
"""They have no account in the local product yet."""
CHOICES = tuple((person.email, person.full_name) for person in demo.PEOPLE) + NEWCOMERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who signed in at the provider. `email` may be empty: not everybody shows one."""

    subject: str
    email: str
    full_name: str
    is_email_verified: bool


def person(provider: str, *, email: str, full_name: str, is_email_verified: bool, subject: str = "") -> Person:
    """The same address is the same subject at every start, and another one at every provider."""
    made = hashlib.sha256(f"{provider}#{email.casefold()}".encode()).hexdigest()[:20]
    return Person(
        subject=subject or made,
        email=email,
        full_name=full_name or _name_of(email),
        is_email_verified=is_email_verified,
    )


def _name_of(email: str) -> str:
    known = dict(CHOICES).get(email)
    return known or email.partition("@")[0].replace(".", " ").title()
