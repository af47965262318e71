"""The environment, read: what can't be used is refused at the start, and secrets are shown nowhere."""

import json
from collections import defaultdict
from typing import Any

import pytest

from chalicelib import settings
from chalicelib.features.social_sign_in.model import Provider
from chalicelib.settings import SettingUnfit, SignInProvider

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
