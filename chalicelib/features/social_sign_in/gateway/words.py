"""What each provider's words mean: whom they name, and whether they vouch for an address."""

import re
from collections.abc import Mapping
from typing import Any

from chalicelib.features.social_sign_in.model import Provider, ProviderAccount, ProviderAway, parse_email
from chalicelib.kernel.records import record

TENANT = "{tenantid}"
"""Stands in the issuer that Microsoft declares for all directories; the token has the directory's id there."""
_TENANT_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MAX_NAME_CHARACTERS = 80
_YES = (True, 1, "1", "true")
"""LinkedIn and Microsoft write truth in more than one way."""


@record
class Habits:
    """How a provider of OpenID Connect differs from the others."""

    issuer: str
    echoes_nonce: bool = True


HABITS: Mapping[Provider, Habits] = {
    Provider.GOOGLE: Habits(issuer="https://accounts.google.com"),
    Provider.MICROSOFT: Habits(issuer="https://login.microsoftonline.com/common/v2.0"),
    # LinkedIn leaves the nonce out of its ID tokens; one that is there must fit all the same.
    Provider.LINKEDIN: Habits(issuer="https://www.linkedin.com/oauth", echoes_nonce=False),
}


def is_declared_by(declared: str, configured: str, provider: Provider) -> bool:
    """Whether a discovery document is the configured issuer's own. Source: OpenID Connect Discovery 1.0, 4.3.

    Microsoft's names the directory, or leaves its place open, where the address says `common`.
    """
    if provider is Provider.MICROSOFT:
        return _without_tenant(declared) == _without_tenant(configured)
    return declared == configured


def issuer_of(declared: str, claims: Mapping[str, Any]) -> str:
    """What a token must say it is from: the declared issuer, with the token's own directory where one belongs.

    Source: Microsoft identity platform, "Validate the issuer". Raises ValueError: it names no directory.
    """
    if TENANT not in declared:
        return declared
    tenant = claims.get("tid")
    if not isinstance(tenant, str) or _TENANT_ID.fullmatch(tenant) is None:
        raise ValueError("tid")
    return declared.replace(TENANT, tenant)


def account_in(provider: Provider, claims: Mapping[str, Any]) -> ProviderAccount:
    """Whom the claims of a checked ID token name. Raises ProviderAway: nobody."""
    email = parse_email(claims.get("email"))
    return ProviderAccount(
        provider=provider,
        subject=_subject_in(provider, claims),
        email=email,
        is_email_verified=email is not None and _vouches(provider, claims, email),
        full_name=name_in(claims),
    )


def name_in(claims: Mapping[str, Any]) -> str:
    """What the provider calls somebody, as a suggestion for the sign-up; empty where it is no text."""
    name = claims.get("name")
    return name.strip()[:_MAX_NAME_CHARACTERS] if isinstance(name, str) else ""


def _subject_in(provider: Provider, claims: Mapping[str, Any]) -> str:
    """What never changes of somebody at the provider; at Microsoft that is one thing in each directory."""
    parts = [claims.get(name) for name in (("tid", "sub") if provider is Provider.MICROSOFT else ("sub",))]
    if not all(isinstance(part, str) and part for part in parts):
        raise ProviderAway
    return ".".join(map(str, parts))


def _vouches(provider: Provider, claims: Mapping[str, Any], email: str) -> bool:
    """Whether the provider says that the address is theirs. Silence is a no.

    Microsoft's `email` is whatever a directory's administrator wrote, and was taken for proof often enough to have a
    name (nOAuth); two optional claims prove. Source: Microsoft identity platform, optional claims reference.
    """
    if provider is not Provider.MICROSOFT:
        return _is_yes(claims.get("email_verified"))
    proven = claims.get("verified_primary_email")
    addresses = proven if isinstance(proven, list) else [proven]
    return _is_yes(claims.get("xms_edov")) or email in map(parse_email, addresses)


def _is_yes(word: object) -> bool:
    return isinstance(word, bool | int | str) and word in _YES


def _without_tenant(issuer: str) -> str:
    host, _, version = issuer.rpartition("/")
    return f"{host.rpartition('/')[0]}/{version}"
