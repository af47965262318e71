"""The one untyped edge: Telethon, whose TL classes the emulator speaks in, ships no type information."""

from typing import Any

Tl = Any
"""A TL object or request. What its fields are is said by its class in `telethon.tl`."""
