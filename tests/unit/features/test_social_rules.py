"""Rules of social sign-in: where people are sent afterwards, what stays to sign in with, what providers' words mean."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.features.social_sign_in import model
from chalicelib.features.social_sign_in.gateway import words
from chalicelib.features.social_sign_in.model import (
    LastWayIn,
    Login,
    Provider,
    ProviderAway,
    Purpose,
    ReturnPathInvalid,
)

TENANT = "5b0c34a2-6a31-4d4f-9d5e-3f2a51c0b7aa"
COMMON = "https://login.microsoftonline.com/common/v2.0"
DECLARED = "https://login.microsoftonline.com/{tenantid}/v2.0"
PERSONAL = "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0"


def a_login(provider: Provider) -> Login:
    return Login(provider=provider, subject_hash="h", email=None, linked_at=datetime(2026, 11, 25, tzinfo=UTC))


@pytest.mark.parametrize("path", ["/", "/workspaces/1?tab=a#b", "/a//b"])
def test_people_are_sent_to_our_own_pages(path: str) -> None:
    assert model.parse_return_path(path) == path


@pytest.mark.parametrize(
    "path", ["", "chats", "//evil.example", "/\\evil.example", "https://evil.example", "/a b", "/a\nb", "/" + "a" * 500]
)
def test_people_are_sent_nowhere_else(path: str) -> None:
    with pytest.raises(ReturnPathInvalid) as refusal:
        model.parse_return_path(path)
    assert [blame.pointer for blame in refusal.value.blames] == ["/next"]


def test_the_state_of_a_linking_flow_says_so() -> None:
    assert model.new_state(Purpose.LINK).startswith("link.")
    assert not model.new_state(Purpose.SIGN_IN).startswith("link.")


def test_a_login_may_go_where_a_password_stays() -> None:
    google = a_login(Provider.GOOGLE)
    assert model.require_other_way(google, [google], has_password=True) is None


def test_a_login_may_go_where_another_stays() -> None:
    google, facebook = a_login(Provider.GOOGLE), a_login(Provider.FACEBOOK)
    assert model.require_other_way(google, [google, facebook], has_password=False) == facebook


def test_the_last_way_in_stays() -> None:
    google = a_login(Provider.GOOGLE)
    with pytest.raises(LastWayIn):
        model.require_other_way(google, [google], has_password=False)


@pytest.mark.parametrize(
    ("provider", "claims", "is_verified"),
    [
        (Provider.GOOGLE, {"email_verified": True}, True),
        (Provider.GOOGLE, {"email_verified": False}, False),
        (Provider.GOOGLE, {"email_verified": "false"}, False),
        (Provider.GOOGLE, {"email_verified": ["true"]}, False),
        (Provider.GOOGLE, {}, False),
        (Provider.LINKEDIN, {"email_verified": "true"}, True),
        (Provider.LINKEDIN, {"email_verified": "no"}, False),
        (Provider.MICROSOFT, {"email_verified": True}, False),
        (Provider.MICROSOFT, {"xms_edov": True}, True),
        (Provider.MICROSOFT, {"xms_edov": "1"}, True),
        (Provider.MICROSOFT, {"xms_edov": 0}, False),
        (Provider.MICROSOFT, {"verified_primary_email": ["Ann@Example.com"]}, True),
        (Provider.MICROSOFT, {"verified_primary_email": ["other@example.com"]}, False),
        (Provider.MICROSOFT, {"verified_primary_email": 7}, False),
        (Provider.MICROSOFT, {}, False),
    ],
)
def test_an_address_is_proven_only_where_the_provider_vouches_for_it(
    provider: Provider, claims: dict[str, Any], is_verified: bool
) -> None:
    account = words.account_in(provider, {"sub": "s", "tid": TENANT, "email": "ann@example.com"} | claims)
    assert (account.email, account.is_email_verified) == ("ann@example.com", is_verified)
    assert account.proven_email == ("ann@example.com" if is_verified else None)


@pytest.mark.parametrize("email", [None, "", "no address", 7, "ann@example.com\nBcc: all@example.com"])
def test_what_is_no_address_is_never_proven(email: object) -> None:
    account = words.account_in(Provider.GOOGLE, {"sub": "s", "email": email, "email_verified": True})
    assert (account.email, account.is_email_verified) == (None, False)


@pytest.mark.parametrize("claims", [{}, {"sub": ""}, {"sub": 7}, {"sub": None}])
def test_a_token_that_names_nobody_is_nonsense(claims: dict[str, Any]) -> None:
    with pytest.raises(ProviderAway):
        words.account_in(Provider.GOOGLE, claims)


def test_one_subject_in_two_directories_of_microsoft_is_two_people() -> None:
    one, other = ({"sub": "s", "tid": tenant} for tenant in (TENANT, TENANT[::-1]))
    assert words.account_in(Provider.MICROSOFT, one).subject != words.account_in(Provider.MICROSOFT, other).subject


def test_microsoft_s_issuer_is_the_token_s_own_directory() -> None:
    assert words.issuer_of(DECLARED, {"tid": TENANT}) == f"https://login.microsoftonline.com/{TENANT}/v2.0"
    assert words.issuer_of(PERSONAL, {"tid": TENANT}) == PERSONAL


@pytest.mark.parametrize("tenant", [None, "", "common", "a/../../evil.example", f"{TENANT}/v2.0", f"{TENANT}\n"])
def test_a_directory_has_the_shape_of_one(tenant: object) -> None:
    with pytest.raises(ValueError, match="tid"):
        words.issuer_of(DECLARED, {"tid": tenant})


@pytest.mark.parametrize(
    ("provider", "declared", "configured", "is_own"),
    [
        (Provider.GOOGLE, "https://accounts.google.com", "https://accounts.google.com", True),
        (Provider.GOOGLE, "https://accounts.google.com/", "https://accounts.google.com", False),
        (Provider.LINKEDIN, "https://www.linkedin.com", "https://www.linkedin.com/oauth", False),
        (Provider.MICROSOFT, DECLARED, COMMON, True),
        (Provider.MICROSOFT, PERSONAL, COMMON.replace("common", "consumers"), True),
        (Provider.MICROSOFT, "https://evil.example/{tenantid}/v2.0", COMMON, False),
    ],
)
def test_a_discovery_document_is_the_configured_issuer_s_own(
    provider: Provider, declared: str, configured: str, is_own: bool
) -> None:
    assert words.is_declared_by(declared, configured, provider) is is_own
