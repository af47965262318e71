"""Parameters of a request: form encoding to nested values, typed reading, and a refusal for whatever nobody read."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from dev.stripe.wire.refusals import Refused

_PART = re.compile(r"\[([^\[\]]*)\]")


def decoded(text: str) -> dict[str, Any]:
    """`items[0][price]=a&expand[]=b` as `{"items": [{"price": "a"}], "expand": ["b"]}`; values stay text."""
    tree: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        head, parts = name.partition("[")[0], _PART.findall(name)
        _put(tree, [head, *parts], value)
    return {name: _with_lists(value) for name, value in tree.items()}


def _put(tree: dict[str, Any], path: Sequence[str], value: str) -> None:
    *way, last = path
    for step in way:
        tree = tree.setdefault(step, {})
        if not isinstance(tree, dict):
            raise Refused("Invalid request: a parameter is both a value and a hash.", param=path[0])
    tree[last if last != "" else str(len(tree))] = value


def _with_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {name: _with_lists(each) for name, each in value.items()}
    if inner and all(name.isdecimal() for name in inner):
        return [inner[name] for name in sorted(inner, key=int)]
    return inner


class Params:
    """A hash of parameters. Every reader marks its name as read; `unread` are those this Stripe does not know."""

    def __init__(self, given: Mapping[str, Any], path: str = "") -> None:
        self._given = given
        self._path = path
        self._read: set[str] = set()
        self._below: list[Params] = []

    def name(self, name: str) -> str:
        """How an error calls a parameter: `items[0][price]`."""
        return f"{self._path}[{name}]" if self._path else name

    def has(self, name: str) -> bool:
        """Whether it was sent, though it may be empty."""
        return name in self._given

    def text(self, name: str, default: str | None = None) -> str | None:
        """Text; None where it was not sent or is empty."""
        value = self._value(name)
        if value is None:
            return default
        if not isinstance(value, str):
            raise Refused("Invalid string.", param=self.name(name))
        return value or default

    def required(self, name: str) -> str:
        """Text that must be there."""
        value = self.text(name)
        if value is None:
            param = self.name(name)
            raise Refused(f"Missing required param: {param}.", code="parameter_missing", param=param)
        return value

    def whole(self, name: str, default: int | None = None) -> int | None:
        """A whole number."""
        value = self.text(name)
        if value is None:
            return default
        if not re.fullmatch(r"-?\d+", value):
            raise Refused(f"Invalid integer: {value}", code="parameter_invalid_integer", param=self.name(name))
        return int(value)

    def amount(self, name: str, default: int) -> int:
        """A whole number that is not below zero, `default` where it was not sent."""
        value = self.whole(name)
        if value is None:
            return default
        if value < 0:
            raise Refused(
                "This value must be greater than or equal to 0.",
                code="parameter_invalid_integer",
                param=self.name(name),
            )
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A boolean."""
        value = self.choice(name, ("true", "false"))
        return default if value is None else value == "true"

    def choice(self, name: str, allowed: Iterable[str], default: str | None = None) -> str | None:
        """One of a few words."""
        value = self.text(name)
        if value is None:
            return default
        if value not in (allowed := list(allowed)):
            raise Refused(f"Invalid {name}: must be one of {', '.join(allowed)}", param=self.name(name))
        return value

    def part(self, name: str) -> "Params":
        """A hash below this one; empty where it was not sent."""
        return self._inner(self._value(name), self.name(name))

    def parts(self, name: str) -> list["Params"]:
        """A list of hashes."""
        return [self._inner(value, f"{self.name(name)}[{place}]") for place, value in enumerate(self._list(name))]

    def words(self, name: str) -> list[str]:
        """A list of texts."""
        return [str(value) for value in self._list(name)]

    def metadata(self, before: Mapping[str, str] | None = None) -> dict[str, str]:
        """`metadata` laid over what there was: an empty value takes its key away, an empty hash all."""
        value = self._value("metadata")
        if value == "":
            return {}
        if value is not None and not isinstance(value, dict):
            raise Refused("Invalid hash.", param=self.name("metadata"))
        merged = dict(before or {}) | {key: str(each) for key, each in (value or {}).items()}
        return {key: each for key, each in merged.items() if each != ""}

    def unread(self) -> list[str]:
        """What was sent and nobody asked for."""
        own = [self.name(name) for name in self._given if name not in self._read]
        return own + [name for below in self._below for name in below.unread()]

    def _value(self, name: str) -> Any:
        self._read.add(name)
        return self._given.get(name)

    def _list(self, name: str) -> list[Any]:
        value = self._value(name)
        if value in (None, ""):
            return []
        if not isinstance(value, list):
            raise Refused("Invalid array.", param=self.name(name))
        return value

    def _inner(self, value: Any, path: str) -> "Params":
        if value not in (None, "") and not isinstance(value, dict):
            raise Refused("Invalid hash.", param=path)
        below = Params(value or {}, path)
        self._below.append(below)
        return below
