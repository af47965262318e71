"""Reads our CloudFormation templates, so that the local product and the tests take values from where operators do."""

from pathlib import Path
from typing import Any

import yaml

INFRA = Path(__file__).resolve().parent.parent / "infra"


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short forms; `!Sub x` becomes {"Fn::Sub": x}, as in a template's long form."""


def _short_form(loader: _Loader, tag: str, node: yaml.Node) -> dict[str, Any]:
    name = tag if tag in {"Ref", "Condition"} else f"Fn::{tag}"
    match node:
        case yaml.ScalarNode():
            value: Any = loader.construct_scalar(node)
        case yaml.SequenceNode():
            value = loader.construct_sequence(node, deep=True)
        case yaml.MappingNode():
            value = loader.construct_mapping(node, deep=True)
        case _:
            raise ValueError(f"!{tag} before something that is neither text, list nor map")
    return {name: value.split(".", 1) if name == "Fn::GetAtt" and isinstance(value, str) else value}


_Loader.add_multi_constructor("!", _short_form)


def load(name: str) -> dict[str, Any]:
    """The template `infra/<name>.yaml`, intrinsic functions in their long form."""
    with (INFRA / f"{name}.yaml").open() as file:
        template: dict[str, Any] = yaml.load(file, _Loader)  # noqa: S506  # a SafeLoader with constructors of ours
    return template
