"""A Telegram of our own on loopback: data centres that speak MTProto to unmodified clients. Never deployed."""

from dev.telegram.emulator import Emulator
from dev.telegram.faults import Fault
from dev.telegram.limits import Figure, Figures, Limits
from dev.telegram.rules import DuplicateKeys, RepeatedSends, Rules

__all__ = ["DuplicateKeys", "Emulator", "Fault", "Figure", "Figures", "Limits", "RepeatedSends", "Rules"]
