"""What the provider has granted and to whom: codes that are good once, and the access tokens they bring."""

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from dev.identity_provider.people import Person

CODE_LIFE_S = 60.0
TOKEN_LIFE_S = 3_600.0


class GrantRefused(Exception):
    """The code is unknown, used, too old, or asked for by somebody who did not begin with it; says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What an application asked for at the authorize endpoint."""

    provider: str
    redirect_uri: str
    challenge: str
    nonce: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A wish, and the person who granted it."""

    wish: Wish
    person: Person
    ends_at_s: float


class Grants:
    """Codes and access tokens, in memory."""

    def __init__(self, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._clock_s = clock_s
        self._codes: dict[str, Grant] = {}
        self._tokens: dict[str, Grant] = {}

    def issue_code(self, wish: Wish, person: Person) -> str:
        """A code, good once and for a minute."""
        return self._keep(self._codes, Grant(wish=wish, person=person, ends_at_s=self._clock_s() + CODE_LIFE_S))

    def redeem(self, code: str, *, provider: str, redirect_uri: str, verifier: str) -> tuple[Grant, str]:
        """What the code granted, and a fresh access token. Raises GrantRefused; the code is used up in any case."""
        grant = self._codes.pop(code, None)
        if grant is None or grant.wish.provider != provider or grant.ends_at_s <= self._clock_s():
            raise GrantRefused("the code is unknown, used or too old")
        if grant.wish.redirect_uri != redirect_uri:
            raise GrantRefused("the code was asked for with another redirect_uri")
        if not hmac.compare_digest(grant.wish.challenge, s256(verifier)):
            raise GrantRefused("code_verifier does not fit code_challenge")
        token = Grant(wish=grant.wish, person=grant.person, ends_at_s=self._clock_s() + TOKEN_LIFE_S)
        return grant, self._keep(self._tokens, token)

    def access_tokens(self) -> list[str]:
        """Every access token there is: what tests look for where none may stand."""
        return list(self._tokens)

    def holder(self, access_token: str, provider: str) -> Person | None:
        """Whose access token it is."""
        grant = self._tokens.get(access_token)
        if grant is None or grant.wish.provider != provider or grant.ends_at_s <= self._clock_s():
            return None
        return grant.person

    def _keep(self, kept: dict[str, Grant], grant: Grant) -> str:
        for name in [name for name, each in kept.items() if each.ends_at_s <= self._clock_s()]:
            del kept[name]
        name = secrets.token_urlsafe(32)
        kept[name] = grant
        return name


def s256(verifier: str) -> str:
    """The challenge of a verifier. Source: RFC 7636, 4.2."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
