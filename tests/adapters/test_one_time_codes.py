"""Codes of authenticator apps are RFC 6238's, one step of drift allowed."""

import base64
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.adapters import one_time_codes

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
NOON = datetime(2026, 11, 25, 12, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at_s", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
)
def test_the_codes_are_those_of_the_rfc(at_s: int, code: str) -> None:
    """Source: RFC 6238, appendix B, SHA-1, its last six digits."""
    at = datetime.fromtimestamp(at_s, UTC)
    assert one_time_codes.step_of(RFC_SECRET, code, at) == at_s // 30


@pytest.mark.parametrize(("off_s", "is_taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_one_step_either_way_is_taken_and_named(off_s: int, is_taken: bool) -> None:
    now = int(NOON.timestamp()) // 30
    shown = one_time_codes_at(NOON + timedelta(seconds=off_s))
    assert one_time_codes.step_of(RFC_SECRET, shown, NOON) == (now + off_s // 30 if is_taken else None)


def one_time_codes_at(at: datetime) -> str:
    """What an app shows at a moment."""
    from pyotp import TOTP

    return TOTP(RFC_SECRET).at(at)


@pytest.mark.parametrize("code", ["", "000000", "12345", "abcdef", "é" * 6, "1" * 40])
def test_what_is_no_code_has_no_step(code: str) -> None:
    assert one_time_codes.step_of(RFC_SECRET, code, NOON) is None


def test_a_secret_has_160_bits_and_is_its_own() -> None:
    secrets = {one_time_codes.new_secret() for _ in range(50)}
    assert len(secrets) == 50
    assert {len(base64.b32decode(secret)) for secret in secrets} == {20}


def test_the_address_says_who_it_is_for_and_by_whom() -> None:
    found = urlsplit(one_time_codes.uri(RFC_SECRET, "anna+1@example.com"))
    assert (found.scheme, found.netloc, found.path) == ("otpauth", "totp", "/Wireroom:anna%2B1%40example.com")
    assert parse_qs(found.query) == {"secret": [RFC_SECRET], "issuer": ["Wireroom"]}
