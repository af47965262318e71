"""Checks ID tokens: whose signature, from whom, for whom, for which sign-in, and until when.

Source: OpenID Connect Core 1.0, 3.1.3.7.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import msgspec
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import Token

from chalicelib.features.social_sign_in.gateway import wire, words
from chalicelib.features.social_sign_in.model import Provider, ProviderAway, ProviderRefused
from chalicelib.logs import log

ALGORITHMS: Final = ("RS256",)
"""What all of them sign with. A token that names another, `none` or a symmetric one, is no token."""
LEEWAY_S: Final = 60


class Keys(msgspec.Struct):
    """A JWKS document. Source: RFC 7517, 5."""

    keys: list[dict[str, Any]]


def checked(
    tokens: Mapping[str, Any],
    *,
    provider: Provider,
    issuer: str,
    keys_url: str,
    client_id: str,
    nonce: str,
    now: datetime,
) -> dict[str, Any]:
    """The claims of the ID token among `tokens`.

    Raises:
        ProviderAway: there is none, or no keys to check it with.
        ProviderRefused: it does not hold; the log says what of it.
    """
    signed = tokens.get("id_token")
    if not isinstance(signed, str):
        raise ProviderAway
    try:
        token, key = _opened(signed, keys_url)
        expected = words.issuer_of(issuer, token.claims)
        _require_own_key(key, expected, token)
        claims = CodeIDToken(
            token.claims,
            token.header,
            {"iss": {"essential": True, "value": expected}, "aud": {"essential": True, "value": client_id}},
            {
                "client_id": client_id,
                "access_token": tokens["access_token"],
                "nonce": nonce if words.HABITS[provider].echoes_nonce or "nonce" in token.claims else None,
            },
        )
        claims.validate(now=int(now.timestamp()), leeway=LEEWAY_S)
    except JoseError as misfit:
        raise _refused(provider, f"{misfit.error} {getattr(misfit, 'claim', '')}".strip()) from None
    except (ValueError, TypeError, RecursionError) as misfit:
        raise _refused(provider, type(misfit).__name__) from None
    return dict(claims)


def _opened(signed: str, keys_url: str) -> tuple[Token, Mapping[str, Any]]:
    """The token and the key that signed it; where the key is new to us, the keys are asked for once more."""
    try:
        return _verified(signed, wire.kept(keys_url, Keys))
    except InvalidKeyIdError:
        return _verified(signed, wire.kept(keys_url, Keys, anew=True))


def _verified(signed: str, document: Keys) -> tuple[Token, Mapping[str, Any]]:
    usable = [key for key in document.keys if key.get("kty") == "RSA" and key.get("use", "sig") == "sig"]
    if not usable:
        raise ProviderAway
    known = KeySet.import_key_set({"keys": usable})
    token = jwt.decode(signed, lambda each: known.get_by_kid(each.headers().get("kid")), algorithms=ALGORITHMS)
    key = next((each for each in usable if each.get("kid") == token.header.get("kid")), {})
    return token, key


def _require_own_key(key: Mapping[str, Any], issuer: str, token: Token) -> None:
    """Microsoft says of each key whose it is: one for personal accounts signs for no directory. Raises ValueError."""
    if "issuer" in key and words.issuer_of(str(key["issuer"]), token.claims) != issuer:
        raise ValueError("issuer")


def _refused(provider: Provider, reason: str) -> ProviderRefused:
    log.warning("provider.refused_token", provider=provider.value, reason=reason)
    return ProviderRefused()
