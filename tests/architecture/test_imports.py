"""What the import contracts in pyproject.toml can't say."""

import os
import subprocess
import sys
from itertools import permutations

import grimp
import pytest

from tests.architecture.tree import ROOT, python_files, slices


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("chalicelib", cache_dir=None)


def test_no_slice_touches_anothers_repository(graph: grimp.ImportGraph) -> None:
    strays = [
        (importer, repository)
        for repository in (f"chalicelib.features.{name}.repository" for name in slices())
        if repository in graph.modules
        for importer in graph.find_modules_that_directly_import(repository)
        if not importer.startswith(repository.removesuffix(".repository") + ".")
    ]
    assert strays == []


def test_slices_form_no_cycle(graph: grimp.ImportGraph) -> None:
    reaches = {
        (one, other)
        for one, other in permutations(slices(), 2)
        if graph.chain_exists(f"chalicelib.features.{one}", f"chalicelib.features.{other}", as_packages=True)
    }
    assert {pair for pair in reaches if pair[::-1] in reaches} == set()


def test_only_proof_and_the_named_makers_construct_a_tenant_handle() -> None:
    makers = {"chalicelib/table/tenant.py", "chalicelib/table/proof.py"}
    found = {
        str(path.relative_to(ROOT))
        for path in python_files("chalicelib", "session_worker", "dev", "bench")
        if " Tenant(" in path.read_text()
    }
    assert found <= makers


def test_only_settings_read_the_environment() -> None:
    readers = {
        str(path.relative_to(ROOT))
        for path in python_files("chalicelib", "session_worker")
        if "os.environ" in path.read_text() or "getenv" in path.read_text()
    }
    before_any_setting_is_read = {"chalicelib/cold_start.py"}
    assert readers == {"chalicelib/settings.py", "session_worker/settings.py"} | before_any_setting_is_read


def test_only_privacy_opens_the_door_through_which_journal_entries_are_erased() -> None:
    openers = {
        str(path.relative_to(ROOT))
        for path in python_files("chalicelib", "session_worker", "dev", "bench", "infra")
        if "with guard.erasing()" in path.read_text() or "import erasing" in path.read_text()
    }
    assert {path for path in openers if not path.startswith("chalicelib/features/privacy/repository")} == set()


def test_the_api_starts_without_what_few_requests_need() -> None:
    """Decision 0009: what only some requests use is imported by them."""
    script = "import sys, app; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {"argon2", "authlib", "boto3", "joserfc", "requests", "stripe", "zxcvbn"} & set(done.stdout.split()) == set()


def test_on_lambda_no_slice_reads_its_use_cases_before_a_request_needs_them() -> None:
    """Decision 0009: what a route or a schema names is in the model. Legal documents are looked at on purpose."""
    script = "import sys, app; print(*{name.split('.')[2] for name in sys.modules if '.repository' in name})"
    environment = os.environ | {"AWS_LAMBDA_FUNCTION_NAME": "APIHandler"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["legal"]
