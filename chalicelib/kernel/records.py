"""Records: what entities and commands are made of. Frozen, slotted, keyword-only, equal when all they hold is equal.

They are dataclasses to `fields`, `replace` and msgspec, but their methods are shared, not written and compiled for each
class: that takes half a millisecond a class, together a tenth of a cold start, and this a fifth of it (decision 0009).
"""

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, fields
from typing import Any, TypeVar, dataclass_transform

Class = TypeVar("Class", bound=type)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(declared: Class) -> Class:
    """Make a class of annotated fields a record. Fields may have defaults; methods it defines itself stay."""
    made: Any = dataclass(init=False, repr=False, eq=False, match_args=False, slots=True, kw_only=True)(declared)
    for name, method in {**_SHARED, "__init__": _maker(made)}.items():
        if name not in vars(declared):
            setattr(made, name, method)
    kept: Class = made
    return kept


def _maker(made: Any) -> Callable[..., None]:
    """The `__init__` of a record: fills the slots by themselves, since the record's own `__setattr__` refuses."""
    fill = {field.name: getattr(made, field.name).__set__ for field in fields(made)}
    defaults = {field.name: field.default for field in fields(made) if field.default is not MISSING}

    def fill_slots(self: object, **values: object) -> None:
        given = values if len(values) == len(fill) else {**defaults, **values}
        if len(given) != len(fill):
            raise TypeError(f"{made.__name__} has the fields {', '.join(fill)}, and got {', '.join(given)}")
        for name, value in given.items():
            try:
                fill[name](self, value)
            except KeyError:
                raise TypeError(f"{made.__name__} has no field {name}") from None

    return fill_slots


def _values(self: Any) -> tuple[object, ...]:
    return tuple(getattr(self, name) for name in self.__dataclass_fields__)


def _is_equal(self: Any, other: Any) -> bool:
    return _values(self) == _values(other) if type(self) is type(other) else NotImplemented


def _hash(self: Any) -> int:
    return hash(_values(self))


def _shown(self: Any) -> str:
    shown = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in fields(self) if field.repr)
    return f"{type(self).__qualname__}({shown})"


def _refuse(self: object, name: str, value: object = None) -> None:  # noqa: ARG001 - as Python calls it
    raise FrozenInstanceError(f"{type(self).__qualname__}.{name} can't be changed")


_SHARED = {
    "__eq__": _is_equal,
    "__hash__": _hash,
    "__repr__": _shown,
    "__setattr__": _refuse,
    "__delattr__": _refuse,
}
