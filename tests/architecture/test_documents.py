"""The documents say what the code says."""

import ast
import re
from collections import Counter
from dataclasses import fields
from pathlib import Path

import pytest

from dev import generate, template
from dev.settings import Ports
from dev.telegram import Fault
from dev.telegram.rules import Rules
from session_worker import metrics
from session_worker.gateway.desks.desk import REQUESTS
from session_worker.gateway.events import CLOSINGS, EVENTS
from session_worker.gateway.results import RESULTS
from session_worker.settings import Intervals
from session_worker.telegram import outcomes
from tests.architecture.tree import ROOT, python_files

NAMED = (
    "keys.py",
    "people_keys.py",
    "billing_keys.py",
    "file_keys.py",
    "comment_keys.py",
    "notices_keys.py",
    "ticket_keys.py",
    "fields_keys.py",
    "views_keys.py",
    "templates_keys.py",
    "import_keys.py",
)
KEYS = "".join((ROOT / "chalicelib" / "table" / name).read_text() for name in NAMED)
DATA_MODEL = ROOT / "docs" / "data-model.md"
README = ROOT / "README.md"
ROOMS = "tests|dev|docs|infra|chalicelib|session_worker|bench|web|table|adapters|kernel|edge|features"
PATHS = re.compile(rf"(?<![\w/#])((?:{ROOMS})/[\w./-]+\w)")
SECURITY = ROOT / "docs" / "security.md"
PRODUCT = ROOT / "docs" / "product.md"
PRODUCT_TESTS = ROOT / "docs" / "product-tests.md"
UX_CHECKLIST = ROOT / "docs" / "ux-checklist.md"
POINTS = 60
HEADS = {"Thing", "Action", "Line", "---"}
"""What the first cell of a row holds that is no line of the product."""
RUNBOOK = ROOT / "docs" / "runbook.md"
PROBLEMS = ROOT / "docs" / "problems" / "README.md"
BUILT = {"web/dist"}
"""What a document may name and a checkout has only once it was built."""
PARTS = ("Status", "Context", "Decision", "Consequences", "Alternatives", "Enforced by")
SETTING = re.compile(r'"((?:WIREROOM|TELEGRAM|AWS)_[A-Z_]+)"')


def test_every_key_pattern_is_explained_in_the_data_model() -> None:
    texts = (node.value for node in ast.walk(ast.parse(KEYS)) if isinstance(node, ast.Constant))
    patterns = {word for text in texts if str(text).upper() == text for word in re.findall(r"[A-Z]{2,}", text)}
    assert {"WS", "COLUMNTALLY", "META", "DUEROW"} <= patterns
    assert patterns - set(re.findall(r"[A-Z]{2,}", DATA_MODEL.read_text())) == set()


def test_every_setting_stands_in_the_readme() -> None:
    read = {name for path in python_files("chalicelib", "session_worker") for name in SETTING.findall(path.read_text())}
    timed = {f"WIREROOM_{interval.name.upper()}" for interval in fields(Intervals)}
    ports = {f"_{port.name.upper()}`" for port in fields(Ports)}
    local = {"WIREROOM_LOCAL", "WIREROOM_WEB_DIST"}
    set_by_lambda = {"AWS_LAMBDA_FUNCTION_NAME"}
    named = README.read_text()
    assert {name for name in (read - set_by_lambda) | timed | ports | local if name not in named} == set()


def test_every_decision_has_the_parts_a_decision_has() -> None:
    for path in sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md")):
        text = path.read_text()
        missing = [part for part in PARTS if f"**{part}" not in text and f"## {part}" not in text]
        assert missing == [], path.name


def test_the_readme_is_short_enough_to_be_read() -> None:
    assert README.read_text().count("\n") < 200


def test_every_problem_code_is_used_once() -> None:
    codes = Counter(fact.code for fact in generate.facts())
    assert [code for code, count in codes.items() if count > 1] == []


def test_every_problem_code_has_its_page() -> None:
    pages = set(re.findall(r"^## (\S+)$", PROBLEMS.read_text(), re.MULTILINE))
    assert {fact.code for fact in generate.facts()} == pages


def test_every_event_of_the_live_socket_is_declared_and_told() -> None:
    """docs/api/live.md is made from the declarations."""
    texts = [path.read_text() for path in python_files("session_worker") if path.name not in {"events.py", "frames.py"}]
    where = r'(?:"type": |publish_of\(\s*[\w.]+,\s*|_event\()"([a-z_.]+)"'
    told = {kind for text in texts for kind in re.findall(where, text)}
    assert "message.pinned" in told, "else nothing could be missed"
    assert told - {"hello", "welcome", "ok", "problem"} - set(EVENTS) == set()
    assert {kind for kind in EVENTS if not any(f'"{kind}"' in text for text in texts)} == set()


def test_the_result_of_every_request_is_told_where_the_web_app_reads_one() -> None:
    """docs/api/live.md is made from it."""
    read = (ROOT / "web" / "src" / "live" / "requests.ts").read_text().partition("export const results")[2]
    asked = {str(struct.__struct_config__.tag) for struct in REQUESTS}
    given = {kind for kind in asked if not re.search(rf'^  "?{re.escape(kind)}"?: nothing,$', read, re.MULTILINE)}
    assert set(RESULTS) == given


