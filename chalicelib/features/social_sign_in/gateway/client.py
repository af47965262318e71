"""The conversation with a provider: authlib's OAuth 2 client with PKCE, the code for tokens, who the tokens name."""

import hmac
from datetime import datetime
from typing import Any, Final

import msgspec
import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session

from chalicelib import settings
from chalicelib.features.social_sign_in.gateway import id_token, wire, words
from chalicelib.features.social_sign_in.model import (
    Provider,
    ProviderAccount,
    ProviderAway,
    ProviderNotOffered,
    ProviderRefused,
    parse_email,
)
from chalicelib.kernel.records import record
from chalicelib.logs import log
from chalicelib.settings import SignInProvider

_FACEBOOK_VERSION: Final = "v24.0"
_FACEBOOK_PAGES: Final = f"https://www.facebook.com/{_FACEBOOK_VERSION}"
_FACEBOOK_GRAPH: Final = f"https://graph.facebook.com/{_FACEBOOK_VERSION}"
_SCOPES: Final = "openid email profile"
_FACEBOOK_SCOPES: Final = "public_profile email"
_OPERATORS_FAULT: Final = frozenset({"invalid_client", "unauthorized_client", "invalid_scope"})
_KNOWN_ERRORS: Final = _OPERATORS_FAULT | {"invalid_grant", "invalid_request", "unsupported_grant_type"}
"""Codes of RFC 6749, 5.2. Others are not logged as they come: nobody knows what a provider writes there."""


@record
class Addresses:
    """Where a provider is spoken to. `issuer` and `keys` are empty where it makes no ID tokens."""

    authorize: str
    token: str
    userinfo: str = ""
    issuer: str = ""
    keys: str = ""


class Discovery(msgspec.Struct):
    """What we read of a discovery document. Source: OpenID Connect Discovery 1.0, 3."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


class FacebookProfile(msgspec.Struct):
    """What `/me` says of somebody."""

    id: str
    name: str = ""
    email: str | None = None


def authorization_url(provider: Provider, *, state: str, verifier: str, nonce: str) -> str:
    """See the gateway."""
    given = _given(provider)
    addresses = _addresses(provider, given)
    asked = {"nonce": nonce} if addresses.keys else {}
    with _session(provider, given) as session:
        url, _ = session.create_authorization_url(
            addresses.authorize, state=state, code_verifier=verifier if given.pkce else None, **asked
        )
    return str(url)


def account_of(provider: Provider, code: str, *, verifier: str, nonce: str, now: datetime) -> ProviderAccount:
    """See the gateway."""
    given = _given(provider)
    addresses = _addresses(provider, given)
    tokens = _tokens(provider, given, addresses, code, verifier)
    if not addresses.keys:
        return _facebook_account(addresses, given, tokens)
    claims = id_token.checked(
        tokens,
        provider=provider,
        issuer=addresses.issuer,
        keys_url=addresses.keys,
        client_id=given.client_id,
        nonce=nonce,
        now=now,
    )
    return words.account_in(provider, claims)


def _given(provider: Provider) -> SignInProvider:
    try:
        return settings.current().sign_in_providers[provider]
    except KeyError:
        raise ProviderNotOffered from None


def _addresses(provider: Provider, given: SignInProvider) -> Addresses:
    if provider is Provider.FACEBOOK:
        graph = given.issuer or _FACEBOOK_GRAPH
        return Addresses(
            authorize=f"{given.issuer or _FACEBOOK_PAGES}/dialog/oauth",
            token=f"{graph}/oauth/access_token",
            userinfo=f"{graph}/me",
        )
    issuer = given.issuer or words.HABITS[provider].issuer
    found = wire.kept(f"{issuer}/.well-known/openid-configuration", Discovery)
    if not words.is_declared_by(found.issuer, issuer, provider):
        raise ProviderAway
    return Addresses(
        authorize=found.authorization_endpoint, token=found.token_endpoint, issuer=found.issuer, keys=found.jwks_uri
    )


def _session(provider: Provider, given: SignInProvider) -> Any:
    """A conversation of its own, so that nobody's tokens are another's."""
    session = OAuth2Session(
        given.client_id,
        given.client_secret,
        scope=_FACEBOOK_SCOPES if provider is Provider.FACEBOOK else _SCOPES,
        redirect_uri=f"{settings.current().public_origin}/sign-in/return/{provider}",
        token_endpoint_auth_method="client_secret_post",
        code_challenge_method="S256" if given.pkce else None,
    )
    session.register_compliance_hook("access_token_response", wire.read)
    return wire.closed_in(session)


def _tokens(
    provider: Provider, given: SignInProvider, addresses: Addresses, code: str, verifier: str
) -> dict[str, Any]:
    """What the code is exchanged for. Raises ProviderAway, ProviderRefused."""
    proof = {"code_verifier": verifier} if given.pkce else {}
    try:
        with _session(provider, given) as session:
            found: dict[str, Any] = session.fetch_token(addresses.token, code=code, **proof, **wire.bounds())
    except OAuthError as refusal:
        raise _refused(provider, refusal.error) from None
    except (requests.RequestException, ValueError, RecursionError) as misfit:
        raise ProviderAway from misfit
    if not isinstance(found.get("access_token"), str):
        raise ProviderAway
    return found


def _refused(provider: Provider, error: object) -> ProviderRefused:
    """Says in the log what the person is not told; that the provider does not know us is for an operator to mend."""
    code = error if isinstance(error, str) and error in _KNOWN_ERRORS else "other"
    tell = log.error if code in _OPERATORS_FAULT else log.warning
    tell("provider.refused_code", provider=provider.value, error=code)
    return ProviderRefused()


def _facebook_account(addresses: Addresses, given: SignInProvider, tokens: dict[str, Any]) -> ProviderAccount:
    """Nothing Facebook says vouches for an address. Source: Facebook, "Securing requests", appsecret_proof."""
    access_token: str = tokens["access_token"]
    proof = hmac.new(given.client_secret.encode(), access_token.encode(), "sha256").hexdigest()
    asked = {"fields": "id,name,email", "appsecret_proof": proof}
    found = wire.get(addresses.userinfo, FacebookProfile, parameters=asked, bearer=access_token)
    return ProviderAccount(
        provider=Provider.FACEBOOK,
        subject=found.id,
        email=parse_email(found.email),
        is_email_verified=False,
        full_name=words.name_in({"name": found.name}),
    )
