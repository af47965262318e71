"""The tree stays readable: small files, rooms with better names than a drawer's."""

import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, python_files, slices

OURS = ("chalicelib", "session_worker", "dev", "bench", "tests", "infra")
MAX_LINES = 400
DRAWERS = re.compile(r"(^|_)(utils?|helpers?|common|manager|misc)(_|$)")
ROOMS = {"__init__", "model", "use_cases", "repository", "schemas", "routes", "jobs"}


def sources() -> list[Path]:
    web = [path for path in (ROOT / "web" / "src").rglob("*.ts*") if path.name not in GENERATED]
    return [ROOT / "app.py", *python_files(*OURS), *web]


GENERATED = {"schema.d.ts", "routeTree.gen.ts"}


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    long = {str(path.relative_to(ROOT)): count for path in sources() if (count := _lines(path)) > MAX_LINES}
    assert long == {}


def test_no_room_is_a_drawer() -> None:
    assert [path for path in sources() if DRAWERS.search(path.stem)] == []


@pytest.mark.parametrize("name", slices())
def test_a_slice_has_the_rooms_every_slice_has(name: str) -> None:
    files = {path.stem for path in (ROOT / "chalicelib" / "features" / name).iterdir() if path.stem != "__pycache__"}
    assert {"model", "use_cases"} <= files
    assert files <= ROOMS | EXTRA_ROOMS.get(name, set())


EXTRA_ROOMS: dict[str, set[str]] = {
    "billing": {"letters"},
    "delivery": {"letters"},
    "chats": {"filtering"},
    "exports": {"zipping"},
    "identity": {"letters"},
    "legal": {"documents", "letters"},
    "privacy": {"letters"},
    "session_watch": {"letters"},
    "social_sign_in": {"gateway", "letters"},
    "staff": {"letters"},
    "workspaces": {"letters"},
}
"""A room that one slice alone needs, by its name, so that a new one is a decision."""


def _lines(path: Path) -> int:
    return path.read_text().count("\n")
