"""Gateway passes: signed, good for 60 seconds and once."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chalicelib import settings
from chalicelib.adapters import passes
from chalicelib.adapters.passes import PassRefused
from chalicelib.kernel.ids import SessionId, UserId, WorkspaceId
from tests.hand_clock import HandClock
from tests.local_aws import LocalAws

pytestmark = pytest.mark.usefixtures("local_aws")


def issue(clock: HandClock, private_key: bytes | None = None) -> str:
    """A pass of this moment."""
    text, ends_at = passes.issue(
        private_key or settings.current().pass_private_key or b"",
        session_id=SessionId("s"),
        user_id=UserId("u"),
        full_name="Anna 🦊",
        workspace_id=WorkspaceId("w"),
        version=3,
        at=clock(),
    )
    assert ends_at == clock() + timedelta(seconds=60)
    return text


def redeem(text: str, clock: HandClock) -> passes.GatewayPass:
    """Present a pass."""
    return passes.redeem(text, settings.current().pass_public_key, now=clock)


def test_a_pass_says_who_may_open_what(clock: HandClock) -> None:
    claims = redeem(issue(clock), clock)
    assert (claims.session_id, claims.user_id, claims.workspace_id) == ("s", "u", "w")
    assert (claims.full_name, claims.version, claims.audience) == ("Anna 🦊", 3, "gateway")


def test_a_pass_is_good_once(clock: HandClock) -> None:
    text = issue(clock)
    redeem(text, clock)
    with pytest.raises(PassRefused):
        redeem(text, clock)


def test_a_pass_is_good_for_60_seconds(clock: HandClock) -> None:
    text = issue(clock)
    clock.advance(timedelta(seconds=60))
    with pytest.raises(PassRefused):
        redeem(text, clock)


def test_another_key_signs_nothing_we_take(clock: HandClock) -> None:
    with pytest.raises(PassRefused):
        redeem(issue(clock, Ed25519PrivateKey.generate().private_bytes_raw()), clock)


@pytest.mark.parametrize("forged", ["", ".", "a.b", "é.é", "x" * 10_000, "=.=", "\x00"])
def test_what_is_no_pass_is_refused(clock: HandClock, forged: str) -> None:
    with pytest.raises(PassRefused):
        redeem(forged, clock)


def test_a_changed_pass_is_refused(clock: HandClock) -> None:
    text = issue(clock)
    body, _, signature = text.partition(".")
    for forged in (f"{body[:-2]}AA.{signature}", f"{body}.{signature[:-4]}AAAA", f"{signature}.{body}", body):
        with pytest.raises(PassRefused):
            redeem(forged, clock)


def test_the_worker_holds_no_key_that_signs(local_aws: LocalAws) -> None:
    assert settings.current().pass_public_key != settings.current().pass_private_key
    assert "WIREROOM_PASS_PRIVATE_KEY" in local_aws.environment
