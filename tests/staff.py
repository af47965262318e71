"""Names people as the staff of the installation."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from chalicelib import settings
from tests.people import Person


@contextmanager
def named_as_staff(*people: Person) -> Iterator[None]:
    """While this lasts, the configuration names these people, in whatever spelling."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WIREROOM_STAFF", ",".join(f" {person.email.upper()} " for person in people))
        settings.current.cache_clear()
        yield
    settings.current.cache_clear()
