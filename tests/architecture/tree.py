"""The tree that the architecture tests look at."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def python_files(*folders: str) -> Iterator[Path]:
    """Every Python file of these folders of the project."""
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def slices() -> list[str]:
    """The names of the product's slices."""
    return sorted(path.parent.name for path in (ROOT / "chalicelib" / "features").glob("*/__init__.py"))
