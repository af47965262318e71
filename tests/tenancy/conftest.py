"""What the walking tests share."""

from collections.abc import Callable

import pytest


@pytest.fixture
def report(record_property: Callable[[str, object], None]) -> Callable[[str, int], None]:
    """Says how much was tried; it stands at the end of the run, whichever process tried it."""

    def say(who: str, tried: int) -> None:
        record_property("boundary", f"{tried} tried as {who}")

    return say
