"""Where legal documents lie: a folder of Markdown files, the operator's or the one that comes with the code."""

from pathlib import Path

from chalicelib.features.legal import model
from chalicelib.features.legal.model import DocumentBroken, Library

STARTER = Path(__file__).with_name("documents")
"""Plain texts to begin with, which say themselves that the operator is to replace them."""


def read(folder: Path) -> Library:
    """The documents of a folder, which holds nothing but `<name>.md` files. Under a millisecond for a few.

    Raises:
        DocumentBroken: naming the folder, the file and what is wrong with it.
    """
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix == ".md")
        return model.library([model.parse(path.stem, path.read_text(encoding="utf-8")) for path in files])
    except (OSError, UnicodeError, DocumentBroken) as trouble:
        raise DocumentBroken(f"Legal documents in {folder}: {trouble}") from trouble
