"""Makes people the staff of the installation."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from chalicelib import settings
from chalicelib.table import keys, proof
from chalicelib.table.proof import SessionRow
from chalicelib.table.tenant import Installation
from tests.people import Person


@contextmanager
def named_as_staff(*people: Person) -> Iterator[None]:
    """While this lasts, the configuration names these people, in whatever spelling."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WIREROOM_STAFF", ",".join(f" {person.email.upper()} " for person in people))
        settings.current.cache_clear()
        yield
    settings.current.cache_clear()


def show_second_factor(person: Person, installation: Installation) -> None:
    """Have the session their browser holds be one that showed a second factor."""
    _, _, secret = (person.browser.token or "").partition(".")
    rows = installation.rows(keys.user(person.user_id))
    row = rows.new(SessionRow, keys.session(proof.hashed_secret(secret)))
    assert rows.update(row, [SessionRow.second_factor_at.set(installation.now())], SessionRow.pk.exists())
