"""Keeps the import of the app short: no garbage collector meanwhile, no use case and no schema before a request asks.

Imported before everything else by app.py, so it stands at the root of the package and imports nothing of it.
Thousands of classes and functions are made, none of it garbage: collections during import were a fifth of the cold
start on Python 3.11, a twentieth on 3.13. Of the slices only routes and models are needed to know where a request
belongs; on Lambda schemas and use cases, with their rows, are read by the first request of their slice, for 3 to 7 ms
(decision 0009). A process there answers one request at a time; where threads answer, as in the local product, all is
read at once, since LazyLoader lets a second thread see a half-read module before CPython 3.11.9 and 3.12.3
(gh-114763).
"""

import gc
import os
import re
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType
from typing import Final

_LATER: Final = re.compile(r"chalicelib\.(due_work|features\.\w+\.(schemas|use_cases)(\.\w+)?)")


class _Deferring(MetaPathFinder):
    """Finds what is read at the first use of one of its names."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The spec of a module of `_LATER`; nothing of any other."""
        spec = PathFinder.find_spec(fullname, path, target) if _LATER.fullmatch(fullname) else None
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


_deferring = _Deferring()
gc.disable()
if "AWS_LAMBDA_FUNCTION_NAME" in os.environ:
    sys.meta_path.insert(0, _deferring)


def finish() -> None:
    """Leave what was imported out of all later collections, and let them begin; defer nothing from here on."""
    sys.meta_path[:] = [finder for finder in sys.meta_path if finder is not _deferring]
    gc.freeze()
    gc.enable()
