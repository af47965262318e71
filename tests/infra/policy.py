"""Says what an IAM policy allows, as far as ours go: no emulator here knows `dynamodb:LeadingKeys`.

Source: IAM User Guide, policy evaluation logic; condition operators; multi-valued context keys.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Context = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One call as IAM sees it. A context key that the call does not have is missing, as LeadingKeys is of a scan."""

    action: str
    resource: str
    context: Context


def allows(document: Mapping[str, Any], asked: Asked) -> bool:
    """An explicit denial wins; what nothing allows is denied."""
    fitting = [each["Effect"] for each in document["Statement"] if fits(each, asked)]
    return "Allow" in fitting and "Deny" not in fitting


def fits(statement: Mapping[str, Any], asked: Asked) -> bool:
    """Whether a statement speaks of a call."""
    return (
        any(_like(asked.action, pattern, {}) for pattern in listed(statement["Action"]))
        and any(_like(asked.resource, pattern, {}) for pattern in listed(statement["Resource"]))
        and all(_holds(operator, test, asked.context) for operator, test in statement.get("Condition", {}).items())
    )


def _holds(operator: str, tests: Mapping[str, Any], context: Context) -> bool:
    return all(_holds_of(operator, context.get(key), listed(wanted), context) for key, wanted in tests.items())


def _holds_of(operator: str, found: Sequence[str] | None, wanted: list[str], context: Context) -> bool:
    def matches(value: str) -> bool:
        return any(_like(value, pattern, context) for pattern in wanted)

    match operator:
        case "Null":
            return (found is None) == (wanted == ["true"])
        case "ForAllValues:StringLike":
            # True where the key is missing: that is why a Null condition must stand beside it.
            return all(matches(value) for value in found or ())
        case "ForAnyValue:StringLike":
            return any(matches(value) for value in found or ())
        case "StringEquals" | "StringLike" | "ArnLike":
            return found is not None and all(matches(value) for value in found)
        case _:
            raise NotImplementedError(operator)


def _like(value: str, pattern: str, context: Context) -> bool:
    filled = re.sub(r"\$\{([\w:/]+)\}", lambda name: "".join(context.get(name[1], ("\x00",))), pattern)
    return re.fullmatch("".join(_piece(letter) for letter in filled), value, re.DOTALL) is not None


def _piece(letter: str) -> str:
    return {"*": ".*", "?": "."}.get(letter) or re.escape(letter)


def listed(value: Any) -> list[str]:
    """What stands in a policy as one text or as a list of them."""
    return list(_texts(value))


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case {"Fn::GetAtt": [name, _]}:
            yield f"<{name}>"
        case {"Fn::Sub": str(text)}:
            yield re.sub(r"\$\{(\w+)\.Arn\}", r"<\1>", text)
        case list():
            for each in value:
                yield from _texts(each)
