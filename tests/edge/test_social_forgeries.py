"""What a provider, or somebody in its place, can answer wrongly, and that nobody is let in by it (product.md 2)."""

import logging

import pytest

from chalicelib.features.social_sign_in.gateway import wire
from chalicelib.features.social_sign_in.model import Provider
from chalicelib.kernel import ids
from dev.identity_provider.faults import Fault
from tests.api_client import Answer, ApiClient, Browser
from tests.local_aws import free_port
from tests.providers import SECRET, Providers, Somebody, Traveller, configured

OPENID = pytest.mark.parametrize("provider", [Provider.GOOGLE, Provider.MICROSOFT, Provider.LINKEDIN])
EVERY_PROVIDER = pytest.mark.parametrize("provider", list(Provider))


def came_back(traveller: Traveller, providers: Providers, provider: str, fault: Fault) -> tuple[Answer, Browser]:
    """Sign in, with something gone wrong at the provider after the person was there."""
    browser = Browser()
    back = traveller.go(provider, Somebody(email=f"{ids.mint()[10:].lower()}@example.com"), browser)
    providers.go_wrong(fault)
    return traveller.come_back(provider, back, browser), browser


@OPENID
@pytest.mark.parametrize(
    "fault",
    [
        Fault.WRONG_NONCE,
        Fault.WRONG_AUDIENCE,
        Fault.WRONG_ISSUER,
        Fault.EXPIRED,
        Fault.FOREIGN_KEY,
        Fault.UNSIGNED,
        Fault.SYMMETRIC,
    ],
)
def test_an_id_token_that_does_not_hold_lets_nobody_in(
    traveller: Traveller, identity_provider: Providers, provider: str, fault: Fault
) -> None:
    refused, browser = came_back(traveller, identity_provider, provider, fault)
    assert (refused.status, refused.code, refused.cookies) == (403, "provider-refused", [])
    assert "wireroom-pending" not in browser.jar


def test_a_key_of_another_directory_signs_nobody_in(traveller: Traveller, identity_provider: Providers) -> None:
    identity_provider.signer.rotate()  # so that the keys are asked for
    refused, _ = came_back(traveller, identity_provider, "microsoft", Fault.OTHER_DIRECTORY)
    assert (refused.status, refused.code) == (403, "provider-refused")
    identity_provider.signer.rotate()


@pytest.mark.parametrize(("provider", "status"), [("google", 403), ("microsoft", 403), ("linkedin", 200)])
def test_a_nonce_may_be_missing_only_where_the_provider_never_gives_it_back(
    traveller: Traveller, identity_provider: Providers, provider: str, status: int
) -> None:
    answer, _ = came_back(traveller, identity_provider, provider, Fault.NO_NONCE)
    assert answer.status == status


@EVERY_PROVIDER
@pytest.mark.parametrize("fault", [Fault.AWAY, Fault.NONSENSE, Fault.TOO_LARGE, Fault.ELSEWHERE, Fault.SLOW])
def test_a_provider_that_is_away_or_answers_nonsense_is_said_to_be_away(
    traveller: Traveller,
    identity_provider: Providers,
    monkeypatch: pytest.MonkeyPatch,
    provider: str,
    fault: Fault,
) -> None:
    if fault is Fault.SLOW:
        monkeypatch.setattr(wire, "PATIENCE_S", 0.2)
    refused, browser = came_back(traveller, identity_provider, provider, fault)
    assert (refused.status, refused.code, refused.cookies) == (503, "provider-away", [])
    assert int(refused.headers["Retry-After"]) > 0
    assert "wireroom-pending" not in browser.jar


@OPENID
def test_tokens_without_an_id_token_are_nonsense(
    traveller: Traveller, identity_provider: Providers, provider: str
) -> None:
    refused, _ = came_back(traveller, identity_provider, provider, Fault.NO_ID_TOKEN)
    assert (refused.status, refused.code) == (503, "provider-away")


def test_who_came_back_while_the_provider_was_away_begins_again(
    traveller: Traveller, identity_provider: Providers
) -> None:
    browser = Browser()
    back = traveller.go("google", Somebody(email="ann@example.com"), browser)
    identity_provider.go_wrong(Fault.AWAY)
    assert traveller.come_back("google", back, browser).status == 503
    assert traveller.come_back("google", back, browser).code == "sign-in-over"


@OPENID
def test_a_provider_that_cannot_be_reached_is_away_before_anybody_leaves(api: ApiClient, provider: str) -> None:
    with configured(f"http://127.0.0.1:{free_port()}"):
        refused = api.post(f"/sign-in/{provider}", {})
    assert (refused.status, refused.code, refused.cookies) == (503, "provider-away", [])


@OPENID
def test_a_discovery_document_of_another_issuer_is_not_believed(
    api: ApiClient, identity_provider: Providers, provider: str
) -> None:
    identity_provider.go_wrong(Fault.OTHER_DISCOVERY)
    with configured(f"http://localhost:{identity_provider.port}"):
        refused = api.post(f"/sign-in/{provider}", {})
    assert (refused.status, refused.code, refused.cookies) == (503, "provider-away", [])


def test_no_code_token_or_secret_stands_in_any_log_line(
    traveller: Traveller,
    identity_provider: Providers,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    browser, secrets = Browser(), [SECRET]
    for provider in Provider:
        who = Somebody(email=f"{ids.mint()[10:].lower()}@example.com")
        traveller.sign_up(provider, who, Browser())
        back = traveller.go(provider, who, browser)
        secrets += [back.code, back.state, *browser.jar.values()]
        traveller.come_back(provider, back, browser)
        for fault in (Fault.FOREIGN_KEY, Fault.NONSENSE):
            secrets += came_back(traveller, identity_provider, provider, fault)[1].jar.values()
    said = "".join(capfd.readouterr()) + caplog.text
    assert "request.answered" in said
    assert "provider.refused_token" in said
    assert [secret for secret in secrets + identity_provider.grants.access_tokens() if secret in said] == []
    assert "eyJhbGciOi" not in said, "what every ID token begins with"