def test_the_web_app_comes_back_by_itself_for_every_reason_that_says_nothing_about_the_person() -> None:
    provider = (ROOT / "web" / "src" / "live" / "LiveProvider.tsx").read_text()
    passing = provider.partition("PASSING_REASONS = new Set([")[2].partition("]")[0]
    ours_alone = {"not-text"}
    assert set(re.findall(r'"([a-z-]+)"', passing)) | ours_alone == set(CLOSINGS)


def test_every_alarm_stands_in_the_runbook_and_watches_a_metric_that_is_counted() -> None:
    resources = template.load("alarms")["Resources"]
    alarms = {name: each["Properties"] for name, each in resources.items() if each["Type"] == "AWS::CloudWatch::Alarm"}
    told = set(re.findall(r"^\| `(\w+)`: ", RUNBOOK.read_text(), re.MULTILINE))
    assert set(alarms) == told
    counted = {metric.name for metric in metrics.registered()}
    watched = {each["MetricName"] for each in alarms.values() if "session-worker" in str(each.get("Dimensions"))}
    assert watched - counted == set()
    assert {"Shards", "LoopLag"} <= watched


def test_no_problem_is_made_up_where_it_is_answered() -> None:
    """A code that is no fact's has no page."""
    spelled = re.compile(r"""["']code["']: ?["']([a-z-]+)["']""")
    folders = ("chalicelib", "session_worker", "dev", "infra")
    found = {code for path in python_files(*folders) for code in spelled.findall(path.read_text())}
    assert found == set()


def test_every_path_a_document_names_is_there() -> None:
    documents = [README, *sorted((ROOT / "docs").rglob("*.md")), ROOT / "bench" / "README.md"]
    missing = {
        (document.name, path)
        for document in documents
        for path in PATHS.findall(document.read_text())
        if path not in BUILT
        and not any((base / path).exists() for base in (ROOT, ROOT / "chalicelib", document.parent))
    }
    assert missing == set()


@pytest.mark.parametrize("document", [SECURITY, PRODUCT_TESTS, UX_CHECKLIST], ids=lambda document: document.stem)
def test_every_test_a_document_names_is_there(document: Path) -> None:
    named = set(re.findall(r"`(test_\w+)`", document.read_text()))
    defined = {
        name
        for path in python_files("tests")
        for name in re.findall(r"^(?:async )?def (test_\w+)", path.read_text(), re.M)
    }
    assert len(named) > 60
    assert named - defined == set()


def test_every_point_of_the_checklist_is_scored_once_and_shown_or_said_to_be_missing() -> None:
    rows = re.findall(
        r"^\| (\d+) \| ([12]) \| (.+?) \| (0|½|1) \| (.*?) ?\| (.*?) ?\|$", UX_CHECKLIST.read_text(), re.M
    )
    assert [int(number) for number, *_ in rows] == list(range(1, POINTS + 1))
    told = [(number, score, bool(shown), bool(missing)) for number, _, _, score, shown, missing in rows]
    assert [each for each in told if each[1] != "0" and not each[2]] == [], "what counts is shown"
    assert [each for each in told if (each[1] == "1") is each[3]] == [], "what does not count whole says why"


@pytest.mark.parametrize("heading", re.findall(r"^## (\d.+)$", PRODUCT_TESTS.read_text(), re.M))
def test_every_line_of_a_built_section_of_the_product_names_what_shows_it(heading: str) -> None:
    lines = _first_cells(_section(PRODUCT, heading))
    lines |= set(re.findall(r"^\*\*([\w ]+)\.\*\*", _section(PRODUCT, heading), re.M))
    answers = _section(PRODUCT_TESTS, heading)
    points = re.findall(r"^- (.+)$", _section(PRODUCT, heading), re.M)
    assert [point for point in points if not any(point.startswith(each) for each in _first_cells(answers))] == []
    answered = _first_cells(answers)
    assert lines - answered == set()
    said = " ".join(_section(PRODUCT, heading).split())
    assert [line for line in answered if line not in said] == []


def test_every_rule_and_fault_of_the_stand_in_and_every_end_of_a_session_names_what_shows_it() -> None:
    rows = [row for row in _section(PRODUCT_TESTS, "Telegram's behaviours").splitlines() if row.startswith("| ")]
    told = [row for row in rows if not row.startswith("| ---") and "| Shown by |" not in row]
    assert [row for row in told if "`test_" not in row.rsplit("|", 2)[1]] == []
    switches = {field.name for each in (Rules, Fault) for field in fields(each)}
    ends = {name for kind, name in outcomes._NAMES.items() if kind in outcomes._SIGNED_OUT | outcomes._CLOSED}
    assert {"SESSION_REVOKED", "USER_DEACTIVATED_BAN"} <= ends
    named = {name for row in told for name in re.findall(r"`(\w+)`", row)}
    assert (switches | ends) - named == set()


def _section(page: Path, heading: str) -> str:
    return page.read_text().partition(f"## {heading}\n")[2].partition("\n## ")[0]


def _first_cells(section: str) -> set[str]:
    return {row.split("|")[1].strip() for row in section.splitlines() if row.startswith("| ")} - HEADS
