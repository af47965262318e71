"""Rules of alerts as they travel."""

from typing import Annotated

import msgspec

from chalicelib.features.alerts.model import MAX_SILENT_DAYS, MAX_WAITING_HOURS, AlertRules, ChangeRules

_Hours = Annotated[int, msgspec.Meta(ge=1, le=MAX_WAITING_HOURS)]
_Days = Annotated[int, msgspec.Meta(ge=1, le=MAX_SILENT_DAYS)]


class AlertRulesIn(msgspec.Struct, forbid_unknown_fields=True):
    """After how many hours of waiting for a reply, and days without one from us, members are told; null for never.

    `version` is the one the caller saw, 0 where nobody said anything yet.
    """

    waiting_hours: _Hours | None
    silent_days: _Days | None
    version: Annotated[int, msgspec.Meta(ge=0)]

    def to_command(self) -> ChangeRules:
        """As the use case takes it."""
        return ChangeRules(waiting_hours=self.waiting_hours, silent_days=self.silent_days, version=self.version)


class AlertRulesOut(msgspec.Struct, forbid_unknown_fields=True):
    """When members are told. Who a chat is assigned to is told, else everybody connected to its account."""

    waiting_hours: int | None
    silent_days: int | None
    version: int

    @classmethod
    def of(cls, rules: AlertRules) -> "AlertRulesOut":
        """The rules."""
        return cls(waiting_hours=rules.waiting_hours, silent_days=rules.silent_days, version=rules.version)
