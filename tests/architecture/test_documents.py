"""The documents say what the code says."""

import re

from chalicelib.kernel.errors import Fact
from tests.architecture.tree import ROOT, python_files

KEYS = (ROOT / "chalicelib" / "table" / "keys.py").read_text()
DATA_MODEL = ROOT / "docs" / "data-model.md"
README = ROOT / "README.md"
SETTING = re.compile(r'"((?:WIREROOM|TELEGRAM|AWS)_[A-Z_]+)"')


def test_every_key_pattern_is_explained_in_the_data_model() -> None:
    patterns = set(re.findall(r'"#?([A-Z]{3,})#', KEYS)) | set(re.findall(r'return f?"([A-Z]{3,})#', KEYS))
    assert {name for name in patterns if f"`{name}" not in DATA_MODEL.read_text().replace("…#", "")} == set()


def test_every_setting_stands_in_the_readme() -> None:
    read = {
        name
        for path in python_files("chalicelib", "session_worker")
        for name in SETTING.findall(path.read_text())
    }
    assert {name for name in read if name not in README.read_text()} == set()


def test_every_decision_has_the_parts_a_decision_has() -> None:
    for path in sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md")):
        text = path.read_text()
        missing = [part for part in ("Status", "Context", "Decision", "Consequences", "Alternatives", "Enforced by") if f"**{part}" not in text and f"## {part}" not in text]
        assert missing == [], path.name


def test_the_readme_is_short_enough_to_be_read() -> None:
    assert README.read_text().count("\n") < 200


def test_every_problem_code_is_used_once() -> None:
    facts: dict[str, set[str]] = {}
    for fact in _all(Fact):
        if "code" in vars(fact):
            facts.setdefault(fact.code, set()).add(fact.__qualname__)
    assert {code: names for code, names in facts.items() if len(names) > 1} == {}


def _all(kind: type[Fact]) -> list[type[Fact]]:
    return [each for sub in kind.__subclasses__() for each in (sub, *_all(sub))]
