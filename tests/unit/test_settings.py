"""The environment, read: what can't be used is refused at the start, and secrets are shown nowhere."""

import json
from collections import defaultdict
from typing import Any

import pytest

from chalicelib import settings
from chalicelib.adapters.push_cipher import encoded
from chalicelib.features.social_sign_in.model import Provider
from chalicelib.settings import SettingUnfit, SignInProvider
from infra import push_keys

VARIABLE = "WIREROOM_SIGN_IN_PROVIDERS"
GOOGLE = {"client_id": "known as", "client_secret": "planted secret"}
ENVIRONMENT: defaultdict[str, str] = defaultdict(str)
"""Every variable there must be, of no interest here."""


def read(providers: str) -> dict[str, SignInProvider]:
    return dict(settings.read(ENVIRONMENT | {VARIABLE: providers}).sign_in_providers)


def test_nobody_is_offered_where_nobody_is_configured() -> None:
    assert dict(settings.read(ENVIRONMENT).sign_in_providers) == {}
    assert read("") == {}


def test_a_configured_provider_is_spoken_to_at_its_own_address_and_with_pkce() -> None:
    assert read(json.dumps({"google": GOOGLE})) == {"google": SignInProvider(**GOOGLE, issuer=None, pkce=True)}


def test_every_provider_can_be_configured_and_no_other() -> None:
    assert set(Provider) == set(settings.SIGN_IN_PROVIDERS)
    assert set(read(json.dumps(dict.fromkeys(Provider, GOOGLE)))) == set(Provider)


@pytest.mark.parametrize(
    "found",
    [
        "planted secret",
        ["planted secret"],
        {"google": "planted secret"},
        {"google": {"client_secret": "planted secret"}},
        {"google": {"client_id": "known as", "client_secret": ""}},
        {"google": GOOGLE | {"issuer": "http://accounts.example"}},
        {"google": GOOGLE | {"issuer": "http://localhost@evil.example"}},
        {"google": GOOGLE | {"issuer": 7}},
        {"google": GOOGLE | {"pkce": "no"}},
        {"google": GOOGLE | {"scope": "everything"}},
        {"elsewhere": GOOGLE},
    ],
)
def test_what_cannot_be_used_is_refused_without_being_shown(found: Any) -> None:
    with pytest.raises(SettingUnfit) as refusal:
        read(json.dumps(found))
    assert VARIABLE in str(refusal.value)
    assert "planted" not in str(refusal.value)
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None


def test_no_secret_of_a_provider_is_shown() -> None:
    read_settings = settings.read(ENVIRONMENT | {VARIABLE: json.dumps({"google": GOOGLE})})
    assert "planted" not in f"{read_settings!r} {read_settings.sign_in_providers!r}"


PRICES = {kind: f"price_{kind}" for kind in settings.PRICES}
SELLING = {
    "WIREROOM_STRIPE_KEY": "sk_test_planted",
    "WIREROOM_STRIPE_WEBHOOK_SECRETS": "whsec_planted, whsec_next,",
    "WIREROOM_STRIPE_PRICES": json.dumps(PRICES),
}


def test_without_a_key_nothing_is_sold() -> None:
    assert settings.read(ENVIRONMENT).stripe is None
    assert settings.read(ENVIRONMENT | SELLING | {"WIREROOM_STRIPE_KEY": ""}).stripe is None


def test_two_webhook_secrets_hold_while_one_replaces_the_other() -> None:
    account = settings.read(ENVIRONMENT | SELLING).stripe
    assert account is not None
    assert account.webhook_secrets == ("whsec_planted", "whsec_next")
    assert account.prices == PRICES


@pytest.mark.parametrize(
    ("key", "is_live"), [("sk_test_x", False), ("rk_test_x", False), ("sk_live_x", True), ("rk_live_x", True)]
)
def test_whether_money_is_real_follows_from_the_key(key: str, is_live: bool) -> None:
    account = settings.read(ENVIRONMENT | SELLING | {"WIREROOM_STRIPE_KEY": key}).stripe
    assert account is not None
    assert account.is_live is is_live


@pytest.mark.parametrize(
    "prices",
    [
        "",
        "planted",
        "[]",
        json.dumps({"basic_month": "planted"}),
        json.dumps(PRICES | {"pro_year": 7}),
        json.dumps(PRICES | {"pro_year": PRICES["pro_month"]}),
    ],
)
def test_prices_that_are_not_whole_are_refused_without_being_shown(prices: str) -> None:
    with pytest.raises(SettingUnfit) as refusal:
        settings.read(ENVIRONMENT | SELLING | {"WIREROOM_STRIPE_PRICES": prices})
    assert "WIREROOM_STRIPE_PRICES" in str(refusal.value)
    assert "planted" not in str(refusal.value)


def test_no_secret_of_the_account_at_stripe_is_shown() -> None:
    read_settings = settings.read(ENVIRONMENT | SELLING)
    assert "planted" not in f"{read_settings!r} {read_settings.stripe!r}"


POINT = push_keys.public_of(b"planted-push-private-key-32bytes")
PUSHING = {
    "WIREROOM_PUSH_PUBLIC_KEY": POINT,
    "WIREROOM_PUSH_PRIVATE_KEY": encoded(b"planted-push-private-key-32bytes"),
    "WIREROOM_PUSH_SERVICE": "http://127.0.0.1:9/push/",
}


def test_without_a_public_key_browsers_are_told_nothing_while_they_are_closed() -> None:
    assert settings.read(ENVIRONMENT).push is None
    assert settings.read(ENVIRONMENT | PUSHING | {"WIREROOM_PUSH_PUBLIC_KEY": ""}).push is None


def test_who_only_shows_the_public_key_of_pushing_does_without_the_private_one() -> None:
    shown = settings.read(ENVIRONMENT | {"WIREROOM_PUSH_PUBLIC_KEY": POINT}).push
    assert shown is not None
    assert (shown.public, shown.private, shown.service) == (POINT, None, None)


def test_the_keys_of_pushing_are_read_and_the_private_one_is_shown_nowhere() -> None:
    read_settings = settings.read(ENVIRONMENT | PUSHING)
    assert read_settings.push is not None
    assert read_settings.push.private == b"planted-push-private-key-32bytes"
    assert read_settings.push.service == "http://127.0.0.1:9/push"
    assert "planted" not in f"{read_settings!r} {read_settings.push!r}"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("WIREROOM_PUSH_PUBLIC_KEY", "planted!"),
        ("WIREROOM_PUSH_PUBLIC_KEY", encoded(b"planted")),
        ("WIREROOM_PUSH_PRIVATE_KEY", "planted!"),
        ("WIREROOM_PUSH_PRIVATE_KEY", encoded(b"planted")),
    ],
)
def test_a_key_of_pushing_that_is_none_is_refused_without_being_shown(variable: str, value: str) -> None:
    with pytest.raises(SettingUnfit, match=variable) as refusal:
        settings.read(ENVIRONMENT | PUSHING | {variable: value})
    assert value not in str(refusal.value)
