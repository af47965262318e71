"""What the walking tests share."""

from collections.abc import Callable

import pytest


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Callable[[str, int], None]:
    """Says how much was tried, also where output is captured."""

    def say(who: str, tried: int) -> None:
        with capsys.disabled():
            print(f"\nboundary: {tried} tried as {who}")  # noqa: T201

    return say
