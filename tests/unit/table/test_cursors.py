"""Cursors: what was signed comes back, and no other text opens, whatever was changed in it."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import chalicelib.settings
from chalicelib.table import cursors
from chalicelib.table.cursors import CursorInvalid

SCOPES = st.text(max_size=60)
POSITIONS = st.text(st.characters(codec="utf-8"), max_size=60)
on_one_key = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def _signing_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that knows its key and nothing else."""
    variables = dict.fromkeys(
        (
            *("WIREROOM_STAGE", "WIREROOM_TABLE", "WIREROOM_KEYS_TABLE", "WIREROOM_FILES_BUCKET"),
            *(
                "WIREROOM_TRANSIT_BUCKET",
                "WIREROOM_JOURNAL_BUCKET",
                "WIREROOM_KMS_KEY",
                "WIREROOM_PUBLIC_ORIGIN",
                "WIREROOM_MAIL_FROM",
            ),
            *("AWS_DEFAULT_REGION", "WIREROOM_CURSOR_KEY", "WIREROOM_ID_SECRET", "WIREROOM_PASS_PUBLIC_KEY"),
            "WIREROOM_ORIGIN_SECRET",
        ),
        "",
    )
    here = replace(chalicelib.settings.read(variables), cursor_key=b"k" * 32)
    monkeypatch.setattr(chalicelib.settings, "current", lambda: here)


@on_one_key
@given(SCOPES, POSITIONS)
def test_what_was_signed_comes_back(scope: str, position: str) -> None:
    assert cursors.open_signed(scope, cursors.sign(scope, position)) == position


@on_one_key
@given(SCOPES, POSITIONS, st.data())
def test_one_other_letter_anywhere_is_refused(scope: str, position: str, data: st.DataObject) -> None:
    cursor = cursors.sign(scope, position)
    place = data.draw(st.integers(0, len(cursor) - 1))
    letter = data.draw(st.characters())
    assume(letter != cursor[place])
    with pytest.raises(CursorInvalid):
        cursors.open_signed(scope, cursor[:place] + letter + cursor[place + 1 :])


@on_one_key
@given(SCOPES, SCOPES, POSITIONS)
def test_another_list_s_cursor_is_refused(scope: str, other: str, position: str) -> None:
    assume(scope != other)
    with pytest.raises(CursorInvalid):
        cursors.open_signed(other, cursors.sign(scope, position))


@on_one_key
@given(SCOPES, st.text(max_size=200))
def test_made_up_text_is_refused(scope: str, text: str) -> None:
    with pytest.raises(CursorInvalid):
        cursors.open_signed(scope, text)
