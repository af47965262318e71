"""Rules of codes: what a backup code is, and what could be an authenticator app's."""

import pytest

from chalicelib.features.second_factor.model import hashed_backup_code, is_totp_shape, new_backup_codes


def test_there_are_ten_backup_codes_of_120_random_bits() -> None:
    """OWASP ASVS 5.0, 6.5.2: from 112 bits on a plain hash will do."""
    codes = new_backup_codes()
    assert len(set(codes)) == 10
    for code in codes:
        assert [len(group) for group in code.split("-")] == [4] * 6
        assert set(code) <= set("0123456789abcdefghjkmnpqrstvwxyz-")


@pytest.mark.parametrize("typed", ["0a1b-2c3d", "0A1B2C3D", " 0a1b 2c3d ", "oaib-2c3d", "OAlB 2C3D"])
def test_a_backup_code_is_one_however_it_is_typed(typed: str) -> None:
    assert hashed_backup_code(typed) == hashed_backup_code("0a1b-2c3d")


@pytest.mark.parametrize(
    ("code", "is_one"), [("123456", True), ("123 456", True), ("12345", False), ("١٢٣٤٥٦", False), ("12345a", False)]
)
def test_a_code_of_an_app_has_six_digits(code: str, is_one: bool) -> None:
    assert is_totp_shape(code) is is_one
