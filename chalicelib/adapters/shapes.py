"""JSON from outside into declared shapes; what does not fit becomes a fact that names the field."""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

import msgspec

from chalicelib.kernel.errors import Blame, Invalid, Unreadable

Shape = TypeVar("Shape")


def decoded(raw: bytes | str, shape: Any) -> Any:
    """A body as `shape`, a msgspec Struct or a union of tagged ones.

    Raises:
        Invalid: it is JSON of another shape; carries the place as a JSON pointer.
        Unreadable: it is not JSON.
    """
    try:
        return _decoder(shape).decode(raw)
    except msgspec.ValidationError as misfit:
        raise Invalid(blames=(blame(misfit),)) from None
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise Unreadable("The body is not JSON, or nests too deeply.") from None


@cache
def _decoder(shape: Any) -> msgspec.json.Decoder[Any]:
    """Made once a shape: making one costs more than most bodies."""
    return msgspec.json.Decoder(shape)


def converted(parameters: Mapping[str, str], shape: type[Shape]) -> Shape:
    """Texts of a query as `shape`; numbers and booleans are read from their text.

    Raises:
        Invalid: as `decoded`.
    """
    try:
        return msgspec.convert(dict(parameters), type=shape, strict=False)
    except msgspec.ValidationError as misfit:
        raise Invalid(blames=(blame(misfit),)) from None


def blame(misfit: msgspec.ValidationError) -> Blame:
    """msgspec says `… - at `$.options[0].name``; clients get a JSON pointer."""
    detail, _, place = str(misfit).partition(" - at `")
    steps = place.rstrip("`").lstrip("$").replace("[", ".").replace("]", "").split(".")
    return Blame("".join(f"/{step}" for step in steps if step), detail)
