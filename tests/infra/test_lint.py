"""The templates are what CloudFormation takes."""

import subprocess
import sys
from pathlib import Path

from dev import template


def test_cfn_lint_finds_nothing() -> None:
    templates = sorted(template.INFRA.glob("*.yaml"))
    linter = Path(sys.executable).parent / "cfn-lint"
    linted = subprocess.run([linter, *templates], capture_output=True, text=True, check=False, timeout=60)
    assert (linted.returncode, linted.stdout) == (0, "")
