"""The way to the providers: sends people there, and finds out who came back.

The only room that knows authlib, joserfc and requests. The files beside this one import them and are themselves
imported where a provider is spoken to: few requests ever do, and each cold start would wait for it (decision 0009).
"""

from datetime import datetime

from chalicelib.features.social_sign_in.model import Provider, ProviderAccount


def authorization_url(provider: Provider, *, state: str, verifier: str, nonce: str) -> str:
    """Where to send a browser. Asks the provider for its addresses, at most once an hour and process.

    Raises:
        ProviderNotOffered, ProviderAway.
    """
    from chalicelib.features.social_sign_in.gateway import client

    return client.authorization_url(provider, state=state, verifier=verifier, nonce=nonce)


def account_of(provider: Provider, code: str, *, verifier: str, nonce: str, now: datetime) -> ProviderAccount:
    """Who came back with a code. One request for tokens; at most once an hour and process one for the keys.

    Raises:
        ProviderNotOffered, ProviderAway.
        ProviderRefused: the code is not good, or the ID token does not hold.
    """
    from chalicelib.features.social_sign_in.gateway import client

    return client.account_of(provider, code, verifier=verifier, nonce=nonce, now=now)
