"""DynamoDB's JSON to Python values and back, for list pages: a fifth of the model layer's cost (bench `list_page`)."""

import base64
from collections.abc import Mapping
from typing import Any

Value = str | int | float | bool | bytes | None | list["Value"] | dict[str, "Value"]


def decode(item: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """One item's attributes. Numbers become int where they are whole; sets become lists; binary becomes bytes."""
    # Most attributes are text, and a page has thousands: they are spared the call.
    return {name: tagged["S"] if "S" in tagged else _value(tagged) for name, tagged in item.items()}


def _value(tagged: Mapping[str, Any]) -> Any:
    [(tag, value)] = tagged.items()
    match tag:
        case "S" | "BOOL" | "SS":
            return value
        case "N":
            return _number(value)
        case "M":
            return decode(value)
        case "L":
            return [_value(each) for each in value]
        case "NULL":
            return None
        case "B":
            return base64.b64decode(value)
        case _:
            raise ValueError(f"no row of ours has an attribute of type {tag}")


def encode(value: Value) -> dict[str, Any]:
    """One value as DynamoDB's JSON."""
    match value:
        case None:
            return {"NULL": True}
        case bool():
            return {"BOOL": value}
        case str():
            return {"S": value}
        case int() | float():
            return {"N": repr(value)}
        case bytes():
            return {"B": base64.b64encode(value).decode()}
        case list():
            return {"L": [encode(each) for each in value]}
        case dict():
            return {"M": {name: encode(each) for name, each in value.items()}}


def _number(text: str) -> int | float:
    try:
        return int(text)
    except ValueError:
        return float(text)
