"""Asking whether a member may do something, a thousand times, against as many checks of the tenant guard."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from bench.measure import Figure, in_turns, report
from chalicelib.kernel import ids
from chalicelib.kernel.ids import SeatId
from chalicelib.kernel.permissions import RULES, Flag, Grants, Toggle
from chalicelib.kernel.plans import Coverage, HeldSeat, Plan
from chalicelib.kernel.roles import Role
from chalicelib.table import guard

_CHECKS = 1_000
NOW = datetime(2026, 11, 26, tzinfo=UTC)


def measure(*, rounds: int = 300) -> Figure:
    """Processor time of a check: every action in turn, as a Member on a seat, with a flag and a switched toggle."""
    coverage = Coverage(
        seat=HeldSeat(id=SeatId(ids.mint()), plan=Plan.BASIC, until=NOW + timedelta(days=1), accounts=5)
    )
    grants = Grants(
        role=Role.MEMBER,
        flags=frozenset({Flag.MANAGE_COLUMNS}),
        toggles={Toggle.EXPORT_DATA: True, Toggle.TICKETS: True},
    )
    actions = [action for _, action in zip(range(_CHECKS), list(RULES) * _CHECKS, strict=False)]
    prefix = f"WS#{ids.mint()}"
    call = {"Key": {"pk": {"S": f"{prefix}#ACCT#{ids.mint()}"}, "sk": {"S": "CHAT#"}}}
    model = SimpleNamespace(name="GetItem")

    def check_permissions() -> None:
        for action in actions:
            grants.allow(action) and coverage.allow(action, NOW)

    def check_calls() -> None:
        with guard.bound_to(prefix):
            for _ in actions:
                guard.check_call(call, model)

    whole = in_turns("permission_check", check_permissions, check_calls, rounds=rounds, most=1.0)
    return whole.of_each(_CHECKS)


if __name__ == "__main__":
    report(measure())
