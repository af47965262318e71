"""Writes docs/api/openapi.json from the declared routes, or says that it is out of date.

Run as `python -m dev.openapi` to write it, `python -m dev.openapi --check` to compare.
"""

import json
import sys
import tomllib
from pathlib import Path

from chalicelib.edge import openapi

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "api" / "openapi.json"


def text() -> str:
    """The document as it stands in the file."""
    from app import apis

    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    return json.dumps(openapi.document(apis(), version=version), indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    """Write or check, as the arguments say."""
    if "--check" not in sys.argv[1:]:
        TARGET.write_text(text())
    elif TARGET.read_text() != text():
        raise SystemExit("docs/api/openapi.json is not what the routes say; run `make openapi` and commit it")


if __name__ == "__main__":
    main()
