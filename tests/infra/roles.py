"""The roles of an installation and what their policies say, stage and exports of the other stacks filled in."""

import json
import re
from collections.abc import Mapping
from typing import Any

from dev import template
from infra import package

STAGE = "prod"
REGION, ACCOUNT = "eu-central-1", "123456789012"
FUNCTIONS = sorted(path.stem.removeprefix("policy-") for path in (package.ROOT / ".chalice").glob("policy-*.json"))
NAMES = {
    "AWS::Partition": "aws",
    "AWS::Region": REGION,
    "AWS::AccountId": ACCOUNT,
    "AWS::URLSuffix": "amazonaws.com",
}


def policy(role: str, stage: str = STAGE) -> dict[str, Any]:
    """What a role may; what the data stack exports is spelled `<Name>`."""
    return worker(stage) if role == "worker" else function(role, stage)


def function(name: str, stage: str = STAGE) -> dict[str, Any]:
    """What a function's role may, as its file says."""
    written = json.loads((package.ROOT / ".chalice" / f"policy-{name}.json").read_text())
    found: dict[str, Any] = filled(package._in_stage(written, stage), stage)
    return found


def worker(stage: str = STAGE) -> dict[str, Any]:
    """What the session worker's role may."""
    [attached] = template.load("worker")["Resources"]["TaskRole"]["Properties"]["Policies"]
    found: dict[str, Any] = filled(attached["PolicyDocument"], stage)
    return found


def filled(value: Any, stage: str) -> Any:
    """A part of a template with its imports and substitutions done."""
    return _filled(value, NAMES | {"Stage": stage})


def _filled(value: Any, names: Mapping[str, str]) -> Any:
    match value:
        case {"Fn::ImportValue": imported}:
            return f"<{_filled(imported, names).rpartition('-')[2]}>"
        case {"Fn::Sub": [text, given]}:
            return _filled({"Fn::Sub": text}, {**names, **_filled(given, names)})
        case {"Fn::Sub": text}:
            return re.sub(r"\$\{([\w:]+)\}", lambda found: names[found[1]], text)
        case dict():
            return {name: _filled(inner, names) for name, inner in value.items()}
        case list():
            return [_filled(inner, names) for inner in value]
        case _:
            return value
