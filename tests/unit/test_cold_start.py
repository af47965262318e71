"""What a fresh process of the app has read when it could answer: routes and models, and no use case or schema."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_IMPORTED = """
import gc, sys
import app, msgspec
from importlib.util import _LazyModule
waiting = sorted(name for name, module in sys.modules.items() if type(module) is _LazyModule)
print(*waiting)
print(*(name for name in sys.modules if name.startswith("chalicelib.features.billing.repository")))
print(*{shape.__module__ for shape in msgspec.Struct.__subclasses__() if ".schemas" in shape.__module__})
print(gc.isenabled(), any("Deferring" in type(finder).__name__ for finder in sys.meta_path))
from chalicelib.features.fields import routes, schemas, use_cases
print(use_cases.list_columns.__name__, type(use_cases) is _LazyModule)
print(routes.api.routes[0].answer.__name__, type(schemas) is _LazyModule)
"""


def imported(environment: dict[str, str]) -> list[str]:
    """What a fresh process says of itself."""
    command = [sys.executable, "-c", _IMPORTED]
    answer = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True, timeout=60)
    return answer.stdout.splitlines()


def test_use_cases_and_schemas_are_read_by_the_first_request_of_their_slice() -> None:
    waiting, rows, schemas, after, used, shaped = imported({**os.environ, "AWS_LAMBDA_FUNCTION_NAME": "APIHandler"})
    assert {f"chalicelib.features.{slice_}.use_cases" for slice_ in ("billing", "fields", "seats")} < set(
        waiting.split()
    )
    assert "chalicelib.due_work" in waiting
    assert rows == ""
    assert schemas == "", "routes name shapes as schemas.This, under `from __future__ import annotations`"
    assert after == "True False", "the collector runs again, and nothing else is deferred"
    assert used == "list_columns False", "used, they are there"
    assert shaped == "ColumnsOut False", "asked for a shape, the route has read it"


def test_where_threads_answer_nothing_waits_to_be_read() -> None:
    """A second thread could see a module that the first has half read."""
    elsewhere = {name: value for name, value in os.environ.items() if name != "AWS_LAMBDA_FUNCTION_NAME"}
    waiting, rows, schemas, after, *_ = imported(elsewhere)
    assert waiting == ""
    assert "chalicelib.features.billing.repository" in rows.split()
    assert "chalicelib.features.billing.schemas" in schemas.split()
    assert after == "True False"
