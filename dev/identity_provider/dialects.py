"""What the four providers have each in their own way: addresses, and how they say who somebody is.

Paths and claims are theirs; hosts are replaced by a folder of this provider each.
Sources: the discovery documents of accounts.google.com, login.microsoftonline.com/common/v2.0 and
www.linkedin.com/oauth; Facebook, "Manually build a login flow".
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from dev.identity_provider.people import Person

TENANT = "5b0c34a2-6a31-4d4f-9d5e-3f2a51c0b7aa"
"""The directory that everybody with a Microsoft account here belongs to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """Below the provider's folder. `discovery` and `keys` are empty where there is no OpenID Connect."""

    configured: str
    authorize: str
    token: str
    userinfo: str
    discovery: str = ""
    keys: str = ""


class Dialect(ABC):
    """One provider. `base` below is this process's own address with the provider's folder."""

    name: str
    title: str
    paths: Paths
    echoes_nonce = True
    vouches = True

    def issuer(self, base: str) -> str:
        """What a token says it is from."""
        return base + self.paths.configured

    def declared_issuer(self, base: str) -> str:
        """What the discovery document says of it."""
        return self.issuer(base)

    @abstractmethod
    def claims(self, person: Person) -> dict[str, Any]:
        """What is said of a person, beside what every ID token says."""


class Google(Dialect):
    """OpenID Connect as it is written."""

    name, title = "google", "Google"
    paths = Paths(
        configured="",
        discovery="/.well-known/openid-configuration",
        authorize="/o/oauth2/v2/auth",
        token="/token",
        keys="/oauth2/v3/certs",
        userinfo="/v1/userinfo",
    )

    def claims(self, person: Person) -> dict[str, Any]:
        return {
            "sub": person.subject,
            "name": person.full_name,
            "email": person.email,
            "email_verified": person.is_email_verified,
        }


class Microsoft(Dialect):
    """One configuration for all directories: the issuer has the directory's id in it, and e-mail proves nothing.

    That the address is theirs is said by `xms_edov`, and only where the application's manifest asks for it.
    """

    name, title = "microsoft", "Microsoft"
    paths = Paths(
        configured="/common/v2.0",
        discovery="/common/v2.0/.well-known/openid-configuration",
        authorize="/common/oauth2/v2.0/authorize",
        token="/common/oauth2/v2.0/token",
        keys="/common/discovery/v2.0/keys",
        userinfo="/oidc/userinfo",
    )

    def issuer(self, base: str) -> str:
        return f"{base}/{TENANT}/v2.0"

    def declared_issuer(self, base: str) -> str:
        return f"{base}/{{tenantid}}/v2.0"

    def claims(self, person: Person) -> dict[str, Any]:
        said = {"sub": person.subject, "tid": TENANT, "name": person.full_name, "email": person.email}
        return said | ({"xms_edov": True} if person.is_email_verified else {})


class LinkedIn(Dialect):
    """Forgets the nonce, and says "true" where others say true."""

    name, title = "linkedin", "LinkedIn"
    echoes_nonce = False
    paths = Paths(
        configured="/oauth",
        discovery="/oauth/.well-known/openid-configuration",
        authorize="/oauth/v2/authorization",
        token="/oauth/v2/accessToken",
        keys="/oauth/openid/jwks",
        userinfo="/v2/userinfo",
    )

    def claims(self, person: Person) -> dict[str, Any]:
        return {
            "sub": person.subject,
            "name": person.full_name,
            "email": person.email,
            "email_verified": "true" if person.is_email_verified else "false",
        }


class Facebook(Dialect):
    """OAuth 2 alone: who somebody is stands at the Graph API, and nothing says whether the address is theirs."""

    name, title = "facebook", "Facebook"
    vouches = False
    paths = Paths(configured="", authorize="/dialog/oauth", token="/oauth/access_token", userinfo="/me")

    def claims(self, person: Person) -> dict[str, Any]:
        said = {"id": person.subject, "name": person.full_name, "email": person.email}
        return {name: value for name, value in said.items() if value}


DIALECTS: tuple[Dialect, ...] = (Google(), Microsoft(), LinkedIn(), Facebook())
