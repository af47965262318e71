"""How everything travels between the worker and browsers: as JSON, an object of which is a dict here."""

from typing import Any, TypeAlias

Wire: TypeAlias = dict[str, Any]
