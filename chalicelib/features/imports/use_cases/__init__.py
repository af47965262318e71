"""What people do with imports, and what goes on by itself."""

from chalicelib.features.imports.use_cases.preparing import (
    DISCARD,
    begin_import,
    discard_import,
    expire_import,
    faults_of,
    get_import,
    list_imports,
    new_options_of,
)
from chalicelib.features.imports.use_cases.turns import GO_ON, check_import, go_on, run_import, undo_import

__all__ = [
    "DISCARD",
    "GO_ON",
    "begin_import",
    "check_import",
    "discard_import",
    "expire_import",
    "faults_of",
    "get_import",
    "go_on",
    "list_imports",
    "new_options_of",
    "run_import",
    "undo_import",
]
