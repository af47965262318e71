"""How long and how large the soak is, and what it counted, said at its end."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.worker.conftest import telegram

__all__ = ["telegram"]

MINUTES = float(os.environ.get("SOAK_MINUTES", "30"))
"""How long the traffic of a soak goes on."""

HERE = Path(__file__).parent

Count = Callable[[str], None]


@pytest.fixture
def minutes() -> float:
    """How long."""
    return MINUTES


@pytest.fixture
def counted(record_property: Callable[[str, object], None]) -> Count:
    """Takes a sentence with what was counted; all of them are printed when the soak is over."""
    return lambda sentence: record_property("counted", sentence)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A scenario may take as long as the soak and ten minutes more."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.timeout(MINUTES * 60 + 600))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was counted."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, sentence in report.user_properties:
                if name == "counted" and report.when == "call":
                    terminalreporter.write_line(f"{report.nodeid}: {sentence}")
